//! Lists of names, with the places, affiliations and titles between them.
//!
//! ```text
//! list  = item *( lead item )
//! lead  = 1*( "," | ";" | "/" | "-" | "|" | "&" | AND )
//! item  = name *( gloss | contact | [","] AT place | [","] OF outlet )
//! gloss = "(" … ")"
//! ```
//!
//! A place belongs to every name since the last place or semicolon: "A and B in Rome". The list
//! ends at a full stop, a date, or words that are no name.

use super::affiliation::drop_affiliations;
use super::item::{Item, Lead};
use super::joiner::{is_and, is_before_date, is_date, is_joined_and};
use super::lexicon::Class;
use super::line::PieceKind;
use super::name::{self, Verdict};
use super::phrase::Cx;
use super::place;
use super::role::Kind as Who;
use super::token::{Kind, shape};

/// How names of a list must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "facts that don't depend on each other")]
pub(super) struct Manner {
    /// A phrase says that names come here, so small letters and single words are names too.
    pub(super) firm: bool,
    /// An outlet is expected.
    pub(super) outlet: bool,
    /// Photographs, where agencies stand beside names.
    pub(super) image: bool,
    /// The role phrase follows the names.
    pub(super) after: bool,
    /// A by-word came before.
    pub(super) byline: bool,
    /// The line is set in capitals.
    pub(super) caps: bool,
    /// Names came before in the list.
    pub(super) later: bool,
}

/// A list, read.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
    /// The token after the last one read.
    pub(super) end: usize,
    /// Whether nothing but separators and dates remains.
    pub(super) clean: bool,
}

/// The marks of a line's tokens: what each was read as.
pub(super) type Marks = [Option<PieceKind>];

/// Marks the tokens from `from` to `to`.
pub(super) fn mark(marks: &mut Marks, from: usize, to: usize, kind: PieceKind) {
    for slot in marks.get_mut(from..to).unwrap_or_default() {
        *slot = Some(kind);
    }
}

/// Reads the list between the tokens `from` and `to`.
pub(super) fn read(cx: &Cx<'_>, from: usize, to: usize, manner: Manner, marks: &mut Marks) -> List {
    let mut reader = Reader {
        cx,
        to,
        manner,
        marks: &mut *marks,
        items: Vec::new(),
        group: 0,
        before: None,
        stop: None,
    };
    let end = reader.walk(from);
    // What comes after the bracket that the list stands in is another matter.
    let close = (end..to).find(|&at| cx.token(at).kind == Kind::Close).unwrap_or(to);
    let clean = is_rest_empty(cx, end, close);
    let mut items = reader.items;
    drop_affiliations(cx, &mut items, manner);
    for at in 0..items.len() {
        let Some(item) = items.get(at).filter(|item| item.dropped) else { continue };
        let own = (item.first, item.last);
        let is_place = items.iter().take(at).rev().take(2).any(|before| before.place == Some(own));
        let kind = if is_place { PieceKind::Place } else { PieceKind::Affiliation };
        mark(marks, own.0, own.1, kind);
    }
    List { items, end, clean }
}

/// Whether only punctuation, dates and contacts remain.
pub(super) fn is_rest_empty(cx: &Cx<'_>, from: usize, to: usize) -> bool {
    cx.tokens.get(from..to).unwrap_or_default().iter().all(|token| {
        let small = token.has(shape::SMALL)
            && token.letters <= 4
            && token.any(
                Class::By.bit()
                    | Class::Particle.bit()
                    | Class::Function.bit()
                    | Class::At.bit()
                    | Class::Of.bit(),
            );
        token.kind != Kind::Word || token.is(Class::Date) || token.is(Class::And) || small
    })
}

pub(super) struct Reader<'a, 'b> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) to: usize,
    pub(super) manner: Manner,
    marks: &'b mut Marks,
    items: Vec<Item>,
    /// The first item that the next place belongs to.
    group: usize,
    /// The place that stands before the names.
    before: Option<(usize, usize)>,
    /// Where the words of the last item stopped being a name.
    stop: Option<usize>,
}

