//! What joins names, and what ends a list of them: joiners, compound surnames, dates.

use super::item::Lead;
use super::lexicon::Class;
use super::phrase::Cx;
use super::token::{Kind, shape};

/// Whether the word at `at` joins names.
pub(super) fn is_and(cx: &Cx<'_>, at: usize, to: usize, caps: bool) -> bool {
    let token = cx.token(at);
    if !token.is(Class::And) || cx.token(at + 1).kind == Kind::Stop {
        return false;
    }
    if at + 1 >= to {
        // Before the next phrase.
        return token.has(shape::SMALL) || token.has(shape::UNCASED) && !token.has(shape::GLUED);
    }
    if token.has(shape::SMALL) {
        return true;
    }
    if token.has(shape::UNCASED) {
        let next = cx.token(at + 1);
        let title = Class::Job.bit() | Class::Word.bit() | Class::Title.bit() | Class::After.bit();
        if token.has(shape::GLUED) && next.any(title) {
            return false;
        }
        let alone = !token.has(shape::GLUED) && !next.has(shape::GLUED);
        let between = next.kind == Kind::Word
            && cx.before(at).is_some_and(|before| {
                before.letters >= 2 && before.kind == Kind::Word || before.kind == Kind::Close
            })
            && next.letters >= 2;
        return next.kind == Kind::Word && (alone || between) || token.letters >= 2;
    }
    // In capitals.
    caps && cx.before(at).is_some_and(|before| before.has(shape::CAPS))
        && cx.token(at + 1).has(shape::CAPS)
        || token.has(shape::CAPS)
}

/// Whether the Arabic or Hebrew joiner is written as the first letter of the word at `at`.
pub(super) fn is_joined_and(cx: &Cx<'_>, at: usize, words_before: usize) -> bool {
    let token = cx.token(at);
    words_before >= 2
        && token.letters >= 4
        && token.has(shape::UNCASED)
        && !token.any(Class::Particle.bit() | Class::And.bit())
        && match cx.language() {
            Some("ar") => cx.slice(at, at + 1).starts_with('و'),
            Some("he") => cx.slice(at, at + 1).starts_with('ו'),
            _ => false,
        }
}

/// `Rui Dias e Melo`: the joiner and a single last word stay in the name.
pub(super) fn is_compound_surname(
    cx: &Cx<'_>,
    first: usize,
    at: usize,
    to: usize,
    lead: Lead,
) -> bool {
    let word = cx.slice(at, at + 1);
    let last = cx.token(at + 1);
    let words_before = at - first;
    matches!(word, "e" | "y" | "et")
        && words_before >= 2
        && lead != Lead::And
        && last.kind == Kind::Word
        && last.has(shape::CAPITAL)
        && !last.has(shape::CAPS | shape::DIGIT | shape::CAMEL | shape::HOST)
        && !last.any(Class::Agency.bit() | Class::Outlet.bit() | Class::Tool.bit())
        && !cx.token(at - 1).has(shape::CAPS | shape::DIGIT)
        && (at + 2 >= to
            || matches!(
                cx.token(at + 2).kind,
                Kind::Stop | Kind::Close | Kind::Semicolon | Kind::Comma
            )
            || cx.token(at + 2).newlines > 0)
}

/// Whether a small word before a date is at `at`: "on March 3".
pub(super) fn is_before_date(cx: &Cx<'_>, at: usize) -> bool {
    let token = cx.token(at);
    token.has(shape::SMALL)
        && token.letters <= 4
        && token.any(Class::Function.bit() | Class::At.bit() | Class::Of.bit())
        && !token.is(Class::Particle)
        && is_date(cx, at + 1)
}

/// Whether a date begins at `at`.
pub(super) fn is_date(cx: &Cx<'_>, at: usize) -> bool {
    let token = cx.token(at);
    if token.kind == Kind::Number {
        return true;
    }
    if !token.is(Class::Date) {
        return false;
    }
    (at + 1..at + 3).any(|next| cx.token(next).kind == Kind::Number)
        && matches!(cx.token(at + 1).kind, Kind::Number | Kind::Comma | Kind::Word | Kind::Colon)
        || cx.before(at).is_some_and(|before| before.kind == Kind::Number)
        || at >= 2
            && cx.token(at - 2).kind == Kind::Number
            && cx.token(at - 1).letters <= 2
            && cx.token(at - 1).has(shape::SMALL)
}
