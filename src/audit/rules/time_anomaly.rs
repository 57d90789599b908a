//! `time-anomaly`: the times that an article states can't all be right.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, named};
use crate::lineage::basis;
use crate::record::event::Standing;
use crate::record::fields::Record;
use crate::record::time;

/// The rule.
pub const RULE: Rule = Rule {
    id: "time-anomaly",
    severity: Severity::Warning,
    why: "When a text went out decides what it could know, whether a correction came in time, and what \
          an archive finds. A wrong year or a clock's zero is found by nobody later.",
    hint: "correct the time in the article's metadata, or state it with --published",
    settings: "Own texts only, by the times that they state. Allows for what desks do: texts prepared or \
               embargoed up to 31 days ahead, language versions released within a day of each other, \
               times without an offset (anywhere from UTC-12 to UTC+14), and days without a time.",
    check,
};

/// How far ahead a text may be prepared, or be recorded before it goes out.
const AHEAD: TimeDelta = TimeDelta::days(31);

/// How far apart language versions may be released that go out together.
const TOGETHER: TimeDelta = TimeDelta::days(1);

/// A time as it is stated, and the moments that it may mean.
#[derive(Debug, Clone, Copy)]
struct Stated<'a> {
    text: &'a str,
    first: DateTime<Utc>,
    last: DateTime<Utc>,
}

impl<'a> Stated<'a> {
    /// What a stated time may mean; `None` if it is no time, or too far from all times.
    fn new(text: &'a str) -> Option<Self> {
        let moment = time::stated(text)?;
        let (mut first, mut last) = (moment, moment);
        if NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() {
            last = last.checked_add_days(Days::new(1))?;
        }
        if !names_offset(text) {
            first = first.checked_sub_signed(TimeDelta::hours(14))?;
            last = last.checked_add_signed(TimeDelta::hours(12))?;
        }
        Some(Self { text, first, last })
    }

    /// Whether it is before another by more than an allowance, whatever both mean.
    fn is_before(self, other: Self, allowance: TimeDelta) -> bool {
        self.last.checked_add_signed(allowance).is_some_and(|last| last < other.first)
    }
}

/// Whether a time says how far from UTC it is.
fn names_offset(text: &str) -> bool {
    let time = text.get(10..).unwrap_or_default();
    time.ends_with(|c: char| c.is_ascii_alphabetic()) || time.contains(['+', '-'])
}

fn published(record: &Record) -> Option<Stated<'_>> {
    Stated::new(record.published.as_deref()?)
}

fn modified(record: &Record) -> Option<Stated<'_>> {
    Stated::new(record.modified.as_deref()?)
}

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_own() || case.has_ended() {
        return Vec::new();
    }
    let remark = |subject: &str, message| Remark::new(RULE.severity, message).about(subject);
    let mut remarks = Vec::new();
    let record = case.record();
    if let Some(published) = published(record) {
        if published.first == DateTime::UNIX_EPOCH && published.last == DateTime::UNIX_EPOCH {
            let message = format!(
                "It states {} as its time of publication, which is the zero of many clocks",
                published.text
            );
            return vec![remark("zero", message)];
        }
        let recorded = Stated::new(record.recorded.as_str());
        if recorded.is_some_and(|recorded| recorded.is_before(published, AHEAD)) {
            let message = format!(
                "It states {} as its time of publication, and was recorded {}, more than 31 days \
                 before",
                published.text, record.recorded
            );
            remarks.push(remark("ahead", message));
        }
        if let Some(modified) = modified(record).filter(|m| m.is_before(published, AHEAD)) {
            let message = format!(
                "It states that it was last changed {}, more than 31 days before it was published, {}",
                modified.text, published.text
            );
            remarks.push(remark("modified", message));
        }
        remarks.extend(before_source(case, published));
    }
    remarks.extend(backwards(case));
    remarks
}

/// A translation that states to be older than its source.
fn before_source(case: &Case<'_>, translation: Stated<'_>) -> Vec<Remark> {
    let bases = basis::of(case.graph, case.article, case.version);
    let sources = bases.iter().filter_map(|basis| basis.version);
    let remarks = sources.filter_map(|(source, version)| {
        let own = version.record.standing == Some(Standing::Own);
        // A source that was published anew is as old as its first statement.
        let mut versions = source.versions();
        versions.truncate(version.number);
        let stated = versions.iter().filter_map(|version| published(version.record));
        let first = stated.min_by_key(|stated| stated.first)?;
        // A source whose own time can't be right is nothing to go by.
        let recorded = Stated::new(version.record.recorded.as_str());
        let absurd = recorded.is_some_and(|recorded| recorded.is_before(first, AHEAD));
        if !own || absurd || !translation.is_before(first, TOGETHER) {
            return None;
        }
        let message = format!(
            "It states {} as its time of publication; {}, from which it was made, states {}, more \
             than a day after",
            translation.text,
            named(source, version),
            first.text
        );
        Some(Remark::new(RULE.severity, message).about(format!("source\n{}", source.id())))
    });
    remarks.collect()
}

/// A version that states an earlier change than the one before, and is no earlier text put back.
fn backwards(case: &Case<'_>) -> Option<Remark> {
    let versions = case.versions();
    let (newest, older) = versions.split_last()?;
    let before = older.last()?;
    let put_back = older.iter().any(|version| version.body() == newest.body());
    let (was, is) = (modified(before.record)?, modified(newest.record)?);
    if put_back || !is.is_before(was, TOGETHER) {
        return None;
    }
    let message = format!(
        "It states that it was last changed {}; version {}, recorded before, states {}",
        is.text, before.number, was.text
    );
    Some(Remark::new(RULE.severity, message).about("backwards"))
}
