//! `credit-unparsed`: part of a credit line could not be read.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::line;

/// The rule.
pub const RULE: Rule = Rule {
    id: "credit-unparsed",
    why: "A credit line is a promise to name those who made the text. Where part of it can't be \
          read, somebody may be credited in print and missing from every list, search and audit.",
    hint: "see what was expected with `siglum credits --explain`; add the outlet's phrase to [credit] \
           in provenance.toml, or give the credit with --credit",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    let lines = record.credit_lines.iter().filter_map(|line| line.text.as_deref());
    let byline = record.byline.as_deref();
    lines
        .chain(byline)
        .flat_map(|text| line::parse(case.lexicon, text, record.language.as_ref()).leftovers)
        .map(|leftover| Remark {
            severity: Severity::Note,
            people: Vec::new(),
            message: format!(
                "Part of the credit line could not be read: “{}”",
                leftover.text.trim()
            ),
        })
        .collect()
}
