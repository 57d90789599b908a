//! Files of the formats at the desk: what `parse` and `record` make of them.

use serde_json::Value;

use super::stories::STORIES;
use crate::desk::Desk;

fn record(desk: &Desk, args: &[&str]) -> Value {
    let mut all = vec!["record"];
    all.extend(args);
    let (value, code) = desk.json(&all);
    assert_eq!(code, 0, "{value}");
    value["records"][0].clone()
}

#[test]
fn what_a_file_claims_reaches_the_record() {
    let desk = Desk::with_log();
    let item = serde_json::json!({
        "guid": "urn:example:bridge", "type": "text", "language": "en", "headline": "A bridge",
        "byline": "By Ada Prell", "source": "Northern Wire", "firstcreated": "2026-05-12T10:00:00Z",
        "versioncreated": "2026-05-12T11:00:00Z", "translated_from": "urn:example:bruecke",
        "authors": [{"name": "Nina Rask", "role": "translator"}, {"name": "Ada Prell", "role": "writer"}],
        "body_html": "<p>The council voted on Tuesday to reopen the old bridge after repairs.</p>",
    });
    desk.write("bridge.json", item.to_string());
    let made = record(&desk, &["bridge.json"]);
    assert_eq!(made["article"], "urn:example:bridge");
    assert_eq!(made["origin"], "translation");
    let shown = desk.ok(&["show", "0"]);
    for part in [
        "publisher = \"Northern Wire\"",
        "published = \"2026-05-12T10:00:00Z\"",
        "modified = \"2026-05-12T11:00:00Z\"",
        "reader = \"ninjs\"",
        "target = \"urn:example:bruecke\"",
        "from = \"metadata\"",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    assert_eq!(shown.matches("Ada Prell\"").count(), 2, "byline and one credit:\n{shown}");
    // What the operator states goes before it.
    let args =
        ["bridge.json", "--id", "bridge", "--publisher", "Desk", "--published", "2026-05-13"];
    let made = record(&desk, &args);
    assert_eq!(made["article"], "bridge");
    let shown = desk.ok(&["show", "1"]);
    for part in ["publisher = \"Desk\"", "published = \"2026-05-13\""] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
}

#[test]
fn a_metadata_file_states_what_flags_do() {
    let desk = Desk::with_log();
    desk.write("bridge.txt", STORIES[0].text("\n\n"));
    desk.write(
        "bridge.meta.json",
        r#"{"id": "bridge", "language": "en", "responsible": "Lena Ost", "publisher": "Desk",
            "credits": [{"role": "translator", "name": "Nina Rask", "language": "fr"}]}"#,
    );
    let credit = ["--credit", "fact_checker=Pia Holm"];
    let args = [
        "bridge.txt",
        "--metadata",
        "bridge.meta.json",
        "--publisher",
        "Other",
        credit[0],
        credit[1],
    ];
    let made = record(&desk, &args);
    assert_eq!(made["article"], "bridge");
    let shown = desk.ok(&["show", "0"]);
    for part in [
        "publisher = \"Other\"",
        "responsible = \"Lena Ost\"",
        "name = \"Nina Rask\"",
        "name = \"Pia Holm\"",
        "from = \"operator\"",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    desk.write("wrong.json", r#"{"translater": "Nina Rask"}"#);
    let says = ["wrong.json", "unknown field `translater`"];
    desk.fails(2, &["record", "bridge.txt", "--metadata", "wrong.json"], &says);
}

#[test]
fn metadata_against_the_line_is_a_finding() {
    let desk = Desk::with_log();
    let item = serde_json::json!({
        "uri": "urn:example:bridge", "type": "text", "language": "en", "headline": "A bridge reopens at last",
        "authors": [{"name": "Jonas Vetter"}],
        "body_html": "<p>The council voted on Tuesday to reopen the old bridge after two years of repairs.</p>\
                      <p>(Reporting by Ada Prell; Editing by Tomas Uhl)</p>",
    });
    desk.write("bridge.json", item.to_string());
    record(&desk, &["bridge.json"]);
    let (audit, _) = desk.json(&["audit"]);
    let findings = audit["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["rule"] == "credit-mismatch").unwrap();
    assert_eq!(found["people"], serde_json::json!(["Jonas Vetter"]));
    assert_eq!(
        found["message"],
        "The metadata credits Jonas Vetter as writer; the article itself credits Ada Prell"
    );
}

#[test]
fn an_embedded_manifest_is_noticed_and_no_part_of_the_text() {
    let desk = Desk::with_log();
    let text = STORIES[0].text("\n\n");
    let selectors = "C2PATXT\0\u{1}manifest".bytes().map(|byte| match u32::from(byte) {
        small @ 0..16 => char::from_u32(0xFE00 + small).unwrap(),
        large => char::from_u32(0xE0100 + large - 16).unwrap(),
    });
    let manifest: String = std::iter::once('\u{FEFF}').chain(selectors).collect();
    desk.write("plain.txt", &text);
    desk.write("carrying.txt", format!("{text}{manifest}"));
    let (plain, _) = desk.json(&["parse", "plain.txt"]);
    let (carrying, _) = desk.json(&["parse", "carrying.txt"]);
    assert_eq!(plain["paragraphs"], carrying["paragraphs"]);
    assert_eq!(plain["credits"], carrying["credits"]);
    let note = carrying["notes"][0].as_str().unwrap();
    assert!(note.starts_with("a manifest is embedded in the text: C2PA, 17 bytes"), "{note}");
}

#[cfg(unix)]
#[test]
fn a_pdf_is_read_through_pdftotext_or_politely_refused() {
    use std::os::unix::fs::PermissionsExt as _;

    let desk = Desk::with_log();
    desk.write("bridge.pdf", "%PDF-1.7\nnot read by anybody here\n");
    let none = desk.outside("none");
    std::fs::create_dir(&none).unwrap();
    let run = |path: &std::path::Path, args: &[&str]| {
        let out = desk.command().env("PATH", path).args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (out.status.code().unwrap(), text(&out.stdout), text(&out.stderr))
    };
    let (code, _, err) = run(&none, &["parse", "bridge.pdf"]);
    assert_eq!(code, 2);
    assert!(err.contains("`pdftotext`, which takes out the text, is not installed"), "{err}");
    // A stand-in that answers as the program does.
    let programs = desk.outside("programs");
    std::fs::create_dir(&programs).unwrap();
    let story = STORIES[0].text("\n\n").replace('\'', "’");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = -v ]; then echo 'pdftotext version 24.02.0' >&2; exit 0; fi\n\
         [ \"$*\" = '-q -enc UTF-8 - -' ] || exit 1\nread -r line\n[ \"$line\" = '%PDF-1.7' ] || exit 1\n\
         printf '%s\\f' '{story}'\n"
    );
    let program = programs.join("pdftotext");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (code, out, err) = run(&programs, &["parse", "bridge.pdf", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["headline"], STORIES[0].headline);
    assert_eq!(value["reader"]["name"], "pdf");
    assert_eq!(value["reader"]["settings"], serde_json::json!(["pdftotext 24.02.0"]));
    // One that refuses.
    std::fs::write(&program, "#!/bin/sh\n[ \"$1\" = -v ] && exit 0\nexit 1\n").unwrap();
    let (code, _, err) = run(&programs, &["parse", "bridge.pdf"]);
    assert_eq!(code, 2);
    assert!(err.contains("`pdftotext` could not read it"), "{err}");
}
