//! What "the same text" means: canonical forms, paragraphs, digests, spans, language tags.

pub mod language;
pub mod span;
