//! The `siglum` program.

fn main() {}
