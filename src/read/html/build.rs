//! Builds a page's tree from its tokens, and refuses what is too deep or too large on the way.
//!
//! `html5gum` cuts the page into tags and text as the HTML Standard says. Which element ends where
//! is decided here, by the part of the Standard's rules that moves text: paragraphs, list items and
//! cells end each other, end tags without a start are nothing, and what is misnested is closed
//! where its parent is. Formatting that reaches over paragraphs is not rebuilt: it changes how text
//! looks, not what it says. So the time is that of the tokens, times the depth at the worst.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::limits::{MAX_DEPTH, MAX_NODES, MAX_VALUE, TOO_DEEP, TOO_LONG, TOO_MANY};
use super::tag::Tag;
use super::tree::{Id, Key, Tree};
use crate::read::error::ReadError;
use crate::read::limits::MAX_TEXT;

/// Builds the tree of a page.
///
/// # Errors
///
/// If it is nested deeper than [`MAX_DEPTH`] or has more than [`MAX_NODES`] nodes.
pub(super) fn build(page: &str) -> Result<Tree, ReadError> {
    let mut builder = Builder::default();
    let root = builder.tree.open(0, Tag::Html);
    builder.open.push(Open { id: root, tag: Tag::Html, hash: 0 });
    {
        let mut emitter = CallbackEmitter::<_, Infallible>::new(&mut builder);
        emitter.naively_switch_states(true);
        // Reading a string can't fail.
        for _ in Tokenizer::new_with_emitter(page, emitter) {}
    }
    builder.finish()
}

/// An open element; the hash tells those that are [`Tag::Other`] apart.
#[derive(Debug, Clone, Copy)]
struct Open {
    id: Id,
    tag: Tag,
    hash: u64,
}

#[derive(Debug, Default)]
struct Builder {
    tree: Tree,
    open: Vec<Open>,
    /// How many `p`, and how many `svg` or `math`, are open.
    paragraphs: usize,
    foreign: usize,
    /// The start tag being read; none when it is not to be kept.
    tag: Option<Tag>,
    hash: u64,
    key: Option<Key>,
    /// A text that is kept though it is shown to nobody: JSON-LD.
    json: bool,
    /// How much text is shown so far, in bytes.
    shown: usize,
    error: Option<ReadError>,
}

