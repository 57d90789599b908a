//! One name of a list, and which words of a list belong together.

use super::joiner::{is_and, is_before_date, is_compound_surname, is_date, is_joined_and};
use super::lexicon::{Class, Roles};
use super::list::Reader;
use super::place;
use super::role::Kind as Who;
use super::token::{Kind, shape};

/// What stands between an item and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lead {
    Start,
    Space,
    Comma,
    Dash,
    Slash,
    Pipe,
    And,
    Semicolon,
    Line,
}

/// One name of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// The first token of the name.
    pub(super) first: usize,
    /// The token after it.
    pub(super) last: usize,
    pub(super) who: Who,
    pub(super) initials: bool,
    /// The tokens of its place.
    pub(super) place: Option<(usize, usize)>,
    pub(super) lead: Lead,
    /// The role of a word beside it, such as "reporter".
    pub(super) word: Roles,
    /// Whether it is an affiliation of the name before it, and no credit.
    pub(super) dropped: bool,
    /// Whether a title was taken off it.
    pub(super) titled: bool,
}

impl Item {
    /// One token that is a name by itself.
    pub(super) fn token(at: usize, who: Who, initials: bool) -> Self {
        Self {
            first: at,
            last: at + 1,
            who,
            initials,
            place: None,
            lead: Lead::Start,
            word: Roles::default(),
            dropped: false,
            titled: false,
        }
    }
}

impl Reader<'_, '_> {
    /// Whether a line end before `at` ends an item.
    pub(super) fn breaks_at(&self, at: usize) -> bool {
        let (Some(before), here) = (self.cx.before(at), self.cx.token(at)) else { return false };
        if here.newlines > 1 {
            return true;
        }
        // Hard-wrapped text: the line before is long, or ends in the middle of something.
        let before_end = before.end as usize;
        let line = self.cx.text.get(..before_end).unwrap_or_default();
        let tail = line.len().saturating_sub(200);
        let tail = (tail..line.len()).find(|&at| line.is_char_boundary(at)).unwrap_or(line.len());
        let line = line.get(tail..).unwrap_or_default();
        let len = line.rsplit('\n').next().map_or(0, |last| last.chars().count());
        len < 50
    }

    /// Whether a space parts two names: "顾长风 沈若溪", "강바다 윤하람". Japanese writes one within
    /// a name.
    fn is_next_person(&self, first: usize, at: usize) -> bool {
        let cx = self.cx;
        let token = cx.token(at);
        let wide = shape::HAN | shape::KANA | shape::HANGUL;
        let known = Class::Job.bit()
            | Class::Word.bit()
            | Class::Title.bit()
            | Class::Outlet.bit()
            | Class::Agency.bit()
            | Class::Place.bit()
            | Class::Region.bit()
            | Class::And.bit();
        if token.has(shape::GLUED) || !token.has(wide) || token.any(known) {
            return false;
        }
        let before = cx.tokens.get(first..at).unwrap_or_default();
        if before
            .iter()
            .any(|one| !one.has(wide) || one.any(known & !Class::Word.bit() & !Class::Job.bit()))
        {
            return false;
        }
        let named = before.iter().rev().take_while(|one| !one.any(known));
        let letters: u32 = named.map(|one| u32::from(one.letters)).sum();
        let ahead = cx.tokens.get(at + 1..self.to).unwrap_or_default();
        let glued = ahead.iter().take_while(|one| one.has(shape::GLUED) && one.has(wide));
        let next = u32::from(token.letters) + glued.map(|one| u32::from(one.letters)).sum::<u32>();
        match cx.language() {
            Some("ja") => false,
            Some("ko") => letters >= 3 && (2..=5).contains(&next),
            _ => letters >= 2 && (2..=5).contains(&next),
        }
    }

    /// Whether the line ends between the two words of a name.
    fn halves(&self, at: usize) -> bool {
        let cx = self.cx;
        let after = cx.token(at + 1);
        cx.token(at).newlines == 1
            && cx.token(at).has(shape::CAPITAL)
            && cx
                .before(at)
                .is_some_and(|before| before.has(shape::CAPITAL) && !before.has(shape::DIGIT))
            && (at + 1 >= self.to || after.kind != Kind::Word || after.is(Class::And))
    }

