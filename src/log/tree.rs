//! The Merkle tree of RFC 6962, section 2.1, grown at its right edge.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::block_api::compress256;
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

/// The initial hash value of SHA-256 (FIPS 180-4, section 5.3.3).
#[rustfmt::skip]
const INITIAL: [u32; 8] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
];

/// The hash of an inner node: SHA-256(0x01 ‖ `left` ‖ `right`).
///
/// The 65 bytes and their padding (FIPS 180-4, section 5.1.1) are two blocks, compressed in one go;
/// a hasher that has to be ready for any length takes 1.3 times as long.
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut message = [0; 128];
    message[0] = 0x01;
    message[1..33].copy_from_slice(left.as_bytes());
    message[33..65].copy_from_slice(right.as_bytes());
    message[65] = 0x80;
    message[120..].copy_from_slice(&(65 * 8u64).to_be_bytes());
    let mut state = INITIAL;
    compress256(&mut state, message.as_chunks().0);
    let mut hash = [0; 32];
    for (place, word) in hash.as_chunks_mut().0.iter_mut().zip(state) {
        *place = word.to_be_bytes();
    }
    Digest::from_bytes(hash)
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
/// Adding a leaf costs one node hash on average, the root one for each set bit of the size. Nothing
/// is hashed twice: a tile of level `l` holds the nodes at height 8·`l` that merging comes by.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    size: u64,
    /// The roots of the full subtrees that the tree consists of, largest first: one for each set
    /// bit of the size.
    peaks: Vec<Digest>,
    /// By level, the hashes that no full tile holds yet, 255 at most.
    levels: Vec<Vec<Digest>>,
}

impl Edge {
    /// The edge of an empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The edge of a tree of `size` leaves with these peaks; `None` where they are not as many as it
    /// has. It gives roots; its tiles are only those of leaves that are added.
    pub fn of_peaks(size: u64, peaks: Vec<Digest>) -> Option<Self> {
        (peaks.len() == usize::try_from(size.count_ones()).ok()?).then(|| Self {
            size,
            peaks,
            levels: Vec::new(),
        })
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its full subtrees, largest first.
    pub fn peaks(&self) -> &[Digest] {
        &self.peaks
    }

    /// Adds a leaf's hash and gives each tile that it fills to `full`, lowest level first.
    pub fn push(&mut self, leaf: Digest, mut full: impl FnMut(Tile, &[Digest])) {
        self.level(0).push(leaf);
        self.carry(0, leaf, &mut full);
    }

    /// Adds the tree of at most 4,096 leaves that `right` is the edge of; the size here is a
    /// multiple of 4,096. Gives each tile above level 0 that it fills to `full`; those of level 0
    /// were full in `right` already.
    pub fn join(&mut self, right: &Self, mut full: impl FnMut(Tile, &[Digest])) {
        debug_assert!(self.size.is_multiple_of(4096) && right.size <= 4096);
        for (level, hashes) in right.levels.iter().enumerate() {
            self.level(level).extend_from_slice(hashes);
        }
        let mut rest = right.size;
        for peak in &right.peaks {
            let height = rest.ilog2();
            rest -= 1 << height;
            self.carry(height, *peak, &mut full);
        }
    }

    /// Adds a full subtree of 2^`height` leaves and merges what is full with it.
    fn carry(&mut self, height: u32, hash: Digest, full: &mut impl FnMut(Tile, &[Digest])) {
        let (mut at, mut hash) = (height, hash);
        let size = self.size + (1 << height);
        while self.size >> at & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            at += 1;
            if at % 8 == 0 {
                let below = u8::try_from(at / 8 - 1).unwrap_or(u8::MAX);
                let hashes = std::mem::take(self.level(usize::from(below)));
                full(Tile::full(below, tile::count_full(size, below) - 1), &hashes);
                self.level(usize::from(below) + 1).push(hash);
            }
        }
        self.peaks.push(hash);
        self.size = size;
    }

    fn level(&mut self, level: usize) -> &mut Vec<Digest> {
        if self.levels.len() <= level {
            self.levels.resize(level + 1, Vec::new());
        }
        // INVARIANT: the line above made it.
        self.levels.get_mut(level).expect("the level was just made")
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
        self.root_with(&[])
    }

    /// The root hash with more full subtrees at the right, largest first, as [`Edge::join`] would
    /// add them.
    pub fn root_with(&self, right: &[Digest]) -> Digest {
        let mut peaks = self.peaks.iter().chain(right).rev();
        match peaks.next() {
            None => root_of(&[]),
            Some(last) => peaks.fold(*last, |root, peak| node_hash(peak, &root)),
        }
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
    fn nodes_are_hashed_as_sha_256_has_it() {
        for n in 0..100 {
            let (left, right) = (leaf(n), leaf(n + 1));
            let bytes = [&[1], left.as_bytes().as_slice(), right.as_bytes()].concat();
            assert_eq!(node_hash(&left, &right), Digest::of_bytes(&bytes));
        }
    }

    #[test]
    fn joined_trees_are_those_grown_leaf_by_leaf() {
        for size in [0, 1, 255, 256, 257, 1000, 4096, 4097, 8192, 65_535, 65_536, 70_000u64] {
            let (mut grown, mut joined) = (Edge::new(), Edge::new());
            let (mut tiles, mut others) = (Vec::new(), Vec::new());
            for start in (0..size).step_by(4096) {
                let mut right = Edge::new();
                for n in start..size.min(start + 4096) {
                    grown.push(leaf(n), |tile, hashes| tiles.push((tile, hashes.to_vec())));
                    right.push(leaf(n), |_, _| ());
                    assert_eq!(joined.root_with(right.peaks()), grown.root());
                }
                joined.join(&right, |tile, hashes| others.push((tile, hashes.to_vec())));
            }
            assert_eq!(joined.root(), grown.root(), "{size}");
            assert_eq!(joined.size(), size);
            assert!(joined.partial().eq(grown.partial()), "{size}");
            tiles.retain(|(tile, _)| tile.level() > 0);
            assert_eq!(tiles, others, "{size}");
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
