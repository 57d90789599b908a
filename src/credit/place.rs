//! Places: "in London", "à Bruxelles", "from Frankfort, Ky.", "in Brookline and Boston".
//!
//! ```text
//! place  = AT [article] words [*("," region)] [AND city [*("," region)]]
//! region = REGION | word     a single word that a comma, semicolon or the end follows
//! city   = PLACE | REGION | word
//! ```

use super::joiner::is_and;
use super::lexicon::Class;
use super::list::Manner;
use super::phrase::Cx;
use super::token::{Kind, Token, shape};

/// A place, read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The tokens of the place itself.
    pub(super) tokens: (usize, usize),
    /// The token after it.
    pub(super) end: usize,
}

/// The most words of a place.
const MAX_WORDS: usize = 5;

/// Whether a preposition at `at` begins a place.
pub(super) fn begins(cx: &Cx<'_>, at: usize, to: usize, caps: bool) -> bool {
    let token = cx.token(at);
    if !token.is(Class::At) || at + 1 >= to {
        return false;
    }
    let small = token.has(shape::SMALL | shape::UNCASED) || caps && !token.has(shape::INITIALS);
    if !small {
        return false;
    }
    first_word(cx, at, to).is_some()
}

/// The first word of the place after the preposition at `at`.
fn first_word(cx: &Cx<'_>, at: usize, to: usize) -> Option<usize> {
    let mut next = at + 1;
    // "en la redacción de Lugo", "in the Beijing bureau"
    while next < to && next <= at + 4 {
        let token = cx.token(next);
        if token.kind != Kind::Word || token.newlines > 1 {
            return None;
        }
        if token.is(Class::Language) && !token.is(Class::Place) {
            return None;
        }
        if token.any(Class::Place.bit() | Class::Region.bit()) || token.has(shape::CAPITAL) {
            return Some(next);
        }
        if token.has(shape::HAN | shape::KANA) {
            return None;
        }
        if token.has(shape::UNCASED) {
            return (next == at + 1 && !token.any(Class::Function.bit())).then_some(next);
        }
        let skips = Class::Function.bit()
            | Class::Outlet.bit()
            | Class::By.bit()
            | Class::Of.bit()
            | Class::Particle.bit()
            | Class::At.bit();
        if !token.any(skips) {
            return None;
        }
        next += 1;
    }
    None
}

/// Reads the place whose preposition is at `at`.
pub(super) fn read(cx: &Cx<'_>, at: usize, to: usize, manner: Manner) -> Option<Found> {
    let first = first_word(cx, at, to)?;
    let (mut end, mut next) = city(cx, first, to, manner)?;
    loop {
        let before = next;
        if let Some(region) = region(cx, end, to) {
            end = region;
            next = region;
            continue;
        }
        if is_and(cx, end, to, manner.caps)
            && let Some((city_end, city_next)) = second_city(cx, end + 1, to, manner)
        {
            end = city_end;
            next = city_next;
        }
        if next == before {
            break;
        }
    }
    Some(Found { tokens: (first, end), end: next })
}

/// The place before names, after the preposition at `at`: known, or a single word.
pub(super) fn before_names(cx: &Cx<'_>, at: usize, to: usize) -> Option<(usize, usize)> {
    let first = first_word(cx, at, to)?;
    let known = (first..to)
        .take_while(|&at| cx.token(at).any(Class::Place.bit() | Class::Region.bit()))
        .count();
    Some((first, first + known.max(1)))
}

/// The words of a city; gives the token after it, and that after "newsroom" or the like.
fn city(cx: &Cx<'_>, first: usize, to: usize, manner: Manner) -> Option<(usize, usize)> {
    let mut next = first;
    while next < to && next < first + MAX_WORDS {
        let token = cx.token(next);
        if token.kind != Kind::Word || next > first && token.newlines > 1 {
            break;
        }
        let known = token.any(Class::Place.bit() | Class::Region.bit());
        let is_office = token.is(Class::Outlet) && next > first && !token.has(shape::CAPITAL);
        if is_office || token.any(Class::Stop.bit() | Class::Agency.bit()) && next > first && !known
        {
            break;
        }
        if next > first
            && !known
            && (is_and(cx, next, to, manner.caps) || begins(cx, next, to, manner.caps))
        {
            break;
        }
        let capital =
            token.has(shape::CAPITAL) || token.any(Class::Place.bit() | Class::Region.bit());
        let particle = token.any(Class::Particle.bit() | Class::By.bit())
            && cx.token(next + 1).has(shape::CAPITAL)
            && next + 1 < to;
        let uncased = token.has(shape::UNCASED) && next < first + 3;
        if !(capital || particle || uncased) {
            break;
        }
        next += 1;
    }
    if next == first {
        return None;
    }
    let mut after = next;
    if after < to && cx.token(after).is(Class::Outlet) && cx.token(after).has(shape::SMALL) {
        after += 1;
    }
    Some((next, after))
}

/// A comma and a region after a city; gives the token after the region.
fn region(cx: &Cx<'_>, comma: usize, to: usize) -> Option<usize> {
    if comma + 1 >= to || cx.token(comma).kind != Kind::Comma {
        return None;
    }
    let at = comma + 1;
    let word = cx.token(at);
    if word.kind != Kind::Word || word.newlines > 1 {
        return None;
    }
    let next = cx.token(at + 1);
    let names_follow = at + 1 < to && next.kind == Kind::Word && next.has(shape::CAPITAL);
    if word.is(Class::Region) && (!names_follow || word.has(shape::DOTTED)) {
        return Some(at + 1);
    }
    let closed = at + 1 >= to
        || matches!(next.kind, Kind::Comma | Kind::Semicolon | Kind::Close | Kind::Stop);
    let plain = word.has(shape::CAPITAL)
        && !word.has(shape::CAPS | shape::INITIALS | shape::CAMEL | shape::DIGIT | shape::HOST)
        && !word.any(Class::Agency.bit() | Class::Outlet.bit());
    (closed && plain && !single_name_likely(cx, at, to)).then_some(at + 1)
}

/// Whether a single word after a comma is rather a surname: another name with a place follows.
fn single_name_likely(cx: &Cx<'_>, at: usize, to: usize) -> bool {
    cx.token(at + 1).kind == Kind::Comma && {
        let next = cx.token(at + 2);
        at + 3 < to && next.has(shape::CAPITAL) && cx.token(at + 3).kind == Kind::Comma
    }
}

/// A second city after a joiner.
fn second_city(cx: &Cx<'_>, at: usize, to: usize, manner: Manner) -> Option<(usize, usize)> {
    let word = cx.token(at);
    let next = cx.token(at + 1);
    let closed = at + 1 >= to
        || matches!(
            next.kind,
            Kind::Comma | Kind::Semicolon | Kind::Close | Kind::Stop | Kind::Open
        );
    let single = closed && !manner.after && is_plain_capital(word);
    let known = word.any(Class::Place.bit() | Class::Region.bit()) && closed;
    if !(single || known)
        || word.any(Class::Agency.bit() | Class::Outlet.bit() | Class::Function.bit())
    {
        return None;
    }
    // "in Washington and Kern, Roth in Oslo": the word is a name if a list goes on with a place.
    Some((at + 1, at + 1))
}

fn is_plain_capital(word: &Token) -> bool {
    word.kind == Kind::Word
        && word.has(shape::CAPITAL)
        && !word.has(shape::CAPS | shape::INITIALS | shape::CAMEL | shape::DIGIT | shape::HOST)
}
