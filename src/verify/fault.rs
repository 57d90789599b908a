//! What is wrong with a log, where, and what was expected there.

use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What sort of fault.
    FaultKind, "fault", {
        /// Bytes that break the journal's grammar.
        Framing = "framing",
        /// Journal files are missing, or end before the checkpoint's size.
        Truncated = "truncated",
        /// A commit line's root is not the one over the records before it.
        Root = "root",
        /// A record's hash is not the one in its tile, or not the one that a receipt proves.
        Record = "record",
        /// The records up to the checkpoint's size have another root than it says.
        CheckpointRoot = "checkpoint_root",
        /// The checkpoint carries no valid signature of the log's key.
        Signature = "signature",
        /// The checkpoint is another log's.
        Origin = "origin",
        /// A tile does not hold the hashes of the records.
        Tile = "tile",
        /// A derived file is not there.
        Missing = "missing",
        /// A file that has no place where it lies, or is not what its name says.
        Stray = "stray",
        /// The journal's line endings were converted.
        LineEndings = "line_endings",
        /// The checkpoint can't be read as one.
        Unreadable = "unreadable",
        /// A record is not in the form that its format asks for.
        Form = "form",
        /// The log is smaller than it was when last seen.
        Rollback = "rollback",
        /// The log is another than it was when last seen.
        Fork = "fork",
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What sort of fault.
    pub kind: FaultKind,
    /// The file, relative to the workspace, with slashes.
    pub file: String,
    /// The record, where one is concerned.
    pub index: Option<u64>,
    /// What was expected there.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// What is wrong, in a sentence's words.
    pub message: String,
}

impl Fault {
    /// A fault in a file.
    pub fn new(kind: FaultKind, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind,
            file: file.into(),
            index: None,
            expected: None,
            found: None,
            message: message.into(),
        }
    }

    /// With the record concerned.
    #[must_use]
    pub fn at(mut self, index: u64) -> Self {
        self.index = Some(index);
        self
    }

    /// With what was expected and what was found.
    #[must_use]
    pub fn with(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.found = Some(found.into());
        self
    }

    /// Whether it leaves the question open, as it would were the file not there: exit 2, not 1.
    pub fn is_unanswered(&self) -> bool {
        matches!(self.kind, FaultKind::LineEndings | FaultKind::Unreadable | FaultKind::Missing)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: ", self.file)?;
        if let Some(index) = self.index {
            write!(f, "record {index}: ")?;
        }
        f.write_str(&self.message)?;
        if let (Some(expected), Some(found)) = (&self.expected, &self.found) {
            write!(f, "; expected {expected}, found {found}")?;
        }
        Ok(())
    }
}
