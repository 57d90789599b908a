//! Where two texts differ, and how much it matters.
//!
//! Knows paragraphs and words, not articles or records.

pub mod align;
mod bag;
pub mod change;
mod frame;
mod lexicon;
pub mod verdict;
pub mod words;
