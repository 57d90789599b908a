//! Reviews, and whether they still hold.
//!
//! A review binds a person to the exact body that was reviewed, and to the exact body of the source
//! that it was reviewed against. When either changes, it lapses; nothing else brings it back but
//! the very same bodies.

use super::basis::{self, Basis};
use super::graph::{Article, Entry, Graph, Version};
use crate::record::event::{Outcome, ReviewKind};
use crate::record::source::Review;
use crate::text::digest::Digest;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// Whether a review holds for a version.
    Validity, "validity", {
        /// Body and source are those that were reviewed.
        Holds = "holds",
        /// The body was changed since.
        BodyChanged = "body_changed",
        /// The source was changed since.
        SourceChanged = "source_changed",
        /// It found the text unfit.
        Rejected = "rejected",
    }
}

/// A review of an article.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// Its record's place.
    pub entry: &'a Entry,
    /// What it says.
    pub review: &'a Review,
    /// The version of the source that it was made against, where that is in the log.
    pub against: Option<(Article<'a>, Version<'a>)>,
    /// Whether it holds for the article's version that was asked about.
    pub validity: Validity,
}

impl Reviewed<'_> {
    /// Whether it covers the whole text, holds, and found it fit.
    pub fn clears(&self) -> bool {
        self.validity == Validity::Holds && self.review.kind == ReviewKind::Full
    }
}

/// An article's reviews, oldest first, each judged for a version of it.
pub fn of<'a>(graph: &'a Graph, article: Article<'a>, version: Version<'a>) -> Vec<Reviewed<'a>> {
    let bases = basis::of(graph, article, version);
    let reviews = article.entries().filter_map(|entry| {
        let record = entry.record()?;
        let review = record.review.as_ref()?;
        let against = record.sources.iter().find_map(|source| source.leaf);
        let against = against.and_then(|leaf| graph.version_of(graph.by_leaf(&leaf)?));
        let validity = judge(review, against, version, &bases);
        Some(Reviewed { entry, review, against, validity })
    });
    reviews.collect()
}

fn judge(
    review: &Review,
    against: Option<(Article<'_>, Version<'_>)>,
    version: Version<'_>,
    bases: &[Basis<'_>],
) -> Validity {
    if review.outcome == Outcome::Rejected {
        Validity::Rejected
    } else if version.body() != Some(review.body) {
        Validity::BodyChanged
    } else if review.source.is_some_and(|source| source_changed(source, against, bases)) {
        Validity::SourceChanged
    } else {
        Validity::Holds
    }
}

/// Whether the source that was reviewed against is another now: in this log, its article's newest
/// body; outside, the digest that is stated.
fn source_changed(
    reviewed: Digest,
    against: Option<(Article<'_>, Version<'_>)>,
    bases: &[Basis<'_>],
) -> bool {
    let article = against.or_else(|| bases.iter().find_map(|basis| basis.version));
    if let Some(newest) = article.and_then(|(article, _)| article.newest()) {
        return newest.body() != Some(reviewed);
    }
    let stated: Vec<Digest> = bases.iter().filter_map(|basis| basis.source.digest).collect();
    !stated.is_empty() && !stated.contains(&reviewed)
}
