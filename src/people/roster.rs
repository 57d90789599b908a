//! The roster: people, and the spellings under which credits name them.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use chrono::{DateTime, Utc};

use super::finder::Finder;
use super::similar::Likeness;
use crate::credit::role::Role;
use crate::record::time::Period;
use crate::text::language::Language;
use crate::text::profile::Text;

/// Somebody whom credits name, as the newsroom states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The name to show.
    pub name: String,
    /// Other spellings, in any script.
    pub spellings: Vec<String>,
    /// Names that they bore before, and when.
    pub former: Vec<Dated>,
    /// Initials that they signed with, and when.
    pub initials: Vec<Dated>,
    /// The desk that they belong to.
    pub desk: Option<String>,
    /// What they do.
    pub roles: Vec<Role>,
    /// The languages that they work in.
    pub languages: Vec<Language>,
}

/// A name with the time in which it meant somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The name.
    pub name: String,
    /// When.
    pub period: Period,
}

/// The list of a person's that a spelling stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The name itself.
    Name,
    /// `spellings`.
    Spellings,
    /// `former`.
    Former,
    /// `initials`.
    Initials,
}

/// People by every spelling of their names.
///
/// Names are the same if they are the same text under `text-1`. A look-up costs one hash.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    people: Vec<Person>,
    names: HashMap<String, Vec<(Period, usize)>>,
    /// Made when it is first asked.
    finder: OnceLock<Finder>,
}

/// Says that a spelling is given to two people, or that it is empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterError {
    /// Two people have it at one time.
    #[error(
        "`{spelling}` is a spelling of both {one} and {other}; give it to one of them, or say from \
         when until when it means each"
    )]
    Shared {
        /// The spelling.
        spelling: String,
        /// Who had it first.
        one: String,
        /// The other.
        other: String,
        /// The other's place among the people, the list and the place in it.
        at: (usize, List, usize),
    },
    /// Two people have one name.
    #[error("{name} is in the roster twice; make one entry of the two, or name them apart")]
    Twice {
        /// The name.
        name: String,
        /// The second's place among the people.
        person: usize,
    },
    /// It is empty.
    #[error("a spelling is empty; remove it")]
    Empty {
        /// The person's place among the people, the list and the place in it.
        at: (usize, List, usize),
    },
}

impl Person {
    /// All spellings, with the time in which each is meant, the list that it stands in and its place
    /// there.
    pub fn all(&self) -> impl Iterator<Item = (&str, Period, List, usize)> {
        let plain = self.spellings.iter().enumerate();
        let plain = plain.map(|(at, name)| (name.as_str(), Period::ALWAYS, List::Spellings, at));
        let former = self.former.iter().enumerate();
        let former = former.map(|(at, one)| (one.name.as_str(), one.period, List::Former, at));
        let initials = self.initials.iter().enumerate();
        let initials =
            initials.map(|(at, one)| (one.name.as_str(), one.period, List::Initials, at));
        let name = (self.name.as_str(), Period::ALWAYS, List::Name, 0);
        std::iter::once(name).chain(plain).chain(former).chain(initials)
    }
}

impl Roster {
    /// Makes a roster.
    ///
    /// # Errors
    ///
    /// If a spelling is empty, or given to two people at one time, or a name stands in it twice.
    pub fn new(people: &[Person]) -> Result<Self, RosterError> {
        let mut names: HashMap<String, Vec<(Period, usize)>> = HashMap::new();
        let mut shown: HashSet<String> = HashSet::new();
        for (index, person) in people.iter().enumerate() {
            for (spelling, period, list, at) in person.all() {
                let key = key(spelling);
                if key.is_empty() {
                    return Err(RosterError::Empty { at: (index, list, at) });
                }
                let known = names.entry(key.clone()).or_default();
                let other =
                    known.iter().find(|(when, other)| *other != index && when.meets(period));
                if list == List::Name && shown.contains(&key) {
                    return Err(RosterError::Twice { name: person.name.clone(), person: index });
                }
                if let Some(other) = other.and_then(|(_, other)| people.get(*other)) {
                    return Err(RosterError::Shared {
                        spelling: spelling.to_owned(),
                        one: other.name.clone(),
                        other: person.name.clone(),
                        at: (index, list, at),
                    });
                }
                known.push((period, index));
                if list == List::Name {
                    shown.insert(key);
                }
            }
        }
        Ok(Self { people: people.to_vec(), names, finder: OnceLock::new() })
    }

    /// The people, in the order in which they are stated.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The person whom a name credits at a time. Where the time isn't known, a name that is somebody's
    /// for a time only is nobody's.
    pub fn person_at(&self, credited: &str, moment: Option<DateTime<Utc>>) -> Option<&Person> {
        let known = self.names.get(&key(credited))?;
        let (_, person) = known.iter().find(|(period, _)| period.holds(moment))?;
        self.people.get(*person)
    }

