//! Fragments of HTML, as JSON and Markdown carry them: text and the blocks that it stands in.
//!
//! No tree is built. One pass over the bytes, in time and memory linear in them: a tag is what
//! follows `<` and a letter, up to the next `>` outside quotes; unknown tags are inline; what is not
//! closed ends with the fragment. Character references are those of HTML, with their semicolon.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use quick_xml::escape::resolve_html5_entity;

use super::blocks::{self, Blocks};
use crate::article::document::Block;

/// The longest character reference, `&CounterClockwiseContourIntegral;`, in bytes.
const MAX_REFERENCE: usize = 33;

/// The blocks of a fragment. Scripts, styles, pictures with their captions and embedded things
/// are left out.
pub fn blocks(fragment: &str) -> Vec<Block> {
    let mut out = Blocks::default();
    let mut tokens = Tokens { rest: fragment, no_tags: false, no_quote: [false; 2] };
    // The element whose content is dropped, and how many of its name are open in it.
    let mut dropped: Option<(String, usize)> = None;
    while let Some(token) = tokens.next() {
        if let Some((name, open)) = &mut dropped {
            match token {
                Token::Open(tag) if *name == tag => *open += 1,
                Token::Close(tag) if *name == tag => *open -= 1,
                _ => {}
            }
            if *open == 0 {
                dropped = None;
            }
            continue;
        }
        match token {
            Token::Text(text) => out.text(&unescape(text)),
            Token::Open(name)
                if matches!(name.as_str(), "script" | "style" | "textarea" | "title") =>
            {
                tokens.skip_raw(&name);
            }
            // Void elements have no content to drop.
            Token::Open(name) if matches!(name.as_str(), "embed" | "input") => {}
            Token::Open(name) if blocks::is_dropped(&name) => dropped = Some((name, 1)),
            Token::Open(name) | Token::Close(name) if blocks::is_block(&name) => out.end(),
            Token::Open(name) if blocks::is_cell(&name) => out.text(" "),
            Token::Open(_) | Token::Close(_) => {}
        }
    }
    out.finish()
}

/// The text of a fragment that is one line, such as a headline.
pub fn line(fragment: &str) -> String {
    let blocks = blocks(fragment);
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a text has anything that looks like a tag.
pub fn has_tags(text: &str) -> bool {
    tag_start(text).is_some_and(|at| text.get(at..).is_some_and(|rest| rest.contains('>')))
}

enum Token<'a> {
    Text(&'a str),
    Open(String),
    Close(String),
}

struct Tokens<'a> {
    rest: &'a str,
    /// Whether no tag ends any more; looked for once.
    no_tags: bool,
    /// Whether no `"` or `'` comes any more.
    no_quote: [bool; 2],
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            let at = if self.no_tags { None } else { tag_start(self.rest) };
            match at {
                Some(0) => {
                    if let Some(token) = self.tag() {
                        return Some(token);
                    }
                }
                at => {
                    let (text, rest) = self.rest.split_at_checked(at.unwrap_or(self.rest.len()))?;
                    self.rest = rest;
                    return Some(Token::Text(text));
                }
            }
        }
        None
    }

    /// Takes the tag or comment that the rest begins with; `None` for what is neither an opening
    /// nor a closing tag.
    fn tag(&mut self) -> Option<Token<'a>> {
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            self.rest =
                comment.find("-->").and_then(|at| comment.get(at + 3..)).unwrap_or_default();
            return None;
        }
        let Some(end) = self.tag_end() else {
            self.no_tags = true;
            return None;
        };
        let (tag, rest) = self.rest.split_at_checked(end + 1)?;
        self.rest = rest;
        let inner = tag.get(1..end)?;
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let name: String = inner
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '/')
            .take(32)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let empty = inner.ends_with('/');
        match (closing, empty && blocks::is_dropped(&name), name.starts_with(['!', '?'])) {
            (_, true, _) | (_, _, true) => None,
            (true, ..) => Some(Token::Close(name)),
            (false, ..) => Some(Token::Open(name)),
        }
    }

    /// Where the tag that the rest begins with ends: at `>` outside the quotes of attributes.
    fn tag_end(&mut self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        let mut at = 1;
        let mut equals = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => return Some(at),
                b'"' | b'\'' if equals => {
                    let kind = usize::from(byte == b'\'');
                    let known = self.no_quote.get(kind).copied().unwrap_or(true);
                    let rest = bytes.get(at + 1..).unwrap_or_default();
                    match (!known).then(|| memchr::memchr(byte, rest)).flatten() {
                        Some(length) => at += length + 1,
                        None => {
                            if let Some(none) = self.no_quote.get_mut(kind) {
                                *none = true;
                            }
                        }
                    }
                    equals = false;
                }
                b'=' => equals = true,
                b' ' | b'\t' | b'\n' | b'\r' => {}
                _ => equals = false,
            }
            at += 1;
        }
        None
    }

    /// Skips what is not markup up to the closing tag.
    fn skip_raw(&mut self, name: &str) {
        let bytes = self.rest.as_bytes();
        let mut from = 0;
        while let Some(at) = memchr::memmem::find(bytes.get(from..).unwrap_or_default(), b"</") {
            from += at + 2;
            let tag = bytes.get(from..from + name.len());
            if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
                self.rest = self.rest.get(from - 2..).unwrap_or_default();
                return;
            }
        }
        self.rest = "";
    }
}

