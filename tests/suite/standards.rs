//! What other people's programs read: the exported tree, receipts, requests and cosignatures,
//! checked by code that knows only the specifications.

use std::fs;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use siglum::log::frame;
use siglum::log::tree::{self, Edge};

use crate::desk::{Desk, project};
use crate::oracle;

pub fn text(n: usize) -> String {
    format!(
        "Story number {n}\n\nThe first paragraph of story number {n}, long enough to be told.\n\nAnd the second of {n}.\n"
    )
}

/// A log of `size` records, of which the first are real and the rest are bytes in the journal:
/// the log never asks what a record says.
pub fn log_of(size: usize) -> Desk {
    let desk = Desk::with_log();
    let mut edge = Edge::new();
    let mut written = 0;
    while written < size {
        let room = (4096 - written % 4096).min(size - written).min(1000);
        let records: Vec<Vec<u8>> = (written..written + room)
            .map(|n| format!("[[record]]\nformat = 9\nn = {n}\n").into_bytes())
            .collect();
        for record in &records {
            edge.push(tree::leaf_hash(record), |_, _| ());
        }
        let path = desk.records().join(format!(
            "entries/{}.toml",
            siglum::log::tile::index_path((written / 4096) as u64)
        ));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut bytes = fs::read(&path).unwrap_or_default();
        frame::write_group(&mut bytes, written as u64, &records, &edge.root());
        fs::write(&path, bytes).unwrap();
        written += room;
    }
    let run = desk.run_freely(&["sign"], b"");
    assert_eq!(run.code, 0, "{run:#?}");
    desk
}

/// `<N>` of a path as tlog-tiles writes it.
fn path_of(index: usize) -> String {
    if index < 1000 {
        format!("{index:03}")
    } else {
        format!("x{:03}/{:03}", index / 1000, index % 1000)
    }
}

