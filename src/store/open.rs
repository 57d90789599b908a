//! Reading a log: the checkpoint first, then the journal, then what is derived from it.

use rayon::prelude::*;

use super::durable;
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use crate::lineage::graph::{Content, Entry, Graph};
use crate::log::checkpoint::{CheckpointError, MAX_BYTES as MAX_CHECKPOINT, SignedCheckpoint};
use crate::log::frame::{FILE_RECORDS, Frames, Item};
use crate::log::key::VerifierKey;
use crate::log::tile::{self, Tile};
use crate::text::digest::Digest;
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::journal::{CONVERTED, VerifiedJournal, Visitor};
use crate::verify::keychain::{Keychain, is_key};
use crate::verify::scan::{Scanned, is_converted};

/// A log that was checked as a whole.
#[derive(Debug)]
pub struct Checked {
    /// The journal.
    pub journal: VerifiedJournal,
    /// The leaf hashes of all records.
    pub leaves: Vec<Digest>,
    /// Tiles that are not there; they are derived and will be made again by the next signing.
    pub missing_tiles: Vec<Tile>,
    /// The keys that the log was and is signed with, as its rotations have them.
    pub keys: Keychain,
}

/// A log that was checked as a whole, with its records read.
#[derive(Debug)]
pub struct Snapshot {
    /// The journal and what is derived from it.
    pub checked: Checked,
    /// The articles.
    pub graph: Graph,
}

impl Snapshot {
    /// The journal.
    pub fn journal(&self) -> &VerifiedJournal {
        &self.checked.journal
    }

    /// The articles as the signed records have them: what is not yet signed vouches for nothing.
    pub fn signed_graph(&self) -> Graph {
        let signed = self.journal().signed_size();
        let entries = self.graph.entries().iter();
        Graph::new(entries.filter(|entry| entry.index < signed).cloned().collect())
    }
}

/// Checks a whole log: hashes every byte, parses no record.
///
/// # Errors
///
/// If a file can't be read, or with every fault that was found.
pub fn check(layout: &Layout, verifier: &VerifierKey) -> Result<Checked, StoreError> {
    let (checked, faults) = walk(layout, verifier, |_, _| (), &mut Vec::new())?;
    in_order((checked, faults))
}

/// Checks a whole log and reads its records.
///
/// # Errors
///
/// As [`check`], and if a record is not in the form that its format asks for.
pub fn load(layout: &Layout, verifier: &VerifierKey) -> Result<Snapshot, StoreError> {
    in_order(survey(layout, verifier)?)
}

/// The same, with the faults that leave the journal readable: in the form of records, in tiles, in
/// who signed the checkpoint. A record without its form is not among the articles.
///
/// # Errors
///
/// If a file can't be read, or with the faults of the journal itself.
pub fn survey(
    layout: &Layout,
    verifier: &VerifierKey,
) -> Result<(Snapshot, Vec<Fault>), StoreError> {
    let mut read = Vec::new();
    let (checked, others) = walk(
        layout,
        verifier,
        |index, record| entry(layout, index, record.leaf, record.bytes),
        &mut read,
    )?;
    let (mut entries, mut faults) = (Vec::with_capacity(read.len()), Vec::new());
    for result in read {
        match result {
            Ok(entry) => entries.push(entry),
            Err(fault) => faults.push(*fault),
        }
    }
    faults.extend(others);
    Ok((Snapshot { checked, graph: Graph::new(entries) }, faults))
}

/// A record with what it says, or the fault of one that is not in the form that its format asks for.
pub(super) fn entry(
    layout: &Layout,
    index: u64,
    leaf: Digest,
    bytes: &[u8],
) -> Result<Entry, Box<Fault>> {
    match Content::decode(bytes) {
        Ok(content) => Ok(Entry { index, leaf, content }),
        Err(error) => {
            let file = layout.name(&layout.entry_file(journal::file_of(index)));
            Err(Box::new(Fault::new(FaultKind::Form, file, error.to_string()).at(index)))
        }
    }
}

/// What was read, if no fault was found in it.
pub(super) fn in_order<T>((read, faults): (T, Vec<Fault>)) -> Result<T, StoreError> {
    if faults.is_empty() { Ok(read) } else { Err(StoreError::Faults { faults }) }
}

