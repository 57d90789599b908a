//! `siglum log`: what is in the log.

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::known::Known;
use crate::cli::reference::Reference;
use crate::cli::render::{lineage, record};
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::lineage::draw;
use crate::lineage::graph::{Entry, Graph};
use crate::lineage::status;

/// List records, oldest first
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// An article: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE; all unless given
    reference: Option<Reference>,

    /// Draw the article's family: its versions, what it was translated from, what was translated
    /// from it, reviews and corrections; as a tree, or as text for Mermaid or Graphviz
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "tree",
        requires = "reference"
    )]
    lineage: Option<Drawn>,
}

/// How a family is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Drawn {
    /// A tree of text
    Tree,
    /// A Mermaid flowchart
    Mermaid,
    /// A Graphviz digraph
    Dot,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let known = match &args.reference {
        Some(reference) => context.know(&workspace, &reference.wants())?,
        None => Known::Whole(Box::new(context.load(&workspace)?)),
    };
    let graph = known.graph();
    if let (Some(how), Some(reference)) = (args.lineage, &args.reference) {
        let family = draw::family(graph, reference.article(graph)?, &workspace.texts());
        lineage::print(context.ui, &family, how);
        return Ok(Exit::True);
    }
    let entries: Vec<&Entry> = match &args.reference {
        None => graph.entries().iter().collect(),
        Some(reference) => {
            let target = reference.find(graph)?;
            match target.article {
                Some(article) => article.entries().collect(),
                None => vec![target.entry],
            }
        }
    };
    let values = || entries.iter().map(|entry| value(graph, entry));
    match context.ui.format() {
        Format::Human => {
            for entry in &entries {
                context.ui.line(record::line(entry, graph.version_of(entry)));
            }
            if known.unsigned() > 0 {
                let unsigned = record::records(known.unsigned());
                context.ui.note(format_args!("{unsigned} not yet signed"));
            }
        }
        Format::Json => {
            context.ui.value(&serde_json::json!({ "records": values().collect::<Vec<_>>() }));
        }
        Format::Ndjson => {
            for value in values() {
                context.ui.value(&value);
            }
        }
    }
    let all_understood = entries.iter().all(|entry| entry.record().is_some());
    Ok(if all_understood { Exit::True } else { Exit::Unanswered })
}

/// A record as JSON, with the version that it carries and its status.
pub(in crate::cli) fn value(graph: &Graph, entry: &Entry) -> serde_json::Value {
    let carried = graph.version_of(entry);
    let status = carried.map(|(article, version)| status::status(article, version).status);
    record::entry(entry, carried.map(|(_, version)| version.number), status)
}
