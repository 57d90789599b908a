//! `uncredited-translation`: the credits name another language version than the text is in.

use crate::audit::finding::{Place, Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::Role;
use crate::text::language::Language;

/// The rule.
pub const RULE: Rule = Rule {
    id: "uncredited-translation",
    severity: Severity::Warning,
    why: "Credits that came along from another language version tell who made that one. Who or \
          what made the text that people read is then not said, and a machine's work can pass \
          for a named translator's.",
    hint: "credit who or what made this version, with --credit 'translator[LANG]=NAME' or \
           --machine TOOL",
    settings: "Silent where a credit of the text's own language, one without a language, or a \
               machine is there.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    let Some(text) = &record.language else { return Vec::new() };
    if !record.machines.is_empty() {
        return Vec::new();
    }
    let mut versions: Vec<&Language> = Vec::new();
    for credit in case.credits(Role::Translator) {
        match &credit.language {
            Some(version) if !version.same_language(text) => {
                if !versions.iter().any(|known| known.same_language(version)) {
                    versions.push(version);
                }
            }
            // Somebody translated into the text's own language, or the line doesn't say.
            _ => return Vec::new(),
        }
    }
    if versions.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = versions.iter().map(|version| version.name()).collect();
    let (article, noun) = if names.len() == 1 { ("a ", "version") } else { ("", "versions") };
    let message = format!(
        "Text is {}; the credits name only {article}{} {noun}. Who or what made the {} is not \
         credited",
        text.name(),
        listed(&names),
        text.name()
    );
    let place = case.credits(Role::Translator).find_map(|c| Place::of_name(record, c));
    vec![Remark::new(Severity::Warning, message).at(place)]
}
