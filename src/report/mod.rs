//! Findings and figures, written for others to read: one file a format.

pub mod figures;
pub mod json;
