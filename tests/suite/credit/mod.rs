//! Credit lines: the corpus, our own fixtures, and what holds for any string.

mod corpus;
mod fixtures;
mod house;
mod property;
mod score;
