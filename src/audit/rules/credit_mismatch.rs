//! `credit-mismatch`: metadata credits somebody whom no visible line does.

use crate::article::reconcile::From;
use crate::audit::finding::{Place, Remark, Severity};
use crate::audit::likeness;
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::{Kind, Role};
use crate::record::credit::Credit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "credit-mismatch",
    severity: Severity::Warning,
    why: "Readers see the credit line; search engines, archives and partners see the metadata. Where \
          the two name different people, one of them is wrong.",
    hint: "correct the article's metadata, or its credit line",
    settings: "Looks only at roles in which the text itself credits somebody. Silent where the two may name \
               one person: in another script, with initials, the family name first, sealed. The roster \
               ([[people]]) tells it of other names.",
    check,
};

/// Roles of which both the line and metadata speak, as groups within which they may differ in words.
const GROUPS: &[&[Role]] = &[
    &[Role::Writer, Role::Reporter, Role::Contributor],
    &[Role::Translator],
    &[Role::Editor, Role::CopyEditor],
    &[Role::Photographer],
];

fn check(case: &Case<'_>) -> Vec<Remark> {
    let credits = &case.record().credits;
    let of = |group: &[Role], from: &[From]| -> Vec<&Credit> {
        let wanted = |credit: &&Credit| {
            group.contains(&credit.role)
                && from.contains(&credit.from)
                && credit.kind == Kind::Person
        };
        credits.iter().filter(wanted).collect()
    };
    let mut remarks = Vec::new();
    for group in GROUPS {
        let visible = of(group, &[From::Line, From::Byline]);
        // Where the text credits nobody in such a role, metadata adds and contradicts nothing.
        if visible.is_empty() {
            continue;
        }
        let known = once(visible.iter().filter_map(|credit| credit.name.as_deref()));
        let known = once(known.into_iter().map(|name| case.name(name)));
        // Whoever may be meant by another spelling, initials or a sealed name is not said to be missing.
        let mut claimed = of(group, &[From::Metadata]);
        claimed.retain(|credit| {
            credit.name.as_deref().is_some_and(|name| {
                !known.iter().any(|other| likeness::may_be_one(name, other, case.roster))
            })
        });
        let names = once(claimed.iter().filter_map(|credit| credit.name.as_deref()));
        let sealed = visible.iter().filter(|credit| credit.name.is_none()).count();
        let Some(role) = claimed.first().map(|credit| credit.role) else { continue };
        if names.len() <= sealed {
            continue;
        }
        let message = format!(
            "The metadata credits {} as {role}; the article itself credits {}",
            listed(&names),
            listed(&known)
        );
        let place = visible.first().and_then(|credit| Place::of_name(case.record(), credit));
        let remark = Remark::new(Severity::Warning, message);
        remarks.push(remark.about(role.as_str()).concerning(names).at(place));
    }
    remarks
}

/// Each name once.
fn once<'n>(all: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<&str> = Vec::new();
    for name in all {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