    /// The token after the words that belong together, beginning at `at`.
    pub(super) fn item_end(&self, at: usize, lead: Lead) -> usize {
        let cx = self.cx;
        let mut next = at + 1;
        while next < self.to {
            let token = cx.token(next);
            let in_two = next == at + 1 && self.halves(next);
            if token.newlines > 0 && !in_two && self.breaks_at(next) {
                break;
            }
            match token.kind {
                Kind::Word => {
                    if token.is(Class::Stop) || is_date(cx, next) {
                        break;
                    }
                    // "记者A 通讯员B"
                    let titled = token.any(Class::Job.bit() | Class::Word.bit())
                        && token.has(shape::HAN)
                        && !token.has(shape::GLUED)
                        && cx.token(next + 1).has(shape::GLUED)
                        && next > at + 1;
                    if titled || self.is_next_person(at, next) {
                        break;
                    }
                    if is_and(cx, next, self.to, self.manner.caps)
                        && !is_compound_surname(cx, at, next, self.to, lead)
                    {
                        break;
                    }
                    if place::begins(cx, next, self.to, self.manner.caps)
                        || is_joined_and(cx, next, next - at)
                        || is_before_date(cx, next)
                        || token.any(Class::At.bit() | Class::Of.bit())
                            && cx.token(next + 1).kind == Kind::Contact
                        || cx.prepared_language(next, Class::From).is_some()
                    {
                        break;
                    }
                    let outlet =
                        self.manner.outlet || (at..next).any(|one| cx.token(one).is(Class::Outlet));
                    let several = cx.slice(next, next + 1).contains(' ');
                    if token.is(Class::Of)
                        && !token.is(Class::Particle)
                        && !outlet
                        && (token.has(shape::SMALL | shape::UNCASED) || several)
                    {
                        break;
                    }
                }
                Kind::Number
                    if self.manner.outlet
                        || token.has(shape::GLUED) && !cx.token(next + 1).is(Class::Date)
                        || next == at + 1 && self.is_channel(next)
                        || cx.token(next + 1).is(Class::Outlet) => {}
                Kind::Amp if token.has(shape::GLUED) && cx.token(next + 1).has(shape::GLUED) => {}
                Kind::Quote if self.is_nickname(next) => {}
                Kind::Open if self.is_inner_bracket(next) => {}
                Kind::Close if next >= at + 2 && self.is_inner_bracket(next - 2) => {}
                _ => break,
            }
            next += 1;
        }
        next
    }

    /// "France 24": a short number after a single word.
    fn is_channel(&self, at: usize) -> bool {
        let token = self.cx.token(at);
        token.end - token.start <= 3
            && self.cx.slice(at, at + 1).bytes().all(|byte| byte.is_ascii_digit())
            && (at + 1 >= self.to || self.cx.token(at + 1).kind != Kind::Word)
    }

    /// A quotation mark around a nickname between the words of a name.
    fn is_nickname(&self, at: usize) -> bool {
        let cx = self.cx;
        let is_quote = |at: usize| cx.token(at).kind == Kind::Quote;
        let opens = (at + 2..at + 4).any(is_quote) && cx.token(at + 1).has(shape::GLUED);
        let closes = at >= 2 && (at - 2..at).any(is_quote) || at >= 3 && is_quote(at - 3);
        at + 1 < self.to && (opens || closes) && cx.token(at + 1).kind == Kind::Word
    }

    /// Brackets inside the name of an outlet: `Naples (Fla.) Daily News`.
    fn is_inner_bracket(&self, at: usize) -> bool {
        let cx = self.cx;
        at + 3 < self.to
            && cx.token(at).kind == Kind::Open
            && cx.token(at + 1).is(Class::Region)
            && cx.token(at + 2).kind == Kind::Close
            && cx.token(at + 3).has(shape::CAPITAL)
            || at + 3 < self.to
                && cx.token(at).kind == Kind::Open
                && cx.token(at + 2).kind == Kind::Close
                && cx.token(at + 3).any(Class::Outlet.bit() | Class::Agency.bit())
    }
}
