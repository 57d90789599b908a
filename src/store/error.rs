//! What can go wrong between a directory and its bytes.

use std::io;
use std::path::{Path, PathBuf};

use crate::log::checkpoint::Checkpoint;
use crate::log::key::{KeyError, Origin, VerifierKey};
use crate::verify::fault::Fault;

/// Says what went wrong, and with which file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refused to read or write.
    #[error("can't {action} {}: {source}", path.display())]
    Io {
        /// What was tried: "read", "write".
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is longer than what it is there for can be; it was not read further.
    #[error("{} has more than the {most} bytes that it can have", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most bytes it can have.
        most: usize,
    },
    /// The system could not say that written bytes are on disk. What is there is not known.
    #[error("can't make {} durable: {source}", path.display())]
    Sync {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The log is not in order.
    #[error("the log is not in order: {}", faults.first().map_or_else(String::new, Fault::to_string))]
    Faults {
        /// Everything that is wrong, at least one.
        faults: Vec<Fault>,
    },
    /// There is no private key for the log.
    #[error("there is no key for `{origin}` at {}", path.display())]
    NoKey {
        /// The log.
        origin: Origin,
        /// Where the key was looked for.
        path: PathBuf,
    },
    /// The key's file holds no key.
    #[error("{}: {source}", path.display())]
    BadKey {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: KeyError,
    },
    /// Others than the owner can read the private key.
    #[error("{}: others can read this private key (mode {mode:o})", path.display())]
    OpenKey {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key is not the one that the log is checked with.
    #[error("the key signs as {found}, and the log is checked with {expected}")]
    WrongKey {
        /// The key that the settings name.
        expected: VerifierKey,
        /// The key at hand.
        found: VerifierKey,
    },
    /// This key has signed another history of this log, or a longer one.
    #[error(
        "this key has signed {} records with the root {} already, and the log here {now}",
        signed.size, crate::log::tree::to_base64(&signed.root)
    )]
    Fork {
        /// What was signed last.
        signed: Checkpoint,
        /// What the log here is instead.
        now: String,
    },
    /// What was remembered of a log can't be read.
    #[error("{} is no memory of a log", .0.display())]
    Memory(PathBuf),
    /// The directory to export to holds something else than an earlier export of this log.
    #[error("can't export to {}: {what}", path.display())]
    NotAnExport {
        /// The directory.
        path: PathBuf,
        /// What is in its way.
        what: String,
    },
    /// Records are durable, and could not be signed.
    #[error("the records are in the journal and not yet signed: {0}")]
    Unsigned(Box<StoreError>),
}

impl StoreError {
    /// An I/O error with its path, for `map_err`.
    pub(crate) fn io<'a>(
        action: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }

    /// A failed fsync with its path, for `map_err`.
    pub(crate) fn sync(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Sync { path: path.to_owned(), source }
    }

    /// One fault of the log.
    pub(crate) fn fault(fault: Fault) -> Self {
        Self::Faults { faults: vec![fault] }
    }
}
