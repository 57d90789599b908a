//! An audit's findings.

use crate::audit::finding::{Finding, Severity};
use crate::audit::run::Audit;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, CARE, DIM, Format, GOOD, Ui, styled};
use crate::report::json;

/// The audit, in the format that was asked for.
pub(in crate::cli) fn print(ui: Ui, audit: &Audit, gate: Severity) {
    match ui.format() {
        Format::Json => ui.value(&json::audit(audit, gate)),
        Format::Ndjson => {
            for finding in &audit.findings {
                ui.value(&json::finding(finding));
            }
        }
        Format::Human => human(ui, audit, gate),
    }
}

fn human(ui: Ui, audit: &Audit, gate: Severity) {
    let mut article = None;
    for finding in &audit.findings {
        if article != Some(&finding.article) {
            article = Some(&finding.article);
            let version = format_args!("version {}, record {}", finding.version, finding.index);
            ui.line(format_args!(
                "{} {}",
                styled(BOLD, sanitize::line(&finding.article)),
                styled(DIM, version)
            ));
        }
        print_finding(ui, finding);
    }
    let verdict = if audit.passes(gate) { styled(GOOD, "passed") } else { styled(BAD, "failed") };
    ui.line(format_args!("{verdict}: {}; the gate is {gate}", summary(audit)));
}

/// One finding, indented.
pub(in crate::cli) fn print_finding(ui: Ui, finding: &Finding) {
    let style = match finding.severity {
        Severity::Error => BAD,
        Severity::Warning => CARE,
        Severity::Note => DIM,
    };
    ui.line(format_args!(
        "  {} {}: {}",
        styled(style, format_args!("{:<7}", finding.severity)),
        finding.rule,
        sanitize::line(&finding.message)
    ));
    ui.line(format_args!("          {}", styled(DIM, finding.hint)));
}

/// What an audit came to.
pub(in crate::cli) fn summary(audit: &Audit) -> String {
    let count = |number: usize, noun: &str| {
        if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
    };
    format!(
        "{} audited: {}, {}, {}{}",
        count(audit.articles, "article"),
        count(audit.count(Severity::Error), "error"),
        count(audit.count(Severity::Warning), "warning"),
        count(audit.count(Severity::Note), "note"),
        match audit.exempted.len() {
            0 => String::new(),
            exempted => format!(", {exempted} exempt"),
        },
    )
}
