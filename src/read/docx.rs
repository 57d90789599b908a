//! Office Open XML text, as Word writes it: `word/document.xml` in a zip archive.
//!
//! Insertions are kept and deletions dropped, as if all changes were accepted; moved text is where it
//! was moved to. Footnotes and endnotes follow the text in the order of their references. Hidden text,
//! field codes, drawings, comments, headers and footers are no text. A paragraph styled as title is the
//! headline. The file's author is whoever's program made it, and no credit.
//!
//! Source: ECMA-376 part 1, sections 11.3, 17.3, 17.11, 17.13.

use super::archive::Archive;
use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::xml::{Element, Node};
use crate::article::document::{Document, Mark, Reader, Subject};

/// The reader's version.
pub const VERSION: u32 = 1;

/// Reads a DOCX file.
///
/// # Errors
///
/// If it is no such archive, or damaged, or larger inside than an article needs.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let mut archive = Archive::open(bytes, "DOCX")?;
    let Some(document) = archive.xml("word/document.xml")? else {
        return Err(ReadError::Unsupported("a zip archive without an article in it"));
    };
    let styles = archive.xml("word/styles.xml")?.unwrap_or_default();
    let mut writer = Writer {
        out: Blocks::default(),
        notes: Vec::new(),
        title: title_style(&styles),
        open: None,
    };
    writer.block(&document);
    let Writer { mut out, notes, .. } = writer;
    out.end();
    for (part, name) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
        if notes.iter().all(|(kind, _)| *kind != name) {
            continue;
        }
        let Some(root) = archive.xml(part)? else { continue };
        for (_, id) in notes.iter().filter(|(kind, _)| *kind == name) {
            if let Some(note) = root.all(name).find(|note| note.attribute("id") == Some(id)) {
                let mut inner = Writer { out, notes: Vec::new(), title: None, open: None };
                inner.block(note);
                out = inner.out;
                out.end();
            }
        }
    }
    let mut claims = Claims::default();
    if let Some(core) = archive.xml("docProps/core.xml")? {
        let language = core.find("language").map(Element::text).unwrap_or_default();
        claims.add(Subject::Language, &language, "docProps/core.xml dc:language");
    }
    let encoding = "utf-8".to_owned();
    let reader = Reader { name: "docx", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks: out.finish(), claims: claims.finish(), reader })
}

/// The id of the style that is called `Title` in every language of the program.
fn title_style(styles: &Element) -> Option<String> {
    let named = |style: &&Element| {
        style.all("name").any(|name| {
            name.attribute("val").is_some_and(|name| name.eq_ignore_ascii_case("title"))
        })
    };
    let style = styles.all("style").find(named);
    style.and_then(|style| style.attribute("styleId")).map(str::to_owned)
}

struct Writer {
    out: Blocks,
    /// Notes referred to: what they are called, and their ids.
    notes: Vec<(&'static str, String)>,
    title: Option<String>,
    /// What marks the paragraph that is open.
    open: Option<Mark>,
}

impl Writer {
    fn block(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    self.out.end();
                    let style = element.at(&["pPr", "pStyle"]).and_then(|s| s.attribute("val"));
                    let titled = match (&self.title, style) {
                        (Some(title), Some(style)) => title == style,
                        (None, Some(style)) => style == "Title",
                        _ => false,
                    };
                    self.open = titled.then_some(Mark::Headline);
                    self.block(element);
                    match self.open.take() {
                        Some(mark) => self.out.end_as(mark),
                        None => self.out.end(),
                    }
                }
                "r" if is_hidden(element) => {}
                "t" => {
                    for node in &element.children {
                        if let Node::Text(text) = node {
                            self.out.text(text);
                        }
                    }
                }
                "tab" | "ptab" => self.out.text(" "),
                "noBreakHyphen" => self.out.text("\u{2011}"),
                "br" | "cr" => self.out.end(),
                "footnoteReference" => self.note("footnote", element),
                "endnoteReference" => self.note("endnote", element),
                // Deleted, moved away, drawn, computed, said beside the text, or said twice.
                "del" | "moveFrom" | "delText" | "delInstrText" | "instrText" | "drawing"
                | "pict" | "object" | "Fallback" | "pPr" | "rPr" | "sectPr" | "tblPr" | "tcPr"
                | "trPr" | "annotationRef" | "footnoteRef" | "endnoteRef" | "sdtPr" => {}
                _ => self.block(element),
            }
        }
    }

    fn note(&mut self, kind: &'static str, element: &Element) {
        if let Some(id) = element.attribute("id") {
            self.notes.push((kind, id.to_owned()));
        }
    }
}

fn is_hidden(run: &Element) -> bool {
    let vanish = run.at(&["rPr", "vanish"]);
    vanish.is_some_and(|vanish| !matches!(vanish.attribute("val"), Some("0" | "false" | "off")))
}
