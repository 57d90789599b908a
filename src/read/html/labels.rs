//! Lines in an article's text that are none of it: dates on their own, reading times, words over
//! advertisements, marks of copyright, and what stands over links to other articles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::blocks::Run;
use super::jsonld::{plain, plain_up_to};
use super::marks::Marked;
use super::name;
use super::parts::{LABELS, MINUTES};
use super::tag::Tag;
use super::tree::Id;

/// The longest line that is a label, in letters.
const MAX_LABEL: usize = 60;

/// The most text of a part that is mostly links, in letters.
const MAX_LINKS: usize = 600;

/// The most nodes of a row of a table that is looked into.
const MAX_NODES: usize = 2_000;

/// The labels' letters and digits.
static BARE: LazyLock<HashSet<String>> =
    LazyLock::new(|| LABELS.split(", ").map(|label| plain_up_to(label, MAX_LABEL)).collect());

/// Whether a run of the text is a label.
pub(super) fn is_label(marked: &Marked<'_>, number: usize, run: &Run) -> bool {
    if run.tag == Tag::Time || is_date(run) || (is_line_of_dates(run) && !is_cell(marked, number)) {
        return true;
    }
    if is_cell(marked, number) {
        return false;
    }
    BARE.contains(&plain_up_to(&run.text, MAX_LABEL))
        || is_reading_time(run)
        || is_copyright(run)
        || heads_links(marked, run)
}

/// Whether a run is a cell in a row of several.
fn is_cell(marked: &Marked<'_>, number: usize) -> bool {
    let Some(run) = marked.runs.get(number) else { return false };
    let tree = marked.tree;
    let row = std::iter::once(run.within)
        .chain(tree.ancestors(run.within))
        .find(|id| tree.tag(*id) == Some(Tag::Tr));
    row.is_some_and(|row| {
        let cells = tree.elements_in(row, tree.end(row));
        marked.bulk(row) <= MAX_LINKS
            && tree.end(row) - row <= MAX_NODES
            && cells.filter(|(_, tag)| matches!(tag, Tag::Td | Tag::Th)).count() > 1
    })
}

/// Whether a line says whose an article is, as its last words or a page's do.
fn is_copyright(run: &Run) -> bool {
    const LONGEST: usize = 200;
    let marks = ["©", "copyright ©", "copyright (c)", "copyright 20", "copyright 19"];
    let lower = run.text.get(..run.text.len().min(40)).unwrap_or(&run.text).to_lowercase();
    run.length <= LONGEST && marks.iter().any(|mark| lower.starts_with(mark))
}

/// Whether a run is a date or a time and nothing else.
fn is_date(run: &Run) -> bool {
    let in_table = matches!(run.tag, Tag::Td | Tag::Th);
    // A time alone, as it stands before each entry of a live blog.
    if run.text.chars().all(|c| c.is_ascii_digit() || ".:hH ".contains(c)) && !in_table {
        return true;
    }
    let digits = run.text.chars().filter(char::is_ascii_digit).count();
    let letters = run.text.chars().filter(|c| c.is_alphabetic()).count();
    let ends = run.text.ends_with(['.', '!', '?', '”', '"', '。']);
    run.length <= 40
        && digits >= 3
        && digits * 4 >= letters
        && !ends
        && run.tag != Tag::Li
        && !run.tag.is_heading()
        && !in_table
}

/// Whether a line says when an article was published and changed, in words of dates alone.
fn is_line_of_dates(run: &Run) -> bool {
    const LONGEST: usize = 120;
    let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let words = || run.text.split([' ', '|', ',', ':', '/', '·']).filter(|word| !word.is_empty());
    let digits = run.text.chars().filter(char::is_ascii_digit).count();
    run.length <= LONGEST
        && digits >= 5
        && !run.tag.is_heading()
        && words().all(|word| has_digit(word) || name::is_date_word(word) || word.len() <= 2)
}

/// "4 min read", in several languages.
fn is_reading_time(run: &Run) -> bool {
    const LONGEST: usize = 40;
    let lower = run.text.to_lowercase();
    let has = |word: &str| {
        lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|own| own.trim_start_matches(|c: char| c.is_ascii_digit()) == word)
    };
    run.length <= LONGEST
        && !run.tag.is_heading()
        && lower.chars().filter(char::is_ascii_digit).count() <= 2
        && lower.chars().any(|c| c.is_ascii_digit())
        && MINUTES.split(", ").any(has)
        && lower.split_whitespace().count() <= 6
}

/// Whether a short line stands in a small part of the page that is links for the most.
fn heads_links(marked: &Marked<'_>, run: &Run) -> bool {
    let ends = run.text.ends_with(['.', '!', '?', '…', '”', '"', '。', '！', '？', '।', '؟']);
    if run.length > MAX_LABEL || ends || run.link_share() >= 60 {
        return false;
    }
    let around = |id: &Id| {
        let (from, to) = marked.range(*id);
        to - from > 1
    };
    let Some(part) = marked.tree.ancestors(run.within).find(around) else { return false };
    if marked.bulk(part) > MAX_LINKS {
        return false;
    }
    let (from, to) = marked.range(part);
    let own = || marked.runs.iter().take(to).skip(from);
    let linked: usize = own().map(|run| run.linked).sum();
    let others_lead = own().all(|other| other.first == run.first || other.link_share() >= 60);
    others_lead && linked > 0
}

/// Drops short lines that stand several times between the paragraphs.
pub(super) fn drop_repeated(marked: &Marked<'_>, kept: &mut Vec<usize>) {
    let label = |number: usize| {
        let run = marked.runs.get(number)?;
        let may = run.length <= MAX_LABEL
            && !run.tag.is_heading()
            && !matches!(run.tag, Tag::Li | Tag::Td | Tag::Th | Tag::Dd | Tag::Dt | Tag::Pre)
            && !run.text.ends_with(['.', '!', '?', '…', '”', '"', '。', '！', '？', '।', '؟']);
        may.then(|| plain(&run.text))
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for text in kept.iter().filter_map(|number| label(*number)) {
        *counts.entry(text).or_default() += 1;
    }
    kept.retain(|number| {
        label(*number).is_none_or(|text| counts.get(&text).is_none_or(|count| *count < 3))
    });
}
