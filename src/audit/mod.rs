//! The audit: what is not in order with an article's credits, sources and versions.
//!
//! A rule sees one article at a time and states what is known and from where. It accuses nobody.
//! [`stats`] counts over the whole log. Adding a rule is adding a file to [`rules`] and its entry to [`rule::ALL`].

pub mod exemption;
pub mod eyes;
pub mod finding;
pub mod likeness;
pub mod machine;
pub mod pattern;
pub mod policy;
pub mod rule;
pub mod rules;
pub mod run;
pub mod stats;
