//! Findings as JSON: one object, or one a line.
//!
//! | key | what |
//! |---|---|
//! | `ok` | whether no finding is at or above the gate |
//! | `findings` | as below; as NDJSON these alone, one a line |
//! | `exempted` | `{finding, reason, until}`: what the house's settings exempt; `until` is a day or null |
//! | `summary` | `articles`, `not_understood`, `errors`, `warnings`, `notes`, `exempted`; `gate` |
//! | a finding's `id` | the same from one run to the next |
//! | `rule`, `severity` | `error`, `warning` or `note` |
//! | `article`, `version`, `record` | the article's id, the version's number from 1, `{index, leaf}` |
//! | `people` | whom it concerns, as credited |
//! | `place` | `{line, text, span}`, or null where it is about no words: the credit line's number from 1, null for the byline; the line; the bytes of it |
//! | `message`, `hint` | what is known; what to do |

use serde_json::{Value, json};

use crate::audit::finding::{Finding, Part, Severity};
use crate::audit::run::{Audit, Exempted};

/// The whole audit.
pub fn audit(audit: &Audit, gate: Severity) -> Value {
    json!({
        "ok": audit.passes(gate),
        "findings": audit.findings.iter().map(finding).collect::<Vec<_>>(),
        "exempted": audit.exempted.iter().map(exempted).collect::<Vec<_>>(),
        "summary": {
            "articles": audit.articles,
            "not_understood": audit.not_understood,
            "errors": audit.count(Severity::Error),
            "warnings": audit.count(Severity::Warning),
            "notes": audit.count(Severity::Note),
            "exempted": audit.exempted.len(),
            "gate": gate.as_str(),
        },
    })
}

/// One finding.
pub fn finding(finding: &Finding) -> Value {
    json!({
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.as_str(),
        "article": finding.article,
        "version": finding.version,
        "record": { "index": finding.index, "leaf": finding.leaf.to_string() },
        "people": finding.people,
        "place": place(finding),
        "message": finding.message,
        "hint": finding.hint,
    })
}

fn exempted(exempted: &Exempted) -> Value {
    json!({
        "finding": finding(&exempted.finding),
        "reason": exempted.reason,
        "until": exempted.until.map(|day| day.to_string()),
    })
}

fn place(finding: &Finding) -> Option<Value> {
    let (place, text) = (finding.place?, finding.line.as_deref()?);
    let line = match place.part {
        Part::Byline => None,
        Part::CreditLine(number) => Some(number),
    };
    Some(json!({ "line": line, "text": text, "span": [place.span.start(), place.span.end()] }))
}
