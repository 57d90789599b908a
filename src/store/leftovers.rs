//! What unfinished writes leave beside a log: files that have no name yet, tiles that nothing names.
//!
//! Neither is ever read or believed. Whoever holds the lock removes them: the files when it opens
//! the log, the tiles when it has signed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::durable;
use super::error::StoreError;
use super::layout::Layout;
use crate::log::tile::{self, Tile};

/// Files that a write which didn't finish left. Writers hold the lock while such a file is there.
pub(crate) fn temporary(layout: &Layout) -> Result<Vec<PathBuf>, StoreError> {
    let files = durable::files_below(&layout.records())?;
    Ok(files.into_iter().filter(|path| durable::is_temporary(path)).collect())
}

/// Files under `tile/` that are no tile of the tree at a size.
pub(crate) fn outgrown(layout: &Layout, size: u64) -> Result<Vec<PathBuf>, StoreError> {
    let mut expected = BTreeSet::new();
    for level in 0u8..8 {
        let full = tile::count_full(size, level);
        expected.extend((0..full).map(|index| layout.tile(Tile::full(level, index))));
        expected.extend(Tile::edge(level, size).map(|edge| layout.tile(edge)));
    }
    let files = durable::files_below(&layout.tiles())?;
    let outgrown = |path: &PathBuf| is_tile(layout, path) && !expected.contains(path);
    Ok(files.into_iter().filter(outgrown).collect())
}

/// Whether a path is one that a tile can have, of whatever size of log.
pub(crate) fn is_tile(layout: &Layout, path: &Path) -> bool {
    let Ok(place) = path.strip_prefix(layout.tiles()) else { return false };
    place.to_str().is_some_and(is_tile_path)
}

/// Whether a path is one that a tile can have below its level, or a level's (tlog-tiles, "Merkle
/// Tree").
pub(crate) fn is_tile_path(place: &str) -> bool {
    place.bytes().all(|byte| byte.is_ascii_digit() || b"x./p".contains(&byte))
}

/// Removes a file, and its directory where nothing else is in it.
///
/// unlink, rmdir, neither synced: a crash leaves the file, which is removed the next time.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    fs::remove_file(path).map_err(StoreError::io("remove", path))?;
    // Only an empty directory goes.
    let _ = path.parent().map(fs::remove_dir);
    Ok(())
}
