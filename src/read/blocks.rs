//! Building blocks from the text of markup: white space folds, block elements end blocks.

use super::limits::MAX_BLOCKS;
use crate::article::document::{Block, Mark};

/// Blocks under construction.
#[derive(Debug, Default)]
pub struct Blocks {
    done: Vec<Block>,
    open: String,
    /// Whether white space was read since the last character.
    gap: bool,
}

impl Blocks {
    /// Adds text to the open block. Runs of ASCII white space, line ends among them, are one
    /// space, as in HTML; other spaces stay.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                self.gap = true;
            } else {
                if self.gap && !self.open.is_empty() {
                    self.open.push(' ');
                }
                self.gap = false;
                self.open.push(c);
            }
        }
    }

    /// Ends the open block, if there is one.
    pub fn end(&mut self) {
        self.close(None);
    }

    /// Ends the open block, if there is one, and marks it.
    pub fn end_as(&mut self, mark: Mark) {
        self.close(Some(mark));
    }

    /// Adds a whole block.
    pub fn push(&mut self, text: &str, mark: Mark) {
        self.end();
        self.text(text);
        self.end_as(mark);
    }

    /// Adds blocks that were read elsewhere.
    pub fn append(&mut self, blocks: Vec<Block>) {
        self.end();
        self.done.extend(blocks);
    }

    /// The blocks, the open one ended.
    #[must_use]
    pub fn finish(mut self) -> Vec<Block> {
        self.end();
        self.done
    }

    fn close(&mut self, mark: Option<Mark>) {
        self.gap = false;
        let text = std::mem::take(&mut self.open);
        // One more than is taken is enough to be refused.
        if self.done.len() <= MAX_BLOCKS && text.chars().any(|c| !c.is_whitespace()) {
            self.done.push(Block { text, mark });
        }
    }
}

/// Whether an element of HTML, XHTML or NITF begins and ends a block. Names in lower case.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address" | "article" | "aside" | "blockquote" | "body" | "br" | "center" | "dd" | "details"
            | "dialog" | "div" | "dl" | "dt" | "fieldset" | "footer" | "form" | "h1" | "h2" | "h3"
            | "h4" | "h5" | "h6" | "header" | "hr" | "html" | "legend" | "li" | "main" | "menu" | "nav"
            | "ol" | "option" | "p" | "pre" | "section" | "summary" | "table" | "tbody" | "tfoot"
            | "thead" | "tr" | "ul"
            // NITF 3.6
            | "abstract" | "block" | "body.content" | "body.end" | "body.head" | "bq" | "byline"
            | "credit" | "dateline" | "distributor" | "hedline" | "hl1" | "hl2" | "note" | "rights"
            | "tagline" | "bibliography" | "nitf-table" | "fn" | "content" | "series"
    )
}

/// Whether an element's content is none of the text: code, pictures and their captions, forms.
pub fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "embed"
            | "figure"
            | "head"
            | "iframe"
            | "input"
            | "math"
            | "media"
            | "noscript"
            | "object"
            | "picture"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    )
}

/// Whether an element stands between two words: a table's cell.
pub fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}
