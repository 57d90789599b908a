//! The journal's files.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::durable;
use super::error::StoreError;
use super::layout::Layout;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::frame::{FILE_RECORDS, FrameError, Frames, Item, MAX_RECORD};
use crate::text::span::Span;
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::journal::{Checker, VerifiedJournal, Visitor};
use crate::verify::scan::{FileScan, Scanned, Scanner};

/// How many files are read and hashed at once for each thread. A file of 4,096 records of a
/// kilobyte is 4 MB; one of the largest records is 268 MB.
const WINDOW: usize = 2;

/// How many bytes are read before they are hashed: so few that they are still in the processor's
/// cache, so many that what reading costs beside copying doesn't count.
const STEP: u64 = 256 * 1024;

/// The most bytes a journal file can have: for each of its 4,096 records the longest header (`#@ `,
/// 20 digits, a space, 5 digits, a line feed), the longest record, and a commit line (`#= `, 20
/// digits, a space, 44 digits of base64, a line feed).
#[expect(clippy::cast_possible_truncation, reason = "4,096 fits every usize")]
pub(crate) const MAX_FILE: usize = FILE_RECORDS as usize * (30 + MAX_RECORD + 69);

/// The number of the file that a record lies in.
pub(crate) fn file_of(index: u64) -> u64 {
    index / FILE_RECORDS
}

/// The journal's files in order, and a fault for each file that has no place among them.
fn files(layout: &Layout) -> Result<(Vec<PathBuf>, Vec<Fault>), StoreError> {
    let mut there: BTreeSet<PathBuf> =
        durable::files_below(&layout.entries())?.into_iter().collect();
    // What a crash left of a rewrite has no place yet.
    there.retain(|path| !durable::is_temporary(path));
    let mut files = Vec::new();
    for number in 0.. {
        let path = layout.entry_file(number);
        if !there.remove(&path) {
            break;
        }
        files.push(path);
    }
    let stray = |path: &PathBuf| {
        Fault::new(
            FaultKind::Stray,
            layout.name(path),
            "no file of this name belongs in the journal",
        )
    };
    Ok((files, there.iter().map(stray).collect()))
}

/// Checks the whole journal against a checkpoint.
pub(crate) fn check(
    layout: &Layout,
    signed: Option<SignedCheckpoint>,
    visitor: &mut impl Visitor,
) -> Result<Result<VerifiedJournal, Vec<Fault>>, StoreError> {
    check_and_read(layout, signed, visitor, |_, _| (), &mut Vec::new())
}

