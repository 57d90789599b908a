//! Checks a whole journal: framing, every root in the open, and the signed checkpoint.
//!
//! The checker is given the journal's files in order and hashes bytes; it never parses a record.
//! Beyond the checkpoint's size lie records that are "not yet signed"; beyond the last commit line
//! lies a tail that is either *torn* (a write that didn't finish) or a fault.

use crate::log::checkpoint::SignedCheckpoint;
use crate::log::frame::{FILE_RECORDS, FrameError, FrameProblem, Frames, Item};
use crate::log::tile::Tile;
use crate::log::tree::{self, Edge};
use crate::text::digest::Digest;
use crate::text::span::Span;

use super::fault::{Fault, FaultKind};

/// A journal without a fault. Only [`Checker::finish`] makes one.
#[derive(Debug, Clone)]
pub struct VerifiedJournal {
    edge: Edge,
    signed: Option<SignedCheckpoint>,
    torn: Option<Torn>,
}

/// A write that didn't finish: what lies beyond the last commit line and was never acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// The file.
    pub file: String,
    /// The bytes.
    pub span: Span,
}

impl VerifiedJournal {
    /// The number of records, signed or not.
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// The root over all of them.
    pub fn root(&self) -> Digest {
        self.edge.root()
    }

    /// The tree's right edge over all of them.
    pub fn edge(&self) -> &Edge {
        &self.edge
    }

    /// The checkpoint that covers the journal, or its first records.
    pub fn signed(&self) -> Option<&SignedCheckpoint> {
        self.signed.as_ref()
    }

    /// How many records the checkpoint covers.
    pub fn signed_size(&self) -> u64 {
        self.signed.as_ref().map_or(0, SignedCheckpoint::size)
    }

    /// The unfinished write at the end, if there is one.
    pub fn torn(&self) -> Option<&Torn> {
        self.torn.as_ref()
    }
}

/// Takes what a [`Checker`] comes by.
pub trait Visitor {
    /// A record of a closed group, in log order.
    fn record(&mut self, index: u64, leaf: Digest, bytes: &[u8]);

    /// A tile of the tree at the checkpoint's size: full, or partial at its edge.
    fn tile(&mut self, tile: Tile, hashes: &[Digest]);
}

/// Takes nothing.
impl Visitor for () {
    fn record(&mut self, _index: u64, _leaf: Digest, _bytes: &[u8]) {}

    fn tile(&mut self, _tile: Tile, _hashes: &[Digest]) {}
}

/// Checks a journal file by file.
#[derive(Debug)]
pub struct Checker {
    edge: Edge,
    signed: Option<SignedCheckpoint>,
    torn: Option<Torn>,
    faults: Vec<Fault>,
    /// After one wrong root all later ones are wrong as well, and say nothing more.
    root_failed: bool,
}

impl Checker {
    /// Begins a check against the signed checkpoint, where the log has one.
    pub fn new(signed: Option<SignedCheckpoint>) -> Self {
        let mut checker =
            Self { edge: Edge::new(), signed, torn: None, faults: Vec::new(), root_failed: false };
        checker.compare_checkpoint();
        checker
    }

    /// Whether a fault was found so far.
    pub fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Checks the next file. `last` says that no other follows.
    pub fn file(&mut self, name: &str, bytes: &[u8], last: bool, visitor: &mut impl Visitor) {
        if is_converted(bytes) {
            self.faults.push(Fault::new(FaultKind::LineEndings, name, CONVERTED));
            return;
        }
        let first = self.edge.size();
        let mut group: Vec<(u64, Digest, &[u8])> = Vec::new();
        let mut group_start = 0;
        for item in Frames::new(bytes, first) {
            match item {
                Ok(Item::Record { index, bytes, .. }) => {
                    group.push((index, tree::leaf_hash(bytes), bytes));
                }
                Ok(Item::Commit { size, root, span }) => {
                    self.close(name, &group, size, root, visitor);
                    group.clear();
                    group_start = span.end();
                }
                Err(error) => {
                    self.refuse(name, bytes, group_start, &error, last);
                    return;
                }
            }
        }
        let held = self.edge.size() - first;
        if !last && held != FILE_RECORDS {
            self.faults.push(
                Fault::new(FaultKind::Truncated, name, "a file before the last is not full")
                    .with(format!("{FILE_RECORDS} records"), format!("{held} records")),
            );
        }
    }

