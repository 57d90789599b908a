//! `missing-editor`: a translation names nobody who edited it.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::role::Role;
use crate::record::event::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-editor",
    severity: Severity::Warning,
    why: "A translation is a new text. An editor who reads the language it is in is the second \
          pair of eyes; without one, whoever translated is alone answerable for it.",
    hint: "credit the editor of this language version, in the line or with \
           --credit 'editor[LANG]=NAME'",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    if record.origin != Some(Origin::Translation) {
        return Vec::new();
    }
    let edits_this = |role| {
        case.credits(role).any(|credit| match (&credit.language, &record.language) {
            (Some(version), Some(text)) => version.same_language(text),
            _ => true,
        })
    };
    if [Role::Editor, Role::CopyEditor].into_iter().any(edits_this) {
        return Vec::new();
    }
    let version = record.language.as_ref().map(|l| format!("{} ", l.name())).unwrap_or_default();
    let message = format!(
        "The text is a translation, and its credits name no editor of the {version}version"
    );
    vec![Remark::new(Severity::Warning, message)]
}
