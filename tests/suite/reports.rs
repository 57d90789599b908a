//! `audit --format`: what each format says, that all say the same, and what other programs make of it.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::desk::{Desk, project};
use crate::figures;
use crate::needs::{needs, python};

/// A desk whose articles are files with findings of each severity, one exempt, and names that are hard
/// to quote.
pub fn desk() -> Desk {
    let desk = figures::desk();
    let settings = fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let audit = "\n[audit]\ngate = \"error\"\n\n[audit.rules]\nstale-translation = \"error\"\n\n\
                 [[audit.exempt]]\nrule = \"translator-edits-own-work\"\narticle = \"*/both.fr.txt\"\n\
                 reason = \"agreed with the <desk> & \\\"the\\\" union\"\n";
    desk.write("provenance.toml", settings + audit);
    let both = "Une école rouvre\n\nL'école du village rouvre lundi, selon la mairie.\n\n\
                (Ada Prell, version française Ilse Marchand,\n édité par Ilse Marchand)\n";
    desk.write("news one/both.fr.txt", both);
    desk.ok(&["record", "news one/both.fr.txt", "--translation-of", "en@1"]);
    let own = both.replace("école", "église").replace("Ilse Marchand", "Zoë 𝔐arch");
    desk.write("news one/own,%:.fr.txt", own);
    desk.ok(&["record", "news one/own,%:.fr.txt", "--translation-of", "en@2"]);
    let hebrew =
        "בית הספר נפתח\n\nבית הספר בכפר נפתח ביום שני, מסרה העירייה.\n\n(תרגום: דנה כהן)\n";
    desk.write("he.txt", hebrew);
    desk.ok(&[
        "record",
        "he.txt",
        "--id",
        "=he\"<b>,1",
        "--translation-of",
        "en@2",
        "--language",
        "he",
    ]);
    desk
}

fn audit(desk: &Desk, format: &str) -> String {
    let run = desk.run_freely(&["audit", "--format", format], b"");
    assert_eq!(run.code, 1, "{run:#?}");
    run.out
}

fn sarif(desk: &Desk) -> Value {
    serde_json::from_str(&audit(desk, "sarif")).unwrap()
}

/// Leaf hashes and what is made of them change with the lexicon, whose digest is in the records.
fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_hexdigit() && !c.is_ascii_uppercase() {
            run.push(c);
            continue;
        }
        let is_hash = matches!(run.len(), 12 | 64);
        out.push_str(if is_hash { "…" } else { &run });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[test]
fn formats_are_as_documented() {
    let desk = desk();
    let mut report = sarif(&desk);
    let rules = report["runs"][0]["tool"]["driver"]["rules"].take();
    assert_eq!(rules.as_array().unwrap().len(), siglum::audit::rule::ALL.len());
    insta::assert_snapshot!("sarif", without_hashes(&format!("{report:#}")));
    insta::assert_snapshot!("csv", without_hashes(&audit(&desk, "csv").replace('\r', "␍")));
    insta::assert_snapshot!("github", without_hashes(&audit(&desk, "github")));
    insta::assert_snapshot!("json", without_hashes(&audit(&desk, "json")));
}

