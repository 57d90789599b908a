//! Errors → exit code, message and what to do next. The one place where they meet.

use std::path::Path;

use super::exit::Exit;
use crate::config::place::ConfigError;
use crate::ingest::batch::BatchError;
use crate::ingest::open::OpenError;
use crate::ingest::pdf::PdfError;
use crate::log::key::KeyError;
use crate::read::error::ReadError;
use crate::record::encode::EncodeError;
use crate::store::error::StoreError;
use crate::store::fsck::Finding;
use crate::verify::fault::{Fault, FaultKind};

/// Why a run ends without an answer, or with "no".
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code.
    pub(super) exit: Exit,
    /// What went wrong; lower case, no full stop.
    pub(super) message: String,
    /// What to do next.
    pub(super) hint: Option<String>,
}

impl Failure {
    /// A question that could not be answered.
    pub(super) fn unanswered(message: impl Into<String>) -> Self {
        Self { exit: Exit::Unanswered, message: message.into(), hint: None }
    }

    /// With what to do next.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the file concerned before the message.
    pub(super) fn with_path(mut self, path: &Path) -> Self {
        self.message = format!("{}: {}", path.display(), self.message);
        self
    }
}

impl Failure {
    /// An error in a file of settings.
    pub(super) fn in_settings(file: &str, error: &ConfigError) -> Self {
        Self::unanswered(format!("{file}: {error}"))
            .hint("`siglum init --print-settings` documents every key")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let exit = match &error {
            StoreError::Faults { faults } => exit_of(faults),
            StoreError::Fork { .. } => Exit::False,
            _ => Exit::Unanswered,
        };
        let hint = match &error {
            StoreError::Io { source, .. } => io_hint(source),
            StoreError::Sync { .. } => Some(
                "what is on disk is not known: check the disk; the next command finds out what was \
                 kept"
                    .to_owned(),
            ),
            StoreError::Faults { faults } => Some(fault_hint(faults)),
            StoreError::NoKey { .. } => Some(
                "bring the key from where the log was made, or name its file with --key or \
                 SIGLUM_KEY; a lost key can't be made again, `siglum init` elsewhere begins a new \
                 log"
                    .to_owned(),
            ),
            StoreError::BadKey { .. } => {
                Some("the file must hold one line `PRIVATE+KEY+…`, as `siglum key new` writes it".to_owned())
            }
            StoreError::OpenKey { path, .. } => Some(format!("chmod 600 {}", path.display())),
            StoreError::WrongKey { .. } => Some(
                "name the log's own key with --key or SIGLUM_KEY; `siglum key show` says which it is"
                    .to_owned(),
            ),
            StoreError::Fork { .. } => Some(
                "records were lost or replaced since: bring the newest copy of records/ back \
                 (git pull, a backup); signing this one would make the log contradict itself"
                    .to_owned(),
            ),
            StoreError::Memory(path) => Some(format!(
                "restore {} from a backup; without it, nothing here could tell whether the log was \
                 rolled back",
                path.display()
            )),
            StoreError::TooLarge { .. } => {
                Some("it is not the file that it should be: bring back the right one".to_owned())
            }
            StoreError::NotAnExport { .. } => Some(
                "give a directory that is not there yet, or an earlier export of this log"
                    .to_owned(),
            ),
            StoreError::Unsigned(_) => Some("run `siglum sign`".to_owned()),
        };
        Self { exit, message: error.to_string(), hint }
    }
}

/// The exit code that faults come to: 1 if any is known to be one.
pub(super) fn exit_of(faults: &[Fault]) -> Exit {
    if faults.is_empty() {
        Exit::True
    } else if faults.iter().all(Fault::is_unanswered) {
        Exit::Unanswered
    } else {
        Exit::False
    }
}

/// The exit code that findings come to: `fsck` asks whether everything is as it must be, and where
/// something derived isn't, that is known. What can't be read leaves the question open.
pub(super) fn exit_of_findings(findings: &[Finding]) -> Exit {
    let faults: Vec<Fault> = findings.iter().map(|finding| finding.fault.clone()).collect();
    match exit_of(&faults) {
        Exit::Unanswered if findings.iter().any(|finding| finding.derived) => Exit::False,
        exit => exit,
    }
}