/// The same, and reads each record of a closed group by `read`, given its index, into `all`, in log
/// order. Several are read at once, before it is known that their file is without a fault; in a
/// journal that has one, not all are read.
pub(crate) fn check_and_read<T: Send>(
    layout: &Layout,
    signed: Option<SignedCheckpoint>,
    visitor: &mut impl Visitor,
    read: impl Fn(u64, Scanned<'_>) -> T + Sync,
    all: &mut impl Extend<T>,
) -> Result<Result<VerifiedJournal, Vec<Fault>>, StoreError> {
    let (files, strays) = files(layout)?;
    let mut checker = Checker::new(signed);
    let mut number = 0;
    // Buffers are used again from window to window: fresh ones would cost a page fault for every
    // four kilobytes.
    let window = WINDOW * rayon::current_num_threads();
    let mut buffers = vec![Vec::new(); window.min(files.len())];
    for window in files.chunks(window) {
        let names: Vec<String> = window.iter().map(|path| layout.name(path)).collect();
        buffers.truncate(window.len());
        let scanners = buffers
            .par_iter_mut()
            .zip(window.par_iter().enumerate())
            .map(|(bytes, (at, path))| scan_into(layout, path, bytes, (number + at) as u64))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let scans = scanners.into_iter().zip(names.iter().zip(&buffers));
        let scans: Vec<FileScan<'_>> =
            scans.map(|(scanner, (name, bytes))| FileScan::of(scanner, name, bytes)).collect();
        let first = number as u64;
        let records =
            (first..).zip(&scans).collect::<Vec<_>>().into_par_iter().map(|(number, scan)| {
                (number * FILE_RECORDS..)
                    .zip(scan.records())
                    .map(|(index, record)| read(index, record))
                    .collect::<Vec<T>>()
            });
        let records: Vec<Vec<T>> = records.collect();
        all.extend(records.into_iter().flatten());
        for scan in &scans {
            number += 1;
            checker.file(scan, number == files.len(), visitor);
            if checker.has_faults() {
                break;
            }
        }
        if checker.has_faults() {
            // What follows a file that can't be read through has no indices to go by.
            break;
        }
    }
    Ok(match checker.finish() {
        Ok(journal) if strays.is_empty() => Ok(journal),
        Ok(_) => Err(strays),
        Err(faults) => Err(faults.into_iter().chain(strays).collect()),
    })
}

/// Reads the journal file with a number into a buffer, in the place of what it held, and hashes
/// each part as soon as it is there.
fn scan_into(
    layout: &Layout,
    path: &Path,
    bytes: &mut Vec<u8>,
    number: u64,
) -> Result<Scanner, StoreError> {
    let failed = || StoreError::io("read", path);
    bytes.clear();
    let mut file = fs::File::open(path).map_err(failed())?;
    let mut scanner = Scanner::new(number);
    while file.by_ref().take(STEP).read_to_end(bytes).map_err(failed())? > 0 {
        check_length(layout, path, bytes)?;
        scanner.advance(bytes);
    }
    scanner.end(bytes);
    Ok(scanner)
}

/// The bytes of a journal file; none where it isn't there.
pub(crate) fn read_file(layout: &Layout, number: u64) -> Result<Vec<u8>, StoreError> {
    let path = layout.entry_file(number);
    let bytes = durable::read_beginning(&path, MAX_FILE + 1)?.unwrap_or_default();
    check_length(layout, &path, &bytes)?;
    Ok(bytes)
}

/// A journal file's records, as far as its grammar holds. Their hashes are for the caller to check.
#[derive(Debug)]
pub(crate) struct Records {
    bytes: Vec<u8>,
    first: u64,
    spans: Vec<Span>,
    /// Where the grammar breaks.
    pub(crate) error: Option<FrameError>,
}

impl Records {
    /// Reads the journal file with a number; one that isn't there has none.
    pub(crate) fn read(layout: &Layout, number: u64) -> Result<Self, StoreError> {
        let bytes = read_file(layout, number)?;
        let first = number.saturating_mul(FILE_RECORDS);
        let (mut spans, mut error) = (Vec::new(), None);
        for item in Frames::new(&bytes, first) {
            match item {
                Ok(Item::Record { span, .. }) => spans.push(span),
                Ok(Item::Commit { .. }) => {}
                Err(broken) => error = Some(broken),
            }
        }
        Ok(Self { bytes, first, spans, error })
    }

    /// The index after that of the last.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.spans.len() as u64
    }

    /// The record with an index, if it is one of them.
    pub(crate) fn get(&self, index: u64) -> Option<&[u8]> {
        let place = usize::try_from(index.checked_sub(self.first)?).ok()?;
        Some(self.spans.get(place)?.of_bytes(&self.bytes))
    }

    /// All of them, with their indices.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u64, &[u8])> {
        (self.first..).zip(self.spans.iter().map(|span| span.of_bytes(&self.bytes)))
    }
}

/// A fault in a file that is longer than the grammar allows, whatever it holds.
fn check_length(layout: &Layout, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if bytes.len() <= MAX_FILE {
        return Ok(());
    }
    let message = format!("longer than the {MAX_FILE} bytes that a journal file can have");
    Err(StoreError::fault(Fault::new(FaultKind::Framing, layout.name(path), message)))
}
