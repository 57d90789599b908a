//! `no-editorial-responsibility`: nothing says who holds editorial responsibility for a text.

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
    settings: "Own texts only. A note where no machine took part; silent then if a publisher is \
               recorded. What was said of an earlier version still holds.",
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
    if let Some(machine) = machines.first() {
        let tool = machine.tool.as_deref().unwrap_or("a machine");
        let message = format!(
            "Its record names {tool} as having taken part, and nobody who holds editorial \
             responsibility"
        );
        return vec![Remark::new(RULE.severity, message)];
    }
    if versions.iter().any(|version| version.record.publisher.is_some()) {
        return Vec::new();
    }
    let message = "Its record names neither a publisher nor anybody who holds editorial \
                   responsibility";
    vec![Remark::new(Severity::Note, message)]
}
