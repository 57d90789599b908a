//! Who is credited in a log: everyone with what they did, or one person's whole record.
//!
//! Names are the roster's at the time of the credit; where the roster has nobody, names that are the
//! same text under `text-1` are one row. Sealed names are nobody's: they are counted, never shown.
//! Time grows linearly with the log.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::roster::{self, Roster};
use crate::article::reconcile::From;
use crate::credit::role::{Kind, Role};
use crate::lineage::basis;
use crate::lineage::filter::{self, Answer, Filter};
use crate::lineage::graph::{Article, Graph, Version};
use crate::lineage::pair;
use crate::record::credit::Credit;
use crate::record::event::Standing;
use crate::text::digest::Digest;
use crate::text::language::Language;

/// From which language into which, each where it is known.
pub type Languages = (Option<String>, Option<String>);

/// Everyone who is credited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// The people, those with the most articles first, then by name.
    pub people: Vec<Row>,
    /// Credits whose names are sealed.
    pub sealed: usize,
    /// Records of a newer format, of which nothing else is known.
    pub not_understood: usize,
    /// Versions that the filter would let through if they stated a time that can be read.
    pub undated: usize,
}

/// One person, as far as names tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The roster's name, or the name as it was credited first.
    pub name: String,
    /// Whether the roster has them.
    pub in_roster: bool,
    /// Whether all that is known are initials.
    pub initials: bool,
    /// The desk that the roster says.
    pub desk: Option<String>,
    /// What they do, as the roster says.
    pub stated_roles: Vec<Role>,
    /// The languages that they work in, as the roster says.
    pub stated_languages: Vec<Language>,
    /// The names under which they were credited, and in how many versions.
    pub spellings: BTreeMap<String, usize>,
    /// In how many articles they had a role.
    pub roles: BTreeMap<Role, usize>,
    /// In how many articles they translated from which language into which.
    pub pairs: BTreeMap<Languages, usize>,
    /// How many articles credit them.
    pub articles: usize,
    /// How many versions do.
    pub versions: usize,
    /// The earliest time of a version that credits them, by the time that the filter goes by.
    pub first: Option<DateTime<Utc>>,
    /// The latest.
    pub last: Option<DateTime<Utc>>,
    /// Where they are credited.
    pub traces: Vec<Trace>,
}

/// Where somebody is credited, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trace {
    /// The article, by the index of its first record.
    pub article: u64,
    /// The index of the version's record.
    pub index: u64,
    /// The role.
    pub role: Role,
    /// Whether it is the metadata that says so, and not the article itself.
    pub metadata: bool,
}

/// One credit of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The article's id.
    pub article: String,
    /// The version's number, from 1.
    pub version: usize,
    /// The index of its record.
    pub index: u64,
    /// The leaf hash of its record.
    pub leaf: Digest,
    /// What they did.
    pub role: Role,
    /// The name as credited.
    pub spelling: String,
    /// For translators: from which language into which.
    pub pair: Option<Languages>,
    /// The version's time, by the time that the filter goes by, if it can be read.
    pub date: Option<DateTime<Utc>>,
    /// Whose text it is.
    pub standing: Option<Standing>,
}

/// One person's whole record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Career {
    /// The person, in sum; `None` if nobody is credited so.
    pub row: Option<Row>,
    /// Every credit, in log order.
    pub appearances: Vec<Appearance>,
    /// Records of a newer format, of which nothing else is known.
    pub not_understood: usize,
    /// Versions that the filter would let through if they stated a time that can be read.
    pub undated: usize,
}

/// What a row is counted from.
#[derive(Default)]
struct Counting {
    row: Row,
    /// The index of the first record that credits them.
    first: Option<u64>,
    /// Whether they are credited with more than initials.
    is_named: bool,
    articles: BTreeSet<u64>,
    roles: BTreeSet<(Role, u64)>,
    pairs: BTreeSet<(Languages, u64)>,
    versions: BTreeSet<u64>,
    spellings: BTreeSet<(String, u64)>,
}

/// A credit that a filter lets through.
struct Seen<'a> {
    article: Article<'a>,
    version: Version<'a>,
    credit: &'a Credit,
    name: &'a str,
    pair: Option<Languages>,
    date: Option<DateTime<Utc>>,
}

