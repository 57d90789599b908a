//! Many inputs at once: what can be read is recorded, the rest is told, and nothing is done twice.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::chance::Chance;
use crate::desk::Desk;
use crate::invented;
use crate::oracle;

fn text(number: usize) -> String {
    format!(
        "Boats are counted in ward {number}\n\nThe council of ward {number} met and counted {} \
         boats at the quay.\n\n(Reporting by Ada Prell; Editing by Ivo Pahl)\n",
        number * 31
    )
}

/// Runs the program, the clock standing still. Its object and its exit code.
fn run(desk: &Desk, args: &[&str]) -> (Value, i32) {
    let output = desk
        .command()
        .env("SIGLUM_NOW", "2026-03-01T09:00:00Z")
        .args(args)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    let value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"));
    (value, output.status.code().unwrap())
}

fn counts(value: &Value) -> [u64; 3] {
    ["recorded", "unchanged", "failed"].map(|key| value[key].as_u64().unwrap())
}

#[test]
fn directories_and_lines_are_recorded_and_what_cannot_be_read_is_told() {
    let desk = Desk::with_log();
    desk.write("in/a.txt", text(1));
    desk.write("in/deep/b.md", "# A bridge\n\nThe bridge by the old mill was opened again.\n");
    desk.write("in/deep/c.html", "<!DOCTYPE html><html lang=en><h1>A ferry</h1><article><p>The ferry to Skarne sailed again on Monday after eleven years.</p></article></html>");
    desk.write("in/picture.png", b"\x89PNG\r\n\x1A\n");
    desk.write("in/.hidden.txt", text(2));
    desk.write("in/bad.txt", b"caf\xE9");
    let lines = [
        r#"{"id": "n1", "text": "A line\n\nOne article stood on a line of its own.", "language": "en", "request": "r1", "credits": [{"role": "translator", "name": "Ada Prell", "language": "en"}]}"#,
        "",
        r#"{"id": "n2", "html": "<html><body><article><h1>Two</h1><p>A second article, as a page of the web has it, was on the next.</p></article></body></html>"}"#,
        r#"{"id": "n3", "path": "beside.txt", "standing": "archive"}"#,
        r#"{"text": "no id"}"#,
        r#"{"id": "n4", "text": "a", "html": "b"}"#,
        r#"{"id": "n5", "text": "a", "colour": "blue"}"#,
        "not JSON",
    ];
    desk.write("in/more.ndjson", lines.join("\n"));
    desk.write("in/beside.txt", text(3));
    let args = ["record", "in", "--errors", "errors.ndjson"];
    let (value, code) = run(&desk, &args);
    // a, beside, b, c and three lines; a picture, bad bytes and four lines are not read.
    assert_eq!((counts(&value), code), ([7, 0, 6], 2), "{value}");
    assert_eq!(value["formats"], serde_json::json!({ "html": 2, "markdown": 1, "text": 4 }));
    assert_eq!(value["checkpoint"]["size"], 7);
    oracle::check(&desk.root());
    let errors = fs::read_to_string(desk.root().join("errors.ndjson")).unwrap();
    let errors: Vec<Value> =
        errors.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(errors.len(), 6);
    for (end, line, says) in [
        ("bad.txt", None, "UTF-8"),
        ("more.ndjson", Some(5), "`id` or `url`"),
        ("more.ndjson", Some(6), "one of `text`"),
        ("more.ndjson", Some(7), "colour"),
        ("more.ndjson", Some(8), "expected"),
        ("picture.png", None, "picture"),
    ] {
        let found = errors.iter().any(|error| {
            error["path"].as_str().unwrap().ends_with(end)
                && error["line"].as_u64() == line
                && error["error"].as_str().unwrap().contains(says)
        });
        assert!(found, "{end} {line:?} {says}: {errors:#?}");
    }
    let shown = desk.ok(&["show", "n1"]);
    assert!(shown.contains("from = \"operator\"") && shown.contains("request = \"r1\""), "{shown}");
    // Once more: nothing is new.
    assert_eq!(counts(&run(&desk, &args).0), [0, 7, 6]);
    assert_eq!(counts(&run(&desk, &["record", "in", "--dry-run"]).0), [0, 7, 6]);
    // Outside the workspace, a file goes by its path in the directory that was given.
    for name in ["x/1.txt", "y/1.txt"] {
        let path = desk.outside("archive").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text(name.len() + usize::from(name.starts_with('y')))).unwrap();
    }
    let archive = desk.outside("archive");
    assert_eq!(counts(&run(&desk, &["record", archive.to_str().unwrap()]).0), [2, 0, 0]);
    assert!(desk.ok(&["show", "y/1.txt"]).contains("ward 8"));
    desk.fails(2, &["record", "in", "--id", "x"], &["--id is of one article"]);
    desk.fails(2, &["record", "in", "--errors", "no/such/place"], &["--errors"]);
}

#[test]
fn lines_come_from_standard_input_too() {
    let desk = Desk::with_log();
    let line = |id: &str, number| serde_json::json!({ "id": id, "text": text(number) }).to_string();
    let feed =
        [line("n1", 1), String::new(), line("n2", 2), "Not an object.".to_owned()].join("\n");
    let done = desk.run_with(&["record", "-", "--format", "json"], feed.as_bytes());
    assert_eq!(done.code, 2);
    let value: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(counts(&value), [2, 0, 1], "{value}");
    assert!(done.err.contains("-: line 4: no JSON object"), "{}", done.err);
    assert!(done.err.contains("wants --id or --url"), "{}", done.err);
    // With an id it is one article.
    let done = desk.run_with(&["record", "-", "--id", "n3"], text(3).as_bytes());
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(desk.ok(&["show", "n3"]).contains("ward 3"));
    assert!(desk.ok(&["show", "n2"]).contains("ward 2"));
    oracle::check(&desk.root());
}

