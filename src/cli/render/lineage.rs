//! An article's family.

use serde_json::{Value, json};

use crate::cli::sanitize;
use crate::cli::ui::{Format, Ui};
use crate::cli::verb::log::Drawn;
use crate::lineage::draw::Drawing;
use crate::lineage::stale::{Freshness, Staleness};
use crate::lineage::status;

/// Shows an article's family.
pub(in crate::cli) fn print(ui: Ui, family: &Drawing<'_>, how: Drawn) {
    match (ui.format(), how) {
        (Format::Human, Drawn::Tree) => ui.raw(&sanitize::lines(&family.tree())),
        (Format::Human, Drawn::Mermaid) => ui.raw(&sanitize::lines(&family.mermaid())),
        (Format::Human, Drawn::Dot) => ui.raw(&sanitize::lines(&family.dot())),
        (Format::Json | Format::Ndjson, _) => ui.value(&value(family)),
    }
}

fn value(family: &Drawing<'_>) -> Value {
    let nodes = family.nodes.iter().map(|node| {
        let record = node.entry.record();
        json!({
            "index": node.entry.index,
            "leaf": node.entry.leaf.to_string(),
            "article": node.article,
            "event": record.map(|record| record.event.as_str()),
            "language": record.and_then(|record| record.language.as_ref()),
            "version": node.version.map(|(number, _)| number),
            "status": node.version.map(|(_, status)| status.as_str()),
            "freshness": node.freshness.map(Freshness::as_str),
        })
    });
    let edges = family
        .edges
        .iter()
        .map(|edge| json!({ "from": edge.from, "to": edge.to, "link": edge.link.as_str() }));
    json!({ "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>() })
}

/// How a version stands to a source, for `verify`.
#[derive(Debug)]
pub(in crate::cli) struct SourceState {
    /// One of a file's `sources`.
    pub(in crate::cli) value: Value,
    /// What to say of it, where there is something to say.
    pub(in crate::cli) line: Option<String>,
}

/// How a version stands to a source.
pub(in crate::cli) fn source(staleness: &Staleness<'_>) -> SourceState {
    let source = staleness.basis.version;
    let status = source.map(|(article, version)| status::status(article, version));
    let value = json!({
        "article": source.map(|(article, _)| article.id()),
        "target": staleness.basis.source.target,
        "version": staleness.against.map(|version| version.number),
        "newer": staleness.newer.map(|version| version.number),
        "freshness": staleness.freshness.as_str(),
        "restored": staleness.restored,
        "status": status.map(|standing| standing.status.as_str()),
    });
    let ended = status.filter(|s| s.status.has_ended());
    let line = match (source, staleness.against, staleness.freshness) {
        (Some((article, _)), ..) if ended.is_some() => {
            ended.map(|ended| format!("{} was {}", article.id(), ended.status))
        }
        (Some((article, _)), Some(against), Freshness::Minor | Freshness::Stale) => {
            let newer = staleness.newer.map(|newer| newer.number).unwrap_or_default();
            let how = match staleness.freshness {
                Freshness::Stale => "changed",
                _ => "changed in wording only",
            };
            Some(format!(
                "made from {}@{}, which {how} in version {newer}",
                article.id(),
                against.number
            ))
        }
        (None, _, Freshness::NotChecked) => staleness.basis.source.target.as_ref().map(|target| {
            format!("made from {target}, outside this log: whether that changed was not checked")
        }),
        _ => None,
    };
    SourceState { value, line: line.map(|line| sanitize::line(&line).to_string()) }
}
