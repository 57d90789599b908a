//! Proofs check at every size, and nothing else does.

use std::collections::HashMap;

use super::*;
use crate::log::tree::{Edge, leaf_hash};

/// The tiles of a tree, in memory.
struct Memory(HashMap<Tile, Vec<Digest>>);

impl Tiles for Memory {
    type Error = Tile;

    fn tile(&mut self, tile: Tile) -> Result<Vec<Digest>, Tile> {
        self.0.get(&tile).cloned().ok_or(tile)
    }
}

fn leaf(n: u64) -> Digest {
    leaf_hash(&n.to_be_bytes())
}

fn tree(size: u64) -> (Memory, Digest) {
    let mut tiles = HashMap::new();
    let mut edge = Edge::new();
    for n in 0..size {
        edge.push(leaf(n), |tile, hashes| {
            tiles.insert(tile, hashes.to_vec());
        });
    }
    tiles.extend(edge.partial().map(|(tile, hashes)| (tile, hashes.to_vec())));
    (Memory(tiles), edge.root())
}

#[test]
fn inclusion_at_every_small_size() {
    for size in 1..=70 {
        let (mut tiles, root) = tree(size);
        for index in 0..size {
            let path = prove_inclusion(&mut tiles, index, size).unwrap();
            assert_eq!(root_from_inclusion(leaf(index), index, size, &path), Some(root));
            assert_ne!(root_from_inclusion(leaf(index + 1), index, size, &path), Some(root));
            for cut in 0..path.len() {
                let short = root_from_inclusion(leaf(index), index, size, &path[..cut]);
                assert_ne!(short, Some(root), "{index} of {size}, cut to {cut}");
            }
            let long = [path.as_slice(), &[leaf(0)]].concat();
            assert_eq!(root_from_inclusion(leaf(index), index, size, &long), None);
        }
        assert_eq!(root_from_inclusion(leaf(size), size, size, &[]), None);
    }
}

#[test]
fn consistency_at_every_small_size() {
    let roots: Vec<Digest> = (0..=70).map(|size| tree(size).1).collect();
    let root = |size: u64| roots[usize::try_from(size).unwrap()];
    for new in 1..=70 {
        let (mut tiles, _) = tree(new);
        assert!(is_consistent(0, root(0), new, root(new), &[]));
        for old in 1..=new {
            let path = prove_consistency(&mut tiles, old, new).unwrap();
            assert!(is_consistent(old, root(old), new, root(new), &path), "{old} {new}");
            assert!(!is_consistent(old, leaf(1), new, root(new), &path), "{old} {new}");
            assert!(!is_consistent(old, root(old), new, leaf(1), &path), "{old} {new}");
            let long = [path.as_slice(), &[leaf(0)]].concat();
            assert!(!is_consistent(old, root(old), new, root(new), &long));
            for cut in 0..path.len() {
                assert!(!is_consistent(old, root(old), new, root(new), &path[..cut]));
            }
        }
        assert!(!is_consistent(new + 1, root(new), new, root(new), &[]));
    }
}

#[test]
fn proofs_from_several_levels_of_tiles() {
    let size = 66_000;
    let (mut tiles, root) = tree(size);
    for index in [0, 255, 256, 65_535, 65_536, 65_999] {
        let path = prove_inclusion(&mut tiles, index, size).unwrap();
        assert!(path.len() <= 17);
        assert_eq!(root_from_inclusion(leaf(index), index, size, &path), Some(root));
    }
    for old in [1, 255, 256, 257, 4096, 65_535, 65_536, 65_537, 65_999, 66_000] {
        let path = prove_consistency(&mut tiles, old, size).unwrap();
        assert!(is_consistent(old, tree(old).1, size, root, &path), "{old}");
    }
}
