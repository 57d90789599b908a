//! Where two texts differ, and how much it matters.
//!
//! Knows paragraphs and words, not articles or records.

pub mod align;
mod bag;
pub mod change;
pub mod difference;
mod frame;
mod lexicon;
mod pairs;
pub mod verdict;
pub mod words;
