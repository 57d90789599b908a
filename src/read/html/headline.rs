//! Which heading is the article's.

use super::blocks::Run;
use super::jsonld::{agree, plain};
use super::marks::{Marked, Why};
use super::tag::Tag;

/// The longest headline, in letters.
const MAX_HEADLINE: usize = 400;

/// The article's headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headline {
    /// The text.
    pub(super) text: String,
    /// The number of the run that shows it, if the page shows it.
    pub(super) run: Option<usize>,
}

/// The headings that may be the headline: those of the first rank that show anything.
pub(super) fn shown(runs: &[Run]) -> Vec<String> {
    runs.iter().filter(|run| run.tag == Tag::H1).map(|run| run.text.clone()).collect()
}

/// The headline: the heading that agrees with a title of the page's head or data, else the only
/// heading of the first rank, else a title.
pub(super) fn find(marked: &Marked<'_>, titles: &[String], sites: &[String]) -> Option<Headline> {
    let plain_titles: Vec<String> = titles.iter().map(|title| plain(title)).collect();
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
    let is_site = |text: &str| sites.iter().any(|site| plain(site) == plain(text));
    let agreed = marked
        .runs
        .iter()
        .enumerate()
        .filter(may)
        .filter(|(_, run)| {
            let text = plain(&run.text);
            !is_site(&run.text)
                && plain_titles.iter().any(|title| {
                    if run.tag.is_heading() { agree(&text, title) } else { text == *title }
                })
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
        .filter(|(_, run)| run.tag == Tag::H1 && !is_site(&run.text));
    if let Some((number, run)) = first.next() {
        return Some(of(number, run));
    }
    let title =
        titles.iter().map(|title| without_site(title, sites)).find(|title| !title.is_empty())?;
    Some(Headline { text: title.to_owned(), run: None })
}

/// A title without the site's name, which stands after a bar or a dash, or before one.
fn without_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
    for mark in [" | ", " – ", " — ", " - ", " · ", " :: ", " » ", "｜", "："] {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let is = |part: &str| sites.iter().any(|site| plain(site) == plain(part));
            if is(after) || (sites.is_empty() && before.len() > 2 * after.len()) {
                return before.trim();
            }
        }
        if let Some((before, after)) = title.split_once(mark)
            && sites.iter().any(|site| plain(site) == plain(before))
        {
            return after.trim();
        }
    }
    title.trim()
}
