//! Where records stand in the journal, and how they are read again.
//!
//! What was checked once may be another when it is read again. So each record is believed only by the
//! leaf hash that it had.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use rayon::prelude::*;

use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use crate::log::tree;
use crate::text::digest::Digest;
use crate::text::span::Span;
use crate::verify::fault::{Fault, FaultKind};

/// Records that lie less than this many bytes apart are read in one go.
const GAP: u64 = 64 * 1024;

/// Where each record of a log stands in its file.
#[derive(Debug, Default)]
pub struct Places {
    /// The offsets of the first byte and the one after the last: a journal file has less than four
    /// gigabytes.
    spans: Vec<[u32; 2]>,
}

impl FromIterator<Span> for Places {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut places = Self::default();
        places.extend(spans);
        places
    }
}

impl Extend<Span> for Places {
    fn extend<I: IntoIterator<Item = Span>>(&mut self, spans: I) {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.spans.extend(spans.into_iter().map(|span| [span.start(), span.end()].map(offset)));
    }
}

impl Places {
    /// How many records there are.
    pub fn count(&self) -> usize {
        self.spans.len()
    }

    /// Reads records, which are given in log order, several at once, as `decode` says, which is given
    /// index, leaf hash and bytes. `leaves` are the leaf hashes of all records.
    ///
    /// # Errors
    ///
    /// If a record can't be read, is another now, or can't be decoded.
    pub fn read<T: Send>(
        &self,
        layout: &Layout,
        leaves: &[Digest],
        records: &[u64],
        decode: impl Fn(u64, Digest, &[u8]) -> Result<T, Box<Fault>> + Sync,
    ) -> Result<Vec<T>, StoreError> {
        let same_file = |one: &u64, other: &u64| journal::file_of(*one) == journal::file_of(*other);
        let files: Vec<&[u64]> = records.chunk_by(same_file).collect();
        let read = files.into_par_iter().map(|records| {
            let believed = |index: u64, bytes: &[u8]| {
                let leaf = tree::leaf_hash(bytes);
                let checked = usize::try_from(index).ok().and_then(|at| leaves.get(at));
                if checked != Some(&leaf) {
                    let file = layout.name(&layout.entry_file(journal::file_of(index)));
                    let message = "it was changed since the log was checked";
                    return Err(Box::new(Fault::new(FaultKind::Record, file, message).at(index)));
                }
                decode(index, leaf, bytes)
            };
            self.file(layout, records, believed)
        });
        let (mut all, mut faults) = (Vec::with_capacity(records.len()), Vec::new());
        for result in read.collect::<Result<Vec<_>, StoreError>>()?.into_iter().flatten() {
            match result {
                Ok(read) => all.push(read),
                Err(fault) => faults.push(*fault),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(StoreError::Faults { faults }) }
    }

    /// Records of one journal file.
    fn file<T: Send>(
        &self,
        layout: &Layout,
        records: &[u64],
        read: impl Fn(u64, &[u8]) -> T + Sync,
    ) -> Result<Vec<T>, StoreError> {
        let Some(first) = records.first() else { return Ok(Vec::new()) };
        let path = layout.entry_file(journal::file_of(*first));
        let failed = || StoreError::io("read", &path);
        let mut file = File::open(&path).map_err(failed())?;
        let places: Vec<(u64, [u64; 2])> =
            records.iter().filter_map(|index| Some((*index, self.place(*index)?))).collect();
        let mut all = Vec::with_capacity(places.len());
        let mut bytes = Vec::new();
        let near = |one: &(u64, [u64; 2]), other: &(u64, [u64; 2])| {
            other.1[0].saturating_sub(one.1[1]) < GAP
        };
        for run in places.chunk_by(near) {
            let (Some((_, [start, _])), Some((_, [_, end]))) = (run.first(), run.last()) else {
                continue;
            };
            file.seek(SeekFrom::Start(*start)).map_err(failed())?;
            bytes.clear();
            file.by_ref().take(end - start).read_to_end(&mut bytes).map_err(failed())?;
            all.par_extend(run.par_iter().map(|(index, place)| {
                let [from, to] = place.map(|at| usize::try_from(at - start).unwrap_or(usize::MAX));
                read(*index, Span::new(from, to).of_bytes(&bytes))
            }));
        }
        Ok(all)
    }

    fn place(&self, index: u64) -> Option<[u64; 2]> {
        Some(self.spans.get(usize::try_from(index).ok()?)?.map(u64::from))
    }
}
