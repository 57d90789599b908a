//! What an audit is asked to look at: drafts, times, what is new; and what an editor sets.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;

const EN: &str = "Ferry line to Skarne reopens\n\n\
    The ferry line between Lugo and Skarne opened again on Monday after nine months.\n\n\
    Some 4,000 passengers a week took it before the storm.\n\n\
    (Reporting by Ada Prell; Editing by Ines Uhl)\n";

const FR: &str = "La ligne de ferry vers Skarne rouvre\n\n\
    La ligne de ferry entre Lugo et Skarne a rouvert lundi après neuf mois de travaux.\n\n\
    Quelque 4.000 passagers la prenaient chaque semaine avant la tempête.\n\n\
    (Reportage Ada Prell, version française Lou Vidal)\n";

/// An original and a translation that names no editor.
fn desk() -> Desk {
    let desk = Desk::with_log();
    desk.write("en.txt", EN);
    desk.write("fr.txt", FR);
    desk.ok(&["record", "en.txt", "--published", "2026-02-01"]);
    desk.ok(&["record", "fr.txt", "--translation-of", "en.txt", "--publisher", "The Courier"]);
    desk
}

fn set(desk: &Desk, audit: &str) {
    let path = desk.root().join("provenance.toml");
    let settings = fs::read_to_string(&path).unwrap();
    let (before, _) = settings.split_once("\n# audit\n").unwrap_or((&settings, ""));
    fs::write(path, format!("{before}\n# audit\n{audit}")).unwrap();
}

/// `RULE SEVERITY` of each finding at warning or above, and the exit code.
fn warnings(desk: &Desk, args: &[&str]) -> (Vec<String>, i32) {
    let (audit, code) = desk.json(&[&["audit"], args].concat());
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = audit["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["severity"] != "note");
    let shown = findings.map(|finding| {
        format!(
            "{} {} {}",
            text(finding, "article"),
            text(finding, "rule"),
            text(finding, "severity")
        )
    });
    (shown.collect(), code)
}

#[test]
fn an_editor_sets_what_rules_weigh() {
    let desk = desk();
    let found = |severity: &str| vec![format!("fr.txt missing-editor {severity}")];
    assert_eq!(warnings(&desk, &[]), (found("warning"), 0));
    set(&desk, "[audit.rules]\nmissing-editor = \"error\"\n");
    assert_eq!(warnings(&desk, &[]), (found("error"), 1));
    set(&desk, "[[audit.for]]\nlanguage = \"fr\"\nrules = { missing-editor = \"off\" }\n");
    assert_eq!(warnings(&desk, &[]), (vec![], 0));
    set(&desk, "[audit]\ngate = \"warning\"\n");
    assert_eq!(warnings(&desk, &[]), (found("warning"), 1));
    let exempt =
        "[[audit.exempt]]\nrule = \"missing-editor\"\narticle = \"fr*\"\nreason = \"agreed\"\n";
    set(&desk, exempt);
    assert_eq!(warnings(&desk, &[]), (vec![], 0));
    // The clock stands at 2026-03-01.
    set(&desk, &format!("{exempt}until = 2026-03-01\n"));
    assert_eq!(warnings(&desk, &[]), (vec![], 0));
    set(&desk, &format!("{exempt}until = 2026-02-28\n"));
    assert_eq!(warnings(&desk, &[]), (found("warning"), 0));
    let (audit, _) = desk.json(&["audit"]);
    let rules: Vec<&Value> =
        audit["findings"].as_array().unwrap().iter().map(|finding| &finding["rule"]).collect();
    assert!(rules.contains(&&Value::from("exemption-expired")), "{rules:?}");
    set(&desk, "[audit.rules]\nmissing-editors = \"off\"\n");
    desk.fails(2, &["audit"], &["there is no rule `missing-editors`", "column 1"]);
}

#[test]
fn an_id_outlives_settings_and_another_record() {
    let desk = desk();
    let ids = || -> Vec<String> {
        let (audit, _) = desk.json(&["audit", "fr.txt"]);
        let findings = audit["findings"].as_array().unwrap().iter();
        findings.map(|finding| finding["id"].as_str().unwrap().to_owned()).collect()
    };
    let before = ids();
    assert_eq!((before.len(), before[0].len()), (1, 12));
    set(&desk, "[audit.rules]\nmissing-editor = \"error\"\n");
    desk.ok(&["review", "fr.txt", "--by", "Lou Vidal", "--kind", "spelling"]);
    assert!(ids().contains(&before[0]));
    // A new version is a new finding.
    desk.write("fr.txt", FR.replace("4.000", "4.100"));
    desk.ok(&["record", "fr.txt", "--correction", "4.100"]);
    assert!(!ids().contains(&before[0]));
}

#[test]
fn times_and_references_narrow_an_audit() {
    let desk = desk();
    let articles = |args: &[&str]| {
        let (audit, _) = desk.json(&[&["audit"], args].concat());
        audit["summary"]["articles"].as_u64().unwrap()
    };
    assert_eq!(articles(&[]), 2);
    assert_eq!(articles(&["fr.txt"]), 1);
    assert_eq!(articles(&["--since", "2026-03-01"]), 2);
    assert_eq!(articles(&["--until", "2026-03-01"]), 0);
    assert_eq!(articles(&["--since", "2026-03-01T00:02:00Z"]), 1);
    assert_eq!(articles(&["--by", "published", "--until", "2026-03-01"]), 1);
    let run = desk.run(&["audit", "--by", "published", "--since", "2026-01-01"]);
    assert!(run.err.contains("states no time that can be read: 1 record"), "{run:#?}");
    desk.fails(2, &["audit", "--as", "text"], &["are about a draft"]);
}

#[test]
fn changed_shows_what_is_new_since_the_last_clean_audit() {
    let desk = desk();
    let run = desk.run(&["audit", "--changed"]);
    assert!(run.err.contains("no audit of this log was clean yet"), "{run:#?}");
    assert!(run.out.contains("missing-editor"), "{run:#?}");
    // That was a clean one: no error.
    let run = desk.run(&["audit", "--changed"]);
    assert!(run.out.contains("passed: 0 articles"), "{run:#?}");
    assert!(run.err.contains("since the last clean audit, which was of 2 records"), "{run:#?}");
    // By other settings everything may be otherwise.
    let settings = fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    desk.write("provenance.toml", settings + "\n[audit.rules]\nname-variant = \"note\"\n");
    let run = desk.run(&["audit", "--changed"]);
    assert!(run.out.contains("passed: 2 articles"), "{run:#?}");
    assert!(!run.out.contains("missing-editor") && run.err.contains("left out"), "{run:#?}");
    assert!(desk.ok(&["audit"]).contains("missing-editor"));
    // What is not clean is not remembered: the retraction is shown until somebody sees to it.
    desk.ok(&["retract", "en.txt", "--note", "there is no ferry"]);
    for _ in 0..2 {
        assert_eq!(
            warnings(&desk, &["--changed"]),
            (vec!["fr.txt source-retracted error".into()], 1)
        );
    }
    desk.ok(&["retract", "fr.txt", "--note", "there is no ferry"]);
    assert_eq!(warnings(&desk, &["--changed"]), (vec![], 0));
}

#[test]
fn what_is_not_signed_may_be_another_the_next_time() {
    let desk = desk();
    desk.write("new.txt", EN.replace("ferry", "boat"));
    desk.ok(&["record", "new.txt", "--unsigned"]);
    assert!(desk.ok(&["audit"]).contains("passed: 3 articles"));
    for _ in 0..2 {
        assert!(desk.ok(&["audit", "--changed"]).contains("passed: 1 article audited"));
    }
    desk.ok(&["sign"]);
    desk.ok(&["audit", "--changed"]);
    assert!(desk.ok(&["audit", "--changed"]).contains("passed: 0 articles"));
}

#[test]
fn a_garbled_memory_hides_nothing() {
    let desk = desk();
    desk.ok(&["audit"]);
    let memory = desk.outside(".local/state/siglum/audited");
    let file = fs::read_dir(memory).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "garbled").unwrap();
    let run = desk.run(&["audit", "--changed"]);
    assert!(run.out.contains("missing-editor") && run.err.contains("is not known"), "{run:#?}");
}

