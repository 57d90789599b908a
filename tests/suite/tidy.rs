//! The house's own rules: layer order, file length, a `//!` on line 1, no forgotten test file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::project;

/// The layers, lowest first. A module imports only from itself and from those above it here.
const LAYERS: &[&str] = &[
    "text", "compare", "credit", "article", "read", "record", "log", "lineage", "verify", "people",
    "audit", "report", "config", "store", "ingest", "cli",
];

/// What the pure layers may not name: files, clocks, the environment, chance, the network.
const IMPURE: &[&str] =
    &["std::fs", "std::env", "std::net", "std::process", "SystemTime", "getrandom"];

/// The first layer that may.
const EDGE: &str = "store";

/// The longest a source file may be; its tests can stand in a file of their own.
const MAX_LINES: usize = 400;

fn sources(directory: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![project(directory)];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(project("")).unwrap_or(path).display().to_string()
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|name| *name == layer)
}

#[test]
fn layers_import_only_from_those_below() {
    let mut wrong = Vec::new();
    for path in sources("src") {
        let relative = path.strip_prefix(project("src")).unwrap().to_owned();
        let Some(layer) = relative.iter().next().and_then(|part| part.to_str()).and_then(rank)
        else {
            continue;
        };
        for (number, line) in (1..).zip(fs::read_to_string(&path).unwrap().lines()) {
            let code = line.split("//").next().unwrap();
            for (_, rest) in
                code.match_indices("crate::").map(|(at, word)| code.split_at(at + word.len()))
            {
                let name: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rank(&name).is_some_and(|other| other > layer) {
                    wrong.push(format!("{}:{number}: {}", shown(&path), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "a layer imports from one above it:\n{}", wrong.join("\n"));
}

#[test]
fn every_directory_of_src_is_a_layer() {
    for entry in fs::read_dir(project("src")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(rank(&name).is_some(), "src/{name} is not in the list of layers");
        }
    }
}

#[test]
fn pure_layers_do_no_input_or_output() {
    let edge = rank(EDGE).unwrap();
    let mut wrong = Vec::new();
    for path in sources("src") {
        let relative = path.strip_prefix(project("src")).unwrap().to_owned();
        let layer = relative.iter().next().and_then(|part| part.to_str()).and_then(rank);
        if layer.is_some_and(|layer| layer < edge) {
            let text = fs::read_to_string(&path).unwrap();
            for word in IMPURE.iter().filter(|word| text.contains(**word)) {
                wrong.push(format!("{}: {word}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "a pure layer names the world:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for path in sources("src").into_iter().chain(sources("tests")) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if lines > MAX_LINES {
            wrong.push(format!("{}: {lines} lines", shown(&path)));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("{}: line 1 is no `//!`", shown(&path)));
        }
        for word in ["todo!(", "unimplemented!(", "#[ignore", "should_panic", "FIXME"] {
            if text.contains(word) && !path.ends_with("tidy.rs") {
                wrong.push(format!("{}: {word}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_file_is_a_module() {
    let main = fs::read_to_string(project("tests/suite/main.rs")).unwrap();
    let declared: BTreeSet<String> = main
        .lines()
        .filter_map(|line| line.strip_prefix("mod "))
        .map(|rest| rest.trim_end_matches(';').to_owned())
        .collect();
    for path in sources("tests/suite") {
        let relative = path.strip_prefix(project("tests/suite")).unwrap();
        let first = relative.iter().next().unwrap().to_str().unwrap();
        let name = first.trim_end_matches(".rs");
        assert!(name == "main" || declared.contains(name), "tests/suite/{first} runs no test");
    }
}

#[test]
fn nothing_speaks_of_one_machine() {
    let files = sources("src").into_iter().chain(sources("tests"));
    let documents = ["README.md", "ARCHITECTURE.md", "FORMAT.md", "CHANGELOG.md", "Cargo.toml"];
    for path in files.chain(documents.map(project)) {
        let text = fs::read_to_string(&path).unwrap();
        for word in ["/home/", "/work/", "/root/", "crates.io/api", "registry.npmjs", "pypi.org"] {
            assert!(!text.contains(word) || path.ends_with("tidy.rs"), "{}: {word}", shown(&path));
        }
    }
}
