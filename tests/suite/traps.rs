//! What could go wrong between a desk's habits and a log's strictness.

use std::fs;

use crate::desk::{Desk, tree};

const TEXT: &str = "The old bridge reopens\n\n\
    The old bridge over the river reopened on Tuesday after two years of repairs, said the council.\n\n\
    Forty people crossed it in the first hour.\n\nIt isn't tired yet.\n\n(Reporting by Ada Prell; Editing by Tomas Uhl)\n";

/// Whoever can write to the directory must not be able to vouch for a text.
#[test]
fn an_unsigned_record_vouches_for_nothing() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    desk.write("a.txt", TEXT.replace("Ada Prell", "Ida Prell").replace("Forty", "Fifty"));
    desk.ok(&["record", "a.txt", "--unsigned"]);
    let (report, code) = desk.json(&["verify", "a.txt"]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(report["articles"][0]["version"], 1);
    assert_eq!(report["articles"][0]["status"], "current");
    desk.write(
        "new.txt",
        "Nothing like it\n\nThis text has nothing in common with the other one.\n",
    );
    desk.ok(&["record", "new.txt", "--unsigned"]);
    desk.fails(2, &["verify", "new.txt"], &["record 2", "not signed"]);
    desk.ok(&["sign"]);
    desk.ok(&["verify", "a.txt", "new.txt"]);
}

#[test]
fn wrapped_copy_may_change_its_line_ends() {
    let desk = Desk::with_log();
    let wrapped = "The old bridge reopens\n\n\
        The old bridge over the river reopened on Tuesday after two years\n\
        of repairs, the speaker of the council said in a statement that\n\
        was sent to newsrooms before noon.\n\n\
        (Reporting by Ada Prell and Ivo Pahl in Valmora; Additional\n\
        reporting by Bram Tjaarda in Skarne; Editing by Tomas Uhl)\n";
    desk.write("a.txt", wrapped);
    let (read, _) = desk.json(&["parse", "a.txt"]);
    assert_eq!(read["credits"].as_array().unwrap().len(), 4, "{read:#}");
    assert_eq!(read["paragraphs"].as_array().unwrap().len(), 1);
    desk.ok(&["record", "a.txt"]);
    desk.write("a.txt", wrapped.replace('\n', "\r\n"));
    let (report, code) = desk.json(&["verify", "a.txt"]);
    assert_eq!((report["articles"][0]["verdict"].as_str(), code), (Some("same_text"), 0));
}

#[test]
fn what_the_recorder_states_is_no_part_of_the_text() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt", "--translation-of", "https://other.example/x"]);
    desk.write("a.txt", TEXT.replace('\'', "’"));
    let (report, code) = desk.json(&["verify", "a.txt"]);
    assert_eq!((report["articles"][0]["verdict"].as_str(), code), (Some("typography"), 0));
    assert_eq!(report["articles"][0]["parts"]["sources"], "same_text");
}

#[test]
fn a_url_that_is_an_id_leads_to_its_record() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt", "--url", "https://desk.example/a"]);
    desk.write("b.txt", "Le vieux pont rouvre\n\nLe vieux pont sur la rivière a rouvert mardi après deux ans de travaux.\n");
    let (answer, _) = desk.json(&["record", "b.txt", "--translation-of", "https://desk.example/a"]);
    assert!(answer["records"][0]["sources"][0]["leaf"].is_string(), "{answer:#}");
    let args = ["record", "b.txt", "--translation-of", "0", "--source-file", "a.txt"];
    desk.fails(2, &args, &["is in this log"]);
}

#[test]
fn files_of_one_name_are_not_one_article() {
    let desk = Desk::with_log();
    let other = "Another story\n\nNothing in this text is in the other one, not a paragraph.\n";
    for (name, text) in [("x/a.txt", TEXT), ("y/a.txt", other)] {
        let path = desk.outside(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (x, y) = (desk.outside("x/a.txt"), desk.outside("y/a.txt"));
    let (x, y) = (x.to_str().unwrap(), y.to_str().unwrap());
    desk.fails(2, &["record", x, y], &["have one name", "--id"]);
    desk.ok(&["record", x]);
    desk.fails(2, &["record", y], &["known as another text", "--id"]);
    let (report, code) = desk.json(&["verify", y]);
    assert_eq!((report["articles"][0]["verdict"].as_str(), code), (Some("unknown"), 2));
    desk.ok(&["record", y, "--id", "another"]);
}

#[test]
fn a_workspace_may_be_reached_by_a_link() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    let link = desk.outside("link");
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.root(), &link).unwrap();
    let file = desk.root().join("a.txt");
    let (answer, _) = desk.json(&["record", "-w", link.to_str().unwrap(), file.to_str().unwrap()]);
    assert_eq!(answer["records"][0]["article"], "a.txt");
}

#[test]
fn what_is_not_said_again_is_not_taken_back() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt", "--standing", "observed", "--alias", "x1", "--publisher", "P"]);
    desk.write("a.txt", TEXT.replace("Forty", "Fifty"));
    desk.ok(&["record", "a.txt", "--correction", "fifty, not forty"]);
    let (again, _) = desk.json(&["record", "a.txt"]);
    assert_eq!(again["records"][0]["appended"], false, "{again:#}");
    let shown = desk.ok(&["show", "x1"]);
    assert!(shown.contains("standing = \"observed\""), "{shown}");
    desk.write("b.txt", "Another story\n\nNothing in this text is in the other one.\n");
    desk.fails(2, &["record", "b.txt", "--alias", "x1"], &["x1", "another article"]);
}

