//! `credit-unparsed`: part of a credit line could not be read.

use crate::audit::finding::{Part, Place, Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::line;

/// The rule.
pub const RULE: Rule = Rule {
    id: "credit-unparsed",
    severity: Severity::Note,
    why: "A credit line is a promise to name those who made the text. Where part of it can't be \
          read, somebody may be credited in print and missing from every list, search and audit.",
    hint: "see what was expected with `siglum credits --explain`; add the outlet's phrase to [credit] \
           in provenance.toml, or give the credit with --credit",
    settings: "A phrase or title that is the house's own goes into [credit]. Lines whose text \
               is sealed are not looked at.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    let lines = (1..).zip(&record.credit_lines).filter_map(|(number, line)| {
        Some((Part::CreditLine(number), "credit line", line.text.as_deref()?))
    });
    let byline = record.byline.as_deref().map(|text| (Part::Byline, "byline", text));
    let remarks = lines.chain(byline).flat_map(|(part, what, text)| {
        let read = line::parse(case.lexicon, text, record.language.as_ref());
        read.leftovers.into_iter().map(move |leftover| {
            let words = leftover.text.trim();
            let message = format!("Part of the {what} could not be read: “{words}”");
            let place = Place { part, span: leftover.span };
            Remark::new(Severity::Note, message).about(words).at(place)
        })
    });
    remarks.collect()
}
