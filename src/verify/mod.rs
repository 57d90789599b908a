//! Checking: values that only a checker can build, or faults that say what is wrong and where.

pub mod article;
pub mod candidate;
pub mod fault;
pub mod growth;
pub mod journal;
pub mod keychain;
pub mod quote;
pub mod scan;
pub mod side;
