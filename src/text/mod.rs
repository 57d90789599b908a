//! What "the same text" means: canonical forms, paragraphs, digests, spans, flags.
//!
//! Two profiles are frozen for ever, because digests made with them are: `text-1` (evidence) in
//! [`profile`] and `text-1-loose` (a label, never evidence) in [`loose`]. Nothing here knows what
//! an article is.

mod blocks;
pub mod digest;
pub mod flags;
pub mod language;
pub mod loose;
pub mod paragraphs;
pub mod profile;
pub mod span;
pub mod vocabulary;
