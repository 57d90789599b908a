//! Where the words of two paragraphs differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::span::Span;

/// A run of words that differs. A side that has nothing there has an empty span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes in the old text.
    pub old: Span,
    /// The bytes in the new text.
    pub new: Span,
}

/// The runs in which two texts differ, in order, by Unicode word boundaries (UAX #29).
pub fn diff(old: &str, new: &str) -> Vec<Edit> {
    let (old_words, new_words) = (words(old), words(new));
    let text = |words: &[(usize, &str)]| -> Vec<String> {
        words.iter().map(|(_, word)| (*word).to_owned()).collect()
    };
    let place = |words: &[(usize, &str)], at: usize, whole: &str| {
        words.get(at).map_or(whole.len(), |(start, _)| *start)
    };
    capture_diff_slices(Algorithm::Myers, &text(&old_words), &text(&new_words))
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| {
            let (old_range, new_range) = (op.old_range(), op.new_range());
            Edit {
                old: Span::new(
                    place(&old_words, old_range.start, old),
                    place(&old_words, old_range.end, old),
                ),
                new: Span::new(
                    place(&new_words, new_range.start, new),
                    place(&new_words, new_range.end, new),
                ),
            }
        })
        .collect()
}

/// The words, and what stands between them, with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_word_bound_indices().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_are_found() {
        let (old, new) = ("nearly 4,000 of our soldiers", "nearly 40,000 of our tired soldiers");
        let edits: Vec<(&str, &str)> =
            diff(old, new).iter().map(|edit| (edit.old.of(old), edit.new.of(new))).collect();
        assert_eq!(edits, [("4,000", "40,000"), ("", "tired ")]);
        assert_eq!(diff(old, old), []);
    }
}
