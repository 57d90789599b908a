//! What a test needs beside Rust. In CI it must be there; elsewhere the test says that it was skipped.

use std::path::PathBuf;
use std::process::Command;

use crate::desk::project;

/// Whether this is `.ci/run`, which installs what tests need.
pub fn in_ci() -> bool {
    std::env::var_os("SIGLUM_CI").is_some_and(|value| value == "1")
}

/// Gives what was found of `what`, which CI must have; says so where it is not here.
#[track_caller]
pub fn needs<T>(what: &str, found: Option<T>) -> Option<T> {
    assert!(found.is_some() || !in_ci(), "CI must have {what}");
    if found.is_none() {
        println!("skipped: {what} not here");
    }
    found
}

/// A Python that has a module: the one that `.ci/run` installs modules for, or the machine's.
pub fn python(module: &str) -> Option<PathBuf> {
    let candidates = [project("target/duckdb/bin/python"), PathBuf::from("python3")];
    candidates.into_iter().find(|python| {
        let asked = Command::new(python).args(["-c", &format!("import {module}")]).output();
        asked.is_ok_and(|output| output.status.success())
    })
}
