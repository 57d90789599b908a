//! Which heading is the article's.

use super::blocks::Run;
use super::jsonld::{agree, is_plainly, plain};
use super::marks::{Marked, Why};
use super::tag::Tag;
use super::tree::{Id, Key, Tree};

/// The longest headline, in letters.
const MAX_HEADLINE: usize = 400;

/// The shortest part of a title that may be the headline by itself, in letters and digits.
const MIN_PART: usize = 10;

/// Marks between a headline and the name of its site.
const MARKS: &[&str] = &[" | ", " – ", " — ", " - ", " · ", " :: ", " » ", "｜", "：", "_", ": "];

/// The article's headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headline {
    /// The text.
    pub(super) text: String,
    /// The number of the run that shows it, if the page shows it.
    pub(super) run: Option<usize>,
}

/// The headings that may be the headline, those of the first rank; and those that lead to the
/// site's front page, which are its name.
pub(super) fn shown(tree: &Tree, runs: &[Run]) -> (Vec<String>, Vec<String>) {
    let (home, shown): (Vec<&Run>, Vec<&Run>) =
        runs.iter().filter(|run| run.tag == Tag::H1).partition(|run| leads_home(tree, run));
    let texts = |runs: Vec<&Run>| runs.into_iter().map(|run| run.text.clone()).collect();
    (texts(shown), texts(home))
}

/// The headline: the heading that agrees with a title of the page's head or data, else the only
/// heading of the first rank, else a title.
pub(super) fn find(marked: &Marked<'_>, titles: &[String], sites: &[String]) -> Option<Headline> {
    // A title as a whole, and its parts: the site's name stands before or after the headline.
    let plain_titles: Vec<String> = titles.iter().map(|title| plain(title)).collect();
    let plain_parts: Vec<String> = titles
        .iter()
        .flat_map(|title| parts(title))
        .map(plain)
        .filter(|part| part.chars().count() >= MIN_PART)
        .collect();
    let of = |number: usize, run: &Run| Headline { text: run.text.clone(), run: Some(number) };
    let may = |(number, run): &(usize, &Run)| {
        run.length <= MAX_HEADLINE
            && !matches!(marked.why.get(*number), Some(Some(Why::Comments | Why::Teaser)))
    };
    let rank = |run: &Run| match run.tag {
        Tag::H1 => 3,
        Tag::H2 => 2,
        tag if tag.is_heading() => 1,
        _ => 0,
    };
    // The site's own name is a heading on many pages.
    let plain_sites: Vec<String> = sites.iter().map(|site| plain(site)).collect();
    let is_site = |run: &Run| {
        plain_sites.iter().any(|site| is_plainly(&run.text, site)) || leads_home(marked.tree, run)
    };
    let agreed = marked
        .runs
        .iter()
        .enumerate()
        .filter(may)
        .filter(|(_, run)| {
            let text = plain(&run.text);
            !is_site(run)
                && (plain_titles.iter().any(|title| {
                    if run.tag.is_heading() { agree(&text, title) } else { text == *title }
                }) || plain_parts.contains(&text))
        })
        .rev()
        .max_by_key(|(_, run)| rank(run));
    if let Some((number, run)) = agreed {
        return Some(of(number, run));
    }
    let mut first = marked
        .runs
        .iter()
        .enumerate()
        .filter(may)
        .filter(|(_, run)| run.tag == Tag::H1 && !is_site(run));
    if let Some((number, run)) = first.next() {
        return Some(of(number, run));
    }
    let title =
        titles.iter().map(|title| without_site(title, sites)).find(|title| !title.is_empty())?;
    Some(Headline { text: title.to_owned(), run: None })
}

/// Whether a heading is a link to the site's front page.
fn leads_home(tree: &Tree, run: &Run) -> bool {
    let is_home = |id: Id| {
        tree.has(id, Key::Rel, "home")
            || tree.get(id, Key::Href).is_some_and(|to| {
                let path = to.split_once("://").map_or(to, |(_, rest)| {
                    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
                });
                path == "/"
            })
    };
    let inside = tree.elements_in(run.within, tree.end(run.within));
    run.tag.is_heading()
        && run.link_share() >= 90
        && inside.into_iter().any(|(id, tag)| tag == Tag::A && is_home(id))
}

/// The parts of a title that bars and dashes set apart.
pub(super) fn parts(title: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(title);
    std::iter::from_fn(move || {
        let text = rest?;
        let marks = MARKS.iter().filter_map(|mark| Some((text.find(mark)?, *mark)));
        let first = marks.min_by_key(|(at, _)| *at);
        let (part, after) = match first {
            Some((at, mark)) => (text.get(..at)?, text.get(at + mark.len()..)),
            None => (text, None),
        };
        rest = after;
        Some(part.trim())
    })
}

/// A title without the site's name, which stands after a bar or a dash, or before one.
fn without_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
    for mark in MARKS {
        if let Some((before, after)) = title.rsplit_once(*mark) {
            let is = |part: &str| sites.iter().any(|site| plain(site) == plain(part));
            if is(after) || (sites.is_empty() && before.len() > 2 * after.len()) {
                return before.trim();
            }
        }
        if let Some((before, after)) = title.split_once(*mark)
            && sites.iter().any(|site| plain(site) == plain(before))
        {
            return after.trim();
        }
    }
    title.trim()
}
