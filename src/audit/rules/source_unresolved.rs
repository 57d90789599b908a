//! `source-unresolved`: the article refers to a source and doesn't say where it is.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::lineage::basis;

/// The rule.
pub const RULE: Rule = Rule {
    id: "source-unresolved",
    severity: Severity::Warning,
    why: "A reader who wants to check a translation, and an editor who wants to know whether the \
          original was corrected, both need to find it. A label without a link leads nowhere.",
    hint: "name the source with `siglum record --translation-of REF|URL`, or put its link into \
           the article",
    settings: "A source that the recorder states answers for what the text refers to, and so \
               does a link that was recorded later.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let sources = &case.record().sources;
    // What its recorder stated, then or later, answers for what the text refers to.
    let stated = basis::of(case.graph, case.article, case.version);
    if !stated.is_empty() || case.has_ended() {
        return Vec::new();
    }
    sources
        .iter()
        .filter(|source| source.target.is_none() && !source.is_pinned())
        .map(|source| {
            let label = source.label.as_deref().unwrap_or_default();
            let message =
                format!("The article refers to a source, “{label}”, without saying where it is");
            Remark::new(Severity::Warning, message).about(label)
        })
        .collect()
}
