//! `siglum alias`: gives an article another id.

use clap::builder::NonEmptyStringValueParser;

use crate::cli::error::Failure;
use crate::cli::event::Recording;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::workspace::Context;
use crate::record::event::Event;

/// Record another id of an article, such as its URL in another system
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The article: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    reference: Reference,

    /// Its other id
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    id: String,

    #[command(flatten)]
    recording: Recording,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    args.recording.of_article(context, &args.reference, Event::Alias, |_, _, record| {
        record.aliases = vec![args.id.clone()];
        Ok(())
    })
}
