//! The index's head: which segments it has, and of which log.
//!
//! ```text
//! siglum-index 2
//! ORIGIN
//! SIZE
//! PEAK                      a line for each set bit of SIZE, largest first
//! segment FIRST END COUNT ROOT   a line for each segment, in order of records; the root at END
//! sum SHA-256 of the lines before, in hexadecimal
//! ```
//!
//! The peaks are the roots of the full subtrees that the tree consists of: with them the root is known,
//! and the tree can grow.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::segment::{Damage, Segment};
use crate::log::checkpoint::parse_decimal;
use crate::log::key::Origin;
use crate::log::tree::Edge;
use crate::store::layout::Layout;
use crate::text::digest::Digest;

/// The first line. Another number is another program's index, and made anew.
const MAGIC: &str = "siglum-index 2";

/// The most bytes of a head: there are O(log n) peaks and segments.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// A segment, by the records that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) first: u64,
    pub(super) end: u64,
    /// The log's root at `end`.
    pub(super) root: Digest,
    /// How many postings it has.
    pub(super) count: u64,
}

/// What an index covers.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) origin: Origin,
    /// The edge of the tree of the records that are indexed.
    pub(super) edge: Edge,
    pub(super) parts: Vec<Part>,
}

impl Head {
    /// The head of an index of no records.
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, edge: Edge::new(), parts: Vec::new() }
    }

    /// How many records are indexed.
    pub(super) fn size(&self) -> u64 {
        self.edge.size()
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{MAGIC}\n{}\n{}\n", self.origin, self.size());
        for peak in self.edge.peaks() {
            let _ = writeln!(text, "{peak}");
        }
        for Part { first, end, count, root } in &self.parts {
            let _ = writeln!(text, "segment {first} {end} {count} {root}");
        }
        let sum = Digest::of_bytes(text.as_bytes());
        let _ = writeln!(text, "sum {sum}");
        text
    }

    /// Reads a head; `None` where that is not what the bytes are.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (lines, sum) = text.strip_suffix('\n')?.rsplit_once("\nsum ")?;
        let lines = format!("{lines}\n");
        if Digest::of_bytes(lines.as_bytes()).to_string() != sum {
            return None;
        }
        let mut lines = lines.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        let origin = Origin::new(lines.next()?).ok()?;
        let size = parse_decimal(lines.next()?)?;
        let peaks: Vec<Digest> = lines
            .by_ref()
            .take(usize::try_from(size.count_ones()).unwrap_or_default())
            .map(|line| line.parse().ok())
            .collect::<Option<_>>()?;
        let parts: Vec<Part> = lines.map(part).collect::<Option<_>>()?;
        let edge = Edge::of_peaks(size, peaks)?;
        let ends = parts.iter().map(|part| part.end);
        let in_order = parts
            .iter()
            .map(|part| part.first)
            .eq(std::iter::once(0).chain(ends).take(parts.len()));
        let whole = parts.last().map_or(0, |part| part.end) == size;
        (in_order && whole).then_some(Self { origin, edge, parts })
    }

    /// Where a segment lies.
    pub(super) fn path(layout: &Layout, part: &Part) -> PathBuf {
        layout.index().join(format!("{}-{}", part.first, part.end))
    }

    /// What the blocks of a segment are salted with: no other log's or history's pass for its own.
    pub(super) fn salt(&self, part: &Part) -> Digest {
        let Part { first, end, root, .. } = part;
        Digest::labelled(MAGIC, format!("{} {first} {end} {root}", self.origin).as_bytes())
    }

    /// Opens a segment.
    pub(super) fn open(&self, layout: &Layout, part: &Part) -> Result<Segment, Damage> {
        Segment::open(Self::path(layout, part), self.salt(part), part.count)
    }
}

fn part(line: &str) -> Option<Part> {
    let (numbers, root) = line.strip_prefix("segment ")?.rsplit_once(' ')?;
    let mut numbers = numbers.split(' ').map(parse_decimal);
    let (first, end, count) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let root = root.parse().ok()?;
    (numbers.next().is_none() && first < end).then_some(Part { first, end, root, count })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::tree;

    #[test]
    fn a_head_is_read_as_it_was_written_or_not_at_all() {
        let mut head = Head::new(Origin::new("desk.example").unwrap());
        for leaf in [b"a", b"b", b"c"] {
            head.edge.push(tree::leaf_hash(leaf), |_, _| ());
        }
        let root = head.edge.root();
        head.parts = vec![
            Part { first: 0, end: 2, count: 9, root },
            Part { first: 2, end: 3, count: 4, root },
        ];
        let text = head.to_text();
        let read = Head::parse(text.as_bytes()).unwrap();
        assert_eq!((read.size(), read.edge.root(), &read.parts), (3, root, &head.parts));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert!(Head::parse(&bytes).is_none(), "byte {at}");
            assert!(Head::parse(&text.as_bytes()[..at]).is_none(), "cut at {at}");
        }
        head.parts.remove(0);
        assert!(Head::parse(head.to_text().as_bytes()).is_none(), "records without a segment");
    }
}
