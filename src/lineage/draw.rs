//! An article's family as a drawing: records, and what leads from one to another.
//!
//! A drawing is a graph of records, by index. It is written as a tree for people, in Mermaid's
//! flowchart syntax, and in Graphviz's DOT language.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use super::basis;
use super::graph::{Article, Entry, Graph};
use super::stale::{self, Freshness, Texts};
use super::status::{self, Status};
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What leads from one record to another.
    Link, "link", {
        /// The article's next record.
        Next = "next",
        /// What was translated from it.
        Translation = "translation",
        /// What was reviewed against it.
        Review = "review",
    }
}

/// A record of the family.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The record.
    pub entry: &'a Entry,
    /// Its article's id.
    pub article: &'a str,
    /// The version that it carries, and what became of it.
    pub version: Option<(usize, Status)>,
    /// For the newest version of a translation: how it stands to its sources, the worst of them.
    pub freshness: Option<Freshness>,
}

/// What leads from a record to another, by their indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// From which.
    pub from: u64,
    /// To which.
    pub to: u64,
    /// How.
    pub link: Link,
}

/// An article's family: all that it was made from, and all that was made from it.
#[derive(Debug, Clone)]
pub struct Drawing<'a> {
    /// The records, by article in the order of first records, then in log order.
    pub nodes: Vec<Node<'a>>,
    /// What leads from one to another.
    pub edges: Vec<Edge>,
}

/// Draws the family of an article.
pub fn family<'a>(graph: &'a Graph, article: Article<'a>, texts: &Texts<'_>) -> Drawing<'a> {
    let mut drawing = Drawing { nodes: Vec::new(), edges: Vec::new() };
    for member in members(graph, article) {
        drawing.add(graph, member, texts);
    }
    drawing
}

/// The articles of a family, in the order of their first records.
fn members<'a>(graph: &'a Graph, article: Article<'a>) -> Vec<Article<'a>> {
    let mut known: BTreeSet<&str> = BTreeSet::from([article.id()]);
    let mut members = vec![article];
    let mut at = 0;
    while let Some(member) = members.get(at).copied() {
        at += 1;
        let mut near: Vec<Article<'a>> = Vec::new();
        for version in member.versions() {
            let bases = basis::of(graph, member, version);
            near.extend(bases.iter().filter_map(|basis| basis.version).map(|(source, _)| source));
            let citing = graph.citing(&version.entry.leaf);
            near.extend(citing.filter_map(|entry| graph.article_of(entry)));
        }
        for article in near {
            if known.insert(article.id()) {
                members.push(article);
            }
        }
    }
    members.sort_by_key(|member| member.entries().next().map(|entry| entry.index));
    members
}

impl<'a> Drawing<'a> {
    fn add(&mut self, graph: &'a Graph, article: Article<'a>, texts: &Texts<'_>) {
        let newest = article.newest().map(|version| version.entry.index);
        let versions = article.versions();
        let mut before: Option<u64> = None;
        for entry in article.entries() {
            let version = versions.iter().find(|version| version.entry.index == entry.index);
            let freshness = version.filter(|_| newest == Some(entry.index)).and_then(|version| {
                let all = stale::of(graph, article, *version, texts);
                all.iter().map(|staleness| staleness.freshness).max()
            });
            let state = version.map(|v| (v.number, status::status(article, *v).status));
            self.nodes.push(Node { entry, article: article.id(), version: state, freshness });
            let to = entry.index;
            if let Some(from) = before.replace(to) {
                self.edges.push(Edge { from, to, link: Link::Next });
            }
            if let Some(version) = version {
                let bases = basis::of(graph, article, *version);
                for (_, source) in bases.iter().filter_map(|basis| basis.version) {
                    let from = source.entry.index;
                    self.edges.push(Edge { from, to, link: Link::Translation });
                }
            }
            let record = entry.record().filter(|record| record.review.is_some());
            let against = record.and_then(|record| record.sources.iter().find_map(|s| s.leaf));
            if let Some(against) = against.and_then(|leaf| graph.by_leaf(&leaf)) {
                self.edges.push(Edge { from: against.index, to, link: Link::Review });
            }
        }
    }

    /// The family as a tree, a line a record, indented below what it was made from: the record's
    /// index, what happened, and what became of it.
    pub fn tree(&self) -> String {
        let homes = self.homes();
        let mut tree =
            Tree { children: BTreeMap::new(), drawn: BTreeSet::new(), out: String::new() };
        let mut known = BTreeSet::new();
        for node in &self.nodes {
            if known.insert(node.article)
                && let Some(home) = homes.get(node.article)
            {
                tree.children.entry(*home).or_default().push(node.article);
            }
        }
        let (roots, others): (Vec<_>, Vec<_>) =
            self.nodes.iter().partition(|node| !homes.contains_key(node.article));
        // A family in which each was made from another has no root; none of it is left out.
        for node in roots.into_iter().chain(others) {
            self.branch(node.article, 0, &mut tree);
        }
        tree.out
    }

