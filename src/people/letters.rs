//! Letters of all scripts and the Latin ones that they are written with.
//!
//! The tables are data, in `letters/`; each says which standards it follows. Han is not here: it takes a
//! dictionary to say how its signs are read.

use std::collections::HashMap;
use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;
use unicode_script::{Script as Of, UnicodeScript as _};

/// The script of a word, as far as there is a table for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Devanagari.
    Devanagari,
    /// Hiragana and katakana.
    Kana,
    /// Hangul.
    Hangul,
    /// Any other, of which nothing is known.
    Other,
}

/// How a word may be written in Latin letters: for each of its letters, what can stand for it.
pub(super) type Spelling = Vec<&'static [String]>;

type Table = HashMap<String, Vec<String>>;

/// Two ways to write a letter.
type Ways = (&'static str, &'static str);

static TABLES: LazyLock<HashMap<Script, Table>> = LazyLock::new(|| {
    [
        (Script::Latin, include_str!("letters/latin.toml")),
        (Script::Cyrillic, include_str!("letters/cyrillic.toml")),
        (Script::Greek, include_str!("letters/greek.toml")),
        (Script::Arabic, include_str!("letters/arabic.toml")),
        (Script::Hebrew, include_str!("letters/hebrew.toml")),
        (Script::Devanagari, include_str!("letters/devanagari.toml")),
        (Script::Kana, include_str!("letters/kana.toml")),
        (Script::Hangul, include_str!("letters/hangul.toml")),
    ]
    .into_iter()
    // A table that can't be read would be empty; a test reads them all.
    .map(|(script, text)| (script, toml::from_str(text).unwrap_or_default()))
    .collect()
});

/// Two ways to write a Cyrillic letter, by what each begins with.
static CYRILLIC_WAYS: LazyLock<HashMap<(u8, u8), Vec<Ways>>> = LazyLock::new(|| {
    let mut pairs: HashMap<(u8, u8), Vec<Ways>> = HashMap::new();
    for ways in Script::Cyrillic.table().into_iter().flat_map(HashMap::values) {
        for (one, other) in ways.iter().flat_map(|a| ways.iter().map(move |b| (a, b))) {
            if let (Some(first), Some(second)) = (one.bytes().next(), other.bytes().next()) {
                pairs.entry((first, second)).or_default().push((one, other));
            }
        }
    }
    pairs
});

/// The `a` that a consonant of Devanagari has of its own, spoken or not.
static OWN_VOWEL: LazyLock<Vec<String>> = LazyLock::new(|| vec!["a".to_owned(), String::new()]);

impl Script {
    /// The script of a word, by its first letter.
    pub(super) fn of(word: &str) -> Self {
        let first = word.chars().find(|c| c.is_alphabetic());
        match first.map(|c| c.script()) {
            Some(Of::Latin) => Self::Latin,
            Some(Of::Cyrillic) => Self::Cyrillic,
            Some(Of::Greek) => Self::Greek,
            Some(Of::Arabic) => Self::Arabic,
            Some(Of::Hebrew) => Self::Hebrew,
            Some(Of::Devanagari) => Self::Devanagari,
            Some(Of::Hiragana | Of::Katakana) => Self::Kana,
            Some(Of::Hangul) => Self::Hangul,
            _ => Self::Other,
        }
    }

    /// Whether vowels are mostly not written in it.
    pub(super) fn leaves_out_vowels(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }

    fn table(self) -> Option<&'static Table> {
        TABLES.get(&self)
    }
}

fn decompose(text: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfd().normalize(text).into_owned()
}

/// A letter without its marks.
fn bare(c: char) -> Option<char> {
    decompose(c.encode_utf8(&mut [0; 4])).chars().next()
}

/// Text without marks: Latin, Cyrillic, Greek and Arabic lose accents, й and ё their signs.
pub(super) fn without_marks(text: &str) -> String {
    decompose(text).chars().filter(|c| !is_mark(*c)).collect()
}

fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x64B..=0x65F | 0x670 | 0x591..=0x5C7 | 0x1DC0..=0x1DFF)
}

/// The ways to write a Latin word in small letters without marks, the plainest first; at most 16.
pub(super) fn plain(word: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    let table = Script::Latin.table();
    for c in word.chars().filter(|c| !is_mark(*c)) {
        let mut buffer = [0; 4];
        let letter: &str = c.encode_utf8(&mut buffer);
        let known = table.and_then(|table| table.get(letter));
        let stripped = without_marks(letter);
        let ways = known.map_or(std::slice::from_ref(&stripped), Vec::as_slice);
        let room = 16 / forms.len().max(1);
        forms = ways
            .iter()
            .take(room.max(1))
            .flat_map(|way| forms.iter().map(move |form| format!("{form}{way}")))
            .collect();
    }
    forms
}

/// How a word of another script, in small letters, may be written in Latin ones.
pub(super) fn spelling(word: &str, script: Script) -> Spelling {
    let Some(table) = script.table() else { return Vec::new() };
    let whole = if script == Script::Hangul { decompose(word) } else { word.to_owned() };
    let letters: Vec<char> = whole.chars().filter_map(|c| known(table, script, c)).collect();
    let mut out = Spelling::new();
    let mut rest = letters.as_slice();
    while let Some(first) = rest.first() {
        let found = (1..=3.min(rest.len())).rev().find_map(|length| {
            let key: String = rest.iter().take(length).collect();
            Some((length, table.get(&key)?.as_slice()))
        });
        let length = found.map_or(1, |(length, _)| length);
        out.extend(found.map(|(_, ways)| ways));
        rest = rest.get(length..).unwrap_or_default();
        let consonant = script == Script::Devanagari && matches!(*first, 'क'..='ह');
        let signed = rest.first().is_some_and(|next| matches!(*next, '\u{93C}' | 'ा'..='्'));
        if consonant && !signed {
            out.push(OWN_VOWEL.as_slice());
        }
    }
    out
}

