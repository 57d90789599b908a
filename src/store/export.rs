//! The static tree that any C2SP client reads (tlog-tiles): checkpoint, hash tiles, entry bundles.

use std::path::Path;

use super::durable::{self, TEMPORARY};
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use super::leftovers;
use crate::log::bundle;
use crate::log::checkpoint::{MAX_BYTES, SignedCheckpoint};
use crate::log::tile::{self, Tile, WIDTH};
use crate::log::tree::{self, Edge};
use crate::text::digest::Digest;
use crate::verify::journal::Visitor;
use crate::verify::keychain::Keychain;

/// What an export did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many files it wrote; those that were there as they must be are not written again.
    pub written: usize,
    /// How many partial tiles and bundles of other sizes it removed, and files that an export which
    /// did not finish left.
    pub removed: usize,
}

/// Writes the tree of a log's signed records into a directory: bundles and tiles first, the
/// checkpoint that names them after them, so that a client never sees a checkpoint without its tree.
/// Partial tiles of the size that was exported before go last, when no checkpoint names them.
///
/// # Errors
///
/// If the log isn't in order, a file can't be written, or the directory holds anything else than an
/// earlier export that the log continues. Until the checkpoint takes its place, which comes last but
/// for removing, no file that was there is changed.
pub fn c2sp(
    layout: &Layout,
    signed: &SignedCheckpoint,
    keys: &Keychain,
    directory: &Path,
) -> Result<Exported, StoreError> {
    let before = before(directory, keys)?;
    // The log is checked, and what was exported found to be its beginning, before a byte is written.
    let mut roots = Roots::new(before.as_ref().map_or(0, SignedCheckpoint::size));
    if let Err(faults) = journal::check(layout, Some(signed.clone()), &mut roots)? {
        return Err(StoreError::Faults { faults });
    }
    if let Some(before) = &before
        && (before.size() > signed.size() || roots.root() != before.root())
    {
        let what = format!(
            "it holds {} records with the root {}, which this log does not continue",
            before.size(),
            tree::to_base64(&before.root())
        );
        return Err(StoreError::NotAnExport { path: directory.to_owned(), what });
    }
    let mut tree = Tree {
        directory,
        signed: signed.size(),
        bundle: Vec::new(),
        held: 0,
        next: 0,
        written: 0,
        failed: None,
    };
    if let Err(faults) = journal::check(layout, Some(signed.clone()), &mut tree)? {
        return Err(StoreError::Faults { faults });
    }
    tree.close_bundle();
    if let Some(error) = tree.failed {
        return Err(error);
    }
    let mut written = tree.written;
    let checkpoint = directory.join(CHECKPOINT);
    if durable::holds(&checkpoint, signed.as_bytes())? != Some(true) {
        durable::replace(&checkpoint, signed.as_bytes())?;
        written += 1;
    }
    let mut removed = 0;
    for path in durable::files_below(directory)? {
        let is_outgrown = path.strip_prefix(directory).is_ok_and(|place| {
            place.to_str().is_some_and(|place| is_part(place) && !is_of_size(place, signed.size()))
        });
        if is_outgrown {
            // What a crash leaves of these is removed by the next export.
            leftovers::remove(&path)?;
            removed += 1;
        }
    }
    Ok(Exported { written, removed })
}

/// The checkpoint's name in an export.
const CHECKPOINT: &str = "checkpoint";

/// The checkpoint of an earlier export; `None` for a directory that is empty or not there.
fn before(directory: &Path, keys: &Keychain) -> Result<Option<SignedCheckpoint>, StoreError> {
    let not_an_export = |what: String| StoreError::NotAnExport { path: directory.to_owned(), what };
    let files = durable::files_below(directory)?;
    for path in &files {
        let place = path.strip_prefix(directory).unwrap_or(path).to_string_lossy();
        if place != CHECKPOINT && !is_part(&place) {
            return Err(not_an_export(format!("it holds {place}, which is no part of an export")));
        }
    }
    if files.is_empty() {
        return Ok(None);
    }
    let Some(bytes) = durable::read(&directory.join(CHECKPOINT), MAX_BYTES)? else {
        // An export that was cut short before its checkpoint: what it wrote is compared.
        return Ok(None);
    };
    keys.verify(&bytes)
        .map(Some)
        .ok_or_else(|| not_an_export("its checkpoint is not one of this log's".to_owned()))
}

