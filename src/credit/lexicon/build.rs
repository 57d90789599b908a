//! Builds a lexicon from the lists compiled in and a house's own entries.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use sha2::{Digest, Sha256};

use super::entry::{Class, Mask, Meaning, Roles};
use super::letters::LETTERS;
use super::load::{WordList, alternatives};
use super::trie::Trie;
use super::words::{PhraseHasher, Words};
use super::{FILES, Lexicon, Pattern};
use crate::credit::fold::{fold_phrase, without_accents};
use crate::credit::role::Role;
use crate::text::language::Language;

/// The longest phrase that is taken, in bytes: it bounds the work at each place of a line.
pub(super) const MAX_PHRASE: usize = 120;

/// The most languages that a lexicon can have: they are numbered in a byte.
const MAX_LANGUAGES: usize = 255;

/// Adds a house's own words to those compiled in.
#[derive(Debug, Default, Clone)]
pub struct LexiconBuilder {
    entries: Vec<House>,
}

#[derive(Debug, Clone)]
struct House {
    list: &'static str,
    class: Class,
    roles: Roles,
    language: Option<Language>,
    names: Option<Language>,
    whose: Option<String>,
    phrase: String,
}

/// Says which house entry is bad, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{list}[{index}]: {fault}")]
pub struct EntryError {
    /// The list: `phrases`, `titles`, `bureaus`, `tools`, `initials` or `languages`.
    pub list: &'static str,
    /// The place in the list, counting from zero in the order of adding.
    pub index: usize,
    /// What is wrong.
    pub fault: EntryFault,
}

/// What is wrong with a house entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryFault {
    /// There is no letter in it.
    #[error("`{0}` has no letter in it")]
    NoLetter(String),
    /// It is too long.
    #[error("`{text}` is {len} bytes long, {MAX_PHRASE} at most can be taken")]
    TooLong {
        /// The entry.
        text: String,
        /// Its length in bytes.
        len: usize,
    },
    /// It is there already, with another meaning.
    #[error("`{0}` is there already, with another meaning")]
    Conflict(String),
    /// Its braces don't pair.
    #[error("`{0}` has an unpaired brace")]
    Brace(String),
    /// The lexicon has as many languages as it can.
    #[error("`{0}` is one language more than the 255 that a lexicon can have")]
    TooManyLanguages(Language),
}

/// Where a house phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// Before the names: `Bearbeitung durch NAME`.
    Before,
    /// After the names: `NAME worked on this story`.
    After,
}

impl LexiconBuilder {
    /// Adds a role phrase.
    #[must_use]
    pub fn phrase(
        self,
        text: &str,
        position: Position,
        role: Role,
        language: Option<&Language>,
    ) -> Self {
        let class = match position {
            Position::Before => Class::Before,
            Position::After => Class::After,
        };
        self.add("phrases", class, Roles::one(role), language, text)
    }

    /// Adds a house title that is taken off names, with the role that it stands for.
    #[must_use]
    pub fn title(self, text: &str, role: Role) -> Self {
        self.add("titles", Class::Word, Roles::one(role), None, text)
    }

    /// Adds a house title that is taken off names and stands for no role.
    #[must_use]
    pub fn bare_title(self, text: &str) -> Self {
        self.add("titles", Class::Job, Roles::default(), None, text)
    }

    /// Adds a bureau or desk of the house, such as `Lugo newsroom`.
    #[must_use]
    pub fn bureau(self, text: &str) -> Self {
        self.add("bureaus", Class::Bureau, Roles::default(), None, text)
    }

    /// Adds a tool, so that it counts as software.
    #[must_use]
    pub fn tool(self, text: &str) -> Self {
        self.add("tools", Class::Tool, Roles::default(), None, text)
    }

    /// Says whose initials these are.
    #[must_use]
    pub fn initials(mut self, initials: &str, name: &str) -> Self {
        self = self.add("initials", Class::Initials, Roles::default(), None, initials);
        if let Some(last) = self.entries.last_mut() {
            last.whose = Some(name.to_owned());
        }
        self
    }

