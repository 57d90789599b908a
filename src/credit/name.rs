//! Names: where one ends, and what sort of somebody it names.
//!
//! ```text
//! item    = [affiliation "'s"] [title words] name [title words]      "CNN's A", "AP writer A", "A 기자"
//! name    = person | outlet | tool | handle
//! person  = 1*6( Capitalised | particle | initials | suffix )
//! outlet  = AGENCY | words with an OUTLET word | host | @handle
//! ```

use super::fold::Composed;
use super::item::{Item, Lead};
use super::joiner::is_joined_and;
use super::lexicon::{Class, Lexicon, Roles};
use super::line::PieceKind;
use super::list::{List, Manner, Marks, mark};
use super::phrase::Cx;
use super::role::Kind as Who;
use super::scan::scan;
use super::token::{Kind, Token, shape};
use crate::text::span::Span;

/// What some words are.
#[derive(Debug)]
pub(super) enum Verdict {
    /// A name.
    Name(Item),
    /// A name that ends before this token; what follows is no name.
    NameUpTo(Item, usize),
    /// A title or affiliation alone, with the role that it stands for.
    Title(Roles),
    /// Something else.
    NoName,
}

/// The most words of a person's name.
pub(super) const MAX_WORDS: usize = 7;

/// Splits a list of names, such as the byline field of another format.
#[must_use]
pub fn split_names(lexicon: &Lexicon, list: &str) -> Vec<(String, Who, Span)> {
    match Composed::of(list) {
        None => split_composed(lexicon, list),
        Some(composed) => split_composed(lexicon, &composed.text)
            .into_iter()
            .map(|(name, who, span)| {
                let span = Span::new(composed.begin(span.start()), composed.end(span.end()));
                (name, who, span)
            })
            .collect(),
    }
}

fn split_composed(lexicon: &Lexicon, list: &str) -> Vec<(String, Who, Span)> {
    let tokens = scan(lexicon, list);
    let cx = Cx { lexicon, text: list, tokens: &tokens, tongue: None };
    let manner = Manner {
        firm: true,
        outlet: false,
        image: false,
        after: false,
        byline: true,
        caps: is_caps(&tokens),
        later: false,
    };
    let mut marks = vec![None; tokens.len()];
    let mut from = 0;
    while cx.token(from).any(Class::Byline.bit()) && from + 1 < tokens.len() {
        from += 1;
    }
    let List { items, .. } = super::list::read(&cx, from, tokens.len(), manner, &mut marks);
    items
        .iter()
        .filter(|item| !item.dropped)
        .map(|item| {
            let span = span_of(&cx, item);
            (super::fold::tidy(span.of(list)), item.who, span)
        })
        .collect()
}

/// Whether a line is set in capitals.
pub(super) fn is_caps(tokens: &[Token]) -> bool {
    let mut cased = tokens.iter().filter(|token| token.has(shape::CAPITAL | shape::SMALL));
    cased.all(|token| token.has(shape::CAPS) || token.letters < 2)
        && tokens.iter().any(|token| token.has(shape::CAPS))
}

