//! Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2).
//!
//! Proofs are made from tiles, at most one for each level on the way to the root and along the
//! right edge, so making one reads O(log n) tiles. Checking needs nothing but the proof, as RFC
//! 9162, sections 2.1.3.2 and 2.1.4.2 do it.

use super::tile::{Tile, WIDTH};
use super::tree::{from_base64, node_hash, root_of, to_base64};
use crate::text::digest::Digest;

/// The most hashes a proof can have: one a level of a tree of 2^63 leaves.
pub const MAX_HASHES: usize = 63;

/// Writes a proof as receipts and requests have it: a hash a line, in base64.
pub(super) fn write_lines(out: &mut String, path: &[Digest]) {
    for hash in path {
        out.push_str(&to_base64(hash));
        out.push('\n');
    }
}

/// Reads a proof's lines, the first of which has the number `first`.
///
/// # Errors
///
/// The line that is wrong, and what is wrong with it.
pub(super) fn read_lines<'a>(
    lines: impl Iterator<Item = &'a str>,
    first: usize,
) -> Result<Vec<Digest>, (usize, &'static str)> {
    let mut path = Vec::new();
    for (number, line) in (first..).zip(lines) {
        if path.len() == MAX_HASHES {
            return Err((number, "more hashes than any tree needs"));
        }
        path.push(from_base64(line).ok_or((number, "not a hash in base64"))?);
    }
    Ok(path)
}

/// Gives the hashes of a tile of the tree.
pub trait Tiles {
    /// Why a tile can't be given.
    type Error;

    /// The hashes of a tile, as many as its width says.
    ///
    /// # Errors
    ///
    /// If it isn't there or holds another number of hashes.
    fn tile(&mut self, tile: Tile) -> Result<Vec<Digest>, Self::Error>;
}

/// The proof that the leaf at `index` is in the tree of `size` leaves; `index < size`.
///
/// # Errors
///
/// If a tile can't be read.
pub fn prove_inclusion<T: Tiles>(
    tiles: &mut T,
    index: u64,
    size: u64,
) -> Result<Vec<Digest>, T::Error> {
    let (mut low, mut high) = (0, size);
    let mut path = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(range_root(tiles, middle, high, size)?);
            high = middle;
        } else {
            path.push(range_root(tiles, low, middle, size)?);
            low = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of `new` leaves begins with that of `old` leaves; `0 < old <= new`.
///
/// # Errors
///
/// If a tile can't be read.
pub fn prove_consistency<T: Tiles>(
    tiles: &mut T,
    old: u64,
    new: u64,
) -> Result<Vec<Digest>, T::Error> {
    let (mut low, mut high) = (0, new);
    // The verifier knows the root over `low..old` as long as it is the whole old tree.
    let mut known = true;
    let mut path = Vec::new();
    while high != old {
        let middle = low + split(high - low);
        if old <= middle {
            path.push(range_root(tiles, middle, high, new)?);
            high = middle;
        } else {
            path.push(range_root(tiles, low, middle, new)?);
            low = middle;
            known = false;
        }
    }
    if !known {
        path.push(range_root(tiles, low, high, new)?);
    }
    path.reverse();
    Ok(path)
}

/// The root over the leaves `low..high` of a tree of `size`, as a proof has it: `low` is a multiple
/// of a power of two that is no smaller than the range.
fn range_root<T: Tiles>(tiles: &mut T, low: u64, high: u64, size: u64) -> Result<Digest, T::Error> {
    let count = high - low;
    if count.is_power_of_two() {
        return full_root(tiles, low, count.trailing_zeros(), size);
    }
    let middle = low + split(count);
    let left = range_root(tiles, low, middle, size)?;
    let right = range_root(tiles, middle, high, size)?;
    Ok(node_hash(&left, &right))
}

/// The root of a full subtree of 2^`height` leaves from `low` on, out of one tile.
fn full_root<T: Tiles>(
    tiles: &mut T,
    low: u64,
    height: u32,
    size: u64,
) -> Result<Digest, T::Error> {
    let level = u8::try_from(height / 8).unwrap_or(u8::MAX);
    let first = low >> (8 * u32::from(level));
    let width = 1u64 << (height % 8);
    let hashes = tiles.tile(Tile::holding(level, first, size))?;
    let start = usize::try_from(first % WIDTH as u64).unwrap_or(usize::MAX);
    let end = start + usize::try_from(width).unwrap_or(usize::MAX);
    // The tile has the width that `size` gives it, which covers every full subtree below `size`.
    Ok(root_of(hashes.get(start..end).unwrap_or_default()))
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The root that a leaf and its inclusion proof come to; `None` where the proof is not one for
/// this index and size.
pub fn root_from_inclusion(leaf: Digest, index: u64, size: u64, path: &[Digest]) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut root = leaf;
    for hash in path {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            root = node_hash(hash, &root);
            if node & 1 == 0 {
                let zeros = node.trailing_zeros().min(63);
                node >>= zeros;
                last >>= zeros;
            }
        } else {
            root = node_hash(&root, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(root)
}

/// Whether a proof shows that a tree of `new` leaves with the root `new_root` begins with the tree
/// of `old` leaves with the root `old_root`.
///
/// The empty tree begins every tree, with an empty proof; a tree begins itself, likewise.
pub fn is_consistent(
    old: u64,
    old_root: Digest,
    new: u64,
    new_root: Digest,
    path: &[Digest],
) -> bool {
    if old == 0 || old == new {
        let empty = old != 0 || old_root == root_of(&[]);
        return empty && path.is_empty() && old <= new && (old != new || old_root == new_root);
    }
    if old > new {
        return false;
    }
    roots_from_consistency(old, old_root, new, path) == Some((old_root, new_root))
}

/// The old and the new root that a consistency proof comes to.
fn roots_from_consistency(
    old: u64,
    old_root: Digest,
    new: u64,
    path: &[Digest],
) -> Option<(Digest, Digest)> {
    let (mut node, mut last) = (old - 1, new - 1);
    let zeros = node.trailing_ones();
    node >>= zeros;
    last >>= zeros;
    let mut path = path.iter();
    // A full old tree is itself the first node; its hash is known and not in the proof.
    let first = if node == 0 { old_root } else { *path.next()? };
    let (mut old_hash, mut new_hash) = (first, first);
    for hash in path {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(hash, &old_hash);
            new_hash = node_hash(hash, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some((old_hash, new_hash))
}

#[cfg(test)]
mod tests;
