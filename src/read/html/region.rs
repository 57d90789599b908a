//! Which part of a page holds the article.
//!
//! Every run has a weight: paragraphs count for it, links and labels against it. The element whose
//! runs weigh most holds the article, and more: an outer element weighs a little more by a stray
//! paragraph of a footer. So the search goes down again, as long as what a child leaves out is
//! little and looks unlike what it keeps; an article in several columns stays whole that way. What
//! the page itself calls the article's text is taken at its word if it holds most of it.

use std::collections::HashMap;

use super::blocks::Run;
use super::marks::{Marked, Why};
use super::tag::Tag;
use super::tree::{Id, Key, Tree};

/// The share of the weight, in per cent, that a child has to hold to be taken for the whole.
const MOST: i64 = 65;

/// The share of the weight, in per cent, that may be left out though it looks like what is kept.
const STRAY: i64 = 8;

/// The share of the weight, in per cent, that may be left out before what is kept: an article's
/// opening stands apart more often than its end.
const OPENING: i64 = 15;

/// How often a child is compared with what it leaves out: each comparison looks at all of it.
const MAX_STEPS: usize = 40;

/// The share of the weight, in per cent, of an element that the page calls the article's text.
const NAMED: i64 = 55;

/// How much a run speaks for its being in an article's text, and against it.
fn weight(run: &Run, why: Option<Why>, confirmed: Option<bool>) -> i64 {
    let length = i64::try_from(run.length.min(1_000)).unwrap_or(1_000);
    match why {
        Some(Why::Teaser) => return -(10 + length / 2),
        Some(Why::Comments) => return -length / 4,
        Some(_) => return 0,
        None => {}
    }
    let share = i64::try_from(run.link_share()).unwrap_or(100);
    if run.tag.is_heading() {
        return if share > 60 { -20 } else { 0 };
    }
    if share > 50 {
        return -(10 + length.min(100) / 2);
    }
    let plain = length * (100 - share) / 100;
    let weight = match () {
        () if length >= 80 || (run.tag == Tag::P && length >= 40) => plain,
        () if length >= 40 || run.tag == Tag::P => plain / 4,
        () => -3,
    };
    match confirmed {
        Some(true) => weight.max(length) * 2,
        Some(false) if weight > 0 => weight / 3,
        _ => weight,
    }
}

/// The element that holds the article, if any text does. `confirmed` says for each run whether the
/// page's data repeat it as the article's text, where they repeat that text.
pub(super) fn find(marked: &Marked<'_>, confirmed: Option<&[bool]>) -> Option<Id> {
    let weights: Vec<i64> = marked
        .runs
        .iter()
        .zip(&marked.why)
        .enumerate()
        .map(|(number, (run, why))| {
            weight(run, *why, confirmed.map(|all| all.get(number).copied().unwrap_or_default()))
        })
        .collect();
    let search = Search::new(marked, &weights);
    let best = search.heaviest()?;
    Some(search.narrow(search.named(best).unwrap_or(best)))
}

struct Search<'a> {
    marked: &'a Marked<'a>,
    tree: &'a Tree,
    weights: &'a [i64],
    sums: Vec<i64>,
    /// The same of weights above zero alone.
    gains: Vec<i64>,
}

impl<'a> Search<'a> {
    fn new(marked: &'a Marked<'a>, weights: &'a [i64]) -> Self {
        let sums = |values: &mut dyn Iterator<Item = i64>| {
            let mut sum = 0;
            let mut all = vec![0];
            for value in values {
                sum += value;
                all.push(sum);
            }
            all
        };
        Self {
            marked,
            tree: marked.tree,
            weights,
            sums: sums(&mut weights.iter().copied()),
            gains: sums(&mut weights.iter().map(|weight| (*weight).max(0))),
        }
    }

    fn between(&self, sums: &[i64], id: Id) -> i64 {
        let (from, to) = self.marked.range(id);
        let at = |place: usize| sums.get(place).copied().unwrap_or_default();
        at(to) - at(from)
    }

    fn gain(&self, id: Id) -> i64 {
        self.between(&self.gains, id)
    }

    /// The blocks of the page, without lines and their parts.
    fn blocks(&self, from: Id, to: Id) -> impl Iterator<Item = Id> {
        let is_block = |tag: Tag| !tag.is_inline() && !tag.is_no_text() && !tag.is_void();
        self.tree.elements_in(from, to).filter(move |(_, tag)| is_block(*tag)).map(|(id, _)| id)
    }

