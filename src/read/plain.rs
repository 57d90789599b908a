//! Plain text: lines, blank lines, and hard-wrapped copy.
//!
//! A line is a block, unless the file is hard-wrapped: then the lines between two blank ones are.
//! Lines count as wrapped where none but the last could have taken the first word of the next
//! without going beyond the longest line, and the longest has at most 100 characters.

use unicode_segmentation::UnicodeSegmentation as _;

use super::limits::MAX_BLOCKS;
use crate::article::document::{Block, Document, Reader};
use crate::text::profile::{self, Text};

/// The reader's version: a new one may find other blocks in the same bytes.
pub const VERSION: u32 = 2;

/// The longest line of wrapped copy, in characters.
const MAX_WRAP: usize = 100;

/// The shortest longest line of wrapped copy: below, lines are verses, lists or credits.
const MIN_WRAP: usize = 50;

/// Reads plain text that was decoded from `encoding`.
pub fn read(text: &str, encoding: String) -> Document {
    let reader = Reader { name: "text", version: VERSION, settings: Vec::new(), encoding };
    Document { blocks: blocks(text), claims: Vec::new(), reader }
}

/// The blocks of a plain text, wherever it stands; of more than [`MAX_BLOCKS`] no more than show that.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for line in lines(text).chain([""]) {
        if blocks.len() + run.len() > MAX_BLOCKS {
            close(&mut blocks, &mut run);
            if blocks.len() > MAX_BLOCKS {
                break;
            }
        }
        if line.chars().all(is_blank) {
            close(&mut blocks, &mut run);
        } else {
            run.push(line);
        }
    }
    blocks
}

/// Whether a character shows nothing.
fn is_blank(c: char) -> bool {
    profile::is_white(c) || matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{200B}' | '\u{2060}')
}

/// The lines, whatever ends them; CR LF is one end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    // Most texts end their lines with LF and CR alone, which are found many bytes at a time.
    let has = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let rare = has("\u{85}") || has("\u{2028}") || has("\u{2029}");
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = if rare {
            text.find(profile::is_line_break)
        } else {
            memchr::memchr2(b'\n', b'\r', text.as_bytes())
        };
        let Some(end) = end else { return rest.take() };
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
    for paragraph in paragraphs(run) {
        if is_wrapped(paragraph) {
            push(join(paragraph));
        } else {
            for line in paragraph {
                push(line.trim().to_owned());
            }
        }
    }
    run.clear();
}

/// Puts wrapped lines together: with a space, except between two characters of a script that has
/// none between its words.
fn join(lines: &[&str]) -> String {
    let spaceless = |c: char| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}');
    let mut out = String::new();
    for line in lines.iter().map(|line| line.trim()) {
        let tight = out.ends_with(spaceless) && line.starts_with(spaceless);
        if !out.is_empty() && !tight {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Where wrapped copy begins its paragraphs with an indented line, in place of blank lines: those
/// paragraphs. Else the lines as they are.
fn paragraphs<'r, 'a>(run: &'r [&'a str]) -> Vec<&'r [&'a str]> {
    let indented = |line: &&str| line.starts_with('\t') || line.starts_with("  ");
    let starts = run.iter().skip(1).filter(|line| indented(line)).count();
    let flush = run.iter().skip(1).any(|line| !indented(line));
    let narrow = || run.iter().all(|line| width(line).is_some());
    if starts == 0 || !flush || !narrow() {
        return vec![run];
    }
    let mut parts = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(&indented).map_or(rest.len(), |at| at + 1);
        let (part, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        parts.push(part);
        rest = tail;
    }
    parts
}

/// Whether a typesetter, not an author, ended the lines.
fn is_wrapped(run: &[&str]) -> bool {
    if run.len() < 2 {
        return false;
    }
    // A typesetter's line could also break where no space is, but never at a no-break space.
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}');
    let indent = |line: &str| line.chars().take_while(|c| c.is_whitespace()).count();
    let full = |line: &&str| width(line).map(|width| width + indent(line));
    let Some(widths) = run.iter().map(full).collect::<Option<Vec<usize>>>() else {
        return false;
    };
    let longest = widths.iter().copied().max().unwrap_or_default();
    longest >= MIN_WRAP
        && run.iter().skip(1).zip(&widths).all(|(next, width_of_line)| {
            let word = next.trim_start().split(breaks).next().and_then(width).unwrap_or_default();
            width_of_line + 1 + word > longest
        })
}

/// The width of a line in characters, in canonical form, so that no invisible character or Unicode
/// form makes it longer; `None` above [`MAX_WRAP`].
fn width(line: &str) -> Option<usize> {
    let count = if line.is_ascii() {
        line.split_ascii_whitespace().map(|word| word.len() + 1).sum::<usize>().saturating_sub(1)
    } else {
        Text::new(line).as_str().graphemes(true).take(MAX_WRAP + 1).count()
    };
    (count <= MAX_WRAP).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        super::blocks(text).into_iter().map(|block| block.text).collect()
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
    fn indented_lines_begin_paragraphs_of_wrapped_copy() {
        let wrapped = "   The council voted on Tuesday evening to reopen the old\n\
                       bridge after two years of repairs.\n   Work began in May, and a speaker \
                       of the council said that\nit had cost less than planned.\n";
        assert_eq!(
            blocks(wrapped),
            [
                "The council voted on Tuesday evening to reopen the old bridge after two years of repairs.",
                "Work began in May, and a speaker of the council said that it had cost less than planned."
            ]
        );
        // A list under a line is no wrapped copy.
        assert_eq!(blocks("The bridges:\n  Old Bridge\n  New Bridge").len(), 3);
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
