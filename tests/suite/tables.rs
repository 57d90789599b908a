//! `export ndjson`, `csv` and `parquet`: what is written, and what DuckDB reads of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::desk::{Desk, project, tree};
use crate::figures;
use crate::limits::append_newer;
use crate::needs::{needs, python};

/// A desk whose log has articles that are hard to quote, events, a record of a newer format, and one
/// that nobody signed.
fn desk() -> Desk {
    let desk = figures::desk();
    for (id, headline) in [
        ("quoted", "“Wait,” she said, \"wait\"; 'now'"),
        ("formula", "=HYPERLINK(\"https://elsewhere.example\",\"a, b\")"),
        ("script", "橋、再び\u{200F}عبر\u{200F}, \\N NULL \"\""),
        ("comma", ","),
    ] {
        let name = format!("{id}.txt");
        desk.write(&name, format!("{headline}\n\nA paragraph of {id} that is long enough.\n"));
        desk.ok(&["record", &name, "--id", id, "--credit", "writer=O'Neil, \"Al\"\tB"]);
    }
    desk.ok(&["retract", "comma", "--note", "It was a comma, no more"]);
    append_newer(&desk);
    desk.write("late.txt", "Late\n\nIt came late, and nobody has signed it yet.\n");
    desk.ok(&["record", "late.txt", "--unsigned"]);
    desk
}

/// Exports, which ends in 2 because of the record of a newer format.
#[track_caller]
fn export(desk: &Desk, form: &str, place: &Path) -> Value {
    let (report, code) = desk.json(&["export", form, place.to_str().unwrap()]);
    assert_eq!(code, 2, "{report:#}");
    assert_eq!((&report["not_understood"], &report["unsigned"]), (&json!(1), &json!(1)));
    report
}

