//! Canonical bytes → record: strict, so that a record has one spelling.
//!
//! `decode(encode(r)) == r`, and `decode` refuses `b` unless `encode(decode(b)) == b`. A TOML
//! parser says what is wrong with what `canonical.rs` doesn't take; comparing with what
//! [`Record::encode`] writes refuses every other spelling that either would take (other order, spacing,
//! quotes, escapes, numbers, newer syntax).

use serde::Deserialize;

use super::canonical;
use super::encode::EncodeError;
use super::fields::Record;
use super::limits::{FORMAT, MAX_BYTES};
use crate::text::profile;

/// Says why bytes are no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// They are not UTF-8.
    #[error(transparent)]
    NotUtf8(#[from] profile::NotUtf8),
    /// More bytes than a record may have.
    #[error("{0} bytes; a record has at most {MAX_BYTES}")]
    TooLong(usize),
    /// They are of a newer format; their hash can be checked, their content can't be read.
    #[error("a record of format {0}; this program understands format {FORMAT}")]
    NewerFormat(u64),
    /// They are not TOML, or not a record's keys and values.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// A rule of the format is broken.
    #[error(transparent)]
    Record(#[from] EncodeError),
    /// A record, but not in its one spelling.
    #[error("line {line}: not in canonical form; expected `{expected}`")]
    NotCanonical {
        /// The first line that differs, from 1.
        line: usize,
        /// What stands there in the canonical form.
        expected: String,
    },
}

/// What stands around a record.
#[derive(Deserialize)]
struct Envelope<T> {
    record: [T; 1],
}

impl Record {
    /// Reads a record from its canonical bytes.
    ///
    /// # Errors
    ///
    /// If the bytes are anything but the canonical form of a record of format 1.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > MAX_BYTES {
            return Err(DecodeError::TooLong(bytes.len()));
        }
        let text = profile::utf8(bytes)?;
        if let Some(record) = canonical::read(text)
            && record.encode().is_ok_and(|canonical| canonical == bytes)
        {
            return Ok(record);
        }
        if let Some(format) = newer_format(text) {
            return Err(DecodeError::NewerFormat(format));
        }
        Self::by_toml(text)
    }

    /// The same by a TOML parser, which says what is wrong and where.
    pub(super) fn by_toml(text: &str) -> Result<Self, DecodeError> {
        let syntax = |error: &toml::de::Error| {
            let offset = error.span().map_or(0, |span| span.start);
            DecodeError::Syntax {
                line: text.get(..offset).unwrap_or(text).matches('\n').count() + 1,
                message: error.message().lines().next().unwrap_or("not TOML").to_owned(),
            }
        };
        let Envelope { record: [record] } =
            toml::from_str::<Envelope<Self>>(text).map_err(|error| syntax(&error))?;
        let canonical = record.encode()?;
        match first_difference(text, &canonical) {
            None => Ok(record),
            Some((line, expected)) => Err(DecodeError::NotCanonical { line, expected }),
        }
    }
}

/// Whether bytes say that they are a record of a newer format.
pub fn is_newer(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| newer_format(text).is_some())
}

/// The format of a record that is newer than [`FORMAT`], by its first two lines: whatever else a
/// later format changes, it keeps these.
fn newer_format(text: &str) -> Option<u64> {
    let number = text.strip_prefix("[[record]]\nformat = ")?.split('\n').next()?;
    let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    number.parse().ok().filter(|format| plain && *format > u64::from(FORMAT))
}

/// The first line in which `text` isn't `canonical`.
fn first_difference(text: &str, canonical: &[u8]) -> Option<(usize, String)> {
    if text.as_bytes() == canonical {
        return None;
    }
    let canonical = String::from_utf8_lossy(canonical);
    let mut lines = canonical.split_inclusive('\n');
    let mut number = 0;
    for line in text.split_inclusive('\n') {
        number += 1;
        match lines.next() {
            Some(wanted) if wanted == line => {}
            Some(wanted) => return Some((number, wanted.trim_end().to_owned())),
            None => return Some((number, String::new())),
        }
    }
    Some((number + 1, lines.next().unwrap_or_default().trim_end().to_owned()))
}
