//! Folding: what two spellings must share to count as the same phrase.
//!
//! Folded text is lower case and composed (NFC), with white space runs made one space, invisible
//! characters, Arabic vowel signs and Hebrew points dropped, full-width forms made ordinary, and a
//! few letters that writers interchange made one (`ё` and `е`, `ى` and `ي`, `ı` and `i`, accented
//! and plain Greek vowels). Accents otherwise stay. Every folded byte knows the original byte that
//! it came from; while folding changes no length, which is the usual case, no map is kept.

mod phrase;

use std::borrow::Cow;
use std::sync::LazyLock;

use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

pub(super) use phrase::{fold_phrase, without_accents};

use super::eight::{HIGH, eight, range};
use crate::text::profile;

/// Text folded for matching, and the way back.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// For each folded byte the offset of what it came from; empty while both are the same.
    origin: Vec<u32>,
    /// Whether they differ.
    moved: bool,
    /// The length of the original.
    original_len: usize,
}

impl Folded {
    /// The offset in the original of the folded byte at `at`, or the original's length at the end.
    pub(super) fn origin(&self, at: usize) -> usize {
        if !self.moved {
            return at.min(self.original_len);
        }
        self.origin.get(at).map_or(self.original_len, |&origin| origin as usize)
    }

    /// The byte at `at`, or 0 past the end.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The character at `at`, or NUL past the end.
    pub(super) fn char_at(&self, at: usize) -> char {
        let byte = self.byte(at);
        if byte < 0x80 {
            return char::from(byte);
        }
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0')
    }

    /// The character before `at`, or NUL at the start.
    pub(super) fn char_before(&self, at: usize) -> char {
        self.text.get(..at).and_then(|head| head.chars().next_back()).unwrap_or('\0')
    }

    /// Takes the original from `from` to `to` as it is.
    fn take(&mut self, text: &str, from: usize, to: usize) {
        self.map(from);
        self.text.push_str(text.get(from..to).unwrap_or_default());
        if self.moved {
            self.origin.extend((from..to).map(index));
        }
    }

    /// Takes a character in place of the one at `original`.
    fn put(&mut self, c: char, original: usize) {
        self.map(original);
        self.text.push(c);
        if self.moved {
            self.origin.extend(std::iter::repeat_n(index(original), c.len_utf8()));
        }
    }

    /// Begins to keep the way back if what comes next comes from another offset than its own.
    fn map(&mut self, original: usize) {
        if !self.moved && self.text.len() != original {
            self.moved = true;
            self.origin.extend((0..self.text.len()).map(index));
        }
    }
}

/// Offsets are kept in 32 bits; a text beyond that is cut before it comes here.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Folds a text that is composed.
pub(super) fn fold(text: &str) -> Folded {
    if text.is_ascii() && profile::is_canonical(text) && !text.contains('\n') {
        return fold_ascii(text);
    }
    let mut out = Folded {
        text: String::with_capacity(text.len() + 8),
        origin: Vec::new(),
        moved: false,
        original_len: text.len(),
    };
    // Up to `kept` it is folded; what comes after and stays as it is, is taken at once.
    let (mut kept, mut at) = (0, 0);
    let mut spaced = false;
    let table = FOLDED.as_slice();
    loop {
        at = skip_plain(text.as_bytes(), at, &mut spaced);
        let Some(run) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
        // Others than plain ASCII mostly come in a row.
        let mut rest = run.chars();
        while let Some(c) = rest.next() {
            let after = text.len() - rest.as_str().len();
            let folded = fold_by(table, c);
            if folded == Some(c) && c != ' ' {
                spaced = false;
            } else {
                out.take(text, kept, at);
                kept = after;
                if let Some(folded) = folded.filter(|&folded| !(folded == ' ' && spaced)) {
                    out.put(folded, at);
                    spaced = folded == ' ';
                }
            }
            at = after;
            if rest.as_str().as_bytes().first().is_none_or(u8::is_ascii) {
                break;
            }
        }
    }
    out.take(text, kept, text.len());
    out.map(text.len());
    out.text.make_ascii_lowercase();
    out
}

