//! `siglum retract`: says that an article was retracted.

use clap::builder::NonEmptyStringValueParser;

use crate::cli::error::Failure;
use crate::cli::event::Recording;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::workspace::Context;
use crate::record::event::Event;

/// Record that an article was retracted: all its versions, and what was translated from them
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The article: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    reference: Reference,

    /// Why
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NOTE")]
    note: String,

    #[command(flatten)]
    recording: Recording,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    args.recording.end(context, &args.reference, Event::Retraction, Some(&args.note))
}
