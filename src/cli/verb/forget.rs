//! `siglum forget`: erases a kept text, and says so in the log.

use crate::cli::error::Failure;
use crate::cli::event::Recording;
use crate::cli::exit::Exit;
use crate::cli::workspace::Context;
use crate::record::event::{Erased, Event};
use crate::record::source::Erasure;
use crate::store::texts;
use crate::text::digest::Digest;

/// Erase a kept text, and record that it was erased
///
/// The records that name the text stay: they say who published it, when, and its digests. Whoever
/// has the text elsewhere can still be told that it is the same. A text short enough to be guessed
/// can be found by its digest.
///
/// The erasure is recorded first, and then done: one that was cut short is done by saying it again.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The digest of the body, 64 hexadecimal digits, as `siglum show` gives it
    digest: Digest,

    #[command(flatten)]
    recording: Recording,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let (layout, digest) = (&workspace.layout, args.digest);
    let snapshot = context.load(&workspace)?;
    let erased = snapshot.graph.erasure(&digest).map(|entry| entry.index);
    let kept = texts::is_there(layout, &digest);
    if let Some(index) = erased
        && !kept
    {
        context
            .ui
            .note(format_args!("record {index} says that it was erased, and it is not there"));
        return Ok(Exit::True);
    }
    if !kept {
        return Err(Failure::unanswered(format!("no text with the digest {digest} is kept"))
            .hint("`siglum show REF` gives the digest of a record's body"));
    }
    if erased.is_none() {
        args.recording.append(context, &workspace, Event::Erasure, |_, record| {
            record.erasure = Some(Erasure { what: Erased::Text, digest });
            Ok(())
        })?;
    }
    texts::erase(layout, &digest)?;
    context.ui.note("the text is erased; copies in backups and in git's history are not");
    Ok(Exit::True)
}
