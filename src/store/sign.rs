//! Signing: tiles, the signer's own memory, the checkpoint, in this order.
//!
//! 1. The records are durable already; nothing is signed that is not.
//! 2. Tiles of the new size are written. A crash leaves tiles that nothing names yet.
//! 3. The signed checkpoint is written beside its place. A crash leaves a stray file.
//! 4. The signer's memory moves to the new size and root, if what is signed continues what was. A
//!    crash leaves a memory of what was about to be signed; signing again gives the same.
//! 5. The checkpoint takes its place by rename. From here on the records are signed.
//! 6. Partial tiles of smaller sizes are removed.
//!
//! Until step 4 a failure takes the records back, so that a full disk leaves the log as it was.

use std::fs;

use super::append::Writer;
use super::durable;
use super::error::StoreError;
use super::seen::Memory;
use crate::log::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::log::key::{LogKey, VerifierKey};
use crate::log::tile::{self, Tile};
use crate::log::tree::{self, Edge};
use crate::verify::growth::root_at;

impl Writer {
    /// Signs all records.
    ///
    /// `expected` is the verifier key that the log is checked with.
    ///
    /// # Errors
    ///
    /// If the key is another one, if it has signed another history of this log, or if something
    /// can't be written. What was appended by this writer is then taken back, unless the signer's
    /// memory holds it already.
    pub fn sign(
        &mut self,
        key: &LogKey,
        expected: &VerifierKey,
        memory: &Memory,
    ) -> Result<SignedCheckpoint, StoreError> {
        match self.try_sign(key, expected, memory) {
            Ok(signed) => Ok(signed),
            Err(Failure { error, taken_back: false }) => Err(error),
            Err(Failure { error, taken_back: true }) => {
                self.take_back()?;
                Err(error)
            }
        }
    }

    fn try_sign(
        &mut self,
        key: &LogKey,
        expected: &VerifierKey,
        memory: &Memory,
    ) -> Result<SignedCheckpoint, Failure> {
        let early = |error| Failure { error, taken_back: true };
        if key.verifier() != expected {
            return Err(early(StoreError::WrongKey {
                expected: expected.clone(),
                found: key.verifier().clone(),
            }));
        }
        let checkpoint = Checkpoint {
            origin: expected.name().clone(),
            size: self.edge.size(),
            root: self.edge.root(),
        };
        self.continues(memory.signed(expected).map_err(early)?).map_err(early)?;
        let tiles = self.write_tiles().map_err(early)?;
        let signed = checkpoint.clone().sign(key).map_err(|_| {
            early(StoreError::WrongKey {
                expected: expected.clone(),
                found: key.verifier().clone(),
            })
        })?;
        let path = self.layout.checkpoint();
        let prepared = durable::prepare(&path, signed.as_bytes()).map_err(early)?;
        let late = |error| Failure { error, taken_back: false };
        memory.remember_signed(expected, &checkpoint).map_err(early)?;
        prepared.put().map_err(late)?;
        self.remove_outgrown(&tiles);
        Ok(signed)
    }

    /// Whether the log here continues what the key signed last.
    fn continues(&self, last: Option<Checkpoint>) -> Result<(), StoreError> {
        let Some(last) = last else { return Ok(()) };
        match root_at(&self.leaves, last.size) {
            Some(root) if root == last.root => Ok(()),
            Some(root) => Err(StoreError::Fork {
                now: format!("has the root {} at that size", tree::to_base64(&root)),
                signed: last,
            }),
            None => Err(StoreError::Fork {
                now: format!(
                    "has only {} records with the root {}",
                    self.edge.size(),
                    tree::to_base64(&self.edge.root())
                ),
                signed: last,
            }),
        }
    }

    /// Writes the tiles that are not there yet, and returns the partial ones.
    fn write_tiles(&mut self) -> Result<Vec<Tile>, StoreError> {
        let mut tiles: Vec<(Tile, Vec<u8>)> = Vec::new();
        let mut edge = Edge::new();
        for leaf in &self.leaves {
            edge.push(*leaf, |place, hashes| tiles.push((place, tile::bytes(hashes))));
        }
        let partial: Vec<Tile> = edge.partial().map(|(place, _)| place).collect();
        tiles.extend(edge.partial().map(|(place, hashes)| (place, tile::bytes(hashes))));
        for (place, bytes) in &tiles {
            self.make(self.layout.tile(*place), bytes)?;
        }
        Ok(partial)
    }

    /// Removes partial tiles of smaller sizes. What can't be removed is derived and does no harm.
    fn remove_outgrown(&self, partial: &[Tile]) {
        for (place, _) in self.snapshot.journal().edge().partial() {
            if !partial.contains(&place) {
                let path = self.layout.tile(place);
                let _ = fs::remove_file(&path);
                // Only an empty directory goes.
                let _ = path.parent().map(fs::remove_dir);
            }
        }
    }
}

/// Why signing failed, and whether what was appended goes back.
struct Failure {
    error: StoreError,
    taken_back: bool,
}
