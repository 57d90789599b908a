//! Bytes → document, with the help of other programs where a format needs them.

use super::pdf::{self, PdfError};
use crate::article::document::Document;
use crate::read::detect::{self, Format, Wish};
use crate::read::error::ReadError;

/// Says why an input can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A reader refused it.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The text of a PDF could not be had.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// Reads an input's bytes; a PDF by way of `pdftotext`.
///
/// # Errors
///
/// If it can't be read.
pub fn open(bytes: &[u8], wish: &Wish) -> Result<Document, OpenError> {
    let is_pdf = match wish.format {
        Some(format) => format == Format::Pdf,
        None => bytes.starts_with(b"%PDF-"),
    };
    if is_pdf { Ok(pdf::read(bytes)?) } else { Ok(detect::read(bytes, wish)?) }
}
