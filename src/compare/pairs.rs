//! Which paragraph became which, by the words that they have in common.
//!
//! Every paragraph that went is compared with the few that came which share its rarest words, and
//! with those in the same place of a run that differs; so a text of a thousand edited paragraphs
//! costs a few thousand comparisons: at most 14 for each, and for each of those 9 runs around it of
//! up to four paragraphs that it may have been split into. Of what is alike, those are chosen that stand in order and
//! have the most words in common (a chain of greatest weight, O(k log k) for k candidates); the
//! rest have moved, the most alike first.

use std::collections::HashMap;
use std::ops::Range;

use super::align::Free;
use super::bag::Bag;
use super::frame::Run;

/// The most paragraphs that one is compared with for its rare words.
const CANDIDATES: usize = 4;

/// The most paragraphs of a run on either side that are all compared with each other.
const SMALL: usize = 8;

/// A word in more paragraphs than this is no rare one.
const RARE: usize = 8;

/// The most paragraphs that one is split into, or merged from.
const MAX_PARTS: usize = 4;

/// The share of words that two paragraphs in the same place must have in common.
const ALIKE: f64 = 0.4;

/// The share that those in different places must.
const MOVED: f64 = 0.6;

/// The fewest words of a paragraph that can be known again elsewhere.
const MIN_MOVED: usize = 4;

/// The share of words that one and its parts together must have in common.
const WHOLE: f64 = 0.75;

/// The share of a part's words that must be in the whole.
const PART: f64 = 0.6;

/// Paragraphs that became paragraphs.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// Whether they stand in the same place.
    pub(super) in_order: bool,
    /// How many words they have in common.
    common: usize,
}

/// Finds what became of the free paragraphs, and takes it.
pub(super) fn find(
    old: &[Bag],
    new: &[Bag],
    runs: &[Run],
    gone: &mut Free,
    come: &mut Free,
) -> Vec<Pair> {
    let mut found = Vec::new();
    let candidates = candidates(old, new, runs, gone, come);
    let sides = Sides { old, new };
    let mut elsewhere = Vec::new();
    let mut by_run: Vec<Vec<Pair>> = vec![Vec::new(); runs.len()];
    for (i, j) in candidates {
        let (Some(one), Some(other)) = (old.get(i), new.get(j)) else { continue };
        let common = one.common(other);
        let alike = super::words::ratio(2 * common, one.len() + other.len());
        let run = runs.partition_point(|run| run.old.end <= i);
        let here = runs.get(run).is_some_and(|run| run.new.contains(&j));
        if let Some(pairs) = by_run.get_mut(run).filter(|_| here) {
            if alike >= ALIKE {
                pairs.push(Pair { old: i..i + 1, new: j..j + 1, in_order: true, common });
            }
            if let Some(run) = runs.get(run) {
                sides.splits(i, j, common, run, come, pairs);
                sides.merges(i, j, common, run, gone, pairs);
            }
        }
        if alike >= MOVED && one.len().min(other.len()) >= MIN_MOVED {
            elsewhere.push((alike, i, j));
        }
    }
    for (run, pairs) in runs.iter().zip(by_run) {
        for pair in chain(pairs, run) {
            gone.take(&pair.old);
            come.take(&pair.new);
            found.push(pair);
        }
    }
    elsewhere.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    for (_, i, j) in elsewhere {
        let (one, other) = (i..i + 1, j..j + 1);
        if gone.has(&one) && come.has(&other) {
            gone.take(&one);
            come.take(&other);
            found.push(Pair { old: one, new: other, in_order: false, common: 0 });
        }
    }
    found
}