/// Counts everyone in the versions that a filter lets through, of a log whose articles are given part by
/// part.
#[derive(Default)]
pub struct Counter {
    census: Census,
    people: HashMap<(bool, String), Counting>,
}

impl Counter {
    /// Counts those of some of a log's records: whole articles, with those that they lead to.
    pub fn add(&mut self, graph: &Graph, filter: &Filter, roster: &Roster) {
        let (sealed, undated) = walk(graph, filter, |seen| {
            self.people.entry(identity(roster, &seen)).or_default().add(roster, seen);
        });
        self.census.sealed += sealed;
        self.census.undated += undated;
        self.census.not_understood += graph.not_understood();
    }

    /// What was counted.
    pub fn into_census(self) -> Census {
        let mut census = self.census;
        census.people = self.people.into_values().map(Counting::row).collect();
        census.people.sort_by(|one, other| {
            other.articles.cmp(&one.articles).then_with(|| one.name.cmp(&other.name))
        });
        census
    }
}

/// Everything that a person is credited with, in the versions that a filter lets through. The filter's
/// `person` must be theirs, by all spellings.
pub fn career(graph: &Graph, filter: &Filter, roster: &Roster) -> Career {
    let mut counting: Option<Counting> = None;
    let mut appearances = Vec::new();
    let (_, undated) = walk(graph, filter, |seen| {
        appearances.push(Appearance {
            article: seen.article.id().to_owned(),
            version: seen.version.number,
            index: seen.version.entry.index,
            leaf: seen.version.entry.leaf,
            role: seen.credit.role,
            spelling: seen.name.to_owned(),
            pair: seen.pair.clone(),
            date: seen.date,
            standing: seen.version.record.standing,
        });
        counting.get_or_insert_default().add(roster, seen);
    });
    appearances.sort_by_key(|appearance| appearance.index);
    let row = counting.map(Counting::row);
    Career { row, appearances, not_understood: graph.not_understood(), undated }
}

/// Goes through the credits of people that a filter lets through; gives how many are sealed, and how
/// many versions can't be judged.
fn walk<'a>(graph: &'a Graph, filter: &Filter, mut visit: impl FnMut(Seen<'a>)) -> (usize, usize) {
    let (mut sealed, mut undated) = (0, 0);
    for article in graph.articles() {
        for version in article.versions() {
            match filter.judge_version(graph, article, version) {
                Answer::Yes => {}
                Answer::No => continue,
                Answer::Undated => {
                    undated += 1;
                    continue;
                }
            }
            let record = version.record;
            let bases = basis::of(graph, article, version);
            let when = filter::credited_at(record);
            for credit in record.credits.iter().filter(|credit| credit.kind == Kind::Person) {
                if filter.role.is_some_and(|role| role != credit.role) {
                    continue;
                }
                let known = (credit.role == Role::Translator)
                    .then(|| pair::of_credit(credit, record, &bases));
                if let (Some(asked), Some(known)) = (&filter.pair, known)
                    && !asked.holds(known)
                {
                    continue;
                }
                let Some(name) = credit.name.as_deref() else {
                    sealed += 1;
                    continue;
                };
                if filter.person.as_ref().is_some_and(|person| !person.hold(name, when)) {
                    continue;
                }
                let shown = |language: Option<&Language>| language.map(ToString::to_string);
                let pair = known.map(|(from, to)| (shown(from), shown(to)));
                let date = filter::moment(record, filter.by);
                visit(Seen { article, version, credit, name, pair, date });
            }
        }
    }
    (sealed, undated)
}

/// Who a credit means: the roster's name, or the name in canonical form.
fn identity(roster: &Roster, seen: &Seen<'_>) -> (bool, String) {
    match roster.person_at(seen.name, filter::credited_at(seen.version.record)) {
        Some(person) => (true, person.name.clone()),
        None => (false, roster::key(seen.name)),
    }
}