    /// The person whom a name means at whatever time, if it is never anybody else's.
    pub fn person(&self, credited: &str) -> Option<&Person> {
        let known = self.names.get(&key(credited))?;
        let (_, first) = known.first()?;
        let one = known.iter().all(|(_, person)| person == first);
        self.people.get(*first).filter(|_| one)
    }

    /// The people whom a name means at one time or another.
    pub fn candidates(&self, credited: &str) -> Vec<&Person> {
        let mut places: Vec<usize> =
            self.names.get(&key(credited)).into_iter().flatten().map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.people.get(place)).collect()
    }

    /// The name of the person whom a credit names so at whatever time; the credit's name itself for
    /// anybody else.
    pub fn name<'a>(&'a self, credited: &'a str) -> &'a str {
        self.find(credited).unwrap_or(credited)
    }

    /// The name of the person whom a credit names so at whatever time, if the roster has one alone.
    pub fn find(&self, credited: &str) -> Option<&str> {
        self.person(credited).map(|person| person.name.as_str())
    }

    /// All spellings, in canonical form and sorted, that lead to the person whom a name means, each
    /// with its time; the name itself for anybody whom the roster doesn't have, or where it means
    /// several over time.
    pub fn spellings(&self, credited: &str) -> Vec<(String, Period)> {
        let Some(person) = self.person(credited) else {
            return vec![(key(credited), Period::ALWAYS)];
        };
        let mut all: Vec<(String, Period)> =
            person.all().map(|(spelling, period, ..)| (key(spelling), period)).collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all.dedup();
        all
    }

    /// The people whom a name may mean that the roster doesn't have as it stands, the likeliest first.
    pub fn similar(&self, credited: &str) -> Vec<(&Person, Likeness)> {
        let finder = self.finder.get_or_init(|| Finder::new(&self.people));
        let found = finder.find(credited).into_iter();
        found.filter_map(|(at, likeness)| Some((self.people.get(at)?, likeness))).collect()
    }

    /// Whether there is nobody in it.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

/// Names are the same person's if they are the same text.
pub(super) fn key(name: &str) -> String {
    Text::new(name).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::time::stated;

    fn person(name: &str, spellings: &[&str]) -> Person {
        let spellings = spellings.iter().map(|s| (*s).to_owned()).collect();
        Person { name: name.to_owned(), spellings, ..Person::default() }
    }

    fn signing(name: &str, initials: &str, from: Option<&str>, until: Option<&str>) -> Person {
        let period = Period { from: from.and_then(stated), until: until.and_then(stated) };
        let initials = vec![Dated { name: initials.to_owned(), period }];
        Person { name: name.to_owned(), initials, ..Person::default() }
    }

    #[test]
    fn spellings_lead_to_the_person() {
        let roster = Roster::new(&[person("Ada Prell", &["A. Prell"])]).unwrap();
        assert_eq!(roster.name("A.\u{A0}Prell"), "Ada Prell");
        assert_eq!(roster.name("Tomas Uhl"), "Tomas Uhl");
        let texts = |name: &str| -> Vec<String> {
            roster.spellings(name).into_iter().map(|(spelling, _)| spelling).collect()
        };
        assert_eq!(texts("A. Prell"), ["A. Prell", "Ada Prell"]);
        assert_eq!(texts("Tomas\u{A0}Uhl"), ["Tomas Uhl"]);
    }

    #[test]
    fn a_spelling_belongs_to_one_person() {
        let error = Roster::new(&[person("Ada Prell", &["P."]), person("Ivo Pahl", &["X.", "P."])]);
        let Err(RosterError::Shared { at, .. }) = error else { unreachable!("{error:?}") };
        assert_eq!(at, (1, List::Spellings, 1));
        let twice = Roster::new(&[person("Ada Prell", &[]), person("Ada\u{A0}Prell", &[])]);
        assert!(matches!(twice, Err(RosterError::Twice { person: 1, .. })), "{twice:?}");
        assert!(matches!(Roster::new(&[person("Ada", &[" "])]), Err(RosterError::Empty { .. })));
    }

    #[test]
    fn initials_are_somebodys_in_their_time() {
        let people = [
            signing("Ada Prell", "ap", None, Some("2024-01-01")),
            signing("Anton Pahl", "ap", Some("2024-01-01"), None),
        ];
        let roster = Roster::new(&people).unwrap();
        let at = |day: &str| roster.person_at("ap", stated(day)).map(|person| person.name.as_str());
        assert_eq!(at("2023-12-31T23:59:59Z"), Some("Ada Prell"));
        assert_eq!(at("2024-01-01"), Some("Anton Pahl"));
        assert_eq!(roster.person_at("ap", None), None);
        assert_eq!(roster.find("ap"), None);
        assert_eq!(roster.candidates("ap").len(), 2);
        let both = [people[0].clone(), signing("Anton Pahl", "ap", Some("2023-12-31"), None)];
        assert!(Roster::new(&both).is_err());
    }
}
