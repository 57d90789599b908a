//! A witness's own state: for each log the newest checkpoint it cosigned.
//!
//! C2SP tlog-witness asks that the old size be compared and the new checkpoint persisted in one
//! step; a lock file around both makes it one. The state is the origin's, whichever of its keys a
//! log signs with: a log that changes its key goes on where it was, so that it can't be rolled back
//! by a rotation.

use std::path::PathBuf;

use super::durable;
use super::error::StoreError;
use super::seen::lock;
use crate::log::checkpoint::{self, Checkpoint, SignedCheckpoint};
use crate::log::key::VerifierKey;
use crate::log::tree;
use crate::log::witness::Request;
use crate::text::digest::Digest;

/// The most bytes that the state of a log can have: a checkpoint's text and the keys it ever had, of
/// which none is longer than the longest checkpoint; a thousand of the usual length have a tenth of it.
const MAX_STATE: usize = 4 * checkpoint::MAX_BYTES;

/// Why a witness doesn't cosign.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The state can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log is known by another key, which did not sign the checkpoint along with the new one.
    #[error("the log is known by the key {known}, which did not sign this checkpoint")]
    OtherKey {
        /// That key.
        known: String,
    },
    /// The log has changed from this key to another since.
    #[error("the log has changed its key from {0} to another")]
    RetiredKey(VerifierKey),
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

/// What is remembered of a log: its keys, the newest first, and the checkpoint cosigned last.
#[derive(Debug)]
struct Known {
    keys: Vec<String>,
    checkpoint: Checkpoint,
}

impl Known {
    /// Reads the keys, a line each, and the checkpoint's text. A key has a plus and an origin none,
    /// which tells the keys' lines from the checkpoint's first.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = std::str::from_utf8(bytes).ok()?;
        let mut keys = Vec::new();
        while let Some((line, after)) = rest.split_once('\n').filter(|(line, _)| line.contains('+'))
        {
            keys.push(VerifierKey::parse(line).ok()?.as_str().to_owned());
            rest = after;
        }
        let checkpoint = Checkpoint::parse(rest).ok()?;
        (!keys.is_empty()).then_some(Self { keys, checkpoint })
    }

    fn to_text(&self) -> String {
        format!("{}\n{}", self.keys.join("\n"), self.checkpoint.to_text())
    }
}

/// Whether a key signed the checkpoint of a request.
fn has_signed(key: &str, request: &Request) -> bool {
    VerifierKey::parse(key)
        .is_ok_and(|key| SignedCheckpoint::verify(&request.checkpoint, &key).is_ok())
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
        Ok(self.known(origin)?.and_then(|known| known.keys.into_iter().next()))
    }

    /// What is remembered of a log. A state that can't be read must not count as none: the witness
    /// would cosign whatever it is shown.
    fn known(&self, origin: &str) -> Result<Option<Known>, StoreError> {
        let path = self.path(origin);
        let Some(bytes) = durable::read(&path, MAX_STATE)? else { return Ok(None) };
        Known::parse(&bytes).map(Some).ok_or(StoreError::Memory(path))
    }

    /// Checks that a request's log only grew since it was last cosigned, and remembers the new
    /// checkpoint, durably, before anybody may cosign it.
    ///
    /// `log` signed the checkpoint. Where the log is known by another key, that one must have signed
    /// it too, as after a rotation, unless whoever runs the witness vouches for the new key
    /// (`vouched`). The size and the root that were cosigned last stay what the log must continue.
    ///
    /// # Errors
    ///
    /// If the log didn't only grow, or comes with a key that is not its own; then nothing is
    /// remembered.
    pub fn advance(
        &self,
        log: &VerifierKey,
        request: &Request,
        new: &SignedCheckpoint,
        vouched: bool,
    ) -> Result<(), Refusal> {
        let _advancing = lock(&self.directory.join("lock"))?;
        let origin = log.name().as_str();
        let known = self.known(origin)?;
        let (size, root) = match &known {
            Some(known) => (known.checkpoint.size, known.checkpoint.root),
            None => (0, empty_root()),
        };
        let mut keys = known.map(|known| known.keys).unwrap_or_default();
        match keys.iter().position(|key| key == log.as_str()) {
            Some(0) => {}
            Some(_) => return Err(Refusal::RetiredKey(log.clone())),
            None => {
                if let Some(known) = keys.first()
                    && !vouched
                    && !has_signed(known, request)
                {
                    return Err(Refusal::OtherKey { known: known.clone() });
                }
                keys.insert(0, log.as_str().to_owned());
            }
        }
        if request.old > new.size() {
            return Err(Refusal::Backwards { old: request.old, new: new.size() });
        }
        if request.old != size {
            return Err(Refusal::Conflict { known: size, old: request.old });
        }
        if !request.continues(root, new.size(), new.root()) {
            return Err(Refusal::Inconsistent { old: size, root: tree::to_base64(&root) });
        }
        let known = Known { keys, checkpoint: new.checkpoint().clone() };
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
