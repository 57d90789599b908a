//! Names that no phrase introduces: bylines, datelines, agencies' signatures.
//!
//! ```text
//! bare     = [open] ( dateline | list ) [date] [close]
//! dateline = place ":" list *( "-" place ":" list )      "Oslo: NAME"
//!          | list "-" [outlet "-"] place ":"             "NAME - outlet - Oslo:"
//!          | place ( "-" | "=" ) list | list "-" place   "Oslo - NAME"; one side is a place
//!          | place "(" agency ")" "-" list           "OSLO (NTB) - NAME"
//!          | list "/" place [ "(" agency ")" ]           "NAME / OSLO (NTB)"
//!          | "(" place "=" agency ")" list               "(서울=연합뉴스) NAME 기자"
//!          | "【" place list *( "、" place list ) "】"
//!          | AT place name [ "(" agency ")" ]            "Z Krakowa NAME (PAP)"
//! ```
//!
//! The names are writers, or reporters where a word for reporter stands beside them or where they
//! open a sign-off in brackets that names a translator. Agencies alone, or two and more after
//! names, are publishers; one after a name is its affiliation.

use super::clause::Clause;
use super::item::{Item, Lead};
use super::lexicon::Class;
use super::line::PieceKind;
use super::list::{self, Manner, is_rest_empty};
use super::phrase::{Claim, Cx, Phrase};
use super::reading::Reading;
use super::role::{Kind as Who, Role};
use super::token::{Kind, shape};

/// How far apart two brackets may be, in tokens.
const REACH: usize = 40;

/// Reads names that no phrase introduces; says whether everything was read.
pub(super) fn read(
    reading: &mut Reading<'_>,
    clause: &Clause,
    next: Option<&Phrase>,
    translator: bool,
) -> bool {
    let cx = reading.cx;
    let (from, to) = trim(&cx, clause.from, clause.to);
    let has_words = (from..to).any(|at| cx.token(at).kind == Kind::Word);
    let machine = (from..to).any(|at| cx.token(at).any(Class::Machine.bit() | Class::Tool.bit()));
    if from >= to || !has_words || machine && to - from <= 4 && next.is_some() {
        return true;
    }
    let opens = cx.before(from).is_some_and(|before| before.kind == Kind::Open);
    if let Some(next) = next
        && is_caption(&cx, next, from)
    {
        return true;
    }
    let signed_off = opens && translator && is_bracketed(&cx);
    let mut bare = Bare { reading, from, to, signed_off, next: next.copied(), opens };
    bare.initials()
        || bare.signed_agencies()
        || bare.colon()
        || bare.equals()
        || bare.agency_first()
        || bare.dashes()
        || bare.slash()
        || bare.place_first()
        || bare.list()
}

/// "记者A、B", "A, B 기자": in scripts without case a word beside one name is beside all.
fn spread_word(cx: &Cx<'_>, items: &mut [Item]) {
    let wide = shape::HAN | shape::KANA | shape::HANGUL;
    let spoken = items.iter().find(|item| !item.word.is_empty() && cx.token(item.first).has(wide));
    let Some(word) = spoken.map(|item| item.word) else { return };
    for item in items.iter_mut().filter(|item| item.word.is_empty()) {
        item.word = word;
    }
}

/// A known place and nothing else.
pub(super) fn place_alone(cx: &Cx<'_>, clause: &Clause) -> Option<(usize, usize)> {
    let (from, to) = trim(cx, clause.from, clause.to);
    let to = if to > from && cx.token(to - 1).kind == Kind::Colon { to - 1 } else { to };
    let known = Class::Place.bit() | Class::Region.bit();
    let all = cx.tokens.get(from..to)?;
    (!all.is_empty() && all.iter().all(|token| token.any(known))).then_some((from, to))
}

/// Whether the words before a phrase for pictures are the caption.
fn is_caption(cx: &Cx<'_>, next: &Phrase, from: usize) -> bool {
    let image = [Role::Photographer, Role::Videographer, Role::Illustrator];
    image.into_iter().any(|role| next.roles.contains(role))
        && !matches!(next.claim, Claim::After | Claim::Service)
        && next.roles.len() == 1
        && (cx.token(next.start).any(Class::Noun.bit() | Class::Label.bit()) || next.marked)
        && cx.before(next.start).is_some_and(|before| before.kind != Kind::Comma)
        && next.start > from
}

/// Whether brackets hold the whole line.
fn is_bracketed(cx: &Cx<'_>) -> bool {
    let last = cx.tokens.iter().rev().find(|token| token.kind != Kind::Stop);
    cx.tokens.first().is_some_and(|token| token.kind == Kind::Open)
        && last.is_some_and(|token| token.kind == Kind::Close)
}

/// Leaves out marks at both ends.
fn trim(cx: &Cx<'_>, from: usize, to: usize) -> (usize, usize) {
    let is_mark = |at: usize| {
        let token = cx.token(at);
        let stays = matches!(token.kind, Kind::Word | Kind::Number | Kind::Colon)
            || token.kind == Kind::Open && opens_place(cx, at);
        !stays || token.is(Class::And) && !token.has(shape::KANA)
    };
    let (mut from, mut to) = (from, to);
    while from < to && is_mark(from) {
        from += 1;
    }
    while to > from && is_mark(to - 1) && !closes_inner(cx, from, to - 1) {
        to -= 1;
    }
    (from, to)
}

