//! Whether and with which key what is recorded is signed.

use std::path::PathBuf;

use super::error::Failure;
use super::workspace::Context;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::LogKey;
use crate::store::append::Writer;

/// How what is recorded is signed.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Signing {
    /// The private key's file
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,

    /// Append without signing; `siglum sign` signs later
    #[arg(long)]
    unsigned: bool,
}

impl Signing {
    /// The key to sign with; `None` where nothing is to be signed. It is chosen under the lock that
    /// the writer holds: who rotates the key takes it too.
    pub(super) fn key(
        &self,
        context: &Context,
        writer: &Writer,
    ) -> Result<Option<LogKey>, Failure> {
        if self.unsigned {
            return Ok(None);
        }
        context.warn_of_unsigned(writer);
        context.key(self.key.as_deref(), writer.newest_key()).map(Some)
    }
}

/// Appends records, and signs them if there is a key.
pub(super) fn append(
    context: &Context,
    writer: &mut Writer,
    records: &[Vec<u8>],
    key: Option<&LogKey>,
) -> Result<Option<SignedCheckpoint>, Failure> {
    writer.append(records)?;
    let sign = |key: &LogKey| writer.sign(key, key.verifier(), &context.memory());
    Ok(key.map(sign).transpose()?)
}
