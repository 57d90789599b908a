//! Which writing systems a line has letters of, at a fraction of the cost of looking at each.

use crate::text::blocks;

const LATIN: u8 = 1;
const GREEK: u8 = 1 << 1;
const CYRILLIC: u8 = 1 << 2;
const ARABIC: u8 = 1 << 3;
/// Han characters, and what is written with them: kana, Hangul, Bopomofo.
const HAN: u8 = 1 << 4;
/// Anything that has to be looked at: other scripts, controls of direction.
pub(super) const OTHER: u8 = 1 << 5;

/// The systems of a text, a bit each; now and then one too many, never one too few.
pub(super) fn systems(text: &str) -> u8 {
    blocks::fold(text.as_bytes(), |seen| blocks::each(seen, system))
}

/// The system of a character by its first three bytes, and none in the middle of one.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
#[inline]
fn system(a: u8, b: u8, c: u8) -> u8 {
    let small = a | 0x20;
    let letter = small.is_ascii_lowercase() & (a < 0x80);
    let ordinal = (a == 0xC2) & ((b == 0xAA) | (b == 0xBA));
    let extended = (a == 0xE1) & (0xB8..=0xBB).contains(&b);
    let latin = letter | ordinal | extended | (0xC3..=0xC9).contains(&a);
    // U+03E2 to U+03EF are Coptic.
    let greek = (a == 0xCE) | ((a == 0xCF) & !(0xA2..=0xAF).contains(&b));
    let cyrillic = (a == 0xD0) | (a == 0xD1);
    let arabic = (0xD8..=0xDB).contains(&a) & !((a == 0xD8) & (b == 0x9C));
    let hangul = (a == 0xEA) & (b >= 0xB0) | (a == 0xEB) | (a == 0xEC) | (a == 0xED) & (b <= 0x9E);
    let han = (0xE3..=0xE9).contains(&a) | hangul;
    // Punctuation, signs of currencies and full-width marks.
    let control = (c == 0x8E) | (c == 0x8F) | (0xAA..=0xAE).contains(&c);
    let general = (a == 0xE2) & (((b == 0x80) & !control) | ((b == 0x82) & (c >= 0xA0)));
    let wide = (a == 0xEF) & (b == 0xBC) & (c <= 0xA0);
    let known = latin | greek | cyrillic | arabic | han | general | wide | (a < 0xC3);
    (u8::from(latin) * LATIN)
        | (u8::from(greek) * GREEK)
        | (u8::from(cyrillic) * CYRILLIC)
        | (u8::from(arabic) * ARABIC)
        | (u8::from(han) * HAN)
        | (u8::from(!known) * OTHER)
}

#[cfg(test)]
mod tests {
    use unicode_script::Script;

    use super::super::{is_bidi_control, system_of};
    use super::*;

    #[test]
    fn no_system_is_overlooked_at_a_glance() {
        let mut alone = 0;
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            let seen = systems(&c.to_string());
            assert_eq!(seen, systems(&format!("12 {c} 34")), "{c:?}");
            if seen & OTHER != 0 {
                continue;
            }
            assert!(!is_bidi_control(c), "{c:?}");
            let known = [
                (Script::Latin, LATIN),
                (Script::Greek, GREEK),
                (Script::Cyrillic, CYRILLIC),
                (Script::Arabic, ARABIC),
                (Script::Han, HAN),
            ];
            if let Some(system) = system_of(c) {
                let bit = known.iter().find(|(known, _)| *known == system).map(|(_, bit)| *bit);
                assert_eq!(Some(seen), bit, "{c:?}");
            }
            alone += 1;
        }
        assert!(alone > 30_000, "{alone}");
    }
}