/// Whether a bracket opens "(서울=연합뉴스)".
fn opens_place(cx: &Cx<'_>, at: usize) -> bool {
    (at + 1..at + 6).any(|next| cx.token(next).kind == Kind::Equal)
        && (at + 1..at + 8).any(|next| cx.token(next).kind == Kind::Close)
}

/// Whether the bracket closing at `at` was opened within.
fn closes_inner(cx: &Cx<'_>, from: usize, at: usize) -> bool {
    cx.token(at).kind == Kind::Close
        && (from + 1..at).rev().take(REACH).any(|open| cx.token(open).kind == Kind::Open)
}

pub(super) struct Bare<'a, 'b> {
    pub(super) reading: &'b mut Reading<'a>,
    pub(super) from: usize,
    pub(super) to: usize,
    signed_off: bool,
    next: Option<Phrase>,
    pub(super) opens: bool,
}

impl Bare<'_, '_> {
    fn manner(&self) -> Manner {
        Manner {
            firm: false,
            outlet: false,
            image: false,
            after: false,
            byline: true,
            caps: self.reading.caps,
            later: false,
        }
    }

    pub(super) fn find(&self, from: usize, kind: Kind) -> Option<usize> {
        (from..self.to).find(|&at| self.reading.cx.token(at).kind == kind)
    }

    pub(super) fn is_last_clause(&self) -> bool {
        self.next.is_none()
    }

    /// Whether the tokens could be a place: one to three words and nothing else.
    pub(super) fn is_place(&self, from: usize, to: usize) -> bool {
        let all = self.reading.cx.tokens.get(from..to).unwrap_or_default();
        let words =
            all.iter().skip(1).filter(|token| !token.has(shape::GLUED)).count() + all.len().min(1);
        (1..=3).contains(&words)
            && all.iter().all(|token| {
                token.kind == Kind::Word
                    && !token.any(
                        Class::Function.bit()
                            | Class::Agency.bit()
                            | Class::Outlet.bit()
                            | Class::Job.bit()
                            | Class::Word.bit()
                            | Class::Stop.bit()
                            | Class::After.bit()
                            | Class::Before.bit()
                            | Class::Byline.bit()
                            | Class::Language.bit()
                            | super::phrase::STEM,
                    )
                    && token.has(shape::CAPITAL | shape::UNCASED)
                    && !token.has(shape::DIGIT | shape::HOST | shape::INITIALS)
            })
    }

    pub(super) fn is_known_place(&self, from: usize, to: usize) -> bool {
        let known = Class::Place.bit() | Class::Region.bit();
        let all = self.reading.cx.tokens.get(from..to).unwrap_or_default();
        !all.is_empty() && all.iter().all(|token| token.any(known))
    }

    /// Reads persons between the tokens, or nothing.
    pub(super) fn persons(&mut self, from: usize, to: usize) -> Vec<Item> {
        let cx = self.reading.cx;
        let list = list::read(&cx, from, to, self.manner(), &mut self.reading.marks);
        let good = list.clean
            && is_rest_empty(&cx, list.end, to)
            && list.items.iter().any(|item| item.who == Who::Person);
        if good { list.items } else { self.forget(from, to) }
    }

    pub(super) fn forget(&mut self, from: usize, to: usize) -> Vec<Item> {
        for slot in self.reading.marks.get_mut(from..to).unwrap_or_default() {
            *slot = None;
        }
        Vec::new()
    }

    pub(super) fn sign(&mut self, items: &mut [Item], place: Option<(usize, usize)>) {
        if let Some((from, to)) = place {
            self.reading.mark(from, to, PieceKind::Place);
        }
        spread_word(&self.reading.cx, items);
        for item in items.iter_mut().filter(|item| !item.dropped && item.who == Who::Person) {
            item.place = item.place.or(place);
        }
        for item in items.iter().filter(|item| !item.dropped && item.who == Who::Person) {
            self.writer(item);
        }
    }

    fn writer(&mut self, item: &Item) {
        let mut roles = item.word.iter();
        match roles.next() {
            Some(role) => {
                self.reading.credit_bare(item, role);
                roles.for_each(|role| self.reading.credit_bare(item, role));
            }
            None if self.signed_off => self.reading.credit_bare(item, Role::Reporter),
            None => self.reading.credit_bare(item, Role::Writer),
        }
    }

