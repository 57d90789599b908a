//! The people of a newsroom: who goes by which names.

pub mod roster;
