//! References to the original article, and citations.
//!
//! ```text
//! source   = label [link] | label words          "Source link -87", "Original article: URL"
//! citation = publisher ":" [names ","] quoted-title "," outlet ["," date]
//! ```
//!
//! An outlet's name alone is a publisher's credit and no source; a link is one.

use super::clause::Clause;
use super::line::{PieceKind, Source};
use super::list::{self, Manner};
use super::phrase::{Cx, Phrase};
use super::reading::Reading;
use super::role::{Kind as Who, Role};
use super::token::Kind;
use crate::text::span::Span;

/// How far from its label a link may stand, in tokens.
const REACH: usize = 24;

/// The longest reference, in tokens.
const MAX_LABEL: usize = 80;

/// Reads the reference whose label is at `at`; gives the token after it.
pub(super) fn read(reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let cx = reading.cx;
    let line_end = line_end(&cx, at);
    let link = (at + 1..line_end.min(at + REACH)).find(|&next| is_link(&cx, next));
    let first = label_start(&cx, at);
    let (label_end, end) = match link {
        Some(link) => (link, link + 1),
        None => (line_end, line_end),
    };
    // Without a link, a label within a line is no more than a button's.
    let begins = at == 0 || cx.token(at).newlines > 0;
    if link.is_none() && !begins {
        return None;
    }
    if link.is_none() && !is_label_alone(&cx, at, line_end) {
        return None;
    }
    let span = reading.span(first, end);
    let label = trim_label(&cx, first, label_end);
    let target = link.map(|link| target(&cx, link));
    let label = match target.as_deref() {
        Some(target) if label.is_empty() => target.to_owned(),
        _ => super::fold::tidy(label),
    };
    reading.mark(first, end, PieceKind::Source);
    reading.vote(cx.lexicon.tongues(cx.token(at).pattern), 1);
    reading.sources.push(Source { label, target, span });
    Some(end)
}

/// A link in a markup tag before its label belongs to it: `<a href="URL">Original article</a>`.
fn label_start(cx: &Cx<'_>, at: usize) -> usize {
    let _ = cx;
    at
}

/// Reads a publisher's link, or a citation with a quoted title; says whether it was one.
pub(super) fn citation(reading: &mut Reading<'_>, clause: &Clause, opening: &Phrase) -> bool {
    let cx = reading.cx;
    let end = line_end(&cx, clause.from).min(clause.to);
    if is_link(&cx, clause.from)
        || clause.from + 1 < end
            && is_link(&cx, clause.from + 1)
            && cx.token(clause.from).kind == Kind::Open
    {
        let link = if is_link(&cx, clause.from) { clause.from } else { clause.from + 1 };
        let span = reading.span(opening.start, link + 1);
        let label = super::fold::tidy(trim_label(&cx, opening.start, link));
        reading.mark(opening.start, link + 1, PieceKind::Source);
        reading.vote(opening.tongues, 1);
        reading.sources.push(Source { label, target: Some(target(&cx, link)), span });
        return true;
    }
    let quote = (clause.from..end).find(|&at| opens_quote(&cx, at));
    let Some(quote) = quote else { return false };
    let close =
        (quote + 1..end).find(|&at| cx.token(at).kind == Kind::Quote && !opens_quote(&cx, at));
    let Some(close) = close.filter(|&close| close > quote + 1) else { return false };
    let span = reading.span(clause.from, end);
    let manner = Manner { outlet: false, ..reading.manner(opening) };
    let authors = list::read(&cx, clause.from, quote, manner, &mut reading.marks);
    for item in authors.items.iter().filter(|item| item.who == Who::Person) {
        reading.credit_bare(item, Role::Writer);
    }
    let outlets =
        list::read(&cx, close + 1, end, Manner { outlet: true, ..manner }, &mut reading.marks);
    let first: Vec<_> = outlets
        .items
        .into_iter()
        .filter(|item| cx.token(item.first).kind == Kind::Word)
        .take(1)
        .collect();
    reading.credit(&first, opening);
    reading.mark(quote, close + 1, PieceKind::Source);
    reading.sources.push(Source {
        label: super::fold::tidy(span.of(cx.text).trim_end_matches(['.', ' '])),
        target: None,
        span,
    });
    true
}

fn opens_quote(cx: &Cx<'_>, at: usize) -> bool {
    matches!(cx.slice(at, at + 1), "“" | "„" | "«" | "\"" | "‘")
        && cx.token(at + 1).has(super::token::shape::GLUED)
        && cx.token(at + 1).kind == Kind::Word
}

fn is_link(cx: &Cx<'_>, at: usize) -> bool {
    let text = cx.slice(at, at + 1);
    cx.token(at).kind == Kind::Contact && !text.contains('@')
        || cx.token(at).kind == Kind::Contact && text.contains("://")
}

fn target(cx: &Cx<'_>, at: usize) -> String {
    let text = cx.slice(at, at + 1);
    let link = text.find("http").and_then(|from| text.get(from..)).unwrap_or(text);
    let end = link.find(['"', '\'', '>', ' ']).unwrap_or(link.len());
    link.get(..end).unwrap_or(link).to_owned()
}

fn line_end(cx: &Cx<'_>, at: usize) -> usize {
    let far = cx.tokens.len().min(at + MAX_LABEL);
    (at + 1..far).find(|&next| cx.token(next).newlines > 0).unwrap_or(far)
}

/// Whether the rest of the line is short enough to be a label, and no sentence.
fn is_label_alone(cx: &Cx<'_>, at: usize, end: usize) -> bool {
    let rest = cx.tokens.get(at + 1..end).unwrap_or_default();
    rest.iter().filter(|token| token.kind == Kind::Word).count() <= 8
}

fn trim_label<'a>(cx: &Cx<'a>, from: usize, to: usize) -> &'a str {
    let text = cx.slice(from, to);
    text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '[' | '(' | '<' | ':' | '：' | '-' | '–' | ']')
    })
    .trim_start_matches(['[', '(', ' '])
}

/// The span of a link beside a label, for tests of markup.
#[allow(dead_code)]
fn cover(one: Span, other: Span) -> Span {
    one.cover(other)
}
