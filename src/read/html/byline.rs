//! The lines in which a page shows who made its article: between the headline and the text, and
//! after the text.
//!
//! Where such lines are, class names, `rel=author` and microdata tell; where a page has none of
//! these, the credit parser is asked of the short lines there whether they credit anybody. What a
//! line says is not looked at here.

use std::collections::BTreeSet;

use super::blocks::{Run, length};
use super::marks::{Marked, Why};
use super::name;
use super::reading::{self, MARK, Reading, reading, split};
use super::tag::Tag;
use super::tree::{Id, Key};
use super::words;

/// A line of credits that the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// The line, without dates and addresses.
    pub(super) text: String,
    /// The first run of it, and the one after its last.
    pub(super) runs: (usize, usize),
    /// Whether it has words for what somebody did.
    pub(super) by_phrase: bool,
    /// How many it names, at least.
    count: usize,
}

/// Where on the page lines of credits are looked for, and what is known of authors.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) marked: &'a Marked<'a>,
    /// The number of the headline's run.
    pub(super) headline: Option<usize>,
    /// The numbers of the text's first and last run.
    pub(super) body: Option<(usize, usize)>,
    /// The names that the page's head or data give.
    pub(super) known: &'a [String],
    /// What the site is called.
    pub(super) sites: &'a [String],
}

/// How many runs before the headline, and after the text, are looked at.
const BEFORE: usize = 6;

/// How many of the text's first runs may be lines of credits all the same.
const OPENING: usize = 3;
const AFTER: usize = 12;

/// The most lines of credits at the head.
const MAX_HEAD: usize = 4;

/// The most lines of credits after the text.
const MAX_TAIL: usize = 4;

/// The most nodes of an element that is one line of credits.
const MAX_NODES: usize = 2_000;

/// The longest name, in letters.
const MAX_NAME: usize = 60;

/// How many of the text's last runs may say who its author is.
const ABOUT: usize = 1;

/// The longest line of credits, in letters.
const MAX_LINE: usize = 240;

