//! Where the words of two texts differ, and how much of them is the same.
//!
//! A word is what lies between two word boundaries of UAX #29. So it is a word where a script
//! writes spaces, and in Hangul; a run of Katakana; a number with its separators; a single
//! character of Han and Hiragana; a grapheme in Thai, Lao, Khmer and Burmese, which UAX #29 leaves
//! to dictionaries. White space and marks are words of their own, and a difference is never parted
//! by white space alone.
//!
//! Costs what `super::frame` does: about linear in practice, bounded on any input.

use unicode_segmentation::UnicodeSegmentation as _;

use super::frame;
use crate::text::span::Span;

/// A run of words that differs. A side that has nothing there has an empty span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes in the old text.
    pub old: Span,
    /// The bytes in the new text.
    pub new: Span,
}

/// The runs in which two texts differ, in order.
pub fn diff(old: &str, new: &str) -> Vec<Edit> {
    let (old_words, new_words) = (words(old), words(new));
    let place = |words: &[(usize, &str)], at: usize, whole: &str| {
        words.get(at).map_or(whole.len(), |(start, _)| *start)
    };
    let mut edits: Vec<Edit> = Vec::new();
    for run in frame::diff(&texts(&old_words), &texts(&new_words)) {
        let edit = Edit {
            old: Span::new(
                place(&old_words, run.old.start, old),
                place(&old_words, run.old.end, old),
            ),
            new: Span::new(
                place(&new_words, run.new.start, new),
                place(&new_words, run.new.end, new),
            ),
        };
        match edits.last_mut() {
            Some(last) if is_white(old, last.old.end(), edit.old.start()) => {
                last.old = last.old.cover(edit.old);
                last.new = last.new.cover(edit.new);
            }
            _ => edits.push(edit),
        }
    }
    for edit in &mut edits {
        space_last(old, new, edit);
    }
    edits
}

/// Lets a run of words that came or went end with its space rather than begin with it.
fn space_last(old: &str, new: &str, edit: &mut Edit) {
    let begins = |span: Span, text: &str| {
        let after = text.get(span.end()..).unwrap_or_default();
        span.of(text).starts_with(' ') && after.starts_with(' ')
    };
    let came = edit.old.is_empty() && begins(edit.new, new);
    let went = edit.new.is_empty() && begins(edit.old, old);
    if came || went {
        *edit = Edit { old: edit.old.shift(1), new: edit.new.shift(1) };
    }
}

/// How much of two texts is the same, from 0 to 1: twice the bytes other than white space that
/// both have in order, divided by all. 1 for two empty texts.
pub fn similarity(old: &str, new: &str) -> f64 {
    similarity_by(old, new, &diff(old, new))
}

/// [`similarity`], where the edits are known.
pub fn similarity_by(old: &str, new: &str, edits: &[Edit]) -> f64 {
    let all = weight(old) + weight(new);
    if all == 0 {
        return 1.0;
    }
    let other: usize = edits.iter().map(|e| weight(e.old.of(old)) + weight(e.new.of(new))).sum();
    ratio(all.saturating_sub(other), all)
}

/// `part` of `all`, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a share is shown with two digits")]
pub(super) fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

/// The bytes that are not white space.
fn weight(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum()
}

/// Whether white space alone lies between two edits.
fn is_white(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.chars().all(char::is_whitespace))
}

fn texts<'a>(words: &[(usize, &'a str)]) -> Vec<&'a str> {
    words.iter().map(|(_, word)| *word).collect()
}

/// A text's words with their places, without what stands between them.
pub(super) type Spoken<'a> = Vec<(usize, &'a str)>;

/// The words that have a letter or digit, with their places.
pub(super) fn spoken(text: &str) -> Spoken<'_> {
    text.unicode_word_indices().collect()
}

/// The words, and what stands between them, with their places.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_word_bound_indices().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(old: &str, new: &str) -> Vec<(String, String)> {
        diff(old, new)
            .iter()
            .map(|edit| (edit.old.of(old).to_owned(), edit.new.of(new).to_owned()))
            .collect()
    }

    fn pair(old: &str, new: &str) -> (String, String) {
        (old.to_owned(), new.to_owned())
    }

    #[test]
    fn words_that_differ_are_found() {
        let (old, new) = ("nearly 4,000 of our soldiers", "nearly 40,000 of our tired soldiers");
        assert_eq!(edits(old, new), [pair("4,000", "40,000"), pair("", "tired ")]);
        assert_eq!(edits(old, old), []);
        assert_eq!(edits("the big dog ran", "the small cat ran"), [pair("big dog", "small cat")]);
    }

    #[test]
    fn scripts_without_spaces_differ_by_character() {
        assert_eq!(edits("東京で四人が死亡した", "東京で五人が死亡した"), [pair("四", "五")]);
        assert_eq!(edits("นายกฯไปเชียงใหม่", "นายกฯไม่ไปเชียงใหม่"), [pair("", "ไม่")]);
        assert_eq!(edits("カメラを買う", "カヌーを買う"), [pair("カメラ", "カヌー")]);
    }

    #[test]
    fn similarity_is_a_share() {
        let share = |old, new| (similarity(old, new) * 100.0).round();
        assert_eq!(share("", "").to_bits(), 100f64.to_bits());
        assert_eq!(share("a b c d", "a b c d").to_bits(), 100f64.to_bits());
        assert_eq!(share("a b c d", "a b c x").to_bits(), 75f64.to_bits());
        assert_eq!(share("abc", "xyz").to_bits(), 0f64.to_bits());
    }
}
