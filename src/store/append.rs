//! The writer: takes the lock, reads the log, appends groups of records.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use super::durable::{self, Appender};
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use super::leftovers;
use super::lock::Lock;
use super::open::{self, Checked};
use super::recover;
use super::register::Register;
use crate::log::frame::{self, FILE_RECORDS};
use crate::log::key::VerifierKey;
use crate::log::tree::{self, Edge};
use crate::text::digest::Digest;
use crate::text::profile::Text;
use crate::text::span::Span;
use crate::verify::scan::Scanned;

/// The fewest records that are worth another thread: they take longer to hash than it to wake.
const HASHED_TOGETHER: usize = 64;

/// A record that was appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its index.
    pub index: u64,
    /// Its leaf hash.
    pub leaf: Digest,
    /// Where it stands in its journal file.
    pub span: Span,
}

/// A log that is locked for writing.
#[derive(Debug)]
pub struct Writer {
    pub(super) layout: Layout,
    pub(super) lock: Lock,
    pub(super) checked: Checked,
    pub(super) edge: Edge,
    pub(super) leaves: Vec<Digest>,
    /// The tree as it is taken back to: that of the opening, or of the last signing.
    base: Edge,
    set_aside: Option<String>,
    /// The journal file that was appended to last, kept open.
    open: Option<(u64, Appender)>,
    /// What to cut the journal back to if the records can't be signed: a file and its length.
    undo: Vec<(u64, u64)>,
    /// The bytes of the group that is appended; kept, because memory that is new costs time.
    framed: Vec<u8>,
    /// Files beside the journal that this writer made and that go with its records.
    made: Vec<PathBuf>,
}

impl Writer {
    /// Locks a log, puts right what the last writer left unfinished, and checks all of it.
    ///
    /// # Errors
    ///
    /// If it can't be locked or read, or isn't in order; then nothing was changed.
    pub fn open(layout: &Layout, verifier: &VerifierKey) -> Result<Self, StoreError> {
        let lock = Lock::take(layout)?;
        let checked = open::check(layout, verifier)?;
        Self::begin(layout, lock, checked)
    }

