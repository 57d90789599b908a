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
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let translators = case.people(Role::Translator);
    let editors = case.people(Role::Editor);
    let both: Vec<&str> =
        editors.iter().copied().filter(|name| translators.contains(name)).collect();
    if both.is_empty() {
        return Vec::new();
    }
    let editing = || case.credits(Role::Editor).chain(case.credits(Role::CopyEditor));
    let mut others: Vec<&str> = Vec::new();
    for name in editing().filter_map(|credit| credit.name.as_deref()) {
        let name = case.roster.name(name);
        if !translators.contains(&name) && !others.contains(&name) {
            others.push(name);
        }
    }
    let sealed = editing().any(|credit| credit.name.is_none());
    let (severity, rest) = match others.len() {
        0 if sealed => (Severity::Note, "the name of another editor is sealed".to_owned()),
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
    let credit = case.credits(Role::Editor).find(|credit| {
        credit.name.as_deref().is_some_and(|name| both.contains(&case.roster.name(name)))
    });
    let place = credit.and_then(|credit| Place::of_name(case.record(), credit));
    vec![Remark::new(severity, message).concerning(both).at(place)]
}
