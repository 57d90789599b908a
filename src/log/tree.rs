//! The Merkle tree of RFC 6962, section 2.1, grown at its right edge.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

use super::tile::{self, Tile};
use crate::text::digest::Digest;

/// The hash of a leaf: SHA-256(0x00 ‖ `record`).
pub fn leaf_hash(record: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(record);
    Digest::from_bytes(hash.finalize().into())
}

/// The hash of an inner node: SHA-256(0x01 ‖ `left` ‖ `right`).
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left.as_bytes());
    hash.update(right.as_bytes());
    Digest::from_bytes(hash.finalize().into())
}

/// The root over `nodes`, every one but the last the root of a full subtree of one size, the last
/// of one no larger; the hash of no bytes for none.
pub fn root_of(nodes: &[Digest]) -> Digest {
    match nodes {
        [] => Digest::of_bytes(b""),
        [one] => *one,
        _ => {
            // The largest power of two below the count (RFC 6962, section 2.1, `k`).
            let half = nodes.len().next_power_of_two() / 2;
            let (left, right) = nodes.split_at(half);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// A hash in the base64 of checkpoints and commit lines (RFC 4648, section 4, padded).
pub fn to_base64(hash: &Digest) -> String {
    BASE64_STANDARD.encode(hash.as_bytes())
}

/// Reads a hash from base64, taking only the one spelling that [`to_base64`] gives.
pub fn from_base64(text: &str) -> Option<Digest> {
    let bytes: [u8; 32] = BASE64_STANDARD.decode(text).ok()?.try_into().ok()?;
    let hash = Digest::from_bytes(bytes);
    (to_base64(&hash) == text).then_some(hash)
}

/// The right edge of a growing tree: all that is needed to add leaves and to know the root.
///
/// Level `l` holds the hashes at height 8·`l` that no full tile covers yet, 255 at most, so the
/// size is that of one partial tile a level whatever the tree's.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    size: u64,
    levels: Vec<Vec<Digest>>,
}

impl Edge {
    /// The edge of an empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf's hash and gives each tile that it fills to `full`, lowest level first.
    pub fn push(&mut self, leaf: Digest, mut full: impl FnMut(Tile, &[Digest])) {
        self.size += 1;
        let mut carry = leaf;
        for level in 0.. {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::new());
            }
            let Some(hashes) = self.levels.get_mut(usize::from(level)) else { return };
            hashes.push(carry);
            if hashes.len() < tile::WIDTH {
                return;
            }
            carry = root_of(hashes);
            full(Tile::full(level, tile::count_full(self.size, level) - 1), hashes);
            hashes.clear();
        }
    }

    /// The partial tiles, lowest level first; none of them is empty.
    pub fn partial(&self) -> impl Iterator<Item = (Tile, &[Digest])> {
        (0u8..).zip(&self.levels).filter(|(_, hashes)| !hashes.is_empty()).filter_map(
            |(level, hashes)| {
                let index = tile::count_full(self.size, level);
                Some((Tile::partial(level, index, hashes.len())?, hashes.as_slice()))
            },
        )
    }

    /// The root hash.
    pub fn root(&self) -> Digest {
        let mut carry: Option<Digest> = None;
        for hashes in &self.levels {
            let nodes: Vec<Digest> = hashes.iter().copied().chain(carry).collect();
            carry = (!nodes.is_empty()).then(|| root_of(&nodes));
        }
        carry.unwrap_or_else(|| root_of(&[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(n: u64) -> Digest {
        leaf_hash(&n.to_be_bytes())
    }

    #[test]
    fn roots_are_those_of_the_definition() {
        let mut edge = Edge::new();
        let mut leaves = Vec::new();
        assert_eq!(edge.root(), root_of(&[]));
        for n in 0..1500 {
            edge.push(leaf(n), |_, _| ());
            leaves.push(leaf(n));
            assert_eq!(edge.root(), root_of(&leaves), "size {}", n + 1);
        }
    }

    #[test]
    fn tiles_cover_every_leaf_once() {
        let mut edge = Edge::new();
        let mut lowest = Vec::new();
        let mut upper = 0;
        for n in 0..66_000 {
            edge.push(leaf(n), |tile, hashes| match tile.level() {
                0 => lowest.extend_from_slice(hashes),
                _ => upper += 1,
            });
        }
        assert_eq!(upper, 1);
        let partial: Vec<_> = edge.partial().collect();
        assert_eq!(
            partial.iter().map(|(tile, _)| tile.to_string()).collect::<Vec<_>>(),
            ["tile/0/257.p/208", "tile/1/001.p/1", "tile/2/000.p/1"]
        );
        lowest.extend_from_slice(partial[0].1);
        assert_eq!(lowest, (0..66_000).map(leaf).collect::<Vec<_>>());
    }

    #[test]
    fn base64_has_one_spelling() {
        let hash = leaf(7);
        let text = to_base64(&hash);
        assert_eq!(from_base64(&text), Some(hash));
        let last = text.chars().rev().nth(1).unwrap();
        let other = text.replace(&format!("{last}="), &format!("{}=", (last as u8 + 1) as char));
        assert_eq!(from_base64(&other), None);
        assert_eq!(from_base64(text.trim_end_matches('=')), None);
    }
}
