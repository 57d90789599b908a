//! The article that the project was asked for gives exactly what it must.

use serde_json::{Value, json};

use crate::desk::{Desk, project, seed};

const FILE: &str = "tests/articles/nato-kosovo.en.txt";

fn desk() -> Desk {
    let desk = Desk::with_log();
    desk.write("nato.txt", seed());
    desk
}

#[test]
fn it_is_parsed_exactly() {
    let (parsed, code) = Desk::new().json(&["parse", project(FILE).to_str().unwrap()]);
    assert_eq!(code, 0);
    assert_eq!(
        parsed["headline"],
        "NATO ready to strengthen its presence in Kosovo in the event of escalation of tensions \
         with Serbia"
    );
    assert_eq!(
        parsed["dateline"],
        json!({ "places": ["BRUSSELS"], "agency": "Reuters", "date": null })
    );
    assert_eq!(parsed["language"], "en");
    assert_eq!(parsed["byline"], Value::Null);
    assert_eq!(parsed["advisory"], Value::Null);
    let paragraphs = parsed["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), 12);
    assert!(paragraphs[0].as_str().unwrap().starts_with("NATO will strengthen its peacekeeping"));
    assert_eq!(
        paragraphs[11],
        "Kosovo declared its independence in 2008, a status contested by Serbia."
    );
    let lines = parsed["credit_lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["leftover"], json!([]));
    let credits: Vec<Value> = parsed["credits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|credit| {
            json!([
                credit["role"],
                credit["name"],
                credit["kind"],
                credit["language"],
                credit["place"]
            ])
        })
        .collect();
    let person = |role: &str, name: &str, language: Option<&str>| {
        json!([role, name, "person", language, null])
    };
    assert_eq!(
        credits,
        [
            person("reporter", "Benoît Van Overstraeten", None),
            person("reporter", "John Chalmers", None),
            person("translator", "Matthieu Protard", Some("fr")),
            person("translator", "Camille Raynaud", Some("fr")),
            person("editor", "Jean-Michel Bélot", None),
            person("editor", "Matthieu Protard", None),
        ]
    );
    assert_eq!(parsed["sources"], json!([{ "label": "Source link -87", "target": null }]));
    assert_eq!(parsed["notes"], json!([]));
}

#[test]
fn spans_point_at_the_names_and_phrases() {
    let (parsed, _) = Desk::new().json(&["parse", project(FILE).to_str().unwrap()]);
    let line = &parsed["credit_lines"][0];
    let text = line["text"].as_str().unwrap();
    let part = |span: &Value| {
        let end = |at: usize| usize::try_from(span[at].as_u64().unwrap()).unwrap();
        &text[end(0)..end(1)]
    };
    for credit in line["credits"].as_array().unwrap() {
        assert_eq!(part(&credit["span"]), credit["name"].as_str().unwrap());
    }
    let phrases: Vec<&str> =
        line["credits"].as_array().unwrap().iter().map(|credit| part(&credit["phrase"])).collect();
    assert_eq!(phrases[0], "Report");
    assert_eq!(phrases[2], "French version by");
    assert_eq!(phrases[4], "edited by");
}

#[test]
fn its_audit_says_what_is_so_and_no_more() {
    let desk = desk();
    desk.ok(&["record", "nato.txt", "--standing", "observed"]);
    let (audit, code) = desk.json(&["audit"]);
    assert_eq!(code, 0, "{audit:#}");
    assert_eq!(audit["ok"], true);
    let findings: Vec<(&str, &str, &str)> = audit["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            (text("rule"), text("severity"), text("message"))
        })
        .collect();
    assert_eq!(
        findings,
        [
            (
                "uncredited-translation",
                "warning",
                "Text is English; the credits name only a French version. Who or what made the English \
             is not credited"
            ),
            (
                "source-unresolved",
                "warning",
                "The article refers to a source, “Source link -87”, without saying where it is"
            ),
            (
                "translator-edits-own-work",
                "note",
                "Matthieu Protard is credited as a translator and as editor; Jean-Michel Bélot, not a \
             translator, also edited"
            ),
        ]
    );
}

