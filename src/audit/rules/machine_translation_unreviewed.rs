//! `machine-translation-unreviewed`: a machine took part, and no person's review of it all holds.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::Role;
use crate::lineage::basis;
use crate::lineage::review::{self, Reviewed, Validity};
use crate::record::event::ReviewKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "machine-translation-unreviewed",
    severity: Severity::Warning,
    why: "What a machine made and no person has read in full against its source is published on \
          nobody's judgement. Checking the spelling is no such reading.",
    hint: "have it reviewed in full and record that: `siglum review ARTICLE --by NAME`",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let machines = basis::machines(case.article, case.version);
    if machines.is_empty() || !case.is_standing_translation() {
        return Vec::new();
    }
    let reviews = review::of(case.graph, case.article, case.version);
    if reviews.iter().any(Reviewed::clears) {
        return Vec::new();
    }
    let tool = machines.iter().find_map(|machine| machine.tool.as_deref());
    let known = match reviews.last() {
        None => "no review is recorded",
        Some(last) if last.validity == Validity::Rejected => {
            "the last review that is recorded found it unfit"
        }
        Some(last) if last.validity == Validity::Holds => match last.review.kind {
            ReviewKind::Spelling => "only a review of the spelling is recorded",
            _ => "only a review of the numbers is recorded",
        },
        Some(_) => "the review that is recorded no longer holds",
    };
    // A credit binds nobody to this text, but somebody is said to have read it.
    let credited = case.people(Role::Reviewer);
    if let ([_, ..], true) = (credited.as_slice(), reviews.is_empty()) {
        let message = format!(
            "{} took part in this translation; {} credited with reviewing it, and no review of \
             this version is recorded",
            tool.unwrap_or("A machine"),
            if credited.len() == 1 {
                format!("{} is", listed(&credited))
            } else {
                format!("{} are", listed(&credited))
            }
        );
        return vec![Remark::new(Severity::Note, message).concerning(credited)];
    }
    let message = format!("{} took part in this translation; {known}", tool.unwrap_or("A machine"));
    vec![Remark::new(Severity::Warning, message)]
}
