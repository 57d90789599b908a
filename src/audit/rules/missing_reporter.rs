//! `missing-reporter`: a text of the house's own names nobody who reported or wrote it.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, MAKERS, Rule};
use crate::credit::role::Role;
use crate::lineage::basis;
use crate::record::event::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-reporter",
    severity: Severity::Warning,
    why: "Readers judge a report by who made it, and a desk must know whom to ask. Where an editor or \
          a translator is credited and nobody who reported, a name was probably lost on the way.",
    hint: "credit who reported or wrote it, in the line or with --credit 'reporter=NAME'; for agency \
           copy, name the agency in the dateline or with --credit 'publisher=NAME'",
    settings: "Own texts only. A note where nobody at all is credited (many houses leave briefs and \
               editorials unsigned), for translations of texts outside the log, and where initials or \
               unread words may be the reporter. Silent for agency copy, for unnamed correspondents, \
               desks and organizations that are credited, and where `credit-dropped` can compare with \
               the source.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let record = case.record();
    let is_translation = basis::is_translation(case.graph, case.article, case.version);
    let from_agency = record.provider.is_some() || case.credits_any(&[Role::Publisher]);
    let has_byline = record.byline_sealed.is_some();
    if !case.is_own()
        || case.has_ended()
        || from_agency
        || has_byline
        || record.text.as_ref().is_none_or(|text| text.paragraph_count == 0)
        || case.credits_any(MAKERS)
    {
        return Vec::new();
    }
    let bases = basis::of(case.graph, case.article, case.version);
    if bases.iter().any(|basis| basis.version.is_some()) {
        return Vec::new();
    }
    if !is_translation && record.origin != Some(Origin::Original) {
        return Vec::new();
    }
    let whose = if is_translation { "the original" } else { "it" };
    if record.credits.is_empty() && case.lines().is_empty() {
        let message = format!("No credits are recorded; who reported or wrote {whose} is not said");
        return vec![Remark::new(Severity::Note, message)];
    }
    let message = format!("Its credits name nobody who reported or wrote {whose}");
    vec![match case.doubt() {
        Some(doubt) => Remark::new(Severity::Note, format!("{message}; {doubt}")),
        None if is_translation => Remark::new(Severity::Note, message),
        None => Remark::new(RULE.severity, message),
    }]
}
