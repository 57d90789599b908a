//! Families: the records that what is asked of an article can lead to.
//!
//! An article's records, those of its sources and those of what was made from it are a family, and
//! so on from each. Whoever goes through a log family by family needs to hold one at a time.

use std::hash::{BuildHasher as _, RandomState};

use super::late;
use super::union::Union;
use crate::record::ties::{self, Kind};
use crate::text::digest::Digest;

/// Finds what ties records to each other.
#[derive(Debug, Default)]
pub struct Tying {
    // Texts are hashed: two that clash make one family of two, and change no answer. The hash is another
    // in each run, so that nobody can make many clash.
    hasher: RandomState,
}

/// A tie of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Knot {
    hash: u64,
    /// Own ones come before others of the same hash.
    kind: Kind,
    record: usize,
}

impl Tying {
    /// The ties of a record.
    pub fn knots(&self, index: u64, leaf: &Digest, record: &[u8]) -> Vec<Knot> {
        let Ok(index) = usize::try_from(index) else { return Vec::new() };
        let knot =
            |kind, text: &str| Knot { hash: self.hasher.hash_one(text), kind, record: index };
        let mut knots = vec![knot(Kind::Own, &leaf.to_string())];
        for tie in ties::of(record) {
            match tie.kind {
                Kind::Own => knots.push(knot(tie.kind, &tie.text)),
                Kind::Source => {
                    knots.extend(late::names(&tie.text).map(|name| knot(tie.kind, name)));
                }
                Kind::Open | Kind::Request | Kind::Body => {}
            }
        }
        knots
    }
}

/// The families of a log.
#[derive(Debug)]
pub struct Families {
    /// For each record the first of its family and its own index, by family, then in log order.
    members: Vec<(usize, usize)>,
}

impl Families {
    /// The families of a log of `size` records: what ids and leaf hashes tie. Takes O(n log n) time.
    pub fn new(size: usize, mut knots: Vec<Knot>) -> Self {
        knots.sort_unstable();
        let mut union = Union::default();
        union.grow(size);
        for same in knots.chunk_by(|one, other| one.hash == other.hash) {
            // What many name and nothing in the log goes by ties nothing: they share no record.
            let Some(named) = same.first().filter(|knot| knot.kind == Kind::Own) else { continue };
            for knot in same {
                union.unite(named.record, knot.record);
            }
        }
        let mut members: Vec<(usize, usize)> =
            (0..size).map(|record| (union.first(record), record)).collect();
        members.sort_unstable();
        Self { members }
    }

    /// The records of whole families, some families together: of each at least `many` records, but
    /// for the last. Only families with a record from the index `since` on. In log order of the
    /// families' first records; in each, by family.
    pub fn parts(&self, many: usize, since: u64) -> impl Iterator<Item = Vec<u64>> {
        let families = self.members.chunk_by(|one, other| one.0 == other.0);
        let mut families = families
            .filter(move |family| family.last().is_some_and(|(_, last)| *last as u64 >= since));
        std::iter::from_fn(move || {
            let mut part: Vec<u64> = Vec::new();
            for family in families.by_ref() {
                part.extend(family.iter().map(|(_, record)| *record as u64));
                if part.len() >= many {
                    break;
                }
            }
            (!part.is_empty()).then_some(part)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_by_or_names_the_same_is_a_family() {
        let tying = Tying::default();
        let leaf = |n: usize| Digest::of_bytes(&[u8::try_from(n).unwrap()]);
        let records = [
            "article = \"a\"\n".to_owned(),
            "article = \"b\"\n[[record.source]]\ntarget = \"https://x.example/\"\n".to_owned(),
            format!("article = \"c\"\n[[record.source]]\nleaf = \"{}\"\n", leaf(0)),
            "article = \"d\"\n[[record.source]]\ntarget = \"https://x.example/\"\n".to_owned(),
            "article = \"b\"\naliases = [\"e\"]\n".to_owned(),
            "article = \"e\"\n".to_owned(),
            format!("article = \"f\"\n[[record.source]]\nleaf = \"{}\"\n", leaf(2)),
            "article = \"g\"\n[[record.source]]\ntarget = \"id:h@2\"\n".to_owned(),
            "article = \"h\"\n".to_owned(),
        ];
        let knots = records.iter().enumerate();
        let knots = knots.flat_map(|(n, text)| tying.knots(n as u64, &leaf(n), text.as_bytes()));
        let families = Families::new(records.len(), knots.collect());
        let parts: Vec<_> = families.parts(1, 0).collect();
        assert_eq!(parts, [vec![0, 2, 6], vec![1, 4, 5], vec![3], vec![7, 8]]);
        assert_eq!(families.parts(1, 8).collect::<Vec<_>>(), [vec![7, 8]]);
        assert_eq!(
            families.parts(4, 0).collect::<Vec<_>>(),
            [vec![0, 2, 6, 1, 4, 5], vec![3, 7, 8]]
        );
        assert_eq!(Families::new(0, Vec::new()).parts(1, 0).count(), 0);
    }
}
