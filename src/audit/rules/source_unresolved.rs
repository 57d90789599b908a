//! `source-unresolved`: the article refers to a source and doesn't say where it is.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    id: "source-unresolved",
    why: "A reader who wants to check a translation, and an editor who wants to know whether the \
          original was corrected, both need to find it. A label without a link leads nowhere.",
    hint: "name the source with `siglum record --translation-of REF|URL`, or put its link into \
           the article",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    // A source that the recorder pinned or gave an address answers for all labels.
    let sources = &case.record().sources;
    if sources.iter().any(|source| source.is_pinned() || source.target.is_some()) {
        return Vec::new();
    }
    sources
        .iter()
        .map(|source| Remark {
            severity: Severity::Warning,
            people: Vec::new(),
            message: format!(
                "The article refers to a source, “{}”, without saying where it is",
                source.label.as_deref().unwrap_or_default()
            ),
        })
        .collect()
}
