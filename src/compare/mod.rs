//! Where two texts differ, and how much it matters.
//!
//! Knows paragraphs and words, not articles or records.

pub mod align;
pub mod signals;
pub mod verdict;
pub mod words;
