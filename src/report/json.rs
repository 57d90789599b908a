//! Findings as JSON: one object, or one a line.

use serde_json::{Value, json};

use crate::audit::finding::{Finding, Severity};
use crate::audit::run::Audit;

/// The whole audit.
pub fn audit(audit: &Audit, gate: Severity) -> Value {
    json!({
        "ok": audit.passes(gate),
        "findings": audit.findings.iter().map(finding).collect::<Vec<_>>(),
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
        "message": finding.message,
        "hint": finding.hint,
    })
}
