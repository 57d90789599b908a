//! `provenance.toml`: text → the settings that each layer owns, with places for errors.

mod audit;
mod credit;
pub mod place;
pub mod settings;
