//! Which blocks of an article are bylines, credit lines and source lines.
//!
//! Each block is read as a credit line; what the reading covers, and where the block stands, decide:
//!
//! - a block of which hardly anything is left unread, with a role phrase, is a credit line wherever
//!   it stands, for a sentence of the body always leaves most of itself unread;
//! - a block that opens with two credits or more may go on with something else, as sign-offs with
//!   a newsroom's address do;
//! - "NAME reported from P" is a credit near the end, and between paragraphs a sentence;
//! - names without a phrase are a byline between the headline and the first paragraph, and initials
//!   or a wholly parenthesised list a sign-off at the end; between paragraphs they are text;
//! - the first block may be a headline: names alone there are text.
//!
//! Each block is read once at most: most paragraphs are told by their words (`prose.rs`).

use std::collections::HashMap;
use std::rc::Rc;

use super::lexicon::Lexicon;
use super::line::{self, Credit, Line, PieceKind};
use super::prose::{self, Form, Votes};
use super::role::Role;
use super::script::is_alphanumeric;
use crate::text::language::Language;

/// What a block of an article is, as far as credits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Names at the top.
    Byline,
    /// A sign-off, usually at the end.
    CreditLine,
    /// A reference to the original.
    Source,
    /// Copyright, standards, related links: no part of the article.
    Boilerplate,
    /// Everything else: headline, body.
    Text,
}

/// What the blocks of an article are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What each block is, in order.
    pub kinds: Vec<BlockKind>,
    /// The language of the prose among them, where the small words of one language make it clear.
    pub language: Option<Language>,
}

/// The longest block that can be a credit line, in bytes. The longest of an agency's sign-offs name
/// some forty people.
const MAX_BYTES: usize = 2000;

/// The share of letters and digits, in per cent, that may be left unread in a credit line.
const MAX_UNREAD: usize = 20;

/// The fewest letters and digits of a paragraph: what is shorter is a crumb, a subhead or a caption.
const MIN_PARAGRAPH: usize = 60;

/// The fewest words of a headline: shorter blocks above one are menus.
const HEADLINE: usize = 4;

/// Reads the blocks of one article for credits; what is asked for twice is read once.
#[derive(Debug)]
pub struct Finder<'a> {
    lexicon: &'a Lexicon,
    hint: Option<&'a Language>,
    form: Form,
    read: HashMap<String, Rc<Line>>,
}

impl<'a> Finder<'a> {
    /// Takes articles that are likely in `hint`, if anybody knows.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, hint: Option<&'a Language>) -> Self {
        Self { lexicon, hint, form: Form::Unknown, read: HashMap::new() }
    }

    /// Takes it that every text asked for is part of one in canonical form.
    #[must_use]
    pub(crate) fn of_canonical(self) -> Self {
        Self { form: Form::Canonical, ..self }
    }

    /// A text, read as a credit line.
    pub fn line(&mut self, text: &str) -> Rc<Line> {
        if let Some(line) = self.read.get(text) {
            return Rc::clone(line);
        }
        let line = Rc::new(line::parse(self.lexicon, text, self.hint));
        self.read.insert(text.to_owned(), Rc::clone(&line));
        line
    }

    /// Says what each block is, one answer a block, and what language they are in.
    ///
    /// The first block may be the headline.
    pub fn find(&mut self, blocks: &[&str]) -> Finding {
        let mut votes = Votes::default();
        let read: Vec<Reading> =
            blocks.iter().map(|block| Reading::of(self, block, &mut votes)).collect();
        Finding { kinds: kinds(&read), language: votes.language(self.lexicon).cloned() }
    }
}

/// Says what each block is, with a [`Finder`] for them alone.
#[must_use]
pub fn find(lexicon: &Lexicon, blocks: &[&str], hint: Option<&Language>) -> Finding {
    Finder::new(lexicon, hint).find(blocks)
}

/// What each block is.
fn kinds(read: &[Reading]) -> Vec<BlockKind> {
    let first = read.iter().position(Reading::is_paragraph);
    let last = read.iter().rposition(Reading::is_paragraph);
    let zone = |at: usize| match (first, last) {
        (Some(first), _) if at < first => Zone::Top,
        (_, Some(last)) if at > last => Zone::End,
        (Some(_), Some(_)) => Zone::Between,
        // Without a paragraph the first block is what the rest stands under.
        _ if at == 0 => Zone::Top,
        _ => Zone::End,
    };
    let mut headline = false;
    let mut kinds = Vec::with_capacity(read.len());
    for (at, reading) in read.iter().enumerate() {
        let near_end = last.is_some_and(|last| at + 2 >= last);
        let kind = reading.kind(zone(at), near_end, headline);
        headline |= kind == BlockKind::Text && reading.words >= HEADLINE;
        kinds.push(kind);
    }
    kinds
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Above the first paragraph.
    Top,
    /// Between the first and the last.
    Between,
    /// Below the last.
    End,
}

/// A block, read as a credit line.
pub(super) struct Reading {
    line: Rc<Line>,
    /// How many letters and digits it has; wide characters count for three.
    size: usize,
    /// How many words.
    words: usize,
    /// How many of them were read as part of a credit or a source.
    credited: usize,
    /// How many of them were read as words that credit nobody.
    boilerplate: usize,
    /// Whether the whole block stands in parentheses.
    enclosed: bool,
    /// Whether it is told for a paragraph without being read.
    prose: bool,
}

