//! Reads credit lines: who reported, wrote, translated and edited an article.

mod bare;
mod fold;
mod group;
mod list;
mod machine;
mod phrase;
mod place;
mod reading;
mod scan;
mod source;

pub mod explain;
pub mod find;
pub mod lexicon;
pub mod line;
pub mod name;
pub mod role;
