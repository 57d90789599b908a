//! Everything on disk against everything else.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::durable;
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use super::leftovers;
use super::lock::Lock;
use super::open::{self, Snapshot};
use super::recover;
use super::texts;
use super::witnessed;
use crate::lineage::graph::{Content, Graph};
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::cosign::Quorum;
use crate::log::key::VerifierKey;
use crate::log::tile::{self, Tile};
use crate::text::digest::Digest;
use crate::verify::fault::{Fault, FaultKind};

/// Something that is not as siglum leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What and where.
    pub fault: Fault,
    /// Whether it concerns only what [`repair`] makes again from the journal, or removes because a
    /// write that didn't finish left it. Everything else is evidence, or somebody's: it is left alone.
    pub derived: bool,
}

/// Checks a workspace's records whole: the journal against the checkpoint, every record's canonical
/// form, articles' chains, tiles, `checkpoint.witnessed` against a quorum, kept texts, tails that were
/// set aside, the lock, files that belong nowhere.
///
/// Writers are kept away meanwhile, where this user may lock. Changes nothing.
///
/// # Errors
///
/// If a file can't be read.
pub fn check(
    layout: &Layout,
    verifier: &VerifierKey,
    quorum: &Quorum,
) -> Result<Vec<Finding>, StoreError> {
    let _reading = Lock::share(layout);
    let mut findings = Vec::new();
    let mut evidence = |fault: Fault| findings.push(Finding { fault, derived: false });
    let mut snapshot = None;
    match open::survey(layout, verifier) {
        Ok((there, faults)) => {
            faults.into_iter().for_each(&mut evidence);
            snapshot = Some(there);
        }
        // The rest can be looked at all the same.
        Err(StoreError::Faults { faults }) => faults.into_iter().for_each(&mut evidence),
        Err(error) => return Err(error),
    }
    if let Some(snapshot) = &snapshot {
        log_faults(layout, snapshot, quorum)?.into_iter().for_each(&mut evidence);
    }
    text_faults(layout, snapshot.as_ref())?.into_iter().for_each(&mut evidence);
    recovered_faults(layout)?.into_iter().for_each(&mut evidence);
    let strays = unknown(layout)?;
    let stray = |path: &PathBuf| {
        Fault::new(FaultKind::Stray, layout.name(path), "no file of siglum's; move it away")
    };
    strays.iter().map(stray).for_each(&mut evidence);
    for finding in &mut findings {
        finding.derived = finding.fault.kind == FaultKind::Tile;
    }
    let mut derived = |fault: Fault| findings.push(Finding { fault, derived: true });
    if let Some(snapshot) = &snapshot {
        for tile in &snapshot.checked.missing_tiles {
            let file = layout.name(&layout.tile(*tile));
            derived(Fault::new(FaultKind::Missing, file, "the tile is missing"));
        }
        for path in leftovers::outgrown(layout, snapshot.journal().signed_size())? {
            let message = "no tile of the signed size";
            derived(Fault::new(FaultKind::Stray, layout.name(&path), message));
        }
    }
    for path in leftovers::temporary(layout)? {
        let message = "a write that did not finish left it";
        derived(Fault::new(FaultKind::Stray, layout.name(&path), message));
    }
    if durable::read_beginning(&layout.lock(), 1)?.is_some_and(|mark| !mark.is_empty()) {
        let message = "a write to the journal did not finish; the next writer rewrites its end";
        derived(Fault::new(FaultKind::Stray, layout.name(&layout.lock()), message));
    }
    Ok(findings)
}

/// What [`repair`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repaired {
    /// How many tiles were written.
    pub tiles: usize,
    /// How many files were removed: tiles of other sizes, and what unfinished writes left.
    pub removed: usize,
    /// Whether the journal's end was written anew, because its last writer didn't finish.
    pub rewritten: bool,
}

/// Makes again what is derived, under the lock: tiles, the journal's end after a writer that didn't
/// finish; removes what such a writer left. No record is changed, and a torn tail stays where it is.
///
/// # Errors
///
/// If the journal isn't in order, and then nothing was changed; or if a file can't be written.
pub fn repair(layout: &Layout, verifier: &VerifierKey) -> Result<Repaired, StoreError> {
    let mut lock = Lock::take(layout)?;
    let signed = open::checkpoint(layout, verifier)?;
    // Only a journal that comes to the signed root may say what tiles hold.
    let journal = match journal::check(layout, signed.clone(), &mut ())? {
        Ok(journal) => journal,
        Err(faults) => return Err(StoreError::Faults { faults }),
    };
    let rewritten = recover::rewrite(layout, &mut lock, &journal)?;
    let mut tiles = Tiles { layout, failed: None, written: 0 };
    if let Err(faults) = journal::check(layout, signed.clone(), &mut tiles)? {
        return Err(StoreError::Faults { faults });
    }
    if let Some(error) = tiles.failed {
        return Err(error);
    }
    let mut repaired = Repaired { tiles: tiles.written, removed: 0, rewritten };
    let size = signed.as_ref().map_or(0, SignedCheckpoint::size);
    for path in leftovers::temporary(layout)?.into_iter().chain(leftovers::outgrown(layout, size)?)
    {
        leftovers::remove(&path)?;
        repaired.removed += 1;
    }
    Ok(repaired)
}

