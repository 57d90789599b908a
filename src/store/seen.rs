//! What this user's siglum has signed and seen, kept outside every workspace.
//!
//! Two memories: for each key what it signed last (so that a rolled-back checkout can't make it sign
//! another history), and for each log the newest checkpoint that was seen of it (so that a log cut
//! short is noticed). Both only ever move forward: the first because the signer compares under
//! [`Memory::lock_signing`], the second by itself. A third says which log a workspace held.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use super::durable;
use super::error::StoreError;
use crate::log::checkpoint::{self, Checkpoint, SignedCheckpoint};
use crate::log::key::{Origin, VerifierKey};
use crate::text::digest::Digest;

/// The most bytes a memory can have: a key and a checkpoint's text, of which neither is longer than
/// the longest checkpoint that is read, since a checkpoint holds the name that both begin with.
const MAX_BYTES: usize = 2 * checkpoint::MAX_BYTES;

/// The memory, in the user's state directory.
#[derive(Debug, Clone)]
pub struct Memory {
    directory: PathBuf,
}

/// What is remembered of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The key that its checkpoints were checked with.
    pub verifier: String,
    /// Its newest checkpoint.
    pub checkpoint: Checkpoint,
}

impl Remembered {
    /// Reads the key's line and the checkpoint's text.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (verifier, checkpoint) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let checkpoint = Checkpoint::parse(checkpoint).ok()?;
        Some(Self { verifier: verifier.to_owned(), checkpoint })
    }

    fn to_text(&self) -> String {
        format!("{}\n{}", self.verifier, self.checkpoint.to_text())
    }
}

impl Memory {
    /// The memory in a directory, whether or not it is there yet.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// What a key signed last for its log.
    ///
    /// # Errors
    ///
    /// If the file can't be read.
    pub fn signed(&self, key: &VerifierKey) -> Result<Option<Checkpoint>, StoreError> {
        let path = self.signed_path(key);
        let Some(bytes) = durable::read(&path, MAX_BYTES)? else { return Ok(None) };
        let text = String::from_utf8(bytes).ok();
        // A memory that can't be read must not count as none: that would allow a fork.
        let parsed = text.and_then(|text| Checkpoint::parse(&text).ok());
        parsed.map(Some).ok_or(StoreError::Memory(path))
    }

    /// Keeps other processes from signing for a log, in whatever copy of it and with whichever of
    /// its keys, until the guard is dropped.
    ///
    /// # Errors
    ///
    /// If the lock can't be taken.
    pub fn lock_signing(&self, origin: &Origin) -> Result<fs::File, StoreError> {
        lock(&self.path("signed", origin.as_str().as_bytes()).with_extension("lock"))
    }

    /// Remembers what a key signs, before the signature goes anywhere. That it continues what the key
    /// signed last is for the caller to see, who holds [`Memory::lock_signing`].
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn remember_signed(
        &self,
        key: &VerifierKey,
        checkpoint: &Checkpoint,
    ) -> Result<(), StoreError> {
        durable::replace(&self.signed_path(key), checkpoint.to_text().as_bytes())
    }

    /// The newest checkpoint that was seen of a log, and the key it was checked with.
    ///
    /// # Errors
    ///
    /// If the file can't be read.
    pub fn seen(&self, origin: &Origin) -> Result<Option<Remembered>, StoreError> {
        let path = self.seen_path(origin);
        let Some(bytes) = durable::read(&path, MAX_BYTES)? else { return Ok(None) };
        Remembered::parse(&bytes).map(Some).ok_or(StoreError::Memory(path))
    }

    /// Remembers a checkpoint, if it is newer than the one that was seen before.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn remember_seen(&self, signed: &SignedCheckpoint) -> Result<(), StoreError> {
        let origin = &signed.checkpoint().origin;
        let path = self.seen_path(origin);
        let is_known = || {
            let seen = self.seen(origin)?;
            Ok::<_, StoreError>(seen.is_some_and(|seen| seen.checkpoint.size >= signed.size()))
        };
        // Looked at before the lock too: who only reads need not be able to write here.
        if is_known()? {
            return Ok(());
        }
        // What is remembered only grows, whoever else is about to remember something.
        let _remembering = lock(&path.with_extension("lock"))?;
        if is_known()? {
            return Ok(());
        }
        let seen = Remembered {
            verifier: signed.signed_by().as_str().to_owned(),
            checkpoint: signed.checkpoint().clone(),
        };
        durable::replace(&path, seen.to_text().as_bytes())
    }

    /// The log that a workspace held when it was last seen.
    ///
    /// # Errors
    ///
    /// If the file can't be read.
    pub fn workspace(&self, root: &Path) -> Result<Option<String>, StoreError> {
        let path = self.workspace_path(root);
        let Some(bytes) = durable::read(&path, MAX_BYTES)? else { return Ok(None) };
        let origin = String::from_utf8(bytes).ok().filter(|origin| !origin.is_empty());
        origin.map(Some).ok_or(StoreError::Memory(path))
    }

    /// Remembers which log a workspace holds.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn remember_workspace(&self, root: &Path, origin: &Origin) -> Result<(), StoreError> {
        if self.workspace(root)?.as_deref() == Some(origin.as_str()) {
            return Ok(());
        }
        durable::replace(&self.workspace_path(root), origin.as_str().as_bytes())
    }

    fn signed_path(&self, key: &VerifierKey) -> PathBuf {
        self.path("signed", key.as_str().as_bytes())
    }

    fn seen_path(&self, origin: &Origin) -> PathBuf {
        self.path("seen", origin.as_str().as_bytes())
    }

    /// The file that remembers which log a workspace held.
    pub fn workspace_path(&self, root: &Path) -> PathBuf {
        self.path("workspaces", root.as_os_str().as_encoded_bytes())
    }

    pub(super) fn path(&self, kind: &str, subject: &[u8]) -> PathBuf {
        self.directory.join(kind).join(Digest::of_bytes(subject).to_string())
    }
}

/// Takes a lock that is held until the file is dropped.
///
/// `openat` with `O_CREAT`, `flock`: a crash frees the lock and leaves the file, which is always empty.
pub(super) fn lock(path: &Path) -> Result<fs::File, StoreError> {
    let failed = || StoreError::io("lock", path);
    path.parent().map_or(Ok(()), durable::make_directories)?;
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).open(path).map_err(failed())?;
    file.lock().map_err(failed())?;
    Ok(file)
}
