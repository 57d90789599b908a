//! Every small change to a log's files is noticed, said where, and nothing is moved.

use std::fs;
use std::path::{Path, PathBuf};

use siglum::log::key::VerifierKey;
use siglum::store::error::StoreError;
use siglum::store::layout::Layout;
use siglum::store::open;
use siglum::verify::fault::Fault;

use crate::desk::{Desk, tree};

/// A log of four records in three groups, signed.
fn small_log() -> Desk {
    let desk = Desk::with_log();
    desk.write("a.txt", "One\n\nThe first paragraph of one.\n\nEdited by Ada Prell\n");
    desk.write("b.txt", "Two\n\nThe first paragraph of two.\n");
    desk.ok(&["record", "a.txt"]);
    desk.ok(&["record", "a.txt", "b.txt"]);
    desk.write("a.txt", "One\n\nThe first paragraph of one, changed.\n");
    desk.ok(&["record", "a.txt"]);
    desk.write("b.txt", "Two\n\nThe first paragraph of two, changed.\n");
    desk.ok(&["record", "b.txt"]);
    desk
}

fn verifier(desk: &Desk) -> VerifierKey {
    let settings = fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let line = settings.lines().find(|line| line.starts_with("verifier")).unwrap();
    VerifierKey::parse(line.split('"').nth(1).unwrap()).unwrap()
}

/// What checking the log gives: no fault, or faults.
fn faults(layout: &Layout, verifier: &VerifierKey) -> Vec<Fault> {
    match open::load(layout, verifier) {
        Ok(_) => Vec::new(),
        Err(StoreError::Faults { faults }) => faults,
        Err(error) => panic!("{error}"),
    }
}

/// The journal, the checkpoint and the tiles.
fn evidence(desk: &Desk) -> Vec<PathBuf> {
    let records = desk.records();
    tree(&records)
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| {
            let name = path.strip_prefix(&records).unwrap();
            name.starts_with("entries")
                || name.starts_with("tile")
                || name == Path::new("checkpoint")
        })
        .collect()
}

/// Every change of a byte, deletion, insertion and swap with the next one.
fn mutations(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut push = |what: &str, at: usize, changed: Vec<u8>| {
        if changed != bytes {
            all.push((format!("{what} at {at}"), changed));
        }
    };
    for at in 0..bytes.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut changed = bytes.to_vec();
            changed[at] ^= flip;
            push("change", at, changed);
        }
        let mut changed = bytes.to_vec();
        changed.remove(at);
        push("deletion", at, changed);
        if at + 1 < bytes.len() {
            let mut changed = bytes.to_vec();
            changed.swap(at, at + 1);
            push("swap", at, changed);
        }
    }
    for at in 0..=bytes.len() {
        for byte in [b'0', b'\n', b' ', b'\r', 0, b'#'] {
            let mut changed = bytes.to_vec();
            changed.insert(at, byte);
            push("insertion", at, changed);
        }
    }
    all
}

/// Whether something was added after the end that a write which didn't finish can leave there.
fn is_beginning_of_a_write(whole: &[u8], changed: &[u8]) -> bool {
    matches!(changed.strip_prefix(whole), Some([b'#' | 0]))
}

#[test]
fn every_single_byte_counts() {
    let desk = small_log();
    let layout = Layout::new(desk.root());
    let verifier = verifier(&desk);
    assert_eq!(faults(&layout, &verifier), []);
    let files = evidence(&desk);
    assert_eq!(files.len(), 3, "{files:?}");
    let mut count = 0;
    for path in &files {
        let whole = fs::read(path).unwrap();
        let name = layout.name(path);
        for (what, changed) in mutations(&whole) {
            fs::write(path, &changed).unwrap();
            let faults = faults(&layout, &verifier);
            if is_beginning_of_a_write(&whole, &changed) && name.contains("entries") {
                // Nobody was told of it: FORMAT.md, L3.
                assert_eq!(faults, [], "{name}: {what}");
                continue;
            }
            assert!(!faults.is_empty(), "{name}: {what} goes unnoticed");
            let named = faults.iter().any(|fault| fault.file == name);
            assert!(named, "{name}: {what}: {faults:?}");
            count += 1;
        }
        fs::write(path, &whole).unwrap();
    }
    assert_eq!(faults(&layout, &verifier), []);
    println!("{count} mutations of {} files, every one noticed", files.len());
}

