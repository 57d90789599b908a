//! Records who reported, wrote, translated and edited an article, and proves it later.
//!
//! The modules are the layers, lowest first; each uses only those above it in this list. The pure
//! ones do no input or output and see neither clock nor environment.
//! [ARCHITECTURE.md](https://docs.rs/crate/siglum/latest/source/ARCHITECTURE.md) draws the map.

pub mod text;

pub mod compare;

pub mod credit;

pub mod article;

pub mod read;

pub mod record;

pub mod log;

pub mod lineage;

pub mod verify;

pub mod people;

pub mod audit;

pub mod report;

pub mod config;

#[cfg(feature = "cli")]
pub mod store;

#[cfg(feature = "cli")]
pub mod ingest;

#[cfg(feature = "cli")]
pub mod cli;
