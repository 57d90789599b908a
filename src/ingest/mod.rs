//! Many inputs → records: reads them, decides what each adds to its article.

pub mod batch;
pub mod lines;
pub mod open;
pub mod pdf;
pub mod walk;
