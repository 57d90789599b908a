//! What two sequences have in common, in order: the frame that everything else hangs in.
//!
//! Items are compared by equality alone. Equal ends are taken off first. Items that stand exactly
//! once on either side and in the same order are anchors (patience, O(n log n)); between two
//! anchors runs Myers' algorithm, O((n+m)·d), for at most [`MAX_GAP`] items of both sides. A longer
//! stretch without an anchor is one run that differs. So no input costs more than
//! O(n · `MAX_GAP` + n log n).

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most items of both sides together between two anchors that are compared one with another.
pub(super) const MAX_GAP: usize = 1_000;

/// A run of items that differs. Either side can be empty, not both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The places in the old sequence.
    pub(super) old: Range<usize>,
    /// The places in the new one.
    pub(super) new: Range<usize>,
}

/// The runs in which two sequences differ, in order; what lies between them is equal.
pub(super) fn diff<T: Eq + Hash + Ord>(old: &[T], new: &[T]) -> Vec<Run> {
    let mut runs = Vec::new();
    let (old_places, new_places) = (0..old.len(), 0..new.len());
    let (old_rest, new_rest) = trim(old, new, old_places, new_places);
    let (mut old_at, mut new_at) = (old_rest.start, new_rest.start);
    for (old_anchor, new_anchor) in anchors(old, new, &old_rest, &new_rest) {
        gap(old, new, old_at..old_anchor, new_at..new_anchor, &mut runs);
        (old_at, new_at) = (old_anchor + 1, new_anchor + 1);
    }
    gap(old, new, old_at..old_rest.end, new_at..new_rest.end, &mut runs);
    slide(old, new, &mut runs);
    runs
}

/// Moves runs of one side towards the beginning as far as they say the same there.
fn slide<T: Eq>(old: &[T], new: &[T], runs: &mut [Run]) {
    let mut least = (0, 0);
    for run in runs {
        let (items, range) = if run.old.is_empty() { (new, &run.new) } else { (old, &run.old) };
        if run.old.is_empty() || run.new.is_empty() {
            let room = (run.old.start - least.0).min(run.new.start - least.1);
            let same = |by: &usize| matches!((items.get(range.start - by), items.get(range.end - by)), (Some(a), Some(b)) if a == b);
            let by = (1..=room).take_while(same).count();
            *run = Run {
                old: run.old.start - by..run.old.end - by,
                new: run.new.start - by..run.new.end - by,
            };
        }
        least = (run.old.end, run.new.end);
    }
}

/// Takes equal items off both ends.
fn trim<T: Eq>(
    old: &[T],
    new: &[T],
    mut old_places: Range<usize>,
    mut new_places: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let same =
        |i: usize, j: usize| matches!((old.get(i), new.get(j)), (Some(a), Some(b)) if a == b);
    while !old_places.is_empty()
        && !new_places.is_empty()
        && same(old_places.start, new_places.start)
    {
        old_places.start += 1;
        new_places.start += 1;
    }
    while !old_places.is_empty()
        && !new_places.is_empty()
        && same(old_places.end - 1, new_places.end - 1)
    {
        old_places.end -= 1;
        new_places.end -= 1;
    }
    (old_places, new_places)
}

/// The places of items that stand once on either side, as many as stand in the same order.
fn anchors<T: Eq + Hash>(
    old: &[T],
    new: &[T],
    old_places: &Range<usize>,
    new_places: &Range<usize>,
) -> Vec<(usize, usize)> {
    let once = |items: &[T], places: &Range<usize>| -> Vec<usize> {
        let part = items.get(places.clone()).unwrap_or_default();
        let mut seen: HashMap<&T, usize> = HashMap::with_capacity(part.len());
        for item in part {
            *seen.entry(item).or_default() += 1;
        }
        let single = |item: &T| seen.get(item) == Some(&1);
        places.clone().zip(part).filter(|(_, item)| single(item)).map(|(at, _)| at).collect()
    };
    let of_new: HashMap<&T, usize> =
        once(new, new_places).into_iter().filter_map(|at| Some((new.get(at)?, at))).collect();
    let pairs: Vec<(usize, usize)> = once(old, old_places)
        .into_iter()
        .filter_map(|at| Some((at, *of_new.get(old.get(at)?)?)))
        .collect();
    rising(&pairs)
}

/// The longest part of `pairs` whose second numbers rise (O(n log n)); the first ones already do.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The place in `pairs` of the last pair of the best chain of each length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: &usize| pairs.get(*at).map_or(usize::MAX, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(end) < pair.1);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.extend(pairs.get(at));
        next = before.get(at).copied().flatten();
    }
    chain.reverse();
    chain
}

/// What differs between two anchors.
fn gap<T: Eq + Hash + Ord>(
    old: &[T],
    new: &[T],
    old_places: Range<usize>,
    new_places: Range<usize>,
    runs: &mut Vec<Run>,
) {
    let (old_places, new_places) = trim(old, new, old_places, new_places);
    if old_places.is_empty() && new_places.is_empty() {
        return;
    }
    let one_sided = old_places.is_empty() || new_places.is_empty();
    if one_sided || old_places.len() + new_places.len() > MAX_GAP {
        push(runs, Run { old: old_places, new: new_places });
        return;
    }
    let old_part = old.get(old_places.clone()).unwrap_or_default();
    let new_part = new.get(new_places.clone()).unwrap_or_default();
    let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    for op in capture_diff_slices(Algorithm::Myers, old_part, new_part) {
        if !matches!(op, DiffOp::Equal { .. }) {
            let old = shift(op.old_range(), old_places.start);
            push(runs, Run { old, new: shift(op.new_range(), new_places.start) });
        }
    }
}

/// Adds a run, as one with the last where nothing equal lies between.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.old.end == run.old.start && last.new.end == run.new.start => {
            last.old.end = run.old.end;
            last.new.end = run.new.end;
        }
        _ => runs.push(run),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that what lies between the runs is equal, and gives how much that is.
    fn common(old: &[u32], new: &[u32]) -> usize {
        let (mut i, mut j, mut equal) = (0, 0, 0);
        let end = Run { old: old.len()..old.len(), new: new.len()..new.len() };
        for run in diff(old, new).into_iter().chain([end]) {
            assert_eq!(old[i..run.old.start], new[j..run.new.start]);
            equal += run.old.start - i;
            (i, j) = (run.old.end, run.new.end);
        }
        equal
    }

    #[test]
    fn what_is_between_the_runs_is_equal() {
        assert_eq!(common(&[], &[]), 0);
        assert_eq!(common(&[1, 2, 3], &[1, 2, 3]), 3);
        assert_eq!(common(&[1, 2, 3, 4], &[1, 9, 3, 4]), 3);
        assert_eq!(common(&[1, 2, 3], &[3, 1, 2]), 2);
        assert_eq!(common(&[7, 7, 7, 1], &[7, 7, 1]), 3);
        assert_eq!(common(&[1, 2], &[3, 4, 5]), 0);
    }

    #[test]
    fn a_stretch_without_anchors_is_not_searched() {
        let old: Vec<u32> = (0..4_000).map(|n| n % 3).collect();
        let new: Vec<u32> = (0..4_000).map(|n| (n + 1) % 3).collect();
        assert_eq!(common(&old, &new), 0);
        let spaced: Vec<u32> = (0..100_000).map(|n| if n % 2 == 0 { 0 } else { n }).collect();
        let mut other = spaced.clone();
        other[5_001] = 1_000_001;
        assert_eq!(common(&spaced, &other), 99_999);
    }
}
