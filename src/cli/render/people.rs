//! People: everyone who is credited, and one person's record.
//!
//! As JSON, a person is an object of `name`, `in_roster`, `initials`, `desk` (the roster's, or null),
//! `stated` (`roles` and `languages` that the roster says),
//! `spellings` (`name`, `versions`), `roles` (`role`, `articles`), `pairs` (`from`, `to`, `articles`;
//! an unknown language is null), `articles`, `versions`, `first` and `last` (times of RFC 3339, or
//! null). `people` gives `people`, a list of them, and `sealed`, the number of credits with a sealed
//! name; as NDJSON, a person a line. `people NAME` gives `person` and `credits`; as NDJSON, a credit a
//! line: `article`, `version`, `role`, `name`, `from`, `to`, `date`, `standing`, `index`, `leaf`.
//! `people --duplicates` gives `suggestions` and `compared`, the number of pairs that were; as NDJSON, a
//! suggestion a line: `name` and `other`, `in_roster` (whether the roster has the first), `articles` (of
//! each), `certainty`, `score` (of 100), `why` (a list of reasons) and `evidence` (`kind`, `number`).

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::checkpoint::count;
use crate::cli::sanitize;
use crate::cli::ui::{BOLD, DIM, Format, Ui, styled};
use crate::people::census::{Appearance, Career, Census, Languages, Row};
use crate::people::search::{Evidence, Search, Suggestion};
use crate::record::event::Standing;

/// Everyone, in the format that was asked for.
pub(in crate::cli) fn census(ui: Ui, census: &Census) {
    match ui.format() {
        Format::Json => ui.value(&json!({
            "people": census.people.iter().map(row_json).collect::<Vec<_>>(),
            "sealed": census.sealed,
        })),
        Format::Ndjson => census.people.iter().for_each(|row| ui.value(&row_json(row))),
        Format::Human => {
            census.people.iter().for_each(|row| print(ui, row));
            let people = if census.people.len() == 1 { "person" } else { "people" };
            ui.note(format_args!("{} {people} by name", census.people.len()));
            if census.sealed > 0 {
                ui.note(format_args!(
                    "{} with a sealed name",
                    count(census.sealed as u64, "credit")
                ));
            }
        }
    }
}

/// One person, in the format that was asked for.
pub(in crate::cli) fn career(ui: Ui, career: &Career) {
    let credits = career.appearances.iter().map(appearance_json);
    match ui.format() {
        Format::Json => ui.value(&json!({
            "person": career.row.as_ref().map(row_json),
            "credits": credits.collect::<Vec<_>>(),
        })),
        Format::Ndjson => credits.for_each(|credit| ui.value(&credit)),
        Format::Human => {
            if let Some(row) = &career.row {
                print(ui, row);
                print_stated(ui, row);
            }
            let name = career.row.as_ref().map_or("", |row| row.name.as_str());
            career.appearances.iter().for_each(|one| print_appearance(ui, one, name));
        }
    }
}

/// Suggestions, in the format that was asked for.
pub(in crate::cli) fn duplicates(ui: Ui, search: &Search) {
    let values = || search.suggestions.iter().map(suggestion_json);
    match ui.format() {
        Format::Json => ui.value(&json!({
            "suggestions": values().collect::<Vec<_>>(),
            "compared": search.compared,
        })),
        Format::Ndjson => values().for_each(|value| ui.value(&value)),
        Format::Human => {
            search.suggestions.iter().for_each(|one| print_suggestion(ui, one));
            ui.note(format_args!(
                "{}; nothing was changed. `siglum people --adopt NAME --spelling SPELLING` confirms one",
                count(search.suggestions.len() as u64, "suggestion")
            ));
        }
    }
}

fn print_suggestion(ui: Ui, one: &Suggestion) {
    let name = |name: &str, articles: usize| {
        let articles = count(articles as u64, "article");
        format!(
            "{} {}",
            styled(BOLD, sanitize::line(name)),
            styled(DIM, format_args!("({articles})"))
        )
    };
    ui.line(format_args!(
        "{} = {}  {}",
        name(&one.one, one.articles.0),
        name(&one.other, one.articles.1),
        one.likeness.sure().as_str().replace('_', " ")
    ));
    let said = one.evidence.iter().map(|evidence| match evidence {
        Evidence::TookTurns(articles) => {
            format!("one took the other's place in {}", count(*articles as u64, "article"))
        }
        Evidence::SameLanguages => "translated between the same languages".to_owned(),
        Evidence::OtherLanguages => "translated between other languages".to_owned(),
        Evidence::FitsOthers(others) => {
            format!("the initials fit {} too", count(*others as u64, "other name"))
        }
    });
    let all: Vec<String> = std::iter::once(one.likeness.to_string()).chain(said).collect();
    ui.line(format_args!("    {}", all.join("; ")));
}

