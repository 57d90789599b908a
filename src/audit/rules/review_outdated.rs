//! `review-outdated`: a review that no longer holds, and none that does.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, dated};
use crate::lineage::review::{self, Validity};
use crate::lineage::stale::{self, Freshness};
use crate::lineage::status;

/// The rule.
pub const RULE: Rule = Rule {
    id: "review-outdated",
    severity: Severity::Warning,
    why: "A review vouches for the words that were reviewed. After a change it vouches for a text \
          that nobody reads any more.",
    hint: "have the newest version reviewed and record it: `siglum review ARTICLE --by NAME`",
    settings: "A note where the source changed in nothing substantive. Silent while any review \
               holds, where one found the text unfit, and once the article was retracted or \
               withdrawn.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let status = status::status(case.article, case.version).status;
    let reviews = review::of(case.graph, case.article, case.version);
    if status.has_ended() || reviews.iter().any(|reviewed| reviewed.validity == Validity::Holds) {
        return Vec::new();
    }
    let lapsed = reviews.iter().rev().find(|reviewed| reviewed.validity != Validity::Rejected);
    let Some(lapsed) = lapsed else { return Vec::new() };
    let (severity, what) = match lapsed.validity {
        Validity::SourceChanged => {
            let worst = stale::of(case.graph, case.article, case.version, case.texts);
            let worst = worst.iter().map(|staleness| staleness.freshness).max();
            let severity = match worst {
                Some(Freshness::Fresh | Freshness::Minor) => Severity::Note,
                _ => Severity::Warning,
            };
            (severity, "its source has changed since")
        }
        _ => (Severity::Warning, "its text has changed since"),
    };
    let by = lapsed.review.by.as_deref().map(|name| case.roster.name(name));
    let message = format!(
        "{} reviewed it ({}) {}; {what}",
        by.unwrap_or("Somebody whose name is sealed"),
        lapsed.review.kind,
        dated(lapsed.entry)
    );
    let review = lapsed.entry.leaf.to_string();
    vec![Remark::new(severity, message).about(review).concerning(by)]
}
