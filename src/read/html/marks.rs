//! Which runs of a page can't be the article's text, and why.

use super::blocks::Run;
use super::tag::Tag;
use super::tree::{Id, Key, Tree};
use super::words::{self, Said};

/// Why a run is not the article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Its part of the page is named or made for something else.
    Apart,
    /// It heads or ends the page or the article: titles, dates, names.
    Head,
    /// Readers wrote it.
    Comments,
    /// It names those who made the article.
    Author,
    /// It leads to another article.
    Teaser,
}

/// The most text of a part that leads to another article, as [`super::blocks::length`] counts.
const MAX_TEASER: usize = 600;

/// How many input fields of a page are looked at.
const MAX_FIELDS: usize = 200;

/// The most text of a part that names authors. What has more is about them, or holds the article.
const MAX_AUTHOR: usize = 300;

/// The runs of a page with what is known of each.
#[derive(Debug)]
pub(super) struct Marked<'a> {
    pub(super) tree: &'a Tree,
    pub(super) runs: &'a [Run],
    /// For each run, why it is not the article's text; none if it may be.
    pub(super) why: Vec<Option<Why>>,
    /// For each node, what its names say.
    pub(super) said: Vec<Said>,
    /// The length of the paragraphs that aren't marked.
    left: Sums,
    /// The length of all runs before each; one more entry than runs.
    bulk: Vec<usize>,
    /// The first-rank headings before each, likewise.
    headlines: Vec<usize>,
}

/// The runs from which sums begin: `[0, a, a + b, …]`.
fn sums(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut sum = 0;
    std::iter::once(0)
        .chain(values.map(|value| {
            sum += value;
            sum
        }))
        .collect()
}

/// Sums of values that shrink (a Fenwick tree): both in logarithmic time.
#[derive(Debug)]
struct Sums(Vec<usize>);

impl Sums {
    fn new(mut values: Vec<usize>) -> Self {
        for at in 0..values.len() {
            let value = values.get(at).copied().unwrap_or_default();
            if let Some(above) = values.get_mut(at | (at + 1)) {
                *above += value;
            }
        }
        Self(values)
    }

    /// The sum of the values before `end`.
    fn sum(&self, end: usize) -> usize {
        let mut sum = 0;
        let mut at = end;
        while let Some(last) = at.checked_sub(1) {
            sum += self.0.get(last).copied().unwrap_or_default();
            at &= last;
        }
        sum
    }

    fn take(&mut self, mut at: usize, value: usize) {
        while let Some(sum) = self.0.get_mut(at) {
            *sum = sum.saturating_sub(value);
            at |= at + 1;
        }
    }
}

impl<'a> Marked<'a> {
    /// Says of each run why it is not the article's text, if it is not.
    pub(super) fn new(tree: &'a Tree, runs: &'a [Run]) -> Self {
        let left = runs.iter().map(|run| if run.is_paragraph() { run.length } else { 0 });
        let left = Sums::new(left.collect());
        let bulk = sums(runs.iter().map(|run| run.length));
        let said = vec![Said::default(); tree.len()];
        let headlines = sums(runs.iter().map(|run| usize::from(run.tag == Tag::H1)));
        let why = vec![None; runs.len()];
        let mut marked = Self { tree, runs, why, said, left, bulk, headlines };
        marked.mark_parts();
        marked.mark_forms();
        marked.mark_teasers();
        marked
    }

    /// The numbers of the runs in an element: from, and to before.
    pub(super) fn range(&self, id: Id) -> (usize, usize) {
        let end = self.tree.end(id);
        let from = self.runs.partition_point(|run| run.first < id);
        let to = self.runs.partition_point(|run| run.first < end);
        (from, to)
    }

    fn between(sums: &[usize], (from, to): (usize, usize)) -> usize {
        let at = |place: usize| sums.get(place).copied().unwrap_or_default();
        at(to).saturating_sub(at(from))
    }

    /// How much text stands in an element.
    pub(super) fn bulk(&self, id: Id) -> usize {
        Self::between(&self.bulk, self.range(id))
    }

    /// The share of an element's unmarked paragraphs, in per cent, that `chosen` says yes of.
    pub(super) fn share_of(&self, id: Id, chosen: &[bool]) -> usize {
        let (from, to) = self.range(id);
        let all = self.runs.iter().zip(&self.why).zip(chosen).take(to).skip(from);
        let (mut sum, mut part) = (0, 0);
        for ((run, why), is_chosen) in all {
            if run.is_paragraph() && (why.is_none() || *is_chosen) {
                sum += run.length;
                part += if *is_chosen { run.length } else { 0 };
            }
        }
        (part * 100).checked_div(sum).unwrap_or_default()
    }

    /// Marks runs. What is apart, and what readers wrote, is so whatever names it holds.
    fn set(&mut self, (from, to): (usize, usize), why: Why) {
        let goes_before = !matches!(why, Why::Head | Why::Author);
        for (number, one) in self.why.iter_mut().enumerate().take(to).skip(from) {
            if one.is_none() {
                let run = self.runs.get(number).filter(|run| run.is_paragraph());
                self.left.take(number, run.map_or(0, |run| run.length));
            }
            match one {
                Some(Why::Head | Why::Author) if goes_before => *one = Some(why),
                Some(_) => {}
                None => *one = Some(why),
            }
        }
    }