#[test]
fn other_signatures_stay_where_nothing_is_new() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let path = desk.records().join("checkpoint");
    let note = fs::read_to_string(&path).unwrap();
    let with = format!("{note}— witness.example AAAAAQIDBAUGBwgJCgsMDQ4PEA==\n");
    fs::write(&path, &with).unwrap();
    desk.ok(&["record", "a.txt"]);
    desk.ok(&["sign"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), with);
}

#[test]
fn outgrown_tiles_go_when_the_rest_is_signed() {
    let desk = Desk::with_log();
    for (name, flag) in [("a.txt", None), ("b.txt", Some("--unsigned"))] {
        desk.write(name, TEXT.replace("Forty", name));
        desk.ok(&[&["record", name][..], flag.as_slice()].concat());
    }
    desk.ok(&["sign"]);
    let tiles = tree(&desk.records().join("tile"));
    assert_eq!(tiles.len(), 1, "{tiles:?}");
    desk.ok(&["fsck"]);
}

#[test]
fn a_log_without_its_key_is_not_answered_for() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let settings = desk.root().join("provenance.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let without: String =
        text.lines().filter(|l| !l.starts_with("verifier")).map(|l| format!("{l}\n")).collect();
    fs::write(&settings, without).unwrap();
    for args in [&["verify"][..], &["log"], &["audit"], &["record", "a.txt", "--unsigned"]] {
        desk.fails(2, args, &["no [log] verifier"]);
    }
}

#[test]
fn a_leap_second_does_not_end_a_log() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    let run = desk
        .command()
        .args(["record", "a.txt"])
        .env("SIGLUM_NOW", "2016-12-31T23:59:60Z")
        .output()
        .unwrap();
    assert!(run.status.success());
    assert!(desk.ok(&["show", "0"]).contains("2016-12-31T23:59:59.999Z"));
}

#[test]
fn init_keeps_what_is_there_and_refuses_what_it_cannot_do() {
    let desk = Desk::new();
    desk.write(".gitattributes", b"caf\xE9 text");
    desk.fails(2, &["init", "--origin", "a\"b"], &["can't name a log"]);
    assert!(!desk.root().join("provenance.toml").exists());
    desk.ok(&["init", "--origin", "desk.example"]);
    let attributes = fs::read(desk.root().join(".gitattributes")).unwrap();
    assert!(attributes.starts_with(b"caf\xE9 text\nrecords/**"));
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let second = desk.outside("second");
    let args = ["init", second.to_str().unwrap(), "--origin", "desk.example"];
    desk.fails(2, &args, &["has signed 1 records", "--origin"]);
    assert!(!second.join("provenance.toml").exists());
    assert!(desk.ok(&["init", "--print-settings"]).contains("[log]"));
}

#[test]
fn output_that_is_lost_is_no_success() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else {
        println!("skipped: there is no /dev/full here");
        return;
    };
    let desk = Desk::with_log();
    let status = desk.command().arg("verify").stdout(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn an_endless_input_is_refused() {
    if !std::path::Path::new("/dev/zero").exists() {
        println!("skipped: there is no /dev/zero here");
        return;
    }
    Desk::with_log().fails(2, &["parse", "/dev/zero"], &["at most"]);
}

#[test]
fn a_garbled_memory_is_not_taken_for_none() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    for kind in ["signed", "seen", "workspaces"] {
        let directory = desk.outside(".local/state/siglum").join(kind);
        let file =
            tree(&directory).into_iter().find(|(path, _)| path.extension().is_none()).unwrap();
        fs::write(&file.0, "").unwrap();
        desk.fails(2, &["sign"], &["no memory of a log"]);
        fs::write(&file.0, &file.1).unwrap();
    }
    desk.ok(&["sign"]);
}

/// Who signs answers for what others appended, and is told so.
#[test]
fn records_that_nobody_signed_are_said_before_they_are_signed() {
    let desk = Desk::with_log();
    for (name, args) in [("a.txt", &["--unsigned"][..]), ("b.txt", &[])] {
        desk.write(name, TEXT.replace("Forty", name));
        let run = desk.run(&[&["record", name][..], args].concat());
        assert_eq!(run.code, 0, "{run:#?}");
        let warned = run.err.contains("record 0 was not signed yet");
        assert_eq!(warned, name == "b.txt", "{run:#?}");
    }
    for name in ["c.txt", "d.txt"] {
        desk.write(name, TEXT.replace("Forty", name));
        desk.ok(&["record", name, "--unsigned"]);
    }
    let run = desk.run(&["key", "rotate"]);
    assert!(run.code == 0 && run.err.contains("records 2 to 3 were not signed yet"), "{run:#?}");
    let run = desk.run(&["record", "a.txt"]);
    assert!(run.code == 0 && !run.err.contains("not signed yet"), "{run:#?}");
}

/// Two copies of a workspace with one key: only one of them can go on.
#[test]
fn two_copies_do_not_sign_two_histories() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    let copy = desk.outside("copy");
    for (path, bytes) in tree(&desk.root()) {
        let target = copy.join(path.strip_prefix(desk.root()).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    fs::write(copy.join("a.txt"), TEXT.replace("Forty", "Fifty")).unwrap();
    let record = |root: &std::path::Path| {
        let mut command = desk.command();
        command.args(["record", "a.txt"]).current_dir(root);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let (mut one, mut two) = (record(&desk.root()), record(&copy));
    let codes = [one.wait().unwrap().code(), two.wait().unwrap().code()];
    assert_eq!(codes.iter().filter(|code| **code == Some(0)).count(), 1, "{codes:?}");
}
