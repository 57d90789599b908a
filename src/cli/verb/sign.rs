//! `siglum sign`: signs what was recorded and not yet signed.

use std::path::PathBuf;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint;
use crate::cli::sanitize;
use crate::cli::workspace::Context;
use crate::log::key::LogKey;
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
    let mut writer = context.writer(&workspace)?;
    // Under the lock: who rotates the key takes it too.
    let verifier = writer.newest_key().clone();
    let key = context.key(args.key.as_deref(), &verifier)?;
    let before = writer.checked().journal.signed_size();
    let old = retiring(context, &writer, before);
    let keys: Vec<&LogKey> = old.iter().chain([&key]).collect();
    let signed = writer.sign_with(&keys, &verifier, &context.memory())?;
    context.remember(&workspace, Some(&signed));
    checkpoint::print(context.ui, &signed, signed.size() - before);
    Ok(Exit::True)
}

/// The key of before a rotation that was recorded and not signed: it signs along with the new one.
fn retiring(context: &Context, writer: &Writer, signed: u64) -> Option<LogKey> {
    let old = writer.checked().keys.unsigned_rotation(signed)?;
    match context.key(None, old) {
        Ok(key) => {
            let path = context.key_file(None, old.name());
            context.ui.note(format_args!(
                "the key changes: {} is signed with the last time; put the new key in its place",
                path.display()
            ));
            Some(key)
        }
        Err(failure) => {
            let why = sanitize::line(&failure.message).into_owned();
            context.ui.warn(format_args!("the key until now does not sign its end: {why}"));
            None
        }
    }
}