    /// Marks whole elements, the inner before the outer: what is left of the outer is judged
    /// without the gallery, the comments and the list of links in it.
    fn mark_parts(&mut self) {
        for id in (0..self.tree.len()).rev() {
            let Some(tag) = self.tree.tag(id) else { continue };
            if matches!(tag, Tag::Html | Tag::Body | Tag::Main) || tag.is_head_matter() {
                continue;
            }
            let said = words::said(self.tree, id);
            if let Some(one) = self.said.get_mut(id) {
                *one = said;
            }
            let (from, to) = self.range(id);
            if tag.is_inline() || from == to {
                continue;
            }
            if let Some(why) = self.part(id, tag, said) {
                self.set((from, to), why);
            }
        }
    }

    /// Why a whole element is not the article's text. What holds most of the page's paragraphs is
    /// not judged by its names: pages put an article into a form, an aside or a `modal`.
    fn part(&self, id: Id, tag: Tag, said: Said) -> Option<Why> {
        let (from, to) = self.range(id);
        let mass = self.left.sum(to) - self.left.sum(from);
        let total = self.left.sum(self.runs.len());
        let has_headline = self.holds_headline(id);
        let is_article = tag == Tag::Article || said.text;
        if (said.comments && !has_headline && !is_article) || self.is_comment(id) {
            return Some(Why::Comments);
        }
        let is_most = mass > 0 && mass * 5 >= total * if has_headline { 2 } else { 4 };
        if is_most || is_article || self.tree.has(id, Key::Itemprop, "articleBody") {
            return None;
        }
        if said.author && self.bulk(id) <= MAX_AUTHOR {
            return Some(Why::Author);
        }
        let apart = words::is_apart(self.tree, id, tag) || said.clutter;
        if apart && !(has_headline && mass > 0) {
            return Some(Why::Apart);
        }
        let head = said.meta || matches!(tag, Tag::Header | Tag::Footer | Tag::Address);
        head.then_some(Why::Head)
    }

    fn is_comment(&self, id: Id) -> bool {
        self.tree.has(id, Key::Itemprop, "comment")
            || self.tree.get(id, Key::Itemtype).is_some_and(|kind| kind.ends_with("/Comment"))
    }

    /// Whether an element holds a first-rank heading.
    fn holds_headline(&self, id: Id) -> bool {
        Self::between(&self.headlines, self.range(id)) > 0
    }

    /// What stands around a field for an address is an invitation to subscribe: the largest part
    /// that is small and no article.
    fn mark_forms(&mut self) {
        let all = self.bulk(0);
        let fields = self.tree.elements().filter(|(_, tag)| *tag == Tag::Input);
        for (id, _) in fields.take(MAX_FIELDS) {
            let has = |key: Key, word: &str| {
                self.tree.get(id, key).is_some_and(|own| own.to_ascii_lowercase().contains(word))
            };
            if !has(Key::Type, "email") && !has(Key::Name, "email") {
                continue;
            }
            let is_box = |above: &Id| {
                let own = self.bulk(*above);
                let named = self.said.get(*above).is_some_and(|said| said.text || said.author);
                let whole = matches!(self.tree.tag(*above), Some(Tag::Article | Tag::Main));
                own <= MAX_TEASER
                    && own * 3 <= all
                    && !self.holds_headline(*above)
                    && !named
                    && !whole
            };
            if let Some(part) = self.tree.ancestors(id).take_while(is_box).last() {
                self.set(self.range(part), Why::Apart);
            }
        }
    }

    /// A heading that is a link leads to another article, and so does what stands with it.
    fn mark_teasers(&mut self) {
        for (number, run) in self.runs.iter().enumerate() {
            let is_link = run.tag.is_heading() && run.link_share() >= 90;
            if !is_link || run.tag == Tag::H1 || self.why.get(number) != Some(&None) {
                continue;
            }
            // The nearest element that holds more than the heading, if it is small.
            let around = self.tree.ancestors(run.within).find(|id| {
                let (from, to) = self.range(*id);
                to - from > 1
            });
            let range = match around {
                Some(id) if self.bulk(id) <= MAX_TEASER && !self.holds_headline(id) => {
                    self.range(id)
                }
                _ => (number, number + 1),
            };
            self.set(range, Why::Teaser);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::{blocks, build::build};

    #[test]
    fn sums_shrink() {
        let mut sums = Sums::new((1..=9).collect());
        assert_eq!(
            (0..=9).map(|end| sums.sum(end)).collect::<Vec<_>>(),
            [0, 1, 3, 6, 10, 15, 21, 28, 36, 45]
        );
        sums.take(3, 4);
        assert_eq!((sums.sum(3), sums.sum(4), sums.sum(9)), (6, 6, 41));
    }

    #[test]
    fn parts_are_judged_by_what_is_left_of_them() {
        let text = "A paragraph that is long enough to count as one, for it goes on and on and on, and on. ";
        let page = format!(
            "<h1>x</h1><div id=share-wrap><p>{text}</p><div class=gallery><p>{text}</p><p>{text}</p>\
             <p>{text}</p></div></div><div class=sidebar><p>{text}</p></div>"
        );
        let tree = build(&page).unwrap();
        let runs = blocks::cut(&tree);
        let why = Marked::new(&tree, &runs).why;
        let apart = Some(Why::Apart);
        assert_eq!(why, [None, None, apart, apart, apart, apart]);
    }
}
