//! An article: what a reader's blocks and claims are, taken together.
//!
//! A reader gives a [`document::Document`] and knows nothing of names or role words;
//! [`assemble::assemble`] says which block is the headline, the dateline, the byline, a paragraph
//! or a credit line, and what they credit. Nothing is dropped on the way.

pub mod advisory;
pub mod assemble;
pub mod dateline;
pub mod document;
pub mod language;
pub mod reconcile;
mod signoff;
