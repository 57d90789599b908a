//! The roster: people, and the spellings under which credits name them.

use std::collections::HashMap;

use serde::Deserialize;

use crate::text::profile::Text;

/// Somebody whom credits name, as the newsroom states it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name to show.
    pub name: String,
    /// Other spellings, scripts and former names.
    #[serde(default)]
    pub spellings: Vec<String>,
}

/// People by every spelling of their names.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    names: HashMap<String, String>,
}

/// Says that a spelling is given to two people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{spelling}` is a spelling of both {one} and {other}")]
pub struct RosterError {
    /// The spelling.
    pub spelling: String,
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
}

impl Roster {
    /// Makes a roster.
    ///
    /// # Errors
    ///
    /// If a spelling is given to two people.
    pub fn new(people: &[Person]) -> Result<Self, RosterError> {
        let mut names: HashMap<String, String> = HashMap::new();
        for person in people {
            for spelling in std::iter::once(&person.name).chain(&person.spellings) {
                let other = names.insert(key(spelling), person.name.clone());
                if let Some(other) = other.filter(|other| *other != person.name) {
                    return Err(RosterError {
                        spelling: spelling.clone(),
                        one: other,
                        other: person.name.clone(),
                    });
                }
            }
        }
        Ok(Self { names })
    }

    /// The name of the person whom a credit names so; the credit's name itself for anybody else.
    pub fn name<'a>(&'a self, credited: &'a str) -> &'a str {
        self.find(credited).unwrap_or(credited)
    }

    /// The name of the person whom a credit names so, if the roster has one.
    pub fn find(&self, credited: &str) -> Option<&str> {
        self.names.get(&key(credited)).map(String::as_str)
    }

    /// All spellings, in canonical form and sorted, that lead to the person whom a credit names so;
    /// the name itself for anybody whom the roster doesn't have.
    pub fn spellings(&self, credited: &str) -> Vec<String> {
        let Some(person) = self.find(credited) else { return vec![key(credited)] };
        let of = self.names.iter().filter(|(_, name)| *name == person);
        let mut spellings: Vec<String> = of.map(|(spelling, _)| spelling.clone()).collect();
        spellings.sort();
        spellings
    }
}

/// Names are the same person's if they are the same text.
fn key(name: &str) -> String {
    Text::new(name).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, spellings: &[&str]) -> Person {
        let spellings = spellings.iter().map(|s| (*s).to_owned()).collect();
        Person { name: name.to_owned(), spellings }
    }

    #[test]
    fn spellings_lead_to_the_person() {
        let roster = Roster::new(&[person("Ada Prell", &["A. Prell"])]).unwrap();
        assert_eq!(roster.name("A.\u{A0}Prell"), "Ada Prell");
        assert_eq!(roster.name("Tomas Uhl"), "Tomas Uhl");
        assert_eq!(roster.spellings("A. Prell"), ["A. Prell", "Ada Prell"]);
        assert_eq!(roster.spellings("Tomas\u{A0}Uhl"), ["Tomas Uhl"]);
    }

    #[test]
    fn a_spelling_belongs_to_one_person() {
        assert!(Roster::new(&[person("Ada Prell", &["P."]), person("Ivo Pahl", &["P."])]).is_err());
    }
}
