//! Findings as SARIF 2.1.0 (OASIS standard), for code review and code scanning.
//!
//! | key | what |
//! |---|---|
//! | `tool.driver.rules` | every rule: `id`, a short description, why an editor cares, what to do, its usual level |
//! | `results[].level` | `error`, `warning` or `note`: the finding's severity |
//! | `results[].partialFingerprints` | `siglumFinding/v1`: the finding's id, the same from run to run |
//! | `results[].locations` | the article's file, relative to the workspace (`%SRCROOT%`), and in it the words, in UTF-16 code units; where no file of the workspace is the article, its id as a logical location alone |
//! | `results[].suppressions` | for what the house's settings exempt: the reason that they give |
//! | `results[].properties` | `article`, `version`, `index` and `leaf` of the record, `people` |
//! | `invocations` | that the audit ran; how many records of a newer format it could not look at |
//!
//! Viewers that look for paths from a repository's root find them where the workspace is that root.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::findings::title;
use super::place::{Locate, Located, Region};
use crate::audit::finding::Finding;
use crate::audit::rule::{self, Rule};
use crate::audit::run::{Audit, Exempted};

/// The root that paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// The whole log.
pub fn sarif(audit: &Audit, locate: &Locate<'_>) -> Value {
    let found = audit.findings.iter().map(|finding| result(finding, locate));
    let exempt = audit.exempted.iter().map(|exempted| suppressed(exempted, locate));
    let notifications = (audit.not_understood > 0).then(|| {
        let count = audit.not_understood;
        let text = format!("not audited, because they are of a newer format: {count} records");
        json!({ "level": "warning", "message": { "text": text } })
    });
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "siglum",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rule::ALL.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { ROOT: { "description": { "text": "the workspace: the directory that has provenance.toml" } } },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications.into_iter().collect::<Vec<_>>(),
            }],
            "results": found.chain(exempt).collect::<Vec<_>>(),
        }],
    })
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": title(rule.id) },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("What to do: {}\n\nSettings and limits: {}", rule.hint, rule.settings) },
        "defaultConfiguration": { "level": rule.severity.as_str() },
    })
}

fn result(finding: &Finding, locate: &Locate<'_>) -> Value {
    let mut location = Map::new();
    if let Some(Located { path, region }) = locate(finding) {
        let mut physical = json!({ "artifactLocation": { "uri": uri(&path), "uriBaseId": ROOT } });
        if let (Some(Region { start, end }), Some(own)) = (region, physical.as_object_mut()) {
            let region = json!({
                "startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1,
            });
            own.insert("region".to_owned(), region);
        }
        location.insert("physicalLocation".to_owned(), physical);
    }
    let logical = json!([{ "fullyQualifiedName": finding.article, "kind": "resource" }]);
    location.insert("logicalLocations".to_owned(), logical);
    json!({
        "ruleId": finding.rule,
        "ruleIndex": rule::ALL.iter().position(|rule| rule.id == finding.rule),
        "level": finding.severity.as_str(),
        "message": { "text": message(&finding.message) },
        "locations": [location],
        "partialFingerprints": { "siglumFinding/v1": finding.id },
        "properties": {
            "article": finding.article,
            "version": finding.version,
            "index": finding.index,
            "leaf": finding.leaf.to_string(),
            "people": finding.people,
        },
    })
}

/// Words as a message's string: braces that are no placeholder are doubled (section 3.11.5). So that a
/// text can't pass a link off as the tool's, brackets are escaped where they would make one (3.11.6).
fn message(words: &str) -> String {
    let words = words.replace('{', "{{").replace('}', "}}");
    if words.contains("](") {
        words.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        words
    }
}

/// A finding that an exemption covers.
fn suppressed(exempted: &Exempted, locate: &Locate<'_>) -> Value {
    let mut result = result(&exempted.finding, locate);
    if let Some(own) = result.as_object_mut() {
        let justification = match exempted.until {
            Some(until) => format!("{} (until {until})", exempted.reason),
            None => exempted.reason.clone(),
        };
        let suppression =
            json!({ "kind": "external", "status": "accepted", "justification": justification });
        own.insert("suppressions".to_owned(), json!([suppression]));
    }
    result
}

/// A path as a relative reference (RFC 3986, sections 2.1 and 4.2).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            // Writing to a string can't fail.
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_no_placeholders_and_no_links() {
        assert_eq!(message("it says “{0}”"), "it says “{{0}}”");
        assert_eq!(message("[a](https://x.example)"), "\\[a\\](https://x.example)");
        assert_eq!(message("“[stand]”"), "“[stand]”");
    }

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("a b/é:#.txt"), "a%20b/%C3%A9%3A%23.txt");
    }
}
