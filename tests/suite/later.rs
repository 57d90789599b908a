//! Translations that are met before their sources, and archives that are recorded again.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use siglum::log::frame;
use siglum::log::tree::{self, Edge};

use crate::chance::Chance;
use crate::desk::Desk;
use crate::oracle;

/// A line of NDJSON: an article of invented text.
fn line(id: &str, language: &str, says: &str, source: Option<&str>) -> Value {
    let text = format!(
        "The quay of {says}\n\nThe quay of {says} was opened on Monday, the council said.\n"
    );
    json!({ "id": id, "language": language, "text": text, "translation_of": source })
}

fn lines(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Records, and gives how many came to what: recorded, unchanged, linked, unlinked.
#[track_caller]
fn record(desk: &Desk, args: &[&str], expected: [u64; 4]) {
    let (value, code) = desk.json(&[&["record"], args].concat());
    let counts = ["recorded", "unchanged", "linked", "unlinked"];
    assert_eq!(counts.map(|key| value[key].as_u64().unwrap()), expected, "{value}");
    assert_eq!((code, &value["failed"]), (0, &json!(0)), "{value}");
    oracle::check(&desk.root());
}

/// The records, as tables.
fn records(desk: &Desk) -> Vec<toml::Table> {
    let table = |bytes: &Vec<u8>| -> toml::Table {
        let all: toml::Table = toml::from_str(std::str::from_utf8(bytes).unwrap()).unwrap();
        all["record"].as_array().unwrap()[0].as_table().unwrap().clone()
    };
    oracle::check(&desk.root()).records.iter().map(table).collect()
}

/// What each record says: its article, its event, and its first source's target and leaf.
fn said(desk: &Desk) -> Vec<String> {
    let of = |record: &toml::Table| {
        let text = |table: &toml::Table, key: &str| {
            table.get(key).and_then(|value| value.as_str()).unwrap_or("-").to_owned()
        };
        let source = record.get("source").and_then(|all| all.as_array()?[0].as_table());
        let source = source.map_or(String::new(), |source| {
            let pinned = if source.contains_key("leaf") { " pinned" } else { "" };
            format!(" of {}{pinned}", text(source, "target"))
        });
        format!("{} {}{source}", text(record, "article"), text(record, "event"))
    };
    records(desk).iter().map(of).collect()
}

fn log_with(inputs: &[(&str, String)]) -> Desk {
    let desk = Desk::with_log();
    for (name, content) in inputs {
        desk.write(name, content);
    }
    desk
}

#[test]
fn a_translation_that_comes_first_waits_for_its_source() {
    let all = [
        line("ar", "ar", "Skarne", Some("fr")),
        line("fr", "fr", "Skarne", Some("en")),
        line("es", "es", "Skarne", Some("https://news.example/en")),
        line("other", "en", "Brovik", None),
        json!({ "id": "en", "url": "https://news.example/en", "language": "en",
            "text": "The quay\n\nThe quay of Skarne was opened again on Monday.\n" }),
        line("last", "en", "Tolma", None),
    ];
    let desk = log_with(&[("in.ndjson", lines(&all))]);
    record(&desk, &["in.ndjson"], [6, 0, 0, 0]);
    // As soon as the source is there, and those first that came first.
    let order = [
        "other published",
        "en published",
        "fr published of en pinned",
        "ar published of fr pinned",
        "es published of en pinned",
        "last published",
    ];
    assert_eq!(said(&desk), order);
    record(&desk, &["in.ndjson"], [0, 6, 0, 0]);
    // Of another version of the source the same translation is no other version; a changed one is.
    let mut newer = all.to_vec();
    newer.push(json!({ "id": "en", "language": "en",
        "text": "The quay\n\nThe quay of Skarne was closed again on Friday.\n" }));
    desk.write("in.ndjson", lines(&newer));
    record(&desk, &["in.ndjson"], [1, 6, 0, 0]);
    record(&desk, &["in.ndjson"], [0, 7, 0, 0]);
    desk.write("fr.ndjson", lines(&[line("fr", "fr", "Skarne and Tolma", Some("en"))]));
    record(&desk, &["fr.ndjson"], [1, 0, 0, 0]);
    let shown = desk.ok(&["show", "fr"]);
    assert!(shown.contains(records(&desk)[7]["previous"].as_str().unwrap()), "{shown}");
    assert!(said(&desk)[7] == "fr update of en pinned");
}

#[test]
fn files_of_a_directory_wait_too() {
    let desk = Desk::with_log();
    desk.write("in/a.fr.txt", "Le quai\n\nLe quai de Skarne a été rouvert lundi, dit la mairie.\n");
    desk.write("in/b.txt", "The quay\n\nThe quay of Skarne was opened on Monday, the town said.\n");
    desk.write("map.csv", "path,translation_of\nin/a.fr.txt,in/b.txt\n");
    record(&desk, &["in", "--map", "map.csv"], [2, 0, 0, 0]);
    assert_eq!(said(&desk), ["in/b.txt published", "in/a.fr.txt published of in/b.txt pinned"]);
    record(&desk, &["in", "--map", "map.csv"], [0, 2, 0, 0]);
}

#[test]
fn a_source_that_comes_in_a_later_run_is_linked() {
    let translations = [
        line("ar", "ar", "Skarne", Some("fr")),
        line("fr", "fr", "Skarne", Some("en")),
        line("de", "de", "Skarne", Some("id:en")),
        line("es", "es", "Skarne", Some("https://news.example/en")),
        line("pt", "pt", "Skarne", Some("en@2")),
    ];
    let source = |says: &str| {
        let mut source = line("en", "en", says, None);
        source["url"] = json!("https://news.example/en");
        lines(&[source])
    };
    let desk = log_with(&[
        ("translations.ndjson", lines(&translations)),
        ("one.ndjson", source("Skarne")),
        ("two.ndjson", source("Skarne, again")),
    ]);
    // What the log does not have is said to be of this log; a URL may be of none.
    record(&desk, &["translations.ndjson"], [5, 0, 1, 4]);
    let unlinked = [
        "ar published of id:fr",
        "fr published of id:en",
        "ar link of fr pinned",
        "de published of id:en",
        "es published of https://news.example/en",
        "pt published of id:en@2",
    ];
    assert_eq!(said(&desk), unlinked);
    record(&desk, &["translations.ndjson"], [0, 5, 0, 3]);
    // An audit tells which never got a source.
    let findings = desk.run_freely(&["audit", "--format", "json"], b"").out;
    let findings: Value = serde_json::from_str(&findings).unwrap();
    let told = findings["findings"].as_array().unwrap().iter();
    let told = told.filter(|finding| finding["rule"] == "source-unpinned");
    assert_eq!(told.count(), 4, "{findings}");
    record(&desk, &["one.ndjson"], [1, 0, 3, 0]);
    record(&desk, &["two.ndjson"], [1, 0, 1, 0]);
    let all = said(&desk);
    let linked = [
        "en published",
        "fr link of en pinned",
        "de link of en pinned",
        "es link of en pinned",
        "en update",
        "pt link of en pinned",
    ];
    assert_eq!(all[6..], linked);
    let lineage = desk.ok(&["log", "en", "--lineage"]);
    for id in ["fr", "ar", "de", "es", "pt"] {
        assert!(lineage.contains(id), "{id}: {lineage}");
    }
    // Everything once more, in any order, is no news.
    record(&desk, &["one.ndjson", "two.ndjson", "translations.ndjson"], [0, 7, 0, 0]);
    record(&desk, &["translations.ndjson"], [0, 5, 0, 0]);
    assert_eq!(said(&desk), all);
}

#[test]
fn what_a_file_alone_claims_is_not_pinned() {
    let page = |source: &str| {
        format!(
            "---\ntranslation_of: {source}\nlanguage: fr\n---\n\n# Le quai\n\nLe quai de Skarne a été rouvert lundi, dit la mairie de Skarne.\n"
        )
    };
    let desk = log_with(&[
        ("in/a.md", page("late")),
        ("in/b.md", page("en")),
        ("en.ndjson", lines(&[line("en", "en", "Skarne", None)])),
        ("late.ndjson", lines(&[line("late", "en", "Tolma", None)])),
    ]);
    record(&desk, &["en.ndjson"], [1, 0, 0, 0]);
    record(&desk, &["in"], [2, 0, 0, 0]);
    record(&desk, &["late.ndjson"], [1, 0, 0, 0]);
    assert_eq!(said(&desk)[1..3], ["in/a.md published of late", "in/b.md published of en"]);
    // Stated of the same page, it is: by a run that has both, or by the one that states it again.
    let html = |source: Option<&str>| {
        json!({ "id": "w", "translation_of": source, "html":
        "<!DOCTYPE html><html lang=fr><h1>Le quai</h1><article><p>Le quai de Skarne a été rouvert lundi, dit la mairie.</p></article></html>" })
    };
    desk.write("w.ndjson", lines(&[html(Some("https://news.example/w"))]));
    record(&desk, &["w.ndjson"], [1, 0, 0, 0]);
    desk.write("source.ndjson", lines(&[line("https://news.example/w", "en", "Brovik", None)]));
    record(&desk, &["source.ndjson"], [1, 0, 0, 0]);
    record(&desk, &["w.ndjson", "source.ndjson"], [0, 2, 1, 0]);
    record(&desk, &["w.ndjson", "source.ndjson"], [0, 2, 0, 0]);
    assert_eq!(said(&desk)[6], "w link of https://news.example/w pinned");
}

#[test]
fn an_article_is_not_its_own_source_and_circles_end() {
    let desk = Desk::with_log();
    let all = [
        line("a", "fr", "Skarne", Some("b")),
        line("b", "en", "Skarne", Some("a")),
        line("c", "en", "Tolma", Some("c")),
        line("d", "en", "Tolma", Some("4711")),
        line("e", "en", "Brovik", Some("f@0")),
    ];
    desk.write("in.ndjson", lines(&all));
    for recorded in [3, 0] {
        let (value, code) = desk.json(&["record", "in.ndjson", "--errors", "errors"]);
        assert_eq!((code, &value["failed"]), (2, &json!(2)), "{value}");
        assert_eq!(value["recorded"], recorded, "{value}");
        let errors = fs::read_to_string(desk.root().join("errors")).unwrap();
        assert!(errors.contains("`id:c` is the article itself"), "{errors}");
        assert!(errors.contains("no record 4711"), "{errors}");
    }
    let said = said(&desk);
    assert_eq!(said[0], "a published of id:b");
    assert_eq!(said[1], "b published of a pinned");
}

#[test]
fn an_archive_with_several_versions_of_an_article_can_be_recorded_again() {
    let all = [
        line("x", "en", "Skarne", None),
        line("x", "en", "Skarne", None),
        line("y", "en", "Brovik", None),
        line("x", "en", "Skarne and Tolma", None),
        line("x", "en", "Skarne", None),
        line("x", "en", "Tolma", None),
    ];
    let desk = log_with(&[("in.ndjson", lines(&all)), ("one.ndjson", lines(&all[..1]))]);
    record(&desk, &["in.ndjson"], [5, 1, 0, 0]);
    record(&desk, &["in.ndjson"], [0, 6, 0, 0]);
    // With one more at the end; and an old text that comes alone has returned.
    let more = [all.as_slice(), &[line("x", "en", "Skarne", None)]].concat();
    desk.write("in.ndjson", lines(&more));
    record(&desk, &["in.ndjson"], [1, 6, 0, 0]);
    record(&desk, &["in.ndjson"], [0, 7, 0, 0]);
    desk.write("two.ndjson", lines(&all[3..4]));
    record(&desk, &["two.ndjson"], [1, 0, 0, 0]);
    record(&desk, &["one.ndjson"], [1, 0, 0, 0]);
    record(&desk, &["one.ndjson"], [0, 1, 0, 0]);
    let ndjson = desk.ok(&["record", "in.ndjson", "--format", "ndjson"]);
    assert_eq!(ndjson.lines().filter(|line| line.contains("\"path\"")).count(), 7, "{ndjson}");
}

#[test]
fn a_watch_links_what_comes_later() {
    let desk = Desk::with_log();
    desk.write("in/a.ndjson", lines(&[line("fr", "fr", "Skarne", Some("en"))]));
    let mut command: Command = desk.command();
    command.args(["record", "in", "--watch", "--settle", "0.1", "--until-idle", "5"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let journal = desk.records().join("entries/000.toml");
    let start = Instant::now();
    while !fs::read_to_string(&journal).unwrap_or_default().contains("id:en") {
        assert!(start.elapsed() < Duration::from_secs(20), "the translation was not recorded");
        thread::sleep(Duration::from_millis(10));
    }
    desk.write("in/b.ndjson", lines(&[line("en", "en", "Skarne", None)]));
    assert!(child.wait().unwrap().success());
    let all = ["fr published of id:en", "en published", "fr link of en pinned"];
    assert_eq!(said(&desk), all);
    record(&desk, &["in"], [0, 2, 0, 0]);
}

/// Articles in a mixed order: sources, chains of translations, versions, circles, and some that never
/// get a source.
fn mixed(chance: &mut Chance, articles: usize) -> Vec<Value> {
    let mut all: Vec<(usize, Value)> = Vec::new();
    for number in 0..articles {
        let place = chance.below(articles * 100);
        let says = format!("Skarne {number}");
        let source = match chance.below(8) {
            0..3 => None,
            3 => Some(format!("nobody{number}")),
            4 => Some(format!("n{}@2", chance.below(articles))),
            _ => Some(format!("n{}", chance.below(articles))),
        };
        let own = format!("n{number}");
        let source = source.filter(|source| source.split('@').next() != Some(own.as_str()));
        let id = format!("n{number}");
        all.push((place, line(&id, "en", &says, source.as_deref())));
        for version in 2..2 + chance.below(3) {
            let says = format!("{says}, {}", if version == 4 { 2 } else { version });
            let later = place + version * chance.below(20) + version;
            all.push((later, line(&id, "en", &says, source.as_deref())));
        }
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, line)| line).collect()
}

/// Writes a journal as a run leaves it that was killed before it signed.
fn write_journal(desk: &Desk, records: &[Vec<u8>]) {
    let mut edge = Edge::new();
    for record in records {
        edge.push(tree::leaf_hash(record), |_, _| ());
    }
    let mut bytes = Vec::new();
    frame::write_group(&mut bytes, 0, records, &edge.root());
    fs::create_dir_all(desk.records().join("entries")).unwrap();
    fs::write(desk.records().join("entries/000.toml"), bytes).unwrap();
}

#[test]
fn cut_off_anywhere_the_rest_comes_to_the_same_log() {
    let mut chance = Chance(0x1a7e);
    for round in 0..6 {
        let inputs = mixed(&mut chance, 40);
        let run = |desk: &Desk| {
            let output = desk
                .command()
                .env("SIGLUM_NOW", "2026-03-01T09:00:00Z")
                .args(["record", "in.ndjson", "--format", "json"])
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            serde_json::from_slice::<Value>(&output.stdout).unwrap()
        };
        let calm = log_with(&[("in.ndjson", lines(&inputs))]);
        run(&calm);
        let whole = oracle::check(&calm.root()).records;
        assert_eq!(run(&calm)["recorded"], 0, "round {round}");
        assert_eq!(oracle::check(&calm.root()).records, whole, "round {round}: said again");
        // A log that has only the first records, as a run leaves that was killed.
        for _ in 0..4 {
            let cut = log_with(&[("in.ndjson", lines(&inputs))]);
            let kept = 1 + chance.below(whole.len() - 1);
            write_journal(&cut, &whole[..kept]);
            run(&cut);
            let records = oracle::check(&cut.root()).records;
            let at = records.iter().zip(&whole).position(|(one, other)| one != other);
            let differs = at.map(|at| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                (at, text(&records[at]), text(&whole[at]))
            });
            assert_eq!(differs, None, "round {round}, {kept} of {}", whole.len());
            assert_eq!(records.len(), whole.len(), "round {round}, after {kept}");
        }
    }
}
