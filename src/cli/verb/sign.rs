//! `siglum sign`: signs what was recorded and not yet signed.

use std::path::PathBuf;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint;
use crate::cli::workspace::Context;

/// Sign the records that are not yet signed, and make missing tiles again
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The private key's file
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let mut writer = context.writer(&workspace)?;
    // Under the lock: who rotates the key takes it too.
    let verifier = writer.newest_key().clone();
    let key = context.key(args.key.as_deref(), &verifier)?;
    let before = writer.snapshot().journal().signed_size();
    let signed = writer.sign(&key, &verifier, &context.memory())?;
    context.remember(&workspace, Some(&signed));
    checkpoint::print(context.ui, &signed, signed.size() - before);
    Ok(Exit::True)
}
