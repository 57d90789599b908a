//! Findings as GitHub Actions' workflow commands, a finding a line: `::error file=…,line=…::message`.
//!
//! Severities are `error`, `warning` and `notice`. `file`, `line`, `endLine`, `col` and `endColumn` stand
//! where the article is a file of the workspace and the words are found in it; columns only where the
//! words are in one line. `title` is the rule and the article. In values `%`, CR and LF are escaped,
//! in properties `:` and `,` too (as GitHub's own toolkit does); other controls are shown as `\u{…}`.
//! Of each kind GitHub shows ten a step; the log has all.

use std::fmt::Write as _;

use super::place::{Locate, Located};
use crate::audit::finding::{Finding, Severity};
use crate::audit::run::Audit;
use crate::text::flags::is_bidi_control;

/// All findings; what is exempt is left out.
pub fn commands(audit: &Audit, locate: &Locate<'_>) -> String {
    audit.findings.iter().map(|finding| command(finding, locate(finding))).collect()
}

fn command(finding: &Finding, located: Option<Located>) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{name} ");
    // Writing to a string can't fail.
    if let Some(Located { path, region }) = located {
        let _ = write!(out, "file={},", property(&path));
        if let Some(region) = region {
            let _ = write!(out, "line={},endLine={},", region.start.0, region.end.0);
            if region.start.0 == region.end.0 {
                let _ = write!(out, "col={},endColumn={},", region.start.1, region.end.1);
            }
        }
    }
    let title = format!("{}: {}", finding.rule, finding.article);
    let message = format!("{} ({})", finding.message, finding.hint);
    let _ = writeln!(out, "title={}::{}", property(&title), value(&message));
    out
}

fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_control() || is_bidi_control(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn property(text: &str) -> String {
    value(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_begins_another() {
        assert_eq!(value("50 %\r\n::error::x"), "50 %25%0D%0A::error::x");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
        assert_eq!(value("\u{1b}[31m\u{202e}"), "\\u{1b}[31m\\u{202e}");
    }
}