/// A value as CSV has it.
fn field(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn duckdb_reads_what_the_log_says() {
    let desk = desk();
    let out = desk.outside("tables");
    export(&desk, "csv", &out);
    let report = export(&desk, "ndjson", &out.join("all.ndjson"));
    if cfg!(feature = "parquet") {
        export(&desk, "parquet", &out);
    }
    let Some(python) = needs("DuckDB for Python", python("duckdb")) else { return };
    let script = project("tests/suite/tables.py");
    let output = Command::new(python).arg(script).arg(&out).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Every field of the CSV is what the NDJSON says, which is what the log says.
    let lines = lines(&out.join("all.ndjson"));
    let row = |object: &Value, first: Option<&Value>, left_out: &str| -> Vec<Option<String>> {
        let own = object.as_object().unwrap().iter().filter(|(key, _)| *key != left_out);
        first.into_iter().chain(own.map(|(_, value)| value)).map(field).collect()
    };
    let records: Vec<_> = lines.iter().map(|line| row(line, None, "credits")).collect();
    let credits: Vec<_> = lines
        .iter()
        .flat_map(|line| {
            let own = line["credits"].as_array().into_iter().flatten();
            own.map(|credit| row(credit, Some(&line["index"]), ""))
        })
        .collect();
    assert_eq!(found["records"], json!(records));
    assert_eq!(found["credits"], json!(credits));
    assert_eq!(report["records"], json!(records.len()));
    assert_eq!(report["credits"], json!(credits.len()));
    let of_lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            let count = line["credits"].as_array().map(Vec::len);
            json!([line["index"], line["leaf"], line["version"], line["status"], count])
        })
        .collect();
    assert_eq!(found["ndjson"], json!(of_lines));
    assert_eq!(found["roles"], found["roles in ndjson"]);
    let mut roles: BTreeMap<&str, u64> = BTreeMap::new();
    for credit in lines.iter().flat_map(|line| line["credits"].as_array().into_iter().flatten()) {
        *roles.entry(credit["role"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(found["roles"], json!(roles.into_iter().collect::<Vec<_>>()));
    if cfg!(feature = "parquet") {
        for (name, rows) in [("records", records.len()), ("credits", credits.len())] {
            assert_eq!(found[format!("{name} in parquet")], json!(rows));
            assert_eq!(found[format!("{name} that differ")], json!([]));
        }
    }
}

#[test]
fn an_export_says_what_the_log_says() {
    let desk = desk();
    let out = desk.outside("all.ndjson");
    export(&desk, "ndjson", &out);
    let lines = lines(&out);
    let (log, _) = desk.json(&["log"]);
    let all = log["records"].as_array().unwrap();
    assert_eq!(all.len(), lines.len() + 1, "one is not signed");
    for (line, record) in lines.iter().zip(all) {
        for key in
            ["index", "leaf", "recorded", "event", "article", "version", "status", "headline"]
        {
            let shown = record.get(key).unwrap_or(&Value::Null);
            assert_eq!(&line[key], shown, "{key} of {line:#}");
        }
        for key in ["sources", "credits"] {
            let shown = record[key].as_array().map(Vec::len);
            let own = line[key].as_array().map(Vec::len);
            assert_eq!(own.or(line[key].as_u64().map(|n| n as usize)), shown, "{key} of {line:#}");
        }
    }
    // Of a newer format, index and leaf are known and nothing else.
    let newer = lines.last().unwrap().as_object().unwrap();
    let known: Vec<&String> =
        newer.iter().filter(|(_, value)| !value.is_null()).map(|(key, _)| key).collect();
    assert_eq!(known, ["index", "leaf"]);
    let mut some = [lines[3].clone(), lines[4].clone(), lines.last().unwrap().clone()];
    for line in &mut some {
        // They change with the lexicon, whose digest is in the record.
        for key in ["leaf", "previous"] {
            line[key] = json!(line[key].as_str().map(str::len));
        }
    }
    insta::assert_json_snapshot!(some);
    // Standard output has the same, and nothing beside it.
    let run = desk.run_freely(&["export", "ndjson", "-"], b"");
    assert_eq!((run.code, run.out), (2, fs::read_to_string(&out).unwrap()));
    assert!(run.err.contains("newer format") && run.err.contains("not yet signed"), "{}", run.err);
}

#[test]
fn csv_is_as_the_standard_has_it() {
    let desk = desk();
    let out = desk.outside("tables");
    export(&desk, "csv", &out);
    let text = fs::read_to_string(out.join("records.csv")).unwrap();
    let header = "index,leaf,recorded,event,origin,standing,article,version,previous,language,\
                  headline,dateline,publisher,provider,published,modified,body,paragraph_count,\
                  sources,status\r\n";
    assert!(text.starts_with(header), "{text}");
    assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
    // Nothing is put before what a spreadsheet takes for a formula.
    let formula = "\"=HYPERLINK(\"\"https://elsewhere.example\"\",\"\"a, b\"\")\"";
    assert!(text.contains(formula), "{text}");
    let credits = fs::read_to_string(out.join("credits.csv")).unwrap();
    assert!(credits.starts_with("index,n,role,name,kind,language,source_language,from,line\r\n"));
    let newer = text.lines().last().unwrap();
    assert!(newer.ends_with(&",".repeat(18)) && newer.matches(',').count() == 19, "{newer}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_export_takes_its_place_as_a_whole_or_not_at_all() {
    let desk = desk();
    let out = desk.outside("tables");
    let file = out.join("all.ndjson");
    export(&desk, "csv", &out);
    export(&desk, "ndjson", &file);
    let before = tree(&out);
    assert_eq!(before.len(), 3);
    // Again: the same.
    export(&desk, "csv", &out);
    assert_eq!(tree(&out), before);
    // A limit on file size stands for a full disk: the kernel refuses the write in the same way.
    for (form, place) in [("csv", &out), ("ndjson", &file)] {
        let output = Command::new("bash")
            .arg("-c")
            .arg("ulimit -f 1; exec \"$0\" export \"$1\" \"$2\"")
            .args([env!("CARGO_BIN_EXE_siglum"), form])
            .arg(place)
            .current_dir(desk.root())
            .env("HOME", desk.outside(""))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("can't write") && said.contains("free some"), "{said}");
        assert_eq!(tree(&out), before, "{said}");
    }
    // Nothing signed, nothing to export; a directory in the file's place.
    let empty = Desk::with_log();
    empty.fails(2, &["export", "csv", "x"], &["nothing in this log is signed yet"]);
    desk.fails(2, &["export", "ndjson", out.to_str().unwrap()], &["can't write"]);
    assert_eq!(tree(&out), before);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let desk = figures::desk();
    desk.fails(2, &["export", "parquet", "x"], &["without Parquet", "--features parquet"]);
    assert!(!desk.root().join("x").exists());
}