/// The bytes of a name: without an elided article before an outlet.
pub(super) fn span_of(cx: &Cx<'_>, item: &Item) -> Span {
    let start = cx.token(item.first).start as usize;
    let end = cx.before(item.last).map_or(start, |token| token.end as usize);
    let text = cx.text.get(start..end).unwrap_or_default();
    let mut skipped = 0;
    if item.lead == Lead::And && is_joined_and(cx, item.first, 2) {
        // The Arabic and the Hebrew joiner are as long.
        skipped = 'و'.len_utf8();
    }
    if item.who == Who::Organization {
        let mark = text.find(['\'', '’']);
        if let Some(at) = mark
            && at <= 4
            && text.chars().take_while(char::is_ascii).take(at).all(|c| c.is_ascii_lowercase())
        {
            let after =
                text.get(at..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
            skipped = at + after;
        }
    }
    let text = text.get(skipped..).unwrap_or_default();
    // "the Associated Press": a small article is no part of an outlet's name.
    let the = item.who == Who::Organization && text.starts_with("the ");
    skipped += if the { 4 } else { 0 };
    let text = if the { text.get(4..).unwrap_or_default() } else { text };
    let trimmed = text.trim_end_matches([' ', '\'', '’']);
    let possessive = cx.before(item.last).is_some_and(|last| last.has(shape::POSSESSIVE));
    let trimmed = match trimmed.len().checked_sub(2) {
        Some(_) if possessive && item.who != Who::Organization => {
            trimmed.strip_suffix("'s").or_else(|| trimmed.strip_suffix("’s")).unwrap_or(trimmed)
        }
        _ => trimmed,
    };
    let trimmed = if cx.language() == Some("tr") { without_suffix(trimmed) } else { trimmed };
    Span::new(start + skipped, start + skipped + trimmed.len())
}

/// A Turkish name without the suffix after its apostrophe.
fn without_suffix(name: &str) -> &str {
    let last = name.rfind(['\'', '’']);
    let suffix = last.and_then(|at| name.get(at..)).unwrap_or_default();
    let letters = suffix.chars().skip(1);
    let short = (1..=5).contains(&letters.clone().count());
    match last {
        Some(at) if short && letters.clone().all(char::is_lowercase) => {
            name.get(..at).unwrap_or(name)
        }
        _ => name,
    }
}

/// Says what the words from `first` to `last` are.
pub(super) fn classify(
    cx: &Cx<'_>,
    first: usize,
    last: usize,
    manner: Manner,
    marks: &mut Marks,
) -> Verdict {
    if (first..last).any(|at| cx.token(at).is(Class::Machine)) && last - first <= 4 {
        mark(marks, first, last, PieceKind::Machine);
        return Verdict::Title(Roles::default());
    }
    if (first..last).all(|at| cx.token(at).is(Class::Suffix) && cx.token(at).has(shape::DOTTED)) {
        mark(marks, first, last, PieceKind::Title);
        return Verdict::Title(Roles::default());
    }
    let mut found =
        Words { cx, first, last, manner, word: Roles::default(), titled: false, sentence: false };
    found.cut_article();
    found.cut_possessive(marks);
    found.cut_jobs(marks);
    if found.sentence {
        return Verdict::NoName;
    }
    if found.first >= found.last {
        return Verdict::Title(found.word);
    }
    // "NAME, Redakteurin Politik": a department after its title.
    let department = found.titled && manner.later && manner.byline && found.last - found.first == 1;
    if department && cx.token(found.first).has(shape::CAPITAL) {
        mark(marks, found.first, found.last, PieceKind::Title);
        return Verdict::Title(found.word);
    }
    found.cut_titles(marks);
    found.cut_outlets(marks);
    if found.first >= found.last {
        return Verdict::Title(found.word);
    }
    found.verdict(marks)
}

pub(super) struct Words<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) manner: Manner,
    pub(super) word: Roles,
    pub(super) titled: bool,
    /// A verb stands among the words.
    pub(super) sentence: bool,
}

