//! The flags by which verbs are asked for some records only.

use chrono::{DateTime, Utc};
use clap::builder::NonEmptyStringValueParser;

use crate::credit::role::Role;
use crate::lineage::filter::{By, Filter, Spellings};
use crate::lineage::pair::Pair;
use crate::people::roster::Roster;
use crate::record::time;
use crate::store::index::view::Want;

/// Which records are asked for. Several flags together ask for what all of them hold for.
#[derive(Debug, clap::Args)]
#[group(id = "filter", multiple = true)]
#[command(next_help_heading = "Filters")]
pub(super) struct Filtering {
    /// Who is credited: a name as credited, or any spelling of a person of the roster
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    person: Option<String>,

    /// The role that this person or desk is credited in; anybody's unless one is given
    #[arg(long, value_name = "ROLE")]
    role: Option<Role>,

    /// Translated from one language into another: en-fr, *-fr, zh-Hans:pt-BR
    #[arg(long, value_name = "FROM-TO")]
    pair: Option<Pair>,

    /// The desk or organization that is credited
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    desk: Option<String>,

    /// The outlet: who published it, the agency of its dateline, or who is credited as publisher
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    publisher: Option<String>,

    /// Not before this time: a day (its beginning, in UTC), or RFC 3339
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<DateTime<Utc>>,

    /// Before this time; `--since 2026-01-01 --until 2026-02-01` is January
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<DateTime<Utc>>,

    /// Which time counts: recorded, or published as the article states it
    #[arg(long, value_name = "TIME", default_value = "recorded")]
    by: By,
}

/// A moment on the command line.
pub(super) fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    time::stated(text).ok_or_else(|| "not a time such as 2026-01-31 or 2026-01-31T09:30:00Z".into())
}

impl Filtering {
    /// What is asked of each record; a person of the roster is asked for by all spellings.
    pub(super) fn filter(&self, roster: &Roster) -> Filter {
        Filter {
            person: self.person.as_ref().map(|name| Spellings::dated(roster.spellings(name))),
            role: self.role,
            desk: self.desk.iter().map(|name| [name].into_iter().collect()).next(),
            outlet: self.publisher.iter().map(|name| [name].into_iter().collect()).next(),
            pair: self.pair.clone(),
            since: self.since,
            until: self.until,
            by: self.by,
        }
    }

    /// The person that is asked for.
    pub(super) fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }

    /// What the index is asked for, if all that is asked for is found by it: it knows who is
    /// credited. What a text was translated from may be a record that nothing leads to.
    pub(super) fn wants(&self, roster: &Roster) -> Option<Vec<Want>> {
        let person = self.person.as_ref().filter(|_| self.pair.is_none())?;
        let spellings = roster.spellings(person).into_iter();
        Some(spellings.map(|(spelling, _)| Want::Person(spelling)).collect())
    }

    /// Whether a record alone says if it is meant.
    pub(super) fn is_of_record(&self) -> bool {
        self.pair.is_none()
    }
}
