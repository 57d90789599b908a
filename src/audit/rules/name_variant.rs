//! `name-variant`: somebody is credited under what is probably another spelling of a name in the roster.

use crate::audit::finding::{Place, Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::Kind;
use crate::lineage::filter;
use crate::people::roster::Person;
use crate::people::similar::Likeness;
use crate::record::credit::Credit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "name-variant",
    severity: Severity::Note,
    why: "Under two spellings one person counts as two: figures are wrong, a search misses half of \
          their work, and somebody who edited their own translation is not noticed.",
    hint: "correct the name, or if it is the same person, `siglum people --adopt NAME --spelling SPELLING`",
    settings: "Compares with the roster ([[people]]); silent without one, and where that person is \
               credited in the same role beside the name. `siglum people --duplicates` compares all \
               names of the log.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let mut seen: Vec<&str> = Vec::new();
    let mut remarks = Vec::new();
    for credit in &case.record().credits {
        let Some(name) = credit.name.as_deref().filter(|name| !seen.contains(name)) else {
            continue;
        };
        seen.push(name);
        let found = candidates(case, credit);
        let Some((_, likeness)) = found.first() else { continue };
        let names: Vec<&str> = found.iter().map(|(person, _)| person.name.as_str()).collect();
        let message = match names.as_slice() {
            [one] => format!("{name} is probably {one} of the roster: {likeness}"),
            several => format!("{name} may be one of the roster's {}: {likeness}", listed(several)),
        };
        remarks.push(
            Remark::new(RULE.severity, message)
                .about(name)
                .concerning([name])
                .at(Place::of_name(case.record(), credit)),
        );
    }
    remarks
}

/// The people of the roster whom a credit may mean, though the roster doesn't have the name.
pub(super) fn candidates<'a>(case: &Case<'a>, credit: &Credit) -> Vec<(&'a Person, Likeness)> {
    let when = filter::credited_at(case.record());
    let Some(name) = credit.name.as_deref() else { return Vec::new() };
    if credit.kind != Kind::Person
        || credit.initials
        || case.roster.is_empty()
        || case.roster.person_at(name, when).is_some()
    {
        return Vec::new();
    }
    let beside = |person: &Person| {
        case.record().credits.iter().any(|other| {
            let named = other.name.as_deref().and_then(|name| case.roster.person_at(name, when));
            other.role == credit.role
                && other.from == credit.from
                && named.is_some_and(|named| named.name == person.name)
        })
    };
    let mut found = case.roster.similar(name);
    found.retain(|(person, _)| !beside(person));
    found
}