impl Words<'_> {
    pub(super) fn len(&self) -> usize {
        self.last - self.first
    }

    pub(super) fn tokens(&self) -> &[Token] {
        self.cx.tokens.get(self.first..self.last).unwrap_or_default()
    }

    fn verdict(&self, marks: &mut Marks) -> Verdict {
        let who = self.who();
        if who != Who::Person {
            if who == Who::Organization && !self.outlet_is_plausible() {
                return Verdict::NoName;
            }
            mark(marks, self.first, self.last, PieceKind::Name);
            return Verdict::Name(self.item(self.last, who, false));
        }
        let end = self.person_end();
        if end == self.first {
            return Verdict::NoName;
        }
        let place = (end..self.last).all(|at| {
            self.cx.token(at).any(Class::Place.bit() | Class::Region.bit())
                && self.cx.token(at).has(shape::HAN | shape::HANGUL)
        });
        if end < self.last && place {
            mark(marks, self.first, end, PieceKind::Name);
            mark(marks, end, self.last, PieceKind::Place);
            let item = Item { place: Some((end, self.last)), ..self.item(end, Who::Person, false) };
            return Verdict::Name(item);
        }
        let initials = end == self.first + 1 && self.cx.token(self.first).has(shape::INITIALS);
        if end < self.last {
            if !self.manner.firm || self.cx.token(self.first).has(shape::HAN | shape::KANA) {
                return Verdict::NoName;
            }
            mark(marks, self.first, end, PieceKind::Name);
            return Verdict::NameUpTo(self.item(end, Who::Person, initials), end);
        }
        mark(marks, self.first, end, PieceKind::Name);
        Verdict::Name(self.item(end, Who::Person, initials))
    }

    fn item(&self, last: usize, who: Who, initials: bool) -> Item {
        let word = self.word;
        Item { last, word, titled: self.titled, ..Item::token(self.first, who, initials) }
    }

    /// What sort of somebody the words name, if they name one.
    fn who(&self) -> Who {
        let tokens = self.tokens();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Who::Person };
        if tokens.iter().any(|token| token.is(Class::Bureau)) {
            return Who::Desk;
        }
        let version = |token: &Token| {
            token.is(Class::Tool) || token.kind == Kind::Number || token.has(shape::DIGIT)
        };
        let tool = first.is(Class::Tool) && tokens.iter().all(version);
        if tool || tokens.len() <= 2 && last.is(Class::Tool) {
            return Who::Software;
        }
        let agency = |token: &Token| {
            token.is(Class::Agency)
                && (token.has(shape::CAPITAL | shape::UNCASED)
                    || self.manner.outlet
                    || self.len() == 1)
        };
        let all_small = tokens.iter().all(|token| token.has(shape::SMALL));
        let outlet = |token: &Token| {
            token.is(Class::Outlet) && (!token.has(shape::SMALL) || all_small || tokens.len() > 1)
        };
        let hosts = tokens.iter().any(|token| token.has(shape::HOST));
        let handle = first.has(shape::HANDLE) && self.manner.outlet;
        let text = self.cx.slice(self.first, self.last);
        let acronym = tokens.len() == 1
            && first.has(shape::CAPS)
            && !text.contains('-')
            && !first.has(shape::INITIALS)
            && (2..=6).contains(&first.letters)
            && !(self.manner.caps && !self.manner.outlet && !self.manner.image)
            && !self.manner.after;
        let unspaced = tokens.iter().any(|token| token.has(shape::HAN | shape::KANA));
        let ordinal = !unspaced
            && tokens.len() > 1
            && tokens.iter().any(|token| {
                token.kind == Kind::Number
                    && !(token.has(shape::GLUED) && token.start > first.start)
            });
        let article = first.has(shape::CAPITAL)
            && tokens.len() > 1
            && matches!(
                self.cx.slice(self.first, self.first + 1),
                "The"
                    | "Les"
                    | "Le"
                    | "La"
                    | "El"
                    | "Los"
                    | "Las"
                    | "Die"
                    | "Das"
                    | "Der"
                    | "De"
                    | "Il"
                    | "O"
                    | "A"
            )
            && (first.is(Class::Function)
                || matches!(
                    self.cx.slice(self.first, self.first + 1),
                    "The" | "Les" | "El" | "Los" | "Las"
                ));
        let acronym = acronym
            || tokens.len() == 1
                && (first.has(shape::ACRONYM) || text.starts_with("L'") || text.starts_with("L’"))
            || tokens.len() == 2 && (text.starts_with("L'") || text.starts_with("L’"));
        if tokens.iter().any(agency)
            || tokens.iter().any(outlet)
            || hosts
            || handle
            || acronym
            || ordinal
            || article
            || self.manner.outlet
        {
            return Who::Organization;
        }
        Who::Person
    }

    fn outlet_is_plausible(&self) -> bool {
        let tokens = self.tokens();
        let small = tokens
            .iter()
            .filter(|token| {
                token.has(shape::SMALL)
                    && !token.any(
                        Class::Particle.bit()
                            | Class::Outlet.bit()
                            | Class::Agency.bit()
                            | Class::And.bit()
                            | Class::By.bit()
                            | Class::At.bit()
                            | Class::Of.bit(),
                    )
            })
            .count();
        let verb =
            tokens.iter().any(|token| token.has(shape::UNCASED) && token.is(Class::Function));
        if verb {
            return false;
        }
        let most = if self.manner.firm || self.manner.outlet { 3 } else { 0 };
        tokens.len() <= 9 && small <= most && small * 2 <= tokens.len().max(2)
    }
}
