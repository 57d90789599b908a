//! `translator-edits-own-work`: somebody is credited both as translator and as editor.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::Role;

/// The rule.
pub const RULE: Rule = Rule {
    id: "translator-edits-own-work",
    why: "Four eyes see more than two. Where everybody who edited a translation also made it, \
          nobody read it afresh. Where somebody else edited too, there was a second reader: that \
          is only noted.",
    hint: "have somebody else edit the translation, or credit whoever did",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let translators = case.people(Role::Translator);
    let editors = case.people(Role::Editor);
    let (both, others): (Vec<&str>, Vec<&str>) =
        editors.iter().copied().partition(|name| translators.contains(name));
    if both.is_empty() {
        return Vec::new();
    }
    let (is, was) = if both.len() == 1 { ("is", "a translator") } else { ("are", "translators") };
    let (severity, rest) = if others.is_empty() {
        (Severity::Warning, "no other editor is credited".to_owned())
    } else {
        let not = if others.len() == 1 { "not a translator" } else { "not translators" };
        (Severity::Note, format!("{}, {not}, also edited", listed(&others)))
    };
    vec![Remark {
        severity,
        people: both.iter().map(|name| (*name).to_owned()).collect(),
        message: format!(
            "{} {is} credited as {was} and as editor{}; {rest}",
            listed(&both),
            if both.len() == 1 { "" } else { "s" }
        ),
    }]
}
