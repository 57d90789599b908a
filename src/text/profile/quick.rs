//! Whether a text is in canonical form already, as most are, without making another.
//!
//! Bytes are looked at many at a time and without branches, so the answer costs a fraction of the
//! digest. It may be "no" for a text that is; never "yes" for one that isn't.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::text::blocks;

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
    if is_latin(bytes) {
        return true;
    }
    match beyond_ascii(bytes) {
        Found { special: true, .. } => false,
        Found { unsure: true, .. } => ComposingNormalizerBorrowed::new_nfc().is_normalized(text),
        Found { .. } => !stacks_thai(bytes),
    }
}

fn is_plain_gap(byte: u8) -> bool {
    byte == b' ' || byte == b'\n'
}

/// Whether ASCII white space is a single space or LF between other bytes.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn all_plain(bytes: &[u8]) -> bool {
    let bad = blocks::fold(bytes, |seen| {
        blocks::each(seen, |a, b, _| {
            let gap = |byte: u8| (byte == b' ') | (byte == b'\n');
            let other = (a == b'\t') | (a == 0x0B) | (a == 0x0C) | (a == b'\r');
            u8::from((gap(a) & gap(b)) | other)
        })
    });
    bad == 0
}

/// Whether a text has characters below U+02C0 and of U+2000 to U+203F alone, and none of them
/// special: the most common answer, at a fraction of what [`beyond_ascii`] costs.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn is_latin(bytes: &[u8]) -> bool {
    let other = blocks::fold(bytes, |seen| {
        blocks::each(seen, |a, b, c| {
            let general =
                (a == 0xE2) & (b == 0x80) & (c >= 0x8C) & (c != 0xAF) & (c & 0xFE != 0xA8);
            let two = (a == 0xC2) & ((b == 0x85) | (b == 0xA0) | (b == 0xAD));
            u8::from(((a >= 0xCB) & !general) | two)
        })
    });
    other == 0
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
    let found = blocks::fold(bytes, |seen| {
        blocks::each(seen, |a, b, c| {
            u8::from(is_special(a, b, c)) | (u8::from(!is_composed(a, b, c)) << 1)
        })
    });
    Found { special: found & 1 != 0, unsure: found & 2 != 0 }
}

/// Whether three bytes begin with ASCII, in the middle of a character, or with one whose canonical
/// combining class is 0 (Thai apart, see [`stacks_thai`]) and that composes with nothing before it: U+0080 to U+02FF (C2 to CB)
/// and U+1E00 to U+1EFF (E1 B8 to BB), Greek (CE, CF) but for U+0387, U+0400 to U+047F (D0, D1), Hebrew and Arabic letters (D7, D8, D9), U+2000 to U+203F (but for
/// spaces, which are special), Kana (E3 81 to 83), U+4000 to U+9FFF (E4 to E9), U+AC00 to U+D7A3
/// (EA B0 to ED 9E A3) and full-width forms (EF BC, BD).
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn is_composed(a: u8, b: u8, c: u8) -> bool {
    let latin = (a < 0xCC) | ((a == 0xE1) & (0xB8..=0xBB).contains(&b));
    let greek = ((a == 0xCE) & (b != 0x87)) | (a == 0xCF);
    let cyrillic = (a == 0xD0) | (a == 0xD1);
    let hebrew = (a == 0xD7) & (b >= 0x90);
    let low = (b <= 0x8A) | (0xA0..=0xAF).contains(&b);
    let arabic = ((a == 0xD8) & (b >= 0xA0)) | ((a == 0xD9) & low);
    let general = (a == 0xE2) & (b == 0x80);
    let signs = (b == 0x80) & (c < 0xAA);
    let kana = (b == 0x81) | (b == 0x83) | ((b == 0x82) & (c != 0x99) & (c != 0x9A));
    let japanese = (a == 0xE3) & (signs | kana);
    let thai = (a == 0xE0) & ((b == 0xB8) | (b == 0xB9));
    let han = (0xE4..=0xE9).contains(&a);
    let last = (a == 0xED) & ((b <= 0x9D) | ((b == 0x9E) & (c <= 0xA3)));
    let hangul = ((a == 0xEA) & (b >= 0xB0)) | (a == 0xEB) | (a == 0xEC) | last;
    let wide = (a == 0xEF) & ((b == 0xBC) | (b == 0xBD));
    latin | greek | cyrillic | hebrew | arabic | thai | general | japanese | han | hangul | wide
}

/// Whether one of the Thai marks U+0E38 to U+0E3A follows another Thai mark, from which its class
/// may part it. Any other two are in order as they are.
fn stacks_thai(bytes: &[u8]) -> bool {
    memchr::memchr(0xE0, bytes).is_some_and(|first| {
        let rest = bytes.get(first..).unwrap_or_default();
        memchr::memmem::find_iter(rest, b"\xE0\xB8").any(|at| {
            let low = matches!(rest.get(at + 2), Some(0xB8..=0xBA));
            let before = at.checked_sub(3).and_then(|start| rest.get(start..at));
            low && matches!(before, Some([0xE0, 0xB8, 0xB8..=0xBA] | [0xE0, 0xB9, 0x88..=0x8B]))
        })
    })
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
        let mut known = 0;
        for c in all() {
            let text = c.to_string();
            let found = beyond_ascii(format!("x{text}x").as_bytes());
            let sure = !found.special && !found.unsure;
            assert!(sure || !is_latin(format!("x{text}x").as_bytes()), "{c:?}");
            if c.is_ascii() || !sure {
                continue;
            }
            assert!(nfc.is_normalized(&text), "{c:?}");
            let thai = matches!(c, '\u{E38}'..='\u{E3A}' | '\u{E48}'..='\u{E4B}');
            assert!(thai || classes.get_u8(c) == 0, "{c:?}");
            assert!(!composing.contains(&c), "{c:?}");
            known += 1;
        }
        assert!(known > 30_000, "{known}");
    }

    #[test]
    fn thai_marks_are_in_order_or_looked_at() {
        let some = ["ก", "\u{E38}", "\u{E39}", "\u{E3A}", "\u{E48}", "\u{E4B}", "\u{E47}", "x"];
        let nfc = ComposingNormalizerBorrowed::new_nfc();
        let mut quick_ones = 0;
        for number in 0..some.len().pow(4) {
            let digits = (0..4).map(|place| number / some.len().pow(place) % some.len());
            let text: String = digits.filter_map(|digit| some.get(digit).copied()).collect();
            if is_canonical(&text) {
                assert!(nfc.is_normalized(&text), "{text:?}");
            }
            quick_ones += usize::from(!stacks_thai(text.as_bytes()));
        }
        assert!(quick_ones > 1_000, "{quick_ones}");
    }
}
