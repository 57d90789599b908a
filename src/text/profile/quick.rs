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
    all_plain(bytes)
        && !has_special(bytes)
        && ComposingNormalizerBorrowed::new_nfc().is_normalized(text)
}

fn is_plain_gap(byte: u8) -> bool {
    byte == b' ' || byte == b'\n'
}

/// Whether ASCII white space is a single space or LF between other bytes.
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

/// Whether the bytes have a character beyond ASCII that step 2 drops, 4 breaks at or 5 folds. The
/// characters' lead bytes are followed by what no other character's are.
fn has_special(bytes: &[u8]) -> bool {
    let second = bytes.get(1..).unwrap_or_default();
    let third = bytes.get(2..).unwrap_or_default();
    // The third byte of the last character of two bytes doesn't matter.
    let tail: &[u8] = &[0];
    let short = bytes.len().saturating_sub(2);
    let end = (bytes.get(short..).unwrap_or_default(), bytes.get(short + 1..).unwrap_or_default());
    any_special(end.0, end.1, tail)
        || bytes
            .chunks(STEP)
            .zip(second.chunks(STEP))
            .zip(third.chunks(STEP))
            .any(|((a, b), c)| any_special(a, b, c))
}

fn any_special(first: &[u8], second: &[u8], third: &[u8]) -> bool {
    first
        .iter()
        .zip(second)
        .zip(third)
        .fold(false, |found, ((a, b), c)| found | is_special(*a, *b, *c))
}

/// U+0085, U+00A0, U+00AD · U+1680 · U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+2060 ·
/// U+3000 · U+FEFF. (U+1681 to U+16BF are taken for special too; nothing is lost but time.)
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

/// What a byte can begin: nothing of interest, ASCII white space, or a character that may be white.
const LEAD: [u8; 256] = {
    let mut table = [0; 256];
    let white = [b' ', b'\n', b'\t', 0x0B, 0x0C, b'\r'];
    let lead = [0xC2, 0xE1, 0xE2, 0xE3];
    let mut at = 0;
    while at < white.len() {
        table[white[at] as usize] = 1;
        at += 1;
    }
    at = 0;
    while at < lead.len() {
        table[lead[at] as usize] = 2;
        at += 1;
    }
    table
};

/// The offset of the first white space or line break, or the text's length.
pub(super) fn find_gap(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match LEAD.get(usize::from(*byte)) {
            Some(1) => return at,
            Some(2) => {
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