impl Reader<'_, '_> {
    /// Walks the list; gives the token at which it ends.
    fn walk(&mut self, from: usize) -> usize {
        let mut at = from;
        let mut lead = Lead::Start;
        while at < self.to {
            let token = self.cx.token(at);
            if token.newlines > 0 && at > from && self.breaks_at(at) {
                if token.newlines > 1 && !self.items.is_empty() {
                    return at;
                }
                lead = lead.max(Lead::Line);
            }
            match token.kind {
                Kind::Comma
                | Kind::Quote
                | Kind::Bullet
                | Kind::Amp
                | Kind::Dash
                | Kind::Slash
                | Kind::Semicolon
                | Kind::Pipe
                | Kind::Equal
                | Kind::Other
                | Kind::Close => {
                    lead = lead.max(match token.kind {
                        Kind::Comma => Lead::Comma,
                        Kind::Bullet if token.has(shape::GLUED) => Lead::Comma,
                        Kind::Amp => Lead::And,
                        Kind::Dash => Lead::Dash,
                        Kind::Slash => Lead::Slash,
                        Kind::Semicolon => Lead::Semicolon,
                        Kind::Pipe => Lead::Pipe,
                        _ => lead,
                    });
                    if token.kind == Kind::Semicolon {
                        self.group = self.items.len();
                    }
                    at += 1;
                }
                Kind::Contact => {
                    mark(self.marks, at, at + 1, PieceKind::Contact);
                    at += 1;
                }
                Kind::Open => at = self.open(at),
                Kind::Stop if self.items.is_empty() => at += 1,
                Kind::Stop | Kind::Colon => return at,
                Kind::Number if !self.manner.outlet => return at,
                Kind::Number | Kind::Word => match self.word(at, lead) {
                    Some((next, new_lead)) => {
                        at = next;
                        lead = new_lead;
                    }
                    None => return self.stop.filter(|&stop| stop > at).unwrap_or(at),
                },
            }
        }
        at
    }

    /// Skips a gloss after a name, or only the bracket before one.
    fn open(&mut self, at: usize) -> usize {
        if self.items.is_empty() {
            return at + 1;
        }
        let limit = (at + 24).min(self.to);
        let close = (at + 1..limit).find(|&next| self.cx.token(next).kind == Kind::Close);
        let Some(close) = close else { return at + 1 };
        if let Some(place) = self.gloss_place(at + 1, close) {
            self.place(place);
            return close + 1;
        }
        let kind = if self.cx.token(at + 1).kind == Kind::Contact {
            PieceKind::Contact
        } else {
            PieceKind::Affiliation
        };
        mark(self.marks, at + 1, close, kind);
        close + 1
    }

    /// A known place alone in brackets.
    fn gloss_place(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let all = self.cx.tokens.get(from..to)?;
        let known = Class::Region.bit() | Class::Place.bit();
        (!all.is_empty() && all.iter().all(|token| token.any(known))).then_some((from, to))
    }

    fn place(&mut self, place: (usize, usize)) {
        mark(self.marks, place.0, place.1, PieceKind::Place);
        let group = self.group;
        for item in self.items.iter_mut().skip(group) {
            if item.place.is_none() {
                item.place = Some(place);
            }
        }
        self.group = self.items.len();
    }

