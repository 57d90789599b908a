//! The store: a directory ↔ bytes, durably.
//!
//! Only whoever holds the lock changes the log. Readers read the checkpoint first, then the journal,
//! and take no lock; `fsck` alone keeps writers away while it compares. FORMAT.md says what each file
//! may be trusted for.

pub mod append;
pub mod audited;
pub(crate) mod durable;
pub mod error;
pub mod export;
pub mod fsck;
pub mod index;
pub mod journal;
pub mod keys;
pub mod layout;
pub(crate) mod leftovers;
pub mod lock;
pub mod open;
pub mod parts;
pub mod places;
pub mod recover;
pub mod register;
pub mod seen;
pub mod sign;
pub mod texts;
pub mod tiles;
pub mod witness;
pub mod witnessed;
