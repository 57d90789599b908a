//! Escapes what could drive a terminal or deceive its reader: text from articles and files.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::text::flags::is_bidi_control;

/// Text with controls, bidi controls and line breaks shown as escapes.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    escape(text, |c| c.is_control() || is_hidden(c))
}

/// The same, but line feeds stay.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| (c.is_control() && c != '\n') || is_hidden(c))
}

fn is_hidden(c: char) -> bool {
    is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

fn escape(text: &str, is_bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' if is_bad(c) => out.push_str("\\n"),
            '\t' if is_bad(c) => out.push(' '),
            c if is_bad(c) => {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_not_driven() {
        assert_eq!(line("a\u{1b}[31mb\n\u{202e}c"), "a\\u{1b}[31mb\\n\\u{202e}c");
        assert_eq!(lines("a\nb\r"), "a\nb\\u{d}");
        assert!(matches!(line("plain"), Cow::Borrowed(_)));
    }
}
