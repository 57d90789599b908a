//! Checks a whole journal: framing, every root in the open, and the signed checkpoint.
//!
//! The checker is given the journal's files in order and hashes bytes; it never parses a record.
//! Beyond the checkpoint's size lie records that are "not yet signed"; beyond the last commit line
//! lies a tail that is either *torn* (a write that didn't finish) or a fault.
//!
//! Each file is read and hashed by itself ([`super::scan`]), several at once; the checker only puts
//! their subtrees together, so that its own part is a few node hashes a file and a commit line.

use crate::log::checkpoint::SignedCheckpoint;
use crate::log::frame::{FILE_RECORDS, FrameError, FrameProblem};
use crate::log::tile::{self, Tile};
use crate::log::tree::{self, Edge};
use crate::text::digest::Digest;
use crate::text::span::Span;

use super::fault::{Fault, FaultKind};
use super::scan::{Commit, FileScan, Scanned};

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

    /// A `key` record of a closed group, in log order; it is given to [`Visitor::record`] too.
    fn key(&mut self, _index: u64, _bytes: &[u8]) {}

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

    /// Takes the next file, which was read as `scan`. `last` says that no other follows.
    pub fn file(&mut self, scan: &FileScan<'_>, last: bool, visitor: &mut impl Visitor) {
        if scan.read.converted {
            self.faults.push(Fault::new(FaultKind::LineEndings, scan.name, CONVERTED));
            return;
        }
        let first = self.edge.size();
        for commit in &scan.read.commits {
            self.compare_commit(scan.name, first, commit);
        }
        for (at, bytes) in scan.keys() {
            visitor.key(first + at as u64, bytes);
        }
        let signed = self.signed_size();
        if first < signed && signed <= first + scan.committed() {
            self.take_leaf_by_leaf(scan, signed, visitor);
        } else {
            self.take_whole(scan, first < signed, visitor);
        }
        if let Some(error) = &scan.read.error {
            self.refuse(scan, error, last);
        } else if !last && scan.committed() != FILE_RECORDS {
            self.faults.push(
                Fault::new(FaultKind::Truncated, scan.name, "a file before the last is not full")
                    .with(
                        format!("{FILE_RECORDS} records"),
                        format!("{} records", scan.committed()),
                    ),
            );
        }
    }

    /// Takes a file into the tree as a whole: its inner nodes were hashed where it was read.
    fn take_whole(&mut self, scan: &FileScan<'_>, signed: bool, visitor: &mut impl Visitor) {
        let first = self.edge.size();
        if signed {
            let lowest = first / tile::WIDTH as u64;
            for (index, hashes) in (lowest..).zip(scan.leaves().chunks_exact(tile::WIDTH)) {
                visitor.tile(Tile::full(0, index), hashes);
            }
        }
        self.edge.join(&scan.read.edge, |tile, hashes| {
            if signed {
                visitor.tile(tile, hashes);
            }
        });
        for (index, record) in (first..).zip(scan.records()) {
            visitor.record(index, record.leaf, record.bytes);
        }
    }

    /// Takes the one file that the checkpoint ends in: the tree is compared at its size.
    fn take_leaf_by_leaf(&mut self, scan: &FileScan<'_>, signed: u64, visitor: &mut impl Visitor) {
        for (index, Scanned { leaf, bytes, .. }) in (self.edge.size()..).zip(scan.records()) {
            self.edge.push(leaf, |tile, hashes| {
                if index < signed {
                    visitor.tile(tile, hashes);
                }
            });
            visitor.record(index, leaf, bytes);
            if index + 1 == signed {
                self.edge.partial().for_each(|(tile, hashes)| visitor.tile(tile, hashes));
                self.compare_checkpoint();
            }
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

    /// Compares the root that a commit line states with the one over the records before it.
    fn compare_commit(&mut self, name: &str, first: u64, commit: &Commit) {
        let found = self.edge.root_with(&commit.peaks);
        if found == commit.root || self.root_failed {
            return;
        }
        self.root_failed = true;
        let (start, size) = (first + commit.start, commit.size);
        let records = match size - start {
            1 => format!("record {start} or its commit line was changed"),
            _ => format!("records {start} to {} or their commit line were changed", size - 1),
        };
        self.faults.push(
            Fault::new(FaultKind::Root, name, records)
                .with(
                    format!("the root {} of the commit line", tree::to_base64(&commit.root)),
                    format!("{} over the records", tree::to_base64(&found)),
                )
                .at(start),
        );
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
    fn refuse(&mut self, scan: &FileScan<'_>, error: &FrameError, last: bool) {
        let tail = scan.bytes.get(scan.read.end..).unwrap_or_default();
        let unfinished = error.problem == FrameProblem::Unfinished || tail.contains(&0);
        // Judged by looks: where the grammar is lost, so is what a line belongs to.
        let commit_follows = tail
            .split_inclusive(|byte| *byte == b'\n')
            .any(|line| line.starts_with(b"#= ") && line.ends_with(b"\n"));
        if last && unfinished && !commit_follows && self.signed_size() <= self.edge.size() {
            self.torn = Some(Torn {
                file: scan.name.to_owned(),
                span: Span::new(scan.read.end, scan.bytes.len()),
            });
            return;
        }
        self.faults.push(
            Fault::new(FaultKind::Framing, scan.name, error.to_string()).at(self.edge.size()),
        );
    }
}

/// What is said of a file whose line endings were converted.
pub const CONVERTED: &str = "its line endings were converted to CR LF by a checkout without the \
    `.gitattributes` that keeps them (`records/** -text -merge`)";
