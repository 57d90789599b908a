//! What verbs write: documented shapes, the same exit codes in every format, nothing that drives a
//! terminal.

use std::fs;

use serde_json::Value;

use crate::desk::{Desk, project, seed};

const TEXT: &str = "A headline\n\nThe first paragraph of a text that is long enough to be told.\n\n\
    (Reporting by Ada Prell in Valmora; Editing by Tomas Uhl)\n";

/// The shape of a JSON value: keys, and the kinds of what they hold.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            object.iter().map(|(key, value)| (key.clone(), shape(value))).collect()
        }
        Value::Array(items) => {
            items.first().map_or(Value::from("[]"), |first| Value::from(vec![shape(first)]))
        }
        Value::String(_) => "string".into(),
        Value::Number(_) => "number".into(),
        Value::Bool(_) => "bool".into(),
        Value::Null => "null".into(),
    }
}

#[test]
fn json_has_the_documented_shape() {
    let desk = Desk::with_log();
    desk.write("nato.txt", seed());
    let mut shapes = serde_json::Map::new();
    let mut keep = |name: &str, (value, _): (Value, i32)| {
        shapes.insert(name.to_owned(), shape(&value));
    };
    keep("parse", desk.json(&["parse", "nato.txt"]));
    keep("record", desk.json(&["record", "nato.txt", "--standing", "observed"]));
    keep("verify, in order", desk.json(&["verify", "nato.txt"]));
    desk.write("nato.txt", seed().replace("4,000", "40,000").replace("John Chalmers", "John Doe"));
    keep("verify, changed", desk.json(&["verify", "nato.txt"]));
    desk.write("old.txt", seed());
    keep("diff", desk.json(&["diff", "old.txt", "nato.txt"]));
    keep("diff, words not kept", desk.json(&["diff", "0", "nato.txt"]));
    keep("audit", desk.json(&["audit"]));
    keep("log", desk.json(&["log"]));
    keep("show", desk.json(&["show", "0"]));
    keep("key show", desk.json(&["key", "show"]));
    let checkpoint = desk.records().join("checkpoint");
    let note = fs::read_to_string(&checkpoint).unwrap();
    fs::write(&checkpoint, note.replacen("\n1\n", "\n2\n", 1)).unwrap();
    keep("verify, faulty", desk.json(&["verify"]));
    insta::assert_json_snapshot!(Value::Object(shapes));
}

#[test]
fn exit_codes_do_not_depend_on_the_format() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    desk.write("changed.txt", TEXT.replace("first", "second"));
    desk.write("other.txt", "Nothing that was recorded\n\nNot a word of it.\n");
    for args in [
        &["verify"][..],
        &["verify", "a.txt"],
        &["verify", "changed.txt", "--record", "0"],
        &["verify", "other.txt"],
        &["verify", "gone.txt"],
        &["audit"],
        &["log"],
    ] {
        let codes: Vec<i32> = ["human", "json", "ndjson"]
            .iter()
            .map(|format| desk.run_freely(&[args, &["--format", format]].concat(), b"").code)
            .collect();
        assert!(codes.iter().all(|code| *code == codes[0]), "{args:?}: {codes:?}");
    }
}

#[test]
fn json_stands_alone_on_standard_output() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    for args in [&["record", "a.txt"][..], &["verify", "a.txt"], &["audit"], &["log"], &["sign"]] {
        let (value, code) = desk.json(args);
        assert!(value.is_object() && code == 0, "{args:?}");
    }
}

#[test]
fn credits_answers_line_by_line() {
    let input = "{\"id\":1,\"text\":\"Edited by Ada Prell\"}\n\n{\"id\":\"b\",\"text\":\"Rédigé par Ilse Marchand\",\"language\":\"fr\"}\n";
    let run = Desk::new().run_with(&["credits", "--format", "ndjson"], input.as_bytes());
    assert_eq!(run.code, 0, "{run:#?}");
    let answers: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(answers[1]["id"], "b");
    let credit = &answers[0]["credits"][0];
    let keys: Vec<&String> = credit.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "role",
            "name",
            "kind",
            "place",
            "language",
            "source_language",
            "initials",
            "span",
            "phrase"
        ]
    );
    assert_eq!(credit["span"], serde_json::json!([10, 19]));
    let bad = Desk::new().run_with(&["credits", "--format", "ndjson"], b"{\"id\":1}\n");
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("line 1") && bad.err.contains("text"), "{bad:#?}");
}

