//! `siglum sign`: signs what was recorded and not yet signed.

use std::path::PathBuf;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint;
use crate::cli::workspace::Context;
use crate::store::append::Writer;
use crate::store::error::StoreError;

/// Sign the records that are not yet signed, and make missing tiles again
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The private key's file
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let verifier = workspace.signing_verifier()?;
    let key = context.key(args.key.as_deref(), &verifier)?;
    let recalled = context.recall(&workspace)?;
    let mut writer = Writer::open(&workspace.layout, &verifier)?;
    if let Some(file) = writer.set_aside() {
        context.ui.warn(format_args!("an unfinished write was set aside in {file}"));
    }
    let checked = &writer.snapshot().checked;
    let faults = context.memory_faults(&workspace, checked, recalled)?;
    if !faults.is_empty() {
        return Err(StoreError::Faults { faults }.into());
    }
    let before = writer.snapshot().journal().signed_size();
    let signed = writer.sign(&key, &verifier, &context.memory())?;
    context.remember(&workspace, Some(&signed));
    checkpoint::print(context.ui, &signed, signed.size() - before);
    Ok(Exit::True)
}
