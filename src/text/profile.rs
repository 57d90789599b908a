//! The profile `text-1`: what counts as the same text, as evidence.
//!
//! The steps, in this order; the order is part of the profile:
//!
//! 1. bytes must be UTF-8, strictly (Unicode 18.0, section 3.9, table 3-7); else an error,
//!    never U+FFFD;
//! 2. U+FEFF, U+00AD, U+200B and U+2060 are dropped (ZWJ, ZWNJ and variation selectors stay:
//!    they carry meaning);
//! 3. NFC (UAX #15) by the data of Unicode 18.0; code points that version doesn't assign pass
//!    unchanged;
//! 4. CR LF, CR, U+0085, U+2028 and U+2029 become LF;
//! 5. every run of white space inside a line becomes one U+0020;
//! 6. each line is trimmed, empty ones are dropped, the rest are joined by LF, with none at the
//!    end. A line of the result is a paragraph.
//!
//! The digest of a text is SHA-256(`text-1` ‖ 0x00 ‖ canonical bytes). Case, accents, digits,
//! signs, quotes and compatibility forms are all kept apart.
//!
//! Frozen: a change here would be a new profile beside this one.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::digest::Digest;

/// The profile's name, as records state it and digests are labelled with.
pub const NAME: &str = "text-1";

/// Says where bytes stop being UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("not UTF-8: the byte at offset {offset} begins no character")]
pub struct NotUtf8 {
    /// The offset of the first byte that begins no character.
    pub offset: usize,
}

/// A text in the canonical form of `text-1`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text(String);

impl Text {
    /// Puts `text` into canonical form.
    pub fn new(text: &str) -> Self {
        Self(in_form(text).into_owned())
    }

    /// Puts a text's paragraphs, given one by one, into canonical form.
    pub fn from_paragraphs<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        Self::from_paragraphs_told(paragraphs).0
    }

    /// The same, and whether each of them was in canonical form already.
    pub(crate) fn from_paragraphs_told<'a>(
        paragraphs: impl IntoIterator<Item = &'a str>,
    ) -> (Self, bool) {
        let mut out = String::new();
        let mut canonical = true;
        for paragraph in paragraphs {
            let text = in_form(paragraph);
            canonical &= matches!(text, Cow::Borrowed(_));
            if !out.is_empty() && !text.is_empty() {
                out.push('\n');
            }
            out.push_str(&text);
        }
        (Self(out), canonical)
    }

    /// The canonical text: no line is empty, none begins or ends with white space.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paragraphs, in order.
    pub fn paragraphs(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('\n').filter(|line| !line.is_empty())
    }

    /// The digest of the whole text.
    pub fn digest(&self) -> Digest {
        Digest::labelled(NAME, self.0.as_bytes())
    }
}

/// Reads bytes as UTF-8 (step 1).
///
/// # Errors
///
/// If they are not, with the offset of the first byte that is wrong.
pub fn utf8(bytes: &[u8]) -> Result<&str, NotUtf8> {
    std::str::from_utf8(bytes).map_err(|error| NotUtf8 { offset: error.valid_up_to() })
}

/// Whether a text is known to be in canonical form, at a fraction of the cost of putting it into
/// it; "no" for some texts that are.
pub(crate) fn is_canonical(text: &str) -> bool {
    quick::is_canonical(text)
}

/// Whether step 2 drops the character.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{200B}' | '\u{2060}')
}

/// Whether step 4 takes the character for a line's end.
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether step 5 takes the character for white space inside a line: the property `White_Space`
/// of Unicode 18.0 without the line breaks.
pub fn is_white(c: char) -> bool {
    matches!(
        c,
        '\t' | '\u{B}' | '\u{C}' | ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// A text in canonical form; the text itself where it is that already.
fn in_form(text: &str) -> Cow<'_, str> {
    if quick::is_canonical(text) { Cow::Borrowed(text) } else { Cow::Owned(canonical(text)) }
}

/// Steps 2 to 6, one after the other.
fn canonical(text: &str) -> String {
    let kept = drop_invisible(text);
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&kept);
    fold_white(&composed)
}

/// Step 2.
fn drop_invisible(text: &str) -> Cow<'_, str> {
    if text.contains(is_dropped) {
        Cow::Owned(text.chars().filter(|&c| !is_dropped(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Steps 4 to 6.
fn fold_white(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut gap: Option<char> = None;
    let is_gap = |c: char| is_line_break(c) || is_white(c);
    while let Some(c) = rest.chars().next() {
        if is_gap(c) {
            let to = if is_line_break(c) { '\n' } else { gap.unwrap_or(' ') };
            gap = Some(to);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        if let Some(gap) = gap.take().filter(|_| !out.is_empty()) {
            out.push(gap);
        }
        let (word, after) = rest.split_at(quick::find_gap(rest));
        out.push_str(word);
        rest = after;
    }
    out
}

mod quick;

#[cfg(test)]
mod tests;
