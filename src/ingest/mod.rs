//! Many inputs → records: reads them, decides what each adds to its article.

pub mod batch;
pub mod dates;
pub mod globs;
pub mod lines;
pub mod map;
pub mod name;
pub mod open;
pub mod pdf;
pub mod walk;
pub mod warc;
pub mod watch;
