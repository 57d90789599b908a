//! Reads credit lines: who reported, wrote, translated and edited an article.

mod address;
mod affiliation;
mod bare;
mod clause;
mod cover;
mod dateline;
mod fold;
mod group;
mod item;
mod joiner;
mod list;
mod machine;
mod person;
mod phrase;
mod place;
mod reading;
mod scan;
mod script;
mod sentence;
mod source;
mod stem;
mod title;
mod token;
mod tongue;

pub mod explain;
pub mod find;
pub mod lexicon;
pub mod line;
pub mod name;
pub mod role;
