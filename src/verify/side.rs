//! One side of a comparison: what is known of a text, be it a file or a record.

use crate::article::assemble::Article;
use crate::record::fields::Record;
use crate::text::digest::Digest;
use crate::text::language::Language;
use crate::text::loose;
use crate::text::paragraphs::Paragraphs;
use crate::text::profile::Text;

/// What is known of an article's text. A part that is sealed is `None`.
#[derive(Debug, Clone)]
pub struct Side {
    /// SHA-256 of the bytes.
    pub raw: Digest,
    /// The digest of all visible text.
    pub whole: Digest,
    /// The language of the text.
    pub language: Option<Language>,
    /// The reader that took it apart, and its version.
    pub reader: Option<(String, u32)>,
    /// The headline, with its advisory.
    pub headline: Option<Text>,
    /// The dateline.
    pub dateline: Text,
    /// The byline.
    pub byline: Option<Text>,
    /// The body, where it is at hand.
    pub body: Option<Text>,
    /// The body's digest.
    pub body_digest: Digest,
    /// The same under `text-1-loose`.
    pub body_loose: Digest,
    /// The digests of the body's paragraphs.
    pub paragraphs: Paragraphs,
    /// The credit lines.
    pub credit_lines: Option<Text>,
    /// The references to sources that the text makes.
    pub sources: Text,
}

impl Side {
    /// A file that was read from `raw`.
    pub fn of_article(raw: &[u8], article: &Article) -> Self {
        let body = article.body();
        let sources = article.sources.iter().map(|source| {
            let label = if source.label.is_empty() {
                source.target.as_deref()
            } else {
                Some(source.label.as_str())
            };
            reference(label.unwrap_or_default(), source.target.as_deref())
        });
        let headline = article.advisory.iter().chain(&article.headline);
        Self {
            raw: Digest::of_bytes(raw),
            whole: article.whole.digest(),
            language: article.language.clone(),
            reader: Some((article.reader.name.to_owned(), article.reader.version)),
            headline: Some(Text::from_paragraphs(headline.map(String::as_str))),
            dateline: line(article.dateline.as_ref().map(|dateline| dateline.text.as_str())),
            byline: Some(line(article.byline.as_ref().map(|byline| byline.text.as_str()))),
            body_digest: body.digest(),
            body_loose: loose::digest(&body),
            paragraphs: Paragraphs::of(&body),
            body: Some(body),
            credit_lines: Some(Text::from_paragraphs(
                article.credit_lines.iter().map(|line| line.text.as_str()),
            )),
            sources: lines(sources),
        }
    }

    /// A record that carries a text; `kept` gives a body by its digest, where it is kept.
    ///
    /// None where the record carries no text.
    pub fn of_record(record: &Record, kept: impl Fn(&Digest) -> Option<String>) -> Option<Self> {
        let text = record.text.as_ref()?;
        let headline = record.advisory.iter().chain(&record.headline).map(String::as_str);
        let unsealed = |seal: Option<&Digest>, value: Text| seal.is_none().then_some(value);
        let credit_lines: Option<Vec<&str>> =
            record.credit_lines.iter().map(|line| line.text.as_deref()).collect();
        // A source without a label is the recorder's statement, not the text's.
        let sources = record.sources.iter().filter_map(|source| {
            Some(reference(source.label.as_deref()?, source.target.as_deref()))
        });
        Some(Self {
            raw: text.raw,
            whole: text.whole,
            language: record.language.clone(),
            reader: record.reader.clone().zip(record.reader_version),
            headline: unsealed(record.headline_sealed.as_ref(), Text::from_paragraphs(headline)),
            dateline: line(record.dateline.as_deref()),
            byline: unsealed(record.byline_sealed.as_ref(), line(record.byline.as_deref())),
            body: kept(&text.body).map(|body| Text::new(&body)),
            body_digest: text.body,
            body_loose: text.body_loose,
            paragraphs: text.by_paragraph(),
            credit_lines: credit_lines.map(Text::from_paragraphs),
            sources: lines(sources),
        })
    }
}

fn line(text: Option<&str>) -> Text {
    text.map(Text::new).unwrap_or_default()
}

fn lines(all: impl Iterator<Item = String>) -> Text {
    let all: Vec<String> = all.collect();
    Text::from_paragraphs(all.iter().map(String::as_str))
}

/// A reference to a source, in a line.
fn reference(label: &str, target: Option<&str>) -> String {
    format!("{label} {}", target.unwrap_or_default())
}
