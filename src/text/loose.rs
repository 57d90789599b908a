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

use super::digest::Digest;
use super::profile::Text;

/// The profile's name, as digests are labelled with.
pub const NAME: &str = "text-1-loose";

/// Folds the typography of a canonical text.
pub fn fold(text: &Text) -> String {
    let mut out = String::with_capacity(text.as_str().len());
    let shown = |c: &char| !matches!(c, '\u{FE0E}' | '\u{FE0F}');
    let mut chars = text.as_str().chars().filter(shown).peekable();
    while let Some(c) = chars.next() {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '\u{5F4}' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '\u{2BC}' | '\u{5F3}' => {
                out.push('\'');
            }
            '\u{2010}'..='\u{2015}' => out.push('-'),
            '…' => out.push_str("..."),
            ' ' if matches!(chars.peek(), Some(';' | ':' | '!' | '?' | '»' | '›')) => {}
            other => out.push(other),
        }
        if matches!(c, '«' | '‹') {
            chars.next_if_eq(&' ');
        }
    }
    out
}

/// The digest of a canonical text under this profile.
pub fn digest(text: &Text) -> Digest {
    Digest::labelled(NAME, fold(text).as_bytes())
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
}
