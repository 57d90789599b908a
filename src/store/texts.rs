//! Kept texts: bodies in canonical form, each under its digest.
//!
//! A text is believed because its digest is its name. It is kept beside the log, never in it; the
//! writer keeps it together with its record ([`super::append::Writer::keep_texts`]).

use super::durable;
use super::error::StoreError;
use super::layout::Layout;
use crate::read::limits;
use crate::text::digest::Digest;
use crate::text::profile::Text;

/// The most bytes a kept text can have: that of the longest file that is read, each of its bytes
/// grown threefold, which is the most that Normalization Form C makes of UTF-8 (UAX #15, "Maximum
/// Expansion").
pub(crate) const MAX_BYTES: usize = 3 * limits::MAX_BYTES;

/// The body with a digest, if it is kept and is what its name says.
pub fn find(layout: &Layout, body: &Digest) -> Option<String> {
    let bytes = durable::read(&layout.text(body), MAX_BYTES).ok()??;
    let text = Text::new(std::str::from_utf8(&bytes).ok()?);
    (text.digest() == *body && text.as_str().as_bytes() == bytes).then(|| text.as_str().to_owned())
}

/// Whether a file of the name is there, whatever it holds.
pub fn is_there(layout: &Layout, body: &Digest) -> bool {
    layout.text(body).is_file()
}

/// Erases a kept text, durably.
///
/// # Errors
///
/// If it can't be removed; one that isn't there is no error.
pub fn erase(layout: &Layout, body: &Digest) -> Result<(), StoreError> {
    durable::remove(&layout.text(body))
}
