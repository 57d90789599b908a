//! `unknown-person`: the house keeps a roster, and somebody is credited who is not in it.

use super::name_variant;
use crate::audit::finding::{Place, Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::role::Kind;
use crate::lineage::filter;
use crate::record::event::Standing;

/// The rule.
pub const RULE: Rule = Rule {
    id: "unknown-person",
    severity: Severity::Note,
    why: "Where a house keeps a roster, a name that is not in it is somebody new, a guest, or a name \
          that was read or written wrongly.",
    hint: "correct the name, or add the person to the roster: `siglum people --adopt NAME`",
    settings: "Silent without a roster ([[people]]), for observed texts, and for names that \
               `name-variant` reports. Initials are known only in the time that the roster gives them.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    if case.roster.is_empty() || record.standing == Some(Standing::Observed) {
        return Vec::new();
    }
    let when = filter::credited_at(record);
    let mut seen: Vec<&str> = Vec::new();
    let mut remarks = Vec::new();
    for credit in record.credits.iter().filter(|credit| credit.kind == Kind::Person) {
        let Some(name) = credit.name.as_deref().filter(|name| !seen.contains(name)) else {
            continue;
        };
        seen.push(name);
        if case.roster.person_at(name, when).is_some()
            || !name_variant::candidates(case, credit).is_empty()
        {
            continue;
        }
        let what = if credit.initials { "the initials " } else { "" };
        let message =
            format!("The roster has nobody for {what}{name}, credited as {}", credit.role);
        remarks.push(
            Remark::new(RULE.severity, message)
                .about(name)
                .concerning([name])
                .at(Place::of_name(record, credit)),
        );
    }
    remarks
}
