//! Reads credit lines: who reported, wrote, translated and edited an article.

pub mod find;
pub mod lexicon;
pub mod line;
pub mod name;
pub mod role;
