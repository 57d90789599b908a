//! The article's text: the runs of its region that are paragraphs, subheads, items and quotations.
//!
//! Left out are captions and what else stands in figures, fact boxes and asides, links to other
//! articles, labels, dates on their own, and subheads of what was left out. Subheads of the article
//! and lists in it are its text.

use super::blocks::Run;
use super::labels;
use super::marks::{Marked, Why};
use super::tag::Tag;
use super::tree::Id;

/// The longest label, in letters.
const MAX_LABEL: usize = 30;

/// The longest line that is a link to another article and nothing else, in letters.
const MAX_LINK: usize = 250;

/// The shortest text that counts as an article where nothing else does, in letters.
const MIN_ARTICLE: usize = 140;

/// The numbers of the runs that are the article's text, in order. `is_said` tells what was said
/// already: the headline.
pub(super) fn find(
    marked: &Marked<'_>,
    region: Id,
    confirmed: Option<&[bool]>,
    is_said: impl Fn(&Run) -> bool,
) -> Vec<usize> {
    let (from, to) = marked.range(region);
    let is_confirmed = |number: usize| confirmed.and_then(|all| all.get(number).copied());
    let mut kept: Vec<usize> = (from..to)
        .filter(|number| {
            let Some(run) = marked.runs.get(*number) else { return false };
            if marked.why.get(*number).is_some_and(Option::is_some) || is_said(run) {
                return false;
            }
            is_confirmed(*number) == Some(true)
                || (is_text(run) && !labels::is_label(marked, *number, run))
        })
        .collect();
    labels::drop_repeated(marked, &mut kept);
    if let Some(confirmed) = confirmed {
        keep_confirmed(marked, confirmed, &mut kept);
    }
    drop_orphan_headings(marked, &mut kept, to);
    let all: usize =
        kept.iter().filter_map(|number| marked.runs.get(*number)).map(|run| run.length).sum();
    if all < MIN_ARTICLE && all * 2 < marked.bulk(region) && kept.len() < 2 {
        return Vec::new();
    }
    kept
}

/// Whether a run by itself may be part of an article's text.
fn is_text(run: &Run) -> bool {
    let text = run.text.as_str();
    if !text.chars().any(char::is_alphanumeric) {
        return false;
    }
    if run.link_share() >= 60 && run.length < MAX_LINK {
        return false;
    }
    let own = run.tag.is_heading()
        || matches!(
            run.tag,
            Tag::P | Tag::Li | Tag::Blockquote | Tag::Pre | Tag::Dd | Tag::Dt | Tag::Td | Tag::Th
        );
    let ends = text.ends_with([
        '.', '!', '?', ':', ';', '…', ')', '"', '”', '»', '’', '。', '！', '？', '」', '।', '؟',
        '۔',
    ]);
    own || ends || run.length >= MAX_LABEL
}

/// Where the page's data repeat the article's text, what they don't repeat is no part of it: before
/// the first and after the last repeated run, and short runs between. Sign-offs at the end stay:
/// data often leave them out.
fn keep_confirmed(marked: &Marked<'_>, confirmed: &[bool], kept: &mut Vec<usize>) {
    let is = |number: &usize| confirmed.get(*number).copied().unwrap_or_default();
    let Some(first) = kept.iter().copied().find(is) else { return };
    let Some(last) = kept.iter().rev().copied().find(is) else { return };
    let run = |number: usize| marked.runs.get(number);
    let place = run(last).map(|run| marked.tree.parent(run.within));
    kept.retain(|number| {
        let Some(own) = run(*number) else { return false };
        if is(number) {
            return true;
        }
        if *number > last {
            return *number <= last + 2 && Some(marked.tree.parent(own.within)) == place;
        }
        *number > first && (own.tag.is_heading() || own.length >= 200 || own.length < 40)
    });
}

/// Subheads that head nothing any more: at the end, or right before links that were left out.
fn drop_orphan_headings(marked: &Marked<'_>, kept: &mut Vec<usize>, end: usize) {
    let is_heading =
        |number: usize| marked.runs.get(number).is_some_and(|run| run.tag.is_heading());
    let mut clean: Vec<usize> = Vec::with_capacity(kept.len());
    let mut after: Option<usize> = None;
    for number in kept.iter().rev().copied() {
        let heads = match after {
            // At the end it heads nothing.
            None => false,
            // What stands between it and the next that is kept, captions aside.
            Some(next) => !(number + 1..next.min(end)).any(|between| {
                let why = marked.why.get(between).copied().flatten();
                let is_link = marked.runs.get(between).is_some_and(|run| run.link_share() >= 60);
                matches!(why, Some(Why::Teaser)) || (why.is_none() && is_link)
            }),
        };
        if is_heading(number) && !heads {
            continue;
        }
        after = Some(number);
        clean.push(number);
    }
    clean.reverse();
    *kept = clean;
}
