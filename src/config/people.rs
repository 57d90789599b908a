//! `[[people]]`: who goes by which names, in `provenance.toml` or in the file that `people_file` names.

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, Utc};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::place::ConfigError;
use crate::credit::role::Role;
use crate::people::roster::{self, List, Person, Roster, RosterError};
use crate::record::time::{self, Period};
use crate::text::language::Language;

/// A person as the file has them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonTable {
    name: Spanned<String>,
    #[serde(default)]
    spellings: Vec<Spanned<String>>,
    #[serde(default)]
    former: Vec<Spanned<Dated>>,
    #[serde(default)]
    initials: Vec<Spanned<Dated>>,
    desk: Option<String>,
    #[serde(default)]
    roles: Vec<Role>,
    #[serde(default)]
    languages: Vec<Language>,
}

/// A file of people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    #[serde(default)]
    people: Vec<PersonTable>,
}

/// A name, or a name with dates.
#[derive(Debug, Clone)]
struct Dated {
    name: String,
    period: Period,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedTable {
    name: String,
    from: Option<Day>,
    until: Option<Day>,
}

/// A time, as text or as TOML has dates.
struct Day(DateTime<Utc>);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            other => other.type_str().to_owned(),
        };
        time::stated(&text).map(Self).ok_or_else(|| {
            let message = format!("`{text}` is not a day such as 2026-01-31");
            serde::de::Error::custom(message)
        })
    }
}

impl<'de> Deserialize<'de> for Dated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Dated;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or { name = NAME, from = DAY, until = DAY }")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Dated, E> {
                Ok(Dated { name: name.to_owned(), period: Period::ALWAYS })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dated, A::Error> {
                let table = DatedTable::deserialize(MapAccessDeserializer::new(map))?;
                let period = Period {
                    from: table.from.map(|day| day.0),
                    until: table.until.map(|day| day.0),
                };
                if let (Some(from), Some(until)) = (period.from, period.until)
                    && until <= from
                {
                    let message = "`until` is the first day after: it must be later than `from`";
                    return Err(serde::de::Error::custom(message));
                }
                Ok(Dated { name: table.name, period })
            }
        }
        deserializer.deserialize_any(Name)
    }
}

impl PersonTable {
    fn person(&self) -> Person {
        let dated = |names: &[Spanned<Dated>]| {
            let names = names.iter().map(Spanned::get_ref);
            names
                .map(|one| roster::Dated { name: one.name.clone(), period: one.period })
                .collect::<Vec<_>>()
        };
        Person {
            name: self.name.get_ref().clone(),
            spellings: self.spellings.iter().map(|name| name.get_ref().clone()).collect(),
            former: dated(&self.former),
            initials: dated(&self.initials),
            desk: self.desk.clone(),
            roles: self.roles.clone(),
            languages: self.languages.clone(),
        }
    }

    fn place(&self, list: List, at: usize) -> Option<Range<usize>> {
        match list {
            List::Name => Some(self.name.span()),
            List::Spellings => self.spellings.get(at).map(Spanned::span),
            List::Former => self.former.get(at).map(Spanned::span),
            List::Initials => self.initials.get(at).map(Spanned::span),
        }
    }
}

/// Reads a file of people.
///
/// # Errors
///
/// If it is not TOML, or has anything but `[[people]]`, with the place in `text`.
pub(super) fn parse(text: &str) -> Result<Vec<PersonTable>, ConfigError> {
    let file: PeopleFile = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        ConfigError::at(text, offset, error.message().trim())
    })?;
    Ok(file.people)
}

/// The roster of people known already and of those in a file.
///
/// # Errors
///
/// If a spelling is given to two of them, with its second place in `text`.
pub(super) fn roster(
    known: &Roster,
    tables: &[PersonTable],
    text: &str,
) -> Result<Roster, ConfigError> {
    let mut people = known.people().to_vec();
    people.extend(tables.iter().map(PersonTable::person));
    Roster::new(&people).map_err(|error| {
        let (person, list, at) = match &error {
            RosterError::Shared { at, .. } | RosterError::Empty { at } => *at,
            RosterError::Twice { person, .. } => (*person, List::Name, 0),
        };
        let table = person.checked_sub(known.people().len()).and_then(|at| tables.get(at));
        let place = table.and_then(|table| table.place(list, at));
        ConfigError::at(text, place.map_or(0, |place| place.start), format!("[[people]] {error}"))
    })
}
