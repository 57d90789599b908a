//! Bad input and a hostile world: each its own words, exit code 2, the log as it was.

use std::fs;
use std::process::Command;

use siglum::log::key::LogKey;
use siglum::log::{frame, tree};

use crate::desk::{Desk, project, tree};

const TEXT: &str = "A headline\n\nThe first paragraph of a text that is long enough to be told.\n";

#[test]
fn each_failure_has_its_own_words() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let before = tree(&desk.root());
    desk.write("bad.txt", b"caf\xE9 on the quay");
    desk.write("empty.txt", "\n \n");
    desk.write("page.html", "<!DOCTYPE html><p>x</p>");
    for (args, says) in [
        (&["record", "gone.txt"][..], &["gone.txt", "check the path"][..]),
        (&["verify", "gone.txt"], &["gone.txt", "check the path"]),
        (&["record", "bad.txt"], &["bad.txt", "not UTF-8", "offset 3", "--encoding"]),
        (&["record", "empty.txt"], &["no text"]),
        (&["record", "page.html"], &["no article", "browser"]),
        (&["verify", "."], &["give the files in it"]),
        (&["record", "a.txt", "a.txt", "--id", "x"], &["several are given"]),
        (&["record", "a.txt", "--encoding", "klingon"], &["klingon", "windows-1252"]),
        (&["record", "a.txt", "--credit", "baker=X"], &["baker", "reporter"]),
        (&["record", "a.txt", "--credit", "editor[x=Y"], &["bracket"]),
        (&["record", "a.txt", "--language", "français"], &["language tag"]),
        (&["record", "a.txt", "--translation-of", "nothing"], &["nothing called `nothing`"]),
        (&["show", "99"], &["no record 99", "1"]),
        (&["show", "nothing@2"], &["nothing called"]),
        (&["log", "--rule", "x"], &["no rule `x`", "missing-editor"]),
        (&["log", "--pair", "en"], &["`en` is not a pair", "zh-Hans:pt-BR"]),
        (&["log", "--role", "baker"], &["baker", "reporter"]),
        (&["stats", "--since", "yesterday"], &["yesterday", "2026-01-31"]),
        (&["stats", "--by", "hearsay"], &["hearsay", "published"]),
        (&["audit", "--explain", "x"], &["no rule `x`", "missing-editor"]),
        (&["man", "nothing"], &["no verb"]),
        (&["nonsense"], &["unrecognized subcommand"]),
    ] {
        desk.fails(2, args, says);
    }
    for name in ["bad.txt", "empty.txt", "page.html"] {
        fs::remove_file(desk.root().join(name)).unwrap();
    }
    assert_eq!(tree(&desk.root()), before, "nothing changed");
}

#[test]
fn a_directory_that_is_no_workspace() {
    let desk = Desk::new();
    for args in [&["verify"][..], &["log"], &["audit"], &["sign"], &["record", "a.txt"]] {
        fs::create_dir_all(desk.root()).unwrap();
        desk.write("a.txt", TEXT);
        desk.fails(2, args, &["no workspace", "siglum init"]);
    }
    desk.ok(&["init"]);
    desk.fails(2, &["init"], &["is there already"]);
}

#[test]
fn settings_that_are_wrong_are_placed() {
    let desk = Desk::with_log();
    let path = desk.root().join("provenance.toml");
    let good = fs::read_to_string(&path).unwrap();
    let line = good.lines().count() + 1;
    for (more, says) in [
        ("kept = 1\n", "unknown field"),
        ("[text]\nkeep = \"some\"\n", "unknown variant"),
        ("[text\n", "line"),
    ] {
        fs::write(&path, format!("{good}{more}")).unwrap();
        let run = desk.fails(2, &["verify"], &["provenance.toml", says]);
        assert!(
            run.err.contains(&format!("line {line}"))
                || run.err.contains(&format!("line {}", line + 1)),
            "{run:#?}"
        );
    }
    fs::write(&path, b"\xFF").unwrap();
    desk.fails(2, &["verify"], &["provenance.toml", "not UTF-8"]);
}

#[test]
fn a_missing_key_and_a_wrong_one() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    let before = tree(&desk.root());
    let example = project("tests/keys/example.key");
    let example = example.to_str().unwrap();
    desk.fails(2, &["record", "a.txt", "--key", example], &["signs as", "key show"]);
    desk.fails(2, &["record", "a.txt", "--key", "gone.key"], &["no key for", "gone.key"]);
    desk.fails(2, &["record", "a.txt", "--key", "a.txt"], &["a.txt", "signing key"]);
    let keys = desk.outside(".config/siglum/keys");
    let moved = desk.outside("moved");
    fs::rename(&keys, &moved).unwrap();
    desk.fails(2, &["record", "a.txt"], &["no key for", "bring the key", "can't be made again"]);
    desk.fails(2, &["sign"], &["no key for"]);
    assert_eq!(tree(&desk.root()), before, "the log is as it was");
    desk.ok(&["record", "a.txt", "--unsigned"]);
    fs::rename(&moved, &keys).unwrap();
    desk.ok(&["sign"]);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    let key = fs::read_dir(desk.outside(".config/siglum/keys")).unwrap().next().unwrap().unwrap();
    assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(key.path(), fs::Permissions::from_mode(0o644)).unwrap();
    desk.fails(2, &["record", "a.txt"], &["others can read", "chmod 600"]);
}

