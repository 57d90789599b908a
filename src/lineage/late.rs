//! Sources that come after their translations.
//!
//! A recorder may say what a text was translated from before that is recorded. The record then names
//! an article that the log does not have. Which version was meant is known when it comes: the first
//! that came under that name. A later link says so; nothing here makes it.

use super::basis;
use super::graph::{Article, Entry, Graph, Version};
use crate::record::source::Source;

/// What stands before an id in a source's target where the id was one of this log that the log did
/// not have yet.
pub const HERE: &str = "id:";

/// The readers that say themselves what a text was translated from. In a record of theirs a target
/// without [`HERE`] may be the file's claim, which names no version, and none is made up for it.
const CLAIMING: &[&str] = &["ans", "html", "markdown", "newsml", "ninjs"];

/// A statement about a source that the log did not have when it was made.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// The translation.
    pub article: Article<'a>,
    /// The record that says so.
    pub said_by: &'a Entry,
    /// The source's name: an id, or an id with `@` and a version's number.
    pub target: &'a str,
    /// Whether it was the recorder who said so, and not perhaps the file alone.
    pub is_stated: bool,
}

/// A source's name without [`HERE`].
pub fn name(target: &str) -> &str {
    target.strip_prefix(HERE).unwrap_or(target)
}

/// The article that a source's target names, with the version's number where it names one.
pub fn find<'a>(graph: &'a Graph, target: &str) -> Option<(Article<'a>, Option<usize>)> {
    let name = name(target);
    let whole = graph.article(name).map(|article| (article, None));
    whole.or_else(|| {
        let (id, number) = name.rsplit_once('@')?;
        Some((graph.article(id)?, Some(number.parse().ok()?)))
    })
}

/// All names under which a target's article may come.
pub fn names(target: &str) -> impl Iterator<Item = &str> {
    let name = name(target);
    let numbered = name.rsplit_once('@').filter(|(_, number)| number.parse::<usize>().is_ok());
    [name].into_iter().chain(numbered.map(|(id, _)| id))
}

/// What is said of an article's newest version that leads to no version of a source.
pub fn waiting<'a>(graph: &'a Graph, article: Article<'a>) -> Vec<Waiting<'a>> {
    let names_any = |entry: &Entry| entry.record().is_some_and(|record| !record.sources.is_empty());
    if !article.entries().any(names_any) {
        return Vec::new();
    }
    let Some(newest) = article.newest() else { return Vec::new() };
    let bases = basis::of(graph, article, newest).into_iter();
    let open = bases.filter(|basis| {
        let source = basis.source;
        basis.version.is_none() && !source.is_pinned() && source.log.is_none()
    });
    open.filter_map(|basis| {
        let target = basis.source.target.as_deref()?;
        let reader = basis.said_by.record()?.reader.as_deref();
        let may_claim = reader.is_some_and(|reader| CLAIMING.contains(&reader));
        let is_stated = target.starts_with(HERE) || !may_claim;
        Some(Waiting { article, said_by: basis.said_by, target: name(target), is_stated })
    })
    .collect()
}

impl<'a> Waiting<'a> {
    /// The version that is meant, once there is one: the one that is named; else the first that came
    /// after the statement; else, where the name came to an article that was there, its newest
    /// before the statement.
    pub fn version(&self, graph: &'a Graph) -> Option<Version<'a>> {
        let (source, number) = find(graph, self.target)?;
        if source.id() == self.article.id() {
            return None;
        }
        let versions = source.versions();
        let at = if let Some(number) = number {
            number.checked_sub(1)?
        } else {
            let before = versions.partition_point(|v| v.entry.index < self.said_by.index);
            if before < versions.len() { before } else { before.checked_sub(1)? }
        };
        versions.get(at).copied()
    }

    /// The same as the source of a link.
    pub fn source(&self, graph: &'a Graph) -> Option<Source> {
        let version = self.version(graph)?;
        let target = version.record.article.clone();
        Some(Source { target, leaf: Some(version.entry.leaf), ..Source::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_a_number_of_a_version() {
        assert_eq!(names("id:en@2").collect::<Vec<_>>(), ["en@2", "en"]);
        assert_eq!(names("https://x.example/a@b").collect::<Vec<_>>(), ["https://x.example/a@b"]);
        assert_eq!(name("id:id:x"), "id:x");
    }
}
