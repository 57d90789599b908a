//! The profile `text-1-loose`: the same text but for its typography. A label, never evidence.
//!
//! Applied to a text in canonical form ([`super::profile`]):
//!
//! | from, in this order | to |
//! |---|---|
//! | U+FE0E, U+FE0F (text and emoji presentation) | nothing |
//! | `“ ” „ ‟ « » ″ ״` | `"` |
//! | `‘ ’ ‚ ‛ ‹ › ′ ʼ ׳` | `'` |
//! | U+2010 to U+2015 (hyphens and dashes; U+2212 minus is a sign and stays) | `-` |
//! | `…` | `...` |
//! | a space before `; : ! ?`, after `« ‹`, before `» ›` | nothing |
//!
//! The digest is SHA-256(`text-1-loose` ‖ 0x00 ‖ folded bytes). Frozen like `text-1`.

use std::borrow::Cow;

use memchr::{memchr2_iter, memchr3_iter, memmem};

use super::blocks;
use super::digest::Digest;
use super::profile::Text;

/// The profile's name, as digests are labelled with.
pub const NAME: &str = "text-1-loose";

/// Folds the typography of a canonical text.
pub fn fold(text: &Text) -> Cow<'_, str> {
    let text = text.as_str();
    let has = look(text.as_bytes());
    // Presentation selectors can stand between a space and its mark; Hebrew marks are rare.
    if has.hebrew || memmem::find(text.as_bytes(), b"\xEF\xB8").is_some() {
        return Cow::Owned(by_the_table(text));
    }
    let quotes = if has.quotes { Cow::Owned(fold_quotes(text)) } else { Cow::Borrowed(text) };
    if has.spaced { Cow::Owned(close_up(&quotes)) } else { quotes }
}

/// The digest of a canonical text under this profile.
pub fn digest(text: &Text) -> Digest {
    Digest::labelled(NAME, fold(text).as_bytes())
}

/// The whole table, character by character.
fn by_the_table(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let shown = |c: &char| !matches!(c, '\u{FE0E}' | '\u{FE0F}');
    let mut chars = text.chars().filter(shown).peekable();
    while let Some(c) = chars.next() {
        match folded(c) {
            Some(to) => out.push_str(to),
            None if c == ' ' && matches!(chars.peek(), Some(';' | ':' | '!' | '?' | '»' | '›')) =>
                {}
            None => out.push(c),
        }
        if matches!(c, '«' | '‹') {
            chars.next_if_eq(&' ');
        }
    }
    out
}

