//! `reviewer-is-translator`: the only people who reviewed a translation also made it.

use crate::audit::finding::{Place, Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::credit::role::Role;
use crate::lineage::review::{self, Validity};
use crate::record::credit::Credit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "reviewer-is-translator",
    severity: Severity::Warning,
    why: "Four eyes see more than two. Who made a translation reads what was meant, not what is \
          there.",
    hint: "have somebody else review it and record that: `siglum review ARTICLE --by NAME`",
    settings: "Names are compared by the roster ([[people]]) alone. Silent where anybody else, \
               or somebody whose name is sealed, reviewed too, and for credits of another \
               language version.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let of_this = |credit: &&Credit| match (&credit.language, &case.record().language) {
        (Some(version), Some(text)) => version.same_language(text),
        _ => true,
    };
    let credited = || case.credits(Role::Translator).filter(of_this);
    let translators: Vec<&str> = credited()
        .filter_map(|credit| credit.name.as_deref())
        .map(|name| case.name(name))
        .collect();
    if case.has_ended() {
        return Vec::new();
    }
    let reviews = review::of(case.graph, case.article, case.version);
    let holding = reviews.iter().filter(|reviewed| reviewed.validity == Validity::Holds);
    let mut people: Vec<&str> = Vec::new();
    for reviewed in holding {
        // A sealed name is nobody's that is known.
        let Some(name) = &reviewed.review.by else { return Vec::new() };
        let name = case.name_at(name, reviewed.entry);
        if !translators.contains(&name) {
            return Vec::new();
        }
        if !people.contains(&name) {
            people.push(name);
        }
    }
    if people.is_empty() {
        return Vec::new();
    }
    let message = format!(
        "{} reviewed this version and {} credited as having translated it; nobody else's review \
         of it is recorded",
        listed(&people),
        if people.len() == 1 { "is" } else { "are" }
    );
    let credit = credited().find(|credit| {
        credit.name.as_deref().is_some_and(|name| people.contains(&case.name(name)))
    });
    let place = credit.and_then(|credit| Place::of_name(case.record(), credit));
    vec![Remark::new(Severity::Warning, message).concerning(people).at(place)]
}