impl Counting {
    fn add(&mut self, roster: &Roster, seen: Seen<'_>) {
        let index = seen.version.entry.index;
        let article = seen.article.entries().next().map_or(index, |first| first.index);
        if self.first.is_none_or(|first| index < first) {
            self.first = Some(index);
            let when = filter::credited_at(seen.version.record);
            let person = roster.person_at(seen.name, when);
            self.row.name = person.map_or_else(|| seen.name.to_owned(), |p| p.name.clone());
            self.row.in_roster = person.is_some();
            if let Some(person) = person {
                self.row.desk.clone_from(&person.desk);
                self.row.stated_roles.clone_from(&person.roles);
                self.row.stated_languages.clone_from(&person.languages);
            }
        }
        self.row.traces.push(Trace {
            article,
            index,
            role: seen.credit.role,
            metadata: seen.credit.from == From::Metadata,
        });
        self.is_named |= !seen.credit.initials;
        self.articles.insert(article);
        self.versions.insert(index);
        self.roles.insert((seen.credit.role, article));
        self.spellings.insert((roster::key(seen.name), index));
        self.pairs.extend(seen.pair.map(|pair| (pair, article)));
        self.row.first = self.row.first.into_iter().chain(seen.date).min();
        self.row.last = self.row.last.into_iter().chain(seen.date).max();
    }

    fn row(self) -> Row {
        fn tally<K: Ord, P>(pairs: BTreeSet<(K, P)>) -> BTreeMap<K, usize> {
            let mut counts = BTreeMap::new();
            for (key, _) in pairs {
                *counts.entry(key).or_default() += 1;
            }
            counts
        }
        Row {
            articles: self.articles.len(),
            versions: self.versions.len(),
            roles: tally(self.roles),
            pairs: tally(self.pairs),
            spellings: tally(self.spellings),
            initials: !self.row.in_roster && !self.is_named,
            ..self.row
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::filter::By;
    use crate::lineage::graph::{Content, Entry};
    use crate::people::roster::Person;
    use crate::record::event::Event;
    use crate::record::fields::Record;
    use crate::record::time::Timestamp;

    /// A log of one text, with credits of writers: names, or "" for a sealed one.
    fn log(names: &[&str]) -> Graph {
        let mut record = Record::new(Event::Published, Timestamp::new(DateTime::UNIX_EPOCH));
        record.article = Some("a".to_owned());
        record.credits.extend(names.iter().map(|name| Credit {
            role: Role::Writer,
            name: (!name.is_empty()).then(|| (*name).to_owned()),
            name_sealed: name.is_empty().then(|| Digest::of_bytes(b"a name")),
            kind: Kind::Person,
            initials: false,
            place: None,
            language: None,
            source_language: None,
            from: From::Line,
            line: None,
            name_span: None,
            phrase_span: None,
        }));
        let leaf = Digest::of_bytes(b"a record");
        Graph::new(vec![Entry { index: 0, leaf, content: Content::Record(Box::new(record)) }])
    }

    fn count(log: &Graph, roster: &Roster) -> Census {
        let mut counter = Counter::default();
        counter.add(log, &Filter::new(By::Recorded), roster);
        counter.into_census()
    }

    #[test]
    fn sealed_names_are_counted_and_never_shown() {
        let roster = Roster::default();
        let census = count(&log(&["", "Ada Prell", ""]), &roster);
        assert_eq!((census.people.len(), census.sealed), (1, 2));
        let career = career(&log(&[""]), &Filter::new(By::Recorded), &roster);
        assert!(career.row.is_none() && career.appearances.is_empty());
    }

    #[test]
    fn names_of_one_text_or_one_person_are_one_row() {
        let spellings = vec!["A. Prell".to_owned()];
        let ada = Person { name: "Ada Prell".to_owned(), spellings, ..Person::default() };
        let roster = Roster::new(&[ada]).unwrap();
        let log = log(&["A. Prell", "Ada\u{A0}Prell", "Ivo Pahl", "Ivo  Pahl"]);
        let census = count(&log, &roster);
        let rows: Vec<(&str, bool, usize)> = census
            .people
            .iter()
            .map(|row| (row.name.as_str(), row.in_roster, row.spellings.len()))
            .collect();
        assert_eq!(rows, [("Ada Prell", true, 2), ("Ivo Pahl", false, 1)]);
    }
}
