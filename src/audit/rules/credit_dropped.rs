//! `credit-dropped`: a translation doesn't credit those who made its source.

use crate::audit::finding::{Remark, Severity};
use crate::audit::likeness;
use crate::audit::rule::{Case, Rule, listed, named};
use crate::credit::role::{Kind, Role};
use crate::lineage::basis::{self, Basis};
use crate::record::credit::Credit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "credit-dropped",
    severity: Severity::Warning,
    why: "A translation carries the work of those who reported and wrote its source to readers who \
          never see it there. Where their names get lost on the way, so does who answers for the facts.",
    hint: "carry the names over into the translation's credits, or give them with --credit \
           'reporter=NAME'",
    settings: "Compares with the version of the source that the record names. A note for others' texts, \
               and where only those are missing who photographed, whose pictures may not have come \
               along. Silent where a name may be there in another script or spelling, in another role, \
               as initials, or sealed; desks, organizations and unnamed people are not looked for.",
    check,
};

const WRITING: &[Role] = &[Role::Reporter, Role::Contributor, Role::Writer];

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_standing_translation() {
        return Vec::new();
    }
    let bases = basis::of(case.graph, case.article, case.version);
    bases.iter().filter_map(|basis| compare(case, basis)).collect()
}

fn compare(case: &Case<'_>, basis: &Basis<'_>) -> Option<Remark> {
    let (source, version) = basis.version?;
    let record = case.record();
    let in_roles = |roles: &[Role]| -> Vec<&str> {
        let credits = version.record.credits.iter();
        let people = credits.filter(|credit| {
            roles.contains(&credit.role) && credit.kind == Kind::Person && !credit.initials
        });
        let mut names: Vec<&str> = Vec::new();
        for name in people.filter_map(|credit| credit.name.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let read = case.lines();
    let read = read.iter().flat_map(|(_, line)| &line.credits).map(|credit| credit.name.as_str());
    let credited: Vec<&str> =
        record.credits.iter().filter_map(|credit| credit.name.as_deref()).chain(read).collect();
    let missing = |names: Vec<&'_ str>| -> Vec<String> {
        let is_there = |name: &str| {
            credited.iter().any(|other| likeness::may_be_one(name, other, case.roster))
        };
        names.into_iter().filter(|name| !is_there(name)).map(str::to_owned).collect()
    };
    // Each sealed name may be one of those that are looked for.
    let sealed = record.credits.iter().filter(|credit| is_sealed(credit)).count();
    let unread = record.credit_lines.iter().filter(|line| line.text.is_none()).count();
    let (writing, pictures) =
        (missing(in_roles(WRITING)), missing(in_roles(&[Role::Photographer])));
    let only_pictures = writing.is_empty();
    let mut names: Vec<String> = Vec::new();
    for name in writing.into_iter().chain(pictures) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() <= sealed || unread > 0 {
        return None;
    }
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!(
        "{} credits {}; the translation's credits don't",
        named(source, version),
        listed(&known)
    );
    let remark = match case.doubt() {
        Some(doubt) => Remark::new(Severity::Note, format!("{message}; {doubt}")),
        None if only_pictures => Remark::new(Severity::Note, message),
        None => Remark::new(case.own_or_note(RULE.severity), message),
    };
    Some(remark.about(source.id()).concerning(names))
}

fn is_sealed(credit: &Credit) -> bool {
    credit.name.is_none()
}
