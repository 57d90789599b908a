//! `siglum log`: what is in the log.

use std::collections::HashMap;

use crate::audit::run;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::filter::Filtering;
use crate::cli::reference::Reference;
use crate::cli::render::{lineage, record};
use crate::cli::ui::{Format, Ui};
use crate::cli::verb::audit;
use crate::cli::workspace::Context;
use crate::lineage::draw;
use crate::lineage::filter::Answer;
use crate::lineage::graph::{Entry, Graph};
use crate::lineage::status;
use crate::people::roster::Roster;
use crate::store::index::view::Want;

/// List records, oldest first
///
/// Filters ask who is credited, in what role, between which languages, for whom, and when; a record
/// that carries no text, such as a review, credits nobody. Names are compared as texts are, whole.
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
        requires = "reference",
        conflicts_with_all = ["filter", "rule"]
    )]
    lineage: Option<Drawn>,

    #[command(flatten)]
    filtering: Filtering,

    /// Only of articles in whose newest version this audit rule finds something
    #[arg(long, value_name = "RULE", help_heading = "Filters")]
    rule: Option<String>,
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
    let rule = args.rule.as_deref().map(audit::find).transpose()?;
    let filter = args.filtering.filter(&workspace.settings.roster);
    let wanted = wants(args, &workspace.settings.roster);
    let known = context.know(&workspace, wanted.as_deref())?;
    let graph = known.graph();
    if let (Some(how), Some(reference)) = (args.lineage, &args.reference) {
        let family = draw::family(graph, reference.article(graph)?, &workspace.texts());
        lineage::print(context.ui, &family, how);
        return Ok(Exit::True);
    }
    let mut entries: Vec<&Entry> = match &args.reference {
        None => graph.entries().iter().collect(),
        Some(reference) => {
            let target = reference.find(graph)?;
            match target.article {
                Some(article) => article.entries().collect(),
                None => vec![target.entry],
            }
        }
    };
    let newer = entries.iter().filter(|entry| entry.record().is_none()).count();
    if filter.asks() || rule.is_some() {
        let mut undated = 0;
        entries.retain(|entry| match filter.judge(graph, entry) {
            Answer::Yes => true,
            Answer::No => false,
            Answer::Undated => {
                undated += 1;
                false
            }
        });
        say_left_out(context.ui, newer, undated);
    }
    if let Some(rule) = rule {
        let (texts, files) = (workspace.texts(), workspace.files());
        let house = workspace.house(context, &texts, &files);
        let mut found: HashMap<&str, bool> = HashMap::new();
        entries.retain(|entry| {
            graph.article_of(entry).is_some_and(|article| {
                *found
                    .entry(article.id())
                    .or_insert_with(|| run::finds(rule, graph, article, house))
            })
        });
    }
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
    Ok(if newer == 0 { Exit::True } else { Exit::Unanswered })
}

/// What the index is asked for; `None` where all of the log must be read.
fn wants(args: &Args, roster: &Roster) -> Option<Vec<Want>> {
    match &args.reference {
        _ if args.rule.is_some() => None,
        Some(reference) if args.filtering.is_of_record() => Some(reference.wants()),
        Some(_) => None,
        None => args.filtering.wants(roster),
    }
}

/// Says which records might be meant and are not shown.
pub(in crate::cli) fn say_left_out(ui: Ui, newer: usize, undated: usize) {
    let records = |number: usize| record::records(number as u64);
    if newer > 0 {
        ui.warn(format_args!("left out, because of a newer format: {}", records(newer)));
    }
    if undated > 0 {
        ui.note(format_args!(
            "left out, because the article states no time that can be read: {}",
            records(undated)
        ));
    }
}

/// A record as JSON, with the version that it carries and its status.
pub(in crate::cli) fn value(graph: &Graph, entry: &Entry) -> serde_json::Value {
    let carried = graph.version_of(entry);
    let status = carried.map(|(article, version)| status::status(article, version).status);
    record::entry(entry, carried.map(|(_, version)| version.number), status)
}
