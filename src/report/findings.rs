//! Findings as a table: a finding a row, in the order of the audit, for [`super::csv`].
//!
//! | column | what |
//! |---|---|
//! | `id` | the finding, the same from one run to the next |
//! | `rule`, `severity` | `error`, `warning` or `note` |
//! | `article`, `version`, `index`, `leaf` | the version's article, its number from 1, its record |
//! | `people` | whom it concerns, `; ` between |
//! | `line` | the byline or credit line that it is about; empty where it is about none |
//! | `message`, `hint` | what is known; what to do |
//!
//! This table is opened in spreadsheets. So that none takes a text for a formula, one that begins
//! with `=`, `+`, `-`, `@`, a tab or a line's end has an apostrophe before it, here and only here: the
//! other formats have it as it is.

use std::borrow::Cow;
use std::io::{self, Write};

use super::csv::Csv;
use super::table::{Cell, Column, Rows as _, Type, column};
use crate::audit::finding::Finding;
use crate::audit::run::Audit;

/// The columns.
pub const COLUMNS: &[Column] = &[
    column("id", Type::Text),
    column("rule", Type::Text),
    column("severity", Type::Text),
    column("article", Type::Text),
    column("version", Type::Number),
    column("index", Type::Index),
    column("leaf", Type::Text),
    column("people", Type::Text),
    column("line", Type::Text),
    column("message", Type::Text),
    column("hint", Type::Text),
];

/// Writes an audit's findings as CSV. What is exempt is left out.
///
/// # Errors
///
/// If a row can't be written.
pub fn csv(audit: &Audit, out: &mut impl Write) -> io::Result<()> {
    let mut csv = Csv::new(out, COLUMNS)?;
    audit.findings.iter().try_for_each(|finding| csv.row(&row(finding)))?;
    csv.end()
}

/// A rule's id as words: "Stale translation".
pub fn title(rule: &str) -> String {
    let words = rule.replace('-', " ");
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn row(finding: &Finding) -> Vec<Cell<'_>> {
    vec![
        text(&*finding.id),
        text(finding.rule),
        text(finding.severity.as_str()),
        text(&*finding.article),
        Cell::Number(finding.version as u64),
        Cell::Number(finding.index),
        Cell::Text(finding.leaf.to_string().into()),
        text(finding.people.join("; ")),
        finding.line.as_deref().map_or(Cell::Null, text),
        text(&*finding.message),
        text(finding.hint),
    ]
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
    let text = text.into();
    Cell::Text(if is_formula(&text) { format!("'{text}").into() } else { text })
}

/// Whether a spreadsheet would take a text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        for begins in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(text(begins), Cell::Text(format!("'{begins}").into()));
        }
        assert_eq!(text("a=1"), Cell::Text("a=1".into()));
        assert_eq!(title("stale-translation"), "Stale translation");
        assert_eq!(title(""), "");
    }
}
