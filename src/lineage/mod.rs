//! How records hang together: an article's versions, what happened to them, what came of them.
//!
//! Built from records that were believed by their leaf; nothing here reads or hashes.

pub mod graph;
pub mod status;
