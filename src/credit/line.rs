//! One credit line, read.
//!
//! [`parse`] never fails: what it can't read it gives back as [`Leftover`]s, with what it expected
//! there. [`Line::pieces`] covers every byte of the text exactly once.

use std::fmt;

use super::clause::clauses;
use super::cover::finish;
use super::fold::Composed;
use super::group;
use super::lexicon::Lexicon;
use super::machine;
use super::phrase::Cx;
use super::reading::Reading;
use super::role::{Kind, Role};
use super::scan::scan;
use super::tongue::{keep_own_words, tongue};
use crate::text::language::Language;
use crate::text::span::Span;

/// What one line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The language of the phrases that matched, if any did.
    pub language: Option<Language>,
    /// Who did what, in reading order; one credit per role and name.
    pub credits: Vec<Credit>,
    /// References to the original article.
    pub sources: Vec<Source>,
    /// Machines that the line says had a hand in the text.
    pub machines: Vec<Machine>,
    /// What could not be read.
    pub leftovers: Vec<Leftover>,
    /// The whole text in order: every byte belongs to exactly one piece.
    pub pieces: Vec<Piece>,
}

/// One person or organization in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// What they did.
    pub role: Role,
    /// The name as written, in `text-1` white space and normal form.
    pub name: String,
    /// What sort of somebody.
    pub kind: Kind,
    /// Whether the name is only initials, as in `(ab/cd)`.
    pub initials: bool,
    /// Where they worked from, as written.
    pub place: Option<String>,
    /// For translators, the language version that they worked on.
    pub language: Option<Language>,
    /// For translators, the language that they translated from, where the line says it.
    pub source_language: Option<Language>,
    /// The bytes of the name.
    pub name_span: Span,
    /// The bytes of the phrase that gives the role, if one does.
    pub phrase_span: Option<Span>,
}

/// A reference to the original article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the reader sees: a label such as `Source link -87`, or a whole citation.
    pub label: String,
    /// Where it leads, if the line says so.
    pub target: Option<String>,
    /// The bytes of the whole reference.
    pub span: Span,
}

/// A machine that had a hand in the text: a fact about the article, not a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The tool, if it is named; `machine translation` alone names none.
    pub tool: Option<String>,
    /// What it did, usually [`Role::Translator`].
    pub role: Role,
    /// The bytes that say so.
    pub span: Span,
}

/// Bytes that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The bytes, as written.
    pub text: String,
    /// Where they are.
    pub span: Span,
    /// What would have been read there.
    pub expected: Expected,
}

/// What the parser would have read where it found something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A role phrase, such as `edited by`, or a name by itself.
    Phrase,
    /// A name, after the role phrase at this place.
    NameAfter(Span),
    /// A name, before the role phrase at this place.
    NameBefore(Span),
    /// A separator or the end of the line, after the name at this place.
    EndAfter(Span),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phrase => "expected a role phrase or a name",
            Self::NameAfter(_) => "expected a name after the role phrase",
            Self::NameBefore(_) => "expected a name before the role phrase",
            Self::EndAfter(_) => "expected a separator or the end after the name",
        })
    }
}

/// A stretch of the text and what it was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The bytes.
    pub span: Span,
    /// What they were read as.
    pub kind: PieceKind,
}

/// What a stretch of a line was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PieceKind {
    /// A role phrase: `edited by`, `翻訳：`.
    Phrase,
    /// A name.
    Name,
    /// A place, without its preposition.
    Place,
    /// An outlet that a person belongs to.
    Affiliation,
    /// A title or form of address.
    Title,
    /// An e-mail address, telephone number, handle or link.
    Contact,
    /// A date or time.
    Date,
    /// A reference to the original.
    Source,
    /// A tool, or words that say a machine was at work.
    Machine,
    /// Words known to credit nobody: standards, currencies, copyright.
    Boilerplate,
    /// White space, punctuation and joining words.
    Separator,
    /// What could not be read.
    Leftover,
}

impl PieceKind {
    /// The word that an explanation uses for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phrase => "phrase",
            Self::Name => "name",
            Self::Place => "place",
            Self::Affiliation => "affiliation",
            Self::Title => "title",
            Self::Contact => "contact",
            Self::Date => "date",
            Self::Source => "source",
            Self::Machine => "machine",
            Self::Boilerplate => "boilerplate",
            Self::Separator => "separator",
            Self::Leftover => "leftover",
        }
    }
}

/// The longest text that is read, in bytes; what comes after is left over.
const MAX_TEXT: usize = 1 << 31;

/// Reads a credit line. `hint` is the language it is likely to be in, if anybody knows.
#[must_use]
pub fn parse(lexicon: &Lexicon, text: &str, hint: Option<&Language>) -> Line {
    if text.len() > MAX_TEXT {
        return unread(text);
    }
    match Composed::of(text) {
        None => parse_composed(lexicon, text, hint),
        Some(composed) => back(parse_composed(lexicon, &composed.text, hint), &composed, text),
    }
}

/// The reading of a composed text, with its places in the original.
fn back(mut line: Line, composed: &Composed, text: &str) -> Line {
    let outer = |span: Span| Span::new(composed.begin(span.start()), composed.end(span.end()));
    for credit in &mut line.credits {
        credit.name_span = outer(credit.name_span);
        credit.phrase_span = credit.phrase_span.map(outer);
    }
    line.sources.iter_mut().for_each(|source| source.span = outer(source.span));
    line.machines.iter_mut().for_each(|machine| machine.span = outer(machine.span));
    for leftover in &mut line.leftovers {
        leftover.expected = match leftover.expected {
            Expected::Phrase => Expected::Phrase,
            Expected::NameAfter(span) => Expected::NameAfter(outer(span)),
            Expected::NameBefore(span) => Expected::NameBefore(outer(span)),
            Expected::EndAfter(span) => Expected::EndAfter(outer(span)),
        };
    }
    // Pieces begin where their first character does; one within a character has nothing of it.
    for piece in &mut line.pieces {
        let (start, end) = (piece.span.start(), piece.span.end());
        piece.span = Span::new(composed.begin(start), composed.begin(end));
    }
    line.pieces.retain(|piece| !piece.span.is_empty());
    let unread = line.pieces.iter().filter(|piece| piece.kind == PieceKind::Leftover);
    let expected: Vec<_> = line.leftovers.iter().map(|left| (left.span, left.expected)).collect();
    line.leftovers = unread
        .map(|piece| {
            let own = |(span, _): &&(Span, Expected)| outer(*span).overlaps(piece.span);
            Leftover {
                text: piece.span.of(text).to_owned(),
                span: piece.span,
                expected: expected.iter().find(own).map_or(Expected::Phrase, |found| found.1),
            }
        })
        .collect();
    line
}

fn parse_composed(lexicon: &Lexicon, text: &str, hint: Option<&Language>) -> Line {
    let mut tokens = scan(lexicon, text);
    let tongue = tongue(lexicon, text, &tokens, hint);
    keep_own_words(lexicon, text, &mut tokens, tongue);
    let cx = Cx { lexicon, text, tokens: &tokens, tongue };
    let mut reading = Reading::new(cx, hint);
    {
        // Gone before the pieces are made, which then take their memory.
        let clauses = clauses(&mut reading);
        group::read(&mut reading, &clauses);
    }
    machine::read(&mut reading);
    finish(reading)
}

fn unread(text: &str) -> Line {
    let span = Span::new(0, text.len());
    Line {
        leftovers: vec![Leftover { text: text.to_owned(), span, expected: Expected::Phrase }],
        pieces: vec![Piece { span, kind: PieceKind::Leftover }],
        ..Line::default()
    }
}
