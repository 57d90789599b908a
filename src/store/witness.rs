//! A witness's own state: for each log the newest checkpoint it cosigned.
//!
//! C2SP tlog-witness asks that the old size be compared and the new checkpoint persisted in one
//! step; a lock file around both makes it one.

use std::path::PathBuf;

use super::durable;
use super::error::StoreError;
use super::seen::{Remembered, lock};
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::VerifierKey;
use crate::log::tree;
use crate::log::witness::Request;
use crate::text::digest::Digest;

/// Why a witness doesn't cosign.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The state can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log is known by another key.
    #[error("the log is known by the key {known}")]
    OtherKey {
        /// That key.
        known: String,
    },
    /// The request begins at another size than the one cosigned last.
    #[error("the last cosigned size is {known}, the request begins at {old}")]
    Conflict {
        /// The size that was cosigned last.
        known: u64,
        /// The request's old size.
        old: u64,
    },
    /// The new checkpoint is smaller than the old size.
    #[error("the checkpoint's size {new} is below the old size {old}")]
    Backwards {
        /// The request's old size.
        old: u64,
        /// The new size.
        new: u64,
    },
    /// The proof doesn't show that the log only grew.
    #[error("the log does not continue the {old} records with the root {root} that were cosigned")]
    Inconsistent {
        /// The size that was cosigned last.
        old: u64,
        /// Its root, in base64.
        root: String,
    },
}

/// The state of a witness, in a directory of its own.
#[derive(Debug)]
pub struct WitnessState {
    directory: PathBuf,
}

impl WitnessState {
    /// The state in a directory, whether or not it is there yet.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// The key that a log is known by; `None` for a log that was never witnessed.
    ///
    /// # Errors
    ///
    /// If the state can't be read.
    pub fn log_key(&self, origin: &str) -> Result<Option<String>, StoreError> {
        Ok(self.known(origin)?.map(|known| known.verifier))
    }

    /// What is remembered of a log. A state that can't be read must not count as none: the witness
    /// would cosign whatever it is shown.
    fn known(&self, origin: &str) -> Result<Option<Remembered>, StoreError> {
        let path = self.path(origin);
        let Some(bytes) = durable::read(&path)? else { return Ok(None) };
        Remembered::parse(&bytes).map(Some).ok_or(StoreError::Memory(path))
    }

    /// Checks that a request's log only grew since it was last cosigned, and remembers the new
    /// checkpoint, durably, before anybody may cosign it.
    ///
    /// # Errors
    ///
    /// If the log didn't only grow; then nothing is remembered.
    pub fn advance(
        &self,
        log: &VerifierKey,
        request: &Request,
        new: &SignedCheckpoint,
    ) -> Result<(), Refusal> {
        let _advancing = lock(&self.directory.join("lock"))?;
        let origin = log.name().as_str();
        let (size, root) = match self.known(origin)? {
            Some(known) if known.verifier != log.as_str() => {
                return Err(Refusal::OtherKey { known: known.verifier });
            }
            Some(known) => (known.checkpoint.size, known.checkpoint.root),
            None => (0, empty_root()),
        };
        if request.old > new.size() {
            return Err(Refusal::Backwards { old: request.old, new: new.size() });
        }
        if request.old != size {
            return Err(Refusal::Conflict { known: size, old: request.old });
        }
        if !request.continues(root, new.size(), new.root()) {
            return Err(Refusal::Inconsistent { old: size, root: tree::to_base64(&root) });
        }
        let known =
            Remembered { verifier: log.as_str().to_owned(), checkpoint: new.checkpoint().clone() };
        durable::replace(&self.path(origin), known.to_text().as_bytes())?;
        Ok(())
    }

    fn path(&self, origin: &str) -> PathBuf {
        self.directory.join(Digest::of_bytes(origin.as_bytes()).to_string())
    }
}

/// The root of the empty tree.
fn empty_root() -> Digest {
    tree::root_of(&[])
}
