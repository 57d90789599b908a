//! Makes the index, and brings it up to date.

use std::fs::{self, File};
use std::iter::Peekable;

use rayon::prelude::*;

use super::head::{Head, MAX_BYTES, Part};
use super::key::{self, Key};
use super::segment::{self, Damage, Posting, Segment};
use crate::lineage::graph::Content;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::frame::FILE_RECORDS;
use crate::log::tree;
use crate::store::durable;
use crate::store::error::StoreError;
use crate::store::journal::{self, Records};
use crate::store::layout::Layout;
use crate::store::texts;
use crate::text::digest::Digest;

/// The most records of which the postings are held in memory: 64 journal files.
const CHUNK: u64 = 64 * FILE_RECORDS;

/// A segment is merged with the one before unless that is this many times as large. So there are
/// O(log n) segments, and a posting is written O(log n) times.
const GROWTH: u64 = 4;

/// What is told while records are indexed: how many of how many are.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Why the index can't answer, and the journal must be read instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unusable {
    /// The log is so short that reading it is as fast.
    #[error("the log is short")]
    Short,
    /// Records beyond the checkpoint are not indexed.
    #[error("the log has records that are not yet signed")]
    Unsigned,
    /// Records of a newer format may be among what is asked for.
    #[error("the log has records of a newer format")]
    Newer,
    /// More records were found than are worth being proved one by one.
    #[error("more records than are worth proving one by one")]
    Many,
    /// The journal, a tile or the checkpoint is not in order; reading all of it says what is wrong.
    #[error("the log is not in order")]
    Log,
    /// The index can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An index that covers the signed log, open for look-ups.
#[derive(Debug)]
pub struct Index {
    segments: Vec<Segment>,
}

impl Index {
    /// The index of a log with this checkpoint, brought up to date or made anew where it must be.
    ///
    /// # Errors
    ///
    /// If it can't be.
    pub fn of(
        layout: &Layout,
        signed: &SignedCheckpoint,
        progress: Progress<'_>,
    ) -> Result<Self, Unusable> {
        if let Some(index) = read(layout, signed).and_then(|head| covering(layout, &head, signed)) {
            return Ok(index);
        }
        let _lock = lock(layout)?;
        // Somebody else may have made it meanwhile.
        let head = read(layout, signed).filter(|head| opened(layout, head).is_some());
        if let Some(index) = head.as_ref().and_then(|head| covering(layout, head, signed)) {
            return Ok(index);
        }
        let extended = head.map(|head| extend(layout, head, signed, progress));
        match extended {
            Some(Ok(index)) => Ok(index),
            // Another history's, or damaged.
            _ => anew(layout, signed, progress),
        }
    }

    /// Makes the index anew, whatever is there.
    ///
    /// # Errors
    ///
    /// If it can't be made.
    pub fn rebuild(
        layout: &Layout,
        signed: &SignedCheckpoint,
        progress: Progress<'_>,
    ) -> Result<Self, Unusable> {
        let _lock = lock(layout)?;
        anew(layout, signed, progress)
    }

    /// The records that have a key, each once, in log order, at most `most`; `None` where the index
    /// is damaged.
    pub fn find(&self, key: Key, most: usize) -> Option<Vec<u64>> {
        self.find_between(key, key, most)
    }