    /// Adds a word for a language, such as `frison` for `fy`.
    #[must_use]
    pub fn language(mut self, word: &str, language: &Language) -> Self {
        self = self.add("languages", Class::Language, Roles::one(Role::Translator), None, word);
        if let Some(last) = self.entries.last_mut() {
            last.names = Some(language.clone());
        }
        self
    }

    /// Builds the lexicon.
    ///
    /// # Errors
    ///
    /// If an entry can't be taken; the error says which.
    ///
    /// # Panics
    ///
    /// Never: the lists compiled in are read by a test.
    pub fn build(self) -> Result<Lexicon, EntryError> {
        let mut made = Making::default();
        let mut lists = Vec::with_capacity(FILES.len());
        for (name, text) in FILES {
            made.digest(&[name, text]);
            let list = WordList::parse(text).expect("every compiled-in list is read by a test");
            // Languages that have lists come first: sets of them are kept in 64 bits.
            made.tongue_of(&list.tag);
            lists.push(list);
        }
        made.listed = made.languages.len();
        for list in &lists {
            made.take_list(list);
        }
        let mut counts: HashMap<&'static str, usize> = HashMap::new();
        for entry in self.entries {
            let index = counts.entry(entry.list).or_insert(0);
            let (list, at) = (entry.list, *index);
            *index += 1;
            made.take_house(entry).map_err(|fault| EntryError { list, index: at, fault })?;
        }
        Ok(made.finish())
    }

    fn add(
        mut self,
        list: &'static str,
        class: Class,
        roles: Roles,
        language: Option<&Language>,
        text: &str,
    ) -> Self {
        self.entries.push(House {
            list,
            class,
            roles,
            language: language.cloned(),
            names: None,
            whose: None,
            phrase: text.to_owned(),
        });
        self
    }
}

/// The classes whose words say which language a line is in.
const WEIGHTY: Mask = Class::Verb.bit()
    | Class::Noun.bit()
    | Class::Label.bit()
    | Class::Before.bit()
    | Class::After.bit()
    | Class::Service.bit()
    | Class::By.bit()
    | Class::Byline.bit()
    | Class::Subject.bit()
    | Class::Material.bit()
    | Class::From.bit()
    | Class::Into.bit()
    | Class::With.bit()
    | Class::And.bit();

/// A lexicon in the making.
#[derive(Default)]
struct Making {
    languages: Vec<Language>,
    listed: usize,
    /// The phrases, folded, by the order in which they came.
    numbers: HashMap<String, u32, BuildHasherDefault<PhraseHasher>>,
    /// Meanings, with their phrases' numbers; some twice.
    meanings: Vec<(u32, Meaning)>,
    hasher: Sha256,
}

impl Making {
    fn digest(&mut self, parts: &[&str]) {
        for part in parts {
            self.hasher.update((part.len() as u64).to_be_bytes());
            self.hasher.update(part.as_bytes());
        }
    }

    fn take_list(&mut self, list: &WordList) {
        let tongue = self.tongue_of(&list.tag);
        for raw in list.raw() {
            let names = raw.names.and_then(|tag| self.tongue_of(tag));
            let meaning = Meaning {
                class: raw.class,
                roles: raw.roles,
                tongue: tongue.unwrap_or(u8::MAX),
                names,
                whose: None,
            };
            for phrase in alternatives(raw.phrase).unwrap_or_default() {
                self.put(&phrase, &meaning);
            }
        }
    }

    fn take_house(&mut self, entry: House) -> Result<(), EntryFault> {
        let text = entry.phrase;
        if !text.chars().any(char::is_alphabetic) {
            return Err(EntryFault::NoLetter(text));
        }
        if text.len() > MAX_PHRASE {
            return Err(EntryFault::TooLong { len: text.len(), text });
        }
        let phrases = alternatives(&text).ok_or_else(|| EntryFault::Brace(text.clone()))?;
        let tongue = self.house_tongue(entry.language)?;
        let names = self.house_tongue(entry.names)?;
        let meaning = Meaning {
            class: entry.class,
            roles: entry.roles,
            tongue: tongue.unwrap_or(u8::MAX),
            names,
            whose: entry.whose.map(String::into_boxed_str),
        };
        self.digest(&[entry.list, &text, &format!("{meaning:?}")]);
        for phrase in &phrases {
            let known = self.numbers.get(&fold_phrase(phrase));
            let clash = known.is_some_and(|known| {
                self.meanings.iter().filter(|(number, _)| number == known).any(|(_, one)| {
                    one.class == meaning.class
                        && (one.roles != meaning.roles
                            || one.names != meaning.names
                            || one.whose != meaning.whose)
                })
            });
            if clash {
                return Err(EntryFault::Conflict(text));
            }
            self.put(phrase, &meaning);
        }
        Ok(())
    }

