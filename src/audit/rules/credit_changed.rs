//! `credit-changed`: somebody is no longer credited, and no correction of the credits says so.

use crate::article::reconcile::From;
use crate::audit::finding::{Part, Remark, Severity};
use crate::audit::likeness;
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::line::Line;
use crate::credit::role::Role;
use crate::lineage::graph::Version;
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::text::profile::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "credit-changed",
    severity: Severity::Warning,
    why: "Who made a text is a statement of fact. Names that vanish from it without a word leave \
          readers, and the people themselves, without a way to know which version is right.",
    hint: "record why: `siglum record ARTICLE --credit-correction NOTE`, or put the name back",
    settings: "A note for others' texts, and where the text was corrected at the same time or only the \
               role is another. Names that are added are no finding: running stories gain authors. \
               Silent where credits are back as they were, a name may be there in another spelling, \
               what is gone was metadata read by another reader, or a correction of the credits was \
               recorded since.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    if case.has_ended() {
        return Vec::new();
    }
    let mut versions = case.versions();
    // What came before the last correction of the credits is settled.
    let corrected = versions.iter().rposition(|v| v.record.event == Event::CreditCorrection);
    versions.drain(..corrected.unwrap_or_default());
    let Some((newest, older)) = versions.split_last() else { return Vec::new() };
    let now = lines(newest.record);
    // Who came after credits that are back as they were went with what was taken back.
    let back = older.iter().position(|version| lines(version.record) == now);
    let older = older.get(..back.unwrap_or(older.len())).unwrap_or_default();
    if older.is_empty() {
        return Vec::new();
    }
    let read_now = case.lines();
    let mut told: Vec<(Role, String)> = Vec::new();
    let mut remarks = Vec::new();
    // The newest version that credited somebody is the one to name.
    for (at, version) in older.iter().enumerate().rev() {
        let next = versions.get(at + 1).unwrap_or(newest);
        let gone: Vec<(Role, String, bool)> = gone(case, version, newest, &read_now)
            .into_iter()
            .filter(|(role, name, _)| !told.iter().any(|(r, n)| r == role && n == name))
            .collect();
        if gone.is_empty() {
            continue;
        }
        told.extend(gone.iter().map(|(role, name, _)| (*role, name.clone())));
        remarks.push(remark(case, version, next, &gone));
    }
    remarks
}

/// A version's credit lines and byline. What is the same in words is never read again.
fn lines(record: &Record) -> (Vec<Option<Text>>, Option<Text>) {
    let text = |text: &Option<String>| text.as_deref().map(Text::new);
    (record.credit_lines.iter().map(|line| text(&line.text)).collect(), text(&record.byline))
}

/// Who is credited in an older version and not in the newest, and whether in another role there.
fn gone(
    case: &Case<'_>,
    older: &Version<'_>,
    newest: &Version<'_>,
    read_now: &[(Part, Line)],
) -> Vec<(Role, String, bool)> {
    let (old, new) = (older.record, newest.record);
    let has_sealed = new.credits.iter().any(|credit| credit.name.is_none());
    let same_reader = (&old.reader, old.reader_version) == (&new.reader, new.reader_version);
    let read_now: Vec<(Role, &str)> = read_now
        .iter()
        .flat_map(|(_, line)| line.credits.iter().map(|credit| (credit.role, credit.name.as_str())))
        .chain(new.credits.iter().filter_map(|c| Some((c.role, c.name.as_deref()?))))
        .collect();
    let lost = old.credits.iter().filter_map(|credit| {
        let name = credit.name.as_deref()?;
        let comparable = match credit.from {
            From::Line | From::Byline => true,
            From::Metadata => same_reader,
            // What its recorder stated once still holds.
            From::Operator => false,
        };
        if !comparable || has_sealed {
            return None;
        }
        let alike: Vec<Role> = read_now
            .iter()
            .filter(|(_, other)| likeness::may_be_one(name, other, case.roster))
            .map(|(role, _)| *role)
            .collect();
        (!alike.contains(&credit.role)).then(|| (credit.role, name.to_owned(), !alike.is_empty()))
    });
    lost.collect()
}

fn remark(
    case: &Case<'_>,
    older: &Version<'_>,
    next: &Version<'_>,
    gone: &[(Role, String, bool)],
) -> Remark {
    let named: Vec<String> =
        gone.iter().map(|(role, name, _)| format!("{name} as {role}")).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let only_roles = gone.iter().all(|(_, _, there)| *there);
    let event = next.record.event;
    let message = format!(
        "Version {} credits {}; the newest doesn't{}, and no correction of the credits is recorded \
         since (version {} was recorded as {event}, record {})",
        older.number,
        listed(&named),
        if only_roles { " in that role" } else { "" },
        next.number,
        next.entry.index
    );
    let severity = if only_roles || event == Event::Correction {
        Severity::Note
    } else {
        case.own_or_note(RULE.severity)
    };
    let subject: Vec<String> =
        gone.iter().map(|(role, name, _)| format!("{role} {name}")).collect();
    let people = gone.iter().map(|(_, name, _)| name.clone());
    Remark::new(severity, message).about(subject.join("\n")).concerning(people)
}