/// Folds ASCII in canonical form and of one line: nothing but capitals is to be folded.
pub(super) fn fold_ascii(text: &str) -> Folded {
    let (origin, original_len) = (Vec::new(), text.len());
    Folded { text: text.to_ascii_lowercase(), origin, moved: false, original_len }
}

/// The offset from `at` on of the first character that is not plain ASCII, or is a second space;
/// `spaced` says whether what comes before it ends with a space.
#[inline]
fn skip_plain(bytes: &[u8], mut at: usize, spaced: &mut bool) -> usize {
    loop {
        let part = eight(bytes, at);
        let gaps = range(part, b' ', b' ');
        let second = gaps & (gaps << 8 | if *spaced { 0x80 } else { 0 });
        let odd = !range(part, b' ', 0x7E) & HIGH | second;
        let count = (odd.trailing_zeros() / 8) as usize;
        if count > 0 {
            *spaced = gaps >> (count * 8 - 1) & 1 != 0;
        }
        at += count;
        if count < 8 {
            return at;
        }
    }
}

/// Text in normal form C, and the way back to what it was made from.
#[derive(Debug)]
pub(super) struct Composed {
    /// The composed text.
    pub(super) text: String,
    /// For each of its bytes the offset of the original character or cluster.
    origin: Vec<usize>,
    original_len: usize,
}

impl Composed {
    /// Composes a text; nothing if it is composed already.
    pub(super) fn of(text: &str) -> Option<Self> {
        let composer = ComposingNormalizerBorrowed::new_nfc();
        if text.is_ascii() || composer.is_normalized(text) {
            return None;
        }
        let mut out = Self {
            text: String::with_capacity(text.len()),
            origin: Vec::with_capacity(text.len()),
            original_len: text.len(),
        };
        // Composing never reaches beyond what a reader sees as one character.
        for (at, cluster) in text.grapheme_indices(true) {
            let whole = composer.normalize(cluster);
            out.text.push_str(&whole);
            if whole == cluster {
                out.origin.extend(at..at + cluster.len());
            } else {
                out.origin.resize(out.text.len(), at);
            }
        }
        Some(out)
    }

    /// Where in the original what stands at `at` begins.
    pub(super) fn begin(&self, at: usize) -> usize {
        self.origin.get(at).copied().unwrap_or(self.original_len)
    }

    /// Where in the original what ends before `at` ends.
    pub(super) fn end(&self, at: usize) -> usize {
        let own = at.checked_sub(1).map(|before| self.begin(before));
        let ahead = self.origin.get(at..).unwrap_or_default();
        ahead.iter().copied().find(|&next| Some(next) != own).unwrap_or(self.original_len)
    }
}

/// A name as records keep it: NFC, one space for every run of white space, no invisible character.
pub(super) fn tidy(text: &str) -> String {
    let composed = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        ComposingNormalizerBorrowed::new_nfc().normalize(text)
    };
    let mut out = String::with_capacity(composed.len());
    let mut space = false;
    for c in composed.chars() {
        if is_dropped_from_names(c) {
            continue;
        }
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if space {
            out.push(' ');
            space = false;
        }
        out.push(c);
    }
    out
}

