//! `siglum link`: says later what a text was translated from.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;

use crate::cli::error::Failure;
use crate::cli::event::Recording;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::source;
use crate::cli::workspace::Context;
use crate::record::event::Event;

/// Record what an article was translated from, where its record doesn't say
///
/// The version that is named is the one that the translator worked from. It adds to what is known
/// of other sources, and takes the place of what was said of the same one.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The translation: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    reference: Reference,

    /// What it was translated from: a record of this log, or a URL
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "REF|URL")]
    translation_of: String,

    /// The source's text, for a source outside the log: its digest is recorded
    #[arg(long, value_name = "FILE")]
    source_file: Option<PathBuf>,

    #[command(flatten)]
    recording: Recording,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    args.recording.of_article(context, &args.reference, Event::Link, |workspace, graph, record| {
        let (target, file) = (&args.translation_of, args.source_file.as_deref());
        let source = source::find(context, workspace, graph, target, file)?;
        let own = source.target.as_deref().and_then(|target| graph.article(target));
        if own.is_some_and(|own| Some(own.id()) == record.article.as_deref()) {
            return Err(Failure::unanswered(format!("`{target}` is the article itself"))
                .hint("name the article that it was translated from"));
        }
        record.sources = vec![source];
        Ok(())
    })
}
