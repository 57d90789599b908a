//! Compares a file with a recorded version, part by part.

use crate::article::assemble::Article;
use crate::article::reconcile::{self, Found, From};
use crate::compare::align::{self, Kind, Side};
use crate::compare::verdict::{self, Verdict};
use crate::credit::lexicon::Lexicon;
use crate::credit::line;
use crate::credit::role::Role;
use crate::lineage::graph::{Article as Recorded, Version};
use crate::record::fields::{Record, TextDigests};
use crate::text::digest::Digest;
use crate::text::paragraphs::Paragraphs;
use crate::text::profile::Text;
use crate::text::vocabulary::vocabulary;

/// Somebody in a role.
pub type Named = (Role, String);

/// What comparing a file with a version gave.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The farthest of the parts.
    pub verdict: Verdict,
    /// Part by part.
    pub parts: Parts,
    /// Credits that the file has and the version hasn't.
    pub added: Vec<Named>,
    /// Credits that the version has and the file hasn't.
    pub removed: Vec<Named>,
    /// The paragraphs of the body that differ.
    pub paragraphs: Vec<ParagraphChange>,
    /// Whether another reader, or another version of it, took the file apart than the version's.
    pub reader_differs: bool,
    /// Whether text outside all parts differs, such as a related link.
    pub rest_differs: bool,
}

impl Comparison {
    /// Whether the body differs and another reader took the file apart: then the difference may be
    /// the readers', and is nobody's change. A difference in any other part is.
    pub fn is_the_readers(&self) -> bool {
        let others = Part::ALL.iter().filter(|part| **part != Part::Body);
        self.reader_differs
            && self.parts.body == Verdict::Changed
            && others.map(|part| self.parts.of(*part)).all(|verdict| verdict < Verdict::Changed)
    }
}

/// The verdicts on the parts.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// The headline, with its advisory.
    pub headline: Verdict,
    /// The dateline.
    pub dateline: Verdict,
    /// The byline.
    pub byline: Verdict,
    /// The body.
    pub body: Verdict,
    /// The credit lines.
    pub credits: Verdict,
    /// The references to sources.
    pub sources: Verdict,
}

vocabulary! {
    /// A part of an article.
    Part, "part", {
        /// The headline.
        Headline = "headline",
        /// The dateline.
        Dateline = "dateline",
        /// The byline.
        Byline = "byline",
        /// The body.
        Body = "body",
        /// The credit lines.
        Credits = "credits",
        /// The references to sources.
        Sources = "sources",
    }
}

impl Parts {
    /// The verdict on one part.
    pub fn of(&self, part: Part) -> Verdict {
        match part {
            Part::Headline => self.headline,
            Part::Dateline => self.dateline,
            Part::Byline => self.byline,
            Part::Body => self.body,
            Part::Credits => self.credits,
            Part::Sources => self.sources,
        }
    }

    /// The farthest of them.
    pub fn farthest(&self) -> Verdict {
        Part::ALL.iter().map(|part| self.of(*part)).max().unwrap_or(Verdict::Unknown)
    }
}

/// A paragraph that differs. Numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParagraphChange {
    /// What happened to it.
    pub kind: Kind,
    /// Its number in the version.
    pub old: Option<usize>,
    /// Its number in the file.
    pub new: Option<usize>,
    /// Its text in the version, where that is kept.
    pub before: Option<String>,
    /// Its text in the file.
    pub after: Option<String>,
}

/// A file, read, and the bytes it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The bytes.
    pub raw: &'a [u8],
    /// What was read.
    pub article: &'a Article,
    /// What reads the credit lines where they differ.
    pub lexicon: &'a Lexicon,
}

/// The version of an article that a file matches best; the newest of those that match alike.
///
/// `kept` gives the text of a body by its digest, where it is kept.
pub fn best<'a>(
    subject: Subject<'_>,
    recorded: Recorded<'a>,
    kept: impl Fn(&Digest) -> Option<String>,
) -> Option<(Version<'a>, Comparison)> {
    recorded
        .versions()
        .into_iter()
        .map(|version| (version, compare(subject, version.record, &kept)))
        .min_by_key(|(version, comparison)| {
            let newest_first = usize::MAX - version.number;
            (comparison.verdict, comparison.paragraphs.len(), newest_first)
        })
}

/// Compares a file with a version.
pub fn compare(
    subject: Subject<'_>,
    record: &Record,
    kept: impl Fn(&Digest) -> Option<String>,
) -> Comparison {
    let article = subject.article;
    let Some(text) = &record.text else { return nothing_to_compare() };
    if text.raw == Digest::of_bytes(subject.raw) {
        return all(Verdict::Identical);
    }
    if text.whole == article.whole.digest() {
        return all(Verdict::SameText);
    }
    let body = article.body();
    let line = |text: Option<&str>| text.map(Text::new).unwrap_or_default();
    let parts = Parts {
        headline: if record.headline_sealed.is_some() {
            Verdict::Unknown
        } else {
            let old = Text::from_paragraphs(
                record.advisory.iter().chain(&record.headline).map(String::as_str),
            );
            let new = Text::from_paragraphs(
                article.advisory.iter().chain(&article.headline).map(String::as_str),
            );
            verdict::of_texts(&old, &new)
        },
        dateline: verdict::of_texts(
            &line(record.dateline.as_deref()),
            &line(article.dateline.as_ref().map(|dateline| dateline.text.as_str())),
        ),
        byline: if record.byline_sealed.is_some() {
            Verdict::Unknown
        } else {
            let new = article.byline.as_ref().map(|byline| byline.text.as_str());
            verdict::of_texts(&line(record.byline.as_deref()), &line(new))
        },
        body: verdict::by_digests(&body, text.body, text.body_loose),
        credits: credit_lines(record, article),
        sources: sources(record, article),
    };
    let (added, removed) = if parts.credits.max(parts.byline) == Verdict::Changed {
        credit_changes(record, subject)
    } else {
        (Vec::new(), Vec::new())
    };
    let verdict = parts.farthest();
    let reader = (record.reader.as_deref(), record.reader_version);
    Comparison {
        verdict,
        parts,
        added,
        removed,
        paragraphs: if parts.body == Verdict::Changed {
            paragraphs(text, kept(&text.body).as_deref(), &body)
        } else {
            Vec::new()
        },
        reader_differs: reader != (Some(article.reader.name), Some(article.reader.version)),
        rest_differs: verdict == Verdict::SameText,
    }
}

