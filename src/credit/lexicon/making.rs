//! A lexicon in the making: numbers languages and phrases, and sorts what the phrases mean.
//!
//! The lists are read in two threads and joined in their order, so what comes out is the same
//! however the threads ran.

use std::collections::HashMap;
use std::thread;

use sha2::{Digest, Sha256};

use super::build::{EntryFault, House};
use super::entry::Meaning;
use super::letters::LETTERS;
use super::load::alternatives;
use super::phrases::Phrases;
use super::sets::Sets;
use super::share::{MAX_PHRASE, Share, drops_accents, spellings};
use super::spellings::{Spellings, merge};
use super::trie::Trie;
use super::words::Words;
use super::{FILES, Lexicon};
use crate::credit::fold::fold_phrase;
use crate::text::language::Language;

/// The most languages that a lexicon can have: they are numbered in a byte.
const MAX_LANGUAGES: usize = 255;

/// Does both, the first in a thread of its own if there can be one.
fn both<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, &one);
        let other = other();
        let one = match thread.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(one)) => one,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => one(),
        };
        (one, other)
    })
}

/// How many of the lists, the first ones, are half of their bytes.
fn half() -> usize {
    let len: usize = FILES.iter().map(|(_, text)| text.len()).sum();
    let mut read = 0;
    let is_before = |(_, text): &&(&str, &str)| {
        read += text.len();
        read * 2 <= len
    };
    FILES.iter().take_while(is_before).count()
}

/// A lexicon in the making.
#[derive(Default)]
pub(super) struct Making {
    languages: Vec<Language>,
    listed: usize,
    meanings: Vec<Meaning>,
    /// The lists' phrases, and the numbers of their first meanings.
    lists: Vec<(Spellings, u32)>,
    /// The house's phrases.
    house: Spellings,
    /// Their meanings' numbers once more, by the phrases.
    house_meanings: HashMap<String, Vec<u32>>,
    hasher: Sha256,
}

impl Making {
    /// Takes the lists that are compiled in.
    ///
    /// # Panics
    ///
    /// Never: the lists are read by a test.
    pub(super) fn of_lists() -> Self {
        let mut made = Making::default();
        let (first, second) = FILES.split_at(half());
        let (second, first) = both(
            || Share::of(second),
            || {
                for (name, text) in FILES {
                    made.digest(&[name, text]);
                }
                Share::of(first)
            },
        );
        let shares =
            [first, second].map(|it| it.expect("every compiled-in list is read by a test"));
        // Languages that have lists come first: sets of them are kept in 64 bits.
        for language in shares.iter().flat_map(|share| &share.languages).flatten() {
            made.tongue_of(language);
        }
        made.listed = made.languages.len();
        for share in shares {
            made.take_share(share);
        }
        made
    }

    fn digest(&mut self, parts: &[&str]) {
        for part in parts {
            self.hasher.update((part.len() as u64).to_be_bytes());
            self.hasher.update(part.as_bytes());
        }
    }

    fn take_share(&mut self, share: Share) {
        let first = number(self.meanings.len());
        for sense in share.senses {
            let language = share.languages.get(sense.list).and_then(Option::as_ref);
            let tongue = language.and_then(|language| self.tongue_of(language));
            let names = sense.names.and_then(|tag| self.tongue_of(&Language::new(tag).ok()?));
            self.meanings.push(Meaning {
                class: sense.class,
                roles: sense.roles,
                tongue: tongue.unwrap_or(u8::MAX),
                names,
                whose: None,
            });
        }
        self.lists.push((share.phrases, first));
    }

    /// Takes a house's own entry.
    pub(super) fn take_house(&mut self, entry: House) -> Result<(), EntryFault> {
        let text = entry.phrase;
        if !text.chars().any(char::is_alphabetic) {
            return Err(EntryFault::NoLetter(text));
        }
        if text.len() > MAX_PHRASE {
            return Err(EntryFault::TooLong { len: text.len(), text });
        }
        let mut phrases = Vec::new();
        if !alternatives(&text, |phrase| phrases.push(phrase.to_owned())) {
            return Err(EntryFault::Brace(text));
        }
        let drops_accents = drops_accents(entry.language.as_ref());
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
        let own = number(self.meanings.len());
        for phrase in &phrases {
            let clash = self.known(&fold_phrase(phrase)).into_iter().any(|one| {
                self.meanings.get(one as usize).is_some_and(|one| {
                    one.class == meaning.class
                        && (one.roles != meaning.roles
                            || one.names != meaning.names
                            || one.whose != meaning.whose)
                })
            });
            if clash {
                return Err(EntryFault::Conflict(text));
            }
            spellings(phrase, drops_accents, |one| {
                self.house.push(one, own);
                self.house_meanings.entry(one.to_owned()).or_default().push(own);
            });
        }
        self.meanings.push(meaning);
        Ok(())
    }

    /// The numbers of what a folded phrase means as yet.
    fn known(&self, phrase: &str) -> Vec<u32> {
        let lists = self.lists.iter();
        let of_lists =
            lists.flat_map(|(own, first)| own.senses(phrase).map(move |one| first + one));
        of_lists.chain(self.house_meanings.get(phrase).into_iter().flatten().copied()).collect()
    }

    fn house_tongue(&mut self, language: Option<Language>) -> Result<Option<u8>, EntryFault> {
        let Some(language) = language else { return Ok(None) };
        self.tongue_of(&language).map(Some).ok_or(EntryFault::TooManyLanguages(language))
    }

    fn tongue_of(&mut self, language: &Language) -> Option<u8> {
        let number = match self.languages.iter().position(|one| one == language) {
            Some(number) => number,
            None if self.languages.len() < MAX_LANGUAGES => {
                self.languages.push(language.clone());
                self.languages.len() - 1
            }
            None => return None,
        };
        u8::try_from(number).ok()
    }

    /// The lexicon.
    pub(super) fn finish(self) -> Lexicon {
        let Self { languages, listed, meanings, lists, mut house, hasher, .. } = self;
        house.sort();
        let mut sorted: Vec<_> = lists.iter().map(|(own, first)| (own, *first)).collect();
        sorted.push((&house, 0));
        let count = sorted.iter().map(|(own, _)| own.len()).sum();
        let (mut phrases, mut sets) = (Phrases::with_capacity(count), Sets::with_capacity(count));
        merge(&sorted, |phrase, senses| {
            phrases.push(phrase);
            sets.push(&meanings, senses);
        });
        let (words, trie) = both(|| Words::of(&phrases), || Trie::of(&phrases));
        let number = |tag: &str| {
            let found = languages.iter().position(|language| language.as_str() == tag);
            found.and_then(|found| u8::try_from(found).ok())
        };
        Lexicon {
            trie,
            set_of: sets.of_phrases,
            sets: sets.all,
            phrases,
            words,
            meanings: sets.meanings,
            english: number("en"),
            letters: LETTERS
                .iter()
                .filter_map(|(tag, letters)| Some((number(tag)?, *letters)))
                .collect(),
            languages,
            listed,
            digest: hasher.finalize().into(),
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
