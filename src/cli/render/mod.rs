//! What people and programs see: human text and the documented JSON, side by side.

pub(super) mod article;
pub(super) mod checkpoint;
mod columns;
pub(super) mod credits;
pub(super) mod diff;
pub(super) mod findings;
pub(super) mod lineage;
pub(super) mod log;
pub(super) mod marks;
pub(super) mod people;
pub(super) mod record;
pub(super) mod stats;
pub(super) mod verification;
