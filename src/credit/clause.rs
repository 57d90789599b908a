//! Cuts a line into clauses: a phrase and the tokens that it may claim.

use super::lexicon::Class;
use super::line::PieceKind;
use super::list::Manner;
use super::phrase::{Claim, Cx, Phrase, STEM, ends_clause};
use super::place;
use super::reading::Reading;
use super::source;
use super::token::{Kind, shape};

/// The tokens that one phrase, or none, may claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    pub(super) opening: Option<Phrase>,
    /// Whether only names, and no mark, may come before the opening phrase.
    pub(super) soft: bool,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) closing: Option<Phrase>,
    /// The place after the closing phrase.
    pub(super) place: Option<(usize, usize)>,
    /// Whether a sentence about the article itself begins here.
    pub(super) subject: bool,
}

/// Cuts a line into clauses.
pub(super) fn clauses(reading: &mut Reading<'_>) -> Vec<Clause> {
    let cx = reading.cx;
    // A phrase and its names are some six tokens. Growing as it goes would touch twice the memory,
    // which is what a long line costs beyond its length.
    let mut out = Vec::with_capacity(cx.tokens.len() / 6 + 4);
    let mut clause = empty(0);
    let mut at = 0;
    while at < cx.tokens.len() {
        let token = cx.token(at);
        if token.is(Class::Stop)
            && (is_hard(&cx, at) || token.has(shape::GLUED) || at == clause.from)
        {
            clause.to = at;
            out.push(clause);
            let end = sentence_end(&cx, at);
            reading.mark(at, end, PieceKind::Boilerplate);
            clause = empty(end);
            at = end;
            continue;
        }
        if let Some(end) = currency_end(&cx, at) {
            clause.to = at;
            out.push(clause);
            reading.mark(at + 1, end - 1, PieceKind::Boilerplate);
            clause = empty(end);
            at = end;
            continue;
        }
        if is_masthead(&cx, at) && (is_hard(&cx, at) || at == clause.from) {
            clause.to = at;
            out.push(clause);
            let end = masthead_end(&cx, at);
            reading.mark(at, end, PieceKind::Boilerplate);
            clause = empty(end);
            at = end;
            continue;
        }
        if token.is(Class::Source)
            && is_hard(&cx, at)
            && let Some(end) = source::read(reading, at)
        {
            clause.to = at;
            out.push(clause);
            clause = empty(end);
            at = end;
            continue;
        }
        let whole = token.has(shape::UNCASED)
            || cx.slice(at, at + 1).contains(' ')
            || cx.token(at + 1).is(Class::Verb);
        if token.is(Class::Subject)
            && whole
            && (is_hard(&cx, at) || at == clause.from)
            && clause.opening.is_none()
        {
            clause.subject = true;
        }
        let Some(phrase) = cx.phrase(at).filter(|phrase| fits(&cx, &clause, phrase)) else {
            at += 1;
            continue;
        };
        clause.to = at;
        let next = phrase.end.max(at + 1);
        match phrase.claim {
            Claim::After | Claim::Participle | Claim::Service => {
                let mut phrase = phrase;
                let mut end = phrase.end;
                if let Some((next, language)) = cx.prepared_language(end, Class::From) {
                    phrase.source = phrase.source.or(Some(language));
                    reading.mark(end, next, PieceKind::Phrase);
                    end = next;
                }
                clause.closing = Some(phrase);
                if place::begins(&cx, end, cx.tokens.len(), reading.caps) {
                    let manner = Manner { after: true, ..bare_manner(reading) };
                    if let Some(found) = place::read(&cx, end, cx.tokens.len(), manner) {
                        clause.place = Some(found.tokens);
                        end = found.end;
                    }
                }
                out.push(clause);
                clause = empty(end);
                at = end.max(next);
            }
            _ => {
                let soft = !is_hard(&cx, at) && at != clause.from && !clause.subject;
                out.push(clause);
                clause = Clause { opening: Some(phrase), soft, ..empty(phrase.end) };
                at = next;
            }
        }
    }
    clause.to = cx.tokens.len();
    out.push(clause);
    out
}

fn empty(from: usize) -> Clause {
    Clause {
        opening: None,
        soft: false,
        from,
        to: from,
        closing: None,
        place: None,
        subject: false,
    }
}

fn bare_manner(reading: &Reading<'_>) -> Manner {
    Manner {
        firm: false,
        outlet: false,
        image: false,
        after: false,
        byline: false,
        caps: reading.caps,
        later: false,
    }
}

/// Whether a mark, a line end or nothing stands before the token.
pub(super) fn is_hard(cx: &Cx<'_>, at: usize) -> bool {
    cx.token(at).newlines > 0
        || cx.before(at).is_none_or(|before| {
            !matches!(before.kind, Kind::Word | Kind::Comma | Kind::Number | Kind::Amp)
        })
}

/// The token after brackets that give a rate: "($1 = 6.3990 yuan)".
fn currency_end(cx: &Cx<'_>, at: usize) -> Option<usize> {
    if cx.token(at).kind != Kind::Open {
        return None;
    }
    let close = (at + 1..at + 14).find(|&next| cx.token(next).kind == Kind::Close)?;
    let inside = cx.tokens.get(at + 1..close)?;
    let rate = inside.iter().any(|token| token.kind == Kind::Equal)
        && inside.iter().any(|token| token.kind == Kind::Number)
        && !inside.iter().any(|token| token.any(STEM) || token.kind == Kind::Contact);
    rate.then_some(close + 1)
}

