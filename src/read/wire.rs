//! Wire copy in the frame and marks of ANPA 1312, as agencies sent it and archives keep it.
//!
//! ```text
//! transmission = *SYN [SOH] header [STX] text [ETX trailer]
//! text         = *( set / paragraph )
//! set          = "^" words ( "<" / "=" ) line end     headline, byline; "=" ends a byline's lines
//! paragraph    = indented line *( line )              or lines between blank ones
//! ```
//!
//! The header's story number, priority and slug are no text. `<` at a line's end closes it, two
//! grave accents and two apostrophes are quotation marks, an underscore between spaces is a dash. A line
//! such as `NW-NY-10-09-87 1206EDT` ends the copy.

use super::blocks::Blocks;
use super::plain;
use crate::article::document::{Document, Mark, Reader};

/// The reader's version.
pub const VERSION: u32 = 1;

/// How many columns of white space begin a paragraph.
const INDENT: usize = 2;

/// Reads wire copy that was decoded from `encoding`.
pub(super) fn read(text: &str, encoding: String) -> Document {
    let text = text.trim_start_matches('\u{FEFF}').trim_start_matches(['\u{16}', '\u{1}']);
    let body = match text.split_once('\u{2}') {
        Some((_, body)) => body,
        None => text,
    };
    let body = body.split(['\u{3}', '\u{4}']).next().unwrap_or_default();
    let mut out = Blocks::default();
    let mut marks = Marks::default();
    for line in plain::lines(body) {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        if is_trailer(line.trim()) {
            break;
        }
        marks.line(&line, &mut out);
    }
    let reader = Reader { name: "wire", version: VERSION, settings: Vec::new(), encoding };
    Document { blocks: out.finish(), claims: Vec::new(), reader }
}

/// What was set so far above the text.
#[derive(Default)]
struct Marks {
    headline: bool,
    byline: Option<String>,
    text: bool,
}

impl Marks {
    fn line(&mut self, line: &str, out: &mut Blocks) {
        let shown = line.trim_end_matches(|c: char| c.is_whitespace() || c == '<');
        let set = line.trim_start().strip_prefix('^');
        if let (Some(words), false) = (set, self.text) {
            let words = words.trim_end_matches(|c: char| c.is_whitespace() || c == '<');
            if let Some(byline) = words.strip_suffix('=') {
                // A writer's title stands on a line of its own.
                let before = self.byline.take().map(|name| format!("{name}, "));
                self.byline = Some(before.unwrap_or_default() + byline.trim());
            } else if self.headline {
                // A second slug or the like.
                out.text(&signs(words));
                out.end();
            } else {
                self.headline = true;
                out.push(&signs(words), Mark::Headline);
            }
            return;
        }
        if shown.trim().is_empty() {
            out.end();
            return;
        }
        if let Some(byline) = self.byline.take() {
            out.push(&byline, Mark::Byline);
        }
        self.text = true;
        let indent = line.len() - line.trim_start().len();
        if indent >= INDENT || line.starts_with('\t') || set.is_some() {
            out.end();
        }
        out.text(&signs(set.unwrap_or(shown).trim_end_matches(['<', ' '])));
        out.text(" ");
        // A line that is closed ends its paragraph.
        if line.trim_end().ends_with('<') {
            out.end();
        }
    }
}

/// The signs that a teletypesetter has in its own way.
fn signs(text: &str) -> String {
    text.replace("``", "“").replace("''", "”").replace(" _ ", " — ")
}

/// Whether a line is an agency's own end: its letters, a date and the time.
fn is_trailer(line: &str) -> bool {
    let line = line.trim_end_matches('<').trim();
    let Some((first, time)) = line.split_once(' ') else { return false };
    let parts: Vec<&str> = first.split('-').collect();
    let [agency, place, numbers @ ..] = parts.as_slice() else { return false };
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase());
    let digits = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    letters(agency)
        && letters(place)
        && numbers.len() == 3
        && numbers.iter().all(digits)
        && time.starts_with(|c: char| c.is_ascii_digit())
        && time.len() <= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transmission_of_the_eighties() {
        let text = "\u{16}\u{16}\u{1}a0412\u{1F}  wires\r\nr i BC-Bridge   10-09 0180\r\n\u{2}\r\n\
                    ^OLD BRIDGE REOPENS<\r\n^By ADA PRELL=\r\n^Northern Wire Writer=\r\n\
                    \tOSLO, Norway (NW) _ THE COUNCIL VOTED TO REOPEN\r\nTHE OLD BRIDGE.\r\n\
                    \t``IT IS DONE,'' ITS SPEAKER SAID.\r\nNW-NY-10-09-87 1206EDT<\r\n\u{3}9-10-87\u{4}";
        let blocks = read(text, "utf-8".to_owned()).blocks;
        let texts: Vec<_> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "OLD BRIDGE REOPENS",
                "By ADA PRELL, Northern Wire Writer",
                "OSLO, Norway (NW) — THE COUNCIL VOTED TO REOPEN THE OLD BRIDGE.",
                "“IT IS DONE,” ITS SPEAKER SAID."
            ]
        );
        assert_eq!(blocks[1].mark, Some(Mark::Byline));
    }
}
