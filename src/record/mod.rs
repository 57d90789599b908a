//! Records: one event in an article's life, as a value and as canonical TOML bytes.
//!
//! Every key of format 1 is defined here from the start; FORMAT.md describes them for others. The
//! layer knows no file, no log and no clock.

pub mod build;
mod canonical;
pub mod check;
pub mod credit;
pub mod decode;
pub mod encode;
pub mod event;
pub mod fields;
pub mod limits;
pub mod same;
pub mod seal;
pub mod source;
pub mod ties;
pub mod time;