/// Whether a path in an export is one that a tile or bundle can have, or is what a write of one that
/// did not finish left.
fn is_part(place: &str) -> bool {
    let Some(rest) = place.strip_prefix("tile/") else { return place.starts_with(TEMPORARY) };
    let rest = rest.strip_prefix("entries/").unwrap_or(rest);
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let path =
        if name.starts_with(TEMPORARY) { rest.strip_suffix(name).unwrap_or(rest) } else { rest };
    leftovers::is_tile_path(path)
}

/// Whether a path is that of a full tile or bundle, or of the partial one of a tree of `size` leaves.
fn is_of_size(place: &str, size: u64) -> bool {
    let Some((full, width)) = place.split_once(".p/") else { return !place.contains(TEMPORARY) };
    let of = full.strip_prefix("tile/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let level = if of == "entries" { Some(0) } else { of.parse().ok() };
    level.is_some_and(|level: u8| {
        let here = format!("tile/{of}/{}", tile::index_path(tile::count_full(size, level)));
        let edge = Tile::edge(level, size).map_or(0, Tile::width);
        full == here && width == edge.to_string()
    })
}

/// Finds the root over the first records, as they come by.
struct Roots {
    size: u64,
    edge: Edge,
}

impl Roots {
    fn new(size: u64) -> Self {
        Self { size, edge: Edge::new() }
    }

    /// The root over as many of them as there were.
    fn root(&self) -> Digest {
        self.edge.root()
    }
}

impl Visitor for Roots {
    fn record(&mut self, index: u64, leaf: Digest, _bytes: &[u8]) {
        if index < self.size {
            self.edge.push(leaf, |_, _| ());
        }
    }

    fn tile(&mut self, _tile: Tile, _hashes: &[Digest]) {}
}

/// Writes the tree as records come by.
struct Tree<'a> {
    directory: &'a Path,
    /// How many records are signed; those beyond have no place in the tree.
    signed: u64,
    bundle: Vec<u8>,
    held: usize,
    next: u64,
    written: usize,
    failed: Option<StoreError>,
}

impl Tree<'_> {
    fn write(&mut self, path: &str, bytes: &[u8]) {
        if self.failed.is_some() {
            return;
        }
        let path = self.directory.join(path);
        let written = durable::holds(&path, bytes).and_then(|there| match there {
            Some(true) => Ok(0),
            None => durable::replace(&path, bytes).map(|()| 1),
            // The same place in the same log always holds the same bytes.
            Some(false) => Err(StoreError::NotAnExport {
                path: self.directory.to_owned(),
                what: format!("{} there holds other bytes than this log's", path.display()),
            }),
        });
        match written {
            Ok(count) => self.written += count,
            Err(error) => self.failed = Some(error),
        }
    }

    fn close_bundle(&mut self) {
        if self.held > 0 {
            let path = bundle::path(self.next, self.held);
            let bytes = std::mem::take(&mut self.bundle);
            self.write(&path, &bytes);
            self.next += 1;
            self.held = 0;
        }
    }
}

impl Visitor for Tree<'_> {
    fn record(&mut self, index: u64, _leaf: Digest, bytes: &[u8]) {
        if index < self.signed {
            bundle::push(&mut self.bundle, bytes);
            self.held += 1;
            if self.held == WIDTH {
                self.close_bundle();
            }
        }
    }

    fn tile(&mut self, tile: Tile, hashes: &[Digest]) {
        self.write(&tile.to_string(), &tile::bytes(hashes));
    }
}
