//! The words that phrases begin with, to tell at once what begins at a word of a text.
//!
//! Most words of any text begin no phrase, and most that do are one by themselves; both are told by
//! one look, without a walk down the tree of phrases. Words are found by a hash and believed by
//! their letters.

use super::cut::{Word, cut, cut_wide, hash_wide, mix};
use super::phrases::Phrases;
use super::trie::NONE;
use crate::credit::script::{fact, facts};

/// How many bits a set has: some ten for each first word, and each first two.
const BITS: usize = 1 << 17;

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
    /// The word's key, or its hash where it is longer than that.
    key: u64,
    /// The phrase that is the word or else one that begins with it, or [`NONE`].
    phrase: u32,
    /// The length of the word.
    len: u16,
    /// Whether a phrase is the word.
    alone: bool,
    more: More,
}

/// The first words of all phrases.
#[derive(Debug)]
pub(super) struct Words {
    /// A bit for each first word; of wide ones for those that are a phrase by themselves.
    firsts: Vec<u64>,
    /// A bit for each first two.
    pairs: Vec<u64>,
    /// Open addressing: a word is at its hash or in one of the slots after.
    slots: Vec<Slot>,
}

impl Words {
    /// The words that phrases, none of them empty, begin with.
    pub(super) fn of(phrases: &Phrases) -> Self {
        let empty = Slot { key: 0, phrase: NONE, len: 0, alone: false, more: More::Nothing };
        // There are fewer words than phrases, so a free slot is always met.
        let size = (phrases.len() + phrases.len() / 8 + 1).next_power_of_two();
        let mut words = Self {
            firsts: vec![0; BITS / 64],
            pairs: vec![0; BITS / 64],
            slots: vec![empty; size],
        };
        for (number, phrase) in (0..).zip(phrases.iter()) {
            let word = first(phrase);
            let rest = phrase.get(word.end..).unwrap_or_default();
            let more = if rest.is_empty() {
                More::Nothing
            } else if let Some(pair) = pair(phrase, word) {
                set(&mut words.pairs, pair);
                More::Words
            } else {
                More::Anything
            };
            if !word.wide || more == More::Nothing {
                set(&mut words.firsts, word.hash);
            }
            let at = words.place(phrases, phrase, word);
            if let Some(slot) = words.slots.get_mut(at) {
                slot.key = if word.is_short() { word.key } else { word.hash };
                slot.len = u16::try_from(word.end).unwrap_or(u16::MAX);
                if !slot.alone {
                    slot.phrase = number;
                }
                match (more, slot.more) {
                    (More::Nothing, _) => slot.alone = true,
                    (_, More::Anything) => {}
                    (more, _) => slot.more = more,
                }
            }
        }
        words
    }

    /// What begins at a word of a folded text.
    pub(super) fn begins(&self, phrases: &Phrases, text: &str, word: Word) -> Begins {
        let goes_on = || pair(text, word).map(|pair| has(&self.pairs, pair));
        // Many characters begin phrases, hardly any two of them do.
        if word.wide && goes_on() == Some(true) {
            return Begins::More;
        }
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
            More::Words if word.wide => false,
            More::Words if text.as_bytes().get(word.end) != Some(&b' ') => false,
            More::Words => goes_on().unwrap_or(true),
        };
        match slot.alone {
            _ if goes_on => Begins::More,
            true => Begins::Alone(slot.phrase),
            false => Begins::Nothing,
        }
    }

    /// The slot of a word, or the free one where it would be.
    fn place(&self, phrases: &Phrases, text: &str, word: Word) -> usize {
        let len = word.end - word.start;
        let key = if word.is_short() { word.key } else { word.hash };
        let is_it = |slot: &Slot| {
            slot.key == key
                && usize::from(slot.len) == len
                && (word.is_short()
                    || phrases.bytes(slot.phrase).get(..len)
                        == text.as_bytes().get(word.start..word.end))
        };
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = usize::try_from(word.hash >> 32).unwrap_or_default() & mask;
        while self.slots.get(at).is_some_and(|slot| slot.phrase != NONE && !is_it(slot)) {
            at = (at + 1) & mask;
        }
        at
    }
}

/// The word that a phrase begins with.
fn first(phrase: &str) -> Word {
    let c = phrase.chars().next().unwrap_or_default();
    if facts(c) & fact::WIDE != 0 { cut_wide(phrase, 0, c) } else { cut(phrase, 0) }
}

/// The bit of a word and the one after it: after a wide one the next character, after others a word
/// behind a space, perhaps an empty one. Nothing where neither follows, or one with digits.
fn pair(text: &str, word: Word) -> Option<u64> {
    let second = if word.wide {
        let c = text.get(word.end..)?.chars().next()?;
        hash_wide(text, word.end, c.len_utf8()).1
    } else {
        let is_next = text.as_bytes().get(word.end) == Some(&b' ');
        is_next.then(|| cut(text, word.end + 1)).filter(|second| !second.digit)?.hash
    };
    Some(mix(word.hash.rotate_left(23), second))
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
        let phrases = phrases.iter().copied().collect();
        Words::of(&phrases).begins(&phrases, text, cut(text, 0))
    }

    #[test]
    fn what_begins_at_a_word_is_told() {
        let phrases = ["by", "edited", "edited by", "l'agence", "translations", "été"];
        for (text, want) in [
            ("edited by x", Begins::More),
            ("edited in x", Begins::Alone(1)),
            ("edited", Begins::Alone(1)),
            ("edited by2", Begins::More),
            ("l x", Begins::More),
            ("été x", Begins::Alone(5)),
            ("étés x", Begins::Nothing),
            ("translations", Begins::Alone(4)),
            ("translation", Begins::Nothing),
            ("bye", Begins::Nothing),
        ] {
            assert_eq!(begins(&phrases, text), want, "{text}");
        }
    }

    #[test]
    fn few_other_words_share_a_bit() {
        let phrases: Vec<String> = (0..1000).map(|n| format!("phrase{n}")).collect();
        let words = Words::of(&phrases.iter().map(String::as_str).collect());
        let others = (0..10_000).map(|n| format!("word{n}"));
        let shared = others.filter(|word| has(&words.firsts, cut(word, 0).hash)).count();
        assert!(shared < 200, "{shared}");
    }
}