    /// Ends the check.
    ///
    /// # Errors
    ///
    /// Every fault that was found.
    pub fn finish(mut self) -> Result<VerifiedJournal, Vec<Fault>> {
        if let Some(signed) = &self.signed
            && signed.size() > self.edge.size()
            && self.faults.is_empty()
        {
            self.faults.push(
                Fault::new(FaultKind::Truncated, "records/entries", "records are missing")
                    .with(
                        format!("{} records, as the checkpoint says", signed.size()),
                        format!("{} records", self.edge.size()),
                    )
                    .at(self.edge.size()),
            );
        }
        if self.faults.is_empty() {
            Ok(VerifiedJournal { edge: self.edge, signed: self.signed, torn: self.torn })
        } else {
            Err(self.faults)
        }
    }

    /// Takes a group into the tree and compares roots.
    fn close(
        &mut self,
        name: &str,
        group: &[(u64, Digest, &[u8])],
        size: u64,
        root: Digest,
        visitor: &mut impl Visitor,
    ) {
        for (index, leaf, bytes) in group {
            let below = self.signed_size() > *index;
            self.edge.push(*leaf, |tile, hashes| {
                if below {
                    visitor.tile(tile, hashes);
                }
            });
            visitor.record(*index, *leaf, bytes);
            if self.signed_size() == index + 1 {
                self.edge.partial().for_each(|(tile, hashes)| visitor.tile(tile, hashes));
                self.compare_checkpoint();
            }
        }
        let found = self.edge.root();
        if found != root && !self.root_failed {
            self.root_failed = true;
            let first = group.first().map_or(size, |(index, ..)| *index);
            let records = match size - first {
                1 => format!("record {first} or its commit line was changed"),
                _ => format!("records {first} to {} or their commit line were changed", size - 1),
            };
            self.faults.push(
                Fault::new(FaultKind::Root, name, records)
                    .with(
                        format!("the root {} of the commit line", tree::to_base64(&root)),
                        format!("{} over the records", tree::to_base64(&found)),
                    )
                    .at(first),
            );
        }
    }

    fn signed_size(&self) -> u64 {
        self.signed.as_ref().map_or(0, SignedCheckpoint::size)
    }

    /// Compares the root with the checkpoint's, if the tree has its size now.
    fn compare_checkpoint(&mut self) {
        let Some(signed) = self.signed.as_ref().filter(|s| s.size() == self.edge.size()) else {
            return;
        };
        let found = self.edge.root();
        if signed.root() != found {
            self.faults.push(
                Fault::new(
                    FaultKind::CheckpointRoot,
                    "records/checkpoint",
                    format!("the records are not the {} that were signed", signed.size()),
                )
                .with(tree::to_base64(&signed.root()), tree::to_base64(&found)),
            );
        }
    }

    /// A break of the grammar: an unfinished write where it can be one, else a fault.
    ///
    /// It can be one only in the last file, wholly beyond the checkpoint, with no commit line
    /// after it, and if it is unfinished or has NULs (blocks that were allotted and not written).
    fn refuse(
        &mut self,
        name: &str,
        bytes: &[u8],
        group_start: usize,
        error: &FrameError,
        last: bool,
    ) {
        let tail = bytes.get(group_start..).unwrap_or_default();
        let unfinished = error.problem == FrameProblem::Unfinished || tail.contains(&0);
        // Judged by looks: where the grammar is lost, so is what a line belongs to.
        let commit_follows = tail
            .split_inclusive(|byte| *byte == b'\n')
            .any(|line| line.starts_with(b"#= ") && line.ends_with(b"\n"));
        if last && unfinished && !commit_follows && self.signed_size() <= self.edge.size() {
            self.torn =
                Some(Torn { file: name.to_owned(), span: Span::new(group_start, bytes.len()) });
            return;
        }
        self.faults
            .push(Fault::new(FaultKind::Framing, name, error.to_string()).at(self.edge.size()));
    }
}

/// What is said of a file whose line endings were converted.
pub const CONVERTED: &str = "its line endings were converted to CR LF by a checkout without the \
    `.gitattributes` that keeps them (`records/** -text -merge`)";

/// Whether every line feed has a carriage return before it, which no file of a log has.
pub fn is_converted(bytes: &[u8]) -> bool {
    let mut feeds = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').peekable();
    feeds.peek().is_some()
        && feeds.all(|(at, _)| at.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r'))
}
