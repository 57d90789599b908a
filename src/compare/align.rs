//! What became of each paragraph of a text in another.
//!
//! Equal paragraphs in order are the frame (`super::frame`), found by digest alone. Then, in this
//! order:
//!
//! 1. a paragraph that went and one of the same digest that came is one that moved;
//! 2. where both texts are at hand, paragraphs that went are compared by their words with those that
//!    came (`super::pairs`): between two paragraphs of the frame they are changed, split or merged,
//!    elsewhere moved and edited;
//! 3. what is left between two neighbours is paired in order where as many came as went, or where
//!    no text is at hand to tell; unless both are long and have next to no word in common;
//! 4. the rest came or went; what went is a cut where only the text's end did.
//!
//! About linear in practice, and bounded on any input: the frame as said there, and a paragraph
//! is compared by its words with at most 14 others and 126 short runs of them.

use std::collections::HashMap;
use std::ops::Range;

use super::bag::Bag;
use super::frame;
use super::pairs;
use crate::text::digest::Digest;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What happened to a paragraph.
    Kind, "kind of change", {
        /// Its words changed.
        Changed = "changed",
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It stands elsewhere.
        Moved = "moved",
        /// It became several.
        Split = "split",
        /// Several became one.
        Merged = "merged",
        /// It is gone with everything after it.
        Cut = "cut",
    }
}

/// A change of paragraphs. Numbers count from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The paragraph's place in the old text, or the first one's; none where one came.
    pub old: Option<usize>,
    /// Its place in the new text, or the first one's; none where one went.
    pub new: Option<usize>,
    /// How many of the old text's paragraphs it is: 0, 1, or several that were merged.
    pub olds: usize,
    /// How many of the new text's paragraphs it is: 0, 1, or several after a split.
    pub news: usize,
}

impl Change {
    /// The places in the old text.
    pub fn old_places(&self) -> Range<usize> {
        self.old.map_or(0..0, |first| first..first + self.olds)
    }

    /// The places in the new text.
    pub fn new_places(&self) -> Range<usize> {
        self.new.map_or(0..0, |first| first..first + self.news)
    }

    fn of(kind: Kind, old: Range<usize>, new: Range<usize>) -> Self {
        let first = |range: &Range<usize>| (!range.is_empty()).then_some(range.start);
        Self { kind, old: first(&old), new: first(&new), olds: old.len(), news: new.len() }
    }
}

/// The paragraphs of one side.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Their digests.
    pub digests: &'a [Digest],
    /// Their texts, where they are at hand: then as many as digests.
    pub texts: Option<&'a [&'a str]>,
}

/// How many words two paragraphs must have for being told apart though they stand in each
/// other's place.
const LONG: usize = 8;

/// Below this share of common words they are.
const UNLIKE: f64 = 0.15;

/// How two texts differ, paragraph by paragraph, in the order of the new one. What went stands
/// where it would be.
pub fn align(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let runs = frame::diff(old.digests, new.digests);
    if runs.is_empty() {
        return Vec::new();
    }
    let mut found = Found::default();
    let mut gone = Free::of(old.digests.len(), runs.iter().map(|run| run.old.clone()));
    let mut come = Free::of(new.digests.len(), runs.iter().map(|run| run.new.clone()));
    exact_moves(old.digests, new.digests, &mut gone, &mut come, &mut found);
    let bags = match (old.texts, new.texts) {
        (Some(old), Some(new)) => Some((bags(old, &gone), bags(new, &come))),
        _ => None,
    };
    let mut in_order = Vec::new();
    if let Some((old, new)) = &bags {
        for pair in pairs::find(old, new, &runs, &mut gone, &mut come) {
            let kind = match (pair.in_order, pair.old.len(), pair.new.len()) {
                (true, 1, 1) => Kind::Changed,
                (true, 1, _) => Kind::Split,
                (true, ..) => Kind::Merged,
                (false, ..) => Kind::Moved,
            };
            if pair.in_order {
                in_order.push((pair.old.clone(), pair.new.clone()));
            }
            found.add(Change::of(kind, pair.old, pair.new));
        }
    }
    in_order.sort_by_key(|(old, _)| old.start);
    let mut next = in_order.into_iter().peekable();
    for run in runs {
        let (mut old_at, mut new_at) = (run.old.start, run.new.start);
        while let Some((old, new)) = next.next_if(|(old, _)| old.start < run.old.end) {
            rest(&gone, &come, old_at..old.start, new_at..new.start, bags.as_ref(), &mut found);
            (old_at, new_at) = (old.end, new.end);
        }
        rest(&gone, &come, old_at..run.old.end, new_at..run.new.end, bags.as_ref(), &mut found);
    }
    let mut changes = found.sorted();
    find_cut(&mut changes, old.digests.len(), new.digests.len());
    changes
}

/// The changes that were found, each with its place in the order of the new text.
#[derive(Default)]
struct Found(Vec<((usize, usize), Change)>);

impl Found {
    fn add(&mut self, change: Change) {
        let place = change.new.map_or(0, |new| 2 * new + 1);
        self.0.push(((place, 0), change));
    }