/// Whether a job that is no role labels a name: "Editor-in-chief: NAME".
fn is_masthead(cx: &Cx<'_>, at: usize) -> bool {
    let token = cx.token(at);
    token.is(Class::Job)
        && !token.any(STEM | Class::Word.bit())
        && cx.token(at + 1).kind == Kind::Colon
}

/// The token after a masthead's names: another label, a bracket or the end of the line.
fn masthead_end(cx: &Cx<'_>, at: usize) -> usize {
    (at + 2..cx.tokens.len())
        .find(|&next| {
            let token = cx.token(next);
            token.newlines > 0
                || matches!(token.kind, Kind::Pipe | Kind::Close | Kind::Semicolon)
                || next > at + 2 && token.any(STEM) && cx.token(next + 1).kind == Kind::Colon
        })
        .unwrap_or(cx.tokens.len())
}

/// The token after the sentence or bracket that goes on at `at`.
fn sentence_end(cx: &Cx<'_>, at: usize) -> usize {
    let mut next = at + 1;
    let mut depth = 0_usize;
    while let Some(token) = cx.tokens.get(next) {
        if token.newlines > 0 {
            break;
        }
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => break,
            Kind::Close => depth -= 1,
            Kind::Pipe => break,
            // "Publié le 12 mai par NAME"
            Kind::Word if token.is(Class::Byline) && cx.token(next + 1).has(shape::CAPITAL) => {
                break;
            }
            Kind::Stop if !cx.token(next + 1).has(shape::GLUED) => return next + 1,
            _ => {}
        }
        next += 1;
    }
    next
}

/// Whether a phrase may stand where it does.
fn fits(cx: &Cx<'_>, clause: &Clause, phrase: &Phrase) -> bool {
    let at = phrase.start;
    let token = cx.token(at);
    let hard = is_hard(cx, at) || at == clause.from || clause.subject;
    let before = cx.before(at);
    let uncased = token.has(shape::UNCASED);
    match phrase.claim {
        Claim::Before => {
            // "Rédaction de Paris"
            let by = cx.token(phrase.words_end.saturating_sub(1));
            let office = token.is(Class::Outlet)
                && !phrase.marked
                && by.any(Class::Particle.bit() | Class::From.bit())
                && by.has(shape::SMALL);
            if office {
                return false;
            }
            let office = token.is(Class::Outlet)
                && !phrase.marked
                && before.is_some_and(|before| {
                    before.kind == Kind::Word
                        && before.any(
                            Class::At.bit()
                                | Class::Function.bit()
                                | Class::By.bit()
                                | Class::Of.bit(),
                        )
                });
            if office {
                return false;
            }
            let glued =
                token.has(shape::GLUED) && before.is_some_and(|before| before.kind == Kind::Word);
            !glued || token.has(shape::CAPITAL) || uncased
        }
        Claim::Loose if at == clause.from && clause.opening.is_some() => false,
        // "Redacción BBC Mundo"
        Claim::Loose
            if token.is(Class::Outlet)
                && (cx.token(phrase.end).is(Class::Agency)
                    || cx.token(phrase.end).has(shape::CAPS)) =>
        {
            false
        }
        Claim::Loose => hard || uncased || before.is_some_and(|before| before.kind == Kind::Comma),
        Claim::Byline => {
            let comma = before.is_some_and(|before| before.kind == Kind::Comma);
            let and = before.is_some_and(|before| before.is(Class::And)) && at == clause.from + 1;
            if and && participle_follows(cx, at) {
                return true;
            }
            if clause.subject && !participle_follows(cx, at) {
                return false;
            }
            hard && !(before.is_some_and(|before| before.kind == Kind::Colon)
                && clause.opening.is_some())
                || comma && clause.opening.is_none()
        }
        Claim::Material => true,
        Claim::Participle => {
            clause.opening.is_some_and(|opening| opening.claim == Claim::Byline)
                || clause.opening.is_none() && tool_before(cx, clause.from, at).is_some()
        }
        Claim::Service => at > clause.from,
        Claim::After => {
            let next = cx.token(phrase.end);
            // "翻译成三种语言" goes on.
            let goes_on = next.kind == Kind::Word
                && next.has(shape::GLUED)
                && next.has(shape::HAN)
                && !next.any(STEM | Class::And.bit() | Class::After.bit());
            let ends = phrase.end >= cx.tokens.len()
                || ends_clause(next)
                || next.is(Class::At)
                || uncased && !goes_on;
            at > clause.from && ends
        }
    }
}

/// The tool just before a participle: "mit `DeepL` übersetzt", "`DeepL` ile çevrildi".
pub(super) fn tool_before(cx: &Cx<'_>, from: usize, at: usize) -> Option<usize> {
    let is_tool = |tool: usize| cx.token(tool).any(Class::Tool.bit() | Class::Machine.bit());
    let near = at.checked_sub(1).filter(|&near| near >= from)?;
    if is_tool(near) {
        return Some(near);
    }
    let far = near.checked_sub(1).filter(|&far| far >= from)?;
    let passes = cx.token(near).is(Class::With)
        || cx.token(near).letters <= 5 && cx.token(near).has(shape::GLUED);
    (passes && is_tool(far)).then_some(far)
}

/// Whether a participle without a by-word of its own follows in the sentence.
fn participle_follows(cx: &Cx<'_>, at: usize) -> bool {
    let rest = cx.tokens.get(at + 1..).unwrap_or_default();
    let sentence = rest.iter().take(80).take_while(|token| token.kind != Kind::Stop);
    sentence.enumerate().any(|(ahead, token)| {
        token.any(Class::Verb.bit() | Class::After.bit()) && !cx.token(at + 2 + ahead).is(Class::By)
    })
}