fn all(verdict: Verdict) -> Comparison {
    Comparison {
        verdict,
        parts: Parts {
            headline: verdict,
            dateline: verdict,
            byline: verdict,
            body: verdict,
            credits: verdict,
            sources: verdict,
        },
        added: Vec::new(),
        removed: Vec::new(),
        paragraphs: Vec::new(),
        reader_differs: false,
        rest_differs: false,
    }
}

fn nothing_to_compare() -> Comparison {
    all(Verdict::Unknown)
}

/// Compares the text of credit lines; their meaning is never asked where it is the same.
fn credit_lines(record: &Record, article: &Article) -> Verdict {
    let old: Option<Vec<&str>> =
        record.credit_lines.iter().map(|line| line.text.as_deref()).collect();
    let Some(old) = old else { return Verdict::Unknown };
    let new = article.credit_lines.iter().map(|line| line.text.as_str());
    verdict::of_texts(&Text::from_paragraphs(old), &Text::from_paragraphs(new))
}

fn sources(record: &Record, article: &Article) -> Verdict {
    let text =
        |label: &str, target: Option<&str>| format!("{label} {}", target.unwrap_or_default());
    // A source without a label is the recorder's statement, not the text's.
    let old = record.sources.iter().filter(|source| source.label.is_some());
    let old: Vec<String> =
        old.map(|s| text(s.label.as_deref().unwrap_or_default(), s.target.as_deref())).collect();
    let new: Vec<String> = article
        .sources
        .iter()
        .map(|s| {
            let label =
                if s.label.is_empty() { s.target.as_deref() } else { Some(s.label.as_str()) };
            text(label.unwrap_or_default(), s.target.as_deref())
        })
        .collect();
    let texts = |all: &[String]| Text::from_paragraphs(all.iter().map(String::as_str));
    verdict::of_texts(&texts(&old), &texts(&new))
}

/// Who is credited more and who no longer, both sides read by the same parser.
fn credit_changes(record: &Record, subject: Subject<'_>) -> (Vec<Named>, Vec<Named>) {
    let byline = record.byline.as_deref().into_iter();
    let lines = record.credit_lines.iter().filter_map(|line| line.text.as_deref());
    let read = byline.chain(lines).flat_map(|text| {
        let line = line::parse(subject.lexicon, text, record.language.as_ref());
        line.credits.into_iter().map(|credit| Found { credit, from: From::Line, line: None })
    });
    let old = names(&reconcile::union(read));
    let new = names(&subject.article.credits);
    let missing = |from: &[Named], of: &[Named]| {
        from.iter().filter(|credit| !of.contains(credit)).cloned().collect()
    };
    (missing(&new, &old), missing(&old, &new))
}

fn names(credits: &[Found]) -> Vec<Named> {
    credits.iter().map(|found| (found.credit.role, found.credit.name.clone())).collect()
}

/// The paragraphs that differ, with their texts as far as they are at hand.
///
/// Where a digest covers a run of paragraphs, a change is placed at the run's first.
fn paragraphs(text: &TextDigests, kept: Option<&str>, body: &Text) -> Vec<ParagraphChange> {
    let old = text.paragraphs.as_slice();
    let old_run =
        usize::try_from(text.paragraph_count).unwrap_or_default().div_ceil(old.len().max(1));
    let kept = kept.map(|text| text.split('\n').collect::<Vec<_>>());
    let new_texts: Vec<&str> = body.paragraphs().collect();
    let new = Paragraphs::of(body);
    let each = new.run_length() == 1;
    let old_texts = kept.filter(|texts| texts.len() == old.len());
    let changes = align::align(
        Side { digests: old, texts: old_texts.as_deref() },
        Side { digests: new.digests(), texts: each.then_some(new_texts.as_slice()) },
    );
    let words = |texts: Option<&[&str]>, place: Option<usize>| {
        place.and_then(|place| Some((*texts?.get(place)?).to_owned()))
    };
    changes
        .into_iter()
        .map(|change| ParagraphChange {
            kind: change.kind,
            old: change.old.map(|place| place * old_run.max(1) + 1),
            new: change.new.map(|place| place * new.run_length() + 1),
            before: words(old_texts.as_deref(), change.old),
            after: words(each.then_some(new_texts.as_slice()), change.new),
        })
        .collect()
}
