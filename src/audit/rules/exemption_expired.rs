//! `exemption-expired`: an exemption of the house ended, and what it was for is still there.

use crate::audit::exemption::Exemption;
use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{self, Case, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    id: "exemption-expired",
    severity: Severity::Note,
    why: "An exemption is a promise to put something right by a day. When the day is past and the \
          finding is still there, somebody should decide again.",
    hint: "put right what the finding says, or give the exemption a later `until` in provenance.toml",
    settings: "Reports an exemption only where it would still cover something; one that covers nothing \
               any more is history, and so is one whose findings another exemption covers. The day ends by [audit] time_zone.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let about = (case.article.id(), case.record());
    let ended = case.policy.exemptions.iter().filter(|one| one.has_ended(case.today));
    for exemption in ended {
        let Some(rule) = rule::by_id(exemption.rule).filter(|rule| rule.id != RULE.id) else {
            continue;
        };
        if !exemption.is_about(about) || !case.policy.asks(rule, case.record()) {
            continue;
        }
        let covers = |exemption: &Exemption, remark: &Remark| {
            exemption.covers(rule.id, about, remark, case.roster)
        };
        // What another exemption covers today, somebody has decided again.
        let in_force = case.policy.exemptions.iter().filter(|one| !one.has_ended(case.today));
        let in_force: Vec<&Exemption> = in_force.collect();
        let found = (rule.check)(case);
        let covered = found.iter().find(|remark| {
            covers(exemption, remark) && !in_force.iter().any(|one| covers(one, remark))
        });
        let (Some(covered), Some(until)) = (covered, exemption.until) else { continue };
        let message = format!(
            "An exemption from {} (“{}”) ended on {until}, and what it was for is still so",
            rule.id, exemption.reason
        );
        let subject = format!("{}\n{}\n{until}", rule.id, exemption.reason);
        let people = covered.people.iter().cloned();
        remarks.push(Remark::new(RULE.severity, message).about(subject).concerning(people));
    }
    remarks
}