    fn house_tongue(&mut self, language: Option<Language>) -> Result<Option<u8>, EntryFault> {
        let Some(language) = language else { return Ok(None) };
        self.tongue_of(language.as_str()).map(Some).ok_or(EntryFault::TooManyLanguages(language))
    }

    fn tongue_of(&mut self, tag: &str) -> Option<u8> {
        let language = Language::new(tag).ok()?;
        let number = match self.languages.iter().position(|one| *one == language) {
            Some(number) => number,
            None if self.languages.len() < MAX_LANGUAGES => {
                self.languages.push(language);
                self.languages.len() - 1
            }
            None => return None,
        };
        u8::try_from(number).ok()
    }

    fn put(&mut self, phrase: &str, meaning: &Meaning) {
        let folded = fold_phrase(phrase.trim_end_matches(':'));
        if folded.is_empty() || folded.len() > MAX_PHRASE * 2 {
            return;
        }
        if folded.chars().count() >= 6
            && self.drops_accents(meaning.tongue)
            && let Some(plain) = without_accents(&folded)
        {
            self.put_folded(plain, meaning);
        }
        self.put_folded(folded, meaning);
    }

    /// Whether writers of the language leave accents out rather than write `ae` or `oe`.
    fn drops_accents(&self, tongue: u8) -> bool {
        let language = self.languages.get(usize::from(tongue));
        language.is_none_or(|language| {
            !matches!(language.as_str(), "de" | "sv" | "da" | "no" | "fi" | "et" | "nl" | "en")
        })
    }

    fn put_folded(&mut self, folded: String, meaning: &Meaning) {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(folded).or_insert(next);
        self.meanings.push((number, meaning.clone()));
    }

    fn finish(mut self) -> Lexicon {
        let mut phrases = vec![String::new(); self.numbers.len()];
        for (phrase, number) in self.numbers {
            if let Some(slot) = phrases.get_mut(number as usize) {
                *slot = phrase;
            }
        }
        let trie = Trie::of(&phrases);
        let words = Words::of(&phrases);
        let number = |tag: &str| {
            let found = self.languages.iter().position(|language| language.as_str() == tag);
            found.and_then(|found| u8::try_from(found).ok())
        };
        // Stable: of two meanings, the one that came first stays first.
        self.meanings.sort_by_key(|(number, _)| *number);
        let mut meanings: Vec<Meaning> = Vec::with_capacity(self.meanings.len());
        let mut patterns: Vec<Pattern> = Vec::with_capacity(phrases.len());
        for (number, meaning) in self.meanings {
            let first = u32::try_from(meanings.len()).unwrap_or(u32::MAX);
            while patterns.len() <= number as usize {
                patterns.push(Pattern { mask: 0, tongues: 0, function: 0, first, count: 0 });
            }
            let Some(pattern) = patterns.last_mut() else { continue };
            let known = meanings.get(pattern.first as usize..).unwrap_or_default();
            if known.contains(&meaning) {
                continue;
            }
            let tongue = 1_u64.checked_shl(meaning.tongue.into()).unwrap_or(0);
            let class = meaning.class.bit();
            pattern.mask |= class;
            pattern.tongues |= if class & WEIGHTY != 0 { tongue } else { 0 };
            pattern.function |= if meaning.class == Class::Function { tongue } else { 0 };
            pattern.count += 1;
            meanings.push(meaning);
        }
        Lexicon {
            words,
            trie,
            patterns,
            phrases,
            meanings,
            english: number("en"),
            letters: LETTERS
                .iter()
                .filter_map(|(tag, letters)| Some((number(tag)?, *letters)))
                .collect(),
            languages: self.languages,
            listed: self.listed,
            digest: self.hasher.finalize().into(),
        }
    }
}