#[test]
fn articles_that_came_long_ago_are_found_again() {
    const MANY: usize = 4_500;
    let desk = Desk::with_log();
    let mut lines: Vec<String> = (0..MANY)
        .map(|n| {
            let (id, request) = (format!("n{n}"), format!("r{n}"));
            serde_json::json!({ "id": id, "text": text(n), "language": "en", "request": request })
        })
        .map(|line| line.to_string())
        .collect();
    let more = |value: Value| value.to_string();
    lines.extend([
        more(serde_json::json!({ "id": "n0", "text": text(90_000), "language": "en" })),
        more(serde_json::json!({
            "id": "t1", "text": "Les bateaux\n\nLe conseil du quartier 1 a compté les bateaux.",
            "language": "fr", "translation_of": "n1"
        })),
        more(serde_json::json!({
            "id": "n2", "text": text(2), "language": "en", "request": "r2"
        })),
        more(serde_json::json!({ "id": "other", "text": text(3), "language": "en" })),
        more(serde_json::json!({ "id": "n4", "text": text(4), "language": "en" })),
        more(serde_json::json!({
            "id": "t5", "text": "Die Boote\n\nDer Rat des Bezirks 5 hat die Boote gezählt.",
            "language": "de", "translation_of": "5"
        })),
    ]);
    desk.write("feed.ndjson", lines.join("\n"));
    let (value, code) = run(&desk, &["record", "feed.ndjson", "--on-duplicate", "alias"]);
    assert_eq!((counts(&value), code), ([MANY as u64 + 3, 2, 0], 0), "{value}");
    assert_eq!(value["aliased"], 1, "{value}");
    let shown = |reference: &str| run(&desk, &["show", reference]).0;
    assert_eq!(shown("n0@2")["version"], 2);
    for (translation, source) in [("t1", "n1"), ("t5", "n5")] {
        let leaf = shown(source)["leaf"].as_str().unwrap().to_owned();
        let own = desk.ok(&["show", translation]);
        assert!(own.contains(&format!("leaf = \"{leaf}\"")), "{own}");
    }
    assert_eq!(shown("other")["article"], "n3");
    oracle::check(&desk.root());
    // All of it again, in a run that has nothing at hand.
    let (value, _) = run(&desk, &["record", "feed.ndjson", "--on-duplicate", "alias"]);
    assert_eq!(counts(&value), [0, MANY as u64 + 6, 0], "{value}");
}

#[test]
fn what_was_retracted_stays_so_when_its_directory_is_recorded_again() {
    let desk = Desk::with_log();
    desk.write("in/a.txt", text(1));
    desk.write("in/b.txt", text(2));
    assert_eq!(counts(&run(&desk, &["record", "in"]).0), [2, 0, 0]);
    desk.ok(&["retract", "in/a.txt", "--note", "The boats were not counted."]);
    assert_eq!(counts(&run(&desk, &["record", "in"]).0), [0, 2, 0]);
    // Handed over by itself it is news, and so it is for a request.
    let line = serde_json::json!({ "id": "in/a.txt", "text": text(1), "request": "again" });
    desk.write("feed.ndjson", line.to_string());
    assert_eq!(counts(&run(&desk, &["record", "feed.ndjson"]).0), [1, 0, 0]);
    desk.ok(&["retract", "in/a.txt", "--note", "Still not."]);
    desk.ok(&["record", "in/a.txt"]);
    assert!(desk.ok(&["show", "in/a.txt"]).contains("update"));
}

#[test]
fn a_run_that_is_killed_and_started_again_ends_as_one_that_was_not() {
    const INPUTS: usize = 2_200;
    let (calm, killed) = (Desk::with_log(), Desk::with_log());
    let archive = invented::write(&calm.outside("archive"), INPUTS);
    invented::write(&killed.outside("archive"), INPUTS);
    let record = ["record", "../archive/in", "--map", "../archive/map.csv", "--errors", "errors"];
    let (value, code) = run(&calm, &record);
    let [recorded, unchanged, failed] = counts(&value);
    assert_eq!((recorded + unchanged + failed, code), (INPUTS as u64, 2), "{value}");
    assert_eq!(failed, archive.unreadable.len() as u64);
    let told = |desk: &Desk| {
        let errors = fs::read_to_string(desk.root().join("errors")).unwrap();
        let wrong = invented::wrong(&archive, &errors);
        assert!(wrong.is_empty(), "{wrong:#?}");
    };
    told(&calm);
    let whole = oracle::check(&calm.root());
    let mut chance = Chance(0xdead);
    let mut ended = 0;
    for kill in 0..10 {
        let mut child = killed
            .command()
            .env("SIGLUM_NOW", "2026-03-01T09:00:00Z")
            .args(record)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Each goes on from where the one before it came to.
        thread::sleep(Duration::from_millis(40 + chance.below(200 + 60 * kill) as u64));
        child.kill().unwrap();
        ended += u32::from(child.wait().unwrap().code().is_some());
    }
    eprintln!("of ten runs that were to be killed {ended} had ended");
    run(&killed, &record);
    told(&killed);
    let log = oracle::check(&killed.root());
    assert_eq!((log.records.len(), log.signed), (whole.records.len(), whole.records.len()));
    assert!(log.records == whole.records, "the log of the run that was killed differs");
    // Everything once more: nothing is new.
    let (value, _) = run(&calm, &record);
    assert_eq!(value["recorded"], 0, "{value}");
    assert!(oracle::check(&calm.root()).records == whole.records, "said again, it is news");
}
