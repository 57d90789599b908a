//! Whether a text is in canonical form already, as most are, without making another.
//!
//! Bytes are looked at many at a time and without branches, so the answer costs a fraction of the
//! digest. It may be "no" for a text that is; never "yes" for one that isn't.

use icu_normalizer::ComposingNormalizerBorrowed;

/// How many bytes are looked at before an early "no".
const STEP: usize = 2_048;

/// Whether every step of the profile would leave the text as it is.
pub(super) fn is_canonical(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    if is_plain_gap(*first) || is_plain_gap(*last) {
        return false;
    }
    if text.is_ascii() {
        return all_plain(bytes);
    }
    if !all_plain(bytes) {
        return false;
    }
    match beyond_ascii(bytes) {
        Found { special: true, .. } => false,
        Found { unsure: true, .. } => ComposingNormalizerBorrowed::new_nfc().is_normalized(text),
        Found { .. } => true,
    }
}

fn is_plain_gap(byte: u8) -> bool {
    byte == b' ' || byte == b'\n'
}

/// Whether ASCII white space is a single space or LF between other bytes.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn all_plain(bytes: &[u8]) -> bool {
    let other_white = |byte: u8| (byte == b'\t') | (byte.wrapping_sub(0x0B) <= 2);
    let first_bad = bytes.first().copied().is_some_and(other_white);
    let rest = bytes.get(1..).unwrap_or_default();
    let bad = bytes.chunks(STEP).zip(rest.chunks(STEP)).any(|(before, after)| {
        before.iter().zip(after).fold(false, |bad, (one, two)| {
            let gap = |byte: u8| (byte == b' ') | (byte == b'\n');
            bad | (gap(*one) & gap(*two)) | other_white(*two)
        })
    });
    !first_bad && !bad
}

/// What stands in a text beyond ASCII.
#[derive(Clone, Copy, Default)]
struct Found {
    /// A character that step 2 drops, 4 breaks at or 5 folds.
    special: bool,
    /// One of which its bytes alone don't say that step 3 leaves it and what is around it.
    unsure: bool,
}

/// Looks at every three bytes in a row. What a character's first byte says of those after it is
/// true at no other place, for no first byte is one of those that follow.
fn beyond_ascii(bytes: &[u8]) -> Found {
    let second = bytes.get(1..).unwrap_or_default();
    let third = bytes.get(2..).unwrap_or_default();
    // A last character of two bytes has no third; it doesn't matter.
    let short = bytes.len().saturating_sub(2);
    let (first, last) = (bytes.get(short..), bytes.get(short + 1..));
    let mut all = found(first.unwrap_or_default(), last.unwrap_or_default(), &[0]);
    for ((a, b), c) in bytes.chunks(STEP).zip(second.chunks(STEP)).zip(third.chunks(STEP)) {
        let here = found(a, b, c);
        all = Found { special: all.special | here.special, unsure: all.unsure | here.unsure };
        if all.special {
            break;
        }
    }
    all
}

fn found(first: &[u8], second: &[u8], third: &[u8]) -> Found {
    first.iter().zip(second).zip(third).fold(Found::default(), |all, ((a, b), c)| Found {
        special: all.special | is_special(*a, *b, *c),
        unsure: all.unsure | !is_composed(*a, *b, *c),
    })
}

/// Whether three bytes begin with ASCII, in the middle of a character, or with one whose canonical
/// combining class is 0 and that composes with nothing before it: U+0080 to U+02FF (C2 to CB),
/// U+0400 to U+047F (D0, D1), Hebrew and Arabic letters (D7, D8, D9), U+2000 to U+203F (but for
/// spaces, which are special), Kana (E3 81 to 83), U+4000 to U+9FFF (E4 to E9), U+AC00 to U+CFFF
/// (EA B0 to EC) and full-width forms (EF BC, BD).
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn is_composed(a: u8, b: u8, c: u8) -> bool {
    let latin = a < 0xCC;
    let cyrillic = (a == 0xD0) | (a == 0xD1);
    let hebrew = (a == 0xD7) & (b >= 0x90);
    let low = (b <= 0x8A) | (0xA0..=0xAF).contains(&b);
    let arabic = ((a == 0xD8) & (b >= 0xA0)) | ((a == 0xD9) & low);
    let general = (a == 0xE2) & (b == 0x80);
    let signs = (b == 0x80) & (c < 0xAA);
    let kana = (b == 0x81) | (b == 0x83) | ((b == 0x82) & (c != 0x99) & (c != 0x9A));
    let japanese = (a == 0xE3) & (signs | kana);
    let han = (0xE4..=0xE9).contains(&a);
    let hangul = ((a == 0xEA) & (b >= 0xB0)) | (a == 0xEB) | (a == 0xEC);
    let wide = (a == 0xEF) & ((b == 0xBC) | (b == 0xBD));
    latin | cyrillic | hebrew | arabic | general | japanese | han | hangul | wide
}

/// U+0085, U+00A0, U+00AD · U+1680 · U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+2060 ·
/// U+3000 · U+FEFF. (U+1681 to U+16BF are taken for special too; nothing is lost but time.)
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn is_special(a: u8, b: u8, c: u8) -> bool {
    let two = (a == 0xC2) & ((b == 0x85) | (b == 0xA0) | (b == 0xAD));
    let ogham = (a == 0xE1) & (b == 0x9A);
    let space = (b == 0x80) & ((c <= 0x8B) | (c == 0xA8) | (c == 0xA9) | (c == 0xAF));
    let joiner = (b == 0x81) & ((c == 0x9F) | (c == 0xA0));
    let general = (a == 0xE2) & (space | joiner);
    let ideographic = (a == 0xE3) & (b == 0x80) & (c == 0x80);
    let mark = (a == 0xEF) & (b == 0xBB) & (c == 0xBF);
    two | ogham | general | ideographic | mark
}

/// The offset of the first white space or line break, or the text's length.
pub(super) fn find_gap(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\t'..=b'\r' | b' ' => return at,
            0xC2 | 0xE1..=0xE3 => {
                let c = text.get(at..).and_then(|rest| rest.chars().next());
                if c.is_some_and(|c| super::is_white(c) || super::is_line_break(c)) {
                    return at;
                }
                at += c.map_or(1, char::len_utf8);
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use icu_normalizer::DecomposingNormalizerBorrowed;
    use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

    use super::*;

    #[test]
    fn what_is_taken_for_composed_is_by_the_pinned_data() {
        let nfd = DecomposingNormalizerBorrowed::new_nfd();
        let nfc = ComposingNormalizerBorrowed::new_nfc();
        let classes = CanonicalCombiningClassMapBorrowed::new();
        let all = || (0..=0x0010_FFFF).filter_map(char::from_u32);
        let composing: HashSet<char> = all()
            .flat_map(|c| nfd.normalize(&c.to_string()).chars().skip(1).collect::<Vec<_>>())
            .collect();
        let mut sure = 0;
        for c in all() {
            let text = c.to_string();
            let found = beyond_ascii(format!("x{text}x").as_bytes());
            if c.is_ascii() || found.special || found.unsure {
                continue;
            }
            assert!(nfc.is_normalized(&text), "{c:?}");
            assert_eq!(classes.get_u8(c), 0, "{c:?}");
            assert!(!composing.contains(&c), "{c:?}");
            sure += 1;
        }
        assert!(sure > 30_000, "{sure}");
    }
}
