//! The project's own log, in `records/`: in order, signed by the public example key, and saying
//! something real.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::desk::project;

/// Runs the program in the project, with a home of its own.
fn siglum(args: &[&str]) -> (Value, i32) {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_siglum"))
        .args(args)
        .args(["--format", "json"])
        .current_dir(project(""))
        .env_clear()
        .env("HOME", home.path())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let value = serde_json::from_str(&out).unwrap_or_else(|error| {
        panic!("{error}: {out}{}", String::from_utf8_lossy(&output.stderr))
    });
    (value, output.status.code().unwrap())
}

#[test]
fn it_is_in_order() {
    let log = crate::oracle::check(&project(""));
    assert_eq!(log.records.len(), 4);
    assert_eq!(log.signed, 4);
    assert_eq!(log.origin, "siglum.example/demonstration");
    let files = ["nato-kosovo.en", "ferry.en", "ferry.fr", "ferry.es"]
        .map(|name| format!("tests/articles/{name}.txt"));
    let mut args = vec!["verify"];
    args.extend(files.iter().map(String::as_str));
    let (report, code) = siglum(&args);
    assert_eq!(code, 0, "{report:#}");
    for article in report["articles"].as_array().unwrap() {
        assert_eq!(article["verdict"], "identical", "{article:#}");
        assert_eq!(article["found_by"], "path");
    }
}

#[test]
fn it_has_an_original_and_its_translations() {
    let (log, code) = siglum(&["log"]);
    assert_eq!(code, 0);
    let records = log["records"].as_array().unwrap();
    let origin = |id: &str| {
        let record = records.iter().find(|r| r["article"] == format!("tests/articles/{id}.txt"));
        record.unwrap_or_else(|| panic!("{id}"))["origin"].clone()
    };
    assert_eq!(origin("nato-kosovo.en"), "unknown");
    assert_eq!(origin("ferry.en"), "original");
    assert_eq!(origin("ferry.fr"), "translation");
    assert_eq!(origin("ferry.es"), "translation");
    let leaf =
        &records.iter().find(|r| r["article"] == "tests/articles/ferry.en.txt").unwrap()["leaf"];
    for record in records.iter().filter(|r| r["origin"] == "translation") {
        assert_eq!(&record["sources"][0]["leaf"], leaf, "pinned to the original's version");
    }
    let machine = records.iter().find(|r| r["language"] == "es").unwrap();
    let credits = machine["credits"].as_array().unwrap();
    assert!(
        credits.iter().any(|c| c["role"] == "translator" && c["kind"] == "software"),
        "{machine:#}"
    );
    assert!(
        credits.iter().any(|c| c["role"] == "reviewer" && c["kind"] == "person"),
        "{machine:#}"
    );
}

#[test]
fn its_audit_is_true() {
    let (audit, code) = siglum(&["audit"]);
    assert_eq!(code, 0, "{audit:#}");
    let rules: Vec<&str> =
        audit["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert_eq!(
        rules,
        [
            "uncredited-translation",
            "source-unresolved",
            "translator-edits-own-work",
            "machine-translation-unreviewed",
        ]
    );
}

#[test]
fn its_key_is_the_public_example() {
    let key = fs::read_to_string(project("tests/keys/example.key")).unwrap();
    let key = key.lines().find(|line| line.starts_with("PRIVATE")).unwrap();
    let key = siglum::log::key::LogKey::parse(key).unwrap();
    let settings = fs::read_to_string(project("provenance.toml")).unwrap();
    assert!(settings.contains(key.verifier().as_str()));
    assert!(settings.contains("proves nothing"));
}
