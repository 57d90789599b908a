//! `siglum export`: the log for other programs.

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint;
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::store::{export, open};

/// Write the log in a form that other programs read
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the static tree of C2SP tlog-tiles: checkpoint, hash tiles, entry bundles
    ///
    /// Served by any web server, it is a transparency log that any C2SP client reads. Only signed
    /// records are in it.
    C2sp {
        /// The directory: one that is not there yet, or an earlier export, which is brought up to date
        directory: PathBuf,
    },
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let What::C2sp { directory } = &args.what;
    let workspace = context.workspace()?;
    let signed = workspace.checkpoint()?;
    let keys = open::keychain(&workspace.layout, workspace.verifier()?)?;
    let exported = export::c2sp(&workspace.layout, &signed, &keys, &context.absolute(directory))?;
    match context.ui.format() {
        Format::Human => context.ui.line(format_args!(
            "{} files written, {} removed; {} has {}",
            exported.written,
            exported.removed,
            directory.display(),
            checkpoint::count(signed.size(), "record")
        )),
        Format::Json | Format::Ndjson => context.ui.value(&serde_json::json!({
            "directory": directory.display().to_string(),
            "written": exported.written,
            "removed": exported.removed,
            "size": signed.size(),
        })),
    }
    Ok(Exit::True)
}
