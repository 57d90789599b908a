//! Tiles on disk, and single records of the journal, for what needs no more than that.

use std::collections::HashMap;

use super::durable;
use super::error::StoreError;
use super::journal::{self, Records};
use super::layout::Layout;
use crate::log::proof::Tiles;
use crate::log::tile::{self, Tile};
use crate::text::digest::Digest;
use crate::verify::fault::{Fault, FaultKind};

/// The tiles in a workspace. What they say is believed only once it comes to a signed root.
#[derive(Debug)]
pub struct DiskTiles<'a> {
    layout: &'a Layout,
}

impl<'a> DiskTiles<'a> {
    /// The tiles of a workspace.
    pub fn new(layout: &'a Layout) -> Self {
        Self { layout }
    }
}

impl Tiles for DiskTiles<'_> {
    type Error = StoreError;

    fn tile(&mut self, tile: Tile) -> Result<Vec<Digest>, StoreError> {
        let path = self.layout.tile(tile);
        let fault = |kind, message: String| {
            StoreError::fault(Fault::new(kind, self.layout.name(&path), message))
        };
        // One byte more than a tile can have tells a longer file from the right one.
        let Some(bytes) = durable::read_beginning(&path, tile::MAX_BYTES + 1)? else {
            return Err(fault(FaultKind::Missing, "the tile is missing".to_owned()));
        };
        tile::hashes(&bytes, tile.width()).ok_or_else(|| {
            let message = format!("the tile does not hold {} hashes", tile.width());
            fault(FaultKind::Tile, message)
        })
    }
}

/// Tiles, each read once.
#[derive(Debug)]
pub struct CachedTiles<'a> {
    disk: DiskTiles<'a>,
    read: HashMap<Tile, Vec<Digest>>,
}

impl<'a> CachedTiles<'a> {
    /// The tiles of a workspace.
    pub fn new(layout: &'a Layout) -> Self {
        Self { disk: DiskTiles::new(layout), read: HashMap::new() }
    }
}

impl Tiles for CachedTiles<'_> {
    type Error = StoreError;

    fn tile(&mut self, tile: Tile) -> Result<Vec<Digest>, StoreError> {
        if let Some(hashes) = self.read.get(&tile) {
            return Ok(hashes.clone());
        }
        let hashes = self.disk.tile(tile)?;
        self.read.insert(tile, hashes.clone());
        Ok(hashes)
    }
}

/// The bytes of one record, out of the journal file that it lies in; `None` where there is no such
/// record. Its hash is for the caller to check.
///
/// # Errors
///
/// If the file can't be read, or its grammar breaks before the record.
pub fn record(layout: &Layout, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let number = journal::file_of(index);
    let records = Records::read(layout, number)?;
    match (records.get(index), &records.error) {
        (Some(bytes), _) => Ok(Some(bytes.to_vec())),
        (None, None) => Ok(None),
        (None, Some(error)) => {
            let file = layout.name(&layout.entry_file(number));
            let fault = Fault::new(FaultKind::Framing, file, error.to_string());
            Err(StoreError::fault(fault.at(index)))
        }
    }
}
