//! Plain text: lines, blank lines, and hard-wrapped copy.
//!
//! A line is a block, unless the file is hard-wrapped: then the lines between two blank ones are.
//! Lines count as wrapped where none but the last could have taken the first word of the next
//! without going beyond the longest line, and the longest has at most 100 characters.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::article::document::{Block, Document, Reader};
use crate::text::profile::{self, Text};

/// The reader's version: a new one may find other blocks in the same bytes.
pub const VERSION: u32 = 1;

/// The longest line of wrapped copy, in characters.
const MAX_WRAP: usize = 100;

/// The shortest longest line of wrapped copy: below, lines are verses, lists or credits.
const MIN_WRAP: usize = 50;

/// Reads plain text that was decoded from `encoding`.
pub fn read(text: &str, encoding: String) -> Document {
    let mut blocks = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for line in lines(text).chain([""]) {
        if line.chars().all(is_blank) {
            close(&mut blocks, &mut run);
        } else {
            run.push(line);
        }
    }
    let reader = Reader { name: "text", version: VERSION, settings: Vec::new(), encoding };
    Document { blocks, claims: Vec::new(), reader }
}

/// Whether a character shows nothing.
fn is_blank(c: char) -> bool {
    profile::is_white(c) || matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{200B}' | '\u{2060}')
}

/// The lines, whatever ends them; CR LF is one end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(profile::is_line_break) else { return rest.take() };
        let (line, tail) = text.split_at_checked(end)?;
        let mut tail = tail.chars();
        let crlf = tail.next() == Some('\r') && tail.as_str().starts_with('\n');
        rest = Some(if crlf { tail.as_str().get(1..)? } else { tail.as_str() });
        Some(line)
    })
}

/// Makes blocks of the lines between two blank ones.
fn close(blocks: &mut Vec<Block>, run: &mut Vec<&str>) {
    let mut push = |text: String| blocks.push(Block { text, mark: None });
    if is_wrapped(run) {
        push(run.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "));
    } else {
        for line in run.iter() {
            push(line.trim().to_owned());
        }
    }
    run.clear();
}

/// Whether a typesetter, not an author, ended the lines.
fn is_wrapped(run: &[&str]) -> bool {
    // In canonical form, so that no invisible character or Unicode form makes a line longer.
    let width = |text: &str| Text::new(text).as_str().graphemes(true).count();
    let longest = run.iter().map(|line| width(line)).max().unwrap_or_default();
    if run.len() < 2 || !(MIN_WRAP..=MAX_WRAP).contains(&longest) {
        return false;
    }
    run.windows(2).all(|pair| match pair {
        [line, next] => {
            let word = next.split_whitespace().next().map(width).unwrap_or_default();
            width(line) + 1 + word > longest
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        read(text, "utf-8".to_owned()).blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_and_blank_lines() {
        assert_eq!(
            blocks("\u{FEFF}Head\n\n\nOne.\r\nTwo.\rThree.\n \u{A0}\nFour."),
            ["\u{FEFF}Head", "One.", "Two.", "Three.", "Four."]
        );
    }

    #[test]
    fn hard_wrapped_copy_is_unwrapped() {
        let wrapped = "The council voted on Tuesday evening to reopen the old\n\
                       bridge after two years of repairs, its speaker said in\n\
                       a statement.\n\n\
                       Work began in May.";
        assert_eq!(
            blocks(wrapped),
            [
                "The council voted on Tuesday evening to reopen the old bridge after two years of \
             repairs, its speaker said in a statement.",
                "Work began in May."
            ]
        );
    }

    #[test]
    fn line_ends_and_invisible_characters_wrap_alike() {
        let wrapped = "The council voted on Tuesday evening to reopen the old\n\
                       bridge after two years of repairs, its speaker said in\n\
                       a statement.\n\nWork began in May.";
        let canonical = |text: &str| -> Vec<String> {
            blocks(text).iter().map(|block| Text::new(block).as_str().to_owned()).collect()
        };
        let want = canonical(wrapped);
        assert_eq!(want.len(), 2);
        for other in [
            wrapped.replace('\n', "\r\n"),
            wrapped.replace('\n', "\r"),
            wrapped.replace('\n', "\u{2028}"),
            wrapped.replace("co", "c\u{AD}o").replace("a ", "a\u{200B} "),
            wrapped.replace(' ', "  "),
        ] {
            assert_eq!(canonical(&other), want, "{other:?}");
        }
    }

    #[test]
    fn verses_and_credits_are_not() {
        assert_eq!(blocks("By Ada Prell\nEditing by Tomas Uhl").len(), 2);
    }
}
