//! `missing-editor`: a translation names nobody who edited it.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::role::Role;
use crate::lineage::review::{self, Reviewed};

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-editor",
    severity: Severity::Warning,
    why: "A translation is a new text. An editor who reads the language it is in is the second \
          pair of eyes; without one, whoever translated is alone answerable for it.",
    hint: "credit the editor of this language version, in the line or with \
           --credit 'editor[LANG]=NAME', or record who reviewed it: `siglum review ARTICLE --by NAME`",
    settings: "A note for others' texts, and where initials or unread words in the credits may be the \
               editor. A desk or an organization that edited counts, and so does a review of the whole \
               text that holds, by somebody who is not credited as its translator.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    if !case.is_standing_translation() {
        return Vec::new();
    }
    let mut credited_elsewhere = false;
    for credit in case.credits(Role::Editor).chain(case.credits(Role::CopyEditor)) {
        match (&credit.language, &record.language) {
            (Some(version), Some(text)) if !version.same_language(text) => {
                credited_elsewhere = true;
            }
            _ => return Vec::new(),
        }
    }
    if !credited_elsewhere && case.credits_any(&[Role::Editor, Role::CopyEditor]) {
        return Vec::new();
    }
    let translators = case.people(Role::Translator);
    let by_another = |reviewed: &Reviewed<'_>| {
        let by = reviewed.review.by.as_deref().map(|name| case.name_at(name, reviewed.entry));
        // A sealed name is somebody's.
        reviewed.clears() && by.is_none_or(|name| !translators.contains(&name))
    };
    if review::of(case.graph, case.article, case.version).iter().any(by_another) {
        return Vec::new();
    }
    let version = record.language.as_ref().map(|l| format!("{} ", l.name())).unwrap_or_default();
    let message = format!(
        "The text is a translation, and its credits name no editor of the {version}version"
    );
    vec![match case.doubt() {
        Some(doubt) => Remark::new(Severity::Note, format!("{message}; {doubt}")),
        None => Remark::new(case.own_or_note(RULE.severity), message),
    }]
}