/// The table but for Hebrew marks, selectors, and spaces before marks of ASCII.
fn fold_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let bytes = text.as_bytes();
    for at in memchr3_iter(0xC2, 0xCA, 0xE2, bytes) {
        let Some((to, length)) = bytes.get(at..).and_then(folded_bytes) else { continue };
        let mark = bytes.get(at..at + length).unwrap_or_default();
        let mut same = text.get(copied..at).unwrap_or_default();
        if matches!(mark, [0xC2, 0xBB] | [0xE2, 0x80, 0xBA]) {
            // A space that isn't among these belonged to a mark before it.
            same = same.strip_suffix(' ').unwrap_or(same);
        }
        out.push_str(same);
        out.push_str(to);
        copied = at + length;
        if matches!(mark, [0xC2, 0xAB] | [0xE2, 0x80, 0xB9]) && bytes.get(copied) == Some(&b' ') {
            copied += 1;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// What the profile makes of the character that bytes begin with, if it is one of C2, CA or E2, and
/// its length.
fn folded_bytes(bytes: &[u8]) -> Option<(&'static str, usize)> {
    Some(match bytes {
        [0xE2, 0x80, third, ..] => match third {
            0x90..=0x95 => ("-", 3),
            0x98..=0x9B | 0xB2 | 0xB9 | 0xBA => ("'", 3),
            0x9C..=0x9F | 0xB3 => ("\"", 3),
            0xA6 => ("...", 3),
            _ => return None,
        },
        [0xC2, 0xAB | 0xBB, ..] => ("\"", 2),
        [0xCA, 0xBC, ..] => ("'", 2),
        _ => return None,
    })
}

/// Takes out the spaces before `; : ! ?`.
fn close_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut marks: Vec<usize> = memchr2_iter(b';', b':', bytes).collect();
    marks.extend(memchr2_iter(b'!', b'?', bytes));
    marks.sort_unstable();
    for mark in marks {
        let same = text.get(copied..mark).unwrap_or_default();
        if let Some(same) = same.strip_suffix(' ') {
            out.push_str(same);
            copied = mark;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// What the profile makes of a character, if anything.
fn folded(c: char) -> Option<&'static str> {
    Some(match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '\u{5F4}' => "\"",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '\u{2BC}' | '\u{5F3}' => "'",
        '\u{2010}'..='\u{2015}' => "-",
        '…' => "...",
        _ => return None,
    })
}

/// What of the table a text may have; "no" is certain.
#[derive(Clone, Copy, Default)]
struct Has {
    quotes: bool,
    spaced: bool,
    hebrew: bool,
}

/// Looks at every two bytes in a row, without branches, so that it is done for many at a time.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn look(bytes: &[u8]) -> Has {
    let found = blocks::fold(bytes, |seen| {
        blocks::each(seen, |a, b, _| {
            let mark = (b == b';') | (b == b':') | (b == b'!') | (b == b'?');
            let general = (a == 0xE2) & (b == 0x80);
            let quotes = general | (a == 0xC2) | (a == 0xCA);
            let spaced = (a == b' ') & mark;
            let hebrew = (a == 0xD7) & ((b == 0xB3) | (b == 0xB4));
            u8::from(quotes) | (u8::from(spaced) << 1) | (u8::from(hebrew) << 2)
        })
    });
    Has { quotes: found & 1 != 0, spaced: found & 2 != 0, hebrew: found & 4 != 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_folds() {
        for (one, other) in [
            ("« Oui », dit-il ; « non ! »", "\"Oui\", dit-il; \"non!\""),
            ("l’été…", "l'été..."),
            ("1990–1995 — a", "1990-1995 - a"),
            ("❤\u{FE0F}", "❤"),
        ] {
            assert_eq!(digest(&Text::new(one)), digest(&Text::new(other)), "{one}");
        }
    }

    #[test]
    fn meaning_does_not() {
        for (one, other) in
            [("−5", "5"), ("−5", "-5"), ("a b", "ab"), ("E", "é"), ("4.000", "4,000")]
        {
            assert_ne!(digest(&Text::new(one)), digest(&Text::new(other)), "{one}");
        }
    }

    #[test]
    fn the_quick_way_and_the_table_give_the_same() {
        let some = [
            "a", " ", " ", ";", ":", "!", "?", "«", "»", "‹", "›", "“", "’", "…", "–", "\u{FE0F}",
            "é", "中", "\u{5F3}", "\u{2BC}", "\n", "½", "א", "\u{2028}",
        ];
        let mut state = 7_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap()
        };
        for _ in 0..100_000 {
            let text: String = (0..next() % 9).map(|_| some[next() % some.len()]).collect();
            let text = Text::new(&text);
            assert_eq!(fold(&text), by_the_table(text.as_str()), "{text:?}");
        }
    }

    #[test]
    fn bytes_and_characters_fold_alike() {
        for c in (0x80..=0x0010_FFFF)
            .filter_map(char::from_u32)
            .filter(|c| !matches!(c, '\u{5F3}' | '\u{5F4}'))
        {
            let text = c.to_string();
            let found = folded_bytes(text.as_bytes());
            assert_eq!(found, folded(c).map(|to| (to, text.len())), "{c:?}");
        }
    }
}