/// Checks a whole log, and on the way reads each record by `read` into `all`, in log order.
pub(super) fn walk<T: Send>(
    layout: &Layout,
    verifier: &VerifierKey,
    read: impl Fn(u64, Scanned<'_>) -> T + Sync,
    all: &mut impl Extend<T>,
) -> Result<(Checked, Vec<Fault>), StoreError> {
    let signed = checkpoint(layout, verifier)?;
    let size = signed.as_ref().map_or(0, SignedCheckpoint::size);
    let keys = Keychain::new(verifier.clone());
    let mut walked = Walk { leaves: Vec::new(), upper: Vec::new(), keys };
    match journal::check_and_read(layout, signed, &mut walked, read, all)? {
        Ok(journal) => {
            let (missing_tiles, mut faults) = walked.compare(layout, size)?;
            let Walk { leaves, keys, .. } = walked;
            let signed = journal.signed();
            if signed.is_some_and(|signed| keys.verify(signed.as_bytes()).is_none()) {
                let name = layout.name(&layout.checkpoint());
                let message = "only a key that the log no longer has signed it";
                faults.push(Fault::new(FaultKind::Signature, name, message));
            }
            Ok((Checked { journal, leaves, missing_tiles, keys }, faults))
        }
        Err(mut faults) => {
            // With the journal in doubt, the tiles say which records were changed.
            faults.extend(walked.record_faults(layout, size)?);
            Err(StoreError::Faults { faults })
        }
    }
}

/// Reads and checks `records/checkpoint`; `None` where there is none. Whether its key was still the
/// log's at its size is for who reads the journal too ([`check`], [`load`]).
///
/// # Errors
///
/// If it can't be read, or is not a checkpoint signed by the log's key.
pub fn checkpoint(
    layout: &Layout,
    verifier: &VerifierKey,
) -> Result<Option<SignedCheckpoint>, StoreError> {
    let path = layout.checkpoint();
    let Some(bytes) = durable::read(&path, MAX_CHECKPOINT)? else { return Ok(None) };
    let pinned = verifier;
    let mut verifier = pinned.clone();
    if matches!(SignedCheckpoint::verify(&bytes, pinned), Err(CheckpointError::NotSigned(_))) {
        verifier = keychain(layout, pinned)?.newest().clone();
    }
    if is_converted(&bytes) {
        let name = layout.name(&path);
        return Err(StoreError::fault(Fault::new(FaultKind::LineEndings, name, CONVERTED)));
    }
    let fault = |error: CheckpointError| {
        let kind = match &error {
            CheckpointError::Origin { .. } => FaultKind::Origin,
            error if error.is_unreadable() => FaultKind::Unreadable,
            _ => FaultKind::Signature,
        };
        StoreError::fault(Fault::new(kind, layout.name(&path), error.to_string()))
    };
    SignedCheckpoint::verify(&bytes, &verifier).map(Some).map_err(fault)
}

/// The keys that follow a pinned one by the rotations in the journal.
///
/// # Errors
///
/// If the journal can't be read. Where its grammar breaks, what lies beyond is not followed.
pub fn keychain(layout: &Layout, pinned: &VerifierKey) -> Result<Keychain, StoreError> {
    let mut chain = Keychain::new(pinned.clone());
    for number in 0.. {
        let bytes = journal::read_file(layout, number)?;
        if bytes.is_empty() {
            break;
        }
        for item in Frames::new(&bytes, number * FILE_RECORDS) {
            match item {
                Ok(Item::Record { index, bytes, .. }) if is_key(bytes) => {
                    chain.record(index, bytes);
                }
                Ok(_) => {}
                Err(_) => return Ok(chain),
            }
        }
    }
    Ok(chain)
}

/// What a walk over the records keeps.
struct Walk {
    leaves: Vec<Digest>,
    /// The tiles above level 0 of the tree at the checkpoint's size.
    upper: Vec<(Tile, Vec<Digest>)>,
    keys: Keychain,
}

impl Visitor for Walk {
    fn record(&mut self, _index: u64, leaf: Digest, _bytes: &[u8]) {
        self.leaves.push(leaf);
    }

    fn key(&mut self, index: u64, bytes: &[u8]) {
        self.keys.record(index, bytes);
    }

    fn tile(&mut self, tile: Tile, hashes: &[Digest]) {
        // Those of level 0 are the leaves, 256 by 256.
        if tile.level() > 0 {
            self.upper.push((tile, hashes.to_vec()));
        }
    }
}

impl Walk {
    /// The tiles of level 0 that a tree of the first `size` leaves has, with their hashes.
    fn lowest(&self, size: u64) -> impl IndexedParallelIterator<Item = (Tile, &[Digest])> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let leaves = self.leaves.get(..size).unwrap_or(&self.leaves);
        let tiles = leaves.par_chunks(tile::WIDTH).enumerate();
        tiles.map(|(index, hashes)| {
            let index = index as u64;
            let partial = Tile::partial(0, index, hashes.len());
            (partial.unwrap_or(Tile::full(0, index)), hashes)
        })
    }

    /// Compares the tiles on disk with the records, in a log of which the first `signed` are signed:
    /// those that are not there, and a fault for each that holds other hashes.
    fn compare(&self, layout: &Layout, signed: u64) -> Result<(Vec<Tile>, Vec<Fault>), StoreError> {
        let read = |(tile, hashes): (Tile, &[Digest])| {
            let path = layout.tile(tile);
            Ok(match durable::holds(&path, &tile::bytes(hashes))? {
                None => Some((tile, None)),
                Some(true) => None,
                Some(false) => Some((
                    tile,
                    Some(Fault::new(
                        FaultKind::Tile,
                        layout.name(&path),
                        "the tile does not hold the hashes of the records",
                    )),
                )),
            })
        };
        let upper = self.upper.par_iter().map(|(tile, hashes)| (*tile, hashes.as_slice()));
        let odd = self.lowest(signed).chain(upper).map(read);
        let odd = odd.collect::<Result<Vec<_>, StoreError>>()?;
        let (mut missing, mut faults) = (Vec::new(), Vec::new());
        for (tile, fault) in odd.into_iter().flatten() {
            match fault {
                None => missing.push(tile),
                Some(fault) => faults.push(fault),
            }
        }
        Ok((missing, faults))
    }

    /// A fault for each record whose hash is not the one in its tile.
    fn record_faults(&self, layout: &Layout, signed: u64) -> Result<Vec<Fault>, StoreError> {
        let faults = self.lowest(signed).map(|(tile, hashes)| {
            let found = durable::read_beginning(&layout.tile(tile), tile::MAX_BYTES)?;
            let Some(found) = found else { return Ok(Vec::new()) };
            let pairs = (tile.first_leaf()..).zip(hashes.iter().zip(found.chunks(32)));
            let odd = pairs.filter(|(_, (record, hash))| record.as_bytes() != hash);
            let fault = |(index, _)| {
                let file = layout.entry_file(journal::file_of(index));
                let message = format!("it was changed: its hash is not the one in {tile}");
                Fault::new(FaultKind::Record, layout.name(&file), message).at(index)
            };
            Ok(odd.map(fault).collect())
        });
        Ok(faults.collect::<Result<Vec<Vec<Fault>>, StoreError>>()?.concat())
    }
}
