//! What is remembered of each record of a log that many are appended to, so that those that matter for
//! the next ones are found and read again.
//!
//! That is some two hundred bytes a record, whatever its length: where it stands, and hashes of the
//! names that it goes by. Two hashes that clash put two articles together, which are then read together
//! and told apart.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher as _, RandomState};

use super::append::Writer;
use super::error::StoreError;
use super::open;
use super::places::Places;
use crate::lineage::asked::Asked;
use crate::lineage::graph::Entry;
use crate::lineage::union::Union;
use crate::record::decode::is_newer;
use crate::record::ties::{self, Kind};
use crate::text::digest::Digest;
use crate::text::span::Span;

/// How many digits of a leaf hash its records are found by: fewer lead to too many.
const DIGITS: usize = 8;

/// The records of a log, by their names.
#[derive(Debug, Default)]
pub struct Register {
    hasher: RandomState,
    places: Places,
    /// By the hash of an id or alias one of the records that go by it; by that of a body or request the
    /// first of it.
    names: HashMap<u64, usize>,
    /// By the first digits of leaf hashes the first record that has them, and the few others that do.
    leaves: HashMap<u32, usize>,
    more: HashMap<u32, Vec<usize>>,
    articles: Union,
    /// For each record another of its article, in a ring.
    next: Vec<usize>,
    /// The records that name a source without saying which version.
    open: Vec<u64>,
}

/// What is remembered of a record.
#[derive(Debug)]
pub(super) struct Note {
    leaf: u32,
    own: Vec<u64>,
    firsts: Vec<u64>,
    is_open: bool,
}

impl Register {
    /// Makes notes of records: a function of its own, because they are read side by side.
    pub(super) fn noting(&self) -> impl Fn(&Digest, &[u8]) -> Note + use<> {
        let hasher = self.hasher.clone();
        move |leaf, bytes| {
            let leaf = first_digits(leaf);
            let mut note = Note { leaf, own: Vec::new(), firsts: Vec::new(), is_open: false };
            if is_newer(bytes) {
                return note;
            }
            for tie in ties::of(bytes) {
                let hash = named(&hasher, tie.kind, &tie.text);
                match tie.kind {
                    Kind::Own => note.own.push(hash),
                    Kind::Request | Kind::Body => note.firsts.push(hash),
                    Kind::Open => note.is_open = true,
                    Kind::Source => {}
                }
            }
            note
        }
    }

    /// Takes in the next record.
    fn take(&mut self, note: Note) {
        let record = self.next.len();
        self.articles.grow(record + 1);
        self.next.push(record);
        match self.leaves.entry(note.leaf) {
            Slot::Vacant(slot) => drop(slot.insert(record)),
            Slot::Occupied(_) => self.more.entry(note.leaf).or_default().push(record),
        }
        for hash in note.own {
            let other = match self.names.entry(hash) {
                Slot::Occupied(slot) => *slot.get(),
                Slot::Vacant(slot) => *slot.insert(record),
            };
            if self.articles.unite(record, other) {
                // What followed the one now follows the other: of two rings comes one.
                let after = self.next.get(other).copied().unwrap_or(other);
                let own = self.next.get(record).copied().unwrap_or(record);
                if let Some(slot) = self.next.get_mut(other) {
                    *slot = own;
                }
                if let Some(slot) = self.next.get_mut(record) {
                    *slot = after;
                }
            }
        }
        for hash in note.firsts {
            self.names.entry(hash).or_insert(record);
        }
        if note.is_open {
            self.open.push(record as u64);
        }
    }

    /// Takes in a record that is about to be appended.
    pub fn add(&mut self, leaf: &Digest, bytes: &[u8]) {
        let note = self.noting()(leaf, bytes);
        self.take(note);
    }

    /// Says where records stand that were appended, in log order; until then they can't be read.
    pub fn place(&mut self, spans: impl IntoIterator<Item = Span>) {
        self.places.extend(spans);
    }

    /// The records that name a source without saying which version of what it is.
    pub fn open(&self) -> &[u64] {
        &self.open
    }

    /// The first record with a body.
    pub fn with_body(&self, body: &Digest) -> Option<u64> {
        Some(self.names.get(&named(&self.hasher, Kind::Body, &body.to_string())).copied()? as u64)
    }

