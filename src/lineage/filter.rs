//! Which records are asked for: by who is credited, in which role, between which languages, for
//! which outlet, and when.

use chrono::{DateTime, Utc};

use super::graph::{Article, Entry, Graph, Version};
use super::pair::{self, Pair};
use crate::credit::role::{Kind, Role};
use crate::record::credit::Credit;
use crate::record::fields::Record;
use crate::record::time::{self, Period};
use crate::text::profile::Text;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// Which of a record's times is meant.
    By, "time", {
        /// When the record was made, by its recorder's clock.
        Recorded = "recorded",
        /// When the article was published, as it states.
        Published = "published",
    }
}

/// The spellings of one name, each with the time in which it is meant. Names are the same if they are
/// the same text under `text-1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spellings(Vec<(String, Period)>);

impl Spellings {
    /// Names, each with the time in which it is meant.
    pub fn dated<N: AsRef<str>>(names: impl IntoIterator<Item = (N, Period)>) -> Self {
        let canonical =
            |(name, period): (N, Period)| (Text::new(name.as_ref()).as_str().to_owned(), period);
        Self(names.into_iter().map(canonical).collect())
    }
}

impl<N: AsRef<str>> FromIterator<N> for Spellings {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        Self::dated(names.into_iter().map(|name| (name, Period::ALWAYS)))
    }
}

impl Spellings {
    /// Whether a name at a time is one of them.
    pub fn hold(&self, name: &str, moment: Option<DateTime<Utc>>) -> bool {
        let name = Text::new(name);
        self.0.iter().any(|(one, period)| one == name.as_str() && period.holds(moment))
    }
}

/// What is asked of a record. What is `None` is not asked.
///
/// Records that carry no text credit nobody, name no languages and no outlet. Sealed names are
/// nobody's that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Somebody is credited under one of these names.
    pub person: Option<Spellings>,
    /// In this role: the person or the desk that is asked for, else anybody.
    pub role: Option<Role>,
    /// A desk or an organization is credited under one of these names.
    pub desk: Option<Spellings>,
    /// An outlet of one of these names published it, provided it, or is credited as its publisher.
    pub outlet: Option<Spellings>,
    /// It was translated between these languages, or somebody is credited with having done so.
    pub pair: Option<Pair>,
    /// It is not from before this moment.
    pub since: Option<DateTime<Utc>>,
    /// It is from before this moment.
    pub until: Option<DateTime<Utc>>,
    /// By which of its times.
    pub by: By,
}

/// Whether a record is one of those that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is.
    Yes,
    /// It isn't.
    No,
    /// It is but for its time, which it doesn't state in a form that can be read.
    Undated,
}

impl Filter {
    /// A filter that asks nothing.
    pub fn new(by: By) -> Self {
        Self {
            person: None,
            role: None,
            desk: None,
            outlet: None,
            pair: None,
            since: None,
            until: None,
            by,
        }
    }

    /// Whether anything is asked.
    pub fn asks(&self) -> bool {
        *self != Self::new(self.by)
    }

    /// Whether a record is one of those that are asked for. One of a newer format never is.
    pub fn judge(&self, graph: &Graph, entry: &Entry) -> Answer {
        let Some(record) = entry.record() else { return Answer::No };
        let pairs = |pair: &Pair| {
            graph.version_of(entry).is_some_and(|(article, version)| {
                pair::of(graph, article, version).into_iter().any(|known| pair.holds(known))
            })
        };
        self.weigh(record, pairs)
    }

    /// The same for a version.
    pub fn judge_version(&self, graph: &Graph, article: Article<'_>, v: Version<'_>) -> Answer {
        self.weigh(v.record, |pair| {
            pair::of(graph, article, v).into_iter().any(|known| pair.holds(known))
        })
    }

    fn weigh(&self, record: &Record, pairs: impl Fn(&Pair) -> bool) -> Answer {
        let in_role = |credit: &Credit| self.role.is_none_or(|role| credit.role == role);
        let when = credited_at(record);
        let named = |credit: &Credit, names: &Spellings| {
            credit.name.as_deref().is_some_and(|name| names.hold(name, when))
        };
        let credited = |test: &dyn Fn(&Credit) -> bool| {
            record.credits.iter().any(|credit| in_role(credit) && test(credit))
        };
        let person = match &self.person {
            Some(person) => credited(&|credit| named(credit, person)),
            None => true,
        };
        let desk = match &self.desk {
            Some(desk) => credited(&|credit| is_desk(credit) && named(credit, desk)),
            None => true,
        };
        let role = self.person.is_some() || self.desk.is_some() || self.role.is_none();
        let outlet = |names: &Spellings| {
            record.publisher.iter().chain(&record.provider).any(|name| names.hold(name, when))
                || record.credits.iter().any(|c| c.role == Role::Publisher && named(c, names))
        };
        let all = person
            && desk
            && (role || credited(&|_| true))
            && self.outlet.as_ref().is_none_or(outlet)
            && self.pair.as_ref().is_none_or(pairs);
        if all { self.dated(record) } else { Answer::No }
    }

    fn dated(&self, record: &Record) -> Answer {
        if self.since.is_none() && self.until.is_none() {
            return Answer::Yes;
        }
        let Some(moment) = moment(record, self.by) else { return Answer::Undated };
        let since = self.since.is_none_or(|since| since <= moment);
        let until = self.until.is_none_or(|until| moment < until);
        if since && until { Answer::Yes } else { Answer::No }
    }
}

/// Whether a credit is a desk's or an organization's.
pub fn is_desk(credit: &Credit) -> bool {
    matches!(credit.kind, Kind::Desk | Kind::Organization)
}

/// When a record's credits were given: when the article was published, as it states, else when it was
/// recorded. By this time it is told whose a dated name or initials are.
pub fn credited_at(record: &Record) -> Option<DateTime<Utc>> {
    moment(record, By::Published).or_else(|| moment(record, By::Recorded))
}

/// One of a record's times, if it can be read.
pub fn moment(record: &Record, by: By) -> Option<DateTime<Utc>> {
    match by {
        By::Recorded => record.recorded.moment(),
        By::Published => time::stated(record.published.as_deref()?),
    }
}
