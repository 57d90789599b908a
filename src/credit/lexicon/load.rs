//! Reads the word lists, and writes out the alternatives in their braces.
//!
//! A list is TOML. `{a|b|}` in a phrase stands for `a`, `b` or nothing, so
//! `traduzid{o|a|os|as}` is four phrases; braces don't nest.

use std::borrow::Cow;

use super::entry::{Class, Roles};
use super::reader::{Entry, NotAList, entries};
use crate::credit::role::Role;

/// The tables of a list: their keys are roles, or languages for the last two.
const TABLES: [(&str, Class); 8] = [
    ("verb", Class::Verb),
    ("noun", Class::Noun),
    ("label", Class::Label),
    ("before", Class::Before),
    ("after", Class::After),
    ("word", Class::Word),
    // Language services by the language that they write in, and words for languages.
    ("service", Class::Service),
    ("language", Class::Language),
];

/// The keys of a list that stand before its tables.
const KEYS: [(&str, Class); 26] = [
    ("job", Class::Job),
    ("title", Class::Title),
    ("by", Class::By),
    ("byline", Class::Byline),
    ("and", Class::And),
    ("at", Class::At),
    ("of", Class::Of),
    ("from", Class::From),
    ("into", Class::Into),
    ("with", Class::With),
    ("material", Class::Material),
    ("version", Class::Version),
    ("subject", Class::Subject),
    ("topic", Class::Topic),
    ("stop", Class::Stop),
    ("function", Class::Function),
    ("date", Class::Date),
    ("outlet", Class::Outlet),
    ("agency", Class::Agency),
    ("tool", Class::Tool),
    ("machine", Class::Machine),
    ("source", Class::Source),
    ("region", Class::Region),
    ("place", Class::Place),
    ("particle", Class::Particle),
    ("suffix", Class::Suffix),
];

/// Says why a list can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ListFault {
    /// It isn't written as lists are.
    #[error(transparent)]
    NotAList(#[from] NotAList),
    /// A key or table means nothing.
    #[error("`{0}` is not a key or table of word lists")]
    Unknown(String),
}

/// One word list as its file has it.
#[derive(Debug, Default)]
pub(super) struct WordList<'a> {
    /// The language of the words, as in BCP 47.
    pub(super) tag: Cow<'a, str>,
    /// Its phrases by what they can mean, in the order of the classes above; those of one class by
    /// their keys.
    pub(super) groups: Vec<Group<'a>>,
}

/// Phrases of a list with one meaning, before their braces are written out.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) class: Class,
    pub(super) roles: Roles,
    /// The language that they name.
    pub(super) names: Option<&'a str>,
    pub(super) phrases: Vec<Cow<'a, str>>,
}

impl<'a> WordList<'a> {
    /// Parses a list that is compiled in.
    pub(super) fn parse(text: &'a str) -> Result<Self, ListFault> {
        let mut list = Self::default();
        let mut placed = Vec::new();
        for mut entry in entries(text)? {
            if (entry.table, entry.key) == ("", "tag") {
                list.tag = entry.values.pop().unwrap_or_default();
                continue;
            }
            let (place, class) = class_of(&entry)?;
            placed.push((place, entry.key, group(class, entry)));
        }
        placed.sort_by_key(|(place, key, _)| (*place, *key));
        list.groups = placed.into_iter().map(|(.., group)| group).collect();
        Ok(list)
    }
}

/// The class of an entry's phrases, and its place among the others.
fn class_of(entry: &Entry<'_>) -> Result<(usize, Class), ListFault> {
    let (classes, first, name) = match entry.table {
        "" => (KEYS.as_slice(), TABLES.len(), entry.key),
        table => (TABLES.as_slice(), 0, table),
    };
    let found = classes.iter().enumerate().find(|(_, (own, _))| *own == name);
    let (place, (_, class)) = found.ok_or_else(|| ListFault::Unknown(name.to_owned()))?;
    Ok((first + place, *class))
}

