//! `fsck`: everything on disk against everything else, and what may be put right.

use std::fs;

use serde_json::Value;

use crate::desk::{Desk, tree};
use crate::standards::write;

fn log() -> Desk {
    let desk = Desk::with_log();
    for n in 0..3 {
        desk.ok(&["record", &write(&desk, n)]);
    }
    desk
}

/// The findings about a file: kind, and whether it is derived.
fn findings(report: &Value, file: &str) -> Vec<(String, bool)> {
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["file"].as_str().unwrap().contains(file))
        .map(|f| (f["kind"].as_str().unwrap().to_owned(), f["derived"].as_bool().unwrap()))
        .collect()
}

/// Each file that is not as it must be is found, by its kind, and said to be derived or not.
#[test]
fn each_file_is_compared_with_the_rest() {
    let desk = log();
    let text = tree(&desk.records().join("texts")).remove(0).0;
    let name = text.file_name().unwrap().to_str().unwrap().to_owned();
    let other = "0".repeat(64);
    for (file, bytes, kind, derived, code) in [
        ("tile/0/000.p/3", Some("x"), "tile", true, 1),
        ("tile/0/000.p/3", None, "missing", true, 1),
        ("tile/0/000.p/2", Some("x"), "stray", true, 1),
        ("tile/notes", Some("x"), "stray", false, 1),
        ("tile/0/.tmpa1b2c3", Some("x"), "stray", true, 1),
        ("lock", Some("dirty 3\n"), "stray", true, 1),
        ("notes", Some("x"), "stray", false, 1),
        ("entries/notes", Some("x"), "stray", false, 1),
        ("recovered/x-1-00000000.torn", Some("x"), "stray", false, 1),
        ("texts/notes", Some("x"), "stray", false, 1),
        (&format!("texts/{other}"), Some("x"), "stray", false, 1),
        (&format!("texts/{name}"), Some("x"), "stray", false, 1),
        ("checkpoint", Some("x"), "unreadable", false, 2),
        ("checkpoint.witnessed", Some("x"), "unreadable", false, 2),
    ] {
        let path = desk.records().join(file);
        let before = fs::read(&path).ok();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match bytes {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let (report, found) = desk.json(&["fsck"]);
        assert_eq!(found, code, "{file}: {report:#}");
        assert_eq!(report["ok"], false);
        let of_it = findings(&report, file);
        assert_eq!(of_it, [(kind.to_owned(), derived)], "{file}: {report:#}");
        let repaired = desk.run_freely(&["fsck", "--repair"], b"");
        assert_eq!(repaired.code == 0, derived, "{file}: {repaired:#?}");
        match before {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None if path.exists() => fs::remove_file(&path).unwrap(),
            None => {}
        }
        desk.ok(&["fsck"]);
    }
}

/// A record in another spelling: in order for the tree, and not in its one form.
#[test]
fn every_record_must_have_its_one_form() {
    use siglum::log::{frame, tree as hashes};
    let desk = log();
    let journal = desk.records().join("entries/000.toml");
    let mut edge = hashes::Edge::new();
    let mut records = crate::oracle::check(&desk.root()).records;
    let spelled = String::from_utf8(records[0].clone()).unwrap().replacen(" = ", "  = ", 1);
    records.push(spelled.into_bytes());
    for record in &records {
        edge.push(hashes::leaf_hash(record), |_, _| ());
    }
    let mut bytes = fs::read(&journal).unwrap();
    frame::write_group(&mut bytes, 3, &records[3..], &edge.root());
    fs::write(&journal, bytes).unwrap();
    let (report, code) = desk.json(&["fsck"]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(findings(&report, "entries/000.toml"), [("form".to_owned(), false)]);
    // It is said along with what else is wrong.
    fs::remove_file(desk.records().join("tile/0/000.p/3")).unwrap();
    let (report, _) = desk.json(&["fsck"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 2, "{report:#}");
}

/// A text that no record names is said, whether or not it is what its name says.
#[test]
fn a_text_without_a_record_is_said() {
    let desk = log();
    let text = siglum::text::profile::Text::new("A paragraph that nobody recorded.");
    let path = desk.records().join("texts").join(text.digest().to_string());
    fs::write(&path, text.as_str()).unwrap();
    desk.fails(1, &["fsck"], &["no record names this text"]);
}

#[test]
fn repair_moves_no_tail_and_changes_no_record() {
    let desk = log();
    let journal = desk.records().join("entries/000.toml");
    let torn = [fs::read(&journal).unwrap().as_slice(), b"#@ 3 900\n[[record]]\n"].concat();
    fs::write(&journal, &torn).unwrap();
    fs::write(desk.records().join("lock"), "dirty 3\n").unwrap();
    fs::remove_dir_all(desk.records().join("tile")).unwrap();
    let (report, code) = desk.json(&["fsck", "--repair"]);
    assert_eq!(code, 1, "the tail is still there: {report:#}");
    assert_eq!(report["repaired"]["tiles"], 1);
    assert_eq!(report["repaired"]["rewritten"], true);
    assert_eq!(report["set_aside"], Value::Null);
    assert_eq!(findings(&report, "entries/000.toml"), [("framing".to_owned(), false)]);
    assert_eq!(fs::read(&journal).unwrap(), torn);
    assert!(!desk.records().join("recovered").exists());
    let (report, code) = desk.json(&["fsck", "--set-aside-tail"]);
    assert_eq!(code, 0, "{report:#}");
    assert!(report["set_aside"].as_str().unwrap().starts_with("records/recovered/"));
    desk.ok(&["record", &write(&desk, 3)]);
}

/// Repair looks only when nobody writes.
#[test]
fn repair_waits_for_a_writer() {
    let desk = log();
    let lock = fs::OpenOptions::new().write(true).open(desk.records().join("lock")).unwrap();
    lock.lock().unwrap();
    let mut repair = desk.command();
    repair.args(["fsck", "--repair"]);
    repair.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut repair = repair.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(repair.try_wait().unwrap().is_none(), "it waits");
    drop(lock);
    assert!(repair.wait().unwrap().success());
}

/// A proof needs tiles: one that is missing leaves the question open, a wrong one is a fault.
#[test]
fn a_proof_says_what_is_wrong_with_a_tile() {
    let desk = log();
    let since = desk.outside("since");
    fs::copy(desk.records().join("checkpoint"), &since).unwrap();
    desk.ok(&["record", &write(&desk, 3)]);
    let tile = desk.records().join("tile/0/000.p/4");
    let good = fs::read(&tile).unwrap();
    let proofs = [&["prove", "1"][..], &["prove", "--since", since.to_str().unwrap()]];
    for args in proofs {
        fs::remove_file(&tile).unwrap();
        desk.fails(2, args, &["tile/0/000.p/4", "missing", "siglum fsck --repair"]);
        let mut swapped = good.clone();
        swapped.rotate_left(32);
        for wrong in [swapped, good[..96].to_vec(), [good.as_slice(), b"x"].concat()] {
            fs::write(&tile, wrong).unwrap();
            desk.fails(1, args, &["tile/0/000.p/4", "siglum fsck --repair"]);
        }
        fs::write(&tile, &good).unwrap();
        desk.ok(args);
    }
}

/// No file is read further than what it is there for can be long.
#[test]
fn files_that_are_too_long_are_refused() {
    let desk = log();
    let state = desk.outside(".local/state/siglum");
    let memory =
        tree(&state.join("seen")).into_iter().find(|(path, _)| path.extension().is_none()).unwrap();
    let key = crate::standards::verifier(&desk);
    let long = |path: &std::path::Path| {
        // A file with a hole: it has a length and takes no room.
        let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(path);
        file.unwrap().set_len(1 << 40).unwrap();
    };
    let journal = desk.records().join("entries/000.toml");
    let settings = desk.root().join("provenance.toml");
    for (path, args, code) in [
        (desk.records().join("checkpoint"), &["verify"][..], 2),
        (memory.0, &["verify"], 2),
        (settings, &["verify"], 2),
        (desk.records().join("tile/0/000.p/3"), &["verify"], 1),
        (journal, &["prove", "0"], 1),
    ] {
        let good = fs::read(&path).unwrap();
        long(&path);
        let run = desk.run_freely(args, b"");
        assert_eq!(run.code, code, "{}: {run:#?}", path.display());
        fs::write(&path, good).unwrap();
    }
    let file = desk.outside("long");
    long(&file);
    let file = file.to_str().unwrap();
    for args in [
        &["verify", "--receipt", file, "--key", &key][..],
        &["verify", "--checkpoint", file],
        &["prove", "--since", file],
        &["cosign", "--add", file],
        &["cosign", "--key", file, "--log", &key, file],
    ] {
        desk.fails(2, args, &["has more than"]);
    }
}