#[test]
fn counts_are_the_same_in_every_format() {
    let desk = desk();
    let report: Value = serde_json::from_str(&audit(&desk, "json")).unwrap();
    let summary = &report["summary"];
    let count = |severity: &str| summary[severity].as_u64().unwrap() as usize;
    let wanted = [count("errors"), count("warnings"), count("notes")];
    assert!(wanted.iter().all(|count| *count > 0), "{summary}");
    assert_eq!(summary["exempted"], 1);
    let lines = audit(&desk, "ndjson");
    let of = |text: &str, forms: [&str; 3]| forms.map(|form| text.matches(form).count());
    let severities = ["\"error\"", "\"warning\"", "\"note\""].map(|s| format!("\"severity\":{s}"));
    assert_eq!(of(&lines, severities.each_ref().map(String::as_str)), wanted);
    let table = audit(&desk, "csv");
    assert_eq!(of(&table, [",error,", ",warning,", ",note,"]), wanted);
    let commands = audit(&desk, "github");
    let starts = ["::error ", "::warning ", "::notice "];
    assert_eq!(starts.map(|s| commands.lines().filter(|l| l.starts_with(s)).count()), wanted);
    assert_eq!(commands.lines().count(), wanted.iter().sum::<usize>());
    let report = sarif(&desk);
    let results = report["runs"][0]["results"].as_array().unwrap();
    let (exempt, found): (Vec<_>, Vec<_>) =
        results.iter().partition(|result| result.get("suppressions").is_some());
    let levels = ["error", "warning", "note"];
    assert_eq!(levels.map(|l| found.iter().filter(|r| r["level"] == l).count()), wanted);
    assert_eq!(exempt.len(), 1);
    let human = audit(&desk, "human");
    let said = format!("{} error", wanted[0]);
    assert!(human.contains(&said), "{human}");
}

#[test]
fn a_region_is_of_the_words() {
    let desk = desk();
    let report = sarif(&desk);
    let results = report["runs"][0]["results"].as_array().unwrap();
    let own = results.iter().find(|result| {
        result["ruleId"] == "translator-edits-own-work"
            && result["properties"]["article"] == "news one/own,%:.fr.txt"
    });
    let location = &own.unwrap()["locations"][0];
    let physical = &location["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uri"], "news%20one/own%2C%25%3A.fr.txt");
    let text = fs::read_to_string(desk.root().join("news one/own,%:.fr.txt")).unwrap();
    let region = &physical["region"];
    let at = |key: &str| region[key].as_u64().unwrap() as usize;
    assert_eq!(at("startLine"), at("endLine"), "{region}");
    let line: Vec<u16> = text.lines().nth(at("startLine") - 1).unwrap().encode_utf16().collect();
    let words = String::from_utf16(&line[at("startColumn") - 1..at("endColumn") - 1]).unwrap();
    assert_eq!(words, "Zoë 𝔐arch");
    let other = results.iter().find(|r| r["properties"]["article"] == "=he\"<b>,1").unwrap();
    assert_eq!(other["locations"][0].get("physicalLocation"), None);
    let logical = &other["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(logical, "=he\"<b>,1");
}

#[test]
fn the_standard_s_schema_has_nothing_against_it() {
    let schema =
        "target/sarif/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
    let schema = project(schema);
    let found = python("jsonschema").filter(|_| schema.is_file());
    let Some(python) = needs("SARIF's schema and jsonschema for Python", found) else { return };
    let check = |file: &str| {
        let script = project("tests/suite/sarif.py");
        let output = Command::new(&python).arg(script).arg(&schema).arg(file).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let desk = desk();
    let file = desk.outside("report.sarif");
    let file = file.to_str().unwrap();
    desk.fails(1, &["audit", "--format", "sarif", "-o", file], &[]);
    assert_eq!(check(file), (true, "\n".to_owned()));
    // The check can fail.
    let mut wrong: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    wrong["runs"][0]["results"][0]["level"] = json!("dreadful");
    fs::write(file, wrong.to_string()).unwrap();
    assert!(check(file).1.contains("dreadful"));
}

#[test]
fn only_an_audit_has_these_formats() {
    let desk = desk();
    for format in ["csv", "sarif", "github", "html"] {
        desk.fails(2, &["log", "--format", format], &["only `siglum audit` writes"]);
    }
    desk.fails(2, &["audit", "-o", "x"], &["--format json"]);
    let draft = "A title\n\nA paragraph of a draft that is long enough.\n";
    desk.write("draft.txt", draft);
    for format in ["json", "ndjson", "csv", "sarif", "github"] {
        let run = desk.run_freely(&["audit", "--draft", "draft.txt", "--format", format], b"");
        assert!(run.code < 2, "{run:#?}");
    }
}