    /// The element of the greatest weight; of several the innermost.
    fn heaviest(&self) -> Option<Id> {
        let mut best: Option<(i64, Id)> = None;
        for id in self.blocks(0, self.tree.len()) {
            let sum = self.between(&self.sums, id);
            if sum > 0 && best.is_none_or(|(most, _)| sum >= most) {
                best = Some((sum, id));
            }
        }
        // A paragraph is what weighs; what holds it is the region.
        let mut id = best?.1;
        while matches!(
            self.tree.tag(id),
            Some(Tag::P | Tag::Li | Tag::Blockquote | Tag::Ul | Tag::Ol)
        ) {
            id = self.tree.parent(id);
        }
        Some(id)
    }

    /// The part of an element that the page calls the article's text, if it holds most of it.
    /// Where several are called so, one after another, it is what holds them all.
    fn named(&self, best: Id) -> Option<Id> {
        let whole = self.gain(best);
        let is_named = |id: Id| {
            self.tree.has(id, Key::Itemprop, "articleBody")
                || self.marked.said.get(id).is_some_and(|said| said.text)
                || self.tree.get(id, Key::Name) == Some("articleBody")
        };
        let is_most = |id: &Id| self.gain(*id) * 100 >= whole * NAMED;
        let inside = || self.blocks(best + 1, self.tree.end(best));
        if let Some(named) = inside().filter(|id| is_named(*id)).filter(is_most).last() {
            let class = self.class(named);
            let others = inside().filter(|id| {
                let apart = *id >= self.tree.end(named) || self.tree.end(*id) <= named;
                apart && is_named(*id) && self.class(*id) == class && self.gain(*id) > 0
            });
            // The nearest element around all of them.
            let all = others.fold((named, named), |(from, to), id| (from.min(id), to.max(id)));
            let around = std::iter::once(named).chain(self.tree.ancestors(named));
            return around.into_iter().find(|id| *id <= all.0 && all.1 < self.tree.end(*id));
        }
        inside().filter(|id| self.tree.tag(*id) == Some(Tag::Article)).filter(is_most).last()
    }

    /// The first class of an element, without the number that tells columns apart.
    fn class(&self, id: Id) -> &str {
        let classes = self.tree.get(id, Key::Class).unwrap_or_default();
        let first = classes.split_ascii_whitespace().next().unwrap_or_default();
        first.trim_end_matches(|c: char| c.is_ascii_digit() || "-_".contains(c))
    }

    /// Goes down to the child that holds the article, as far as one does.
    fn narrow(&self, from: Id) -> Id {
        let mut at = from;
        let mut steps = 0;
        while steps < MAX_STEPS
            && let Some(child) = self.child(at)
        {
            steps += usize::from(self.marked.range(child) != self.marked.range(at));
            at = child;
        }
        at
    }

    fn child(&self, at: Id) -> Option<Id> {
        let whole = self.gain(at);
        if whole == 0 {
            return None;
        }
        let (from, to) = self.marked.range(at);
        let mut id = at + 1;
        while id < self.tree.end(at) {
            let is_block = self
                .tree
                .tag(id)
                .is_some_and(|tag| !tag.is_inline() && !tag.is_void() && tag != Tag::P);
            if is_block && self.gain(id) * 100 >= whole * MOST {
                let kept = self.marked.range(id);
                return (!self.leaves_out_alike((from, to), kept, whole)).then_some(id);
            }
            // Only children: what is in one that holds too little is skipped with it.
            id = self.tree.end(id).max(id + 1);
        }
        None
    }

    /// Whether what stands around a part looks like what is in it.
    fn leaves_out_alike(
        &self,
        (from, to): (usize, usize),
        (kept_from, kept_to): (usize, usize),
        whole: i64,
    ) -> bool {
        if (from, to) == (kept_from, kept_to) {
            return false;
        }
        let gain = |place: usize| self.gains.get(place).copied().unwrap_or_default();
        if (gain(kept_from) - gain(from)) * 100 > whole * OPENING {
            return true;
        }
        let mut looks: HashMap<Look<'_>, i64> = HashMap::new();
        for number in kept_from..kept_to {
            let weight = self.weights.get(number).copied().unwrap_or_default();
            if let (true, Some(run)) = (weight > 0, self.marked.runs.get(number)) {
                *looks.entry(self.look(run)).or_default() += weight;
            }
        }
        let alike: i64 = (from..kept_from)
            .chain(kept_to..to)
            .filter_map(|number| {
                let weight = self.weights.get(number).copied().filter(|weight| *weight > 0)?;
                let run = self.marked.runs.get(number)?;
                looks.contains_key(&self.look(run)).then_some(weight)
            })
            .sum();
        alike * 100 > whole * STRAY
    }

    /// What a run looks like: its element and the one around it, by name and class.
    fn look(&self, run: &Run) -> Look<'_> {
        let around = self.tree.parent(run.within);
        Look {
            tag: run.tag,
            class: self.class(run.within),
            around: self.tree.tag(around),
            around_class: self.class(around),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Look<'a> {
    tag: Tag,
    class: &'a str,
    around: Option<Tag>,
    around_class: &'a str,
}