fn suggestion_json(one: &Suggestion) -> Value {
    let evidence = one.evidence.iter().map(|evidence| {
        let (kind, number) = match evidence {
            Evidence::TookTurns(articles) => ("took_turns", Some(articles)),
            Evidence::SameLanguages => ("same_languages", None),
            Evidence::OtherLanguages => ("other_languages", None),
            Evidence::FitsOthers(others) => ("fits_others", Some(others)),
        };
        json!({ "kind": kind, "number": number })
    });
    json!({
        "name": one.one,
        "other": one.other,
        "in_roster": one.in_roster,
        "articles": [one.articles.0, one.articles.1],
        "certainty": one.likeness.sure().as_str(),
        "score": one.likeness.score,
        "why": one.likeness.why.iter().map(|why| why.as_str()).collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(),
    })
}

fn print(ui: Ui, row: &Row) {
    let mut facts = vec![count(row.articles as u64, "article")];
    facts.push(match (row.first, row.last) {
        (Some(first), Some(last)) if day(first) == day(last) => day(first),
        (Some(first), Some(last)) => format!("{} to {}", day(first), day(last)),
        _ => "time unknown".to_owned(),
    });
    let roles = row.roles.iter().map(|(role, articles)| format!("{role} {articles}"));
    facts.push(roles.collect::<Vec<_>>().join(", "));
    let pairs = row.pairs.iter().map(|(pair, articles)| format!("{} {articles}", arrow(pair)));
    facts.extend(Some(pairs.collect::<Vec<_>>().join(", ")).filter(|pairs| !pairs.is_empty()));
    facts.extend(row.desk.iter().map(|desk| sanitize::line(desk).into_owned()));
    facts.extend(row.initials.then(|| "initials".to_owned()));
    ui.line(format_args!("{}  {}", styled(BOLD, sanitize::line(&row.name)), facts.join("; ")));
    let others = row.spellings.iter().filter(|(name, _)| **name != row.name);
    let others = others.map(|(name, versions)| format!("{} ({versions})", sanitize::line(name)));
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        ui.line(format_args!("    {}", styled(DIM, format_args!("as {}", others.join(", ")))));
    }
}

/// What the roster says that somebody does, which the credits need not bear out.
fn print_stated(ui: Ui, row: &Row) {
    let roles: Vec<&str> = row.stated_roles.iter().map(|role| role.as_str()).collect();
    let languages: Vec<String> = row.stated_languages.iter().map(ToString::to_string).collect();
    let stated = [roles.join(", "), languages.join(", ")];
    let stated: Vec<String> = stated.into_iter().filter(|list| !list.is_empty()).collect();
    if !stated.is_empty() {
        ui.line(format_args!("    in the roster: {}", stated.join("; ")));
    }
}

fn print_appearance(ui: Ui, one: &Appearance, name: &str) {
    let date = one.date.map_or_else(|| "time unknown".to_owned(), day);
    let pair = one.pair.as_ref().map(|pair| format!(" {}", arrow(pair))).unwrap_or_default();
    let spelled = if one.spelling == name {
        String::new()
    } else {
        format!(", as {}", sanitize::line(&one.spelling))
    };
    let leaf = one.leaf.to_string();
    let place = format!("record {}, {}", one.index, leaf.get(..12).unwrap_or_default());
    ui.line(format_args!(
        "    {date}  {} version {}: {}{pair}{spelled}  {}",
        sanitize::line(&one.article),
        one.version,
        one.role,
        styled(DIM, place)
    ));
}

fn arrow((from, to): &Languages) -> String {
    let shown = |language: &Option<String>| language.clone().unwrap_or_else(|| "?".to_owned());
    format!("{} → {}", shown(from), shown(to))
}

fn day(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%d").to_string()
}

fn time(moment: Option<DateTime<Utc>>) -> Option<String> {
    moment.map(|moment| moment.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn row_json(row: &Row) -> Value {
    let spellings = row.spellings.iter();
    let roles = row.roles.iter();
    let pairs = row.pairs.iter();
    json!({
        "name": row.name,
        "in_roster": row.in_roster,
        "initials": row.initials,
        "desk": row.desk,
        "stated": {
            "roles": row.stated_roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
            "languages": row.stated_languages.iter().map(ToString::to_string).collect::<Vec<_>>(),
        },
        "spellings": spellings
            .map(|(name, versions)| json!({ "name": name, "versions": versions }))
            .collect::<Vec<_>>(),
        "roles": roles
            .map(|(role, articles)| json!({ "role": role.as_str(), "articles": articles }))
            .collect::<Vec<_>>(),
        "pairs": pairs
            .map(|((from, to), articles)| json!({ "from": from, "to": to, "articles": articles }))
            .collect::<Vec<_>>(),
        "articles": row.articles,
        "versions": row.versions,
        "first": time(row.first),
        "last": time(row.last),
    })
}

fn appearance_json(one: &Appearance) -> Value {
    let (from, to) = one.pair.clone().unwrap_or_default();
    json!({
        "article": one.article,
        "version": one.version,
        "role": one.role.as_str(),
        "name": one.spelling,
        "from": from,
        "to": to,
        "date": time(one.date),
        "standing": one.standing.map(Standing::as_str),
        "index": one.index,
        "leaf": one.leaf.to_string(),
    })
}
