//! Many inputs → records: decides what each input adds to its article.

pub mod batch;
