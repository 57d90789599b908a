//! The words: role phrases, joiners, prepositions, titles, tools and agencies.
//!
//! Words are data: one TOML file a language in `lexicon/`, and four that belong to no language
//! (`names`, `places`, `agencies`, `tools`). To add a language, write its file and name it in
//! `FILES`; nothing else changes. The keys of a file are the classes of `entry::Class`.

mod build;
mod cut;
mod entry;
mod letters;
mod load;
mod making;
mod phrases;
mod reader;
mod sets;
mod share;
mod spellings;
mod trie;
mod words;

use std::sync::OnceLock;

pub use build::{EntryError, EntryFault, LexiconBuilder, Position};
use phrases::Phrases;
use sets::Set;
use trie::Trie;
use words::Words;

pub(super) use cut::{Word, cut, cut_wide};
pub(super) use entry::{Class, GLUE, JOINING, Mask, Meaning, Roles, SMALL_WORD, SUFFIX};
pub(super) use words::Begins;

use crate::text::language::Language;

/// The version of the parser, which goes into every record.
pub const PARSER_VERSION: u32 = 1;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("lexicon/", $name, ".toml")))),+]
    };
}

/// The word lists that are compiled in. Where two languages share a phrase and nothing else tells
/// them apart, the one listed first is meant.
const FILES: &[(&str, &str)] = files![
    "names", "places", "agencies", "tools", "en", "fr", "de", "es", "pt", "it", "nl", "pl", "cs",
    "ru", "uk", "bg", "tr", "ar", "zh", "ja", "ko", "id", "vi", "sv", "da", "no", "fi", "ro", "hu",
    "el", "ca", "fa", "hi", "he", "sk", "sl", "hr", "sr", "be", "lt", "lv", "et", "eo", "ms", "ur",
    "th",
];

/// All phrases that the parser knows.
#[derive(Debug)]
pub struct Lexicon {
    trie: Trie,
    /// The set of each phrase's meanings.
    set_of: Vec<u32>,
    sets: Vec<Set>,
    phrases: Phrases,
    words: Words,
    meanings: Vec<Meaning>,
    languages: Vec<Language>,
    /// How many of the languages, the first ones, have a list.
    listed: usize,
    english: Option<u8>,
    letters: Vec<(u8, &'static [char])>,
    digest: [u8; 32],
}

/// A phrase found at some place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The number of the phrase.
    pub(super) pattern: u32,
    /// The folded offset after it.
    pub(super) end: usize,
}

impl Lexicon {
    /// The lexicon that is compiled in, built on first use.
    ///
    /// # Panics
    ///
    /// Never: the files are part of the program, and a test reads each of them.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Self::builder().build().expect("the compiled-in lists are read by a test")
        })
    }

    /// Starts from the words compiled in and adds a house's own.
    #[must_use]
    pub fn builder() -> LexiconBuilder {
        LexiconBuilder::default()
    }

    /// SHA-256 over all data compiled in and all house entries.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// All its phrases, folded as the text is before it is searched.
    pub fn phrases(&self) -> impl Iterator<Item = &str> {
        self.phrases.iter()
    }

    /// The number of English.
    pub(super) fn english(&self) -> Option<u8> {
        self.english
    }

    /// For some languages the letters that their neighbours haven't.
    pub(super) fn letters(&self) -> &[(u8, &'static [char])] {
        &self.letters
    }

    fn set(&self, pattern: u32) -> Option<&Set> {
        self.sets.get(*self.set_of.get(pattern as usize)? as usize)
    }

    /// The classes of a phrase.
    pub(super) fn mask(&self, pattern: u32) -> Mask {
        self.set(pattern).map_or(0, |found| found.mask)
    }

    /// The languages whose role phrases, by-words or joiners a phrase is among, as bits.
    pub(super) fn tongues(&self, pattern: u32) -> u64 {
        self.set(pattern).map_or(0, |found| found.tongues)
    }

    /// The meanings of a phrase.
    pub(super) fn meanings(&self, pattern: u32) -> &[Meaning] {
        self.set(pattern)
            .and_then(|found| {
                let first = found.first as usize;
                self.meanings.get(first..first + found.count as usize)
            })
            .unwrap_or_default()
    }

    /// A meaning of one class, in the language numbered `tongue` if it has one there.
    pub(super) fn meaning(
        &self,
        pattern: u32,
        class: Class,
        tongue: Option<u8>,
    ) -> Option<&Meaning> {
        let all = self.meanings(pattern);
        let mut of_class = all.iter().filter(|meaning| meaning.class == class);
        let first = of_class.next()?;
        if Some(first.tongue) == tongue {
            return Some(first);
        }
        of_class.find(|meaning| Some(meaning.tongue) == tongue).or(Some(first))
    }

    /// The language of that number.
    pub(super) fn language(&self, tongue: u8) -> Option<&Language> {
        self.languages.get(usize::from(tongue))
    }

    /// The number of a language.
    pub(super) fn tongue(&self, language: &Language) -> Option<u8> {
        let listed = self.languages.get(..self.listed).unwrap_or(&self.languages);
        let found = listed.iter().position(|one| one == language);
        let found = found.or_else(|| listed.iter().position(|one| one.same_language(language)));
        found.and_then(|number| u8::try_from(number).ok())
    }

    /// The languages among whose small words a phrase is, as bits.
    pub(super) fn function(&self, pattern: u32) -> u64 {
        self.set(pattern).map_or(0, |found| found.function)
    }

    /// What begins at a word of the folded text, and ends at no place within a word.
    pub(super) fn begins(&self, folded: &str, word: Word) -> Begins {
        self.words.begins(&self.phrases, folded, word)
    }

    /// The longest phrase that begins at `at` of the folded text and ends where `ends` allows.
    pub(super) fn longest_at(
        &self,
        folded: &str,
        at: usize,
        mut ends: impl FnMut(usize, Mask) -> bool,
    ) -> Option<Found> {
        let bytes = folded.as_bytes().get(at..)?;
        let mut best = None;
        self.trie.prefixes(&self.phrases, bytes, |pattern, len| {
            let mask = self.mask(pattern);
            if ends(at + len, mask) {
                best = Some(Found { pattern, end: at + len });
            }
        });
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        assert!(Lexicon::builder().build().is_ok());
        assert_ne!(Lexicon::builtin().digest(), [0; 32]);
    }

    #[test]
    fn the_longest_allowed_phrase_wins() {
        let lexicon = Lexicon::builtin();
        let text = "edited bye";
        let found = lexicon.longest_at(text, 0, |end, _| !text[end..].starts_with('e')).unwrap();
        assert_eq!(found.end, "edited".len());
    }
}
