//! The record: every key of format 1, in the order in which they are written.

use serde::Deserialize;

use super::credit::{Credit, CreditLine};
use super::event::{Event, Origin, Standing};
use super::limits::Format1;
use super::source::{Erasure, KeyChange, Machine, Review, Source};
use super::time::Timestamp;
use crate::text::digest::Digest;
use crate::text::language::Language;
use crate::text::paragraphs::Paragraphs;

/// One event in an article's life. Key order in the canonical bytes is field order here.
///
/// A value is absent rather than empty. `*_sealed` keys stand in place of the key they name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The format.
    pub format: Format1,
    /// When the record was made, by the recorder's clock.
    pub recorded: Timestamp,
    /// What happened.
    pub event: Event,
    /// Whether the text is an original or a translation.
    pub origin: Option<Origin>,
    /// Whose text it is.
    pub standing: Option<Standing>,
    /// Who recorded it.
    pub recorded_by: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The agency that the dateline names.
    pub provider: Option<String>,
    /// Who holds editorial responsibility.
    pub responsible: Option<String>,
    /// In its place: the commitment to the name.
    pub responsible_sealed: Option<Digest>,
    /// Where an observed text was seen.
    pub observed_url: Option<String>,
    /// When it was seen.
    pub observed_at: Option<Timestamp>,
    /// When it was published, as the article states it.
    pub published: Option<String>,
    /// When it was last changed, as the article states it.
    pub modified: Option<String>,
    /// The caller's id of the request, for safe retries.
    pub request: Option<String>,
    /// The article's id.
    pub article: Option<String>,
    /// Other ids of it, sorted.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What ties the language versions of one story together.
    pub story: Option<String>,
    /// The leaf hash of the article's record before this.
    pub previous: Option<Digest>,
    /// The text's language.
    pub language: Option<Language>,
    /// The headline.
    pub headline: Option<String>,
    /// In its place: the commitment to it.
    pub headline_sealed: Option<Digest>,
    /// The dateline.
    pub dateline: Option<String>,
    /// The byline.
    pub byline: Option<String>,
    /// In its place: the commitment to it.
    pub byline_sealed: Option<Digest>,
    /// The advisory ("CORRECTED-", "UPDATE 2-").
    pub advisory: Option<String>,
    /// What the recorder has to say of the event.
    pub note: Option<String>,
    /// In its place: the commitment to it.
    pub note_sealed: Option<Digest>,
    /// The reader that took the file apart.
    pub reader: Option<String>,
    /// Its version.
    pub reader_version: Option<u32>,
    /// Its settings, where they weren't the usual ones.
    #[serde(default)]
    pub reader_settings: Vec<String>,
    /// The character encoding that was read.
    pub encoding: Option<String>,
    /// The version of the credit parser.
    pub credit_parser: Option<u32>,
    /// The digest of the lexicon it used.
    pub lexicon: Option<Digest>,
    /// The digests of the text.
    pub text: Option<TextDigests>,
    /// The credit lines; credits name them by number, from 1.
    #[serde(default, rename = "credit_line")]
    pub credit_lines: Vec<CreditLine>,
    /// The credits, in reading order.
    #[serde(default, rename = "credit")]
    pub credits: Vec<Credit>,
    /// The sources.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// The machines that took part.
    #[serde(default, rename = "machine")]
    pub machines: Vec<Machine>,
    /// For `event` = `review`.
    pub review: Option<Review>,
    /// For `event` = `key`.
    pub key: Option<KeyChange>,
    /// For `event` = `erasure`.
    pub erasure: Option<Erasure>,
}

/// The digests of a version's text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextDigests {
    /// The profile that the digests are made by.
    pub profile: String,
    /// SHA-256 of the file's bytes.
    pub raw: Digest,
    /// All visible text, in order.
    pub whole: Digest,
    /// The same under `text-1-loose`.
    pub whole_loose: Digest,
    /// The headline. Absent where there is none, or where it is sealed.
    pub headline: Option<Digest>,
    /// The body.
    pub body: Digest,
    /// The same under `text-1-loose`.
    pub body_loose: Digest,
    /// The number of paragraphs of the body.
    pub paragraph_count: u32,
    /// Their digests ([`crate::text::paragraphs::Paragraphs`]).
    #[serde(default)]
    pub paragraphs: Vec<Digest>,
}

impl TextDigests {
    /// The digests of the paragraphs, and how many paragraphs each is of. A record whose digests are
    /// not as many as its paragraphs make has none to go by.
    pub fn by_paragraph(&self) -> Paragraphs {
        let count = usize::try_from(self.paragraph_count).unwrap_or_default();
        Paragraphs::from_parts(count, self.paragraphs.clone()).unwrap_or_default()
    }
}

impl Record {
    /// A record of an event with nothing else said.
    pub fn new(event: Event, recorded: Timestamp) -> Self {
        Self {
            format: Format1,
            recorded,
            event,
            origin: None,
            standing: None,
            recorded_by: None,
            publisher: None,
            provider: None,
            responsible: None,
            responsible_sealed: None,
            observed_url: None,
            observed_at: None,
            published: None,
            modified: None,
            request: None,
            article: None,
            aliases: Vec::new(),
            story: None,
            previous: None,
            language: None,
            headline: None,
            headline_sealed: None,
            dateline: None,
            byline: None,
            byline_sealed: None,
            advisory: None,
            note: None,
            note_sealed: None,
            reader: None,
            reader_version: None,
            reader_settings: Vec::new(),
            encoding: None,
            credit_parser: None,
            lexicon: None,
            text: None,
            credit_lines: Vec::new(),
            credits: Vec::new(),
            sources: Vec::new(),
            machines: Vec::new(),
            review: None,
            key: None,
            erasure: None,
        }
    }
}
