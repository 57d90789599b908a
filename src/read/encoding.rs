//! Bytes → text, strictly: nothing is ever replaced.
//!
//! The encoding is the one that the caller gives, else the one of a byte order mark, else the one
//! that the format declares (the XML declaration), else UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ReadError;
use crate::text::profile;

/// How far UTF-16 without a byte order mark is looked for, in bytes.
const SAMPLE: usize = 1024;

/// A text and the name of its encoding, in lower case.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// The encoding.
    pub(super) encoding: String,
}

/// Decodes a file's bytes. `label` is what the caller gives, by the WHATWG Encoding Standard.
///
/// # Errors
///
/// If there is no such encoding, or the bytes are not of it.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    let marked = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8);
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
        let skip = marked.filter(|(own, _)| *own == encoding).map_or(0, |(_, length)| length);
        return by(encoding, bytes.get(skip..).unwrap_or_default());
    }
    if let Some((encoding, length)) = marked {
        return by(encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return Err(ReadError::NoByteOrderMark(encoding.name()));
    }
    match declared(bytes)? {
        Some(encoding) if encoding != UTF_8 => by(encoding, bytes),
        _ => by(UTF_8, bytes),
    }
}

fn by<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Decoded<'a>, ReadError> {
    if encoding == UTF_8 {
        let text = profile::utf8(bytes)?;
        // A mark before variation selectors may begin an embedded manifest, and stays.
        let unmarked = text.strip_prefix('\u{FEFF}').filter(|rest| !rest.starts_with(is_selector));
        let text = Cow::Borrowed(unmarked.unwrap_or(text));
        return Ok(Decoded { text, encoding: "utf-8".to_owned() });
    }
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(ReadError::Malformed { encoding: encoding.name() })?;
    Ok(Decoded { text, encoding: encoding.name().to_lowercase() })
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The encoding of an XML declaration; `None` for what has none.
///
/// A declaration that is read byte by byte can't be of UTF-16, whatever it says.
fn declared(bytes: &[u8]) -> Result<Option<&'static Encoding>, ReadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Some(rest) = bytes.strip_prefix(b"<?xml") else { return Ok(None) };
    let rest = rest.get(..rest.len().min(SAMPLE)).unwrap_or_default();
    let end = memchr::memmem::find(rest, b"?>").unwrap_or_default();
    let text = std::str::from_utf8(rest.get(..end).unwrap_or_default()).unwrap_or_default();
    let Some((_, value)) = text.split_once("encoding") else { return Ok(None) };
    let value = value.trim_start().strip_prefix('=').unwrap_or_default().trim_start();
    let label = value.strip_prefix(['"', '\'']).and_then(|v| v.split(['"', '\'']).next());
    let label = label.unwrap_or_default();
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(None),
        Some(encoding) => Ok(Some(encoding)),
        None => Err(ReadError::UnknownEncoding(label.to_owned())),
    }
}

/// Whether zeros fill every other byte: in even places for big-endian Latin text.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    if sample.len() < 4 {
        return None;
    }
    let zeros = |parity: usize| {
        sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count() * 2
    };
    // Latin text has a zero in nearly every pair, mixed text in some of them, and UTF-8 none.
    let (even, odd) = (zeros(0), zeros(1));
    let some = sample.len() / 8;
    match (even > some, odd > some) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bom: bool) -> Vec<u8> {
        let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf_16_is_read_by_its_mark_or_by_name() {
        let marked = utf_16("Bélot says", true);
        let decoded = decode(&marked, None).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding.as_str()), ("Bélot says", "utf-16le"));
        assert_eq!(decode(&marked, Some("utf-16")).unwrap().text, "Bélot says");
        let bare = utf_16("Bélot says", false);
        assert!(matches!(decode(&bare, None), Err(ReadError::NoByteOrderMark("UTF-16LE"))));
        assert_eq!(decode(&bare, Some("utf-16le")).unwrap().text, "Bélot says");
        assert!(decode(b"\xFF\xFEa", None).is_err());
    }

    #[test]
    fn xml_declares_its_encoding() {
        let bytes = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>B\xE9lot</a>";
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.encoding, "windows-1252");
        assert!(decoded.text.contains("Bélot"));
        assert!(decode(b"<?xml version='1.0' encoding='klingon'?><a/>", None).is_err());
        assert!(decode(b"<?xml version='1.0' encoding='utf-8'?><a>\xE9</a>", None).is_err());
    }
}