    /// A plain list.
    pub(super) fn list(&mut self) -> bool {
        let cx = self.reading.cx;
        if self.katakana_places() {
            return true;
        }
        let list = list::read(&cx, self.from, self.to, self.manner(), &mut self.reading.marks);
        if !list.clean || list.items.is_empty() {
            self.forget(self.from, self.to);
            return false;
        }
        let mut items = list.items;
        let persons = items.iter().filter(|item| item.who == Who::Person).count();
        let outlets =
            items.iter().filter(|item| item.who == Who::Organization && !item.dropped).count();
        if persons == 0 {
            return self.outlets(&items);
        }
        if !self.is_evident(&items) {
            self.forget(self.from, self.to);
            return false;
        }
        self.gloss_place(&mut items);
        // "AFP/NAME" is how agencies sign pictures.
        if let [agency, person] = items.as_slice()
            && agency.who == Who::Organization
            && cx.token(agency.first).is(Class::Agency)
            && person.lead == Lead::Slash
        {
            let person = *person;
            self.reading.credit_bare(&person, Role::Photographer);
            return true;
        }
        spread_word(&cx, &mut items);
        for at in 0..items.len() {
            let Some(item) = items.get(at).copied() else { continue };
            match item.who {
                Who::Person if item.dropped => {}
                Who::Person => self.writer(&item),
                Who::Organization if !item.dropped && (outlets > 1 || item.lead >= Lead::And) => {
                    self.reading.credit_bare(&item, Role::Publisher);
                }
                _ => {}
            }
        }
        true
    }

    /// "NAME (Oslo)", where nothing else follows.
    fn gloss_place(&mut self, items: &mut [Item]) {
        let cx = self.reading.cx;
        let [item] = items else { return };
        let open = item.last;
        if cx.token(open).kind != Kind::Open || item.place.is_some() {
            return;
        }
        let close = (open + 1..self.to).find(|&at| cx.token(at).kind == Kind::Close);
        let Some(close) = close.filter(|&close| close + 1 == self.to) else { return };
        let single = close == open + 2 && cx.token(open + 1).has(shape::UNCASED);
        if (single || self.is_known_place(open + 1, close)) && self.is_place(open + 1, close) {
            item.place = Some((open + 1, close));
            self.reading.mark(open + 1, close, PieceKind::Place);
        }
    }

    /// Whether it is clear enough that these are names.
    fn is_evident(&self, items: &[Item]) -> bool {
        let cx = self.reading.cx;
        let persons = || items.iter().filter(|item| item.who == Who::Person && !item.dropped);
        let first = items.first().map(|item| cx.token(item.first));
        let Some(first) = first else { return false };
        let marked =
            self.opens || self.next.is_some() || persons().any(|item| !item.word.is_empty());
        let placed = persons().any(|item| item.place.is_some());
        if first.has(shape::UNCASED) {
            if first.has(shape::HAN | shape::KANA | shape::HANGUL) {
                let titled = items.iter().any(|item| item.titled);
                let several = self.opens && items.len() > 1 && self.is_last_clause();
                let marked = self.next.is_some()
                    || several
                    || titled
                    || persons().any(|item| !item.word.is_empty());
                let letters = |item: &Item| {
                    let tokens = cx.tokens.get(item.first..item.last).unwrap_or_default();
                    tokens.iter().map(|token| u32::from(token.letters)).sum::<u32>()
                };
                return marked && persons().all(|item| letters(item) >= 2);
            }
            return persons().all(|item| (2..=4).contains(&(item.last - item.first)))
                && (marked || items.len() <= 4);
        }
        let surnames = persons().all(|item| {
            let words = item.last - item.first;
            (2..=5).contains(&words) || item.initials
        });
        let heading = cx.language() == Some("en")
            && first.is(Class::Function)
            && first.has(shape::CAPITAL)
            && !matches!(
                items.first().map(|item| cx.slice(item.first, item.first + 1)),
                Some("Will")
            );
        if heading && !marked {
            return false;
        }
        let titled = items.iter().any(|item| item.titled);
        let untidy = persons().any(|item| {
            cx.tokens.get(item.first..item.last).unwrap_or_default().iter().any(|token| {
                token.any(Class::Stop.bit() | Class::Subject.bit() | Class::Machine.bit())
            })
        });
        surnames && !untidy && (marked || placed || titled || items.len() <= 6)
    }

    /// Outlets alone: publishers, or the writer before an agency whose material was used.
    fn outlets(&mut self, items: &[Item]) -> bool {
        let cx = self.reading.cx;
        let before_material = self.next.is_some_and(|next| next.claim == Claim::Material);
        if before_material {
            for item in items {
                self.reading.credit_bare(item, Role::Writer);
            }
            return true;
        }
        let known = items.iter().filter(|item| !item.dropped).all(|item| {
            item.who == Who::Organization
                && (cx.token(item.first).is(Class::Agency)
                    || self.opens && cx.token(item.first).has(shape::CAPS))
        });
        if known && (items.len() > 1 || self.opens || self.is_last_clause()) {
            for item in items {
                self.reading.credit_bare(item, Role::Publisher);
            }
            return true;
        }
        // "Rédaction de Paris, édité par NAME"
        if let [team] = items
            && self.next.is_some()
            && cx.token(team.first).has(shape::CAPITAL | shape::UNCASED)
            && !cx.token(team.first).is(Class::Function)
            && (team.first..team.last).any(|at| cx.token(at).is(Class::Outlet))
        {
            self.writer(team);
            return true;
        }
        self.forget(self.from, self.to);
        false
    }
}