/// Bytes of a record of a format to come, in a journal that is in order and signed.
#[test]
fn a_newer_format_is_hashed_and_not_understood() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    append_newer(&desk);
    desk.ok(&["verify"]);
    let (log, code) = desk.json(&["log"]);
    assert_eq!(code, 2);
    assert_eq!(log["records"][1]["understood"], false);
    assert_eq!(log["records"][1]["format"], 2);
    desk.fails(2, &["show", "1"], &["format 2", "does not understand"]);
    let audit = desk.fails(2, &["audit"], &["newer format"]);
    assert!(audit.out.contains("1 article"), "{audit:#?}");
    // A receipt proves that it is there, and not what it says.
    desk.ok(&["prove", "1", "-o", "receipt"]);
    let key = crate::standards::verifier(&desk);
    let (report, code) = desk.json(&["verify", "--receipt", "receipt", "--key", &key]);
    assert_eq!((code, &report["ok"]), (2, &false.into()), "{report:#}");
    assert_eq!((&report["log"]["ok"], &report["record"]["index"]), (&true.into(), &1.into()));
    assert!(report["error"].as_str().unwrap().contains("format 2"), "{report:#}");
    // What is understood is still verified, and what comes after still appended.
    assert_eq!(desk.run(&["verify", "a.txt"]).code, 0);
    desk.write("a.txt", TEXT.replace("first", "second"));
    desk.ok(&["record", "a.txt"]);
}

/// Appends a record of format 2 to a log, and signs it.
pub fn append_newer(desk: &Desk) {
    let before = crate::oracle::check(&desk.root()).records;
    let journal = format!("entries/{:03}.toml", before.len() / 4096);
    let journal = desk.records().join(journal);
    let newer = b"[[record]]\nformat = 2\nwhat = { is = \"this\" }\n".to_vec();
    let mut edge = tree::Edge::new();
    for record in before.iter().chain([&newer]) {
        edge.push(tree::leaf_hash(record), |_, _| ());
    }
    let mut bytes = fs::read(&journal).unwrap_or_default();
    let index = before.len() as u64;
    frame::write_group(&mut bytes, index, std::slice::from_ref(&newer), &edge.root());
    fs::write(&journal, bytes).unwrap();
    desk.ok(&["sign"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_log_as_it_was() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let before = tree(&desk.root());
    let long: String = (0..900).map(|n| format!("Paragraph {n} of a long text.\n")).collect();
    // A limit on file size stands for a full disk: the kernel refuses the write in the same way.
    let program = env!("CARGO_BIN_EXE_siglum");
    for blocks in [0, 1, 2, 8, 16, 24] {
        desk.write("b.txt", format!("A long text\n\n{long}"));
        let output = Command::new("bash")
            .arg("-c")
            .arg(format!("ulimit -f {blocks}; exec \"$0\" record b.txt"))
            .arg(program)
            .current_dir(desk.root())
            .env("HOME", desk.outside(""))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {said}");
        assert!(said.contains("can't write") && said.contains("free some"), "{blocks}: {said}");
        fs::remove_file(desk.root().join("b.txt")).unwrap();
        assert_eq!(tree(&desk.root()), before, "{blocks}: {said}");
    }
    desk.write("b.txt", format!("A long text\n\n{long}"));
    desk.ok(&["record", "b.txt"]);
}

#[test]
fn a_read_only_log_can_be_verified_and_not_added_to() {
    if !can_be_refused() {
        println!("skipped: this user may write to everything, so nothing is read-only to it");
        return;
    }
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let read_only = |on: bool| {
        for (path, _) in tree(&desk.records()) {
            for part in [path.as_path(), path.parent().unwrap()] {
                let mut permissions = fs::metadata(part).unwrap().permissions();
                permissions.set_readonly(on);
                fs::set_permissions(part, permissions).unwrap();
            }
        }
    };
    read_only(true);
    desk.write("a.txt", TEXT.replace("first", "second"));
    let verified = desk.run_freely(&["verify"], b"");
    let refused = desk.run_freely(&["record", "a.txt"], b"");
    read_only(false);
    assert_eq!(verified.code, 0, "{verified:#?}");
    assert_eq!(refused.code, 2, "{refused:#?}");
    assert!(
        refused.err.contains("records/lock") && refused.err.contains("permissions"),
        "{refused:#?}"
    );
}

/// Whether permission bits mean anything to the user who runs the tests.
fn can_be_refused() -> bool {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("read-only");
    fs::write(&path, "").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    fs::OpenOptions::new().write(true).open(&path).is_err()
}

#[test]
fn the_example_key_says_what_it_is() {
    let text = fs::read_to_string(project("tests/keys/example.key")).unwrap();
    assert!(text.contains("It is public") && text.contains("proves nothing"));
    let key = text.lines().find(|line| line.starts_with("PRIVATE")).unwrap();
    assert!(LogKey::parse(key).is_ok());
}