/// A letter as its table has it: katakana as hiragana, without marks that the table doesn't know.
fn known(table: &Table, script: Script, c: char) -> Option<char> {
    let c = match u32::from(c) {
        code @ 0x30A1..=0x30F6 if script == Script::Kana => char::from_u32(code - 0x60)?,
        _ => c,
    };
    let has = |c: char| table.contains_key(c.encode_utf8(&mut [0; 4]) as &str);
    // Small kana stand in no table alone, only after the one that they change.
    let small = script == Script::Kana
        && matches!(c, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'ゃ' | 'ゅ' | 'ょ');
    if small || has(c) { Some(c) } else { bare(c).filter(|bare| has(*bare)) }
}

/// The commonest way to write it.
pub(super) fn commonest(spelling: &Spelling) -> String {
    spelling.iter().filter_map(|ways| ways.first()).map(String::as_str).collect()
}

/// Whether a Latin word in small letters without marks is a way to write a spelling. A consonant may
/// be doubled; where the script leaves vowels out, one may stand between two letters: a long one, and one
/// at an end, is written.
pub(super) fn matches(spelling: &Spelling, script: Script, latin: &str) -> bool {
    let letters = latin.as_bytes();
    let mut at = vec![false; letters.len() + 1];
    if let Some(first) = at.first_mut() {
        *first = true;
    }
    for (number, ways) in spelling.iter().enumerate() {
        if number > 0 && script.leaves_out_vowels() {
            skip_vowel(letters, &mut at);
        }
        let mut next = vec![false; letters.len() + 1];
        for (place, _) in at.iter().enumerate().filter(|(_, reached)| **reached) {
            let rest = letters.get(place..).unwrap_or_default();
            for way in ways.iter().filter(|way| rest.starts_with(way.as_bytes())) {
                let end = place + way.len();
                mark(&mut next, end);
                let last = way.as_bytes().last().filter(|last| !is_vowel(**last));
                if last.is_some() && letters.get(end) == last {
                    mark(&mut next, end + 1);
                }
            }
        }
        at = next;
    }
    !spelling.is_empty() && at.last().copied().unwrap_or_default()
}

fn mark(at: &mut [bool], place: usize) {
    if let Some(reached) = at.get_mut(place) {
        *reached = true;
    }
}

fn skip_vowel(letters: &[u8], at: &mut [bool]) {
    let reached: Vec<usize> = (0..at.len()).filter(|place| at.get(*place) == Some(&true)).collect();
    for place in reached {
        if letters.get(place).is_some_and(|letter| is_vowel(*letter)) {
            mark(at, place + 1);
        }
    }
}

/// Whether an ASCII letter is a vowel.
pub(super) fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether two Latin words may be the same Cyrillic word in two transliterations.
pub(super) fn one_in_cyrillic(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut open = vec![(0, 0)];
    let mut seen = std::collections::HashSet::from([(0, 0)]);
    while let Some((i, j)) = open.pop() {
        if (i, j) == (one.len(), other.len()) {
            return true;
        }
        let left = one.get(i..).unwrap_or_default();
        let right = other.get(j..).unwrap_or_default();
        let (Some(first), Some(second)) = (left.first(), right.first()) else { continue };
        for (a, b) in CYRILLIC_WAYS.get(&(*first, *second)).into_iter().flatten() {
            if left.starts_with(a.as_bytes()) && right.starts_with(b.as_bytes()) {
                // INVARIANT: a letter takes something of both words, so this ends.
                let next = (i + a.len(), j + b.len());
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read() {
        for (script, table) in TABLES.iter() {
            assert!(table.len() > 20, "{script:?}");
            assert!(table.values().all(|ways| !ways.is_empty()), "{script:?}");
            let ascii = |way: &String| way.bytes().all(|b| b.is_ascii_lowercase());
            assert!(table.values().flatten().all(ascii), "{script:?}");
        }
    }

    #[test]
    fn words_are_written_in_latin_letters() {
        for (word, latin, wanted) in [
            ("щука", "shchuka", true),
            ("щука", "shuka", false),
            ("ковалёва", "kovaleva", true),
            ("анна", "ana", false),
            ("شمس", "shams", true),
            ("شمس", "shamsi", false),
            ("شمس", "hams", false),
            ("कमल", "kamal", true),
            ("きょうこ", "kyoko", true),
            ("김", "gim", true),
            ("김", "kin", false),
        ] {
            let script = Script::of(word);
            assert_eq!(matches(&spelling(word, script), script, latin), wanted, "{word} {latin}");
        }
        assert_eq!(plain("großmann"), ["grossmann"]);
        assert_eq!(plain("müller"), ["muller", "mueller"]);
        assert!(one_in_cyrillic("zhukovsky", "joukovski"));
        assert!(!one_in_cyrillic("marin", "martin"));
    }
}