fn is_dropped_from_names(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// How many characters, the first ones, are looked up in a table: all from Latin to Tibetan.
const TABLE: u16 = 0x1000;

static FOLDED: LazyLock<Vec<Option<char>>> =
    LazyLock::new(|| (0..TABLE).map(|c| fold_one(char::from_u32(c.into())?)).collect());

/// What a character becomes, small letters of ASCII apart; nothing if it is dropped.
#[inline]
fn fold_char(c: char) -> Option<char> {
    fold_by(&FOLDED, c)
}

/// The same, by the table, for one who asks for many.
#[inline]
fn fold_by(table: &[Option<char>], c: char) -> Option<char> {
    match c {
        '\u{3041}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '–'
        | '—'
        | '“'..='„'
        | '…'
        | '、'..='〠' => Some(c),
        _ => table.get(c as usize).copied().unwrap_or_else(|| fold_one(c)),
    }
}

/// The same, told one by one.
fn fold_one(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(if c.is_ascii_whitespace() { ' ' } else { c });
    }
    if is_invisible(c) {
        return None;
    }
    Some(if c.is_whitespace() { ' ' } else { folded_letter(c) })
}

/// Characters that phrases match across.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' | '\u{61C}' | '\u{FE00}'..='\u{FE0F}' | '\u{640}' | '\u{64B}'..='\u{652}'
        | '\u{670}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C7}')
}

fn folded_letter(c: char) -> char {
    match c {
        'İ' | 'ı' => 'i',
        'ё' | 'Ё' => 'е',
        'ς' | 'Σ' => 'σ',
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'Ί' | 'ϊ' | 'Ϊ' | 'ΐ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'Ύ' | 'ϋ' | 'Ϋ' | 'ΰ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        'ş' | 'Ş' => 'ș',
        'ţ' | 'Ţ' => 'ț',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' | 'ۀ' => 'ه',
        '’' | '‘' | 'ʼ' | '´' | '＇' | '′' => '\'',
        '‐' | '‑' => '-',
        '・' | '･' => '・',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(c as u32 - 0xFEE0).map_or(c, |ascii| ascii.to_ascii_lowercase())
        }
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_kept() {
        let folded = fold("“é”  É\u{200B}x");
        assert_eq!(folded.text, "“é” éx");
        let x = folded.text.find('x').unwrap();
        assert_eq!(folded.origin(x), "“é”  É\u{200B}".len());
        assert_eq!(folded.origin(x + 1), "“é”  É\u{200B}x".len());
    }

    #[test]
    fn what_is_folded_at_once_is_what_would_be_told() {
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            assert_eq!(fold_char(c), fold_one(c), "{c:?}");
            let lower: String = fold_one(c).into_iter().map(|c| c.to_ascii_lowercase()).collect();
            assert_eq!(fold(&c.to_string()).text, lower, "{c:?}");
        }
    }

    #[test]
    fn white_space_is_one_space_wherever_it_stands() {
        let some = [" ", "\n", "\u{A0}", "\u{200B}", "a", "É", "東", "abcdefg", "\u{B}"];
        for number in 0..some.len().pow(4) {
            let digits = (0..4).map(|place| number / some.len().pow(place) % some.len());
            let text: String = digits.filter_map(|digit| some.get(digit).copied()).collect();
            let mut want = String::new();
            for c in text.chars().filter_map(fold_one) {
                if c != ' ' || !want.ends_with(' ') {
                    want.push(c.to_ascii_lowercase());
                }
            }
            let folded = fold(&text);
            assert_eq!(folded.text, want, "{text:?}");
            for (at, c) in folded.text.char_indices() {
                let own = text.get(folded.origin(at)..).and_then(|rest| rest.chars().next());
                assert_eq!(
                    own.and_then(fold_one).map(|c| c.to_ascii_lowercase()),
                    Some(c),
                    "{text:?}"
                );
            }
            assert_eq!(folded.origin(folded.text.len()), text.len(), "{text:?}");
        }
    }

    #[test]
    fn composing_keeps_the_way_back_too() {
        let composed = Composed::of("ae\u{301}b").unwrap();
        assert_eq!(composed.text, "aéb");
        assert_eq!((composed.begin(1), composed.end("aé".len())), (1, 4));
        assert!(Composed::of("aéb").is_none());
    }

    #[test]
    fn names_are_tidied() {
        assert_eq!(tidy("Ida\u{A0}\n  Be\u{200B}rg "), "Ida Berg");
    }
}
