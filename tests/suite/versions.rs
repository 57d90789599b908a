//! What makes a version, and what doesn't.

use crate::desk::Desk;

const ENGLISH: &str = "The old bridge reopens\n\n\
    The old bridge over the river reopened on Tuesday after two years of repairs, said the council.\n\n\
    Forty people crossed it in the first hour.\n\n(Reporting by Ada Prell; Editing by Tomas Uhl)\n";

const FRENCH: &str = "Le vieux pont rouvre\n\n\
    Le vieux pont sur la rivière a rouvert mardi après deux ans de travaux, a annoncé le conseil.\n\n\
    Quarante personnes l'ont traversé dans la première heure.\n";

fn record(desk: &Desk, args: &[&str]) -> (serde_json::Value, i32) {
    desk.json(&[&["record"], args].concat())
}

#[test]
fn the_same_again_appends_nothing() {
    let desk = Desk::with_log();
    desk.write("bridge.txt", ENGLISH);
    let (first, _) = record(&desk, &["bridge.txt"]);
    assert_eq!(first["records"][0]["appended"], true);
    assert_eq!(first["records"][0]["event"], "published");
    assert_eq!(first["records"][0]["origin"], "original");
    assert_eq!(first["checkpoint"]["size"], 1);
    // Another time and other bytes of the same text.
    desk.write("bridge.txt", ENGLISH.replace('\n', "\r\n"));
    let (again, code) = record(&desk, &["bridge.txt"]);
    assert_eq!(code, 0);
    assert_eq!(again["records"][0]["appended"], false);
    assert_eq!(again["records"][0]["index"], 0);
    assert_eq!(again["checkpoint"]["size"], 1);
    // What is stated about the text counts as well.
    for (publisher, appended) in [("P", true), ("P", false), ("Q", true)] {
        let (stated, _) = record(&desk, &["bridge.txt", "--publisher", publisher]);
        assert_eq!(stated["records"][0]["appended"], appended, "{publisher}: {stated:#}");
    }
}

