//! NITF 3.x: `body.head` has headline, byline, dateline; `body.content` the text; `body.end` the
//! tagline; `docdata` and `revision-history` what is said about it.
//!
//! Source: nitf-3-6.xsd (IPTC).

use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::json;
use super::xml::{self, Element};
use crate::article::document::{Block, Document, Mark, Reader, Subject};

/// The reader's version.
pub const VERSION: u32 = 1;

/// Reads a NITF file.
///
/// # Errors
///
/// If it is no XML, or has no body.
pub(super) fn read(text: &str, encoding: String) -> Result<Document, ReadError> {
    let root = xml::parse(text, "NITF")?;
    let blocks = blocks(&root);
    if blocks.is_empty() {
        return Err(ReadError::NoTextItem("`body` has no text".to_owned()));
    }
    let mut gathered = Claims::default();
    claims(&root, &mut gathered);
    let reader = Reader { name: "nitf", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks, claims: gathered.finish(), reader })
}

/// The text of a NITF file that another format carries: its body without head, and its tagline.
pub(super) fn body_of(text: &str) -> Result<Vec<Block>, ReadError> {
    let mut out = Blocks::default();
    body(&xml::parse(text, "NITF")?, &mut out);
    Ok(out.finish())
}

/// The visible blocks of a `nitf` element, wherever it stands.
pub(super) fn blocks(root: &Element) -> Vec<Block> {
    let mut out = Blocks::default();
    let head = root.find("body.head");
    let headline = head.and_then(|head| head.at(&["hedline", "hl1"]));
    if let Some(headline) = headline.or_else(|| root.at(&["head", "title"])) {
        out.push(&headline.text(), Mark::Headline);
    }
    for byline in head.into_iter().flat_map(|head| head.all("byline")) {
        out.push(&spaced(byline), Mark::Byline);
    }
    if let Some(dateline) = head.and_then(|head| head.at(&["dateline"])) {
        out.push(&spaced(dateline), Mark::Dateline);
    }
    for line in head.and_then(|head| head.at(&["hedline"])).into_iter().flat_map(|h| h.all("hl2")) {
        out.end();
        out.text(&line.text());
        out.end();
    }
    body(root, &mut out);
    out.finish()
}

fn body(root: &Element, out: &mut Blocks) {
    if let Some(content) = root.find("body.content") {
        out.append(content.blocks());
    }
    if let Some(end) = root.find("body.end") {
        out.append(end.blocks());
    }
}

/// The text of an element whose parts are words of their own, as `person` and `byttl` are.
fn spaced(element: &Element) -> String {
    let mut out = String::new();
    for node in &element.children {
        match node {
            xml::Node::Text(text) => out.push_str(text),
            xml::Node::Element(part) => {
                // A title is apart from the name before it.
                let before = out.trim_end();
                let apart = part.name == "byttl" && before.ends_with(char::is_alphanumeric);
                out.push_str(if apart { ", " } else { " " });
                out.push_str(&spaced(part));
            }
        }
    }
    let text = out.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" ,", ",").replace(" ;", ";")
}

fn claims(root: &Element, claims: &mut Claims) {
    if let Some(language) = root.attribute("xml:lang") {
        claims.add(Subject::Language, language, "nitf/@xml:lang");
    } else if let Some(language) = root.find("body").and_then(|body| body.attribute("xml:lang")) {
        claims.add(Subject::Language, language, "nitf/body/@xml:lang");
    }
    let attribute = |path: &[&str], name: &str| {
        let element = root.find("head").and_then(|head| head.at(path));
        element.and_then(|element| element.attribute(name)).map(str::to_owned)
    };
    for (subject, path, name) in [
        (Subject::Id, ["docdata", "doc-id"], "id-string"),
        (Subject::Published, ["docdata", "date.issue"], "norm"),
        (Subject::Published, ["docdata", "date.release"], "norm"),
        (Subject::Correction, ["docdata", "correction"], "info"),
        (Subject::Publisher, ["docdata", "doc.copyright"], "holder"),
    ] {
        if let Some(value) = attribute(&path, name) {
            claims.add(subject, &value, format!("head/{}/@{name}", path.join("/")));
        }
    }
    let distributor = root.find("body.head").and_then(|head| head.at(&["distributor"]));
    if let Some(distributor) = distributor {
        claims.add(Subject::Publisher, &distributor.text(), "body.head/distributor");
    }
    let history = root.find("head").into_iter().flat_map(|head| head.all("revision-history"));
    for (at, revision) in (1..).zip(history) {
        let Some(name) = revision.attribute("name") else { continue };
        let place = format!("head/revision-history[{at}]/@name");
        let function = revision.attribute("function").filter(|function| *function != "other");
        match (function.and_then(json::role), function.or(revision.attribute("comment"))) {
            (Some(role), _) => claims.add(Subject::Credit(role), name, place),
            (None, Some(label)) => {
                claims.add(Subject::CreditLine, &format!("{label}: {name}"), place);
            }
            (None, None) => {}
        }
    }
}
