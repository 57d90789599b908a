//! Cuts words out of a folded text, with a hash by which the lexicon finds them.

use crate::credit::eight::{HIGH, below, eight, letters_and_digits};
use crate::credit::script::{Facts, fact, weight};

/// A word of a folded text: in a script that parts its words by spaces what stands between two, in
/// others a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::credit) struct Word {
    /// Where it begins.
    pub(in crate::credit) start: usize,
    /// Where it ends.
    pub(in crate::credit) end: usize,
    /// How many letters and digits it has, wide characters counted thrice.
    pub(in crate::credit) size: usize,
    /// Those in scripts that have no capitals.
    pub(in crate::credit) uncased: usize,
    /// Whether nothing is in it but small letters of scripts that have capitals.
    pub(in crate::credit) small: bool,
    /// Whether a digit is in it.
    pub(in crate::credit) digit: bool,
    /// Whether it is one character of a script without spaces.
    pub(super) wide: bool,
    /// Its bytes, if there are no more than eight.
    pub(super) key: u64,
    pub(super) hash: u64,
}

impl Word {
    /// Whether its key is all of it.
    pub(super) fn is_short(self) -> bool {
        self.end - self.start <= 8
    }

    /// Its bytes, if there are no more than eight.
    #[inline]
    pub(in crate::credit) fn key(self) -> Option<u64> {
        self.is_short().then_some(self.key)
    }
}

/// A character at `at` of a script without spaces, none of which has capitals.
#[inline]
pub(in crate::credit) fn cut_wide(text: &str, at: usize, c: char) -> Word {
    let len = c.len_utf8();
    let (key, hash) = hash_wide(text, at, len);
    let size = weight(c);
    Word {
        start: at,
        end: at + len,
        size,
        uncased: size,
        small: false,
        digit: false,
        wide: true,
        key,
        hash,
    }
}

/// The key and the hash of a character of `len` bytes as a word.
#[inline]
pub(super) fn hash_wide(text: &str, at: usize, len: usize) -> (u64, u64) {
    let key = eight(text.as_bytes(), at) & below(len);
    (key, mix(mix(0, key), len as u64))
}

/// The letters and digits from `at` on, empty where there is none.
#[allow(clippy::inline_always, reason = "most of what reading an article costs goes through here")]
#[inline(always)]
pub(in crate::credit) fn cut(text: &str, at: usize) -> Word {
    let part = eight(text.as_bytes(), at);
    let (word, digits) = letters_and_digits(part);
    let len = (!word & HIGH).trailing_zeros() as usize / 8;
    // Most words are short and of ASCII: what follows them is no letter beyond it.
    if len < 8 && part >> (len * 8) & 0x80 == 0 {
        let key = part & below(len);
        return ascii(at, len, key, digits & below(len) != 0, mix(0, key));
    }
    cut_long(text, at)
}

/// A word of ASCII, by the hash of its letters.
#[inline]
fn ascii(start: usize, len: usize, key: u64, digit: bool, hash: u64) -> Word {
    Word {
        start,
        end: start + len,
        size: len,
        uncased: 0,
        small: !digit,
        digit,
        wide: false,
        key,
        hash: mix(hash, len as u64),
    }
}

/// The same as [`cut`], eight letters at a time.
fn cut_long(text: &str, at: usize) -> Word {
    let bytes = text.as_bytes();
    let (mut len, mut hash, mut digits) = (0, 0, 0);
    loop {
        let part = eight(bytes, at + len);
        let (word, digit) = letters_and_digits(part);
        let count = (!word & HIGH).trailing_zeros() as usize / 8;
        digits |= digit & below(count);
        len += count;
        if count == 8 {
            hash = mix(hash, part);
            continue;
        }
        if part >> (count * 8) & 0x80 != 0 {
            return cut_any(text, at);
        }
        if count > 0 || len == 0 {
            hash = mix(hash, part & below(count));
        }
        return ascii(at, len, eight(bytes, at) & below(len), digits != 0, hash);
    }
}

/// The same as [`cut`], letter by letter.
fn cut_any(text: &str, at: usize) -> Word {
    let (mut size, mut uncased) = (0, 0);
    let (mut small, mut digit) = (true, false);
    let mut end = at;
    let table = Facts::table();
    for c in text.get(at..).unwrap_or_default().chars() {
        let facts = table.of(c);
        if facts & fact::SPACED == 0 {
            break;
        }
        let weight = weight(c);
        size += weight;
        uncased += if facts & fact::UNCASED == 0 { 0 } else { weight };
        small &= facts & fact::SMALL != 0;
        digit |= c.is_ascii_digit();
        end += c.len_utf8();
    }
    let bytes = text.as_bytes();
    let len = end - at;
    let mut hash = 0;
    for from in (0..len).step_by(8) {
        hash = mix(hash, eight(bytes, at + from) & below(len - from));
    }
    let hash = mix(hash, len as u64);
    let key = eight(bytes, at) & below(len);
    Word { start: at, end, size, uncased, small, digit, wide: false, key, hash }
}

/// Takes eight bytes more into a hash.
#[inline]
pub(super) fn mix(hash: u64, part: u64) -> u64 {
    let product = (hash ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_alike_at_one_look_and_by_their_letters() {
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
            assert_eq!(cut_any(text, 0), word, "{text}");
            assert_eq!(cut_long(text, 0), word, "{text}");
            assert_eq!(word.digit, text[..end].contains(|c: char| c.is_ascii_digit()), "{text}");
        }
    }
}
