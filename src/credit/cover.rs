//! Cuts the text into pieces by the marks on its tokens: every byte once.

use super::joiner::is_date;
use super::lexicon::Class;
use super::line::{Expected, Leftover, Line, Piece, PieceKind};
use super::phrase::Cx;
use super::reading::Reading;
use super::token::{Kind as Tok, Token, shape};
use crate::text::span::Span;

/// Cuts the text into pieces by the marks on its tokens.
pub(super) fn finish(reading: Reading<'_>) -> Line {
    let text = reading.cx.text;
    let pieces = Vec::with_capacity(reading.cx.tokens.len() / 2 + 2);
    let mut cover = Cover { pieces, space_from: usize::MAX };
    let mut at = 0;
    for (number, token) in reading.cx.tokens.iter().enumerate() {
        let (start, end) = (token.start as usize, token.end as usize);
        let mark = reading.marks.get(number).copied().flatten();
        let kind = mark.unwrap_or(match token.kind {
            Tok::Word if is_date(&reading.cx, number) => PieceKind::Date,
            Tok::Word if token.is(Class::And) || token.is(Class::At) => PieceKind::Separator,
            Tok::Word if is_within_date(&reading.cx, number) => PieceKind::Date,
            Tok::Word if is_joint(&reading, number) => PieceKind::Separator,
            Tok::Word => PieceKind::Leftover,
            Tok::Number => PieceKind::Date,
            Tok::Contact => PieceKind::Contact,
            _ => PieceKind::Separator,
        });
        cover.add(at, start, PieceKind::Separator, true);
        cover.add(start, end, kind, false);
        at = end.max(at);
    }
    cover.add(at, text.len(), PieceKind::Separator, false);
    let leftovers = cover
        .pieces
        .iter()
        .filter(|piece| piece.kind == PieceKind::Leftover)
        .map(|piece| Leftover {
            text: piece.span.of(text).to_owned(),
            span: piece.span,
            expected: expected(&reading, piece.span),
        })
        .collect();
    Line {
        language: reading.language(),
        credits: reading.credits,
        sources: reading.sources,
        machines: reading.machines,
        leftovers,
        pieces: cover.pieces,
    }
}

/// Whether a small word, an article for instance, stands beside something that was read.
fn is_joint(reading: &Reading<'_>, at: usize) -> bool {
    let token = reading.cx.token(at);
    let small = token.has(shape::SMALL | shape::UNCASED)
        && token.letters <= 4
        && token.any(
            Class::Function.bit()
                | Class::Of.bit()
                | Class::By.bit()
                | Class::With.bit()
                | Class::From.bit()
                | Class::Particle.bit(),
        );
    let read = |at: usize| {
        let kind = reading.marks.get(at).copied().flatten();
        kind.is_some_and(|kind| kind != PieceKind::Boilerplate)
    };
    small && (read(at + 1) || at.checked_sub(1).is_some_and(read))
}

/// Whether a small word stands between the parts of a date: "12 de marzo de 2018".
fn is_within_date(cx: &Cx<'_>, at: usize) -> bool {
    let part = |token: &Token| token.kind == Tok::Number || token.is(Class::Date);
    let small = cx.token(at).letters <= 3 && cx.token(at).has(shape::SMALL | shape::UNCASED);
    small && cx.before(at).is_some_and(part) && part(cx.token(at + 1))
        || small
            && cx.token(at + 1).kind == Tok::Number
            && is_date(cx, at + 1)
            && cx.token(at).any(Class::Date.bit() | Class::At.bit() | Class::Function.bit())
}

/// What was expected where a leftover begins.
fn expected(reading: &Reading<'_>, span: Span) -> Expected {
    let token = reading.cx.tokens.partition_point(|token| (token.start as usize) < span.start());
    let exact = reading.expected.binary_search_by_key(&token, |(at, _)| *at);
    if let Some((_, expected)) = exact.ok().and_then(|at| reading.expected.get(at)) {
        return *expected;
    }
    let near = reading.credits.partition_point(|credit| credit.name_span.end() <= span.start());
    let name = near.checked_sub(1).and_then(|at| reading.credits.get(at));
    match name {
        Some(credit) => Expected::EndAfter(credit.name_span),
        None => Expected::Phrase,
    }
}

/// Pieces in the making.
struct Cover {
    pieces: Vec<Piece>,
    /// Where the last piece began, if it began as white space.
    space_from: usize,
}

impl Cover {
    /// Adds the bytes from `start` to `end`, which may be a space between two tokens: it goes with
    /// them if both are of one kind.
    fn add(&mut self, start: usize, end: usize, kind: PieceKind, space: bool) {
        if start >= end {
            return;
        }
        if let [.., before, gap] = self.pieces.as_mut_slice()
            && !space
            && kind != PieceKind::Separator
            && before.kind == kind
            && gap.kind == PieceKind::Separator
            && gap.span.end() == start
            && self.space_from == gap.span.start()
        {
            before.span = Span::new(before.span.start(), end);
            self.pieces.pop();
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.kind == kind => {
                last.span = Span::new(last.span.start(), end);
                if !space {
                    self.space_from = usize::MAX;
                }
            }
            _ => {
                self.space_from = if space { start } else { usize::MAX };
                self.pieces.push(Piece { span: Span::new(start, end), kind });
            }
        }
    }
}