/// The pairs worth comparing, sorted.
fn candidates(
    old: &[Bag],
    new: &[Bag],
    runs: &[Run],
    gone: &Free,
    come: &Free,
) -> Vec<(usize, usize)> {
    let mut holding: HashMap<u64, Vec<usize>> = HashMap::new();
    for j in come.all() {
        for hash in new.get(j).map(Bag::distinct).into_iter().flatten() {
            let places = holding.entry(hash).or_default();
            if places.len() <= RARE {
                places.push(j);
            }
        }
    }
    let mut pairs = Vec::new();
    for i in gone.all() {
        let mut hits: HashMap<usize, usize> = HashMap::new();
        for hash in old.get(i).map(Bag::distinct).into_iter().flatten() {
            for &j in holding.get(&hash).into_iter().filter(|places| places.len() <= RARE).flatten()
            {
                *hits.entry(j).or_default() += 1;
            }
        }
        let mut best: Vec<(usize, usize)> = hits.into_iter().map(|(j, n)| (n, j)).collect();
        best.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        pairs.extend(best.into_iter().take(CANDIDATES).map(|(_, j)| (i, j)));
    }
    for run in runs {
        let news: Vec<usize> = come.within(run.new.clone()).collect();
        let olds: Vec<usize> = gone.within(run.old.clone()).collect();
        if olds.len().max(news.len()) <= SMALL {
            pairs.extend(olds.iter().flat_map(|&i| news.iter().map(move |&j| (i, j))));
        } else {
            pairs.extend(olds.iter().copied().zip(news.iter().copied()));
            pairs.extend(olds.iter().rev().copied().zip(news.iter().rev().copied()));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The words of both sides.
#[derive(Clone, Copy)]
struct Sides<'a> {
    old: &'a [Bag],
    new: &'a [Bag],
}

impl Sides<'_> {
    /// The runs of new paragraphs around `j` that old paragraph `i` may have been split into.
    fn splits(
        self,
        i: usize,
        j: usize,
        common: usize,
        run: &Run,
        come: &Free,
        pairs: &mut Vec<Pair>,
    ) {
        for (places, common) in parts(self.old, i, self.new, j, common, &run.new, come) {
            pairs.push(Pair { old: i..i + 1, new: places, in_order: true, common });
        }
    }

    /// The runs of old paragraphs around `i` that new paragraph `j` may have been merged from.
    fn merges(
        self,
        i: usize,
        j: usize,
        common: usize,
        run: &Run,
        gone: &Free,
        pairs: &mut Vec<Pair>,
    ) {
        for (places, common) in parts(self.new, j, self.old, i, common, &run.old, gone) {
            pairs.push(Pair { old: places, new: j..j + 1, in_order: true, common });
        }
    }
}

/// The runs of two to [`MAX_PARTS`] free paragraphs around `part` that together are `whole`, each
/// with the number of common words.
fn parts(
    wholes: &[Bag],
    whole: usize,
    others: &[Bag],
    part: usize,
    common: usize,
    within: &Range<usize>,
    free: &Free,
) -> Vec<(Range<usize>, usize)> {
    let (Some(all), Some(one)) = (wholes.get(whole), others.get(part)) else { return Vec::new() };
    let is_part = |bag: &Bag, common: usize| {
        super::words::ratio(common, bag.len()) >= PART && bag.len() < all.len()
    };
    if !is_part(one, common) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let least = within.start.max((part + 1).saturating_sub(MAX_PARTS));
    for start in least..=part {
        for end in (part + 1).max(start + 2)..=(start + MAX_PARTS).min(within.end) {
            let places = start..end;
            let Some(bags) = others.get(places.clone()).filter(|_| free.has(&places)) else {
                continue;
            };
            if bags.iter().all(|bag| is_part(bag, bag.common(all))) {
                let joined = Bag::joined(bags);
                let common = joined.common(all);
                if super::words::ratio(2 * common, joined.len() + all.len()) >= WHOLE {
                    found.push((places, common));
                }
            }
        }
    }
    found
}

/// The pairs of a run that stand in order and have the most words in common.
fn chain(mut pairs: Vec<Pair>, run: &Run) -> Vec<Pair> {
    pairs.sort_by(|a, b| {
        (a.old.start, a.new.start, a.old.end, a.new.end).cmp(&(
            b.old.start,
            b.new.start,
            b.old.end,
            b.new.end,
        ))
    });
    let mut by_end: Vec<usize> = (0..pairs.len()).collect();
    by_end.sort_by_key(|at| pairs.get(*at).map(|pair| pair.old.end));
    let mut by_end = by_end.into_iter().peekable();
    let mut best = Best::new(run.new.len() + 1);
    let mut scores: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for pair in &pairs {
        while let Some(at) =
            by_end.next_if(|at| pairs.get(*at).is_some_and(|other| other.old.end <= pair.old.start))
        {
            if let (Some(other), Some((score, _))) = (pairs.get(at), scores.get(at)) {
                best.add(other.new.end - run.new.start, *score, at);
            }
        }
        let (before, last) = best.up_to(pair.new.start - run.new.start);
        // A plain pair goes before a split that shares no more.
        let plain = usize::from(pair.old.len() + pair.new.len() == 2);
        scores.push((before + 2 * pair.common + plain, last));
    }
    let mut next = (0..pairs.len()).max_by_key(|at| scores.get(*at).map(|(score, _)| *score));
    let mut chosen = Vec::new();
    while let Some(at) = next {
        chosen.extend(pairs.get(at).cloned());
        next = scores.get(at).and_then(|(_, before)| *before);
    }
    chosen
}

/// The best score at or before each place (a Fenwick tree of maxima).
struct Best(Vec<(usize, Option<usize>)>);

impl Best {
    fn new(places: usize) -> Self {
        Self(vec![(0, None); places + 1])
    }

    fn add(&mut self, place: usize, score: usize, of: usize) {
        let mut at = place + 1;
        while let Some(slot) = self.0.get_mut(at) {
            if score > slot.0 {
                *slot = (score, Some(of));
            }
            at += at & at.wrapping_neg();
        }
    }

    fn up_to(&self, place: usize) -> (usize, Option<usize>) {
        let mut best = (0, None);
        let mut at = place + 1;
        while at > 0 {
            if let Some(slot) = self.0.get(at)
                && slot.0 > best.0
            {
                best = *slot;
            }
            at -= at & at.wrapping_neg();
        }
        best
    }
}
