//! Roots and proofs are those of another program, at every size where a tree changes shape.

use std::collections::HashMap;
use std::convert::Infallible;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use siglum::log::proof::{self, Tiles};
use siglum::log::tile::Tile;
use siglum::log::tree::{self, Edge};
use siglum::text::digest::Digest;

/// A tree in memory, grown twice: by siglum and by ct-merkle.
#[derive(Default)]
struct Pair {
    edge: Edge,
    full: HashMap<Tile, Vec<Digest>>,
    other: MemoryBackedTree<Sha256, [u8; 8]>,
}

/// The tiles of one size of it.
struct Memory<'a>(&'a Pair);

impl Tiles for Memory<'_> {
    type Error = Infallible;

    fn tile(&mut self, tile: Tile) -> Result<Vec<Digest>, Infallible> {
        let partial = || self.0.edge.partial().find(|(place, _)| *place == tile);
        let full = self.0.full.get(&tile).cloned();
        Ok(full
            .or_else(|| partial().map(|(_, hashes)| hashes.to_vec()))
            .expect("the tile is in the tree"))
    }
}

impl Pair {
    fn grow(&mut self, size: u64) {
        for n in self.edge.size()..size {
            let full = &mut self.full;
            self.edge.push(tree::leaf_hash(&n.to_be_bytes()), |tile, hashes| {
                full.insert(tile, hashes.to_vec());
            });
            self.other.push(n.to_be_bytes());
        }
    }

    fn compare_root(&self) {
        let root = self.other.root();
        assert_eq!(self.edge.root().as_bytes(), root.as_bytes().as_slice(), "{}", self.edge.size());
    }

    fn compare_inclusion(&self, index: u64) {
        let size = self.edge.size();
        let path = proof::prove_inclusion(&mut Memory(self), index, size).unwrap();
        let bytes: Vec<u8> = path.iter().flat_map(|hash| *hash.as_bytes()).collect();
        let other = self.other.prove_inclusion(usize::try_from(index).unwrap());
        assert_eq!(bytes, other.as_bytes(), "{index} of {size}");
        let leaf = tree::leaf_hash(&index.to_be_bytes());
        assert_eq!(proof::root_from_inclusion(leaf, index, size, &path), Some(self.edge.root()));
    }

    fn compare_consistency(&self, old: u64, old_root: Digest) {
        let size = self.edge.size();
        let path = proof::prove_consistency(&mut Memory(self), old, size).unwrap();
        let bytes: Vec<u8> = path.iter().flat_map(|hash| *hash.as_bytes()).collect();
        let other = self.other.prove_consistency(usize::try_from(size - old).unwrap());
        assert_eq!(bytes, other.as_bytes(), "{old} in {size}");
        assert!(proof::is_consistent(old, old_root, size, self.edge.root(), &path));
    }
}

#[test]
fn they_are_at_small_sizes() {
    let mut pair = Pair::default();
    let mut roots = vec![pair.edge.root()];
    for size in 1..=600u64 {
        pair.grow(size);
        pair.compare_root();
        roots.push(pair.edge.root());
        // Every index and older size where there are few of them, then some forty of each.
        let step = if size <= 130 { 1 } else { usize::try_from(size / 40).unwrap() };
        for index in (0..size).step_by(step).chain([size - 1]) {
            pair.compare_inclusion(index);
        }
        for old in (1..size).step_by(step) {
            pair.compare_consistency(old, roots[usize::try_from(old).unwrap()]);
        }
    }
}

#[test]
fn they_are_where_trees_change_shape() {
    let mut pair = Pair::default();
    let mut roots = HashMap::new();
    for size in [1, 256, 4095, 4096, 4097, 65_535, 65_536, 65_537, 1_000_000] {
        pair.grow(size);
        pair.compare_root();
        for index in [0, size / 3, size / 2, size - 1] {
            pair.compare_inclusion(index);
        }
        for (old, root) in &roots {
            pair.compare_consistency(*old, *root);
        }
        roots.insert(size, pair.edge.root());
    }
}
