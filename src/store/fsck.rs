//! Everything on disk against everything else.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::append::Writer;
use super::durable;
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use super::open;
use super::texts;
use crate::lineage::graph::Graph;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::VerifierKey;
use crate::log::tile::{self, Tile};
use crate::text::digest::Digest;
use crate::verify::fault::{Fault, FaultKind};

/// Something that is not as siglum leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What and where.
    pub fault: Fault,
    /// Whether it concerns only what can be made again from the journal.
    pub derived: bool,
}

/// Checks a workspace's records whole.
///
/// # Errors
///
/// If a file can't be read.
pub fn check(layout: &Layout, verifier: &VerifierKey) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let snapshot = match open::load(layout, verifier) {
        Ok(snapshot) => snapshot,
        Err(StoreError::Faults { faults }) => {
            let derived = |fault: &Fault| fault.kind == FaultKind::Tile;
            return Ok(faults
                .into_iter()
                .map(|fault| Finding { derived: derived(&fault), fault })
                .collect());
        }
        Err(error) => return Err(error),
    };
    let mut derived = |fault: Fault| findings.push(Finding { fault, derived: true });
    for tile in &snapshot.checked.missing_tiles {
        let file = layout.name(&layout.tile(*tile));
        derived(Fault::new(FaultKind::Tile, file, "the tile is missing"));
    }
    for path in strays(layout, snapshot.journal().signed())? {
        let message = "no tile of the signed size, and no file of siglum's";
        derived(Fault::new(FaultKind::Stray, layout.name(&path), message));
    }
    if durable::read(&layout.lock())?.is_some_and(|mark| !mark.is_empty()) {
        let message = "a write did not finish; the next writer sees to it";
        derived(Fault::new(FaultKind::Stray, layout.name(&layout.lock()), message));
    }
    let mut fault = |fault: Fault| findings.push(Finding { fault, derived: false });
    if let Some(torn) = snapshot.journal().torn() {
        let message = format!(
            "an unfinished write of {} bytes at byte {}; --set-aside-tail moves it away",
            torn.span.len(),
            torn.span.start()
        );
        fault(Fault::new(FaultKind::Framing, torn.file.clone(), message));
    }
    chain_faults(&snapshot.graph).into_iter().for_each(&mut fault);
    text_faults(layout)?.into_iter().for_each(&mut fault);
    Ok(findings)
}

/// Makes again what is derived: tiles; removes strays among them. Returns how many files.
///
/// # Errors
///
/// If the journal isn't in order or a file can't be written.
pub fn repair(layout: &Layout, verifier: &VerifierKey) -> Result<usize, StoreError> {
    let signed = open::checkpoint(layout, verifier)?;
    let mut tiles = Tiles { layout, failed: None, written: 0 };
    let lock = super::lock::Lock::take(layout)?;
    // Only a journal that comes to the signed root may say what tiles hold.
    if let Err(faults) = journal::check(layout, signed.clone(), &mut ())? {
        return Err(StoreError::Faults { faults });
    }
    if let Err(faults) = journal::check(layout, signed.clone(), &mut tiles)? {
        return Err(StoreError::Faults { faults });
    }
    if let Some(error) = tiles.failed {
        return Err(error);
    }
    let mut count = tiles.written;
    for path in strays(layout, signed.as_ref())? {
        fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
        count += 1;
    }
    drop(lock);
    // Opening for writing rewrites what a writer left unfinished.
    Writer::open(layout, verifier)?;
    Ok(count)
}

/// Writes tiles that are missing or wrong.
struct Tiles<'a> {
    layout: &'a Layout,
    failed: Option<StoreError>,
    written: usize,
}

impl crate::verify::journal::Visitor for Tiles<'_> {
    fn record(&mut self, _index: u64, _leaf: Digest, _bytes: &[u8]) {}

    fn tile(&mut self, place: Tile, hashes: &[Digest]) {
        let path = self.layout.tile(place);
        let bytes = tile::bytes(hashes);
        let written = durable::read(&path).and_then(|there| {
            if there.as_ref() == Some(&bytes) {
                return Ok(0);
            }
            durable::replace(&path, &bytes).map(|()| 1)
        });
        match written {
            Ok(count) => self.written += count,
            Err(error) => self.failed = self.failed.take().or(Some(error)),
        }
    }
}

/// Files under `tile/` that are no tile of the signed size, and temporary files of ours.
fn strays(layout: &Layout, signed: Option<&SignedCheckpoint>) -> Result<Vec<PathBuf>, StoreError> {
    let size = signed.map_or(0, SignedCheckpoint::size);
    let mut expected = BTreeSet::new();
    for level in 0u8..8 {
        let full = tile::count_full(size, level);
        expected.extend((0..full).map(|index| layout.tile(Tile::full(level, index))));
        let edge = Tile::holding(level, full.saturating_mul(tile::WIDTH as u64), size);
        if edge.width() > 0 {
            expected.insert(layout.tile(edge));
        }
    }
    let mut files = Vec::new();
    list(&layout.records(), &mut files)?;
    let tiles = layout.records().join("tile");
    Ok(files
        .into_iter()
        .filter(|path| {
            let temporary =
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".tmp"));
            temporary || (path.starts_with(&tiles) && !expected.contains(path))
        })
        .collect())
}

fn list(directory: &std::path::Path, files: &mut Vec<PathBuf>) -> Result<(), StoreError> {
    let failed = || StoreError::io("read", directory);
    for entry in fs::read_dir(directory).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        if entry.file_type().map_err(failed())?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Records whose `previous` is not the leaf of their article's record before.
fn chain_faults(graph: &Graph) -> Vec<Fault> {
    let mut faults = Vec::new();
    for article in graph.articles() {
        let mut before: Option<Digest> = None;
        for entry in article.entries() {
            let previous = entry.record().and_then(|record| record.previous);
            if previous != before {
                let shown =
                    |leaf: Option<Digest>| leaf.map_or("none".to_owned(), |leaf| leaf.to_string());
                let message = "`previous` is not the article's record before";
                faults.push(
                    Fault::new(FaultKind::Form, "records/entries", message)
                        .at(entry.index)
                        .with(shown(before), shown(previous)),
                );
            }
            before = Some(entry.leaf);
        }
    }
    faults
}

/// Kept texts whose name is not their digest.
fn text_faults(layout: &Layout) -> Result<Vec<Fault>, StoreError> {
    if !layout.texts().is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    list(&layout.texts(), &mut files)?;
    files.sort();
    let is_text = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()?.parse().ok());
        name.is_some_and(|digest| texts::find(layout, &digest).is_some())
    };
    Ok(files
        .iter()
        .filter(|path| !is_text(path))
        .map(|path| {
            let message = "not the text that its name is the digest of; it is not believed";
            Fault::new(FaultKind::Stray, layout.name(path), message)
        })
        .collect())
}