/// Reads a static tree as tlog-tiles describes it and checks all of it. Returns how many files a
/// client reads.
pub fn check_static(directory: &Path, size: usize) -> usize {
    let mut read = 1;
    let mut file = |place: &str, index: usize, width: usize| -> Vec<u8> {
        let partial = if width < 256 { format!(".p/{width}") } else { String::new() };
        let path = directory.join(format!("tile/{place}/{}{partial}", path_of(index)));
        read += 1;
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let mut hashes: Vec<[u8; 32]> = Vec::new();
    for (index, start) in (0..size).step_by(256).enumerate() {
        let width = (size - start).min(256);
        let bundle = file("entries", index, width);
        let mut rest = bundle.as_slice();
        for _ in 0..width {
            let length = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
            hashes.push(oracle::leaf(&rest[2..2 + length]));
            rest = &rest[2 + length..];
        }
        assert!(rest.is_empty());
    }
    assert_eq!(hashes.len(), size);
    let root = oracle::fold_all(&hashes);
    for level in 0.. {
        if hashes.is_empty() {
            break;
        }
        let mut above = Vec::new();
        for (index, chunk) in hashes.chunks(256).enumerate() {
            assert_eq!(file(&level.to_string(), index, chunk.len()), chunk.concat());
            if chunk.len() == 256 {
                above.push(oracle::fold_all(chunk));
            }
        }
        hashes = above;
    }
    let note = fs::read_to_string(directory.join("checkpoint")).unwrap();
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(lines[1], size.to_string());
    assert_eq!(lines[2], BASE64_STANDARD.encode(root));
    read
}

pub fn files_below(directory: &Path) -> usize {
    crate::desk::tree(directory).len()
}

#[test]
fn exported_trees_are_those_of_the_specification() {
    for size in [1, 2, 255, 256, 257, 512, 600, 70_000] {
        let desk = log_of(size);
        let out = desk.outside("static");
        let run = desk.run_freely(&["export", "c2sp", out.to_str().unwrap()], b"");
        assert_eq!(run.code, 0, "{run:#?}");
        let read = check_static(&out, size);
        assert_eq!(read, files_below(&out), "no file but those that a client reads, at {size}");
        assert_eq!(desk.run_freely(&["fsck"], b"").code, 0);
    }
}

/// Checks a receipt as tlog-proof describes it. Returns the record.
fn check_receipt(text: &str, verifier: &str) -> Vec<u8> {
    let (head, note) = text.split_once("\n\n").unwrap();
    let lines: Vec<&str> = head.lines().collect();
    assert_eq!(lines[0], "c2sp.org/tlog-proof@v1");
    let record = BASE64_STANDARD.decode(lines[1].strip_prefix("extra ").unwrap()).unwrap();
    let index: u64 = lines[2].strip_prefix("index ").unwrap().parse().unwrap();
    let (_, size, root) = oracle::checkpoint(note, verifier);
    // RFC 9162, section 2.1.3.2.
    let (mut node, mut last) = (index, size as u64 - 1);
    let mut hash = oracle::leaf(&record);
    for line in &lines[3..] {
        let sibling: [u8; 32] = BASE64_STANDARD.decode(line).unwrap().try_into().unwrap();
        if node & 1 == 1 || node == last {
            hash = oracle::node(&sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = oracle::node(&hash, &sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    assert_eq!((last, hash), (0, root));
    record
}

pub fn verifier(desk: &Desk) -> String {
    desk.ok(&["key", "show"]).trim().to_owned()
}

pub fn write(desk: &Desk, n: usize) -> String {
    let name = format!("s{n}.txt");
    desk.write(&name, text(n));
    name
}

#[test]
fn a_receipt_needs_one_file_and_one_key() {
    let desk = Desk::with_log();
    for n in 0..5 {
        desk.ok(&["record", &write(&desk, n)]);
    }
    let key = verifier(&desk);
    let receipt = desk.outside("x.tlog-proof");
    let receipt = receipt.to_str().unwrap();
    desk.ok(&["prove", "s3.txt", "-o", receipt]);
    let record = check_receipt(&fs::read_to_string(receipt).unwrap(), &key);
    assert!(String::from_utf8(record).unwrap().contains("article = \"s3.txt\""));
    // Elsewhere: another home, no workspace.
    let other = Desk::new();
    let said = other.ok(&["verify", "--receipt", receipt, "--key", &key]);
    assert!(
        said.contains("as of 2026-") && said.contains("later corrections not checked"),
        "{said}"
    );
    other.write("copy.txt", text(3));
    other.ok(&["verify", "--receipt", receipt, "--key", &key, "copy.txt"]);
    other.write("copy.txt", text(3).replace("second", "third"));
    other.fails(1, &["verify", "--receipt", receipt, "--key", &key, "copy.txt"], &["changed"]);
    let quote = "And  the second of 3.";
    let said = other.ok(&["verify", "--receipt", receipt, "--key", &key, "--quote", quote]);
    assert!(said.contains("paragraph 2"), "{said}");
    let args = ["verify", "--receipt", receipt, "--key", &key, "--quote", "And the second of 4."];
    other.fails(2, &args, &["no whole paragraph"]);
    let verdict = |file: &str, strict: bool| {
        let args = ["verify", "--receipt", receipt, "--key", &key, file];
        let (report, code) =
            other.json(&[&args[..], strict.then_some("--strict").as_slice()].concat());
        (report["verdict"].as_str().unwrap_or("none").to_owned(), code)
    };
    for (name, text, word, code, strict) in [
        ("same.txt", text(3), "identical", 0, 0),
        ("spaced.txt", text(3).replace("And the", "And  the"), "same_text", 0, 0),
        ("dashed.txt", text(3).replace(", long", "\u{2026}, long"), "changed", 1, 1),
        ("other.txt", text(3).replace("second", "third"), "changed", 1, 1),
    ] {
        other.write(name, text);
        assert_eq!(verdict(name, false), (word.to_owned(), code), "{name}");
        assert_eq!(verdict(name, true), (word.to_owned(), strict), "{name}");
    }
    let passage = ["verify", "--receipt", receipt, "--key", &key, "--quote", quote];
    let (report, code) = other.json(&passage);
    assert_eq!((report["verdict"].as_str(), code), (Some("same_text"), 0), "{report:#}");
    assert_eq!(report["paragraph"], 2);
    let (report, code) = other.json(&args);
    assert_eq!((report["verdict"].as_str(), code), (Some("unknown"), 2), "{report:#}");
    let (report, code) = other.json(&["verify", "--receipt", receipt, "--key", &key]);
    assert_eq!((&report["verdict"], code), (&serde_json::Value::Null, 0), "{report:#}");
    let wrong = fs::read_to_string(project("tests/keys/example.key")).unwrap();
    let wrong = wrong.lines().find(|line| line.starts_with("PRIVATE")).unwrap();
    let wrong = siglum::log::key::LogKey::parse(wrong).unwrap();
    other.fails(
        1,
        &["verify", "--receipt", receipt, "--key", wrong.verifier().as_str()],
        &["no signature by"],
    );
    receipts_that_fail(&other, receipt, &key, wrong.verifier().as_str());
    desk.write("unsigned.txt", text(9));
    desk.ok(&["record", "unsigned.txt", "--unsigned"]);
    desk.fails(2, &["prove", "5"], &["not among the 5"]);
}

/// The object is that of a receipt that holds, whatever is wrong, and says the same as the exit code.
fn receipts_that_fail(desk: &Desk, receipt: &str, key: &str, wrong: &str) {
    let verify = |receipt: &str, key: &str, more: &[&str]| {
        let base = ["verify", "--receipt", receipt, "--key", key];
        desk.json(&[&base, more].concat())
    };
    let keys = |object: &serde_json::Value| -> Vec<String> {
        object.as_object().unwrap().keys().cloned().collect()
    };
    let whole = verify(receipt, key, &[]).0;
    assert_eq!((&whole["ok"], &whole["log"]["ok"]), (&true.into(), &true.into()));
    let text = fs::read_to_string(receipt).unwrap();
    let other = BASE64_STANDARD.encode("[[record]]\nformat = 1\n");
    let line = text.lines().find(|line| line.starts_with("extra ")).unwrap();
    desk.write("moved", text.replacen(line, &format!("extra {other}"), 1));
    desk.write("garbled", text.replacen("index ", "place ", 1));
    for (receipt, key, kind, code) in [
        (receipt, wrong, "signature", 1),
        ("moved", key, "record", 1),
        ("garbled", key, "unreadable", 2),
    ] {
        let (report, exit) = verify(receipt, key, &[]);
        assert_eq!(exit, code, "{report:#}");
        assert_eq!((keys(&report), &report["ok"]), (keys(&whole), &false.into()), "{report:#}");
        assert_eq!(keys(&report["log"]), keys(&whole["log"]), "{report:#}");
        assert_eq!(report["log"]["faults"][0]["kind"], kind, "{report:#}");
        assert_eq!(report["log"]["faults"][0]["file"], receipt, "{report:#}");
    }
    for (receipt, more) in [("nowhere", &[][..]), (receipt, &["nowhere"])] {
        let (report, exit) = verify(receipt, key, more);
        assert_eq!((exit, keys(&report)), (2, keys(&whole)), "{report:#}");
        assert_eq!((&report["ok"], report["log"].is_null()), (&false.into(), true), "{report:#}");
        assert!(report["error"].as_str().unwrap().contains("nowhere"), "{report:#}");
    }
}

#[test]
fn a_changed_receipt_proves_nothing() {
    let desk = Desk::with_log();
    for n in 0..3 {
        desk.ok(&["record", &write(&desk, n)]);
    }
    let key = verifier(&desk);
    let bytes = desk.ok(&["prove", "1"]);
    let path = desk.outside("r");
    let all: Vec<usize> = (0..bytes.len()).collect();
    for at in all.iter().step_by(bytes.len() / 40) {
        let mut changed = bytes.clone().into_bytes();
        changed[*at] ^= 1;
        fs::write(&path, &changed).unwrap();
        let run =
            desk.run_freely(&["verify", "--receipt", path.to_str().unwrap(), "--key", &key], b"");
        assert!(matches!(run.code, 1 | 2), "byte {at}: {run:#?}");
    }
}

#[test]
fn keys_change_and_old_receipts_hold() {
    let desk = Desk::with_log();
    desk.ok(&["record", &write(&desk, 0)]);
    let old = verifier(&desk);
    let receipt = desk.outside("old.tlog-proof");
    desk.ok(&["prove", "0", "-o", receipt.to_str().unwrap()]);
    let before = fs::read(desk.records().join("checkpoint")).unwrap();
    let pinned = desk.outside("pinned");
    fs::copy(desk.root().join("provenance.toml"), &pinned).unwrap();
    desk.ok(&["verify"]);
    let rotated = desk.run_freely(&["key", "rotate"], b"");
    assert_eq!(rotated.code, 0, "{rotated:#?}");
    let new = verifier(&desk);
    assert_ne!(old, new);
    // The checkpoint after the rotation is signed by both.
    let note = fs::read_to_string(desk.records().join("checkpoint")).unwrap();
    for key in [&old, &new] {
        oracle::checkpoint(&note, key);
    }
    // This user saw the log under the old key, and follows.
    desk.ok(&["verify"]);
    desk.ok(&["record", &write(&desk, 1)]);
    desk.ok(&["verify"]);
    // Whoever pinned the old key in the settings follows, too.
    let settings = desk.root().join("provenance.toml");
    let current = fs::read(&settings).unwrap();
    fs::copy(&pinned, &settings).unwrap();
    let (report, code) = desk.json(&["verify"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["log"]["signed_by"].as_str(), Some(new.as_str()));
    fs::write(&settings, current).unwrap();
    // Growth from a checkpoint of before, and a receipt of before.
    let checkpoint = desk.outside("old.checkpoint");
    fs::write(&checkpoint, before).unwrap();
    desk.ok(&["verify", "--checkpoint", checkpoint.to_str().unwrap()]);
    desk.ok(&["verify", "--receipt", receipt.to_str().unwrap(), "--key", &old]);
    desk.ok(&["key", "rotate"]);
    desk.ok(&["verify"]);
    desk.ok(&["fsck"]);
}

/// Differences of typography are changes only where that is asked for.
#[test]
fn a_receipt_is_strict_about_typography_when_asked() {
    let desk = Desk::with_log();
    let text = "It's a story\n\nIt's the first paragraph of a story, and it isn't a long one.\n";
    desk.write("a.txt", text);
    desk.ok(&["record", "a.txt"]);
    let (receipt, key) = (desk.outside("r"), verifier(&desk));
    let receipt = receipt.to_str().unwrap();
    desk.ok(&["prove", "0", "-o", receipt]);
    desk.write("curly.txt", text.replace('\'', "\u{2019}"));
    let args = ["verify", "--receipt", receipt, "--key", &key, "curly.txt"];
    let (report, code) = desk.json(&args);
    assert_eq!((report["verdict"].as_str(), code), (Some("typography"), 0), "{report:#}");
    let (report, code) = desk.json(&[&args[..], &["--strict"]].concat());
    assert_eq!((report["verdict"].as_str(), code), (Some("typography"), 1), "{report:#}");
    assert_eq!(report["ok"], false);
}