    /// Adds a paragraph that went, from before the new text's paragraph `before`.
    fn add_removed(&mut self, old: usize, before: usize) {
        let change = Change::of(Kind::Removed, old..old + 1, 0..0);
        self.0.push(((2 * before, old), change));
    }

    fn sorted(mut self) -> Vec<Change> {
        self.0.sort_by_key(|(place, _)| *place);
        self.0.into_iter().map(|(_, change)| change).collect()
    }
}

/// Which paragraphs of a side have no counterpart yet.
#[derive(Debug)]
pub(super) struct Free(Vec<bool>);

impl Free {
    fn of(len: usize, runs: impl Iterator<Item = Range<usize>>) -> Self {
        let mut free = vec![false; len];
        for run in runs {
            free.get_mut(run).into_iter().flatten().for_each(|slot| *slot = true);
        }
        Self(free)
    }

    /// Whether all of a range is free.
    pub(super) fn has(&self, places: &Range<usize>) -> bool {
        self.0.get(places.clone()).is_some_and(|part| part.iter().all(|free| *free))
    }

    /// Takes a range.
    pub(super) fn take(&mut self, places: &Range<usize>) {
        self.0.get_mut(places.clone()).into_iter().flatten().for_each(|slot| *slot = false);
    }

    /// The free places within a range.
    pub(super) fn within(&self, places: Range<usize>) -> impl Iterator<Item = usize> {
        let part = self.0.get(places.clone()).unwrap_or_default();
        places.zip(part).filter(|(_, free)| **free).map(|(at, _)| at)
    }

    /// All free places.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        self.within(0..self.0.len())
    }
}

/// The words of the paragraphs that are free; of others, none.
fn bags(texts: &[&str], free: &Free) -> Vec<Bag> {
    let mut bags = vec![Bag::default(); texts.len()];
    for at in free.all() {
        if let (Some(bag), Some(text)) = (bags.get_mut(at), texts.get(at)) {
            *bag = Bag::of(text);
        }
    }
    bags
}

/// Finds paragraphs that went and came with the same digest.
fn exact_moves(
    old: &[Digest],
    new: &[Digest],
    gone: &mut Free,
    come: &mut Free,
    found: &mut Found,
) {
    let mut places: HashMap<Digest, Vec<usize>> = HashMap::new();
    let all: Vec<usize> = gone.all().collect();
    for at in all.into_iter().rev() {
        if let Some(digest) = old.get(at) {
            places.entry(*digest).or_default().push(at);
        }
    }
    let all: Vec<usize> = come.all().collect();
    for at in all {
        let from = new.get(at).and_then(|digest| places.get_mut(digest)).and_then(Vec::pop);
        if let Some(from) = from {
            let (old, new) = (from..from + 1, at..at + 1);
            gone.take(&old);
            come.take(&new);
            found.add(Change::of(Kind::Moved, old, new));
        }
    }
}

/// What is left between two neighbours: paired in order, or gone and come.
fn rest(
    gone: &Free,
    come: &Free,
    old_places: Range<usize>,
    new_places: Range<usize>,
    bags: Option<&(Vec<Bag>, Vec<Bag>)>,
    found: &mut Found,
) {
    let before = new_places.start;
    let old: Vec<usize> = gone.within(old_places).collect();
    let new: Vec<usize> = come.within(new_places).collect();
    let pairable =
        if bags.is_none() || old.len() == new.len() { old.len().min(new.len()) } else { 0 };
    for (&old, &new) in old.iter().zip(&new).take(pairable) {
        let unlike = bags.is_some_and(|(olds, news)| match (olds.get(old), news.get(new)) {
            (Some(one), Some(other)) => {
                one.len().min(other.len()) >= LONG && one.similarity(other) < UNLIKE
            }
            _ => false,
        });
        if unlike {
            found.add_removed(old, new);
            found.add(Change::of(Kind::Added, 0..0, new..new + 1));
        } else {
            found.add(Change::of(Kind::Changed, old..old + 1, new..new + 1));
        }
    }
    let end = pairable.checked_sub(1).and_then(|last| new.get(last)).map_or(before, |new| new + 1);
    for &old in old.iter().skip(pairable) {
        found.add_removed(old, end);
    }
    for &new in new.iter().skip(pairable) {
        found.add(Change::of(Kind::Added, 0..0, new..new + 1));
    }
}

/// Calls removals a cut where nothing is missing but the old text's end, and nothing new stands
/// in its place.
fn find_cut(changes: &mut [Change], old_len: usize, new_len: usize) {
    let removed = changes.iter().filter(|change| change.kind == Kind::Removed);
    let gone: Vec<usize> = removed.filter_map(|change| change.old).collect();
    let first = gone.iter().min().copied().unwrap_or(old_len);
    let new_end = |change: &Change| {
        matches!(change.kind, Kind::Added | Kind::Moved) && change.new_places().end == new_len
    };
    if !gone.is_empty() && old_len - first == gone.len() && !changes.iter().any(new_end) {
        for change in changes.iter_mut().filter(|change| change.kind == Kind::Removed) {
            change.kind = Kind::Cut;
        }
    }
}

#[cfg(test)]
mod tests;
