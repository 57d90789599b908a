//! Reads the word lists, and writes out the alternatives in their braces.
//!
//! A list is TOML. `{a|b|}` in a phrase stands for `a`, `b` or nothing, so
//! `traduzid{o|a|os|as}` is four phrases; braces don't nest.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::entry::{Class, Roles};
use crate::credit::role::Role;

type Phrases = Vec<String>;
type ByRole = BTreeMap<String, Phrases>;

/// One word list as its file has it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordList {
    /// The language of the words, as in BCP 47.
    pub(super) tag: String,
    verb: ByRole,
    noun: ByRole,
    label: ByRole,
    before: ByRole,
    after: ByRole,
    word: ByRole,
    /// Language services by the language that they write in.
    service: ByRole,
    /// Words for languages.
    language: ByRole,
    job: Phrases,
    title: Phrases,
    by: Phrases,
    byline: Phrases,
    and: Phrases,
    at: Phrases,
    of: Phrases,
    from: Phrases,
    into: Phrases,
    with: Phrases,
    material: Phrases,
    version: Phrases,
    subject: Phrases,
    topic: Phrases,
    stop: Phrases,
    function: Phrases,
    date: Phrases,
    outlet: Phrases,
    agency: Phrases,
    tool: Phrases,
    machine: Phrases,
    source: Phrases,
    region: Phrases,
    place: Phrases,
    particle: Phrases,
    suffix: Phrases,
}

/// One phrase of a list, before its braces are written out.
pub(super) struct Raw<'a> {
    pub(super) class: Class,
    pub(super) roles: Roles,
    pub(super) names: Option<&'a str>,
    pub(super) phrase: &'a str,
}

impl WordList {
    /// Parses a list that is compiled in.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// All phrases of the list.
    pub(super) fn raw(&self) -> Vec<Raw<'_>> {
        let mut out = Vec::new();
        for (class, table) in [
            (Class::Verb, &self.verb),
            (Class::Noun, &self.noun),
            (Class::Label, &self.label),
            (Class::Before, &self.before),
            (Class::After, &self.after),
            (Class::Word, &self.word),
        ] {
            for (key, phrases) in table {
                let roles = roles_of(key);
                out.extend(phrases.iter().map(|phrase| Raw { class, roles, names: None, phrase }));
            }
        }
        for (class, table) in [(Class::Service, &self.service), (Class::Language, &self.language)] {
            for (tag, phrases) in table {
                out.extend(phrases.iter().map(|phrase| Raw {
                    class,
                    roles: Roles::one(Role::Translator),
                    names: (tag != "any").then_some(tag.as_str()),
                    phrase,
                }));
            }
        }
        for (class, phrases) in [
            (Class::Job, &self.job),
            (Class::Title, &self.title),
            (Class::By, &self.by),
            (Class::Byline, &self.byline),
            (Class::And, &self.and),
            (Class::At, &self.at),
            (Class::Of, &self.of),
            (Class::From, &self.from),
            (Class::Into, &self.into),
            (Class::With, &self.with),
            (Class::Material, &self.material),
            (Class::Version, &self.version),
            (Class::Subject, &self.subject),
            (Class::Topic, &self.topic),
            (Class::Stop, &self.stop),
            (Class::Function, &self.function),
            (Class::Date, &self.date),
            (Class::Outlet, &self.outlet),
            (Class::Agency, &self.agency),
            (Class::Tool, &self.tool),
            (Class::Machine, &self.machine),
            (Class::Source, &self.source),
            (Class::Region, &self.region),
            (Class::Place, &self.place),
            (Class::Particle, &self.particle),
            (Class::Suffix, &self.suffix),
        ] {
            let roles = Roles::default();
            out.extend(phrases.iter().map(|phrase| Raw { class, roles, names: None, phrase }));
        }
        out
    }
}

/// The roles of a key such as `translator` or `reporter translator`.
fn roles_of(key: &str) -> Roles {
    let mut roles = Roles::default();
    for role in key.split(' ').filter_map(|word| word.parse::<Role>().ok()) {
        roles.push(role);
    }
    roles
}

/// Writes out the alternatives of a phrase; `None` if its braces don't pair.
pub(super) fn alternatives(phrase: &str) -> Option<Vec<String>> {
    let mut out = vec![String::new()];
    let mut rest = phrase;
    while let Some((head, tail)) = rest.split_once('{') {
        let (choices, after) = tail.split_once('}')?;
        if head.contains('}') || choices.contains('{') {
            return None;
        }
        out = out
            .iter()
            .flat_map(|so_far| {
                choices.split('|').map(move |choice| format!("{so_far}{head}{choice}"))
            })
            .collect();
        rest = after;
    }
    if rest.contains('}') {
        return None;
    }
    for phrase in &mut out {
        phrase.push_str(rest);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_written_out() {
        assert_eq!(alternatives("{a|b} c{d|}").unwrap(), ["a cd", "a c", "b cd", "b c"]);
        assert_eq!(alternatives("plain").unwrap(), ["plain"]);
        for bad in ["{a", "a}", "{a{b}}"] {
            assert!(alternatives(bad).is_none(), "{bad}");
        }
    }
}
