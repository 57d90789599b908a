//! `no-editorial-responsibility`: a machine took part in a text of the house's own, and nobody is
//! recorded who holds editorial responsibility for it.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::lineage::basis;

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-editorial-responsibility",
    severity: Severity::Warning,
    why: "Somebody decides that a text may go out, and answers for it. Where a machine took part, \
          readers, partners and rules on the labelling of machine-made text ask who that is.",
    hint: "name who is responsible: --responsible NAME, or [defaults] responsible in provenance.toml",
    settings: "Own texts in which a machine took part only: who answers for what people alone made is the \
               publisher's to know, and would be said of every article. What was said of an earlier \
               version still holds.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_own() || case.has_ended() {
        return Vec::new();
    }
    let versions = case.versions();
    let responsible = versions
        .iter()
        .map(|version| version.record)
        .any(|record| record.responsible.is_some() || record.responsible_sealed.is_some());
    if responsible {
        return Vec::new();
    }
    let machines = basis::machines(case.article, case.version);
    let Some(machine) = machines.first() else { return Vec::new() };
    let tool = machine.tool.as_deref().unwrap_or("a machine");
    let message = format!(
        "Its record names {tool} as having taken part, and nobody who holds editorial responsibility"
    );
    vec![Remark::new(RULE.severity, message)]
}