impl Callback<Infallible, ()> for &mut Builder {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        if self.error.is_some() {
            return None;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name),
            CallbackEvent::AttributeName { name } => {
                self.key = self.tag.and_then(|_| Key::of(name));
                if let Some(key) = self.key {
                    // An attribute without a value has the empty one.
                    if matches!(key, Key::Hidden) {
                        self.tree.attribute(key, "");
                    }
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(key), Ok(value)) = (self.key.take(), std::str::from_utf8(value))
                    && value.len() <= MAX_VALUE
                {
                    self.json |= key == Key::Type && value.to_ascii_lowercase().contains("ld+json");
                    self.tree.attribute(key, value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.started(self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text(value),
            _ => {}
        }
        None
    }
}

/// FNV-1a; enough to tell the few custom elements that are open at a time apart.
fn hash(name: &[u8]) -> u64 {
    name.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

impl Builder {
    fn finish(mut self) -> Result<Tree, ReadError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        while let Some(open) = self.open.pop() {
            self.tree.close(open.id);
        }
        Ok(self.tree)
    }

    fn top(&self) -> Id {
        self.open.last().map_or(0, |open| open.id)
    }

    /// Begins an element: ends what its start ends, and opens it.
    fn start(&mut self, name: &[u8]) {
        self.tag = None;
        self.key = None;
        self.json = false;
        let is_foreign = matches!(name, b"svg" | b"math");
        if self.foreign > 0 {
            // Pictures and formulas: nothing in them is a text's.
            self.foreign += usize::from(is_foreign);
            return;
        }
        let tag = Tag::of(name);
        if matches!(tag, Tag::Html | Tag::Body) {
            self.again(tag);
            return;
        }
        self.end_implied(tag);
        if self.tree.len() >= MAX_NODES {
            self.error = Some(TOO_MANY);
            return;
        }
        let id = self.tree.open(self.top(), tag);
        self.tag = Some(tag);
        self.hash = if tag == Tag::Other { hash(name) } else { 0 };
        if tag == Tag::Other
            && let Ok(name) = std::str::from_utf8(name)
            && name.len() <= MAX_VALUE
        {
            self.tree.attribute(Key::Element, name);
        }
        if is_foreign {
            self.foreign = 1;
        } else if !tag.is_void() {
            if self.open.len() >= MAX_DEPTH {
                self.error = Some(TOO_DEEP);
                return;
            }
            self.paragraphs += usize::from(tag == Tag::P);
            self.open.push(Open { id, tag, hash: self.hash });
        }
    }

    /// A start tag of `html` or `body`. A second one adds its attributes to the first at most.
    fn again(&mut self, tag: Tag) {
        if tag == Tag::Html {
            // Attributes go to the node that was added last: to the root only while it is alone.
            self.tag = (self.tree.len() == 1).then_some(tag);
            return;
        }
        if self.open.iter().any(|open| open.tag == Tag::Body) {
            return;
        }
        self.pop_through(|open| open.tag == Tag::Head);
        let id = self.tree.open(self.top(), Tag::Body);
        self.open.push(Open { id, tag: Tag::Body, hash: 0 });
        self.tag = Some(Tag::Body);
    }

    fn started(&mut self, self_closing: bool) {
        if self.foreign == 1 && self.tag.is_some() && self_closing {
            // `<svg/>` is closed at once.
            self.foreign = 0;
        }
        self.tag = None;
        self.key = None;
    }

    /// Ends the elements that the start of another one ends.
    fn end_implied(&mut self, tag: Tag) {
        if !tag.is_head_matter() && tag != Tag::Head {
            // Text and elements that no head holds end it.
            if self.open.last().is_some_and(|open| open.tag == Tag::Head) {
                self.pop();
            }
        }
        if tag.ends_paragraph() && self.paragraphs > 0 {
            self.close_within(Tag::P, |tag| tag.is_boundary() || tag == Tag::Button);
        }
        match tag {
            Tag::Li => self.close_within(Tag::Li, |tag| {
                tag.is_boundary() || matches!(tag, Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir)
            }),
            Tag::Dd | Tag::Dt => {
                let list = |tag: Tag| tag.is_boundary() || tag == Tag::Dl;
                self.close_within(Tag::Dd, list);
                self.close_within(Tag::Dt, list);
            }
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close_cells(tag);
            }
            Tag::Option | Tag::Optgroup => {
                self.close_within(Tag::Option, |tag| tag.is_boundary() || tag == Tag::Select);
            }
            Tag::A => self.close_within(Tag::A, |tag| tag.is_boundary() || tag == Tag::Button),
            Tag::Button => self.close_within(Tag::Button, Tag::is_boundary),
            heading
                if heading.is_heading()
                    && self.open.last().is_some_and(|open| open.tag.is_heading()) =>
            {
                self.pop();
            }
            _ => {}
        }
    }

    /// Ends the open cell, row or group of rows that a new one ends, within the nearest table.
    fn close_cells(&mut self, tag: Tag) {
        let ends = |open: Tag| match tag {
            Tag::Td | Tag::Th => matches!(open, Tag::Td | Tag::Th),
            Tag::Tr => matches!(open, Tag::Td | Tag::Th | Tag::Tr),
            _ => matches!(open, Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot),
        };
        let table = self.open.iter().rposition(|open| open.tag == Tag::Table).unwrap_or(0);
        let first = self.open.iter().enumerate().skip(table + 1).find(|(_, open)| ends(open.tag));
        if let Some((first, _)) = first {
            self.truncate(first);
        }
    }

    /// Ends the nearest open element of a name, unless a boundary stands between.
    fn close_within(&mut self, tag: Tag, is_boundary: impl Fn(Tag) -> bool) {
        for at in (0..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { return };
            if open.tag == tag {
                self.truncate(at);
                return;
            }
            if is_boundary(open.tag) {
                return;
            }
        }
    }

    fn pop(&mut self) {
        if let Some(open) = self.open.pop() {
            self.paragraphs -= usize::from(open.tag == Tag::P && self.paragraphs > 0);
            self.tree.close(open.id);
        }
    }

    fn truncate(&mut self, length: usize) {
        while self.open.len() > length.max(1) {
            self.pop();
        }
    }

    fn pop_through(&mut self, is_it: impl Fn(&Open) -> bool) {
        if let Some(at) = self.open.iter().rposition(is_it) {
            self.truncate(at);
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.foreign > 0 {
            self.foreign -= usize::from(matches!(name, b"svg" | b"math"));
            return;
        }
        let tag = Tag::of(name);
        let hash = if tag == Tag::Other { hash(name) } else { 0 };
        match tag {
            // What comes after these ends belongs to the body all the same.
            Tag::Html | Tag::Body => {}
            Tag::Br => drop(self.tree.open(self.top(), Tag::Br)),
            Tag::Table | Tag::Td | Tag::Th | Tag::Caption | Tag::Object | Tag::Template => {
                let table = |open: &Open| open.tag == Tag::Table && tag != Tag::Table;
                let at = self.open.iter().rposition(|open| open.tag == tag || table(open));
                if let Some(at) = at
                    && self.open.get(at).is_some_and(|open| open.tag == tag)
                {
                    self.truncate(at);
                }
            }
            _ => self.close_named(tag, hash),
        }
    }

    /// Ends the nearest open element of a name: an inline one only if no block stands between,
    /// except for links, whose end counts wherever it stands.
    fn close_named(&mut self, tag: Tag, hash: u64) {
        let light = tag.is_inline() && tag != Tag::A;
        for at in (0..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { return };
            let heading = tag.is_heading() && open.tag.is_heading();
            if (open.tag == tag && open.hash == hash) || heading {
                self.truncate(at);
                return;
            }
            if open.tag.is_boundary() || (light && !open.tag.is_inline()) {
                return;
            }
        }
    }

    fn text(&mut self, value: &[u8]) {
        let Ok(text) = std::str::from_utf8(value) else { return };
        let Some(&top) = self.open.last() else { return };
        let hidden = matches!(
            top.tag,
            Tag::Style | Tag::Noscript | Tag::Iframe | Tag::Textarea | Tag::Select | Tag::Option
        ) || (top.tag == Tag::Script && !self.json);
        if self.foreign > 0 || hidden || text.is_empty() {
            return;
        }
        if top.tag == Tag::Head && !text.trim().is_empty() {
            self.pop();
        }
        self.shown += if top.tag == Tag::Script { 0 } else { text.len() };
        if self.shown > MAX_TEXT || self.tree.len() >= MAX_NODES {
            self.error = Some(if self.shown > MAX_TEXT { TOO_LONG } else { TOO_MANY });
            return;
        }
        self.tree.text(self.top(), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<(Tag, String)> {
        let tree = build(page).unwrap();
        let of = |(id, tag): (Id, Tag)| (tag, tree.text_of(id));
        tree.elements().filter(|(_, tag)| *tag != Tag::Html).map(of).collect()
    }

    #[test]
    fn what_is_left_open_ends_where_the_standard_ends_it() {
        let of = |tag, text: &str| (tag, text.to_owned());
        assert_eq!(texts("<p>a<p>b"), [of(Tag::P, "a"), of(Tag::P, "b")]);
        assert_eq!(
            texts("<ul><li>a<li>b<ul><li>c</ul></ul>d"),
            [
                of(Tag::Ul, "a b c"),
                of(Tag::Li, "a"),
                of(Tag::Li, "b c"),
                of(Tag::Ul, "c"),
                of(Tag::Li, "c")
            ]
        );
        assert_eq!(
            texts("<table><tr><td>a<td>b<tr><td>c</table>"),
            [
                of(Tag::Table, "a b c"),
                of(Tag::Tr, "a b"),
                of(Tag::Td, "a"),
                of(Tag::Td, "b"),
                of(Tag::Tr, "c"),
                of(Tag::Td, "c")
            ]
        );
        assert_eq!(texts("<b>a<p>b</b>c</p>d"), [of(Tag::B, "a bc d"), of(Tag::P, "bc")]);
        assert_eq!(texts("<a href=x><div>a</a>b"), [of(Tag::A, "a"), of(Tag::Div, "a")]);
        assert_eq!(texts("</p></div>a<div>b</span></div>"), [of(Tag::Div, "b")]);
    }

    #[test]
    fn pictures_and_scripts_are_no_text() {
        let all = |page: &str| build(page).unwrap().text_of(0);
        assert_eq!(all("a<svg><title>x</title><g/></svg>b<svg/>c"), "abc");
        assert_eq!(all("a<script>if (a<b) {'<p>x</p>'}</script><style>p{}</style>b"), "ab");
        assert_eq!(all("a<noscript><p>x</p></noscript>b&amp;&eacute;"), "ab&é");
    }

    #[test]
    fn what_is_too_deep_or_large_is_refused() {
        let deep = "<div>".repeat(200_000);
        assert_eq!(build(&deep).err(), Some(TOO_DEEP));
        let many = "<br>".repeat(MAX_NODES + 1);
        assert_eq!(build(&many).err(), Some(TOO_MANY));
        assert!(build(&"<p>a".repeat(100_000)).is_ok());
    }

    #[test]
    fn the_first_of_two_attributes_counts() {
        let tree = build("<html lang=fr><p class='a b' class=c hidden>x").unwrap();
        assert_eq!(tree.get(0, Key::Lang), Some("fr"));
        let (p, _) = tree.elements().find(|(_, tag)| *tag == Tag::P).unwrap();
        assert_eq!(tree.get(p, Key::Class), Some("a b"));
        assert_eq!(tree.get(p, Key::Hidden), Some(""));
    }
}
