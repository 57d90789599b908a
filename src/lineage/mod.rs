//! How records hang together: an article's versions, what happened to them, what came of them.
//!
//! Built from records that were believed by their leaf; nothing here reads or hashes files. Where
//! an answer depends on words, whoever asks gives the texts that are kept.

pub mod asked;
pub mod basis;
pub mod counterpart;
pub mod draw;
pub mod families;
pub mod filter;
pub mod graph;
pub mod late;
pub mod pair;
pub mod review;
pub mod stale;
pub mod status;
pub(crate) mod union;