/// Where the next tag or comment begins: `<` and a letter, `/`, `!` or `?`.
fn tag_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).find(|at| {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')
    })
}

/// Resolves character references; what is none stays as it is.
pub fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (head, mut rest) = text.split_at_checked(first).unwrap_or((text, ""));
    let mut out = String::with_capacity(text.len());
    out.push_str(head);
    while let Some(tail) = rest.strip_prefix('&') {
        let end = tail.bytes().take(MAX_REFERENCE).position(|byte| byte == b';');
        let name = end.and_then(|end| tail.get(..end)).unwrap_or_default();
        let after = if push_reference(&mut out, name) {
            tail.get(name.len() + 1..).unwrap_or_default()
        } else {
            out.push('&');
            tail
        };
        let next = memchr::memchr(b'&', after.as_bytes()).unwrap_or(after.len());
        let (plain, more) = after.split_at_checked(next).unwrap_or((after, ""));
        out.push_str(plain);
        rest = more;
    }
    Cow::Owned(out)
}

/// Appends the character that a reference stands for; `false` if it is none.
fn push_reference(out: &mut String, name: &str) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        // HTML, section 13.2.5.84: references to C1 controls mean windows-1252.
        let char = match code {
            Ok(code @ 0x80..=0x9F) => {
                let byte = [u8::try_from(code).unwrap_or_default()];
                WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
            }
            Ok(0) | Err(_) => None,
            Ok(code) => char::from_u32(code),
        };
        char.inspect(|c| out.push(*c)).is_some()
    } else {
        resolve_html5_entity(name).inspect(|text| out.push_str(text)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(fragment: &str) -> Vec<String> {
        blocks(fragment).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn block_elements_end_blocks_and_inline_ones_do_not() {
        assert_eq!(
            texts("<P CLASS='a>b'>One <b>bold</b>,\n  two.</p>Loose<br/>line<ul><li>x<li>y</ul>"),
            ["One bold, two.", "Loose", "line", "x", "y"]
        );
        assert_eq!(texts("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>"), ["a b", "c"]);
    }

    #[test]
    fn what_is_not_text_is_left_out() {
        let fragment = "<p>A</p><script>if (a < b) { '</p>' }</script><!-- <p>B</p> --><figure>\
                        <figure><img src=x></figure><figcaption>C</figcaption></figure><style>p{}\
                        </STYLE><p>D</p>";
        assert_eq!(texts(fragment), ["A", "D"]);
    }

    #[test]
    fn references_are_resolved_once() {
        let given = "AT&T &amp;lt; caf&eacute; &#233;&#xE9; &#150; &nosuch; &#xFFFFFF; &";
        assert_eq!(unescape(given), "AT&T &lt; café éé – &nosuch; &#xFFFFFF; &");
        assert_eq!(line("Prices < 5 & costs > 3"), "Prices < 5 & costs > 3");
    }

    #[test]
    fn broken_markup_costs_no_more_than_its_length() {
        for piece in ["<a =\"", "<a ='", "<!--", "<", "</", "<a b=\"'>", "&", "<script>", "<div>"] {
            let text = piece.repeat(1_000_000 / piece.len());
            let begun = std::time::Instant::now();
            let _ = blocks(&text);
            assert!(begun.elapsed().as_secs() < 2, "{piece}");
        }
    }
}
