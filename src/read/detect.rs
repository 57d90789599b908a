//! Tells a file's format by its content, and reads it.

use super::limits::MAX_BYTES;
use super::plain;
use crate::article::document::Document;
use crate::text::profile::NotUtf8;
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

/// Reads a file as the format that its content shows.
///
/// # Errors
///
/// If it is of a format that has no reader, or can't be read as its own.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    match foreign(bytes) {
        Some(name) => Err(ReadError::Unsupported(name)),
        None => read_as(Format::Text, bytes),
    }
}

/// Reads a file as a given format.
///
/// # Errors
///
/// If it can't be read as that.
pub fn read_as(format: Format, bytes: &[u8]) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    let document = match format {
        Format::Text => plain::read(bytes)?,
    };
    if document.blocks.is_empty() { Err(ReadError::Empty) } else { Ok(document) }
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

    #[test]
    fn other_formats_are_named_and_not_misread() {
        for (bytes, name) in [
            (b"%PDF-1.7 ...".as_slice(), "PDF"),
            (b"\xEF\xBB\xBF\n<!DOCTYPE html><p>x", "HTML"),
            (b"{\"headline\": 1}", "JSON, such as ninjs or ANS"),
        ] {
            assert_eq!(read(bytes), Err(ReadError::Unsupported(name)));
        }
        assert!(read(b"<p> is how a paragraph begins in HTML.").is_ok());
    }

    #[test]
    fn nothing_to_read_is_an_error() {
        assert_eq!(read(b" \n\t\n"), Err(ReadError::Empty));
        assert_eq!(read(b"ab\xFF"), Err(ReadError::NotUtf8(NotUtf8 { offset: 2 })));
    }
}
