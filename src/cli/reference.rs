//! References to records: `INDEX | LEAF | ARTICLE[@VERSION] | id:ARTICLE`.

use std::fmt;
use std::str::FromStr;

use super::error::Failure;
use crate::lineage::graph::{Article, Entry, Graph, Version};
use crate::store::index::view::Want;

/// The fewest digits of a leaf hash that name a record.
const MIN_LEAF: usize = 8;

/// A reference, as written.
///
/// - `12`: the record with that index;
/// - 8 to 64 hexadecimal digits: the one record whose leaf hash begins so;
/// - `ARTICLE` or `ARTICLE@2`: an article's newest version, or its second;
/// - `id:ARTICLE`: an article whose id looks like one of the above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference(String);

impl FromStr for Reference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            Err("an empty reference".to_owned())
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// The record.
    pub(super) entry: &'a Entry,
    /// The article it is of; none for administrative records and newer formats.
    pub(super) article: Option<Article<'a>>,
    /// The version that it carries; none for other events.
    pub(super) version: Option<Version<'a>>,
}

impl Reference {
    /// The index, if the reference is one.
    pub(super) fn as_index(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// What the index is asked for so that [`Reference::find`] finds it.
    pub(super) fn wants(&self) -> Vec<Want> {
        let text = self.0.as_str();
        if let Some(id) = text.strip_prefix("id:") {
            return vec![Want::Article(id.to_owned())];
        }
        if let Some(index) = self.as_index() {
            return vec![Want::Record(index)];
        }
        let mut wants = vec![Want::Article(text.to_owned())];
        wants.extend(text.rsplit_once('@').map(|(id, _)| Want::Article(id.to_owned())));
        wants.extend(is_leaf(text).then(|| Want::Leaf(text.to_owned())));
        wants
    }

    /// Finds what the reference leads to.
    pub(super) fn find<'a>(&self, graph: &'a Graph) -> Result<Target<'a>, Failure> {
        let text = self.0.as_str();
        if let Some(id) = text.strip_prefix("id:") {
            return article(graph, id, None).ok_or_else(|| self.unknown());
        }
        if let Ok(index) = text.parse::<u64>() {
            return graph.by_index(index).map(|entry| of_entry(graph, entry)).ok_or_else(|| {
                let held = graph.size();
                Failure::unanswered(format!("there is no record {index}; the log has {held}"))
                    .hint("records count from 0; `id:` before a number makes it an article's id")
            });
        }
        if is_leaf(text) {
            let mut found = graph.by_leaf_prefix(text);
            match (found.next(), found.next()) {
                (Some(entry), None) => return Ok(of_entry(graph, entry)),
                (Some(_), Some(_)) => {
                    return Err(Failure::unanswered(format!(
                        "several leaf hashes begin with {text}"
                    ))
                    .hint("give more digits"));
                }
                (None, _) => {}
            }
        }
        let whole = article(graph, text, None);
        let numbered = || {
            let (id, number) = text.rsplit_once('@')?;
            article(graph, id, Some(number.parse().ok()?))
        };
        whole.or_else(numbered).ok_or_else(|| self.unknown())
    }

    /// The article that the reference leads to.
    pub(super) fn article<'a>(&self, graph: &'a Graph) -> Result<Article<'a>, Failure> {
        self.find(graph)?.article.ok_or_else(|| {
            Failure::unanswered("a record about the log itself is of no article")
                .hint("`siglum log` lists the articles")
        })
    }

    /// The version that the reference leads to: for an event, the newest.
    pub(super) fn text<'a>(&self, graph: &'a Graph) -> Result<(Article<'a>, Version<'a>), Failure> {
        let article = self.article(graph)?;
        let version = self.find(graph)?.version.or_else(|| article.newest());
        version.map(|version| (article, version)).ok_or_else(|| self.unknown())
    }

    fn unknown(&self) -> Failure {
        Failure::unanswered(format!("the log has nothing called `{}`", self.0))
            .hint("`siglum log` lists the articles; a reference is INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE")
    }
}

/// Whether a text may be the beginning of a leaf hash.
fn is_leaf(text: &str) -> bool {
    let is_hex = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_hex && (MIN_LEAF..=64).contains(&text.len())
}

fn of_entry<'a>(graph: &'a Graph, entry: &'a Entry) -> Target<'a> {
    let version = graph.version_of(entry).map(|(_, version)| version);
    Target { entry, article: graph.article_of(entry), version }
}

fn article<'a>(graph: &'a Graph, id: &str, number: Option<usize>) -> Option<Target<'a>> {
    let article = graph.article(id)?;
    let version = match number {
        Some(number) => article.version(number)?,
        None => article.newest()?,
    };
    Some(Target { entry: version.entry, article: Some(article), version: Some(version) })
}