impl Search<'_> {
    /// The lines at the head of the article.
    pub(super) fn head(&self) -> Vec<Shown> {
        let (first, _) = self.body.unwrap_or((self.marked.runs.len(), 0));
        let from = self.headline.map_or(0, |at| at.saturating_sub(BEFORE));
        // The head comes before the text, or in its first lines.
        let to = first.max(self.headline.map_or(0, |at| at + 1)) + OPENING;
        self.nearest(self.lines(from, to.min(self.marked.runs.len())))
    }

    /// Of many lines, those next to each other that stand nearest to the headline, or name whom the
    /// page's data name: the others are of other articles.
    fn nearest(&self, mut lines: Vec<Shown>) -> Vec<Shown> {
        const FAR: usize = 4;
        let is_plain = |line: &Shown| self.marked.why.get(line.runs.0) != Some(&Some(Why::Apart));
        let is_firm = |line: &Shown| line.by_phrase || self.is_known(&line.text);
        // What is apart has names of its own: at most the nearest of it is the article's.
        let has_plain = lines.iter().any(is_plain);
        if has_plain {
            lines.retain(is_plain);
        }
        if lines.iter().any(is_firm) {
            lines.retain(is_firm);
        }
        let anchor = self.headline.or(self.body.map(|(first, _)| first)).unwrap_or_default();
        let known = lines.iter().position(|line| self.is_known(&line.text));
        let near = || {
            (0..lines.len())
                .min_by_key(|at| lines.get(*at).map(|line| line.runs.0.abs_diff(anchor)))
        };
        let Some(at) = known.or_else(near) else { return lines };
        let joins = |one: usize, two: usize| {
            lines
                .get(one)
                .zip(lines.get(two))
                .is_some_and(|(one, two)| two.runs.0 <= one.runs.1 + FAR)
        };
        let from = (0..at).rev().take_while(|from| joins(*from, from + 1)).last().unwrap_or(at);
        let to = (at..lines.len().saturating_sub(1)).take_while(|to| joins(*to, to + 1)).last();
        let to = to.map_or(at + 1, |to| to + 2);
        // So many lines of names alone are a list of articles.
        let is_list = to - from > MAX_HEAD || !has_plain;
        let (from, to) = if is_list { (at, at + 1) } else { (from, to) };
        lines.drain(from..to.min(lines.len())).collect()
    }

    /// The lines after the text.
    pub(super) fn tail(&self) -> Vec<Shown> {
        let Some((_, last)) = self.body else { return Vec::new() };
        let mut lines = self.lines(last + 1, (last + 1 + AFTER).min(self.marked.runs.len()));
        // Without words for what they did, names there are of other articles' authors.
        let apart = |line: &Shown| self.marked.why.get(line.runs.0) == Some(&Some(Why::Apart));
        let may = |line: &Shown| self.known.is_empty() && !apart(line);
        lines.retain(|line| line.by_phrase || self.is_known(&line.text) || may(line));
        lines.truncate(MAX_TAIL);
        lines
    }

    fn lines(&self, from: usize, to: usize) -> Vec<Shown> {
        let mut found: Vec<Shown> = Vec::new();
        let start = self.marked.runs.get(from).map_or(0, |run| run.within);
        let end = self.marked.runs.get(to).map_or(self.marked.tree.len(), |run| run.first);
        let mut done = 0;
        for (id, _) in self.marked.tree.elements_in(start, end) {
            if id < done || !self.names_authors(id) {
                continue;
            }
            if let Some(shown) = self.read(id)
                && shown.runs.0 >= from
            {
                done = self.marked.tree.end(id);
                if !found.iter().any(|have| have.text == shown.text) {
                    found.push(shown);
                }
            }
        }
        let taken =
            |number: usize| found.iter().any(|one| one.runs.0 <= number && number < one.runs.1);
        let mut plain: Vec<Shown> = (from..to)
            .filter(|number| !taken(*number))
            .filter_map(|number| self.plain_line(number))
            .collect();
        plain.retain(|one| !found.iter().any(|have| have.text == one.text));
        found.append(&mut plain);
        found.sort_by_key(|one| one.runs.0);
        found
    }

    /// Whether an element says that it names authors of the page's article.
    fn names_authors(&self, id: Id) -> bool {
        let tree = self.marked.tree;
        let said = self.marked.said.get(id).copied().unwrap_or_default();
        let is = said.author && !said.comments
            || tree.has(id, Key::Rel, "author")
            || tree.has(id, Key::Itemprop, "author")
            || tree.tag(id) == Some(Tag::Address);
        is && !tree.ancestors(id).any(|above| {
            ["image", "video", "comment"]
                .into_iter()
                .any(|part| tree.has(above, Key::Itemprop, part))
        })
    }

    /// The runs that an element has a part in.
    fn runs_of(&self, id: Id) -> (usize, usize) {
        let (from, to) = self.marked.range(id);
        // A part of a line: the run began before it.
        let whole = from.checked_sub(1).filter(|_| from == to);
        whole.map_or((from, to), |run| (run, run + 1))
    }

    fn read(&self, id: Id) -> Option<Shown> {
        let runs = self.runs_of(id);
        let why = self.marked.why.get(runs.0).copied().flatten();
        let tree = self.marked.tree;
        let is_firm = tree.has(id, Key::Rel, "author") || tree.has(id, Key::Itemprop, "author");
        let is_others = matches!(why, Some(Why::Comments | Why::Teaser));
        let is_large = tree.end(id) - id > MAX_NODES;
        if is_others || is_large || Some(runs.0) == self.headline {
            return None;
        }
        let in_body = self.body.is_some_and(|(first, last)| (first..=last).contains(&runs.0));
        if in_body && why.is_none() {
            return None;
        }
        let pieces = self.pieces(id);
        if pieces.iter().map(|piece| length(piece)).sum::<usize>() > MAX_LINE {
            return None;
        }
        let is_marked = self.known.is_empty();
        let is_firm = is_firm || is_marked;
        // All of it as one line, if that has words for who did what and misses nobody; else the
        // pieces that are names.
        let whole = pieces.join(" ");
        let all = reading(&whole);
        let names = self.names(&pieces, &self.sure(id), runs, is_firm);
        match all {
            Some(read) if read.by_phrase && goes_whole(read, names.as_ref()) => {
                Some(Shown { text: whole, runs, by_phrase: true, count: read.credits })
            }
            None if names.is_none() && is_marked && reading::is_short_name(&whole) => {
                let text = reading::unbracketed(&whole).to_owned();
                Some(Shown { text, runs, by_phrase: false, count: 1 })
            }
            Some(read) if names.is_none() && (is_firm && read.is_name || self.is_known(&whole)) => {
                Some(Shown { text: whole, runs, by_phrase: false, count: read.credits })
            }
            _ => names,
        }
    }

    /// The texts in an element that it says are names.
    fn sure(&self, id: Id) -> Vec<String> {
        let tree = self.marked.tree;
        let is_name = |id: Id| {
            tree.has(id, Key::Rel, "author")
                || tree.has(id, Key::Itemprop, "name")
                || tree.has(id, Key::Class, "fn")
        };
        let all = tree.elements_in(id, tree.end(id)).filter(|(id, _)| is_name(*id));
        let texts = all.map(|(id, _)| tree.text_of(id)).filter(|text| length(text) <= MAX_NAME);
        texts.filter(|text| reading(text).is_some_and(|read| read.is_name)).take(20).collect()
    }

    /// Whether a line of the head has an address of mail in a link beside what else it says, or a
    /// line after the text begins with all of it: somebody's own name, and what they are.
    fn is_signed(&self, number: usize) -> bool {
        let Some((first, last)) = self.body.filter(|_| self.known.is_empty()) else { return false };
        let Some(run) = self.marked.runs.get(number).filter(|_| number <= first) else {
            return false;
        };
        let tree = self.marked.tree;
        let has_mail = || {
            let (from, to) = self.nodes(number);
            tree.elements_in(from, to)
                .any(|(id, _)| tree.get(id, Key::Href).is_some_and(|to| to.starts_with("mailto:")))
        };
        let is_told = |other: &Run| {
            let rest = other.text.strip_prefix(run.text.as_str());
            rest.is_some_and(|rest| rest.starts_with(' ') && length(rest) >= 10)
        };
        // Whom the article is about is named in it; its author in the end alone.
        let near = |at: usize| at < number && number <= at + 2;
        let from = last.saturating_sub(ABOUT).max(number + 1);
        let tells = || {
            let runs = self.marked.runs;
            let named = |other: &Run| other.text.contains(run.text.as_str());
            runs.iter().take(last + AFTER).skip(from).any(is_told)
                && !runs.iter().take(from).skip(number + 1).any(named)
        };
        let may_be_told = self.headline.is_some_and(near)
            && run.text.contains(' ')
            && length(&run.text) <= MAX_NAME
            && from > number + 3;
        (may_be_told && tells()) || (!run.tag.is_heading() && has_mail())
    }

    /// The pieces of a line that are names, as one line.
    fn names(
        &self,
        pieces: &[String],
        sure: &[String],
        runs: (usize, usize),
        is_firm: bool,
    ) -> Option<Shown> {
        let mut names: Vec<(&str, bool)> = Vec::new();
        let mut count = 0;
        let is_sure = |piece: &str| {
            self.is_known(piece)
                || sure.iter().any(|one| name::words(one).is_subset(&name::words(piece)))
        };
        for piece in pieces {
            let Some(read) = reading(piece) else { continue };
            let by_phrase = read.by_phrase;
            let is_sure = by_phrase || is_sure(piece);
            if (is_sure || (is_firm && read.is_name))
                && !names.iter().any(|(have, _)| have == piece)
            {
                count += if is_sure { read.credits } else { 0 };
                names.push((piece, is_sure));
            }
        }
        if names.iter().any(|(_, is_sure)| *is_sure) {
            names.retain(|(_, is_sure)| *is_sure);
        }
        let text = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let by_phrase = reading(&text).is_some_and(|read| read.by_phrase);
        (!text.is_empty()).then_some(Shown { text, runs, by_phrase, count })
    }

    /// A short line that credits somebody in so many words, or names whom the page's data name.
    fn plain_line(&self, number: usize) -> Option<Shown> {
        let run: &Run = self.marked.runs.get(number)?;
        let why = self.marked.why.get(number).copied().flatten();
        let may = run.length <= MAX_LINE
            && (!run.tag.is_heading() || self.is_signed(number))
            && Some(number) != self.headline
            && !self.body.is_some_and(|(first, last)| {
                (first + OPENING..=last).contains(&number) && why.is_none()
            })
            && !matches!(why, Some(Why::Comments | Why::Teaser | Why::Apart));
        if !may {
            return None;
        }
        // Its parts may touch where style sets them apart.
        let is_whole = self.marked.range(run.within) == (number, number + 1);
        let pieces =
            if is_whole { self.pieces(run.within) } else { self.pieces_in(self.nodes(number)) };
        let runs = (number, number + 1);
        let whole = pieces.join(" ");
        let names = self.names(&pieces, &[], runs, self.is_signed(number));
        match reading(&whole) {
            Some(read) if read.by_phrase && goes_whole(read, names.as_ref()) => {
                Some(Shown { text: whole, runs, by_phrase: true, count: read.credits })
            }
            _ => names,
        }
    }

    /// Whether a line names somebody whom the page's head or data name.
    fn is_known(&self, text: &str) -> bool {
        let own = name::words(text);
        let shares = |known: &BTreeSet<String>| {
            !known.is_empty() && (known.is_subset(&own) || own.is_subset(known))
        };
        !own.is_empty() && self.known.iter().map(|one| name::words(one)).any(|known| shares(&known))
    }

    /// The texts in an element that stand apart from each other, without dates and addresses.
    fn pieces(&self, id: Id) -> Vec<String> {
        self.pieces_in((id, self.marked.tree.end(id)))
    }

    /// The nodes from a run's first to before the next run's.
    fn nodes(&self, number: usize) -> (Id, Id) {
        let first = |number: usize| self.marked.runs.get(number).map(|run| run.first);
        let end = first(number + 1).unwrap_or(self.marked.tree.len());
        (first(number).unwrap_or(end), end)
    }

    fn pieces_in(&self, (id, end): (Id, Id)) -> Vec<String> {
        let tree = self.marked.tree;
        let mut text = String::new();
        // Whether nothing but white space stands between one part of a line and the next.
        let mut is_between = false;
        let mut at = id;
        while at < end {
            match tree.tag(at) {
                Some(tag)
                    if tag.is_no_text()
                        || tag == Tag::Time
                        || words::is_hidden(tree, at)
                        || tree.get(at, Key::Href).is_some_and(|to| to.starts_with("mailto:")) =>
                {
                    text.push(MARK);
                    at = tree.end(at).max(at + 1);
                    continue;
                }
                Some(tag) if !tag.is_inline() => text.push(MARK),
                // Where one part of a line touches another, style sets them apart.
                Some(Tag::Span | Tag::A) if is_between || text.ends_with(char::is_alphanumeric) => {
                    text.push(MARK);
                }
                Some(_) => {}
                None => {
                    let own = tree.own_text(at).unwrap_or_default();
                    let above = tree.tag(tree.parent(at));
                    if matches!(above, Some(tag) if !tag.is_inline()) {
                        // Text after a part, not in it.
                        let touches = text.ends_with(char::is_alphanumeric)
                            && own.starts_with(char::is_alphanumeric);
                        text.extend(touches.then_some(MARK));
                    }
                    text.push_str(own);
                    is_between = own.trim_ascii().is_empty();
                }
            }
            at += 1;
        }
        split(&text, self.sites)
    }
}

/// Whether a line is better read whole than by its pieces: pieces that credit as many leave out
/// what stands beside the names.
fn goes_whole(read: Reading, names: Option<&Shown>) -> bool {
    names.is_none_or(|names| {
        read.credits > names.count || (read.credits == names.count && !names.by_phrase)
    })
}
