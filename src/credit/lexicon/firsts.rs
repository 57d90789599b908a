//! The first words of all phrases, as a set that fits the nearest cache.
//!
//! It answers "no" for most words of any text, and then no phrase begins there. A "yes" may be wrong:
//! two words may share their bit.

use crate::credit::script::is_word;

/// How many bits: some ten for each first word.
const BITS: usize = 1 << 17;

/// Words by one bit each.
#[derive(Debug)]
pub(super) struct Firsts(Vec<u64>);

impl Firsts {
    /// The letters and digits that each phrase begins with.
    pub(super) fn of(phrases: &[String]) -> Self {
        let mut bits = vec![0; BITS / 64];
        for phrase in phrases {
            let end = phrase.find(|c| !is_word(c)).unwrap_or(phrase.len());
            let (at, bit) = place(phrase.as_bytes().get(..end).unwrap_or_default());
            if let Some(slot) = bits.get_mut(at) {
                *slot |= bit;
            }
        }
        Self(bits)
    }

    /// Whether the word may be one of them.
    pub(super) fn may_have(&self, word: &[u8]) -> bool {
        let (at, bit) = place(word);
        self.0.get(at).is_some_and(|slot| slot & bit != 0)
    }
}

/// Where a word's bit is: its bytes, eight at a time, multiplied and turned.
fn place(word: &[u8]) -> (usize, u64) {
    let mut hash = word.len() as u64;
    for part in word.chunks(8) {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
        hash = (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    }
    let bit = usize::try_from(hash >> 40).unwrap_or_default() % BITS;
    (bit / 64, 1 << (bit % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_first_word_is_in_it_and_few_others_are() {
        let phrases: Vec<String> = ["edited by", "l'agence", "été", "©"].map(String::from).into();
        let firsts = Firsts::of(&phrases);
        for word in ["edited", "l", "été"] {
            assert!(firsts.may_have(word.as_bytes()), "{word}");
        }
        let others = (0..10_000).filter(|n| firsts.may_have(format!("word{n}").as_bytes())).count();
        assert!(others < 20, "{others}");
    }
}
