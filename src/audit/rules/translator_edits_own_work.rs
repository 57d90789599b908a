//! `translator-edits-own-work`: somebody is credited both as translator and as editor.

use crate::audit::finding::{Place, Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::Role;

/// The rule.
pub const RULE: Rule = Rule {
    id: "translator-edits-own-work",
    severity: Severity::Warning,
    why: "Four eyes see more than two. Where everybody who edited a translation also made it, \
          nobody read it afresh. Where somebody else edited too, there was a second reader: that \
          is only noted.",
    hint: "have somebody else edit the translation, or credit whoever did",
    settings: "A note where somebody else edited too, or may have. Names are compared by the \
               roster ([[people]]) alone. Credits of two different language versions are two \
               works.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let translators = case.people(Role::Translator);
    let editors = case.people(Role::Editor);
    let both: Vec<&str> = editors
        .iter()
        .copied()
        .filter(|name| translators.contains(name) && is_one_work(case, name))
        .collect();
    if both.is_empty() || case.has_ended() {
        return Vec::new();
    }
    let editing = || case.credits(Role::Editor).chain(case.credits(Role::CopyEditor));
    let mut others: Vec<&str> = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    for credit in editing() {
        let Some(credited) = credit.name.as_deref() else { continue };
        let name = case.name(credited);
        // Initials that the roster doesn't have may be a translator's.
        let list = if credit.initials && name == credited { &mut unknown } else { &mut others };
        if !translators.contains(&name) && !list.contains(&name) {
            list.push(name);
        }
    }
    let sealed = editing().any(|credit| credit.name.is_none());
    let (severity, rest) = match others.len() {
        0 if sealed => (Severity::Note, "the name of another editor is sealed".to_owned()),
        0 if !unknown.is_empty() => (
            Severity::Note,
            format!("{} also edited, and who that is is not said", listed(&unknown)),
        ),
        0 => (Severity::Warning, "no other editor is credited".to_owned()),
        1 => (Severity::Note, format!("{}, not a translator, also edited", listed(&others))),
        _ => (Severity::Note, format!("{}, not translators, also edited", listed(&others))),
    };
    let (are, translator, editor) = match both.len() {
        1 => ("is", "a translator", "editor"),
        _ => ("are", "translators", "editors"),
    };
    let message =
        format!("{} {are} credited as {translator} and as {editor}; {rest}", listed(&both));
    let credit = case
        .credits(Role::Editor)
        .find(|credit| credit.name.as_deref().is_some_and(|name| both.contains(&case.name(name))));
    let place = credit.and_then(|credit| Place::of_name(case.record(), credit));
    vec![Remark::new(severity, message).concerning(both).at(place)]
}

/// Whether somebody may have edited the language version that they translated: of the two credits, one
/// says nothing of the version, or both say the same.
fn is_one_work(case: &Case<'_>, name: &str) -> bool {
    let credits = |role| {
        case.credits(role)
            .filter(|credit| credit.name.as_deref().is_some_and(|n| case.name(n) == name))
    };
    credits(Role::Translator).any(|translated| {
        credits(Role::Editor).any(|edited| match (&translated.language, &edited.language) {
            (Some(one), Some(other)) => one.same_language(other),
            _ => true,
        })
    })
}
