//! The people of a newsroom: who goes by which names, who is credited, and who may be one person.

mod finder;
mod keys;
mod lay;
mod letters;
mod name;
mod typo;
mod word;

pub mod roster;

pub mod similar;

pub mod census;

pub mod search;
