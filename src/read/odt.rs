//! Open Document text: `content.xml` in a zip archive.
//!
//! Deletions are kept by the format apart from the text and dropped, insertions stand in it. Notes
//! follow the text; annotations and frames are no text. A paragraph styled as title is the headline.
//! The file's author is whoever's program made it, and no credit.
//!
//! Source: ODF 1.3 part 3, sections 5.1, 5.5, 6.1, 6.3.

use super::archive::Archive;
use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::xml::{Element, Node};
use crate::article::document::{Document, Mark, Reader, Subject};

/// The reader's version.
pub const VERSION: u32 = 1;

/// Reads an ODT file.
///
/// # Errors
///
/// If it is no such archive, or damaged, or larger inside than an article needs.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let mut archive = Archive::open(bytes, "ODT")?;
    let Some(content) = archive.xml("content.xml")? else {
        return Err(ReadError::Unsupported("a zip archive without an article in it"));
    };
    let Some(text) = content.at(&["body", "text"]) else {
        return Err(ReadError::NoTextItem("it is no text but another document".to_owned()));
    };
    let mut titles = vec!["Title"];
    let styles = content.at(&["automatic-styles"]);
    for style in styles.into_iter().flat_map(|styles| styles.all("style")) {
        if style.attribute("parent-style-name") == Some("Title") {
            titles.extend(style.attribute("style:name"));
        }
    }
    let mut writer = Writer { titles: &titles, notes: Blocks::default() };
    let mut out = Blocks::default();
    writer.write(text, &mut out);
    let mut blocks = out.finish();
    blocks.extend(writer.notes.finish());
    let mut claims = Claims::default();
    if let Some(meta) = archive.xml("meta.xml")? {
        let language = meta.find("language").map(Element::text).unwrap_or_default();
        claims.add(Subject::Language, &language, "meta.xml dc:language");
    }
    let encoding = "utf-8".to_owned();
    let reader = Reader { name: "odt", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks, claims: claims.finish(), reader })
}

struct Writer<'a> {
    /// The names of styles for titles.
    titles: &'a [&'a str],
    notes: Blocks,
}

impl Writer<'_> {
    fn write(&mut self, parent: &Element, out: &mut Blocks) {
        for node in &parent.children {
            let element = match node {
                Node::Text(text) => {
                    // Between paragraphs there is only white space.
                    out.text(text);
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                "p" | "h" => {
                    out.end();
                    self.write(element, out);
                    let style = element.attribute("style-name").unwrap_or_default();
                    if self.titles.contains(&style) {
                        out.end_as(Mark::Headline);
                    } else {
                        out.end();
                    }
                }
                "s" | "tab" => out.text(" "),
                "line-break" => out.end(),
                "note" => {
                    if let Some(body) = element.at(&["note-body"]) {
                        let mut notes = std::mem::take(&mut self.notes);
                        self.write(body, &mut notes);
                        notes.end();
                        self.notes = notes;
                    }
                }
                "tracked-changes" | "annotation" | "annotation-end" | "frame"
                | "sequence-decls" | "variable-decls" | "user-field-decls" | "forms"
                | "table-of-content" | "title" | "desc" => {}
                _ => self.write(element, out),
            }
        }
    }
}
