//! A page as lines of text: what stands in one paragraph, heading, item or cell, in reading order.

use super::tag::Tag;
use super::tree::{Id, Key, Tree, collapse};
use super::words;

/// A run of text that no other element interrupts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The text, white space collapsed.
    pub(super) text: String,
    /// The element that it stands in: the nearest that is not part of a line.
    pub(super) within: Id,
    /// Its element's name.
    pub(super) tag: Tag,
    /// The first node of its text.
    pub(super) first: Id,
    /// How much it holds, in letters; those of scripts that write a word with few count double.
    pub(super) length: usize,
    /// How much of that is in links to elsewhere.
    pub(super) linked: usize,
}

impl Run {
    /// How much of it is links, in per cent.
    pub(super) fn link_share(&self) -> usize {
        (self.linked * 100).checked_div(self.length).unwrap_or(0)
    }

    /// Whether it looks like a paragraph.
    pub(super) fn is_paragraph(&self) -> bool {
        self.length >= 80 && self.link_share() < 50 && !self.tag.is_heading()
    }
}

/// The length of a text as a reader feels it: ideographs and syllables count double.
pub(super) fn length(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' => 2,
            _ => 1,
        })
        .sum()
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Above {
    end: Id,
    tag: Tag,
    id: Id,
    is_line: bool,
    is_link: bool,
}

#[derive(Debug, Default)]
struct Cutter {
    runs: Vec<Run>,
    text: String,
    linked: usize,
    first: Option<Id>,
}

impl Cutter {
    fn close(&mut self, tree: &Tree, within: Id) {
        let text = collapse(&self.text);
        if let Some(first) = self.first.take()
            && !text.is_empty()
        {
            let tag = tree.tag(within).unwrap_or(Tag::Other);
            let length = length(&text);
            let linked = self.linked.min(length);
            self.runs.push(Run { text, within, tag, first, length, linked });
        }
        self.text.clear();
        self.linked = 0;
    }
}

/// Cuts a page into runs of text. What is hidden, and elements that hold no text, are left out;
/// a line break ends a run, except in a heading.
pub(super) fn cut(tree: &Tree) -> Vec<Run> {
    let mut cutter = Cutter::default();
    let mut above: Vec<Above> = Vec::new();
    let mut links = 0_usize;
    let mut at = 0;
    let within =
        |above: &[Above]| above.iter().rev().find(|one| !one.is_line).map_or(0, |one| one.id);
    while at < tree.len() {
        while let Some(&last) = above.last()
            && last.end <= at
        {
            if !last.is_line {
                cutter.close(tree, within(&above));
            }
            links -= usize::from(last.is_link);
            above.pop();
        }
        let Some(tag) = tree.tag(at) else {
            let text = tree.own_text(at).unwrap_or_default();
            if !text.trim_ascii().is_empty() {
                cutter.first.get_or_insert(at);
                if links > 0 {
                    cutter.linked += length(&collapse(text));
                }
            }
            cutter.text.push_str(text);
            at += 1;
            continue;
        };
        if tag.is_no_text() || is_unseen(tree, at, tag) {
            if !tag.is_inline() {
                cutter.close(tree, within(&above));
            }
            at = tree.end(at).max(at + 1);
            continue;
        }
        let place = within(&above);
        if matches!(tag, Tag::Br | Tag::Hr) {
            if tree.tag(place).is_some_and(Tag::is_heading) {
                cutter.text.push(' ');
            } else {
                cutter.close(tree, place);
            }
        } else {
            // A custom element within a line is a part of it.
            let in_line = above
                .last()
                .is_some_and(|one| one.is_line || one.tag == Tag::P || one.tag.is_heading());
            let flows = tag.is_inline() || (tag == Tag::Other && in_line);
            if !flows {
                cutter.close(tree, place);
            }
            let is_link =
                tag == Tag::A && tree.get(at, Key::Href).is_some_and(|to| !to.starts_with('#'));
            links += usize::from(is_link);
            above.push(Above { end: tree.end(at), tag, id: at, is_line: flows, is_link });
        }
        at += 1;
    }
    while let Some(last) = above.last() {
        if !last.is_line {
            cutter.close(tree, within(&above));
        }
        above.pop();
    }
    cutter.close(tree, 0);
    cutter.runs
}

/// Whether an element shows nothing, or shows something to screen readers alone. The page itself is
/// seen: scripts unhide it.
fn is_unseen(tree: &Tree, id: Id, tag: Tag) -> bool {
    const SPOKEN: &[&str] = &["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"];
    if matches!(tag, Tag::Html | Tag::Body | Tag::Main | Tag::Article) {
        return false;
    }
    words::is_hidden(tree, id)
        || tree
            .get(id, Key::Class)
            .is_some_and(|class| class.split_ascii_whitespace().any(|one| SPOKEN.contains(&one)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::build::build;

    fn texts(page: &str) -> Vec<String> {
        cut(&build(page).unwrap()).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn blocks_and_line_breaks_end_runs() {
        assert_eq!(
            texts("<div>a <b>b</b><p>c<br>d</p>e <a href=x>f</a></div><h1>g<br>h</h1>"),
            ["a b", "c", "d", "e f", "g h"]
        );
        assert_eq!(texts("<p>a<x-y>b</x-y>c</p><x-y>d</x-y>e"), ["abc", "d", "e"]);
        assert_eq!(texts("<p>a<span hidden>b</span><span style='display: none'>c</span>d"), ["ad"]);
    }

    #[test]
    fn links_elsewhere_are_counted() {
        let runs = cut(&build("<p>ab <a href=/x>cd</a> <a href=#x>ef</a>").unwrap());
        assert_eq!((runs[0].length, runs[0].linked), (8, 2));
        assert_eq!(length("港a"), 3);
    }
}
