//! The documents keep their word: every test that FORMAT.md names is there, the README's commands
//! are the ones that are run, every layer is in ARCHITECTURE.md.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::project;

fn read(name: &str) -> String {
    fs::read_to_string(project(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Whether `place` is `file::test` with a test function of that name in that file.
fn is_test(place: &str) -> bool {
    let Some((file, test)) = place.split_once("::") else { return false };
    let candidates = [
        format!("tests/suite/{file}.rs"),
        format!("tests/suite/{file}/mod.rs"),
        format!("src/{file}.rs"),
        format!("src/{file}/tests.rs"),
    ];
    candidates.iter().any(|name| {
        fs::read_to_string(project(name)).is_ok_and(|text| text.contains(&format!("fn {test}(")))
    })
}

#[test]
fn every_rule_of_the_format_names_a_test_that_is_there() {
    let format = read("FORMAT.md");
    let mut named = BTreeSet::new();
    for part in format.split('`').skip(1).step_by(2) {
        if part.contains("::") {
            assert!(is_test(part), "FORMAT.md names {part}, which is no test");
            named.insert(part.to_owned());
        }
    }
    assert!(named.len() > 25, "{named:?}");
    let rules = format.split("\n\n").filter(|paragraph| paragraph.starts_with("**"));
    for rule in
        rules.filter(|rule| rule.as_bytes()[2].is_ascii_uppercase() && rule[..6].contains('.'))
    {
        let id = rule.split('.').next().unwrap().trim_start_matches('*');
        // T2, R9 and the like end with their tests in the paragraph or after its list.
        let after = format.split(&format!("**{id}.**")).nth(1).unwrap();
        let own = after.split("\n**").next().unwrap();
        assert!(own.contains("::"), "{id} names no test");
    }
}

#[test]
fn the_readme_begins_with_two_commands() {
    let readme = read("README.md");
    let blocks: Vec<&str> = readme.split("```").skip(1).step_by(2).collect();
    let commands: Vec<&str> =
        blocks.iter().map(|block| block.trim_start_matches("sh").trim()).collect();
    assert!(commands[0].starts_with("cargo run"), "{}", commands[0]);
    assert!(commands[0].contains("tests/articles/nato-kosovo.en.txt"));
    assert!(commands[1].starts_with("cargo test"), "{}", commands[1]);
    assert!(read(".ci/run").contains(commands[1]), "CI runs the README's test command");
}

#[test]
fn every_layer_is_on_the_map() {
    let map = read("ARCHITECTURE.md");
    for entry in fs::read_dir(project("src")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(map.contains(&format!("`{name}`")), "{name} is not in ARCHITECTURE.md");
        }
    }
}
