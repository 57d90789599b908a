//! `siglum show`: one record, whole.

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::sanitize;
use crate::cli::ui::{DIM, Format, styled};
use crate::cli::verb::log;
use crate::cli::workspace::Context;
use crate::lineage::graph::Content;
use crate::record::encode::EncodeError;
use crate::store::texts;

/// Show one record, as it stands in the log
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    reference: Reference,

    /// Show the text of its body instead, if it is kept
    #[arg(long)]
    text: bool,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let known = context.know(&workspace, Some(&args.reference.wants()))?;
    let graph = known.graph();
    let target = args.reference.find(graph)?;
    let entry = target.entry;
    let record = match &entry.content {
        Content::Record(record) => record,
        Content::Newer(format) => {
            return Err(Failure::unanswered(format!(
                "record {} is of format {format}, which this program does not understand",
                entry.index
            ))
            .hint("its hash was checked; a newer siglum can read it"));
        }
    };
    if args.text {
        let body = record.text.as_ref().map(|text| text.body);
        let text = body.and_then(|body| texts::find(&workspace.layout, &body)).ok_or_else(
            || match body.and_then(|body| graph.erasure(&body)) {
                Some(erasure) => Failure::unanswered(format!(
                    "the text of record {} was erased, as record {} says",
                    entry.index, erasure.index
                )),
                None => {
                    Failure::unanswered(format!("the text of record {} is not kept", entry.index))
                        .hint("[text] keep in provenance.toml says which texts are")
                }
            },
        )?;
        context.ui.line(sanitize::lines(&text));
        return Ok(Exit::True);
    }
    match context.ui.format() {
        Format::Human => {
            let bytes = record.encode().map_err(|error: EncodeError| {
                Failure::unanswered(format!("record {}: {error}", entry.index))
            })?;
            context
                .ui
                .line(styled(DIM, format_args!("# record {}, leaf {}", entry.index, entry.leaf)));
            context.ui.raw(&sanitize::lines(&String::from_utf8_lossy(&bytes)));
        }
        Format::Json | Format::Ndjson => context.ui.value(&log::value(graph, entry)),
    }
    Ok(Exit::True)
}
