//! Findings and figures, written for others to read: one file a format.

pub mod csv;
pub mod figures;
pub mod json;
pub mod ndjson;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod table;