    /// The same for a range of keys.
    pub fn find_between(&self, first: Key, last: Key, most: usize) -> Option<Vec<u64>> {
        let mut found = Vec::new();
        for segment in &self.segments {
            segment.find(first..=last, most, &mut found).ok()?;
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }
}

/// The lock of whoever writes the index; readers take none.
fn lock(layout: &Layout) -> Result<File, StoreError> {
    let path = layout.index().join("lock");
    durable::make_directories(&layout.index())?;
    let file = File::create(&path).map_err(StoreError::io("write", &path))?;
    file.lock().map_err(StoreError::io("lock", &path))?;
    Ok(file)
}

/// The head, where it is one of this log's and covers no more than is signed.
fn read(layout: &Layout, signed: &SignedCheckpoint) -> Option<Head> {
    let bytes = durable::read(&layout.index_head(), MAX_BYTES).ok()??;
    let head = Head::parse(&bytes)?;
    let is_this = head.origin == signed.checkpoint().origin && head.size() <= signed.size();
    is_this.then_some(head)
}

/// The index of a head that covers just what is signed.
fn covering(layout: &Layout, head: &Head, signed: &SignedCheckpoint) -> Option<Index> {
    let covers = head.size() == signed.size() && head.edge.root() == signed.root();
    covers.then(|| opened(layout, head)).flatten()
}

fn opened(layout: &Layout, head: &Head) -> Option<Index> {
    let segments = head.parts.iter().map(|part| head.open(layout, part));
    Some(Index { segments: segments.collect::<Result<_, Damage>>().ok()? })
}

fn anew(
    layout: &Layout,
    signed: &SignedCheckpoint,
    progress: Progress<'_>,
) -> Result<Index, Unusable> {
    for path in durable::files_below(&layout.index())? {
        if path != layout.index().join("lock") {
            fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
        }
    }
    extend(layout, Head::new(signed.checkpoint().origin.clone()), signed, progress)
}

/// Indexes the records from where a head ends to where the checkpoint does.
fn extend(
    layout: &Layout,
    mut head: Head,
    signed: &SignedCheckpoint,
    progress: Progress<'_>,
) -> Result<Index, Unusable> {
    let size = signed.size();
    let mut obsolete = Vec::new();
    while head.size() < size {
        let first = head.size();
        let end = (first - first % FILE_RECORDS).saturating_add(CHUNK).min(size);
        let mut postings = Vec::new();
        let numbers: Vec<u64> = (journal::file_of(first)..=journal::file_of(end - 1)).collect();
        for window in numbers.chunks(2 * rayon::current_num_threads()) {
            let read = window.par_iter().map(|number| read_file(layout, *number, first..end));
            for file in read.collect::<Result<Vec<_>, Unusable>>()? {
                for leaf in &file.leaves {
                    head.edge.push(*leaf, |_, _| ());
                }
                postings.extend(file.postings);
            }
            progress(head.size(), size);
        }
        if head.size() != end {
            return Err(Unusable::Log);
        }
        postings.par_sort_unstable();
        add(layout, &mut head, first, postings, &mut obsolete)?;
    }
    if head.edge.root() != signed.root() {
        return Err(Unusable::Log);
    }
    let index = opened(layout, &head).ok_or(Unusable::Log)?;
    // What a crash leaves of it is no head, and the index is made anew.
    durable::replace(&layout.index_head(), head.to_text().as_bytes())?;
    obsolete.into_iter().for_each(Segment::remove);
    Ok(index)
}

/// Adds a segment of the records from `first` to where the head's tree ends, and merges what is small.
fn add(
    layout: &Layout,
    head: &mut Head,
    first: u64,
    postings: Vec<Posting>,
    obsolete: &mut Vec<Segment>,
) -> Result<(), Unusable> {
    let mut part = Part { first, end: head.size(), count: 0, root: head.edge.root() };
    let mut merged = Vec::new();
    while let Some(before) = head.parts.last() {
        if before.end - before.first >= GROWTH * (part.end - part.first) {
            break;
        }
        merged.push(head.open(layout, before).map_err(|_| Unusable::Log)?);
        part.first = before.first;
        head.parts.pop();
    }
    let path = Head::path(layout, &part);
    let mut all: Box<dyn Iterator<Item = Result<Posting, StoreError>>> =
        Box::new(postings.into_iter().map(Ok));
    for segment in &merged {
        let damaged = |damage: Damage| {
            StoreError::io("read", &path)(std::io::Error::other(damage.to_string()))
        };
        let others = segment.postings().map(move |posting| posting.map_err(damaged));
        all = Box::new(Merged { one: others.peekable(), other: all.peekable() });
    }
    part.count = segment::write(&path, &head.salt(&part), all)?;
    head.parts.push(part);
    obsolete.extend(merged);
    Ok(())
}

/// Two sorted runs as one.
struct Merged<A: Iterator, B: Iterator> {
    one: Peekable<A>,
    other: Peekable<B>,
}

impl<A, B> Iterator for Merged<A, B>
where
    A: Iterator<Item = Result<Posting, StoreError>>,
    B: Iterator<Item = Result<Posting, StoreError>>,
{
    type Item = Result<Posting, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        match (self.one.peek(), self.other.peek()) {
            (Some(Ok(one)), Some(Ok(other))) if other < one => self.other.next(),
            (Some(_), _) => self.one.next(),
            (None, _) => self.other.next(),
        }
    }
}

/// What a journal file has for the index.
struct Indexed {
    leaves: Vec<Digest>,
    postings: Vec<Posting>,
}

/// Reads the records of a journal file that lie in a range.
fn read_file(
    layout: &Layout,
    number: u64,
    range: std::ops::Range<u64>,
) -> Result<Indexed, Unusable> {
    let mut indexed = Indexed { leaves: Vec::new(), postings: Vec::new() };
    // Where the grammar breaks is beyond the checkpoint, or the root will be another.
    let records = Records::read(layout, number)?;
    for (index, bytes) in records.all().filter(|(index, _)| range.contains(index)) {
        let leaf = tree::leaf_hash(bytes);
        let content = Content::decode(bytes).map_err(|_| Unusable::Log)?;
        indexed.leaves.push(leaf);
        let kept = |body: &Digest| texts::find(layout, body);
        key::of_record(content.record(), &leaf, kept, |key| {
            indexed.postings.push(segment::posting(key, index));
        });
    }
    Ok(indexed)
}