fn group(class: Class, entry: Entry<'_>) -> Group<'_> {
    let Entry { table, key, values: phrases } = entry;
    let (roles, names) = match (class, table) {
        (Class::Service | Class::Language, _) => {
            (Roles::one(Role::Translator), (key != "any").then_some(key))
        }
        (_, "") => (Roles::default(), None),
        _ => (roles_of(key), None),
    };
    Group { class, roles, names, phrases }
}

/// The roles of a key such as `translator` or `reporter translator`.
fn roles_of(key: &str) -> Roles {
    let mut roles = Roles::default();
    for role in key.split(' ').filter_map(|word| word.parse::<Role>().ok()) {
        roles.push(role);
    }
    roles
}

/// Writes out the alternatives of a phrase; `false`, and none, if its braces don't pair.
pub(super) fn alternatives(phrase: &str, mut each: impl FnMut(&str)) -> bool {
    if memchr::memchr2(b'{', b'}', phrase.as_bytes()).is_none() {
        each(phrase);
        return true;
    }
    let is_paired = pairs(phrase);
    if is_paired {
        write_out(phrase, &mut String::with_capacity(phrase.len()), &mut each);
    }
    is_paired
}

/// Whether every brace has its other one, and none is within a pair.
fn pairs(phrase: &str) -> bool {
    let mut is_open = false;
    for byte in phrase.bytes().filter(|byte| matches!(byte, b'{' | b'}')) {
        if is_open == (byte == b'{') {
            return false;
        }
        is_open = !is_open;
    }
    !is_open
}

/// Writes out what comes after `so_far`, which is left as it was.
fn write_out(rest: &str, so_far: &mut String, each: &mut impl FnMut(&str)) {
    let len = so_far.len();
    let parts = rest.split_once('{').and_then(|(head, tail)| Some((head, tail.split_once('}')?)));
    if let Some((head, (choices, after))) = parts {
        so_far.push_str(head);
        let before = so_far.len();
        for choice in choices.split('|') {
            so_far.push_str(choice);
            write_out(after, so_far, each);
            so_far.truncate(before);
        }
    } else {
        so_far.push_str(rest);
        each(so_far);
    }
    so_far.truncate(len);
}

#[cfg(test)]
mod tests {
    use super::super::FILES;
    use super::*;

    #[test]
    fn braces_are_written_out() {
        let all = |phrase: &str| {
            let mut all = Vec::new();
            alternatives(phrase, |one| all.push(one.to_owned())).then_some(all)
        };
        assert_eq!(all("{a|b} c{d|}").unwrap(), ["a cd", "a c", "b cd", "b c"]);
        assert_eq!(all("x{a}{|b|c}").unwrap(), ["xa", "xab", "xac"]);
        assert_eq!(all("plain").unwrap(), ["plain"]);
        for bad in ["{a", "a}", "{a{b}}", "}a{", "{a}}"] {
            assert!(all(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn every_list_is_taken() {
        for (name, text) in FILES {
            let list = WordList::parse(text).unwrap();
            assert!(!list.groups.is_empty(), "{name}");
        }
        for bad in ["nouns = [\"a\"]", "[job]\nwriter = [\"a\"]", "tag"] {
            assert!(WordList::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn groups_are_in_the_order_of_their_classes() {
        let list = WordList::parse(
            "tag = \"xx\"\nby = [\"b\"]\njob = [\"j\"]\n[noun]\nwriter = [\"w\"]\neditor = [\"e\"]\n\
             [language]\nany = [\"l\"]\nfr = [\"f\"]",
        )
        .unwrap();
        let phrases = list.groups.iter().map(|group| (group.phrases.concat(), group.names));
        let want =
            [("e", None), ("w", None), ("l", None), ("f", Some("fr")), ("j", None), ("b", None)];
        assert!(phrases.eq(want.map(|(phrase, names)| (phrase.to_owned(), names))));
    }
}
