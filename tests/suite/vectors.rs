//! The conformance vectors under `tests/vectors/`, made by another implementation of FORMAT.md.
//!
//! A vector is a file whose header says what must come out (`expect: CLASS`) and why, then a line
//! `----`, then the exact bytes. Texts are lines of JSON instead.

use std::collections::BTreeMap;
use std::fs;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;
use siglum::log::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use siglum::log::key::{LogKey, Origin, VerifierKey};
use siglum::log::tile::Tile;
use siglum::record::check::RecordError;
use siglum::record::decode::DecodeError;
use siglum::record::encode::EncodeError;
use siglum::record::event::Event;
use siglum::record::fields::Record;
use siglum::record::time::Timestamp;
use siglum::text::digest::Digest;
use siglum::text::flags::{self, Flag};
use siglum::text::loose;
use siglum::text::profile::{self, Text};
use siglum::verify::journal::{Checker, Visitor};
use siglum::verify::scan::FileScan;

use crate::vector::{Vector, Verdicts, directory, vectors};

#[test]
fn texts() {
    let mut verdicts = Verdicts::default();
    let mut scripts = BTreeMap::<String, usize>::new();
    for line in fs::read_to_string(directory("text").join("profiles.jsonl")).unwrap().lines() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let hex = vector["hex"].as_str().unwrap();
        let bytes: Vec<u8> = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect();
        let found = match profile::utf8(&bytes) {
            Ok(text) => {
                let text = Text::new(text);
                let again = Text::new(text.as_str());
                assert_eq!(
                    again, text,
                    "{}: canonical text is not its own canonical form",
                    vector["name"]
                );
                serde_json::json!({
                    "canonical": text.as_str(),
                    "digest": text.digest().to_string(),
                    "loose_digest": loose::digest(&text).to_string(),
                })
            }
            Err(error) => serde_json::json!({
                "canonical": null, "digest": null, "loose_digest": null,
                "error_offset": error.offset,
            }),
        };
        let class = if vector["canonical"].is_null() { "not-utf8" } else { "valid" };
        let other: Vec<String> = ["canonical", "digest", "loose_digest", "error_offset"]
            .into_iter()
            .filter(|key| vector.get(key) != found.get(key))
            .map(|key| format!("{key}: {:?} and not {:?}", found.get(key), vector.get(key)))
            .collect();
        let name = vector["name"].as_str().unwrap();
        let out = if other.is_empty() { class } else { "another" };
        verdicts.judge(name, class, out, &other.join(", "));
        *scripts.entry(vector["script"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    println!("texts: {scripts:?}");
    assert!(scripts.len() >= 15, "vectors in {} scripts only", scripts.len());
    verdicts.end("texts", &[("valid", 220), ("not-utf8", 30)]);
}

/// The class of a refused record.
fn record_class(error: &DecodeError) -> &'static str {
    match error {
        DecodeError::NotUtf8(_) => "not-utf8",
        DecodeError::TooLong(_) | DecodeError::Record(EncodeError::TooLong { .. }) => "too-long",
        DecodeError::NewerFormat(_) => "newer-format",
        DecodeError::Syntax { .. } => "syntax",
        DecodeError::NotCanonical { .. } => "not-canonical",
        DecodeError::Record(EncodeError::Record(error)) => match error {
            RecordError::Missing { .. } => "missing",
            RecordError::Surplus { .. } => "surplus",
            RecordError::Sealed(_) => "sealed",
            RecordError::Empty(_) => "empty",
            RecordError::Form { .. } => "form",
            _ => "unknown",
        },
        _ => "unknown",
    }
}

/// A record whose canonical form has `size` bytes.
fn record_of(size: usize) -> Vec<u8> {
    let head = format!(
        "[[record]]\nformat = 1\nrecorded = \"2026-01-31T09:30:00.000Z\"\nevent = \"erasure\"\n\
         note = \"\"\n[record.erasure]\nwhat = \"text\"\ndigest = \"{}\"\n",
        "0".repeat(64)
    );
    let note = "n".repeat(size - head.len());
    head.replace("note = \"\"", &format!("note = \"{note}\"")).into_bytes()
}

#[test]
fn records() {
    let mut verdicts = Verdicts::default();
    let mut all = vectors("record");
    for (name, expect, bytes) in [
        ("valid-65535-bytes", "valid", record_of(65_535)),
        ("too-long-65536-bytes", "too-long", record_of(65_536)),
        ("too-long-70000-bytes", "too-long", record_of(70_000)),
        ("too-long-not-a-record", "too-long", vec![b'\n'; 65_536]),
    ] {
        all.push(Vector {
            name: name.into(),
            expect: expect.into(),
            header: BTreeMap::new(),
            bytes,
        });
    }
    for vector in &all {
        let (found, detail) = match Record::decode(&vector.bytes) {
            Ok(record) if record.encode().as_ref() == Ok(&vector.bytes) => ("valid", String::new()),
            Ok(_) => ("another", "encode(decode(b)) is not b".to_owned()),
            Err(error) => (record_class(&error), error.to_string()),
        };
        verdicts.judge(&vector.name, &vector.expect, found, &detail);
    }
    // What is too long to be read is too long to be written.
    let time = Timestamp::try_from("2026-01-31T09:30:00.000Z".to_owned()).unwrap();
    let mut record = Record::new(Event::Withdrawal, time);
    record.article = Some("a".into());
    record.previous = Some(Digest::of_bytes(b""));
    record.note = Some("é".repeat(33_000));
    assert!(matches!(record.encode(), Err(EncodeError::TooLong { .. })));
    verdicts.end(
        "records",
        &[
            ("valid", 55),
            ("syntax", 100),
            ("not-canonical", 75),
            ("not-utf8", 7),
            ("newer-format", 6),
            ("missing", 20),
            ("surplus", 45),
            ("sealed", 11),
            ("empty", 25),
            ("form", 40),
            ("too-long", 3),
        ],
    );
}

/// Counts what a checker comes by.
#[derive(Default)]
struct Count(u64);

impl Visitor for Count {
    fn record(&mut self, index: u64, _: Digest, _: &[u8]) {
        assert_eq!(index, self.0, "records come in order");
        self.0 += 1;
    }

    fn tile(&mut self, _: Tile, _: &[Digest]) {}
}

/// A checkpoint of `SIZE ROOT`, signed with a key of the test's own.
fn signed(line: &str) -> SignedCheckpoint {
    let (size, root) = line.split_once(' ').unwrap();
    let root: [u8; 32] = BASE64_STANDARD.decode(root).unwrap().try_into().unwrap();
    let origin = Origin::new("vectors.example").unwrap();
    let key = LogKey::from_seed(&origin, &[5; 32]).unwrap();
    let checkpoint =
        Checkpoint { origin, size: size.parse().unwrap(), root: Digest::from_bytes(root) };
    checkpoint.sign(&key).unwrap()
}

#[test]
fn journals() {
    let mut verdicts = Verdicts::default();
    for vector in vectors("journal") {
        let mut checker = Checker::new(vector.header.get("signed").map(|line| signed(line)));
        let mut count = Count::default();
        let scan = FileScan::new("records/entries/000.toml", &vector.bytes, 0);
        checker.file(&scan, true, &mut count);
        let (found, detail) = match checker.finish() {
            Ok(journal) => {
                assert_eq!(journal.size(), count.0, "{}: records and size", vector.name);
                match journal.torn() {
                    Some(torn) => ("torn", format!("{}", torn.span.start())),
                    None => ("valid", String::new()),
                }
            }
            Err(faults) => {
                let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
                let kinds: Vec<&str> = faults.iter().map(|fault| fault.kind.as_str()).collect();
                let same = kinds.iter().all(|kind| *kind == kinds[0]);
                (if same { kinds[0] } else { "several kinds" }, shown.join("; "))
            }
        };
        verdicts.judge(&vector.name, &vector.expect, found, &detail);
    }
    verdicts.end(
        "journals",
        &[
            ("valid", 20),
            ("torn", 30),
            ("framing", 75),
            ("root", 10),
            ("truncated", 4),
            ("checkpoint_root", 8),
            ("line_endings", 5),
        ],
    );
}

#[test]
fn checkpoints() {
    let mut verdicts = Verdicts::default();
    for vector in vectors("checkpoint") {
        let key = VerifierKey::parse(&vector.header["verifier"]).expect(&vector.name);
        let (found, detail) = match SignedCheckpoint::verify(&vector.bytes, &key) {
            Ok(checkpoint) => {
                assert_eq!(checkpoint.as_bytes(), vector.bytes, "{}", vector.name);
                ("valid", String::new())
            }
            Err(error) => {
                let class = match &error {
                    CheckpointError::Malformed(_) => "malformed",
                    CheckpointError::Origin { .. } => "origin",
                    CheckpointError::NotSigned(_) => "not-signed",
                    CheckpointError::BadSignature(_) => "bad-signature",
                    _ => "unknown",
                };
                (class, error.to_string())
            }
        };
        verdicts.judge(&vector.name, &vector.expect, found, &detail);
    }
    verdicts.end(
        "checkpoints",
        &[
            ("valid", 18),
            ("malformed", 55),
            ("not-signed", 8),
            ("bad-signature", 12),
            ("origin", 7),
        ],
    );
}

#[test]
fn flags() {
    let file = fs::read_to_string(directory("text").join("flags.jsonl")).unwrap();
    let mut count = 0;
    for line in file.lines() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let found: Vec<Value> = flags::flags(vector["text"].as_str().unwrap())
            .iter()
            .map(|flag| {
                let kind = match flag {
                    Flag::BidiControl { .. } => "bidi_control",
                    Flag::MixedScript { .. } => "mixed_script",
                    _ => "another",
                };
                serde_json::json!({ "kind": kind, "span": [flag.span().start(), flag.span().end()] })
            })
            .collect();
        assert_eq!(vector["flags"], Value::Array(found), "{}", vector["name"]);
        count += 1;
    }
    assert!(count >= 30, "{count} vectors");
}