impl Reading {
    /// A block that is prose, or too long to be anything else, by that alone; any other is read.
    fn of(finder: &mut Finder<'_>, block: &str, votes: &mut Votes) -> Self {
        let block = block.trim();
        let is_prose =
            |votes| prose::is_prose(finder.lexicon, (block, finder.form), MIN_PARAGRAPH, votes);
        if block.len() > MAX_BYTES || is_prose(votes) {
            return Self::prose();
        }
        Self::read(finder.line(block), block)
    }

    /// A paragraph that nobody reads.
    fn prose() -> Self {
        Self {
            line: Rc::default(),
            size: MIN_PARAGRAPH,
            words: HEADLINE,
            credited: 0,
            boilerplate: 0,
            enclosed: false,
            prose: true,
        }
    }

    /// A block that was read as a credit line.
    pub(super) fn read(line: Rc<Line>, block: &str) -> Self {
        let weight = |c: char| if ('\u{2E80}'..='\u{FFEF}').contains(&c) { 3 } else { 1 };
        let count = |text: &str| -> usize {
            if text.is_ascii() {
                return text.bytes().filter(u8::is_ascii_alphanumeric).count();
            }
            text.chars().filter(|c| is_alphanumeric(*c)).map(weight).sum()
        };
        let words = block.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
        let words = words.count();
        let sum = |wanted: fn(PieceKind) -> bool| {
            let pieces = line.pieces.iter().filter(|piece| wanted(piece.kind));
            pieces.map(|piece| count(piece.span.of(block))).sum::<usize>()
        };
        let boilerplate = sum(|kind| kind == PieceKind::Boilerplate);
        let unread: usize = sum(|kind| kind == PieceKind::Leftover);
        let size: usize = count(block);
        let words = words.max(size / 12);
        let enclosed = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('【', '】')]
            .iter()
            .any(|(open, close)| block.starts_with(*open) && block.ends_with(*close));
        let credited = size.saturating_sub(boilerplate).saturating_sub(unread);
        Self { line, size, words, credited, boilerplate, enclosed, prose: false }
    }

    /// Whether so little is left unread that the block can be nothing but credits.
    fn is_read(&self) -> bool {
        let unread = self.size - self.credited - self.boilerplate;
        unread * 100 <= self.size * MAX_UNREAD || self.opens_with_credits()
    }

    /// Whether two credits or more come before anything unread.
    fn opens_with_credits(&self) -> bool {
        let unread = self.line.leftovers.first().map_or(usize::MAX, |left| left.span.start());
        let before =
            |credit: &&Credit| credit.name_span.end() <= unread && credit.phrase_span.is_some();
        self.line.credits.iter().filter(before).count() >= 2
            && self.line.credits.iter().all(|credit| credit.name_span.end() <= unread)
            && self.credited * 3 >= self.size
    }

    /// Whether all of it says that somebody reported or wrote, after their name, as a sentence of
    /// the body may.
    fn is_told(&self) -> bool {
        self.line.credits.iter().all(|credit| {
            let told = matches!(
                credit.role,
                Role::Reporter | Role::Writer | Role::Translator | Role::Editor
            );
            told && credit
                .phrase_span
                .is_some_and(|phrase| phrase.start() > credit.name_span.start())
        })
    }

    /// Whether a role phrase says who did what.
    fn has_phrase(&self) -> bool {
        self.line.credits.iter().any(|credit| credit.phrase_span.is_some())
            || !self.line.machines.is_empty()
    }

    fn has_credits(&self) -> bool {
        !self.line.credits.is_empty() || !self.line.machines.is_empty()
    }

    /// Whether the block is a paragraph of the body: long enough, and not all read as credits.
    pub(super) fn is_paragraph(&self) -> bool {
        let is_credit = (self.has_credits() || !self.line.sources.is_empty()) && self.is_read();
        let is_boilerplate = self.boilerplate * 2 > self.size;
        self.prose || (self.size >= MIN_PARAGRAPH && !is_credit && !is_boilerplate)
    }

    fn kind(&self, zone: Zone, near_end: bool, headline: bool) -> BlockKind {
        if self.is_paragraph() || self.size == 0 {
            return BlockKind::Text;
        }
        if self.has_credits() && self.is_read() {
            let named_only = !self.has_phrase();
            let initials = self.line.credits.iter().any(|credit| credit.initials);
            return match zone {
                Zone::Top if named_only && !headline => BlockKind::Text,
                Zone::Between if named_only && !(self.enclosed && near_end) => BlockKind::Text,
                Zone::Between if self.is_told() && !near_end => BlockKind::Text,
                Zone::End if named_only && !initials && !self.enclosed => BlockKind::Text,
                Zone::Top if self.names_an_author() => BlockKind::Byline,
                _ => BlockKind::CreditLine,
            };
        }
        if !self.line.sources.is_empty() && self.is_read() {
            return BlockKind::Source;
        }
        if self.boilerplate * 2 > self.size { BlockKind::Boilerplate } else { BlockKind::Text }
    }

    fn names_an_author(&self) -> bool {
        self.line.credits.iter().any(|credit| matches!(credit.role, Role::Writer | Role::Reporter))
    }
}
