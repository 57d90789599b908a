//! XML → a small tree, bounded: depth, nodes, the length of a tag.
//!
//! No DTD is read and nothing outside the file. Of entities only the five of XML and numeric
//! references are resolved; a file that declares its own is refused, one that uses an undeclared
//! one as well.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::blocks::{self, Blocks};
use super::error::ReadError;
use super::limits::{MAX_DEPTH, MAX_MARKUP, MAX_NODES, MAX_TAG};
use crate::article::document::Block;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    /// Its attributes: names with their prefix (`xml:lang`), values.
    pub(super) attributes: Vec<(String, String)>,
    /// What is in it.
    pub(super) children: Vec<Node>,
}

/// What an element contains.
#[derive(Debug)]
pub(super) enum Node {
    /// Text, references resolved.
    Text(String),
    /// An element.
    Element(Element),
}

impl Element {
    /// The value of an attribute; `name` with its prefix, unless every prefix will do.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let own = |key: &str| key == name || key.rsplit(':').next() == Some(name);
        let found = self.attributes.iter().find(|(key, _)| own(key));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name in it.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element that a path of names leads to.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        let Some((name, rest)) = path.split_first() else { return Some(self) };
        self.elements().filter(|element| element.name == *name).find_map(|found| found.at(rest))
    }

    /// The first element of a name in the tree, itself included, in document order.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        if self.name == name {
            return Some(self);
        }
        self.elements().find_map(|element| element.find(name))
    }

    /// All elements of a name in the tree, in document order, none inside another.
    pub(super) fn find_all<'a>(&'a self, name: &str, out: &mut Vec<&'a Element>) {
        if self.name == name {
            out.push(self);
        } else {
            self.elements().for_each(|element| element.find_all(name, out));
        }
    }

    /// All text in it, in order, white space folded.
    pub(super) fn text(&self) -> String {
        let mut raw = String::new();
        self.raw_text(&mut raw);
        raw.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All text in it as it stands.
    pub(super) fn raw_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.raw_text(out),
            }
        }
    }

    /// The blocks of XHTML or NITF in it.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut out = Blocks::default();
        self.add_blocks(&mut out);
        out.finish()
    }

    fn add_blocks(&self, out: &mut Blocks) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.text(text),
                Node::Element(element) => {
                    let name = element.name.to_ascii_lowercase();
                    if blocks::is_dropped(&name) {
                        continue;
                    }
                    let block = blocks::is_block(&name);
                    if block {
                        out.end();
                    } else if blocks::is_cell(&name) {
                        out.text(" ");
                    }
                    element.add_blocks(out);
                    if block {
                        out.end();
                    }
                }
            }
        }
    }
}

/// Parses a file's text into its root element.
///
/// # Errors
///
/// If it is not well-formed, declares entities or has more of something than an article needs.
pub(super) fn parse(text: &str, format: &'static str) -> Result<Element, ReadError> {
    if text.len() > MAX_MARKUP {
        return Err(ReadError::TooMuch { what: "bytes of XML", limit: MAX_MARKUP });
    }
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut reader = Reader::from_str(text);
    let mut tree = Tree { format, open: Vec::new(), root: None, nodes: 0 };
    loop {
        let event = reader.read_event().map_err(|error| ReadError::Broken {
            format,
            reason: format!("{error}, at byte {}", reader.error_position()),
        })?;
        match event {
            Event::Start(start) => {
                let element = tree.element(&start)?;
                tree.open.push(element);
                if tree.open.len() > MAX_DEPTH {
                    return Err(ReadError::TooMuch { what: "levels of nesting", limit: MAX_DEPTH });
                }
            }
            Event::Empty(start) => {
                let element = tree.element(&start)?;
                tree.close(element);
            }
            Event::End(_) => {
                if let Some(element) = tree.open.pop() {
                    tree.close(element);
                }
            }
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(text) => tree.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let own = |reason| ReadError::Broken { format, reason };
                let char = reference.resolve_char_ref().map_err(|error| own(error.to_string()))?;
                let name: &str = &reference;
                match (char, quick_xml::escape::resolve_xml_entity(name)) {
                    (Some(char), _) => tree.text(char.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => tree.text(text),
                    (None, None) => {
                        let name: String = name.chars().take(32).collect();
                        return Err(own(format!("the entity `{name}` is none of XML's own five")));
                    }
                }
            }
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                return Err(ReadError::Entities);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
    let broken = |reason: &str| ReadError::Broken { format, reason: reason.to_owned() };
    if let Some(open) = tree.open.last() {
        return Err(broken(&format!("`{}` is not closed", open.name)));
    }
    tree.root.ok_or_else(|| broken("it has no element"))
}

struct Tree {
    format: &'static str,
    open: Vec<Element>,
    root: Option<Element>,
    nodes: usize,
}

impl Tree {
    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element, ReadError> {
        if start.len() > MAX_TAG {
            return Err(ReadError::TooMuch { what: "bytes in one tag", limit: MAX_TAG });
        }
        self.count()?;
        let mut element =
            Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
        // Without the check for a name's second use, whose time grows with the square.
        for attribute in start.attributes().with_checks(false) {
            self.count()?;
            let broken = |error: &dyn std::fmt::Display| ReadError::Broken {
                format: self.format,
                reason: format!("an attribute of `{}`: {error}", element.name),
            };
            let attribute = attribute.map_err(|error| broken(&error))?;
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|error| broken(&error))?;
            element.attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(element)
    }

    fn count(&mut self) -> Result<(), ReadError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(ReadError::TooMuch { what: "elements and attributes", limit: MAX_NODES });
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.children.last_mut() {
            Some(Node::Text(have)) => have.push_str(text),
            _ => parent.children.push(Node::Text(text.to_owned())),
        }
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = self.root.take().or(Some(element)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_references_are_read_once() {
        let root =
            parse("<!DOCTYPE a SYSTEM 'x.dtd'><a>x &amp;lt; &#233;<b/><![CDATA[<y>]]></a>", "XML");
        assert_eq!(root.unwrap().text(), "x &lt; é<y>");
    }

    #[test]
    fn entities_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>";
        assert_eq!(parse(bomb, "XML").unwrap_err(), ReadError::Entities);
        assert!(matches!(parse("<a>&xxe;</a>", "XML"), Err(ReadError::Broken { .. })));
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        for text in ["<a>", "<a></b>", "<a b></a>", "", "<a>&#xD800;</a>", "</a>"] {
            assert!(parse(text, "XML").is_err(), "{text}");
        }
        assert!(parse(&"<a>".repeat(1000), "XML").is_err());
    }
}
