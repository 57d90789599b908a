//! Lays the words of two names beside each other.

use super::name::Name;
use super::word::{How, Word};

/// What was found of two names laid beside each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Laid {
    /// How each word of the one is one of the other, and the places of both.
    pub(super) pairs: Vec<(How, usize, usize)>,
    /// Words of the one, then of the other, that have no counterpart.
    pub(super) alone: [Vec<usize>; 2],
    /// How many words are written as two in the other.
    pub(super) joins: usize,
    /// What it costs, by which ways to lay them are compared.
    cost: u32,
}

/// Lays the words of two names beside each other, at the lowest cost.
pub(super) fn lay(one: &Name, other: &Name) -> Option<Laid> {
    let mut best = None;
    step(one, other, 0, 0, Laid::default(), &mut best);
    best
}

fn step(one: &Name, other: &Name, i: usize, j: usize, laid: Laid, best: &mut Option<Laid>) {
    if best.as_ref().is_some_and(|best| best.cost <= laid.cost) {
        return;
    }
    let (a, b) = (one.words.get(i), other.words.get(j));
    if a.is_none() && b.is_none() {
        *best = Some(laid);
        return;
    }
    if let (Some(a), Some(b)) = (a, b) {
        let tells = one.tonal && other.tonal;
        if let Some(how) = a.like(b).filter(|how| !(tells && *how == How::Marks)) {
            let mut next = laid.clone();
            next.pairs.push((how, i, j));
            next.cost += price(how);
            step(one, other, i + 1, j + 1, next, best);
        }
        let join = |words: &[Word], at: usize| Some(words.get(at)?.joined(words.get(at + 1)?));
        let written = |how: &How| matches!(how, How::Same | How::Marks | How::Script);
        let mut joined = |left: Option<Word>, right: Option<Word>, di: usize, dj: usize| {
            let how = left.zip(right).and_then(|(left, right)| left.like(&right)).filter(written);
            if let Some(how) = how.filter(|how| !(tells && *how == How::Marks)) {
                let mut next = laid.clone();
                next.pairs.push((how, i, j));
                next.joins += 1;
                next.cost += price(how) + 1;
                step(one, other, i + di, j + dj, next, best);
            }
        };
        if !a.initial && !b.initial {
            joined(join(&one.words, i), Some(b.clone()), 2, 1);
            joined(Some(a.clone()), join(&other.words, j), 1, 2);
        }
    }
    let mut without = |word: Option<&Word>, side: usize, at: usize| {
        let Some(word) = word else { return };
        let (mine, others) = if side == 0 { (0, 1) } else { (1, 0) };
        let full = !word.particle;
        let taken = |list: &[usize], name: &Name| {
            list.iter().filter(|at| name.words.get(**at).is_some_and(|word| !word.particle)).count()
        };
        let names = [one, other];
        let across = laid.alone.get(others).zip(names.get(others));
        if full && across.is_some_and(|(list, name)| taken(list, name) > 0) {
            return;
        }
        let mut next = laid.clone();
        if let Some(list) = next.alone.get_mut(mine) {
            list.push(at);
        }
        next.cost += if word.particle {
            1
        } else if word.initial {
            6
        } else {
            10
        };
        let (i, j) = if side == 0 { (i + 1, j) } else { (i, j + 1) };
        step(one, other, i, j, next, best);
    };
    without(a, 0, i);
    without(b, 1, j);
}

fn price(how: How) -> u32 {
    match how {
        How::Same => 0,
        How::Marks => 1,
        How::Script => 2,
        How::Sound(_) => 4,
        How::Initial => 5,
        How::Typo(_) => 8,
    }
}
