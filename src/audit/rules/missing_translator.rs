//! `missing-translator`: a translation whose credits name nobody who translated it.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::credit::role::Role;
use crate::lineage::basis;
use crate::record::event::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    id: "missing-translator",
    severity: Severity::Warning,
    why: "Every word that readers of a translation see is its translator's. Whoever is not named \
          can't be asked, thanked or corrected, and a machine's work can pass for a person's.",
    hint: "credit the translator in the line or with --credit 'translator[LANG]=NAME', or the tool \
           with --machine",
    settings: "A note for others' texts, and where initials or unread words in the credits may be the \
               translator. Silent where a translator of another language version is credited \
               (`uncredited-translation` says so), a machine, or a desk.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let machines = basis::machines(case.article, case.version);
    if !case.is_standing_translation()
        || !machines.is_empty()
        || case.credits_any(&[Role::Translator])
    {
        return Vec::new();
    }
    let known = if case.record().origin == Some(Origin::Translation) {
        "Its record says that it is a translation".to_owned()
    } else {
        // Of several statements the newest is as good as any.
        let bases = basis::of(case.graph, case.article, case.version);
        match bases.first() {
            Some(newest) => {
                format!("Record {} says what it was translated from", newest.said_by.index)
            }
            None => "It was recorded as a translation before".to_owned(),
        }
    };
    let message = format!("{known}; its credits name nobody, and no machine, that translated it");
    vec![match case.doubt() {
        Some(doubt) => Remark::new(Severity::Note, format!("{message}; {doubt}")),
        None => Remark::new(case.own_or_note(RULE.severity), message),
    }]
}
