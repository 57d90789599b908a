//! Document → article: says what each block is, and what the article credits.
//!
//! Every block ends in exactly one place: headline, advisory, byline, paragraph, credit line,
//! source line or note. What the rules can't place is a paragraph.

use super::advisory;
use super::dateline::{self, Dateline};
use super::document::{Block, Claim, Document, Mark, Reader, Subject};
use super::language;
use super::reconcile::{self, Found, From};
use super::signoff;
use crate::credit::find::{BlockKind, Finder};
use crate::credit::lexicon::Lexicon;
use crate::credit::line::{self, Line, Machine, Source};
use crate::text::flags::{self, Flag};
use crate::text::language::Language;
use crate::text::profile::Text;

/// The longest headline, in characters; a longer first block is a paragraph.
const MAX_HEADLINE: usize = 250;

/// How many blocks can stand between the top and the text.
const NEAR_TOP: usize = 4;

/// An article, taken apart.
#[derive(Debug, Clone)]
pub struct Article {
    /// The headline, without its advisory.
    pub headline: Option<String>,
    /// What the copy says to editors.
    pub advisory: Option<String>,
    /// Where and when it was filed.
    pub dateline: Option<Dateline>,
    /// The byline, read.
    pub byline: Option<CreditLine>,
    /// The language of the text.
    pub language: Option<Language>,
    /// The paragraphs of the body, the first without its dateline.
    pub paragraphs: Vec<String>,
    /// The credit lines, read.
    pub credit_lines: Vec<CreditLine>,
    /// Who is credited, in reading order, one credit for each role and name.
    pub credits: Vec<Found>,
    /// References to sources.
    pub sources: Vec<Source>,
    /// Machines that took part.
    pub machines: Vec<Machine>,
    /// What a user should know of the reading, such as blocks that are neither body nor credit.
    pub notes: Vec<Note>,
    /// What the format claims beside the text, in the order of the file.
    pub claims: Vec<Claim>,
    /// All visible text, in order.
    pub whole: Text,
    /// Which reader took the file apart.
    pub reader: Reader,
}

/// A line of credits and what was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditLine {
    /// The line as written.
    pub text: String,
    /// What it says.
    pub line: Line,
}

/// Something to know about a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A block that is part of neither body nor credits: standards, related links, copyright.
    Boilerplate(String),
    /// A character or word that may deceive the eye.
    Flagged(Flag),
    /// A manifest was embedded in the text, and is no part of it.
    Manifest(String),
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Boilerplate(text) => {
                write!(f, "neither body nor credits: {}", Text::new(text).as_str())
            }
            Self::Manifest(what) => write!(f, "a manifest is embedded in the text: {what}"),
            Self::Flagged(Flag::BidiControl { control, span }) => write!(
                f,
                "a character that changes the direction of reading, U+{:04X}, at byte {} of the text",
                u32::from(*control),
                span.start()
            ),
            Self::Flagged(Flag::MixedScript { word, span }) => {
                write!(f, "the word `{word}` mixes scripts, at byte {} of the text", span.start())
            }
        }
    }
}

impl Article {
    /// What the format claims first about a subject.
    pub fn claim(&self, subject: Subject) -> Option<&str> {
        let found = self.claims.iter().find(|claim| claim.subject == subject);
        found.map(|claim| claim.value.as_str())
    }

    /// The body in canonical form.
    pub fn body(&self) -> Text {
        Text::from_paragraphs(self.paragraphs.iter().map(String::as_str))
    }
}

