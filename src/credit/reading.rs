//! A line while it is being read: the marks on its tokens and the credits so far.

use std::collections::HashSet;

use super::fold::tidy;
use super::item::{Item, Lead};
use super::lexicon::Class;
use super::line::{Credit, Expected, Machine, PieceKind, Source};
use super::list::{Manner, mark};
use super::name::{is_caps, span_of};
use super::phrase::{Cx, Phrase};
use super::role::{Kind as Who, Role};
use crate::text::language::Language;
use crate::text::span::Span;

/// So many credits are searched one by one.
const FEW: usize = 32;

/// Everything that is known of a line so far.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) cx: Cx<'a>,
    pub(super) hint: Option<&'a Language>,
    pub(super) marks: Vec<Option<PieceKind>>,
    pub(super) credits: Vec<Credit>,
    pub(super) sources: Vec<Source>,
    pub(super) machines: Vec<Machine>,
    /// What was expected, by the token from which on it was.
    pub(super) expected: Vec<(usize, Expected)>,
    /// The credits so far, once they are many.
    seen: HashSet<(Role, String)>,
    /// How often each language's phrases gave a credit.
    votes: [u16; 64],
    pub(super) caps: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(cx: Cx<'a>, hint: Option<&'a Language>) -> Self {
        Self {
            cx,
            hint,
            marks: vec![None; cx.tokens.len()],
            credits: Vec::new(),
            sources: Vec::new(),
            machines: Vec::new(),
            expected: Vec::new(),
            seen: HashSet::new(),
            votes: [0; 64],
            caps: is_caps(cx.tokens),
        }
    }

    /// How names must look after a phrase.
    pub(super) fn manner(&self, phrase: &Phrase) -> Manner {
        let image = phrase.roles.iter().all(|role| {
            matches!(role, Role::Photographer | Role::Videographer | Role::Illustrator)
        });
        Manner {
            firm: true,
            outlet: phrase.roles.contains(Role::Publisher),
            image,
            after: false,
            byline: false,
            caps: self.caps,
            later: false,
        }
    }

    pub(super) fn mark(&mut self, from: usize, to: usize, kind: PieceKind) {
        mark(&mut self.marks, from, to, kind);
    }

    /// The bytes of the tokens from `from` to `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.cx.token(from).start as usize;
        let end = self.cx.before(to).map_or(start, |token| token.end as usize);
        Span::new(start.min(self.cx.text.len()), end.min(self.cx.text.len()).max(start.min(end)))
    }

    /// Counts a phrase as evidence for the line's language.
    pub(super) fn vote(&mut self, tongues: u64, weight: u16) {
        for (bit, votes) in self.votes.iter_mut().enumerate() {
            if tongues >> bit & 1 == 1 {
                *votes = votes.saturating_add(weight);
            }
        }
    }

    /// The language with the most votes; the hint, or the one listed first, among equals.
    pub(super) fn language(&self) -> Option<Language> {
        let most = self.votes.iter().copied().max().filter(|&most| most > 0)?;
        let among = (0_u8..64).filter(|&bit| self.votes.get(usize::from(bit)) == Some(&most));
        self.resolve(among.fold(0, |set, bit| set | 1 << bit))
    }

    /// One language of a set: the hint if it is there, else the line's, else the first.
    fn resolve(&self, tongues: u64) -> Option<Language> {
        let numbers = || (0_u8..64).filter(|&bit| tongues >> bit & 1 == 1);
        let hinted = self.hint.and_then(|hint| {
            numbers().find(|&bit| {
                self.cx.lexicon.language(bit).is_some_and(|language| language.same_language(hint))
            })
        });
        if let Some(bit) = hinted {
            return self.cx.lexicon.language(bit).cloned();
        }
        let own = self.cx.tongue.filter(|&tongue| tongues >> tongue & 1 == 1);
        own.or_else(|| numbers().next()).and_then(|bit| self.cx.lexicon.language(bit)).cloned()
    }

    /// The language that a phrase's target or source number names.
    fn named(&self, tongue: Option<u8>) -> Option<Language> {
        self.cx.lexicon.language(tongue?).cloned()
    }

    /// Credits the names of a list in the roles of a phrase.
    pub(super) fn credit(&mut self, items: &[Item], phrase: &Phrase) {
        let span = self.span(phrase.start, phrase.words_end);
        self.mark(phrase.start, phrase.words_end, PieceKind::Phrase);
        let kept = items.iter().filter(|item| !item.dropped).count();
        if kept == 0 {
            return;
        }
        self.vote(phrase.tongues, 3);
        let pairwise = phrase.roles.len() > 1
            && phrase.roles.len() == kept
            && span.of(self.cx.text).contains(['/', '／'])
            && items.iter().skip(1).all(|item| item.lead == Lead::Slash);
        for (number, role) in phrase.roles.iter().enumerate() {
            let all = items.iter().filter(|item| !item.dropped).enumerate();
            for (place, item) in all {
                if !pairwise || place == number {
                    self.add(item, role, Some(span), Some(phrase));
                }
            }
        }
    }

    /// Credits one name that no phrase introduces.
    pub(super) fn credit_bare(&mut self, item: &Item, role: Role) {
        self.add(item, role, None, None);
    }

    /// Credits one token.
    pub(super) fn credit_token(&mut self, at: usize, role: Role, who: Who) {
        let item = Item::token(at, who, who == Who::Person);
        self.mark(at, at + 1, PieceKind::Name);
        self.add(&item, role, None, None);
    }

    /// Credits initials, which begin `skipped` bytes into a token.
    pub(super) fn credit_initials(&mut self, at: usize, skipped: usize) {
        let token = self.cx.token(at);
        let item = Item::token(at, Who::Person, true);
        self.mark(at, at + 1, PieceKind::Name);
        let name_span = Span::new(token.start as usize + skipped, token.end as usize);
        let whose = self.whose(&item);
        let initials = whose.is_none();
        let name = whose.unwrap_or_else(|| tidy(name_span.of(self.cx.text)));
        self.credits.push(Credit {
            role: Role::Unspecified,
            name,
            kind: Who::Person,
            initials,
            place: None,
            language: None,
            source_language: None,
            name_span,
            phrase_span: None,
        });
    }

    fn add(&mut self, item: &Item, role: Role, phrase_span: Option<Span>, phrase: Option<&Phrase>) {
        let name_span = span_of(&self.cx, item);
        let written = name_span.of(self.cx.text);
        let mut name = tidy(written);
        let mut initials = item.initials;
        if let Some(whose) = self.whose(item) {
            name = whose;
            initials = false;
        }
        if name.is_empty() || !self.is_new(role, &name) {
            return;
        }
        let translates = role == Role::Translator;
        let language = phrase
            .filter(|_| translates)
            .and_then(|phrase| self.named(phrase.target).or_else(|| self.resolve(phrase.tongues)));
        let source_language =
            phrase.filter(|_| translates).and_then(|phrase| self.named(phrase.source));
        if item.who == Who::Software && translates {
            self.machines.push(Machine { tool: Some(name.clone()), role, span: name_span });
        }
        self.credits.push(Credit {
            role,
            name,
            kind: item.who,
            initials,
            place: item.place.map(|(from, to)| tidy(self.cx.slice(from, to))),
            language,
            source_language,
            name_span,
            phrase_span,
        });
    }

    /// Whether nobody of that name was credited in that role yet.
    fn is_new(&mut self, role: Role, name: &str) -> bool {
        if self.credits.len() < FEW {
            return !self.credits.iter().any(|credit| credit.role == role && credit.name == name);
        }
        if self.seen.is_empty() {
            let so_far = self.credits.iter();
            self.seen = so_far.map(|credit| (credit.role, credit.name.clone())).collect();
        }
        self.seen.insert((role, name.to_owned()))
    }

    /// The name behind initials that the house knows.
    fn whose(&self, item: &Item) -> Option<String> {
        let token = self.cx.token(item.first);
        if item.last != item.first + 1 || !token.is(Class::Initials) {
            return None;
        }
        let meaning = self.cx.lexicon.meaning(token.pattern, Class::Initials, None)?;
        meaning.whose.as_deref().map(ToOwned::to_owned)
    }
}
