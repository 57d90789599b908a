//! Where the names of a clause begin and end, and whether they are believed.

use super::clause::Clause;
use super::item::Item;
use super::joiner::is_date;
use super::lexicon::Class;
use super::phrase::{Claim, Cx, Phrase};
use super::role::Role;
use super::token::{Kind, shape};

/// Whether the names after a phrase are names, considering how it is marked.
pub(super) fn believes(
    cx: &Cx<'_>,
    opening: &Phrase,
    items: &[Item],
    clause: &Clause,
    (clean, end): (bool, usize),
    clauses: usize,
) -> bool {
    let Some(first) = items.first() else { return false };
    if !clean && goes_on(cx, items, end, clause.to) {
        return false;
    }
    let is_copyright = cx.slice(opening.start, opening.start + 1) == "©";
    if is_copyright {
        let years = cx.tokens.get(clause.from..clause.to).unwrap_or_default();
        return clean && !years.iter().any(|token| token.kind == Kind::Number);
    }
    match opening.claim {
        Claim::Byline => clean || opening.marked || starts_date(cx, clause, items),
        Claim::Loose => {
            let token = cx.token(first.first);
            let words = first.last - first.first;
            let known = token.any(Class::Agency.bit() | Class::Outlet.bit() | Class::Tool.bit());
            if token.has(shape::UNCASED) {
                // "编辑推荐": a noun and the next one without a space are a heading.
                let glued = token.has(shape::GLUED) && token.has(shape::HAN | shape::KANA);
                let alone = clauses <= 2
                    && cx.before(opening.start).is_none_or(|before| before.kind != Kind::Open);
                if glued && alone && opening.end == opening.words_end {
                    return false;
                }
                let all = cx.tokens.get(first.first..first.last).unwrap_or_default();
                return clean && all.iter().map(|token| u32::from(token.letters)).sum::<u32>() >= 2;
            }
            let bracketed =
                cx.before(opening.start).is_some_and(|before| before.kind == Kind::Open);
            clean
                && (words >= 2 && token.has(shape::CAPITAL)
                    || known
                    || bracketed
                    || clauses > 3
                    || items.len() > 1)
        }
        // "Theo Guardian": nothing marks where the outlet ends.
        _ if opening.roles.contains(Role::Publisher)
            && !opening.marked
            && cx.token(opening.start).is(Class::Before) =>
        {
            clean
        }
        _ => {
            let small = cx.token(first.first).has(shape::SMALL);
            !small
                || clean
                || items.len() > 1
                || cx.token(first.first).has(shape::DIGIT | shape::CAMEL)
        }
    }
}

/// Whether a sentence goes on right after the last name: "Editing by NAME has changed the field".
fn goes_on(cx: &Cx<'_>, items: &[Item], end: usize, to: usize) -> bool {
    let token = cx.token(end);
    let directly = items.last().is_some_and(|last| last.last == end)
        && end < to
        && token.kind == Kind::Word
        && token.newlines == 0
        && token.has(shape::SMALL);
    if !directly {
        return false;
    }
    let rest = cx.tokens.get(end..to).unwrap_or_default();
    let words = rest
        .iter()
        .take_while(|token| {
            !matches!(token.kind, Kind::Stop | Kind::Close | Kind::Semicolon | Kind::Comma)
        })
        .filter(|token| token.kind == Kind::Word)
        .count();
    let single = items.len() == 1
        && items.iter().all(|item| item.last == item.first + 1)
        && !cx.token(end).any(Class::Of.bit() | Class::At.bit());
    words >= 3 || single
}

/// Whether a list ended at a date or a mark rather than at words.
fn starts_date(cx: &Cx<'_>, clause: &Clause, items: &[Item]) -> bool {
    let Some(last) = items.last() else { return false };
    (last.last..clause.to).take(3).any(|at| {
        is_date(cx, at)
            || matches!(cx.token(at).kind, Kind::Stop | Kind::Pipe | Kind::Comma | Kind::Dash)
            || cx.token(at).newlines > 0
    })
}

/// Where the last names begin: after the last semicolon or full stop, else after the last comma
/// that no joiner follows.
pub(super) fn split_at(cx: &Cx<'_>, from: usize, to: usize, service: bool) -> usize {
    let rev = || (from..to).rev();
    let stop = rev().find(|&at| cx.token(at).kind == Kind::Stop);
    let hard = stop.or_else(|| {
        rev().find(|&at| {
            cx.token(at).kind == Kind::Semicolon
                || cx.token(at).newlines > 0 && at > from && !service
        })
    });
    if let Some(at) = hard {
        return if matches!(cx.token(at).kind, Kind::Semicolon | Kind::Stop) { at + 1 } else { at };
    }
    let comma = rev().find(|&at| cx.token(at).kind == Kind::Comma);
    comma.map_or(if service { from } else { to }, |at| at + 1)
}

/// The token at which the last sentence of a clause begins.
pub(super) fn last_sentence(cx: &Cx<'_>, clause: &Clause) -> usize {
    let start = (clause.from..clause.to)
        .rev()
        .find(|&at| {
            let token = cx.token(at);
            matches!(token.kind, Kind::Stop | Kind::Bullet | Kind::Colon)
                || token.kind == Kind::Close && at + 1 < clause.to && !is_gloss(cx, at, clause.from)
                || token.is(Class::Topic) && clause.subject
        })
        .map_or(clause.from, |at| at + 1);
    // "Bu haberi NAME hazırladı": nothing but the first words says what it is about.
    let whole = start == clause.from && clause.subject && cx.token(start).is(Class::Subject);
    let start = if whole { start + 1 } else { start };
    // "χ NAME": a bullet that is a letter.
    let first = cx.token(start);
    let odd =
        first.letters == 1 && first.has(shape::SMALL) && cx.token(start + 1).has(shape::CAPITAL);
    if odd { start + 1 } else { start }
}

/// Whether the bracket that closes at `at` is a gloss after a name.
fn is_gloss(cx: &Cx<'_>, at: usize, from: usize) -> bool {
    let open = (from..at).rev().take(12).find(|&open| cx.token(open).kind == Kind::Open);
    open.is_some_and(|open| {
        open > from && cx.token(open - 1).kind == Kind::Word && cx.token(open).newlines == 0
    })
}

pub(super) fn is_sentence_end(cx: &Cx<'_>, clause: &Clause) -> bool {
    clause.to == clause.from
        || cx.before(clause.to).is_some_and(|last| {
            matches!(
                last.kind,
                Kind::Stop
                    | Kind::Open
                    | Kind::Close
                    | Kind::Colon
                    | Kind::Pipe
                    | Kind::Bullet
                    | Kind::Slash
                    | Kind::Semicolon
            )
        })
}
