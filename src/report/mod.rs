//! Findings and figures, written for others to read: one file a format.

pub mod csv;
pub mod figures;
pub mod findings;
pub mod github;
pub mod html;
pub mod json;
pub mod ndjson;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod place;
pub mod sarif;
pub mod table;
