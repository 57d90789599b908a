//! Signing: tiles, the signer's own memory, the checkpoint, in this order.
//!
//! 1. The records are durable already; nothing is signed that is not.
//! 2. Tiles of the new size are written, each durable before it has its name, and all names before
//!    the next step. A crash leaves whole tiles that nothing names yet, and perhaps stray files.
//! 3. The signed checkpoint is written beside its place. A crash leaves a stray file.
//! 4. The signer's memory moves to the new size and root, if what is signed continues what was. A
//!    crash leaves a memory of what was about to be signed; signing again gives the same.
//! 5. The checkpoint takes its place by rename. From here on the records are signed.
//! 6. Tiles of other sizes are removed. A crash leaves some, and the next signing removes them.
//!
//! Until step 4 a failure takes the records back, so that a full disk leaves the log as it was.

use rayon::prelude::*;

use super::append::Writer;
use super::durable;
use super::error::StoreError;
use super::leftovers;
use super::seen::Memory;
use crate::log::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::log::key::{LogKey, VerifierKey};
use crate::log::tile::{self, Tile};
use crate::log::tree::{self, Edge};
use crate::verify::growth::root_at;

/// How many tiles are written one after the other. More are written side by side; a record seldom
/// adds more than one at each of two or three levels.
const ONE_BY_ONE: usize = 8;

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
        self.sign_with(&[key], expected, memory)
    }

    /// Signs all records with several keys of the log, as after a rotation; the last is the one
    /// that the log is checked with from then on.
    ///
    /// # Errors
    ///
    /// As [`Writer::sign`].
    pub fn sign_with(
        &mut self,
        keys: &[&LogKey],
        expected: &VerifierKey,
        memory: &Memory,
    ) -> Result<SignedCheckpoint, StoreError> {
        match self.try_sign(keys, expected, memory) {
            Ok(signed) => {
                self.settle();
                Ok(signed)
            }
            Err(Failure { error, taken_back: false }) => Err(StoreError::Unsigned(Box::new(error))),
            Err(Failure { error, taken_back: true }) => {
                // What can't be taken back is there, and to be signed.
                self.take_back().map_err(|stuck| StoreError::Unsigned(Box::new(stuck)))?;
                Err(error)
            }
        }
    }

    fn try_sign(
        &mut self,
        keys: &[&LogKey],
        expected: &VerifierKey,
        memory: &Memory,
    ) -> Result<SignedCheckpoint, Failure> {
        let early = |error| Failure { error, taken_back: true };
        let wrong = |found: &VerifierKey| {
            early(StoreError::WrongKey { expected: expected.clone(), found: found.clone() })
        };
        match keys.last() {
            Some(key) if key.verifier() == expected => {}
            Some(key) => return Err(wrong(key.verifier())),
            None => return Err(wrong(expected)),
        }
        let checkpoint = Checkpoint {
            origin: expected.name().clone(),
            size: self.edge.size(),
            root: self.edge.root(),
        };
        let _signing = memory.lock_signing(&checkpoint.origin).map_err(early)?;
        for key in keys {
            self.continues(memory.signed(key.verifier()).map_err(early)?).map_err(early)?;
        }
        self.write_tiles().map_err(early)?;
        if let [_] = keys
            && let Some(there) = self.checked.journal.signed()
            && *there.checkpoint() == checkpoint
        {
            // Nothing new: the note stays as it is, with the signatures that others put to it.
            let there = there.clone();
            self.remove_outgrown();
            return Ok(there);
        }
        let signed = checkpoint.clone().sign_with(keys).map_err(|_| wrong(expected))?;
        let path = self.layout.checkpoint();
        let prepared = durable::prepare(&path, signed.as_bytes()).map_err(early)?;
        let late = |error| Failure { error, taken_back: false };
        for (place, key) in keys.iter().enumerate() {
            if let Err(error) = memory.remember_signed(key.verifier(), &checkpoint) {
                // Whether it was remembered decides: a memory ahead of the log would be a fork.
                let remembered = memory.signed(key.verifier());
                let is_kept = !matches!(remembered, Ok(kept) if kept.as_ref() != Some(&checkpoint));
                return Err(Failure { error, taken_back: place == 0 && !is_kept });
            }
        }
        prepared.put().map_err(late)?;
        self.remove_outgrown();
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

    /// Writes the tiles that are not there yet.
    fn write_tiles(&mut self) -> Result<(), StoreError> {
        let mut tiles: Vec<(Tile, Vec<u8>)> = Vec::new();
        let mut edge = Edge::new();
        for leaf in &self.leaves {
            edge.push(*leaf, |place, hashes| tiles.push((place, tile::bytes(hashes))));
        }
        tiles.extend(edge.partial().map(|(place, hashes)| (place, tile::bytes(hashes))));
        let layout = &self.layout;
        let is_odd = |(place, bytes): (Tile, Vec<u8>)| {
            let path = layout.tile(place);
            let there = durable::holds(&path, &bytes)? == Some(true);
            Ok((!there).then_some((path, bytes)))
        };
        let odd = tiles.into_par_iter().map(is_odd).collect::<Result<Vec<_>, StoreError>>()?;
        let odd: Vec<_> = odd.into_iter().flatten().collect();
        if odd.len() > ONE_BY_ONE {
            return self.make_all(&odd);
        }
        odd.into_iter().try_for_each(|(path, bytes)| self.make(path, &bytes))
    }

    /// Removes tiles of other sizes: the partial ones of before, and those that a signing which
    /// didn't finish left. What can't be removed is derived and does no harm.
    fn remove_outgrown(&self) {
        for path in leftovers::outgrown(&self.layout, self.edge.size()).unwrap_or_default() {
            let _ = leftovers::remove(&path);
        }
    }
}

/// Why signing failed, and whether what was appended goes back.
struct Failure {
    error: StoreError,
    taken_back: bool,
}