/// Moves a torn tail at the journal's end to `records/recovered/`, under the lock. Returns the file
/// that it was put into, if there was one.
///
/// # Errors
///
/// If the journal isn't in order otherwise, and then nothing was changed; or if a file can't be
/// written.
pub fn set_aside_tail(
    layout: &Layout,
    verifier: &VerifierKey,
) -> Result<Option<String>, StoreError> {
    let _lock = Lock::take(layout)?;
    let signed = open::checkpoint(layout, verifier)?;
    match journal::check(layout, signed, &mut ())? {
        Ok(journal) => recover::set_aside(layout, &journal),
        Err(faults) => Err(StoreError::Faults { faults }),
    }
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
        let written = durable::holds(&path, &bytes).and_then(|there| {
            if there == Some(true) {
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

/// What is wrong with a log whose journal can be read: its end, its chains, its witnesses.
fn log_faults(
    layout: &Layout,
    snapshot: &Snapshot,
    quorum: &Quorum,
) -> Result<Vec<Fault>, StoreError> {
    let mut faults = chain_faults(&snapshot.graph);
    if let Some(torn) = snapshot.journal().torn() {
        let message = format!(
            "an unfinished write of {} bytes at byte {}; --set-aside-tail moves it away",
            torn.span.len(),
            torn.span.start()
        );
        faults.push(Fault::new(FaultKind::Framing, torn.file.clone(), message));
    }
    match witnessed::read(layout, &snapshot.checked, quorum) {
        Ok(None) if layout.witnessed().exists() => {
            let message = format!(
                "it has not the {} cosignatures that [log] quorum asks for",
                quorum.needed()
            );
            faults.push(Fault::new(
                FaultKind::Signature,
                layout.name(&layout.witnessed()),
                message,
            ));
        }
        Ok(_) => {}
        Err(StoreError::Faults { faults: more }) => faults.extend(more),
        Err(error) => return Err(error),
    }
    Ok(faults)
}

/// Files in `records/` and not in one of its directories, or in a directory that is none of siglum's.
fn unknown(layout: &Layout) -> Result<Vec<PathBuf>, StoreError> {
    let records = layout.records();
    let own = [layout.checkpoint(), layout.witnessed(), layout.lock(), records.join(".gitignore")];
    // The journal's own strays are found where it is read.
    let directories = [layout.entries(), layout.texts(), layout.recovered(), records.join("index")];
    let files = durable::files_below(&records)?;
    let is_known = |path: &PathBuf| {
        own.contains(path)
            || durable::is_temporary(path)
            || leftovers::is_tile(layout, path)
            || directories.iter().any(|directory| path.starts_with(directory))
    };
    Ok(files.into_iter().filter(|path| !is_known(path)).collect())
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

/// Kept texts whose name is not their digest, or is in no record.
fn text_faults(layout: &Layout, snapshot: Option<&Snapshot>) -> Result<Vec<Fault>, StoreError> {
    let mut named = BTreeSet::new();
    // Records that aren't understood may name any text.
    let mut all_understood = snapshot.is_some();
    for entry in snapshot.iter().flat_map(|snapshot| snapshot.graph.entries()) {
        match &entry.content {
            Content::Record(record) => named.extend(record.text.as_ref().map(|text| text.body)),
            Content::Newer(_) => all_understood = false,
        }
    }
    let mut faults = Vec::new();
    for path in durable::files_below(&layout.texts())?
        .into_iter()
        .filter(|path| !durable::is_temporary(path))
    {
        let digest: Option<Digest> = path.file_name().and_then(|name| name.to_str()?.parse().ok());
        let message = match digest {
            Some(digest) if texts::find(layout, &digest).is_none() => {
                "not the text that its name is the digest of; it is not believed"
            }
            Some(digest) if all_understood && !named.contains(&digest) => {
                "no record names this text; remove it, or record its article"
            }
            Some(_) => continue,
            None => "no file of siglum's; move it away",
        };
        faults.push(Fault::new(FaultKind::Stray, layout.name(&path), message));
    }
    Ok(faults)
}

/// Files in `records/recovered/` that are not the tails their names say.
fn recovered_faults(layout: &Layout) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    for path in durable::files_below(&layout.recovered())?
        .into_iter()
        .filter(|path| !durable::is_temporary(path))
    {
        let tail = durable::read_beginning(&path, journal::MAX_FILE)?.unwrap_or_default();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !recover::is_set_aside(name, &tail) {
            let message = "not the unfinished write that its name is of; nothing reads it";
            faults.push(Fault::new(FaultKind::Stray, layout.name(&path), message));
        }
    }
    Ok(faults)
}
