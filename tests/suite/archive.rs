//! An archive: what a map states, how ids and times are had, what becomes of duplicates.

use std::fs;

use serde_json::{Value, json};

use crate::desk::Desk;

fn text(number: usize) -> String {
    format!(
        "Ferries are counted in ward {number}\n\nThe council of ward {number} counted {} ferries at \
         the quay on Monday.\n\n(Reporting by Ada Prell; Editing by Ivo Pahl)\n",
        number * 17
    )
}

/// Records and gives what was said, without what failed.
#[track_caller]
fn record(desk: &Desk, args: &[&str]) -> Value {
    let (value, code) = desk.json(&[&["record"], args].concat());
    assert_eq!(code, i32::from(value["failed"] != 0) * 2, "{value}");
    value
}

#[track_caller]
fn counts(value: &Value, expected: [u64; 5]) {
    let keys = ["recorded", "unchanged", "aliased", "skipped", "failed"];
    assert_eq!(keys.map(|key| value[key].as_u64().unwrap()), expected, "{value}");
}

fn shown(desk: &Desk, id: &str) -> String {
    desk.ok(&["show", &format!("id:{id}")])
}

#[test]
fn a_map_states_what_files_do_not_say() {
    let desk = Desk::with_log();
    desk.write("in/2019/a.txt", text(1));
    desk.write("in/2019/b.txt", text(2));
    desk.write("in/c.txt", text(3));
    desk.write("source.txt", "The ferry\n\nA ferry sailed to Skarne and back.\n");
    desk.write(
        "map.csv",
        "path,id,language,standing,published,publisher,story,alias,translation_of,source_file,request\n\
         in/2019/a.txt,one,fr,archive,2019-03-07,The Skarne Post,s1,other,https://example.org/s,source.txt,r1\n\
         2019/b.txt,two,,own,,,,,,,\n\
         in/none.txt,three,,,,,,,,,\n",
    );
    let args = ["in", "--map", "map.csv", "--errors", "errors.ndjson"];
    let value = record(&desk, &args);
    counts(&value, [3, 0, 0, 0, 0]);
    assert_eq!(value["unmet"], 1);
    assert_eq!(value["outcomes"]["text"]["recorded"], 3);
    let errors = fs::read_to_string(desk.root().join("errors.ndjson")).unwrap();
    assert!(errors.contains("no file `in/none.txt`") && errors.contains("\"line\":4"), "{errors}");
    let one = shown(&desk, "one");
    for says in [
        "language = \"fr\"",
        "standing = \"archive\"",
        "published = \"2019-03-07\"",
        "The Skarne Post",
        "story = \"s1\"",
        "aliases = [\"other\"]",
        "digest = ",
        "request = \"r1\"",
    ] {
        assert!(one.contains(says), "{says} in {one}");
    }
    assert!(
        shown(&desk, "two").contains("standing = \"own\"")
            && shown(&desk, "in/c.txt").contains("ward 3")
    );
    counts(&record(&desk, &args), [0, 3, 0, 0, 0]);
    // By ids, of articles that have no files of their own.
    desk.write("ids.csv", "id,story\ntwo,s2\nnobody,s3\n");
    desk.write("lines.ndjson", json!({ "id": "two", "text": text(2) }).to_string());
    let value = record(&desk, &["lines.ndjson", "--map", "ids.csv"]);
    counts(&value, [1, 0, 0, 0, 0]);
    assert_eq!(value["unmet"], 1);
    assert!(desk.ok(&["show", "two@2"]).contains("story = \"s2\""));
}

#[test]
fn a_map_that_is_wrong_is_refused_before_anything_is_recorded() {
    let desk = Desk::with_log();
    desk.write("in/a.txt", text(1));
    for (map, says) in [
        ("path,colour\n", "unknown column `colour`"),
        ("path,language\nin/a.txt,klingonish-nonsense-x\n", "line 2"),
        ("path,standing\nin/a.txt,mine\n", "line 2"),
        ("path,source_file\nin/a.txt,x.txt\n", "`translation_of` names"),
        ("url\nx\n", "neither a column `path` nor a column `id`"),
    ] {
        desk.write("map.csv", map);
        desk.fails(2, &["record", "in", "--map", "map.csv"], &["map.csv", says]);
    }
    desk.fails(2, &["record", "in", "--map", "none.csv"], &["can't read it"]);
    counts(&record(&desk, &["in", "--dry-run"]), [1, 0, 0, 0, 0]);
}

