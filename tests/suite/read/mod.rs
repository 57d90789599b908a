//! Readers: samples of every format, one article through every door, hostile bytes.

mod desk;
mod doors;
mod hostile;
mod mutate;
mod samples;
mod stories;
mod writers;