#[test]
fn meaning_free_changes_are_the_same_text() {
    let desk = desk();
    desk.ok(&["record", "nato.txt"]);
    let text = seed();
    let nfd = {
        let normalizer = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd();
        normalizer.normalize(&text).into_owned()
    };
    assert_ne!(nfd, text);
    for (name, changed) in [
        ("CRLF", text.replace('\n', "\r\n")),
        ("NBSP", text.replace(' ', "\u{A0}")),
        ("NFD", nfd),
        ("doubled spaces", text.replace(' ', "  ")),
        ("BOM and trailing spaces", format!("\u{FEFF}{}", text.replace('\n', " \t\n"))),
    ] {
        desk.write("nato.txt", changed);
        let (verified, code) = desk.json(&["verify", "nato.txt"]);
        let article = &verified["articles"][0];
        assert_eq!((article["verdict"].as_str(), code), (Some("same_text"), 0), "{name}");
        for (part, verdict) in article["parts"].as_object().unwrap() {
            assert_eq!(verdict, "same_text", "{name}: {part}");
        }
    }
}

#[test]
fn typography_is_said() {
    let desk = desk();
    desk.ok(&["record", "nato.txt"]);
    desk.write("nato.txt", seed().replace(['“', '”'], "\"").replace('’', "'"));
    let (verified, code) = desk.json(&["verify", "nato.txt"]);
    assert_eq!(code, 0);
    assert_eq!(verified["articles"][0]["verdict"], "typography");
    assert_eq!(verified["articles"][0]["parts"]["body"], "typography");
    assert_eq!(verified["articles"][0]["parts"]["credits"], "same_text");
    assert_eq!(desk.run(&["verify", "nato.txt", "--strict"]).code, 1);
}

#[test]
fn a_changed_number_is_placed() {
    let desk = desk();
    desk.ok(&["record", "nato.txt"]);
    desk.write("nato.txt", seed().replace("4,000", "40,000"));
    let (verified, code) = desk.json(&["verify", "nato.txt"]);
    assert_eq!(code, 1);
    assert_eq!(verified["ok"], false);
    let article = &verified["articles"][0];
    assert_eq!(article["verdict"], "changed");
    assert_eq!(article["parts"]["headline"], "same_text");
    let paragraphs = article["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), 1);
    let change = &paragraphs[0];
    assert_eq!(
        (change["kind"].as_str(), change["old"].as_u64(), change["new"].as_u64()),
        (Some("changed"), Some(2), Some(2))
    );
    assert!(change["before"].as_str().unwrap().contains("nearly 4,000 of our soldiers"));
    assert!(change["after"].as_str().unwrap().contains("nearly 40,000 of our soldiers"));
    let shown = desk.run(&["verify", "nato.txt"]).out;
    assert!(shown.contains("paragraph 2 changed"), "{shown}");
}

#[test]
fn a_removed_editor_is_named() {
    let desk = desk();
    desk.ok(&["record", "nato.txt"]);
    desk.write(
        "nato.txt",
        seed().replace("Jean-Michel Bélot and Matthieu Protard)", "Matthieu Protard)"),
    );
    let (verified, code) = desk.json(&["verify", "nato.txt"]);
    assert_eq!(code, 1);
    let article = &verified["articles"][0];
    assert_eq!(article["parts"]["credits"], "changed");
    assert_eq!(article["parts"]["body"], "same_text");
    assert_eq!(
        article["credits"]["removed"],
        json!([{ "role": "editor", "name": "Jean-Michel Bélot" }])
    );
    assert_eq!(article["credits"]["added"], json!([]));
    assert_eq!(desk.run(&["verify", "nato.txt", "--only", "body"]).code, 0);
}

#[test]
fn it_is_found_under_another_name() {
    let desk = desk();
    desk.ok(&["record", "nato.txt"]);
    desk.write("copy.txt", seed());
    let (verified, code) = desk.json(&["verify", "copy.txt"]);
    assert_eq!(code, 0);
    assert_eq!(verified["articles"][0]["found_by"], "digest");
    assert_eq!(verified["articles"][0]["verdict"], "identical");
    desk.write("copy.txt", seed().replace("difficult talks", "easy talks"));
    let (verified, code) = desk.json(&["verify", "copy.txt"]);
    assert_eq!(code, 1);
    assert_eq!(verified["articles"][0]["found_by"], "overlap");
    assert_eq!(verified["articles"][0]["article"], "nato.txt");
    desk.write("other.txt", "Something else\n\nA text of which nothing was ever recorded here.\n");
    let (verified, code) = desk.json(&["verify", "other.txt"]);
    assert_eq!(code, 2);
    assert_eq!(verified["articles"][0]["verdict"], "unknown");
}