    /// Reads what a word begins: a joiner, a place, an affiliation or a name. Gives the token after
    /// it and the lead of the next item, or nothing where the list ends.
    fn word(&mut self, at: usize, lead: Lead) -> Option<(usize, Lead)> {
        let cx = self.cx;
        let token = cx.token(at);
        let plain_number = token.kind == Kind::Number
            && self.manner.outlet
            && cx.token(at + 1).has(shape::CAPITAL)
            && cx.slice(at, at + 1).bytes().all(|byte| byte.is_ascii_digit());
        // "and narrated by": a role of another sort.
        if token.is(Class::By)
            && !token.any(Class::Particle.bit() | Class::At.bit())
            && token.has(shape::SMALL)
            && !self.items.is_empty()
        {
            return None;
        }
        let is_source = token.is(Class::From) && cx.prepared_language(at, Class::From).is_some();
        if token.is(Class::Stop)
            || is_date(cx, at) && !plain_number
            || is_before_date(cx, at)
            || is_source
        {
            return None;
        }
        if is_and(cx, at, self.to, self.manner.caps) {
            return Some((at + 1, lead.max(Lead::And)));
        }
        let to_contact =
            token.any(Class::At.bit() | Class::Of.bit()) && cx.token(at + 1).kind == Kind::Contact;
        if to_contact {
            return Some((at + 1, lead));
        }
        if self.items.is_empty()
            && place::begins(cx, at, self.to, self.manner.caps)
            && let Some((from, to)) = place::before_names(cx, at, self.to)
        {
            mark(self.marks, from, to, PieceKind::Place);
            self.before = Some((from, to));
            return Some((to, lead));
        }
        if !self.items.is_empty() {
            if place::begins(cx, at, self.to, self.manner.caps) {
                let found = place::read(cx, at, self.to, self.manner)?;
                // "in the Oslo bureau"
                let office = |at: &usize| cx.token(*at).is(Class::Outlet);
                let (from, last) = found.tokens;
                for word in (at + 1..from).chain(last..found.end).filter(office) {
                    mark(self.marks, word, word + 1, PieceKind::Affiliation);
                }
                self.place(found.tokens);
                return Some((found.end, Lead::Space));
            }
            let several = cx.slice(at, at + 1).contains(' ');
            let outlet = cx.token(at + 1).any(Class::Agency.bit() | Class::Outlet.bit());
            let marked = several || lead == Lead::Semicolon && outlet;
            let small = token.has(shape::SMALL | shape::UNCASED) || marked;
            if token.is(Class::Of) && small && lead != Lead::And {
                return self.affiliation(at);
            }
        }
        let lead = if lead == Lead::Space && is_joined_and(cx, at, 2) { Lead::And } else { lead };
        let end = self.item_end(at, lead);
        // Another label, which nobody here knows.
        if cx.token(end).kind == Kind::Colon
            && end + 1 < self.to
            && cx.token(end + 1).kind != Kind::Number
            && !cx.token(end - 1).any(Class::Tool.bit() | Class::Machine.bit())
        {
            return None;
        }
        let manner = Manner { later: !self.items.is_empty() && lead < Lead::And, ..self.manner };
        match name::classify(cx, at, end, manner, self.marks) {
            Verdict::Name(mut item) => {
                item.lead = lead;
                // "NAME, «Коммерсантъ»"
                let quoted = lead == Lead::Comma
                    && at > 0
                    && matches!(cx.slice(at - 1, at), "«" | "“" | "„" | "\"")
                    && cx.token(end).kind == Kind::Quote;
                if quoted && item.who == Who::Person {
                    item.who = Who::Organization;
                }
                item.place = item.place.or(self.before);
                self.items.push(item);
                Some((end, Lead::Space))
            }
            Verdict::NameUpTo(mut item, stop) => {
                item.lead = lead;
                self.items.push(item);
                let goes_on = place::begins(cx, stop, self.to, self.manner.caps)
                    || cx.token(stop).is(Class::Of)
                    || is_and(cx, stop, self.to, self.manner.caps);
                self.stop = Some(stop);
                goes_on.then_some((stop, Lead::Space))
            }
            Verdict::Title(roles) => {
                if let Some(last) = self.items.last_mut().filter(|_| lead < Lead::And) {
                    last.word.extend(roles);
                    last.titled = true;
                }
                Some((end, Lead::Space))
            }
            Verdict::NoName => None,
        }
    }

    /// Skips an affiliation that a preposition begins.
    fn affiliation(&mut self, at: usize) -> Option<(usize, Lead)> {
        let cx = self.cx;
        let mut next = at + 1;
        while next < self.to {
            let token = cx.token(next);
            let goes_on = match token.kind {
                Kind::Word => {
                    let place = next > at + 1 && place::begins(cx, next, self.to, self.manner.caps);
                    let ends = is_and(cx, next, self.to, self.manner.caps)
                        || place
                        || token.newlines > 0 && self.breaks_at(next)
                        || token.is(Class::Stop);
                    !ends
                }
                Kind::Open | Kind::Close | Kind::Quote => true,
                _ => false,
            };
            if !goes_on {
                break;
            }
            next += 1;
        }
        if next == at + 1 {
            return None;
        }
        mark(self.marks, at, next, PieceKind::Affiliation);
        Some((next, Lead::Space))
    }
}
