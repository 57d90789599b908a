//! Tells a file's format by its content, and reads it.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::limits::MAX_BYTES;
use super::plain;
use crate::article::document::Document;
use crate::text::profile::{self, NotUtf8};
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// A format that can be read.
    Format, "format", {
        /// Plain text in UTF-8.
        Text = "text",
    }
}

/// Says why a file can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not UTF-8.
    #[error(transparent)]
    NotUtf8(#[from] NotUtf8),
    /// The bytes are not of the encoding that was given.
    #[error("not {encoding}: some bytes stand for no character in it")]
    Malformed {
        /// The encoding.
        encoding: &'static str,
    },
    /// There is no such encoding.
    #[error("`{0}` is no encoding")]
    UnknownEncoding(String),
    /// The file has no visible text.
    #[error("there is no text in it")]
    Empty,
    /// The file is larger than an article can be.
    #[error("{size} bytes; an article has at most {MAX_BYTES}")]
    TooLarge {
        /// The file's bytes.
        size: usize,
    },
    /// The bytes are of a format that has no reader.
    #[error("it looks like {0}, which this version does not read")]
    Unsupported(&'static str),
}

/// How to read a file, where the caller says.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The format; else the one that the content shows.
    pub format: Option<Format>,
    /// The label of the character encoding (WHATWG Encoding Standard); else UTF-8.
    pub encoding: Option<String>,
}

/// Reads a file.
///
/// # Errors
///
/// If it is of a format that has no reader, or can't be read as its own.
pub fn read(bytes: &[u8], wish: &Wish) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    if let (None, Some(name)) = (wish.format, foreign(bytes)) {
        return Err(ReadError::Unsupported(name));
    }
    let (text, encoding) = decode(bytes, wish.encoding.as_deref())?;
    let document = match wish.format.unwrap_or(Format::Text) {
        Format::Text => plain::read(&text, encoding),
    };
    if document.blocks.is_empty() { Err(ReadError::Empty) } else { Ok(document) }
}

/// Bytes → text, strictly: nothing is replaced. Returns the encoding's name in lower case.
fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<(Cow<'a, str>, String), ReadError> {
    let Some(label) = label else {
        return Ok((Cow::Borrowed(profile::utf8(bytes)?), "utf-8".to_owned()));
    };
    let encoding = Encoding::for_label(label.as_bytes())
        .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(ReadError::Malformed { encoding: encoding.name() })?;
    Ok((text, encoding.name().to_lowercase()))
}

/// The format of bytes that begin like no plain text does.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let starts = |prefix: &str| {
        bytes.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    let known = [
        ("%PDF-", "PDF"),
        ("PK\x03\x04", "a zip archive, such as DOCX or ODT"),
        ("<?xml", "XML, such as NewsML-G2 or NITF"),
        ("<!doctype", "HTML"),
        ("<html", "HTML"),
        ("{\"", "JSON, such as ninjs or ANS"),
        ("{\n", "JSON, such as ninjs or ANS"),
        ("{\r\n", "JSON, such as ninjs or ANS"),
    ];
    known.iter().find(|(prefix, _)| starts(prefix)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plainly(bytes: &[u8]) -> Result<Document, ReadError> {
        read(bytes, &Wish::default())
    }

    #[test]
    fn other_encodings_are_read_strictly() {
        let wish = |label: &str| Wish { format: None, encoding: Some(label.to_owned()) };
        let document = read(b"B\xE9lot \x97 a", &wish("latin1")).unwrap();
        assert_eq!(document.blocks[0].text, "Bélot — a");
        assert_eq!(document.reader.encoding, "windows-1252");
        let cut = read(b"\x83", &wish("shift_jis"));
        assert_eq!(cut, Err(ReadError::Malformed { encoding: "Shift_JIS" }));
        assert!(matches!(read(b"a", &wish("klingon")), Err(ReadError::UnknownEncoding(_))));
    }

    #[test]
    fn other_formats_are_named_and_not_misread() {
        for (bytes, name) in [
            (b"%PDF-1.7 ...".as_slice(), "PDF"),
            (b"\xEF\xBB\xBF\n<!DOCTYPE html><p>x", "HTML"),
            (b"{\"headline\": 1}", "JSON, such as ninjs or ANS"),
        ] {
            assert_eq!(plainly(bytes), Err(ReadError::Unsupported(name)));
        }
        assert!(plainly(b"<p> is how a paragraph begins in HTML.").is_ok());
    }

    #[test]
    fn nothing_to_read_is_an_error() {
        assert_eq!(plainly(b" \n\t\n"), Err(ReadError::Empty));
        assert_eq!(plainly(b"ab\xFF"), Err(ReadError::NotUtf8(NotUtf8 { offset: 2 })));
    }
}
