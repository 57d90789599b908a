//! `siglum sign`: signs what was recorded and not yet signed.

use std::path::PathBuf;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint;
use crate::cli::workspace::Context;
use crate::store::append::Writer;

/// Sign the records that are not yet signed, and make missing tiles again
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The private key's file
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let verifier = workspace.verifier()?;
    let key = context.key(args.key.as_deref(), verifier)?;
    let mut writer = Writer::open(&workspace.layout, Some(verifier))?;
    if let Some(file) = writer.set_aside() {
        context.ui.warn(format_args!("an unfinished write was set aside in {file}"));
    }
    let before = writer.snapshot().journal().signed_size();
    let signed = writer.sign(&key, verifier, &context.memory())?;
    checkpoint::print(context.ui, &signed, signed.size() - before);
    Ok(Exit::True)
}
