//! The static tree that any C2SP client reads (tlog-tiles): checkpoint, hash tiles, entry bundles.

use std::path::Path;

use super::durable;
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use crate::log::bundle;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::tile::{self, Tile, WIDTH};
use crate::text::digest::Digest;
use crate::verify::journal::Visitor;

/// Writes the tree of a log's signed records into a directory: bundles and tiles first, the
/// checkpoint that names them last, so that a client never sees a checkpoint without its tree.
///
/// Returns how many files were written.
///
/// # Errors
///
/// If the log isn't in order or a file can't be written.
pub fn c2sp(
    layout: &Layout,
    signed: &SignedCheckpoint,
    directory: &Path,
) -> Result<usize, StoreError> {
    let mut tree = Tree {
        directory,
        signed: signed.size(),
        bundle: Vec::new(),
        held: 0,
        next: 0,
        files: 0,
        failed: None,
    };
    let checked = journal::check(layout, Some(signed.clone()), &mut tree)?;
    if let Err(faults) = checked {
        return Err(StoreError::Faults { faults });
    }
    tree.close_bundle();
    if let Some(error) = tree.failed {
        return Err(error);
    }
    durable::replace(&directory.join("checkpoint"), signed.as_bytes())?;
    Ok(tree.files + 1)
}

/// Writes the tree as records come by.
struct Tree<'a> {
    directory: &'a Path,
    /// How many records are signed; those beyond have no place in the tree.
    signed: u64,
    bundle: Vec<u8>,
    held: usize,
    next: u64,
    files: usize,
    failed: Option<StoreError>,
}

impl Tree<'_> {
    fn write(&mut self, path: &str, bytes: &[u8]) {
        if self.failed.is_none() {
            self.failed = durable::replace(&self.directory.join(path), bytes).err();
            self.files += 1;
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
