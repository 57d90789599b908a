//! A page as a tree, in one list: every node comes after its parent, and its descendants right
//! after it. Nothing that walks it calls itself, so that no nesting exhausts the stack.

use super::tag::Tag;

/// The place of a node in its tree.
pub(super) type Id = usize;

/// The attributes that a reader looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    AriaHidden,
    Charset,
    Class,
    Component,
    Content,
    Datetime,
    Hidden,
    Href,
    Hreflang,
    HttpEquiv,
    Id,
    Itemprop,
    Itemtype,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    Style,
    Type,
    /// The name of an element that is [`Tag::Other`].
    Element,
}

impl Key {
    /// The key of an attribute's name in lower case.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"aria-hidden" => Self::AriaHidden,
            b"charset" => Self::Charset,
            b"class" => Self::Class,
            b"data-component" | b"data-testid" | b"data-qa" => Self::Component,
            b"content" => Self::Content,
            b"datetime" => Self::Datetime,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"hreflang" => Self::Hreflang,
            b"http-equiv" => Self::HttpEquiv,
            b"id" => Self::Id,
            b"itemprop" => Self::Itemprop,
            b"itemtype" => Self::Itemtype,
            b"lang" | b"xml:lang" => Self::Lang,
            b"name" => Self::Name,
            b"property" => Self::Property,
            b"rel" => Self::Rel,
            b"role" => Self::Role,
            b"style" => Self::Style,
            b"type" => Self::Type,
            _ => return None,
        })
    }
}

/// A part of the tree's store of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// An element and where its attributes are.
    Element { tag: Tag, attributes: Part },
    /// Text.
    Text(Part),
}

#[derive(Debug, Clone, Copy)]
struct Node {
    parent: u32,
    /// The first node that is no descendant.
    end: u32,
    kind: Kind,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(Key, Part)>,
    characters: String,
}

/// Offsets fit: a page has at most [`super::limits::MAX_PAGE`] bytes.
fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Tree {
    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Adds an element under `parent`. Attributes come next, by [`Tree::attribute`].
    pub(super) fn open(&mut self, parent: Id, tag: Tag) -> Id {
        let at = small(self.attributes.len());
        let kind = Kind::Element { tag, attributes: Part { start: at, end: at } };
        self.push(parent, kind)
    }

    fn push(&mut self, parent: Id, kind: Kind) -> Id {
        let id = self.nodes.len();
        self.nodes.push(Node { parent: small(parent), end: small(id + 1), kind });
        id
    }

    fn keep(&mut self, text: &str) -> Part {
        let start = small(self.characters.len());
        self.characters.push_str(text);
        Part { start, end: small(self.characters.len()) }
    }

    /// Gives the node that was added last an attribute; the first of a name counts.
    pub(super) fn attribute(&mut self, key: Key, value: &str) {
        let Some(last) = self.nodes.len().checked_sub(1) else { return };
        if self.get(last, key).is_some() {
            return;
        }
        let part = self.keep(value);
        self.attributes.push((key, part));
        let count = small(self.attributes.len());
        if let Some(Kind::Element { attributes, .. }) =
            self.nodes.last_mut().map(|node| &mut node.kind)
        {
            attributes.end = count;
        }
    }

    /// Adds text under `parent`.
    pub(super) fn text(&mut self, parent: Id, text: &str) {
        let part = self.keep(text);
        self.push(parent, Kind::Text(part));
    }

    /// Says that everything added since belongs to an element.
    pub(super) fn close(&mut self, id: Id) {
        let end = small(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(id) {
            node.end = end;
        }
    }

    /// The element above; the root is above itself.
    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(0, |node| node.parent as usize)
    }

    /// The first node that is no descendant.
    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(id, |node| node.end as usize)
    }

    /// Which element it is; none for text.
    pub(super) fn tag(&self, id: Id) -> Option<Tag> {
        match self.nodes.get(id)?.kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// The text of a node of text.
    pub(super) fn own_text(&self, id: Id) -> Option<&str> {
        match self.nodes.get(id)?.kind {
            Kind::Element { .. } => None,
            Kind::Text(part) => self.part(part),
        }
    }

    fn part(&self, part: Part) -> Option<&str> {
        self.characters.get(part.start as usize..part.end as usize)
    }

    /// The value of an attribute.
    pub(super) fn get(&self, id: Id, key: Key) -> Option<&str> {
        let Kind::Element { attributes, .. } = self.nodes.get(id)?.kind else { return None };
        let all = self.attributes.get(attributes.start as usize..attributes.end as usize)?;
        let (_, part) = all.iter().find(|(have, _)| *have == key)?;
        self.part(*part)
    }

    /// Whether a list-valued attribute (`rel`, `itemprop`) has a word, whatever its case.
    pub(super) fn has(&self, id: Id, key: Key, word: &str) -> bool {
        self.get(id, key).is_some_and(|all| {
            all.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word))
        })
    }

    /// All elements, in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = (Id, Tag)> {
        self.elements_in(0, self.nodes.len())
    }

    /// The elements from `start` to before `end`.
    pub(super) fn elements_in(&self, start: Id, end: Id) -> impl Iterator<Item = (Id, Tag)> {
        (start..end).filter_map(|id| Some((id, self.tag(id)?)))
    }

    /// The elements above a node, from the nearest.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut at = id;
        std::iter::from_fn(move || {
            let above = self.parent(at);
            (above != at).then(|| {
                at = above;
                above
            })
        })
    }

    /// All text in an element, white space collapsed, scripts and the like left out.
    pub(super) fn text_of(&self, id: Id) -> String {
        let mut text = String::new();
        let mut blocks: Vec<Id> = Vec::new();
        let mut at = id;
        let end = self.end(id);
        while at < end {
            while blocks.pop_if(|end| *end <= at).is_some() {
                text.push(' ');
            }
            match self.tag(at) {
                Some(tag) if at != id && tag.is_no_text() => {
                    at = self.end(at).max(at + 1);
                    continue;
                }
                Some(tag) if !tag.is_inline() => {
                    text.push(' ');
                    blocks.push(self.end(at));
                }
                Some(_) => {}
                None => text.push_str(self.own_text(at).unwrap_or_default()),
            }
            at += 1;
        }
        collapse(&text)
    }
}

/// A text with each run of HTML's white space made one space, and none at its ends. Other spaces
/// belong to the text: the narrow ones of French, the wide one of Japanese.
pub(super) fn collapse(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    let trimmed = clean.trim();
    if trimmed.len() == clean.len() { clean } else { trimmed.to_owned() }
}
