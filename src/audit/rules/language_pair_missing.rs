//! `language-pair-missing`: a translation of which it isn't known from which language into which.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::role::Role;
use crate::lineage::basis;

/// The rule.
pub const RULE: Rule = Rule {
    id: "language-pair-missing",
    severity: Severity::Note,
    why: "Who may translate, review and be paid for what goes by language pair, and so do the \
          figures of a desk.",
    hint: "record the text's language (--language) and its source (--translation-of)",
    settings: "Translations that were neither retracted nor withdrawn. A language of the source \
               that a credit states counts.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_standing_translation() {
        return Vec::new();
    }
    let bases = basis::of(case.graph, case.article, case.version);
    let of_source = bases
        .iter()
        .filter_map(|basis| basis.version)
        .any(|(_, version)| version.record.language.is_some());
    let credited = case.credits(Role::Translator).any(|credit| credit.source_language.is_some());
    let missing = match (of_source || credited, case.record().language.is_some()) {
        (true, true) => return Vec::new(),
        (false, true) => "from which language",
        (true, false) => "into which language",
        (false, false) => "from which language into which",
    };
    let message = format!("It is a translation, and its record doesn't say {missing}");
    vec![Remark::new(Severity::Note, message)]
}
