//! Tells a file's format by its content, and reads it.

use super::encoding::{self, Decoded};
use super::error::ReadError;
use super::limits::{MAX_BLOCKS, MAX_BYTES, MAX_TEXT};
use super::{ans, docx, html, manifest, markdown, newsml, ninjs, nitf, odt, plain, sniff, wire};
use crate::article::document::Document;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// A format that can be read.
    Format, "format", {
        /// Plain text.
        Text = "text",
        /// Wire copy in the frame and marks of ANPA 1312.
        Wire = "wire",
        /// Markdown (`CommonMark`), with front matter in YAML or TOML.
        Markdown = "markdown",
        /// HTML: a page of the web, or a part of one.
        Html = "html",
        /// IPTC ninjs 1 to 3, and Superdesk's dialect of it.
        Ninjs = "ninjs",
        /// Arc's ANS.
        Ans = "ans",
        /// IPTC NewsML-G2: items, packages and messages.
        Newsml = "newsml",
        /// IPTC NITF 3.
        Nitf = "nitf",
        /// Office Open XML, as Word writes it.
        Docx = "docx",
        /// Open Document text.
        Odt = "odt",
        /// PDF, whose text another program takes out.
        Pdf = "pdf",
    }
}

/// How to read a file, where the caller says.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The format; else the one that the content shows.
    pub format: Option<Format>,
    /// The label of the character encoding (WHATWG Encoding Standard); else the one that the file
    /// declares, else UTF-8.
    pub encoding: Option<String>,
}

/// Says which format a file is in: the one that the caller wishes, else the one that it shows.
///
/// # Errors
///
/// If it is of a format that has no reader, or its text can't be decoded.
pub fn format(bytes: &[u8], wish: &Wish) -> Result<Format, ReadError> {
    if let Some(format) = wish.format {
        return Ok(format);
    }
    if let Some(format) = sniff::binary(bytes)? {
        return Ok(format);
    }
    if sniff::html(bytes) {
        return Ok(Format::Html);
    }
    sniff::text(&encoding::decode(bytes, wish.encoding.as_deref())?.text)
}

/// Reads a file.
///
/// # Errors
///
/// If it is of a format that has no reader, can't be read as its own, or has more of something than
/// a reader takes ([`super::limits`]).
pub fn read(bytes: &[u8], wish: &Wish) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    let binary = match wish.format {
        Some(Format::Docx | Format::Odt | Format::Pdf) => wish.format,
        Some(_) => None,
        None => sniff::binary(bytes)?,
    };
    let mut document = match binary {
        Some(Format::Docx) => docx::read(bytes)?,
        Some(Format::Odt) => odt::read(bytes)?,
        Some(_) => return Err(ReadError::Unsupported("PDF")),
        // A page declares its encoding in its own way, and may be broken where no text is.
        None if wish.format == Some(Format::Html)
            || (wish.format.is_none() && sniff::html(bytes)) =>
        {
            html::page::read(bytes, wish.encoding.as_deref())?
        }
        None => {
            let decoded = encoding::decode(bytes, wish.encoding.as_deref())?;
            let format = match wish.format {
                Some(format) => format,
                None => sniff::text(&decoded.text)?,
            };
            read_text(format, decoded)?
        }
    };
    bound(&document)?;
    manifest::take(&mut document);
    if document.blocks.is_empty() { Err(ReadError::Empty) } else { Ok(document) }
}

/// Refuses a text that is longer than what is made of it can be bounded for.
pub(crate) fn bound(document: &Document) -> Result<(), ReadError> {
    if document.blocks.len() > MAX_BLOCKS {
        return Err(ReadError::TooMuch { what: "blocks of text", limit: MAX_BLOCKS });
    }
    if document.blocks.iter().map(|block| block.text.len()).sum::<usize>() > MAX_TEXT {
        return Err(ReadError::TooMuch { what: "bytes of text", limit: MAX_TEXT });
    }
    Ok(())
}

fn read_text(format: Format, decoded: Decoded<'_>) -> Result<Document, ReadError> {
    let Decoded { text, encoding } = decoded;
    match format {
        Format::Text => Ok(plain::read(&text, encoding)),
        Format::Wire => Ok(wire::read(&text, encoding)),
        Format::Markdown => markdown::read(&text, encoding),
        Format::Html => html::page::of_text(&text, encoding),
        Format::Ninjs => ninjs::read(&text, encoding),
        Format::Ans => ans::read(&text, encoding),
        Format::Newsml => newsml::read(&text, encoding),
        Format::Nitf => nitf::read(&text, encoding),
        Format::Docx | Format::Odt | Format::Pdf => Err(ReadError::Unsupported("an office file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::profile::NotUtf8;

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
        assert_eq!(plainly(b"%PDF-1.7 ..."), Err(ReadError::Unsupported("PDF")));
        assert_eq!(plainly(b"\x1F\x8B\x08"), Err(ReadError::Unsupported("a gzip archive")));
        assert!(plainly(b"<p> is how a paragraph begins in HTML.").is_ok());
    }

    #[test]
    fn nothing_to_read_is_an_error() {
        assert_eq!(plainly(b" \n\t\n"), Err(ReadError::Empty));
        assert_eq!(plainly(b"ab\xFF"), Err(ReadError::NotUtf8(NotUtf8 { offset: 2 })));
    }
}
