//! The words that phrases begin with, to tell at once what begins at a word of a text.
//!
//! Most words of any text begin no phrase, and most that do are one by themselves; both are told by
//! one look, without a walk down the tree of phrases. Words are found by a hash and believed by
//! their letters.

use std::hash::Hasher;

use super::trie::NONE;
use crate::credit::script::{is_unspaced, is_word};

/// How many bits a set has: some ten for each first word, and each first two.
const BITS: usize = 1 << 17;

/// A word of a folded text, in a script that parts its words by spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::credit) struct Word {
    /// Where it begins.
    pub(in crate::credit) start: usize,
    /// Where it ends.
    pub(in crate::credit) end: usize,
    /// Whether all of it is ASCII.
    pub(in crate::credit) ascii: bool,
    /// Whether a digit is in it.
    pub(in crate::credit) digit: bool,
    hash: u64,
}

/// What begins at a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::credit) enum Begins {
    /// No phrase.
    Nothing,
    /// The phrase that is the word, and no longer one.
    Alone(u32),
    /// Perhaps a phrase that goes on after the word.
    More,
}

/// How phrases go on after their first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    Nothing,
    /// All of them with a space and a word.
    Words,
    Anything,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    /// A phrase that begins with the word, or [`NONE`].
    phrase: u32,
    /// The phrase that is the word, or [`NONE`].
    alone: u32,
    /// The length of the word.
    len: u16,
    more: More,
}

/// The first words of all phrases.
#[derive(Debug)]
pub(super) struct Words {
    /// A bit for each first word.
    firsts: Vec<u64>,
    /// A bit for each first two.
    pairs: Vec<u64>,
    /// Open addressing: a word is at its hash or in one of the slots after.
    slots: Vec<Slot>,
}

impl Words {
    /// The words that phrases, none of them empty, begin with.
    pub(super) fn of(phrases: &[String]) -> Self {
        let empty = Slot { hash: 0, phrase: NONE, alone: NONE, len: 0, more: More::Nothing };
        let size = (phrases.len() * 2).next_power_of_two();
        let mut words = Self {
            firsts: vec![0; BITS / 64],
            pairs: vec![0; BITS / 64],
            slots: vec![empty; size],
        };
        for (number, phrase) in phrases.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(NONE);
            let word = cut(phrase, 0);
            let rest = phrase.get(word.end..).unwrap_or_default();
            let second = cut(phrase, word.end + 1);
            let more = match rest.strip_prefix(' ') {
                _ if rest.is_empty() => More::Nothing,
                Some(_) if second.end > second.start && !second.digit => {
                    set(&mut words.pairs, pair(word.hash, second.hash));
                    More::Words
                }
                _ => More::Anything,
            };
            set(&mut words.firsts, word.hash);
            let at = words.place(phrases, phrase, word);
            if let Some(slot) = words.slots.get_mut(at) {
                slot.hash = word.hash;
                slot.phrase = number;
                slot.len = u16::try_from(word.end).unwrap_or(u16::MAX);
                match (more, slot.more) {
                    (More::Nothing, _) => slot.alone = number,
                    (_, More::Anything) => {}
                    (more, _) => slot.more = more,
                }
            }
        }
        words
    }

    /// What begins at a word of a folded text.
    pub(super) fn begins(&self, phrases: &[String], text: &str, word: Word) -> Begins {
        if !has(&self.firsts, word.hash) {
            return Begins::Nothing;
        }
        let Some(slot) = self.slots.get(self.place(phrases, text, word)) else {
            return Begins::More;
        };
        let goes_on = match slot.more {
            _ if slot.phrase == NONE => return Begins::Nothing,
            More::Nothing => false,
            More::Anything => true,
            More::Words if text.as_bytes().get(word.end) != Some(&b' ') => false,
            More::Words => {
                let second = cut(text, word.end + 1);
                second.digit || has(&self.pairs, pair(word.hash, second.hash))
            }
        };
        match slot.alone {
            _ if goes_on => Begins::More,
            NONE => Begins::Nothing,
            alone => Begins::Alone(alone),
        }
    }

    /// The slot of a word, or the free one where it would be.
    fn place(&self, phrases: &[String], text: &str, word: Word) -> usize {
        let letters = text.as_bytes().get(word.start..word.end);
        let is_it = |slot: &Slot| {
            slot.hash == word.hash
                && usize::from(slot.len) == word.end - word.start
                && phrases
                    .get(slot.phrase as usize)
                    .and_then(|phrase| phrase.as_bytes().get(..usize::from(slot.len)))
                    == letters
        };
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = usize::try_from(word.hash >> 32).unwrap_or_default() & mask;
        // There are twice as many slots as phrases, so a free one is met.
        while self.slots.get(at).is_some_and(|slot| slot.phrase != NONE && !is_it(slot)) {
            at = (at + 1) & mask;
        }
        at
    }
}

