//! The journal's files.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::durable;
use super::error::StoreError;
use super::layout::Layout;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::frame::FILE_RECORDS;
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::journal::{Checker, VerifiedJournal, Visitor};
use crate::verify::scan::{FileScan, Scanner};

/// How many files are read and hashed at once for each thread. A file of 4,096 records of a
/// kilobyte is 4 MB; one of the largest records is 268 MB.
const WINDOW: usize = 2;

/// How many bytes are read before they are hashed: so few that they are still in the processor's
/// cache, so many that what reading costs beside copying doesn't count.
const STEP: u64 = 256 * 1024;

/// The number of the file that a record lies in.
pub(crate) fn file_of(index: u64) -> u64 {
    index / FILE_RECORDS
}

/// The journal's files in order, and a fault for each file that has no place among them.
fn files(layout: &Layout) -> Result<(Vec<PathBuf>, Vec<Fault>), StoreError> {
    let mut there = BTreeSet::new();
    list(&layout.entries(), &mut there)?;
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

/// All files below a directory, temporary ones of ours apart.
fn list(directory: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), StoreError> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::io("read", directory)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(StoreError::io("read", directory))?;
        let kind = entry.file_type().map_err(StoreError::io("read", directory))?;
        if kind.is_dir() {
            list(&entry.path(), files)?;
        } else if !entry.file_name().to_string_lossy().starts_with(".tmp") {
            files.insert(entry.path());
        }
    }
    Ok(())
}

/// Checks the whole journal against a checkpoint.
pub(crate) fn check(
    layout: &Layout,
    signed: Option<SignedCheckpoint>,
    visitor: &mut impl Visitor,
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
            .map(|(bytes, (at, path))| scan_into(path, bytes, (number + at) as u64))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let scans = scanners.into_iter().zip(names.iter().zip(&buffers));
        let scans: Vec<FileScan<'_>> =
            scans.map(|(scanner, (name, bytes))| FileScan::of(scanner, name, bytes)).collect();
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
fn scan_into(path: &Path, bytes: &mut Vec<u8>, number: u64) -> Result<Scanner, StoreError> {
    let failed = || StoreError::io("read", path);
    bytes.clear();
    let mut file = fs::File::open(path).map_err(failed())?;
    let mut scanner = Scanner::new(number);
    while file.by_ref().take(STEP).read_to_end(bytes).map_err(failed())? > 0 {
        scanner.advance(bytes);
    }
    scanner.end(bytes);
    Ok(scanner)
}

/// The bytes of a journal file; none where it isn't there.
pub(crate) fn read_file(layout: &Layout, number: u64) -> Result<Vec<u8>, StoreError> {
    Ok(durable::read(&layout.entry_file(number))?.unwrap_or_default())
}
