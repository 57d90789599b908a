//! Reads and hashes one journal file, without what lies before it.
//!
//! A file holds 4,096 records but the last, so its tree is a full subtree of the log's: leaves,
//! tiles and inner nodes can be hashed without the files before it, and several files at once. What
//! is left for [`super::journal`] is to put the subtrees together.

use super::keychain::is_key;
use crate::log::frame::{Cursor, FILE_RECORDS, FrameError, Item};
use crate::log::tree::{self, Edge};
use crate::text::digest::Digest;
use crate::text::span::Span;

/// A journal file, read and hashed.
#[derive(Debug)]
pub struct FileScan<'a> {
    /// Its name, relative to the workspace.
    pub(super) name: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// What was read in them.
    pub(super) read: Scanner,
}

/// A record in a journal file.
#[derive(Debug, Clone, Copy)]
pub struct Scanned<'a> {
    /// Its leaf hash.
    pub leaf: Digest,
    /// Where it stands in the file.
    pub span: Span,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A commit line, and the tree of the file's records before it.
#[derive(Debug)]
pub(super) struct Commit {
    /// The index in the file of the group's first record.
    pub(super) start: u64,
    /// The log's size, as the line states it.
    pub(super) size: u64,
    /// The root, as the line states it.
    pub(super) root: Digest,
    /// The peaks of the tree of the file's records up to it.
    pub(super) peaks: Vec<Digest>,
}

/// Reads and hashes a journal file while it comes in.
///
/// What was just read is in the processor's cache; bytes that are hashed only once the whole file
/// is there come from memory a second time.
#[derive(Debug)]
pub struct Scanner {
    cursor: Cursor,
    /// The edge of the tree of the committed records alone.
    pub(super) edge: Edge,
    /// The commit lines.
    pub(super) commits: Vec<Commit>,
    /// Where the last commit line ends.
    pub(super) end: usize,
    /// Where the grammar breaks.
    pub(super) error: Option<FrameError>,
    /// Whether the line endings were converted; then nothing else was read.
    pub(super) converted: bool,
    /// The records, and beside them their leaf hashes.
    records: Vec<Span>,
    leaves: Vec<Digest>,
    /// How many of them stand before the last commit line.
    committed: usize,
    /// The places of `key` records in the file, committed or not.
    keys: Vec<usize>,
}

impl Scanner {
    /// Begins the journal file with a number.
    pub fn new(number: u64) -> Self {
        Self {
            cursor: Cursor::new(number.saturating_mul(FILE_RECORDS)),
            edge: Edge::new(),
            commits: Vec::new(),
            end: 0,
            error: None,
            converted: false,
            records: Vec::new(),
            leaves: Vec::new(),
            committed: 0,
            keys: Vec::new(),
        }
    }

    /// Goes on in a file of which `bytes` is all that is there so far, from its beginning.
    pub fn advance(&mut self, bytes: &[u8]) {
        while let Some(item) = self.cursor.part_so_far(bytes) {
            self.take(item);
        }
    }

    /// Ends the file, of which `bytes` are all.
    pub fn end(&mut self, bytes: &[u8]) {
        self.converted = is_converted(bytes);
        if self.converted {
            // Nothing in it was read: its first line already broke the grammar.
            self.error = None;
            return;
        }
        while let Some(item) = self.cursor.part(bytes) {
            self.take(item);
        }
    }

    fn take(&mut self, item: Result<Item<'_>, FrameError>) {
        match item {
            Ok(Item::Record { bytes, span, .. }) => {
                // Looked for here, where the bytes are in the processor's cache.
                if is_key(bytes) {
                    self.keys.push(self.records.len());
                }
                self.records.push(span);
                self.leaves.push(tree::leaf_hash(bytes));
            }
            Ok(Item::Commit { size, root, span }) => {
                let start = self.edge.size();
                for leaf in self.leaves.iter().skip(self.committed) {
                    self.edge.push(*leaf, |_, _| ());
                }
                self.committed = self.records.len();
                let peaks = self.edge.peaks().to_vec();
                self.commits.push(Commit { start, size, root, peaks });
                self.end = span.end();
            }
            Err(error) => self.error = Some(error),
        }
    }
}

impl<'a> FileScan<'a> {
    /// Reads the journal file with a number, which is wholly there.
    pub fn new(name: &'a str, bytes: &'a [u8], number: u64) -> Self {
        let mut scanner = Scanner::new(number);
        scanner.end(bytes);
        Self { name, bytes, read: scanner }
    }

    /// The file that a scanner has read to its end.
    pub fn of(read: Scanner, name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, read }
    }

    /// How many records stand before its last commit line.
    pub(super) fn committed(&self) -> u64 {
        self.read.edge.size()
    }

    /// The `key` records before its last commit line: place in the file and bytes.
    pub(super) fn keys(&self) -> impl Iterator<Item = (usize, &'a [u8])> {
        let keys = self.read.keys.iter().filter(|&&at| at < self.read.committed);
        keys.filter_map(|&at| Some((at, self.read.records.get(at)?.of_bytes(self.bytes))))
    }

    /// The leaf hashes of the records before its last commit line.
    pub(super) fn leaves(&self) -> &[Digest] {
        self.read.leaves.get(..self.read.committed).unwrap_or_default()
    }

    /// The records before its last commit line, in order.
    pub fn records(&self) -> impl Iterator<Item = Scanned<'a>> {
        let records = self.leaves().iter().zip(&self.read.records);
        records.map(|(leaf, span)| Scanned {
            leaf: *leaf,
            span: *span,
            bytes: span.of_bytes(self.bytes),
        })
    }
}

/// Whether every line feed has a carriage return before it, which no file of a log has.
pub fn is_converted(bytes: &[u8]) -> bool {
    // The first line decides for nearly every file.
    let mut at = 0;
    let mut any = false;
    while let Some(feed) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\n')) {
        any = true;
        let feed = at + feed;
        if feed.checked_sub(1).and_then(|before| bytes.get(before)) != Some(&b'\r') {
            return false;
        }
        at = feed + 1;
    }
    any
}