/// Takes a document's blocks for what they are.
///
/// `given` is the language that the caller states; it goes before what the format claims, and
/// both go before what the words tell.
pub fn assemble(document: Document, lexicon: &Lexicon, given: Option<&Language>) -> Article {
    let texts = document.blocks.iter().map(|block| block.text.as_str());
    let (whole, canonical) = Text::from_paragraphs_told(texts);
    let claimed = document.claim(Subject::Language).and_then(|c| Language::new(&c.value).ok());
    let stated = given.cloned().or(claimed);
    let Document { mut blocks, claims, reader } = document;
    let manifests = claims.iter().filter(|claim| claim.subject == Subject::Manifest);
    let manifests = manifests.map(|claim| {
        let Claim { value, place, .. } = claim;
        Note::Manifest(format!("{value}, in {place}"))
    });
    let mut notes: Vec<Note> = manifests.collect();
    notes.extend(flags::flags(whole.as_str()).into_iter().map(Note::Flagged));
    let mut article = Article {
        headline: None,
        advisory: None,
        dateline: None,
        byline: None,
        language: None,
        paragraphs: Vec::new(),
        credit_lines: Vec::new(),
        credits: Vec::new(),
        sources: Vec::new(),
        machines: Vec::new(),
        notes,
        claims,
        whole,
        reader,
    };
    let mut finder = Finder::new(lexicon, stated.as_ref());
    if canonical {
        finder = finder.of_canonical();
    }
    article.take_headline(&mut blocks, &mut finder);
    let dateline = take_marked(&mut blocks, Mark::Dateline);
    article.take_advisories(&mut blocks);
    signoff::split(&mut blocks, &mut finder);
    // The headline, or its absence, comes first: what follows it is no headline.
    let headline = article.headline.as_deref().unwrap_or_default();
    let texts: Vec<&str> =
        std::iter::once(headline).chain(blocks.iter().map(|block| block.text.as_str())).collect();
    let mut found = finder.find(&texts);
    let (texts, kinds) =
        (texts.get(1..).unwrap_or_default(), found.kinds.get_mut(1..).unwrap_or_default());
    for (kind, block) in kinds.iter_mut().zip(&blocks) {
        match block.mark {
            Some(Mark::Byline) => *kind = BlockKind::Byline,
            Some(Mark::Body) => *kind = BlockKind::Text,
            _ => {}
        }
    }
    article.language = stated.clone().or(found.language).or_else(|| {
        let blocks = texts.iter().zip(kinds.iter());
        let body = blocks.filter(|(_, kind)| matches!(kind, BlockKind::Text));
        let body: Vec<&str> = body.map(|(text, _)| *text).collect();
        language::detect(&body.join("\n"))
    });
    article.place_blocks(&blocks, kinds, lexicon);
    article.take_dateline(dateline.as_deref());
    article.collect_credits(lexicon);
    article
}

impl Article {
    fn take_headline(&mut self, blocks: &mut Vec<Block>, finder: &mut Finder<'_>) {
        let marked = blocks.iter().position(|block| block.mark == Some(Mark::Headline));
        let place = marked.or_else(|| looks_like_headline(blocks, finder).then_some(0));
        let Some(place) = place else { return };
        let text = blocks.remove(place).text;
        let text = text.trim();
        // Where metadata gives the headline, the text may begin with it again.
        let again = |block: &Block| Text::new(&block.text) == Text::new(text);
        let repeated = blocks.iter().take(NEAR_TOP).position(again);
        if let Some(repeated) = repeated.filter(|_| marked.is_some()) {
            blocks.remove(repeated);
        }
        match advisory::before_headline(text) {
            Some(span) => {
                self.advisory = Some(span.of(text).trim_end().to_owned());
                let rest = text.get(span.end()..).unwrap_or_default();
                self.headline = (!rest.is_empty()).then(|| rest.to_owned());
            }
            None => self.headline = Some(text.to_owned()),
        }
    }

    /// Takes the notes to editors that stand before the body.
    fn take_advisories(&mut self, blocks: &mut Vec<Block>) {
        let mut place = 0;
        while place < blocks.len().min(NEAR_TOP) {
            if blocks.get(place).is_some_and(|block| advisory::is_note(&block.text)) {
                let note = blocks.remove(place).text.trim().to_owned();
                self.advisory = Some(match self.advisory.take() {
                    Some(before) => format!("{before}\n{note}"),
                    None => note,
                });
            } else {
                place += 1;
            }
        }
    }