#[test]
fn there_and_back_is_three_versions() {
    let desk = Desk::with_log();
    let changed = ENGLISH.replace("Forty", "Fifty");
    for (text, version) in [(ENGLISH, 1), (changed.as_str(), 2), (ENGLISH, 3)] {
        desk.write("bridge.txt", text);
        let (answer, code) = record(&desk, &["bridge.txt"]);
        assert_eq!(code, 0, "{answer:#}");
        assert_eq!(answer["records"][0]["version"], version);
        assert_eq!(answer["records"][0]["appended"], true);
    }
    let (log, _) = desk.json(&["log", "bridge.txt"]);
    let statuses: Vec<&str> =
        log["records"].as_array().unwrap().iter().map(|r| r["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["superseded", "superseded", "current"]);
    // The newest of the versions that match is the one that a copy is compared with.
    let (verified, _) = desk.json(&["verify", "bridge.txt"]);
    assert_eq!(verified["articles"][0]["version"], 3);
    desk.write("bridge.txt", &changed);
    let (verified, code) = desk.json(&["verify", "bridge.txt"]);
    assert_eq!(code, 0);
    assert_eq!(verified["articles"][0]["version"], 2);
    assert_eq!(verified["articles"][0]["status"], "superseded");
}

#[test]
fn another_language_under_a_known_id_is_refused() {
    let desk = Desk::with_log();
    desk.write("bridge.txt", ENGLISH);
    desk.ok(&["record", "bridge.txt"]);
    desk.write("bridge.txt", FRENCH);
    desk.fails(2, &["record", "bridge.txt"], &["English", "French", "--id", "--translation-of"]);
    let (answer, code) = record(&desk, &["bridge.txt", "--translation-of", "bridge.txt"]);
    assert_eq!(code, 0);
    assert_eq!(answer["records"][0]["article"], "bridge.txt#fr");
    assert_eq!(answer["records"][0]["origin"], "translation");
    let (original, _) = desk.json(&["show", "0"]);
    assert_eq!(answer["records"][0]["sources"][0]["leaf"], original["leaf"]);
}

#[test]
fn corrections_say_so_on_the_older_version() {
    let desk = Desk::with_log();
    desk.fails(2, &["record", "bridge.txt"], &["can't read bridge.txt"]);
    desk.write("bridge.txt", ENGLISH);
    desk.fails(2, &["record", "bridge.txt", "--correction", "x"], &["to correct"]);
    desk.ok(&["record", "bridge.txt"]);
    desk.write("new.txt", ENGLISH.replace("Forty", "Four hundred"));
    desk.ok(&["record", "new.txt", "--id", "bridge.txt", "--correction", "400 people, not 40"]);
    let (verified, code) = desk.json(&["verify", "bridge.txt"]);
    assert_eq!(code, 0);
    assert_eq!(verified["articles"][0]["status"], "corrected");
    let shown = desk.run(&["verify", "bridge.txt"]).out;
    assert!(shown.contains("corrected") && shown.contains("400 people, not 40"), "{shown}");
}

#[test]
fn a_request_is_carried_out_once() {
    let desk = Desk::with_log();
    desk.write("bridge.txt", ENGLISH);
    let args = ["bridge.txt", "--request-id", "r1"];
    let (first, _) = record(&desk, &args);
    desk.write("bridge.txt", ENGLISH.replace("Forty", "Fifty"));
    let (again, code) = record(&desk, &args);
    assert_eq!(code, 0);
    assert_eq!(again["records"][0]["leaf"], first["records"][0]["leaf"]);
    assert_eq!(again["records"][0]["appended"], false);
    desk.write("other.txt", "Other\n\nAnother text altogether.\n");
    desk.fails(2, &["record", "other.txt", "--request-id", "r1"], &["bridge.txt"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::with_log();
    desk.write("bridge.txt", ENGLISH);
    let before = crate::desk::tree(&desk.root());
    let (answer, code) = record(&desk, &["bridge.txt", "--dry-run"]);
    assert_eq!(code, 0);
    assert_eq!(answer["records"][0]["appended"], true);
    assert_eq!(answer["checkpoint"], serde_json::Value::Null);
    assert_eq!(crate::desk::tree(&desk.root()), before);
    let place = desk.outside("new");
    desk.ok(&["record", "-w", place.to_str().unwrap(), "bridge.txt", "--dry-run"]);
    assert!(!place.exists());
}

#[test]
fn several_at_once_are_one_group() {
    let desk = Desk::with_log();
    desk.write("a.txt", ENGLISH);
    desk.write("b.txt", FRENCH);
    let (answer, _) = record(&desk, &["a.txt", "b.txt", "a.txt"]);
    let appended: Vec<bool> =
        answer["records"].as_array().unwrap().iter().map(|r| r["appended"] == true).collect();
    assert_eq!(appended, [true, true, false]);
    let journal = std::fs::read_to_string(desk.records().join("entries/000.toml")).unwrap();
    assert_eq!(journal.matches("\n#= ").count(), 1);
}

#[test]
fn what_an_operator_states_is_recorded() {
    let desk = Desk::with_log();
    desk.write("pont.txt", FRENCH);
    let (answer, code) = record(
        &desk,
        &[
            "pont.txt",
            "--url",
            "https://desk.example/pont",
            "--id",
            "pont",
            "--alias",
            "p1",
            "--credit",
            "translator[fr]=Ilse  Marchand",
            "--machine",
            "DeepL 14",
            "--translation-of",
            "https://desk.example/bridge",
            "--observed-url",
            "https://x.example/",
            "--publisher",
            "Le Pont",
            "--responsible",
            "Le Pont SA",
            "--published",
            "2026-02-01",
            "--story",
            "bridge",
        ],
    );
    assert_eq!(code, 0, "{answer:#}");
    let credit = &answer["records"][0]["credits"][0];
    assert_eq!(
        (credit["name"].as_str(), credit["from"].as_str()),
        (Some("Ilse Marchand"), Some("operator"))
    );
    assert_eq!(answer["records"][0]["sources"][0]["target"], "https://desk.example/bridge");
    let shown = desk.ok(&["show", "p1"]);
    for line in [
        "standing = \"observed\"",
        "publisher = \"Le Pont\"",
        "story = \"bridge\"",
        "aliases = [\"https://desk.example/pont\", \"p1\"]",
        "tool = \"DeepL\"",
        "version = \"14\"",
        "origin = \"translation\"",
        "published = \"2026-02-01\"",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    let (found, _) = desk.json(&["log", "https://desk.example/pont"]);
    assert_eq!(found["records"][0]["article"], "pont");
}
