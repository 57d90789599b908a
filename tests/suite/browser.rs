//! `audit --format html`: what is on the page, and what a browser makes of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::desk::{Desk, project};
use crate::needs::needs;
use crate::reports;

fn page(desk: &Desk) -> String {
    let mut command = desk.command();
    // The same clock, whenever it is.
    command.args(["audit", "--format", "html"]).env("SIGLUM_NOW", "2026-03-02T00:00:00Z");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn a_page_is_the_same_and_loads_nothing() {
    let desk = reports::desk();
    let page = page(&desk);
    assert_eq!(page, self::page(&desk));
    let file = desk.outside("report.html");
    let mut command = desk.command();
    command.args(["audit", "--format", "html", "-o", file.to_str().unwrap()]);
    let output = command.env("SIGLUM_NOW", "2026-03-02T00:00:00Z").output().unwrap();
    assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()));
    assert_eq!(fs::read_to_string(file).unwrap(), page);
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let digest = STANDARD.encode(Sha256::digest(style.as_bytes()));
    assert!(page.contains(&format!("default-src 'none'; style-src 'sha256-{digest}'; ")));
    for word in ["<script", " style=", "<img", "<link", "@import", "url(", " src=", " onclick"] {
        assert!(!page.contains(word), "{word}");
    }
    // Text from articles is text.
    assert!(page.contains("<bdi>=he&quot;&lt;b&gt;,1</bdi>") && !page.contains("<b>"), "{page}");
    assert!(page.contains("agreed with the &lt;desk&gt; &amp; &quot;the&quot; union"));
    assert!(page.contains("dir=\"auto\" lang=\"he\""));
    assert!(page.contains("<mark>Zoë 𝔐arch</mark>"));
}

#[test]
fn a_page_counts_as_the_other_formats_do() {
    let desk = reports::desk();
    let page = page(&desk);
    let (report, _) = desk.json(&["audit"]);
    for severity in ["error", "warning", "note"] {
        let count = report["summary"][format!("{severity}s")].as_u64().unwrap();
        let class = format!("<span class=\"severity {severity}\">");
        let verdict = usize::from(severity == "error");
        assert_eq!(page.matches(&class).count(), count as usize + verdict, "{severity}");
    }
    for finding in report["findings"].as_array().unwrap() {
        let id = finding["id"].as_str().unwrap();
        assert_eq!(page.matches(&format!("id=\"finding-{id}\"")).count(), 1);
    }
}

#[test]
fn a_page_of_a_long_log_stays_short() {
    let desk = Desk::with_log();
    let line = |n: usize| {
        let text = format!("Headline {n}\n\nParagraph {n} of a text that nobody has signed.\n");
        json!({ "id": format!("article-{n}"), "language": "fr", "text": text,
                "translation_of": "https://elsewhere.example/a" })
        .to_string()
    };
    let lines: Vec<String> = (0..400).map(line).collect();
    desk.write("all.ndjson", lines.join("\n"));
    desk.ok(&["record", "all.ndjson"]);
    let page = page(&desk);
    let (report, _) = desk.json(&["audit"]);
    let findings = report["findings"].as_array().unwrap();
    let unpinned = findings.iter().filter(|finding| finding["rule"] == "source-unpinned").count();
    assert_eq!(unpinned, 400);
    assert!(page.contains("300 findings not shown here"), "{page}");
    assert!(page.contains("120 of 400 articles are shown"));
    assert!(page.contains("and 360 other records"));
    assert_eq!(page.matches("<article ").count(), 120);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn a_browser_finds_nothing_wrong() {
    let modules = project("target/browser/node_modules");
    let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
    let is_here = modules.join("axe-core").is_dir()
        && modules.join("playwright-core").is_dir()
        && has("node")
        && Path::new("/usr/bin/chromium").exists();
    let what = "node, chromium, playwright-core and axe-core";
    if needs(what, is_here.then_some(())).is_none() {
        return;
    }
    let desk = reports::desk();
    let file = desk.outside("report.html");
    fs::write(&file, page(&desk)).unwrap();
    let pictures = project("target/browser/pictures");
    fs::create_dir_all(&pictures).unwrap();
    let script = project("tests/suite/page.js");
    let look = |file: &Path, looks: &[&str]| -> Value {
        let mut command = Command::new("node");
        let output = command
            .arg(&script)
            .arg(&modules)
            .arg(file)
            .arg(&pictures)
            .args(looks)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
    };
    let found = look(&file, &["light", "dark", "narrow"]);
    for what in ["console", "requests", "axe", "layout", "focus", "lost"] {
        assert_eq!(found[what], json!([]), "{what}");
    }
    assert!(found["rules"].as_u64() > Some(15), "{found}");
    assert!(found["focusable"].as_u64() > Some(20), "{found}");
    assert_eq!(found["reached"], found["focusable"]);
    // The look can find faults.
    let wrong = page(&desk).replace(
        "</main>",
        "<img src=\"https://elsewhere.example/x.png\"><a href=\"#none\">x</a></main>",
    );
    fs::write(&file, wrong).unwrap();
    let found = look(&file, &["light"]);
    for what in ["console", "axe", "lost"] {
        assert_ne!(found[what], json!([]), "{what}");
    }
}
