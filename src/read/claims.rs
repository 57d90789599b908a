//! Gathering claims: what is empty or too long is left out.

use super::limits::{MAX_CLAIM, MAX_CLAIMS};
use crate::article::document::{Claim, Subject};

/// Claims under construction.
#[derive(Debug, Default)]
pub struct Claims(Vec<Claim>);

impl Claims {
    /// Adds what stands at `place`, white space around it trimmed. A value that is empty, or of
    /// more than [`MAX_CLAIM`] bytes, is none; neither is one beyond [`MAX_CLAIMS`].
    pub fn add(&mut self, subject: Subject, value: &str, place: impl Into<String>) {
        let value = value.trim();
        if !value.is_empty() && value.len() <= MAX_CLAIM && self.0.len() < MAX_CLAIMS {
            let (value, place) = (value.to_owned(), place.into());
            self.0.push(Claim { subject, value, place });
        }
    }

    /// The claims, in the order of the file.
    #[must_use]
    pub fn finish(self) -> Vec<Claim> {
        self.0
    }
}
