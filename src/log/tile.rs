//! Where hash tiles lie: C2SP tlog-tiles, tiles of 256 hashes.

use std::fmt;

use crate::text::digest::Digest;

/// The number of hashes in a full tile.
pub const WIDTH: usize = 256;

/// The most bytes a tile can have: 256 hashes of 32 bytes.
pub const MAX_BYTES: usize = WIDTH * 32;

/// The place of a tile: its level, its index there, and how many hashes it holds.
///
/// Shown as its path, `tile/<L>/<N>[.p/<W>]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    index: u64,
    width: usize,
}

impl Tile {
    /// A full tile.
    pub fn full(level: u8, index: u64) -> Self {
        Self { level, index, width: WIDTH }
    }

    /// A partial tile; `None` unless `width` is 1 to 255.
    pub fn partial(level: u8, index: u64, width: usize) -> Option<Self> {
        (1..WIDTH).contains(&width).then_some(Self { level, index, width })
    }

    /// The tile that holds the hash `position` of a level, in a tree of `size` leaves.
    pub fn holding(level: u8, position: u64, size: u64) -> Self {
        let index = position / WIDTH as u64;
        if index < count_full(size, level) {
            return Self::full(level, index);
        }
        let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        let width = usize::try_from(hashes % WIDTH as u64).unwrap_or_default();
        Self { level, index, width }
    }

    /// The partial tile at the edge of a level, in a tree of `size` leaves; `None` where its last tile
    /// is full.
    pub fn edge(level: u8, size: u64) -> Option<Self> {
        let edge = Self::holding(level, count_full(size, level).saturating_mul(WIDTH as u64), size);
        (edge.width > 0).then_some(edge)
    }

    /// The level: 0 holds leaf hashes, level `l` hashes at height 8·`l`.
    pub fn level(self) -> u8 {
        self.level
    }

    /// For a tile of level 0: the index of its first leaf.
    pub fn first_leaf(self) -> u64 {
        self.index * WIDTH as u64
    }

    /// How many hashes it holds, 1 to 256.
    pub fn width(self) -> usize {
        self.width
    }

    /// Whether it holds fewer than 256 hashes.
    pub fn is_partial(self) -> bool {
        self.width < WIDTH
    }

    /// The full tile of the same place.
    #[must_use]
    pub fn filled(self) -> Self {
        Self::full(self.level, self.index)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, index_path(self.index))?;
        if self.is_partial() { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// An index as path elements of three digits, all but the last begun with `x`:
/// 1234067 is `x001/x234/067` (tlog-tiles, "Merkle Tree").
pub fn index_path(index: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

/// How many full tiles of a level a tree of `size` leaves has: ⌊size / 256^(level+1)⌋.
pub fn count_full(size: u64, level: u8) -> u64 {
    size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0)
}

/// The bytes of a tile: its hashes one after the other.
pub fn bytes(hashes: &[Digest]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(hashes.len() * 32);
    for hash in hashes {
        bytes.extend_from_slice(hash.as_bytes());
    }
    bytes
}

/// Takes a tile's bytes apart; `None` where they are not `width` hashes.
pub fn hashes(bytes: &[u8], width: usize) -> Option<Vec<Digest>> {
    let (chunks, rest) = bytes.as_chunks::<32>();
    let whole = rest.is_empty() && chunks.len() == width;
    whole.then(|| chunks.iter().map(|chunk| Digest::from_bytes(*chunk)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        assert_eq!(index_path(0), "000");
        assert_eq!(index_path(1_234_067), "x001/x234/067");
        assert_eq!(Tile::full(0, 5).to_string(), "tile/0/005");
        assert_eq!(Tile::partial(1, 1000, 9).unwrap().to_string(), "tile/1/x001/000.p/9");
        assert_eq!(Tile::partial(0, 0, 256), None);
        assert_eq!(Tile::partial(0, 0, 0), None);
    }

    #[test]
    fn full_tiles_are_counted_at_every_level() {
        assert_eq!(count_full(255, 0), 0);
        assert_eq!(count_full(65_536, 0), 256);
        assert_eq!(count_full(65_536, 1), 1);
        assert_eq!(count_full(u64::MAX, 7), 0);
        assert_eq!(count_full(u64::MAX, 255), 0);
    }
}
