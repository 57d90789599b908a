//! Two texts side by side, wrapped to the columns that there are.

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::ui::styled;

/// What stands between the two.
const BETWEEN: &str = " │ ";

/// Signs that belong to the word after them.
const OPENING: &[char] =
    &['(', '[', '{', '“', '‘', '„', '‚', '«', '‹', '¿', '¡', '「', '『', '（', '〈', '《', '【'];

/// The narrowest column.
const NARROWEST: usize = 16;

/// The rows of two texts, each given in pieces of which some are to be marked in its style.
pub(super) fn rows(
    (left, left_style): (&[(String, bool)], Style),
    (right, right_style): (&[(String, bool)], Style),
    width: usize,
) -> Vec<String> {
    let column = (width.saturating_sub(BETWEEN.width()) / 2).max(NARROWEST);
    let (left, right) = (wrap(left, left_style, column), wrap(right, right_style, column));
    let empty = (String::new(), 0);
    (0..left.len().max(right.len()))
        .map(|row| {
            let (one, taken) = left.get(row).unwrap_or(&empty);
            let (other, _) = right.get(row).unwrap_or(&empty);
            let space = " ".repeat(column.saturating_sub(*taken));
            format!("{one}{space}{BETWEEN}{other}")
        })
        .collect()
}

/// The lines of a text with the columns that each takes. Breaks before a word that doesn't fit;
/// a word longer than a line is broken between graphemes.
fn wrap(pieces: &[(String, bool)], style: Style, width: usize) -> Vec<(String, usize)> {
    let mut lines = vec![(String::new(), 0)];
    for (text, marked) in pieces {
        for word in words(text) {
            let parts: Vec<&str> =
                if word.width() > width { word.graphemes(true).collect() } else { vec![word] };
            for part in parts {
                let full = lines.last().is_some_and(|(_, taken)| taken + part.width() > width);
                if full {
                    lines.push((String::new(), 0));
                }
                if let Some((line, taken)) = lines.last_mut() {
                    if *taken == 0 && part.trim().is_empty() {
                        continue;
                    }
                    *taken += part.width();
                    line.push_str(&if *marked { styled(style, part) } else { part.to_owned() });
                }
            }
        }
    }
    lines
}

/// A text's words, each with the signs before and after it, and the spaces between them. In scripts
/// that put no spaces a line may break after each word.
fn words(text: &str) -> Vec<&str> {
    let bounds = text.split_word_bound_indices();
    let mut words = Vec::new();
    let (mut from, mut has_word, mut was_space) = (0, false, false);
    for (at, part) in bounds {
        let (space, opens) = (part.trim().is_empty(), part.starts_with(OPENING));
        let is_word = part.contains(char::is_alphanumeric);
        if at > from && (space || was_space || (has_word && (is_word || opens))) {
            words.extend(text.get(from..at));
            (from, has_word) = (at, false);
        }
        has_word |= is_word;
        was_space = space;
    }
    words.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_even_whatever_the_script() {
        let left = [("the quay was ".to_owned(), false), ("[-shut-]".to_owned(), true)];
        let right = [("埠頭は閉鎖されていた".to_owned(), false)];
        let rows = rows((&left, Style::new()), (&right, Style::new()), 40);
        assert_eq!(rows, ["the quay was       │ 埠頭は閉鎖されてい", "[-shut-]           │ た"]);
        assert!(rows.iter().all(|row| row.width() <= 40));
    }

    #[test]
    fn signs_stay_with_their_words() {
        assert_eq!(words("a “quay”, (shut)."), ["a", " ", "“quay”,", " ", "(shut)."]);
        assert_eq!(words("埠頭「は」。"), ["埠", "頭", "「は」。"]);
        assert_eq!(words(""), [""; 0]);
    }
}
