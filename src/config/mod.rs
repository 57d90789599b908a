//! `provenance.toml`: text → the settings that each layer owns, with places for errors.

#[cfg(feature = "cli")]
pub mod adopt;
mod audit;
mod credit;
mod people;
pub mod place;
pub mod settings;
