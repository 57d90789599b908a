//! Tells a format by how the bytes begin.

use super::detect::Format;
use super::error::ReadError;

/// The format of bytes that are no text at all; `None` for what may be text.
///
/// # Errors
///
/// If it is something that no reader reads.
pub(super) fn binary(bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"%PDF-") {
        Ok(Some(Format::Pdf))
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        // An OpenDocument file says what it is in its first entry (ODF 1.3, part 2, section 3.3).
        let head = bytes.get(..bytes.len().min(128)).unwrap_or_default();
        let odt = memchr::memmem::find(head, b"application/vnd.oasis.opendocument.text").is_some();
        Ok(Some(if odt { Format::Odt } else { Format::Docx }))
    } else if starts(b"\x1F\x8B") {
        Err(ReadError::Unsupported("a gzip archive"))
    } else if starts(b"\xD0\xCF\x11\xE0") {
        Err(ReadError::Unsupported("an old office file (DOC)"))
    } else if starts(b"{\\rtf") {
        Err(ReadError::Unsupported("RTF"))
    } else if starts(b"\xFF\xD8\xFF") || starts(b"\x89PNG") || starts(b"GIF8") {
        Err(ReadError::Unsupported("a picture"))
    } else {
        Ok(None)
    }
}

/// Whether bytes are a page of the web or a part of one, in an encoding that has ASCII's signs.
pub(super) fn html(bytes: &[u8]) -> bool {
    const NEAR: usize = 4096;
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(NEAR)).unwrap_or_default());
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    head.starts_with('<') && markup(head) == Ok(Format::Html)
}

/// The format of a text.
///
/// # Errors
///
/// If it is something that no reader reads.
pub(super) fn text(text: &str) -> Result<Format, ReadError> {
    let text = text.trim_start_matches('\u{FEFF}').trim_start_matches(char::is_whitespace);
    if is_wire(text) {
        return Ok(Format::Wire);
    }
    match text.chars().next() {
        Some('<') => markup(text),
        Some('{')
            if text.get(1..).is_some_and(|rest| rest.trim_start().starts_with(['"', '}'])) =>
        {
            Ok(json(text))
        }
        Some('[') if is_list_of_objects(text) => Ok(Format::Ninjs),
        Some('-' | '+' | '#') if is_markdown(text) => Ok(Format::Markdown),
        _ => Ok(Format::Text),
    }
}

/// XML by its root element, HTML by how it begins; other `<` are text.
fn markup(text: &str) -> Result<Format, ReadError> {
    let declared = text.starts_with("<?xml");
    match root(text).as_str() {
        "nitf" => Ok(Format::Nitf),
        "newsItem" | "packageItem" | "newsMessage" | "conceptItem" | "knowledgeItem"
        | "planningItem" | "catalogItem" | "contentSet" | "groupSet" | "contentMeta"
        | "itemMeta" => Ok(Format::Newsml),
        name if name.eq_ignore_ascii_case("html") => Ok(Format::Html),
        "NewsML" => Err(ReadError::Unsupported("NewsML 1")),
        _ if text.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) => {
            Ok(Format::Html)
        }
        _ if declared => Err(ReadError::Unsupported("XML that is neither NewsML-G2 nor NITF")),
        name if is_element(name) && has_end_tag(text) => Ok(Format::Html),
        _ => Ok(Format::Text),
    }
}

/// Whether pages, or parts of them, begin with an element of this name.
fn is_element(name: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "head",
        "body",
        "main",
        "article",
        "section",
        "header",
        "aside",
        "nav",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "table",
        "ul",
        "ol",
        "blockquote",
        "figure",
        "center",
        "font",
        "span",
        "a",
        "b",
        "i",
        "em",
        "strong",
        "br",
        "title",
        "meta",
        "link",
        "script",
        "style",
    ];
    ELEMENTS.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// Whether something ends in the beginning of a text: a `<p>` alone may stand in any text.
fn has_end_tag(text: &str) -> bool {
    const NEAR: usize = 4096;
    let end = text.len().min(NEAR);
    let head = text.as_bytes().get(..end).unwrap_or_default();
    memchr::memmem::find(head, b"</").is_some()
}

