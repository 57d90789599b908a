//! `source-unpinned`: a translation whose record doesn't say which version of its source was used.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::lineage::basis;
use crate::record::event::Standing;

/// The rule.
pub const RULE: Rule = Rule {
    id: "source-unpinned",
    severity: Severity::Warning,
    why: "Sources change. Unless a translation's record says which version was translated, nobody \
          can tell whether a difference is the translator's or came later.",
    hint: "name the version: `siglum link ARTICLE --translation-of REF`, or a URL with \
           --source-file",
    settings: "A note for others' texts. A link that pins the source clears it.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_standing_translation() {
        return Vec::new();
    }
    let bases = basis::of(case.graph, case.article, case.version);
    let severity = match case.record().standing {
        Some(Standing::Own) => Severity::Warning,
        _ => Severity::Note,
    };
    if bases.is_empty() {
        let message = "It is a translation, and no version of a source is recorded".to_owned();
        return vec![Remark::new(severity, message)];
    }
    let loose = bases.iter().filter(|basis| !basis.source.is_pinned());
    let message = |target: &str| {
        let message =
            format!("Its source, {target}, is named without saying which version was used");
        Remark::new(severity, message).about(target)
    };
    loose.filter_map(|basis| basis.source.target.as_deref()).map(message).collect()
}
