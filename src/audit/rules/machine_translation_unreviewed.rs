//! `machine-translation-unreviewed`: a machine took part, and what the house asks of such texts is not
//! known to have been done.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::audit::finding::{Remark, Severity};
use crate::audit::machine::{Fact, MachinePolicy};
use crate::audit::rule::{Case, Rule, dated, listed};
use crate::credit::role::Role;
use crate::lineage::basis;
use crate::lineage::review::{self, Reviewed, Validity};
use crate::record::event::ReviewKind;
use crate::record::source::Machine;
use crate::record::time;

/// The rule.
pub const RULE: Rule = Rule {
    id: "machine-translation-unreviewed",
    severity: Severity::Warning,
    why: "What a machine made and no person has read in full against its source is published on \
          nobody's judgement. Checking the spelling is no such reading.",
    hint: "have it reviewed in full and record that: `siglum review ARTICLE --by NAME`",
    settings: "What is asked, of texts from which day on, by [[audit.machine]]; a review of the \
               whole text unless set. A note where a reviewer is credited and no review \
               recorded.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let machines = basis::machines(case.article, case.version);
    if machines.is_empty() || !case.is_standing_translation() {
        return Vec::new();
    }
    let policy = MachinePolicy::of(case.policy, case.record());
    let reviews = review::of(case.graph, case.article, case.version);
    let missing: Vec<&str> = policy
        .requires
        .iter()
        .filter(|fact| !is_known(case, **fact, &policy, &reviews, machines))
        .map(|fact| asked(*fact))
        .collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let tool = machines.iter().find_map(|machine| machine.tool.as_deref()).unwrap_or("A machine");
    let took_part = format!("{tool} took part in this translation");
    let asked = match policy.from {
        Some(from) => {
            format!("; “{}”, in force since {from}, asks for {}", policy.name, listed(&missing))
        }
        None => String::new(),
    };
    // A credit binds nobody to this text, but somebody is said to have read it.
    let credited = case.people(Role::Reviewer);
    if policy.from.is_none() && reviews.is_empty() && !credited.is_empty() {
        let message = format!(
            "{took_part}; {} {} credited with reviewing it, and no review of this version is recorded",
            listed(&credited),
            if credited.len() == 1 { "is" } else { "are" }
        );
        return vec![Remark::new(Severity::Note, message).concerning(credited)];
    }
    let message = format!("{took_part}; {}{asked}", reviewed(case, &policy, &reviews));
    vec![Remark::new(policy.severity, message)]
}

/// What is known of reviews, in words.
fn reviewed(case: &Case<'_>, policy: &MachinePolicy, reviews: &[Reviewed<'_>]) -> String {
    let holding = reviews.iter().rev().find(|reviewed| reviewed.validity == Validity::Holds);
    match (reviews.last(), holding) {
        (None, _) => "no review is recorded".to_owned(),
        (Some(last), _) if last.validity == Validity::Rejected => {
            "the last review that is recorded found it unfit".to_owned()
        }
        (_, Some(holds)) if policy.from.is_some() => {
            let by = holds.review.by.as_deref().map(|name| case.roster.name(name));
            let by = by.unwrap_or("somebody whose name is sealed");
            format!("{by} reviewed it ({}) {}", holds.review.kind, dated(holds.entry))
        }
        (_, Some(holds)) => match holds.review.kind {
            ReviewKind::Spelling => "only a review of the spelling is recorded".to_owned(),
            _ => "only a review of the numbers is recorded".to_owned(),
        },
        (Some(_), None) => "the review that is recorded no longer holds".to_owned(),
    }
}

/// A fact that is asked for and not known, in words.
fn asked(fact: Fact) -> &'static str {
    match fact {
        Fact::Review => "a review that holds",
        Fact::OtherReviewer => "a reviewer who is not credited as its translator",
        Fact::BeforePublication => "a review before it was published",
        Fact::Tool => "the tool's name",
        Fact::ToolVersion => "the tool's version",
        Fact::Responsible => "who holds editorial responsibility",
    }
}

fn is_known(
    case: &Case<'_>,
    fact: Fact,
    policy: &MachinePolicy,
    reviews: &[Reviewed<'_>],
    machines: &[Machine],
) -> bool {
    let mut taken = reviews.iter().filter(|reviewed| {
        reviewed.validity == Validity::Holds && policy.reviews.contains(&reviewed.review.kind)
    });
    match fact {
        Fact::Review => taken.next().is_some(),
        Fact::OtherReviewer => {
            let translators = case.people(Role::Translator);
            // A sealed name is somebody's.
            taken.any(|reviewed| {
                let by = reviewed.review.by.as_deref();
                by.is_none_or(|name| !translators.contains(&case.name_at(name, reviewed.entry)))
            })
        }
        Fact::BeforePublication => {
            let published = case.record().published.as_deref();
            let published = published.and_then(|text| latest(text, case));
            taken.any(|reviewed| is_before(reviewed, published))
        }
        Fact::Tool => machines.iter().all(|machine| machine.tool.is_some()),
        Fact::ToolVersion => machines.iter().all(|machine| machine.version.is_some()),
        Fact::Responsible => case.versions().iter().any(|version| {
            version.record.responsible.is_some() || version.record.responsible_sealed.is_some()
        }),
    }
}

/// The last moment that a stated time may mean: of a day, its end.
fn latest(text: &str, case: &Case<'_>) -> Option<DateTime<Utc>> {
    let moment = time::stated_in(text, case.policy.zone)?;
    match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(_) => moment.checked_add_days(Days::new(1)),
        Err(_) => Some(moment),
    }
}

/// Whether a review was recorded before a time of publication. A text that states none has not been
/// published, as far as is known.
fn is_before(reviewed: &Reviewed<'_>, published: Option<DateTime<Utc>>) -> bool {
    let recorded = reviewed.entry.record().and_then(|record| record.recorded.moment());
    published.is_none_or(|published| recorded.is_some_and(|recorded| recorded <= published))
}
