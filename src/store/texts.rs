//! Kept texts: bodies in canonical form, each under its digest.
//!
//! A text is believed because its digest is its name. It is kept beside the log, never in it.

use super::durable;
use super::error::StoreError;
use super::layout::Layout;
use crate::text::digest::Digest;
use crate::text::profile::Text;

/// Keeps a body.
///
/// # Errors
///
/// If it can't be written.
pub fn keep(layout: &Layout, body: &Text) -> Result<(), StoreError> {
    let path = layout.text(&body.digest());
    if durable::read(&path)?.is_some_and(|kept| kept == body.as_str().as_bytes()) {
        return Ok(());
    }
    durable::replace(&path, body.as_str().as_bytes())
}

/// The body with a digest, if it is kept and is what its name says.
pub fn find(layout: &Layout, body: &Digest) -> Option<String> {
    let bytes = durable::read(&layout.text(body)).ok()??;
    let text = Text::new(std::str::from_utf8(&bytes).ok()?);
    (text.digest() == *body && text.as_str().as_bytes() == bytes).then(|| text.as_str().to_owned())
}