#[test]
fn a_draft_is_audited_and_not_recorded() {
    // Without a workspace.
    let alone = Desk::new();
    alone.write("fr.txt", FR);
    let found = |article: &str, rule: &str| format!("{article} {rule} warning");
    assert_eq!(
        warnings(&alone, &["--draft", "fr.txt"]),
        (vec![found("fr.txt", "source-unpinned"), found("fr.txt", "missing-editor")], 0)
    );
    let run = alone.run_with(&["audit", "--draft", "-", "--as", "markdown"], FR.as_bytes());
    assert!(run.code == 0 && run.out.contains("missing-editor"), "{run:#?}");
    assert!(run.err.contains("nothing was recorded"), "{run:#?}");
    assert!(!alone.records().exists());

    // As the next version of an article that is known.
    let desk = desk();
    let log = desk.ok(&["log"]);
    desk.write("en.txt", EN.replace("4,000", "40,000").replace("; Editing by Ines Uhl", ""));
    let (mut warned, code) = warnings(&desk, &["--draft", "en.txt"]);
    warned.sort();
    let wanted = ["credit-changed", "substantive-change-without-note"];
    assert_eq!((warned, code), (wanted.map(|rule| found("en.txt", rule)).to_vec(), 0));
    // With what is stated of it.
    desk.write("de.txt", "Fähre fährt wieder\n\nDie Fähre zwischen Lugo und Skarne fährt wieder.\n\n(Bericht: Ada Prell)\n");
    desk.write(
        "de.json",
        r#"{"translation_of": "en.txt", "machine": "Wortlaut 3", "responsible": "Ltd"}"#,
    );
    let (warned, _) = warnings(&desk, &["--draft", "de.txt", "--metadata", "de.json"]);
    let wanted = ["machine-translation-unreviewed", "missing-editor"];
    assert_eq!(warned, wanted.map(|rule| found("de.txt", rule)));
    assert_eq!(desk.ok(&["log"]), log);
    desk.fails(2, &["audit", "--draft", "gone.txt"], &["gone.txt"]);
}
