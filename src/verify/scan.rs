//! Reads and hashes one journal file, without what lies before it.
//!
//! A file holds 4,096 records but the last, so its tree is a full subtree of the log's: leaves,
//! tiles and inner nodes can be hashed without the files before it, and several files at once. What
//! is left for [`super::journal`] is to put the subtrees together.

use super::keychain::is_key;
use crate::log::frame::{FILE_RECORDS, FrameError, Frames, Item};
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
    /// The edge of the tree of its committed records alone.
    pub(super) edge: Edge,
    /// The full tiles of level 0 among them.
    pub(super) tiles: Vec<Vec<Digest>>,
    /// Its commit lines.
    pub(super) commits: Vec<Commit>,
    /// Where its last commit line ends.
    pub(super) end: usize,
    /// Where its grammar breaks.
    pub(super) error: Option<FrameError>,
    /// Whether its line endings were converted; then nothing else was read.
    pub(super) converted: bool,
    records: Vec<(Span, Digest)>,
    /// The places of `key` records in the file, committed or not.
    keys: Vec<usize>,
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

impl<'a> FileScan<'a> {
    /// Reads the journal file with a number.
    pub fn new(name: &'a str, bytes: &'a [u8], number: u64) -> Self {
        let mut scan = Self {
            name,
            bytes,
            edge: Edge::new(),
            tiles: Vec::new(),
            commits: Vec::new(),
            end: 0,
            error: None,
            converted: is_converted(bytes),
            records: Vec::new(),
            keys: Vec::new(),
        };
        if !scan.converted {
            scan.read(number);
        }
        scan
    }

    fn read(&mut self, number: u64) {
        let mut group: Vec<(Span, Digest)> = Vec::new();
        for item in Frames::new(self.bytes, number.saturating_mul(FILE_RECORDS)) {
            match item {
                Ok(Item::Record { bytes, span, .. }) => {
                    // Looked for here, where the bytes are in the processor's cache.
                    if is_key(bytes) {
                        self.keys.push(self.records.len() + group.len());
                    }
                    group.push((span, tree::leaf_hash(bytes)));
                }
                Ok(Item::Commit { size, root, span }) => {
                    let start = self.edge.size();
                    for (_, leaf) in &group {
                        let tiles = &mut self.tiles;
                        self.edge.push(*leaf, |tile, hashes| {
                            if tile.level() == 0 {
                                tiles.push(hashes.to_vec());
                            }
                        });
                    }
                    self.records.append(&mut group);
                    let peaks = self.edge.peaks().to_vec();
                    self.commits.push(Commit { start, size, root, peaks });
                    self.end = span.end();
                }
                Err(error) => self.error = Some(error),
            }
        }
    }

    /// How many records stand before its last commit line.
    pub(super) fn committed(&self) -> u64 {
        self.edge.size()
    }

    /// The `key` records before its last commit line: place in the file and bytes.
    pub(super) fn keys(&self) -> impl Iterator<Item = (usize, &'a [u8])> {
        let records = self.keys.iter().filter_map(|&at| Some((at, self.records.get(at)?.0)));
        let bytes = self.bytes;
        records.map(move |(at, span)| (at, bytes.get(span.start()..span.end()).unwrap_or_default()))
    }

    /// The records before its last commit line: leaf hash and bytes.
    pub(super) fn records(&self) -> impl Iterator<Item = (Digest, &'a [u8])> {
        let bytes = self.bytes;
        self.records.iter().map(move |(span, leaf)| {
            (*leaf, bytes.get(span.start()..span.end()).unwrap_or_default())
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