    /// The records of a log that are asked for, with all others of their articles, in log order. Those
    /// that are not yet appended are left out.
    ///
    /// # Errors
    ///
    /// If a record can't be read, is another than the one that was checked or appended, or is not in the
    /// form that its format asks for.
    pub fn read(&self, log: &Writer, asked: &BTreeSet<Asked>) -> Result<Vec<Entry>, StoreError> {
        let layout = &log.layout;
        let found = asked.iter().flat_map(|asked| self.find(asked));
        let records: BTreeSet<usize> = found.flat_map(|record| self.article(record)).collect();
        let there = self.places.count();
        let records = records.into_iter().take_while(|record| *record < there);
        let records: Vec<u64> = records.map(|record| record as u64).collect();
        let entry = |index, leaf, bytes: &[u8]| open::entry(layout, index, leaf, bytes);
        self.places.read(layout, &log.leaves, &records, entry)
    }

    /// The records that are asked for, or some of their articles.
    fn find(&self, asked: &Asked) -> Vec<usize> {
        let one = |kind, name: &str| {
            self.names.get(&named(&self.hasher, kind, name)).copied().into_iter().collect()
        };
        match asked {
            Asked::Article(id) => one(Kind::Own, id),
            Asked::Request(request) => one(Kind::Request, request),
            Asked::Leaf(digits) => {
                let first = digits.get(..DIGITS).and_then(|one| u32::from_str_radix(one, 16).ok());
                let Some(first) = first else { return Vec::new() };
                let more = self.more.get(&first).into_iter().flatten();
                self.leaves.get(&first).into_iter().chain(more).copied().collect()
            }
            Asked::Record(index) => usize::try_from(*index)
                .ok()
                .filter(|record| *record < self.next.len())
                .into_iter()
                .collect(),
        }
    }

    /// All records of a record's article, from it on.
    fn article(&self, record: usize) -> impl Iterator<Item = usize> {
        let next = move |at: &usize| self.next.get(*at).copied().filter(|next| *next != record);
        std::iter::successors(Some(record), next)
    }
}

impl Extend<(Span, Note)> for Register {
    fn extend<I: IntoIterator<Item = (Span, Note)>>(&mut self, notes: I) {
        for (span, note) in notes {
            self.take(note);
            self.place([span]);
        }
    }
}

fn first_digits(leaf: &Digest) -> u32 {
    leaf.as_bytes().first_chunk().copied().map(u32::from_be_bytes).unwrap_or_default()
}

fn named(hasher: &RandomState, kind: Kind, name: &str) -> u64 {
    hasher.hash_one((kind, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(register: &Register, asked: &Asked) -> Vec<usize> {
        let found = register.find(asked).into_iter();
        found
            .flat_map(|record| register.article(record))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    #[test]
    fn all_records_of_an_article_are_found_by_any_of_its_names() {
        let mut register = Register::default();
        let leaf = |n: u8| Digest::of_bytes(&[n]);
        for (n, record) in (0..).zip([
            "article = \"a\"\nrequest = \"r\"\n",
            "article = \"b\"\naliases = [\"c\", \"d\"]\n[record.text]\nbody = \"22\"\n",
            "article = \"e\"\n[record.text]\nbody = \"22\"\n",
            "article = \"a\"\n[[record.source]]\ntarget = \"id:b\"\n",
            "article = \"c\"\nrequest = \"r\"\n",
            "article = \"f\"\naliases = [\"e\", \"d\"]\n",
            "article = \"f\"\n[[record.source]]\ntarget = \"b\"\nleaf = \"11\"\n",
        ]) {
            register.add(&leaf(n), record.as_bytes());
        }
        let article = |id: &str| found(&register, &Asked::Article(id.to_owned()));
        assert_eq!(article("a"), [0, 3]);
        for id in ["b", "c", "d", "e", "f"] {
            assert_eq!(article(id), [1, 2, 4, 5, 6], "{id}");
        }
        assert!(article("id:b").is_empty());
        assert_eq!(found(&register, &Asked::Request("r".to_owned())), [0, 3]);
        assert_eq!(found(&register, &Asked::Record(3)), [0, 3]);
        assert!(found(&register, &Asked::Record(7)).is_empty());
        let digits = leaf(3).to_string();
        for len in [8, 9, 64] {
            assert_eq!(found(&register, &Asked::Leaf(digits[..len].to_owned())), [0, 3]);
        }
        assert_eq!(register.open(), [3]);
        assert_eq!(register.names.get(&named(&register.hasher, Kind::Body, "22")), Some(&1));
    }

    #[test]
    fn leaf_hashes_that_begin_alike_are_told_apart_later() {
        let mut register = Register::default();
        let leaf =
            |last: u8| Digest::from_bytes(std::array::from_fn(|at| if at < 31 { 7 } else { last }));
        (0..3).for_each(|n| register.add(&leaf(n), b""));
        assert_eq!(found(&register, &Asked::Leaf(leaf(1).to_string())), [0, 1, 2]);
    }
}
