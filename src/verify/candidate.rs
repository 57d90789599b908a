//! Which recorded article a file may be.

use std::collections::HashSet;

use crate::article::assemble::Article as Read;
use crate::lineage::graph::{Article, Entry, Graph};
use crate::text::digest::Digest;
use crate::text::paragraphs::Paragraphs;
use crate::text::profile::Text;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// How a record was found for a file.
    FoundBy, "way of finding", {
        /// The caller named the record.
        Record = "record",
        /// By its path.
        Path = "path",
        /// By the digest of its body.
        Digest = "digest",
        /// By paragraphs that it shares with a version.
        Overlap = "overlap",
    }
}

/// The share of a version's paragraphs that a file must have, in per cent.
const MIN_OVERLAP: usize = 50;

/// The article that a file is, as far as its path and its body tell. `by_path` is the article that
/// its path leads to.
///
/// A body that is known word for word under another path goes before the path.
pub fn find<'a>(
    graph: &'a Graph,
    by_path: Option<Article<'a>>,
    body: &Text,
) -> Option<(FoundBy, Article<'a>)> {
    let by_digest = (!body.is_empty()).then(|| with_body(graph, body.digest())).flatten();
    match (by_path, by_digest) {
        (Some(article), Some(other)) if !has_body(article, body.digest()) => {
            Some((FoundBy::Digest, other))
        }
        (Some(article), _) => Some((FoundBy::Path, article)),
        (None, Some(article)) => Some((FoundBy::Digest, article)),
        (None, None) => by_overlap(graph, body).map(|article| (FoundBy::Overlap, article)),
    }
}

/// Whether a file has anything in common with a recorded article: its headline, or a paragraph.
pub fn is_related(recorded: Article<'_>, read: &Read) -> bool {
    let body = read.body();
    let mine: HashSet<Digest> = Paragraphs::of(&body).digests().iter().copied().collect();
    let headline = read.headline.as_deref().map(|headline| Text::new(headline).digest());
    recorded.versions().iter().filter_map(|version| version.record.text.as_ref()).any(|text| {
        (headline.is_some() && text.headline == headline)
            || text.paragraphs.iter().any(|digest| mine.contains(digest))
    })
}

fn has_body(article: Article<'_>, body: Digest) -> bool {
    article.versions().iter().any(|version| version.body() == Some(body))
}

/// The article that most lately had the body.
fn with_body(graph: &Graph, body: Digest) -> Option<Article<'_>> {
    let entry = graph.entries().iter().rev().find(|entry| {
        let text = entry.record().and_then(|record| record.text.as_ref());
        text.is_some_and(|text| text.body == body)
    })?;
    graph.article_of(entry)
}

/// The article one of whose versions shares the most paragraphs, and enough of them.
fn by_overlap<'a>(graph: &'a Graph, body: &Text) -> Option<Article<'a>> {
    let mine: HashSet<Digest> = Paragraphs::of(body).digests().iter().copied().collect();
    let shared = |entry: &'a Entry| {
        let theirs = &entry.record()?.text.as_ref()?.paragraphs;
        let shared = theirs.iter().filter(|digest| mine.contains(digest)).count();
        let most = theirs.len().max(mine.len());
        (shared > 0 && shared * 100 >= most * MIN_OVERLAP).then_some((shared * 1000 / most, entry))
    };
    let (_, entry) = graph.entries().iter().filter_map(shared).max_by_key(|(share, _)| *share)?;
    graph.article_of(entry)
}
