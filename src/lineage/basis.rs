//! What a version was made from: the source that its recorder named, or a later link.

use super::graph::{Article, Entry, Graph, Version};
use super::late;
use crate::record::event::{Event, Origin};
use crate::record::source::{Machine, Source};

/// What a version was made from.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The record that says so.
    pub said_by: &'a Entry,
    /// The source, as it says.
    pub source: &'a Source,
    /// The version of an article of this log that the source is, where it is pinned to one.
    pub version: Option<(Article<'a>, Version<'a>)>,
}

/// What a version of an article was made from, the newest statement first.
///
/// A recorder's statement holds for later versions too, until another takes its place; links add to
/// it. Of two statements about the same source the newer holds. What the text itself says of its
/// sources ("Original article") is no statement of which version was used, and left out.
pub fn of<'a>(graph: &'a Graph, article: Article<'a>, version: Version<'a>) -> Vec<Basis<'a>> {
    let next = article.version(version.number + 1).map_or(u64::MAX, |next| next.entry.index);
    let mut all: Vec<Basis<'a>> = Vec::new();
    for entry in article.entries().rev().filter(|entry| entry.index < next) {
        let Some(record) = entry.record() else { continue };
        let is_link = record.event == Event::Link;
        if !is_link && !record.event.has_text() {
            continue;
        }
        let stated = record.sources.iter().filter(|source| is_link || source.is_stated());
        let mut any = false;
        for source in stated {
            any = true;
            let basis = Basis { said_by: entry, source, version: resolve(graph, entry, source) };
            if !all.iter().any(|have| same_source(graph, have, &basis)) {
                all.push(basis);
            }
        }
        if any && !is_link {
            break;
        }
    }
    all
}

/// Whether a version is a translation, as far as is known: its own record says so, or what was
/// stated of the article before, or of a version before it, still holds.
pub fn is_translation<'a>(graph: &'a Graph, article: Article<'a>, version: Version<'a>) -> bool {
    let says = |version: &Version<'_>| version.record.origin == Some(Origin::Translation);
    since_made(article, version).iter().any(says) || !of(graph, article, version).is_empty()
}

/// The machines that took part in a version: those that its record names, or the last ones named
/// before it, unless a newer statement of what it was made from begins anew.
pub fn machines<'a>(article: Article<'a>, version: Version<'a>) -> &'a [Machine] {
    let named = since_made(article, version).into_iter().map(|v| v.record.machines.as_slice());
    named.into_iter().find(|machines| !machines.is_empty()).unwrap_or_default()
}

/// A version and those before it, newest first, back to the one that says what it was made from.
fn since_made<'a>(article: Article<'a>, version: Version<'a>) -> Vec<Version<'a>> {
    let mut versions = article.versions();
    versions.truncate(version.number);
    versions.reverse();
    let states = |version: &Version<'_>| version.record.sources.iter().any(Source::is_stated);
    let last = versions.iter().position(states).map_or(versions.len(), |at| at + 1);
    versions.truncate(last);
    versions
}

/// The version that a source is: by its leaf, or by the digest of a body that its article had.
///
/// Only what was in the log before the record that names it can be its source, so that no article
/// is made from itself.
fn resolve<'a>(
    graph: &'a Graph,
    by: &Entry,
    source: &Source,
) -> Option<(Article<'a>, Version<'a>)> {
    if source.log.is_some() {
        return None;
    }
    if let Some(leaf) = &source.leaf {
        let entry = graph.by_leaf(leaf).filter(|entry| entry.index < by.index)?;
        return graph.version_of(entry);
    }
    let (article, digest) = (graph.article(source.target.as_deref()?)?, source.digest?);
    if graph.article_of(by).is_some_and(|own| own.id() == article.id()) {
        return None;
    }
    let has_body = |version: &Version<'_>| version.body() == Some(digest);
    Some((article, article.versions().into_iter().rev().find(has_body)?))
}

fn same_source(graph: &Graph, one: &Basis<'_>, other: &Basis<'_>) -> bool {
    let named = named(graph, one);
    named.is_some() && named == self::named(graph, other)
}

/// The id of the article that a source is, or is said to be; else its target.
pub(crate) fn named<'a>(graph: &'a Graph, basis: &Basis<'a>) -> Option<&'a str> {
    if let Some((source, _)) = basis.version {
        return Some(source.id());
    }
    let target = basis.source.target.as_deref()?;
    // In another log an id is another article's.
    let here = basis.source.log.is_none().then(|| late::find(graph, target)).flatten();
    Some(here.map_or(late::name(target), |(source, _)| source.id()))
}

/// The articles that a version was made from in the end and on the way there, nearest first: its
/// sources, their sources, and so on.
pub fn ancestors<'a>(
    graph: &'a Graph,
    article: Article<'a>,
    version: Version<'a>,
) -> Vec<(Article<'a>, Version<'a>)> {
    let mut found: Vec<(Article<'a>, Version<'a>)> = Vec::new();
    let mut next = (article, version);
    let mut at = 0;
    loop {
        for source in of(graph, next.0, next.1).into_iter().filter_map(|basis| basis.version) {
            let known = |id: &str| article.id() == id || found.iter().any(|(a, _)| a.id() == id);
            if !known(source.0.id()) {
                found.push(source);
            }
        }
        match found.get(at) {
            Some(source) => next = *source,
            None => return found,
        }
        at += 1;
    }
}
