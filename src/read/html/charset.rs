//! The character encoding of a page.
//!
//! What the caller says goes first, then a byte order mark. Then bytes that are UTF-8 and not just
//! ASCII are UTF-8, whatever the page declares: text of another encoding hardly ever is, and pages
//! are saved as UTF-8 with their old declaration. Then the declaration counts, and without one the
//! page has to be UTF-8.
//!
//! A page may hold broken bytes outside its article, in a script or a comment. So they are shown as
//! U+FFFD here, and [`Decoded::broken`] makes the reader refuse an article that has one.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::limits::PRESCAN;
use crate::read::error::ReadError;
use crate::text::profile::NotUtf8;

/// A page as text.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text; broken bytes are U+FFFD.
    pub(super) text: Cow<'a, str>,
    /// The encoding's name in lower case.
    pub(super) encoding: String,
    /// What to say if a broken byte stands in the article.
    pub(super) broken: Option<ReadError>,
    /// A declaration that the bytes gave the lie, in lower case.
    pub(super) overruled: Option<String>,
}

/// Decodes a page. `label` is the encoding that the caller states.
///
/// # Errors
///
/// If there is no such encoding, or no encoding is stated or declared and the bytes aren't UTF-8.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.as_bytes())
            .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
        return Ok(with(encoding, bytes, None));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, bytes.get(length..).unwrap_or_default(), None));
    }
    let declared = declared(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let overruled = declared.filter(|encoding| *encoding != UTF_8 && !text.is_ascii());
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: "utf-8".to_owned(),
            broken: None,
            overruled: overruled.map(|encoding| encoding.name().to_lowercase()),
        });
    }
    match declared {
        Some(encoding) => Ok(with(encoding, bytes, None)),
        None => Err(not_utf8(bytes)),
    }
}

fn with<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
    overruled: Option<String>,
) -> Decoded<'a> {
    let (text, has_broken) = encoding.decode_without_bom_handling(bytes);
    let broken = has_broken.then(|| {
        if encoding == UTF_8 {
            not_utf8(bytes)
        } else {
            ReadError::Malformed { encoding: encoding.name() }
        }
    });
    Decoded { text, encoding: encoding.name().to_lowercase(), broken, overruled }
}

fn not_utf8(bytes: &[u8]) -> ReadError {
    let offset = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    ReadError::NotUtf8(NotUtf8 { offset })
}

/// The encoding that a page declares in `meta charset`, `meta http-equiv` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(PRESCAN)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = head.get(from..)?.find(['<']).map(|at| from + at) {
        let tag = head.get(at..)?;
        let end = tag.find('>').unwrap_or(tag.len());
        let tag = tag.get(..end)?;
        let word = if tag.starts_with("<meta") {
            "charset"
        } else if tag.starts_with("<?xml") {
            "encoding"
        } else {
            from = at + 1;
            continue;
        };
        if let Some(label) = label_after(tag, word)
            && let Some(encoding) = Encoding::for_label(label.as_bytes())
        {
            // A page whose declaration can be read as ASCII is not UTF-16 (HTML Standard, 13.2.3.2).
            return Some(encoding.output_encoding());
        }
        from = at + end.max(1);
    }
    None
}

/// The value after `word` and an equals sign.
fn label_after<'a>(tag: &'a str, word: &str) -> Option<&'a str> {
    let rest = tag.get(tag.find(word)? + word.len()..)?.trim_start();
    let rest = rest.strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>' | '?'))
        .unwrap_or(rest.len());
    rest.get(..end).filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.encoding, decoded.text.into_owned())
    }

    #[test]
    fn declarations_count_where_the_bytes_do_not_contradict() {
        for head in [
            "<meta charset=iso-8859-1>",
            "<META CHARSET='ISO-8859-1' />",
            "<title>x</title><meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">",
            "<?xml version='1.0' encoding='iso-8859-1'?>",
        ] {
            let page = [head.as_bytes(), b"caf\xE9"].concat();
            let (name, text) = encoding(&page);
            assert_eq!((name.as_str(), text.ends_with("café")), ("windows-1252", true), "{head}");
        }
        let saved = decode("<meta charset=latin1>café".as_bytes(), None).unwrap();
        assert_eq!(saved.encoding, "utf-8");
        assert_eq!(saved.overruled.as_deref(), Some("windows-1252"));
        let wide = b"\xFF\xFE<\0p\0>\0\xE9\0";
        assert_eq!(encoding(wide), ("utf-16le".to_owned(), "<p>é".to_owned()));
    }

    #[test]
    fn what_nobody_declares_is_utf_8_or_nothing() {
        let Err(error) = decode(b"<p>caf\xE9", None) else { panic!("read") };
        assert_eq!(error, ReadError::NotUtf8(NotUtf8 { offset: 6 }));
        assert!(decode(b"x", Some("klingon")).is_err());
        assert_eq!(decode(b"caf\xE9", Some("latin1")).unwrap().text, "café");
        let cut = decode(b"<meta charset=utf-8>caf\xC3", None).unwrap();
        assert_eq!(cut.broken, Some(ReadError::NotUtf8(NotUtf8 { offset: 23 })));
    }
}
