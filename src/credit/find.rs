//! Which blocks of an article are bylines, credit lines and source lines.
//!
//! ```text
//! top    = blocks before the first paragraph: bylines, by phrase or by name alone
//! middle = blocks among the paragraphs: only lines read to the last word
//! tail   = blocks after the last paragraph: sign-offs, several in a row, then boilerplate
//! ```
//!
//! A block counts only if all of it, or nearly all, was read: "the report, edited by its rivals, …"
//! is a sentence. Names alone count after a headline and before the first paragraph, or in brackets
//! at the end. The first block is the headline, whatever it looks like, unless a by-word opens it.

use super::lexicon::Lexicon;
use super::line::{Line, Piece, PieceKind, parse};
use super::role::Role;
use crate::text::language::Language;

/// What a block of an article is, as far as credits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Names at the top.
    Byline,
    /// A sign-off, usually at the end.
    CreditLine,
    /// A reference to the original.
    Source,
    /// Copyright, standards, related links: no part of the article.
    Boilerplate,
    /// Everything else: headline, body.
    Text,
}

/// A longer block is a paragraph, and is not parsed.
const MAX_LINE: usize = 2_000;

/// A block of this many characters is a paragraph, unless it is a credit line.
const PARAGRAPH: usize = 80;

/// Says what each block is; one answer a block, in order.
///
/// The first block may be the headline.
pub fn find(lexicon: &Lexicon, blocks: &[&str], hint: Option<&Language>) -> Vec<BlockKind> {
    let seen: Vec<Seen> = blocks.iter().map(|block| see(lexicon, block, hint)).collect();
    let is_paragraph = |at: &usize| seen.get(*at).is_some_and(|one| one.paragraph);
    let first = (1..seen.len()).find(is_paragraph).unwrap_or(seen.len());
    let last = (1..seen.len()).rfind(is_paragraph).unwrap_or(0);
    let mut headline = false;
    let mut out = Vec::with_capacity(seen.len());
    for (at, one) in seen.iter().enumerate() {
        let place = match at {
            _ if at < first => Place::Top { headline },
            _ if at > last => Place::Tail,
            _ if last - at <= 2 => Place::NearTail,
            _ => Place::Middle,
        };
        let kind = one.kind(place, at == 0);
        headline |= kind == BlockKind::Text && one.words >= 4;
        out.push(kind);
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Top { headline: bool },
    Middle,
    NearTail,
    Tail,
}

/// What a block looks like by itself.
#[derive(Debug, Default)]
struct Seen {
    /// Long enough for a paragraph, and no credit line.
    paragraph: bool,
    words: usize,
    /// Whether every word was read.
    whole: bool,
    /// Whether nearly every word was, or the line goes on with something else after its credits.
    mostly: bool,
    phrased: bool,
    bare: bool,
    bracketed: bool,
    /// Only "NAME reported from P" and the like, which a paragraph could say too.
    told: bool,
    writers_only: bool,
    source: bool,
    boilerplate: bool,
}

impl Seen {
    fn kind(&self, place: Place, first: bool) -> BlockKind {
        if first && !(self.phrased && self.whole && self.writers_only) {
            return BlockKind::Text;
        }
        let top = matches!(place, Place::Top { .. });
        if self.phrased {
            let accepted = match place {
                Place::Tail => self.mostly,
                Place::NearTail => self.whole,
                Place::Top { .. } => self.whole || self.mostly && self.bracketed,
                Place::Middle => self.whole && !self.told,
            };
            if accepted {
                return if top && self.writers_only { BlockKind::Byline } else { BlockKind::CreditLine };
            }
        }
        if self.bare && self.whole {
            match place {
                Place::Top { headline: true } => return BlockKind::Byline,
                Place::Tail | Place::NearTail if self.bracketed => return BlockKind::CreditLine,
                _ => {}
            }
        }
        if self.source {
            return BlockKind::Source;
        }
        if self.boilerplate { BlockKind::Boilerplate } else { BlockKind::Text }
    }
}

fn see(lexicon: &Lexicon, block: &str, hint: Option<&Language>) -> Seen {
    let words = count_words(block);
    if block.len() > MAX_LINE {
        return Seen { paragraph: true, words, ..Seen::default() };
    }
    let line = parse(lexicon, block, hint);
    let left = bytes_of(&line.pieces, PieceKind::Leftover);
    let read: usize = [PieceKind::Phrase, PieceKind::Name, PieceKind::Place, PieceKind::Title]
        .iter()
        .map(|kind| bytes_of(&line.pieces, *kind))
        .sum();
    let phrased = line.credits.iter().any(|credit| credit.phrase_span.is_some());
    let initials = !line.credits.is_empty() && line.credits.iter().all(|credit| credit.role == Role::Unspecified);
    let writers_only = line.credits.iter().all(|credit| {
        matches!(credit.role, Role::Writer | Role::Reporter)
    });
    let text = block.trim();
    let bracketed = text.starts_with(['(', '（', '[', '【']) || initials;
    let opens = opens_with_credit(&line);
    let mostly = left == 0
        || left * 8 <= read
        || opens && line.credits.len() >= 2 && left <= read * 2;
    let credited = phrased && mostly;
    let boilerplate_bytes = bytes_of(&line.pieces, PieceKind::Boilerplate);
    let boilerplate = line.credits.is_empty()
        && (boilerplate_bytes * 2 > block.len() || is_currency(text));
    Seen {
        paragraph: !credited && !boilerplate && line.sources.is_empty() && is_long(text),
        words,
        whole: left == 0,
        mostly,
        phrased,
        bare: !line.credits.is_empty() && !phrased,
        bracketed,
        told: is_told(block, &line),
        writers_only,
        source: line.credits.is_empty() && !line.sources.is_empty() && left <= 12,
        boilerplate,
    }
}

/// Whether the first thing read is part of a credit.
fn opens_with_credit(line: &Line) -> bool {
    let first = line.pieces.iter().find(|piece| piece.kind != PieceKind::Separator);
    first.is_some_and(|piece| matches!(piece.kind, PieceKind::Phrase | PieceKind::Name | PieceKind::Title | PieceKind::Affiliation))
}

/// Whether the line only says that somebody reported or wrote, after their name.
fn is_told(text: &str, line: &Line) -> bool {
    line.credits.iter().all(|credit| {
        matches!(credit.role, Role::Reporter | Role::Writer | Role::Translator | Role::Editor)
            && credit.phrase_span.is_some_and(|phrase| phrase.start() > credit.name_span.start())
            && text.is_char_boundary(credit.name_span.start())
    })
}

fn bytes_of(pieces: &[Piece], kind: PieceKind) -> usize {
    pieces.iter().filter(|piece| piece.kind == kind).map(|piece| piece.span.len()).sum()
}

fn count_words(text: &str) -> usize {
    let spaced = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let wide = text.chars().filter(|c| ('\u{3040}'..='\u{9FFF}').contains(c)).count();
    spaced.max(wide / 2)
}

/// Whether a text is as long as a paragraph, wide characters counting for more, or a sentence.
fn is_long(text: &str) -> bool {
    let sentence = text.ends_with(['.', '!', '?', '。', '”', '»', '"', '।', '؟']);
    if sentence && count_words(text) >= 7 {
        return true;
    }
    let weight: usize = text
        .chars()
        .take(PARAGRAPH)
        .map(|c| if ('\u{2E80}'..='\u{FFEF}').contains(&c) { 3 } else { 1 })
        .sum();
    weight >= PARAGRAPH
}

/// "($1 = 6.3990 yuan)"
fn is_currency(text: &str) -> bool {
    text.starts_with(['(', '（'])
        && text.len() < 160
        && text.contains('=')
        && text.chars().filter(char::is_ascii_digit).count() >= 2
        && text.chars().filter(|c| c.is_alphabetic()).count() < 60
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(blocks: &[&str]) -> Vec<BlockKind> {
        find(Lexicon::builtin(), blocks, None)
    }

    #[test]
    fn a_sentence_of_the_body_is_no_credit_line() {
        use BlockKind::{Boilerplate, Byline, CreditLine, Source, Text};
        let body = "The report, edited by its rivals and written by hand, was read aloud in the square.";
        assert_eq!(
            kinds(&[
                "Harbour opens after a long winter",
                "By Ragnhild Osterwick",
                body,
                "It was reported by the harbour master that nothing could sail before the ice had gone.",
                "(Reporting by Ragnhild Osterwick; Editing by Tarquin Bellweather)",
                "Read the original in Spanish here: https://example.org/puerto",
                "Our Standards: The Thomson Reuters Trust Principles.",
            ]),
            [Text, Byline, Text, Text, CreditLine, Source, Boilerplate]
        );
    }
}