#[test]
fn ids_and_times_come_from_paths_where_nobody_states_them() {
    let desk = Desk::with_log();
    let archive = desk.outside("archive");
    fs::create_dir_all(archive.join("2019/03/07")).unwrap();
    fs::write(archive.join("2019/03/07/boats.txt"), text(1)).unwrap();
    let page = "<!DOCTYPE html><html lang=en><link rel=canonical href='https://example.org/f'><h1>A ferry</h1><article><p>The ferry to Skarne sailed again on Monday after eleven years.</p></article></html>";
    fs::write(archive.join("page.html"), page).unwrap();
    let all = format!("{}/**/*.txt", archive.display());
    let from = ["--id-from", "https://example.org/{dir}/{stem}", "--time-from", "path:%Y/%m/%d"];
    let args = [&[all.as_str()], from.as_slice()].concat();
    counts(&record(&desk, &args), [1, 0, 0, 0, 0]);
    let boats = shown(&desk, "https://example.org/2019/03/07/boats");
    assert!(boats.contains("published = \"2019-03-07\""), "{boats}");
    counts(&record(&desk, &args), [0, 1, 0, 0, 0]);
    // By the file's date; a file that is touched afterwards is no news.
    let page = archive.join("page.html");
    let args = [page.to_str().unwrap(), "--id-from", "url", "--time-from", "mtime"];
    counts(&record(&desk, &args), [1, 0, 0, 0, 0]);
    assert!(shown(&desk, "https://example.org/f").contains("published = \"20"));
    fs::File::open(&page).unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    counts(&record(&desk, &args), [0, 1, 0, 0, 0]);
    // A file without a URL is told; so are patterns that nothing matches, or that are none.
    counts(&record(&desk, &[&all, "--id-from", "url", "--errors", "e"]), [0, 0, 0, 0, 1]);
    let lone = archive.join("2019/03/07/boats.txt");
    counts(&record(&desk, &[lone.to_str().unwrap(), "--id-from", "stem"]), [1, 0, 0, 0, 0]);
    assert!(shown(&desk, "boats").contains("ward 1"));
    desk.fails(2, &["record", "none/*.txt"], &["can't read"]);
    desk.write("in/a.txt", text(1));
    desk.fails(2, &["record", "in/*.html"], &["no file matches it"]);
    desk.fails(2, &["record", "in", "--id-from", "x"], &["not path, url, stem"]);
    desk.fails(2, &["record", "in", "--time-from", "path:%Y"], &["no whole day"]);
}

#[test]
fn duplicates_become_aliases_or_are_left_out_where_that_is_asked_for() {
    let desk = |what: &str| {
        let desk = Desk::with_log();
        desk.write("in/a.txt", text(1));
        desk.write("in/b.txt", text(1).replace("Ferries are counted", "Counted"));
        desk.write("in/c.txt", text(2));
        let args = ["in", "--on-duplicate", what, "--errors", "errors"];
        (record(&desk, &args), record(&desk, &args), desk)
    };
    let (first, again, log) = desk("alias");
    counts(&first, [2, 0, 1, 0, 0]);
    counts(&again, [0, 3, 0, 0, 0]);
    assert!(shown(&log, "in/b.txt").contains("ward 1"));
    assert_eq!(log.json(&["log"]).0["records"].as_array().map(Vec::len), Some(3));
    let (first, again, log) = desk("skip");
    counts(&first, [2, 0, 0, 1, 0]);
    counts(&again, [0, 2, 0, 1, 0]);
    let told = fs::read_to_string(log.root().join("errors")).unwrap();
    assert!(told.contains("left out: `in/a.txt` has the same text"), "{told}");
    let (first, again, _) = desk("separate");
    counts(&first, [3, 0, 0, 0, 0]);
    counts(&again, [0, 3, 0, 0, 0]);
}

#[test]
fn however_many_read_the_log_is_the_same() {
    let journal = |jobs: &str| {
        let desk = Desk::with_log();
        let lines: Vec<String> = (0..1500)
            .map(|n| match n % 10 {
                9 => "{".to_owned(),
                _ => json!({ "id": format!("n{}", n % 1400), "text": text(n) }).to_string(),
            })
            .collect();
        desk.write("in.ndjson", lines.join("\n"));
        let args =
            ["record", "in.ndjson", "--jobs", jobs, "--errors", "errors", "--format", "json"];
        let output =
            desk.command().env("SIGLUM_NOW", "2026-03-01T09:00:00Z").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let records = fs::read(desk.records().join("entries/000.toml")).unwrap();
        (records, fs::read(desk.root().join("errors")).unwrap())
    };
    assert!(journal("1") == journal("7"), "the number of readers changes the log");
    Desk::with_log().fails(2, &["record", "x", "--jobs", "0"], &["--jobs"]);
}