    fn place_blocks(&mut self, blocks: &[Block], kinds: &[BlockKind], lexicon: &Lexicon) {
        for (block, kind) in blocks.iter().zip(kinds) {
            let read = || CreditLine {
                text: block.text.clone(),
                line: line::parse(lexicon, &block.text, self.language.as_ref()),
            };
            match kind {
                BlockKind::Byline if self.byline.is_none() => self.byline = Some(read()),
                BlockKind::Byline | BlockKind::CreditLine => self.credit_lines.push(read()),
                BlockKind::Source => {
                    let line = read().line;
                    if line.credits.is_empty() && line.leftovers.is_empty() {
                        self.sources.extend(line.sources);
                        self.machines.extend(line.machines);
                    } else {
                        self.credit_lines.push(CreditLine { text: block.text.clone(), line });
                    }
                }
                BlockKind::Boilerplate => self.notes.push(Note::Boilerplate(block.text.clone())),
                BlockKind::Text => self.paragraphs.push(block.text.clone()),
            }
        }
    }

    /// Takes the dateline that the first paragraph begins with, else the one that is `marked`.
    fn take_dateline(&mut self, marked: Option<&str>) {
        if let Some(first) = self.paragraphs.first_mut() {
            self.dateline = dateline::parse(first);
            if let Some(dateline) = &self.dateline {
                first.drain(..dateline.span.end());
                if first.is_empty() {
                    self.paragraphs.remove(0);
                }
            }
        }
        if self.dateline.is_none() {
            self.dateline = marked.map(dateline::of_marked);
        }
    }

    /// Credits of the byline, then of the lines, then of claims; sources and machines likewise.
    fn collect_credits(&mut self, lexicon: &Lexicon) {
        let of = |read: &CreditLine, from, line| {
            let credits = read.line.credits.clone();
            credits.into_iter().map(move |credit| Found { credit, from, line })
        };
        let byline = self.byline.iter().flat_map(|read| of(read, From::Byline, None));
        let lines = self.credit_lines.iter().enumerate();
        let lines = lines.flat_map(|(number, read)| of(read, From::Line, Some(number)));
        let visible = reconcile::union(byline.chain(lines));
        self.credits =
            reconcile::with_claims(visible, &self.claims, lexicon, self.language.as_ref());
        let read = || self.byline.iter().chain(&self.credit_lines);
        let sources: Vec<Source> = read().flat_map(|read| read.line.sources.clone()).collect();
        let machines: Vec<Machine> = read().flat_map(|read| read.line.machines.clone()).collect();
        self.sources.splice(0..0, sources);
        self.machines.splice(0..0, machines);
    }
}

/// Takes the first block that the format marks so.
fn take_marked(blocks: &mut Vec<Block>, mark: Mark) -> Option<String> {
    let place = blocks.iter().position(|block| block.mark == Some(mark))?;
    Some(blocks.remove(place).text)
}

/// Whether the first block is a headline: short, followed by text, no sentence, no dateline and
/// no credit.
fn looks_like_headline(blocks: &[Block], finder: &mut Finder<'_>) -> bool {
    let [first, second, ..] = blocks else { return false };
    let text = first.text.trim();
    let ends_a_sentence = text.ends_with(['.', '。', '।', '۔']) && !text.ends_with("...");
    let texts = [first.text.as_str(), second.text.as_str()];
    text.chars().count() <= MAX_HEADLINE
        && !ends_a_sentence
        && first.mark.is_none()
        && dateline::parse(text).is_none()
        && !advisory::is_note(text)
        && matches!(finder.find(&texts).kinds.first(), Some(BlockKind::Text))
}

#[cfg(test)]
mod tests;