/// What to do about faults.
pub(super) fn fault_hint(faults: &[Fault]) -> String {
    match faults.first().map(|fault| fault.kind) {
        Some(FaultKind::Tile | FaultKind::Missing) => {
            "tiles are derived from the records: `siglum fsck --repair` makes them again"
        }
        Some(FaultKind::Stray) => "move the file out of records",
        Some(FaultKind::LineEndings) => {
            "see with `git status records` that nothing there is new, then \
             `rm -r records && git checkout -- records`"
        }
        Some(FaultKind::Origin | FaultKind::Signature) => {
            "compare [log] in provenance.toml with what the log's owner publishes"
        }
        Some(FaultKind::Fork) => {
            "two copies of this log disagree: keep both, and ask whoever signs it"
        }
        Some(FaultKind::Rollback) => {
            "get the newest copy of the log; `--allow-older` verifies this one as it was"
        }
        _ => "nothing was changed here; compare with another copy of the log (git log -p records/)",
    }
    .to_owned()
}

fn io_hint(error: &std::io::Error) -> Option<String> {
    use std::io::ErrorKind;
    let hint = match error.kind() {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "check the permissions of the file and its directory, and how it is mounted"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "there is no room: free some, then run the command again"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::in_settings("provenance.toml", &error)
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::unanswered(error.to_string())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let failure = Self::unanswered(error.to_string());
        match error {
            ReadError::NotUtf8(_) => {
                failure.hint("name its encoding, such as --encoding windows-1252")
            }
            ReadError::Malformed { .. } => failure.hint("name another encoding with --encoding"),
            ReadError::NoByteOrderMark(name) => {
                failure.hint(format!("name its encoding: --encoding {}", name.to_lowercase()))
            }
            ReadError::UnknownEncoding(_) => {
                failure.hint("use a label of the WHATWG Encoding Standard, such as windows-1252")
            }
            ReadError::Unsupported(_) => {
                failure.hint("save it as plain text, or give --as text to read it as that")
            }
            ReadError::Empty => failure.hint("check that it is the right file"),
            ReadError::TooLarge { .. } | ReadError::TooMuch { .. } => {
                failure.hint("give the article alone")
            }
            ReadError::Broken { .. } => {
                failure.hint("export it anew, or name its format with --as")
            }
            ReadError::NoArticle => {
                failure.hint("if a script fills the page in, save it from a browser")
            }
            ReadError::Entities => failure.hint("remove the DOCTYPE with its entities"),
            ReadError::NoTextItem(_) => failure.hint("give the item that has the article's text"),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Read(error) | OpenError::Pdf(PdfError::Read(error)) => Self::from(error),
            OpenError::Pdf(error) => {
                let failure = Self::unanswered(error.to_string());
                match error {
                    PdfError::NoProgram => failure.hint(
                        "install it (Debian: apt install poppler-utils), or save the article in another format",
                    ),
                    _ => failure.hint("save the article in another format"),
                }
            }
        }
    }
}

impl From<BatchError> for Failure {
    fn from(error: BatchError) -> Self {
        let failure = Self::unanswered(error.to_string());
        match error {
            BatchError::OtherLanguage { .. } => failure.hint(
                "give it an id of its own with --id, or say what it translates with \
                 --translation-of REF",
            ),
            BatchError::NothingToCorrect(_) => {
                failure.hint("record the article first, or name it with --id")
            }
            BatchError::UnknownArticle(_) => failure.hint("`siglum log` lists the articles"),
            BatchError::OtherRequest { .. } => {
                failure.hint("give each request its own --request-id")
            }
            BatchError::AliasTaken { .. } => failure.hint("an id leads to one article"),
            BatchError::Encode(EncodeError::TooLong { .. }) => {
                failure.hint("shorten that part, or record the article in two")
            }
            BatchError::Encode(_) => failure.hint("leave out what is empty"),
            BatchError::Unreadable(_) => failure.hint("please report this; nothing was recorded"),
        }
    }
}
