//! Office files are zip archives: takes out the parts that are needed, bounded.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;
use super::limits::{MAX_ENTRIES, MAX_MARKUP};
use super::xml::{self, Element};

/// An office file, opened.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
}

impl<'a> Archive<'a> {
    /// Opens a file's bytes.
    ///
    /// # Errors
    ///
    /// If they are no zip archive, or have more entries than a document needs.
    pub(super) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, ReadError> {
        let broken = |error: ZipError| ReadError::Broken { format, reason: error.to_string() };
        // Before the directory is read into memory.
        if entries(bytes).is_some_and(|count| count > MAX_ENTRIES) {
            return Err(ReadError::TooMuch { what: "files in the archive", limit: MAX_ENTRIES });
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        Ok(Self { zip, format })
    }

    /// A part as XML; `None` if it isn't there.
    ///
    /// # Errors
    ///
    /// If it is damaged, or inflates to more than an article needs.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Element>, ReadError> {
        let format = self.format;
        let broken =
            |reason: String| ReadError::Broken { format, reason: format!("{name}: {reason}") };
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(error.to_string())),
        };
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_MARKUP).unwrap_or(u64::MAX);
        // What the directory says of the size is not believed.
        file.take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        if bytes.len() > MAX_MARKUP {
            return Err(ReadError::TooMuch { what: "bytes in a part", limit: MAX_MARKUP });
        }
        let decoded = super::encoding::decode(&bytes, None)?;
        xml::parse(&decoded.text, format).map(Some)
    }
}

/// The number of entries that the end of the central directory states (APPNOTE 6.3.10, section
/// 4.3.16); the largest one where it leaves that to ZIP64.
fn entries(bytes: &[u8]) -> Option<usize> {
    const END: usize = 22 + 65_535;
    let tail = bytes.get(bytes.len().saturating_sub(END)..)?;
    let at = memchr::memmem::rfind(tail, b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes(count.try_into().ok()?)))
}
