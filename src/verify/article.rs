//! Compares a file with a recorded version, part by part.

use super::side::Side;
use crate::article::assemble::Article;
use crate::article::reconcile::{self, Found, From};
use crate::compare::difference::{self, Known, Paragraph};
use crate::compare::verdict::{self, Verdict};
use crate::credit::lexicon::Lexicon;
use crate::credit::line;
use crate::credit::role::Role;
use crate::lineage::graph::{Article as Recorded, Version};
use crate::record::fields::Record;
use crate::text::digest::Digest;
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
    pub paragraphs: Vec<Paragraph>,
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
    let file = Side::of_article(subject.raw, subject.article);
    recorded
        .versions()
        .into_iter()
        .map(|version| (version, with_record(subject, &file, version.record, &kept)))
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
    with_record(subject, &Side::of_article(subject.raw, subject.article), record, kept)
}

fn with_record(
    subject: Subject<'_>,
    file: &Side,
    record: &Record,
    kept: impl Fn(&Digest) -> Option<String>,
) -> Comparison {
    let Some(mut version) = Side::of_record(record, |_| None) else {
        return all(Verdict::Unknown);
    };
    // Only what changed is read.
    if version.body_digest != file.body_digest {
        version.body = kept(&version.body_digest).map(|body| Text::new(&body));
    }
    let mut comparison = between(&version, file);
    if comparison.parts.credits.max(comparison.parts.byline) == Verdict::Changed {
        (comparison.added, comparison.removed) = credit_changes(record, subject);
    }
    comparison
}

/// Compares two texts, part by part. Credits are compared as they stand, and not read.
pub fn between(old: &Side, new: &Side) -> Comparison {
    if old.raw == new.raw {
        return all(Verdict::Identical);
    }
    if old.whole == new.whole {
        return all(Verdict::SameText);
    }
    let texts = |old: Option<&Text>, new: Option<&Text>| match (old, new) {
        (Some(old), Some(new)) => verdict::of_texts(old, new),
        _ => Verdict::Unknown,
    };
    let parts = Parts {
        headline: texts(old.headline.as_ref(), new.headline.as_ref()),
        dateline: verdict::of_texts(&old.dateline, &new.dateline),
        byline: texts(old.byline.as_ref(), new.byline.as_ref()),
        body: if old.body_digest == new.body_digest {
            Verdict::SameText
        } else if old.body_loose == new.body_loose {
            Verdict::Typography
        } else {
            Verdict::Changed
        },
        credits: texts(old.credit_lines.as_ref(), new.credit_lines.as_ref()),
        sources: verdict::of_texts(&old.sources, &new.sources),
    };
    let verdict = parts.farthest();
    Comparison {
        verdict,
        parts,
        added: Vec::new(),
        removed: Vec::new(),
        paragraphs: if parts.body == Verdict::Changed { paragraphs(old, new) } else { Vec::new() },
        reader_differs: old.reader != new.reader,
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

/// Who is credited more and who no longer, both sides read by the same parser.
fn credit_changes(record: &Record, subject: Subject<'_>) -> (Vec<Named>, Vec<Named>) {
    let byline = record.byline.as_deref().into_iter();
    let lines = record.credit_lines.iter().filter_map(|line| line.text.as_deref());
    let read = byline.chain(lines).flat_map(|text| {
        let line = line::parse(subject.lexicon, text, record.language.as_ref());
        line.credits.into_iter().map(|credit| Found { credit, from: From::Line, line: None })
    });
    let old = names(&reconcile::union(read));
    // What metadata claims beside the lines is no part of them.
    let shown = |found: &&Found| found.from != From::Metadata;
    let shown: Vec<Found> = subject.article.credits.iter().filter(shown).cloned().collect();
    let new = names(&shown);
    let missing = |from: &[Named], of: &[Named]| {
        from.iter().filter(|credit| !of.contains(credit)).cloned().collect()
    };
    (missing(&new, &old), missing(&old, &new))
}

fn names(credits: &[Found]) -> Vec<Named> {
    credits.iter().map(|found| (found.credit.role, found.credit.name.clone())).collect()
}

/// The paragraphs that differ, with their words as far as those are at hand.
pub fn paragraphs(old: &Side, new: &Side) -> Vec<Paragraph> {
    let old_known = Known { paragraphs: &old.paragraphs, text: old.body.as_ref() };
    let new_known = Known { paragraphs: &new.paragraphs, text: new.body.as_ref() };
    difference::between(old_known, new_known, new.language.as_ref())
}