#[test]
fn credit_lines_are_shown_with_their_marks() {
    let run = Desk::new().run_with(
        &["credits", "--explain"],
        b"(Reporting by Ada Prell in Valmora; Editing by Tomas Uhl)\n",
    );
    insta::assert_snapshot!(run.out);
}

#[test]
fn unsigned_records_are_said() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    let said = desk.ok(&["record", "a.txt", "--unsigned"]);
    assert!(said.contains("not yet"), "{said}");
    let (report, code) = desk.json(&["verify"]);
    assert_eq!(code, 0);
    assert_eq!(report["log"]["size"], 0);
    assert_eq!(report["log"]["unsigned"], 1);
    desk.ok(&["sign"]);
    assert_eq!(desk.json(&["verify"]).0["log"]["unsigned"], 0);
}

#[test]
fn a_kept_text_that_was_changed_is_not_believed() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    assert!(desk.ok(&["show", "0", "--text"]).starts_with("The first paragraph"));
    let texts: Vec<_> = fs::read_dir(desk.records().join("texts")).unwrap().collect();
    assert_eq!(texts.len(), 1);
    fs::write(texts[0].as_ref().unwrap().path(), "Another text.").unwrap();
    desk.fails(2, &["show", "0", "--text"], &["not kept"]);
    desk.write("a.txt", TEXT.replace("first", "second"));
    let (report, code) = desk.json(&["verify", "a.txt"]);
    assert_eq!(code, 1);
    assert_eq!(report["articles"][0]["paragraphs"][0]["before"], Value::Null);
}

#[test]
fn observed_texts_are_not_kept_unless_asked() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt", "--standing", "observed"]);
    assert!(!desk.records().join("texts").exists());
}

#[test]
fn another_log_in_a_known_workspace_is_said() {
    let desk = Desk::with_log();
    desk.write("a.txt", TEXT);
    desk.ok(&["record", "a.txt"]);
    let place = desk.outside("elsewhere");
    desk.ok(&["init", place.to_str().unwrap()]);
    for name in ["provenance.toml", "records"] {
        let (from, to) = (place.join(name), desk.root().join(name));
        if from.is_dir() {
            fs::remove_dir_all(&to).unwrap();
        }
        fs::rename(from, to).unwrap();
    }
    desk.fails(1, &["verify"], &["another log"]);
}

#[test]
fn articles_do_not_drive_the_terminal() {
    let desk = Desk::with_log();
    desk.write("a.txt", "A \u{1b}[31mred\u{1b}[0m headline\n\nA paragraph with \u{202e}bidi and \u{7} in it.\n\nEdited by A\u{1b}[2J\n");
    for args in [
        &["parse", "a.txt"][..],
        &["record", "a.txt"],
        &["log"],
        &["show", "0"],
        &["verify", "a.txt"],
        &["audit"],
    ] {
        let run = desk.run_freely(args, b"");
        for bad in ['\u{1b}', '\u{202e}', '\u{7}'] {
            assert!(!run.out.contains(bad) && !run.err.contains(bad), "{args:?}: {run:#?}");
        }
    }
}

#[test]
fn help_completions_and_manual_are_written() {
    let desk = Desk::new();
    let help = desk.ok(&["--help"]);
    for verb in
        ["init", "parse", "credits", "record", "verify", "log", "show", "audit", "sign", "key"]
    {
        assert!(help.contains(&format!("  {verb} ")), "{verb}: {help}");
        assert!(desk.ok(&["man", verb]).contains(".TH"));
    }
    assert!(desk.ok(&["man"]).contains(".TH siglum"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(desk.ok(&["completions", shell]).contains("siglum"), "{shell}");
    }
}

#[test]
fn rules_say_why_an_editor_cares() {
    let desk = Desk::new();
    for rule in siglum::audit::rule::ALL {
        let said = desk.ok(&["audit", "--explain", rule.id]);
        assert!(said.contains(rule.id) && said.contains("what to do"), "{said}");
    }
}

#[test]
fn the_first_use_makes_a_workspace_and_says_so() {
    let desk = Desk::new();
    let place = desk.outside("new");
    let file = project("tests/articles/nato-kosovo.en.txt");
    let run = desk.run(&["record", "-w", place.to_str().unwrap(), file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.err.contains("made the workspace") && run.err.contains("private key"), "{run:#?}");
    crate::oracle::check(&place);
    for name in ["provenance.toml", ".gitattributes", "records/.gitignore", "records/checkpoint"] {
        assert!(place.join(name).exists(), "{name}");
    }
    let attributes = fs::read_to_string(place.join(".gitattributes")).unwrap();
    assert_eq!(attributes, "records/** -text -merge\n");
}
