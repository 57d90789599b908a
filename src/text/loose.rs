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

use memchr::memmem;

use super::digest::Digest;
use super::profile::Text;

/// The profile's name, as digests are labelled with.
pub const NAME: &str = "text-1-loose";

/// Folds the typography of a canonical text.
pub fn fold(text: &Text) -> Cow<'_, str> {
    let text = text.as_str();
    if memmem::find(text.as_bytes(), b"\xEF\xB8").is_some() {
        // Presentation selectors can stand between a space and its mark; they go first.
        let shown = |c: &char| !matches!(c, '\u{FE0E}' | '\u{FE0F}');
        return Cow::Owned(fold_shown(&text.chars().filter(shown).collect::<String>()));
    }
    match may_fold(text.as_bytes()).then(|| find(text, 0)).flatten() {
        Some(_) => Cow::Owned(fold_shown(text)),
        None => Cow::Borrowed(text),
    }
}

/// The digest of a canonical text under this profile.
pub fn digest(text: &Text) -> Digest {
    Digest::labelled(NAME, fold(text).as_bytes())
}

/// Folds a text without presentation selectors, copying what stays in one piece.
fn fold_shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = find(text, at) {
        out.push_str(text.get(at..found).unwrap_or_default());
        let rest = text.get(found..).unwrap_or_default();
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        out.push_str(folded(c).unwrap_or_default());
        at = found + c.len_utf8();
        if matches!(c, '«' | '‹') && chars.next() == Some(' ') {
            at += 1;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
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

/// Whether there may be anything to fold; "no" is certain. Without branches, many bytes at a time.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn may_fold(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    bytes.chunks(2_048).zip(next.chunks(2_048)).any(|(bytes, next)| {
        bytes.iter().zip(next).fold(false, |found, (&a, &b)| {
            let mark = (b == b';') | (b == b':') | (b == b'!') | (b == b'?');
            let spaced = (a == b' ') & mark;
            let two = (a == 0xC2) | (a == 0xCA) | ((a == 0xD7) & ((b == 0xB3) | (b == 0xB4)));
            found | spaced | two | ((a == 0xE2) & (b == 0x80))
        })
    })
}

/// The offset, from `at` on, of the first character that folds or space that goes.
fn find(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let found = match byte {
            b' ' => match bytes.get(at + 1) {
                Some(b';' | b':' | b'!' | b'?') => true,
                // `»` and `›`.
                Some(0xC2) => bytes.get(at + 2) == Some(&0xBB),
                Some(0xE2) => bytes.get(at + 2..at + 4) == Some(&[0x80, 0xBA]),
                _ => false,
            },
            // The second byte of U+2010 to U+203A is 80, of U+05F3 and U+05F4 B3 and B4.
            0xE2 if bytes.get(at + 1) != Some(&0x80) => false,
            0xD7 if bytes.get(at + 1).is_some_and(|next| *next < 0xB3) => false,
            0xC2 | 0xCA | 0xD7 | 0xE2 => {
                let c = text.get(at..).and_then(|rest| rest.chars().next());
                c.is_some_and(|c| folded(c).is_some())
            }
            _ => false,
        };
        if found {
            return Some(at);
        }
        at += 1;
    }
    None
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

    /// The table of the profile, character by character.
    fn by_the_table(text: &Text) -> String {
        let mut out = String::new();
        let shown = |c: &char| !matches!(c, '\u{FE0E}' | '\u{FE0F}');
        let mut chars = text.as_str().chars().filter(shown).peekable();
        while let Some(c) = chars.next() {
            match folded(c) {
                Some(to) => out.push_str(to),
                None if c == ' '
                    && matches!(chars.peek(), Some(';' | ':' | '!' | '?' | '»' | '›')) => {}
                None => out.push(c),
            }
            if matches!(c, '«' | '‹') {
                chars.next_if_eq(&' ');
            }
        }
        out
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
            assert_eq!(fold(&text), by_the_table(&text), "{text:?}");
        }
    }
}