    /// The record under which each article is drawn: the first that one of its versions was made
    /// from.
    fn homes(&self) -> HashMap<&'a str, u64> {
        let articles: HashMap<u64, &str> =
            self.nodes.iter().map(|node| (node.entry.index, node.article)).collect();
        let mut homes = HashMap::new();
        for edge in self.edges.iter().filter(|edge| edge.link == Link::Translation) {
            if let Some(article) = articles.get(&edge.to) {
                homes.entry(*article).or_insert(edge.from);
            }
        }
        homes
    }

    fn branch(&self, article: &'a str, depth: usize, tree: &mut Tree<'a>) {
        if !tree.drawn.insert(article) {
            return;
        }
        let indent = "   ".repeat(depth);
        let nodes = || self.nodes.iter().filter(|node| node.article == article);
        let language = nodes().find_map(|node| node.entry.record()?.language.clone());
        let language = language.map(|language| format!(" [{language}]")).unwrap_or_default();
        let _ = writeln!(tree.out, "{indent}{article}{language}");
        for node in nodes() {
            let _ = writeln!(tree.out, "{indent}   {}", self.described(node));
            for child in tree.children.remove(&node.entry.index).unwrap_or_default() {
                self.branch(child, depth + 2, tree);
            }
        }
    }

    /// "3  version 2, correction on 2026-03-01 12:00, corrected (4,000, not 40,000)".
    fn described(&self, node: &Node<'_>) -> String {
        let index = node.entry.index;
        let Some(record) = node.entry.record() else {
            return format!("{index}  a record of a newer format");
        };
        let time = record.recorded.as_str().get(..16).unwrap_or_default().replace('T', " ");
        let what = match node.version {
            Some((number, status)) => {
                format!("version {number}, {} {time}, {status}", record.event)
            }
            None => format!("{} {time}", record.event),
        };
        let from = |link: Link| {
            let edge = self.edges.iter().find(|edge| edge.to == index && edge.link == link)?;
            let source = self.nodes.iter().find(|source| source.entry.index == edge.from)?;
            Some(format!("{}@{}", source.article, source.version?.0))
        };
        let mut more = Vec::new();
        more.extend(from(Link::Translation).map(|source| format!("from {source}")));
        if let Some(review) = &record.review {
            let by = review.by.as_deref().unwrap_or("somebody whose name is sealed");
            more.push(format!("{} review by {by}, {}", review.kind, review.outcome));
            more.extend(from(Link::Review).map(|source| format!("against {source}")));
        }
        more.extend(node.freshness.map(|freshness| freshness.to_string()));
        more.extend(record.note.clone().map(|note| format!("“{note}”")));
        let more = more.join("; ");
        if more.is_empty() {
            format!("{index}  {what}")
        } else {
            format!("{index}  {what}; {more}")
        }
    }

    /// The family as a Mermaid flowchart.
    pub fn mermaid(&self) -> String {
        // Entity codes are what Mermaid has in the place of an escape in a quoted label.
        let label = |text: &str| {
            let escape = |c: char| match c {
                '"' | '#' | '<' | '>' | '&' | ';' => format!("#{};", u32::from(c)),
                c if c.is_control() => " ".to_owned(),
                c => c.to_string(),
            };
            text.chars().map(escape).collect::<String>()
        };
        let mut out = "flowchart LR\n".to_owned();
        for node in &self.nodes {
            let (index, [head, tail]) = (node.entry.index, node.label());
            let _ = writeln!(out, "  r{index}[\"{}<br/>{}\"]", label(&head), label(&tail));
        }
        for Edge { from, to, link } in &self.edges {
            let arrow = match link {
                Link::Next => "-->".to_owned(),
                Link::Translation | Link::Review => format!("-. {link} .->"),
            };
            let _ = writeln!(out, "  r{from} {arrow} r{to}");
        }
        out
    }

    /// The family as a DOT digraph.
    pub fn dot(&self) -> String {
        let quoted = |text: &str| {
            let escape = |c: char| match c {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                c if c.is_control() => " ".to_owned(),
                c => c.to_string(),
            };
            text.chars().map(escape).collect::<String>()
        };
        let mut out = "digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n".to_owned();
        for node in &self.nodes {
            let (index, [head, tail]) = (node.entry.index, node.label());
            let _ = writeln!(out, "  r{index} [label=\"{}\\n{}\"];", quoted(&head), quoted(&tail));
        }
        for Edge { from, to, link } in &self.edges {
            let style = match link {
                Link::Next => String::new(),
                Link::Translation | Link::Review => format!(" [style=dashed, label=\"{link}\"]"),
            };
            let _ = writeln!(out, "  r{from} -> r{to}{style};");
        }
        out.push_str("}\n");
        out
    }
}

/// A tree while it is drawn.
struct Tree<'a> {
    /// The articles to be drawn under a record, by its index.
    children: BTreeMap<u64, Vec<&'a str>>,
    drawn: BTreeSet<&'a str>,
    out: String,
}

impl Node<'_> {
    /// What it is, and what became of it, in a line each.
    fn label(&self) -> [String; 2] {
        let event = self.entry.record().map_or("not understood", |record| record.event.as_str());
        let head = match self.version {
            Some((number, _)) => format!("{} {number}", self.article),
            None => self.article.to_owned(),
        };
        let status = self.version.map(|(_, status)| format!(", {status}")).unwrap_or_default();
        let freshness = self.freshness.map(|f| format!(", {f}")).unwrap_or_default();
        [head, format!("{event}{status}{freshness}")]
    }
}