    /// The same with a register, by which records are found and read.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_register(
        layout: &Layout,
        verifier: &VerifierKey,
    ) -> Result<(Self, Register), StoreError> {
        let lock = Lock::take(layout)?;
        let mut register = Register::default();
        let note = register.noting();
        let read = |_, record: Scanned<'_>| (record.span, note(&record.leaf, record.bytes));
        let checked = open::in_order(open::walk(layout, verifier, read, &mut register)?)?;
        Ok((Self::begin(layout, lock, checked)?, register))
    }

    fn begin(layout: &Layout, mut lock: Lock, checked: Checked) -> Result<Self, StoreError> {
        let set_aside = recover::recover(layout, &mut lock, &checked.journal)?;
        // What can't be removed does no harm: nothing reads it.
        for path in leftovers::temporary(layout).unwrap_or_default() {
            let _ = leftovers::remove(&path);
        }
        let edge = checked.journal.edge().clone();
        let leaves = checked.leaves.clone();
        Ok(Self {
            base: edge.clone(),
            layout: layout.clone(),
            lock,
            checked,
            edge,
            leaves,
            set_aside,
            open: None,
            undo: Vec::new(),
            framed: Vec::new(),
            made: Vec::new(),
        })
    }

    /// The log as it was when it was locked.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// The key that the log is signed with now: the pinned one, or where its rotations lead.
    pub fn newest_key(&self) -> &VerifierKey {
        self.checked.keys.newest()
    }

    /// The file that an unfinished write of an earlier process was set aside in.
    pub fn set_aside(&self) -> Option<&str> {
        self.set_aside.as_deref()
    }

    /// How many records the log has with what was appended.
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Keeps the texts of records that are about to be appended.
    ///
    /// # Errors
    ///
    /// If they can't be written; then none is.
    pub fn keep_texts<'a>(
        &mut self,
        bodies: impl IntoIterator<Item = &'a Text>,
    ) -> Result<(), StoreError> {
        let bodies: Vec<&Text> = bodies.into_iter().collect();
        let missing = bodies.par_iter().map(|body| {
            let (path, bytes) = (self.layout.text(&body.digest()), body.as_str().as_bytes());
            let there = durable::holds(&path, bytes)? == Some(true);
            Ok((!there).then(|| (path, bytes.to_vec())))
        });
        let missing: Vec<_> = missing.collect::<Result<_, StoreError>>()?;
        // Each once, whoever else has it.
        let missing: BTreeMap<_, _> = missing.into_iter().flatten().collect();
        let missing: Vec<_> = missing.into_iter().collect();
        self.make_all(&missing).inspect_err(|_| self.remove_made())?;
        Ok(())
    }

    /// Writes a file that goes with the records, unless it is there as it must be.
    pub(super) fn make(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), StoreError> {
        let there = durable::holds(&path, bytes)?;
        if there == Some(true) {
            return Ok(());
        }
        durable::replace(&path, bytes)?;
        if there.is_none() {
            self.made.push(path);
        }
        Ok(())
    }

    /// Writes files that go with the records, of which none is there as it must be.
    pub(super) fn make_all(&mut self, files: &[(PathBuf, Vec<u8>)]) -> Result<(), StoreError> {
        // Noted before they are written: should one fail, the others may be there.
        let missing = files.iter().map(|(path, _)| path).filter(|path| !path.exists());
        self.made.extend(missing.cloned());
        durable::replace_all(files)
    }

    /// Removes the files that this writer made. What can't be removed does no harm: a text is
    /// believed by its name only, and a tile is derived.
    fn remove_made(&mut self) {
        for path in self.made.drain(..) {
            let _ = leftovers::remove(&path);
        }
    }

    /// Appends records, durably, in one group, or one for each file that they fill.
    ///
    /// Returns where each is.
    ///
    /// # Errors
    ///
    /// If they can't be written; then the journal is as it was, unless it was an fsync that failed
    /// ([`StoreError::Sync`]), cutting the journal back ([`StoreError::Unsigned`]), or taking the
    /// lock's mark away, which comes last: then the next writer finds out what is there.
    pub fn append(&mut self, records: &[Vec<u8>]) -> Result<Vec<Appended>, StoreError> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        if let Err(error) = self.lock.mark_dirty(self.edge.size()) {
            self.remove_made();
            return Err(error);
        }
        let before = (self.edge.clone(), self.leaves.len(), self.undo.len());
        let mut added = Vec::new();
        let mut rest = records;
        while !rest.is_empty() {
            let first = self.edge.size();
            let room = usize::try_from(FILE_RECORDS - first % FILE_RECORDS).unwrap_or(usize::MAX);
            let (group, later) = rest.split_at(rest.len().min(room));
            rest = later;
            let leaves = group.par_iter().with_min_len(HASHED_TOGETHER);
            let leaves: Vec<Digest> = leaves.map(|record| tree::leaf_hash(record)).collect();
            for leaf in &leaves {
                self.leaves.push(*leaf);
                self.edge.push(*leaf, |_, _| ());
            }
            match self.write_group(first, group) {
                Ok(spans) => {
                    let places = (first..).zip(leaves.into_iter().zip(spans));
                    added.extend(places.map(|(index, (leaf, span))| Appended {
                        index,
                        leaf,
                        span,
                    }));
                }
                // What is on disk is not known. The mark stays, and the next writer rewrites the
                // journal before anything else.
                Err(error @ StoreError::Sync { .. }) => return Err(error),
                Err(error) => {
                    let (edge, leaves, undo) = before;
                    self.cut_back(undo).map_err(|stuck| StoreError::Unsigned(Box::new(stuck)))?;
                    self.edge = edge;
                    self.leaves.truncate(leaves);
                    self.remove_made();
                    self.lock.mark_clean()?;
                    return Err(error);
                }
            }
        }
        self.lock.mark_clean()?;
        Ok(added)
    }

    fn write_group(&mut self, first: u64, group: &[Vec<u8>]) -> Result<Vec<Span>, StoreError> {
        let number = journal::file_of(first);
        let file = match self.open.take() {
            Some((open, file)) if open == number => file,
            _ => Appender::open(&self.layout.entry_file(number))?,
        };
        // Noted before the write: whatever fails from here on, this is what to cut back to.
        let start = file.length();
        self.undo.push((number, start));
        let (_, file) = self.open.insert((number, file));
        self.framed.clear();
        let spans = frame::write_group(&mut self.framed, first, group, &self.edge.root());
        file.append(&self.framed)?;
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        Ok(spans.into_iter().map(|span| span.shift(start)).collect())
    }

    /// Takes back everything that was appended, because it could not be signed and nobody was told
    /// of it.
    pub(super) fn take_back(&mut self) -> Result<(), StoreError> {
        self.cut_back(0)?;
        self.remove_made();
        self.edge = self.base.clone();
        self.leaves.truncate(usize::try_from(self.base.size()).unwrap_or(usize::MAX));
        Ok(())
    }

    /// What was appended is signed, and taken back no more.
    pub(super) fn settle(&mut self) {
        self.base = self.edge.clone();
        self.undo.clear();
        self.made.clear();
    }

    fn cut_back(&mut self, keep: usize) -> Result<(), StoreError> {
        self.open = None;
        while self.undo.len() > keep {
            if let Some((number, length)) = self.undo.pop() {
                let path = self.layout.entry_file(number);
                if path.exists() {
                    durable::cut(&path, length)?;
                }
            }
        }
        Ok(())
    }
}
