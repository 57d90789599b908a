//! Readers: samples of every format, one article through every door, pages of the web, hostile bytes.

mod bounds;
mod desk;
mod doors;
mod hostile;
mod large;
mod mutate;
mod pages;
mod samples;
mod stories;
mod writers;