#[test]
fn the_program_says_so_and_moves_nothing() {
    let desk = small_log();
    for path in evidence(&desk) {
        let whole = fs::read(&path).unwrap();
        let all = mutations(&whole);
        for (what, changed) in all.iter().step_by(all.len() / 12) {
            fs::write(&path, changed).unwrap();
            let before = tree(&desk.root());
            let run = desk.run_freely(&["verify", "--format", "json"], b"");
            assert!(matches!(run.code, 1 | 2), "{}: {what}: {run:#?}", path.display());
            let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
            assert_eq!(report["ok"], false);
            let fault = &report["log"]["faults"][0];
            assert!(fault["file"].as_str().unwrap().starts_with("records/"), "{what}: {fault}");
            assert!(!fault["message"].as_str().unwrap().is_empty());
            if run.code == 2 {
                assert_eq!(fault["kind"], "unreadable", "{what}");
                assert!(path.ends_with("checkpoint"));
            }
            let recording = desk.run_freely(&["record", "a.txt"], b"");
            assert_ne!(recording.code, 0, "{what}: nothing is added to a log that is not in order");
            assert_eq!(tree(&desk.root()), before, "{}: {what}", path.display());
        }
        fs::write(&path, &whole).unwrap();
    }
    desk.ok(&["verify"]);
}

#[test]
fn a_changed_record_is_named() {
    let desk = small_log();
    let path = desk.records().join("entries/000.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("Ada Prell", "Ida Prell", 2)).unwrap();
    let (report, code) = desk.json(&["verify"]);
    assert_eq!(code, 1);
    let faults = report["log"]["faults"].as_array().unwrap();
    let record = faults.iter().find(|fault| fault["kind"] == "record").unwrap();
    assert_eq!(record["index"], 0);
    assert_eq!(record["file"], "records/entries/000.toml");
    assert!(faults.iter().any(|fault| fault["kind"] == "root"));
    assert!(faults.iter().any(|fault| fault["kind"] == "checkpoint_root"));
}

#[test]
fn other_signers_lines_may_change() {
    let desk = small_log();
    let path = desk.records().join("checkpoint");
    let note = fs::read_to_string(&path).unwrap();
    let other = "— witness.example+ ".replace('+', "");
    fs::write(&path, format!("{note}{other}AAAAAQIDBAUGBwgJCgsMDQ4PEA==\n")).unwrap();
    assert_eq!(desk.run_freely(&["verify"], b"").code, 0);
}

#[test]
fn missing_tiles_are_made_again() {
    let desk = small_log();
    fs::remove_dir_all(desk.records().join("tile")).unwrap();
    let run = desk.run_freely(&["verify"], b"");
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.err.contains("missing"), "{run:#?}");
    desk.ok(&["sign"]);
    assert!(desk.records().join("tile/0/000.p/4").exists());
}

#[test]
fn stray_files_and_missing_ones_are_faults() {
    let desk = small_log();
    let stray = desk.records().join("entries/000 (copy).toml");
    fs::write(&stray, "").unwrap();
    desk.fails(1, &["verify"], &["stray", "000 (copy).toml"]);
    fs::remove_file(&stray).unwrap();
    let file = desk.records().join("entries/000.toml");
    let whole = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    desk.fails(1, &["verify"], &["truncated", "4 records"]);
    fs::write(&file, &whole).unwrap();
    desk.ok(&["verify"]);
}

#[test]
fn converted_line_endings_are_named() {
    let desk = small_log();
    let file = desk.records().join("entries/000.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace('\n', "\r\n")).unwrap();
    desk.fails(2, &["verify"], &["line endings", ".gitattributes"]);
}

#[test]
fn a_torn_tail_is_set_aside_by_the_next_writer() {
    let desk = small_log();
    let file = desk.records().join("entries/000.toml");
    let whole = fs::read(&file).unwrap();
    let torn = [whole.as_slice(), b"#@ 4 900\n[[record]]\nformat = 1\n"].concat();
    fs::write(&file, &torn).unwrap();
    // Readers ignore it and change nothing.
    assert_eq!(desk.run_freely(&["verify"], b"").code, 0);
    assert_eq!(fs::read(&file).unwrap(), torn);
    desk.write("c.txt", "Three\n\nThe first paragraph of three.\n");
    let run = desk.run(&["record", "c.txt"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.err.contains("set aside"), "{run:#?}");
    let recovered = tree(&desk.records().join("recovered"));
    assert_eq!(recovered.len(), 1);
    assert_eq!(recovered[0].1, &torn[whole.len()..]);
}

#[test]
fn a_log_cut_back_is_remembered() {
    let desk = small_log();
    let older = desk.outside("older");
    copy(&desk.records(), &older);
    desk.write("c.txt", "Three\n\nThe first paragraph of three.\n");
    desk.json(&["record", "c.txt"]);
    fs::remove_dir_all(desk.records()).unwrap();
    copy(&older, &desk.records());
    desk.fails(1, &["verify"], &["rollback", "5 signed records"]);
    assert_eq!(desk.run_freely(&["verify", "--allow-older"], b"").code, 0);
    for verb in ["log", "audit", "sign"] {
        desk.fails(1, &[verb], &["older than when it was last seen"]);
    }
    // Even where that is forgotten, the key itself remembers.
    fs::remove_dir_all(desk.outside(".local/state/siglum/seen")).unwrap();
    let before = tree(&desk.records());
    desk.fails(1, &["sign"], &["this key has signed 5 records", "hint"]);
    assert_eq!(tree(&desk.records()), before);
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}
