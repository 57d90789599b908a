//! `source-retracted`: a text that this was made from was retracted or withdrawn.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, dated};
use crate::lineage::basis;
use crate::lineage::status::{self, Status};

/// The rule.
pub const RULE: Rule = Rule {
    id: "source-retracted",
    severity: Severity::Error,
    why: "What was retracted in one language is still read in another.",
    hint: "retract or withdraw the translation too (`siglum retract`, `siglum withdraw`), or record \
           what it rests on now (`siglum link`)",
    settings: "A warning where the source was withdrawn. Goes back through all sources of \
               sources. Silent once the translation was retracted or withdrawn itself, or the \
               source was published anew.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_standing_translation() {
        return Vec::new();
    }
    let ancestors = basis::ancestors(case.graph, case.article, case.version);
    let remark = |(source, version)| {
        let standing = status::status(source, version);
        let (severity, what) = match standing.status {
            Status::Retracted => (Severity::Error, "retracted"),
            Status::Withdrawn => (Severity::Warning, "withdrawn"),
            _ => return None,
        };
        let message =
            format!("{}, which it goes back to, was {what} {}", source.id(), dated(standing.by?));
        Some(Remark::new(severity, message).about(source.id()))
    };
    ancestors.into_iter().filter_map(remark).collect()
}