/// The letters and digits from `at` on, empty where there is none.
pub(in crate::credit) fn cut(text: &str, at: usize) -> Word {
    let bytes = text.as_bytes();
    let mut hash = 0;
    let mut digits = 0;
    let mut end = at;
    loop {
        let part = eight(bytes, end);
        let (word, digit) = letters_and_digits(part);
        let count = (!word & HIGH).trailing_zeros() / 8;
        digits |= digit & below(count);
        if count == 8 {
            hash = mix(hash, part);
            end += 8;
            continue;
        }
        let stop = end + count as usize;
        if bytes.get(stop).is_some_and(|byte| !byte.is_ascii()) {
            return cut_any(text, at, stop);
        }
        if count > 0 {
            hash = mix(hash, part & below(count));
        }
        hash = mix(hash, (stop - at) as u64);
        return Word { start: at, end: stop, ascii: true, digit: digits != 0, hash };
    }
}

/// The same where letters beyond ASCII are among them: up to `known` they are not.
fn cut_any(text: &str, at: usize, known: usize) -> Word {
    let rest = text.get(known..).unwrap_or_default();
    let stop = rest.find(|c| !is_word(c) || is_unspaced(c) || matches!(c, '_' | '@'));
    let end = stop.map_or(text.len(), |stop| known + stop);
    let bytes = text.as_bytes().get(at..end).unwrap_or_default();
    let mut hash = 0;
    for part in bytes.chunks(8) {
        hash = mix(hash, eight(part, 0));
    }
    Word {
        start: at,
        end,
        ascii: bytes.is_ascii(),
        digit: bytes.iter().any(u8::is_ascii_digit),
        hash: mix(hash, bytes.len() as u64),
    }
}

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight bytes from `at` on, the first one lowest; NUL past the end.
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    rest.iter().rev().fold(0, |part, &byte| part << 8 | u64::from(byte))
}

/// The lowest `count` bytes, below eight.
fn below(count: u32) -> u64 {
    if count >= 8 { u64::MAX } else { (1 << (count * 8)) - 1 }
}

/// The bytes of eight that are small ASCII letters or digits, and those that are digits, by their
/// highest bits.
fn letters_and_digits(part: u64) -> (u64, u64) {
    let ascii = !part & HIGH;
    let low = part & !HIGH;
    // Adding makes the highest bit of each byte from the first of a range on; no byte overflows.
    let from = |first: u8| low + u64::from_le_bytes([0x80 - first; 8]);
    let digits = from(b'0') & !from(b'9' + 1) & ascii;
    let letters = from(b'a') & !from(b'z' + 1) & ascii;
    (digits | letters, digits)
}

fn mix(hash: u64, part: u64) -> u64 {
    let product = (hash ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 29)
}

/// Hashes phrases as words are: their number is bounded, and they are the program's and the house's.
#[derive(Debug, Default)]
pub(super) struct PhraseHasher(u64);

impl Hasher for PhraseHasher {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            self.0 = mix(self.0, eight(part, 0));
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn pair(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(23), second)
}

fn bit(hash: u64) -> (usize, u64) {
    let bit = usize::try_from(hash >> 40).unwrap_or_default() % BITS;
    (bit / 64, 1 << (bit % 64))
}

fn set(bits: &mut [u64], hash: u64) {
    let (at, bit) = bit(hash);
    if let Some(slot) = bits.get_mut(at) {
        *slot |= bit;
    }
}

fn has(bits: &[u64], hash: u64) -> bool {
    let (at, bit) = bit(hash);
    bits.get(at).is_some_and(|slot| slot & bit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(phrases: &[&str], text: &str) -> Begins {
        let phrases: Vec<String> = phrases.iter().map(|&phrase| phrase.to_owned()).collect();
        Words::of(&phrases).begins(&phrases, text, cut(text, 0))
    }

    #[test]
    fn what_begins_at_a_word_is_told() {
        let phrases = ["edited by", "edited", "l'agence", "été", "translations", "by"];
        for (text, want) in [
            ("edited by x", Begins::More),
            ("edited in x", Begins::Alone(1)),
            ("edited", Begins::Alone(1)),
            ("edited by2", Begins::More),
            ("l x", Begins::More),
            ("été x", Begins::Alone(3)),
            ("étés x", Begins::Nothing),
            ("translations", Begins::Alone(4)),
            ("translation", Begins::Nothing),
            ("bye", Begins::Nothing),
        ] {
            assert_eq!(begins(&phrases, text), want, "{text}");
        }
    }

    #[test]
    fn words_are_cut_alike_with_and_without_letters_beyond_ascii() {
        for (text, end) in [
            ("a b", 1),
            ("abcdefgh ijk", 8),
            ("abcdefghijklmnopq", 17),
            ("abcdefg7é-x", 10),
            ("être", 5),
            ("12.5", 2),
            ("", 0),
            ("(a", 0),
            ("x東", 1),
        ] {
            let word = cut(text, 0);
            assert_eq!(word.end, end, "{text}");
            assert_eq!(cut_any(text, 0, 0).hash, word.hash, "{text}");
            assert_eq!(word.digit, text[..end].contains(|c: char| c.is_ascii_digit()), "{text}");
        }
    }

    #[test]
    fn few_other_words_share_a_bit() {
        let phrases: Vec<String> = (0..1000).map(|n| format!("phrase{n}")).collect();
        let words = Words::of(&phrases);
        let others = (0..10_000).map(|n| format!("word{n}"));
        let shared = others.filter(|word| has(&words.firsts, cut(word, 0).hash)).count();
        assert!(shared < 200, "{shared}");
    }
}