/// The local name of the first element, declarations and comments before it skipped.
fn root(mut text: &str) -> String {
    loop {
        text = text.trim_start();
        let skip = if text.starts_with("<!--") {
            text.find("-->").map(|at| at + 3)
        } else if text.starts_with("<?") {
            text.find("?>").map(|at| at + 2)
        } else if text.starts_with("<!") {
            // An internal subset ends with its bracket.
            let end = text.find('>');
            let subset = text.find('[').filter(|at| end.is_some_and(|end| *at < end));
            if subset.is_some() { text.find("]>").map(|at| at + 2) } else { end.map(|at| at + 1) }
        } else {
            None
        };
        match skip.and_then(|at| text.get(at..)) {
            Some(rest) => text = rest,
            None => break,
        }
    }
    let name = text.strip_prefix('<').unwrap_or_default();
    let name = name.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    let name = name.unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default().chars().take(32).collect()
}

/// ANS has parts that ninjs has not.
fn json(text: &str) -> Format {
    let has = |key: &str| memchr::memmem::find(text.as_bytes(), key.as_bytes()).is_some();
    let ans = has("\"content_elements\"")
        || (has("\"version\"") && has("\"_id\"") && !has("\"uri\"") && !has("\"guid\""));
    if ans { Format::Ans } else { Format::Ninjs }
}

fn is_list_of_objects(text: &str) -> bool {
    let inner = text.strip_prefix('[').map(str::trim_start);
    inner.and_then(|rest| rest.strip_prefix('{')).is_some_and(|r| r.trim_start().starts_with('"'))
}

/// Front matter, or a heading with its marks as the first line and a blank one after it.
fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim_end();
    match first {
        "---" => {
            lines.next().is_some_and(|line| line.contains(':')) && closes(lines, &["---", "..."])
        }
        "+++" => closes(lines, &["+++"]),
        _ => {
            let level = first.bytes().take_while(|byte| *byte == b'#').count();
            let heading = (1..=6).contains(&level)
                && first.get(level..).is_some_and(|rest| rest.starts_with(' '));
            heading && lines.next().is_some_and(|line| line.trim().is_empty())
        }
    }
}

fn closes<'a>(lines: impl Iterator<Item = &'a str>, ends: &[&str]) -> bool {
    const FRONT_MATTER: usize = 1000;
    lines.take(FRONT_MATTER).any(|line| ends.contains(&line.trim_end()))
}

/// ANPA 1312: control characters frame the header and the text; without them, lines that are set
/// begin with `^` and end with `<` or `=`.
fn is_wire(text: &str) -> bool {
    let head: String = text.chars().take(400).collect();
    let framed = head.starts_with(['\u{1}', '\u{16}']) || head.contains('\u{2}');
    let set = |line: &str| line.starts_with('^') && line.trim_end().ends_with(['<', '=']);
    framed || head.lines().next().is_some_and(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_how_they_begin() {
        for (given, want) in [
            ("A bridge reopened.", Format::Text),
            ("<p> is how a paragraph begins in HTML.", Format::Text),
            ("[Oslo 12 May NTB] - A bridge", Format::Text),
            ("{ sic } he wrote", Format::Text),
            ("#hashtag in a headline\n\nText", Format::Text),
            ("--- \nA rule above", Format::Text),
            ("# A bridge\n\nText", Format::Markdown),
            ("---\ntitle: A bridge\n---\nText", Format::Markdown),
            ("\u{FEFF}\n<!DOCTYPE html><p>x", Format::Html),
            ("<?xml version='1.0'?><!-- x --><n:newsItem xmlns:n='x'>", Format::Newsml),
            ("<!DOCTYPE nitf SYSTEM \"nitf-3-6.dtd\">\n<nitf>", Format::Nitf),
            ("<!DOCTYPE nitf [<!ENTITY a \"b\">]>\n<nitf>", Format::Nitf),
            ("{\"uri\": 1}", Format::Ninjs),
            ("{\n\"_id\": \"1\", \"version\": \"0.10.12\"}", Format::Ans),
            ("\u{16}\u{16}\u{1}a0001\r\n", Format::Wire),
            ("^Bridge reopens<\n^By ADA PRELL=\n", Format::Wire),
        ] {
            assert_eq!(text(given), Ok(want), "{given}");
        }
        assert!(text("<?xml version='1.0'?><rss/>").is_err());
        assert_eq!(binary(b"%PDF-1.7"), Ok(Some(Format::Pdf)));
        assert!(binary(b"\x1F\x8B\x08").is_err());
    }
}
