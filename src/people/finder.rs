//! Whom of a roster a name may mean that the roster doesn't have.

use std::collections::{BTreeMap, HashMap};

use super::keys;
use super::name::Name;
use super::roster::Person;
use super::similar::{self, Likeness};

/// A roster's names by the keys under which similar ones meet. Making it costs time linear in the
/// roster; a look-up compares the names that share a key.
#[derive(Debug, Clone, Default)]
pub(super) struct Finder {
    names: Vec<(usize, Name)>,
    blocks: HashMap<String, Vec<usize>>,
}

impl Finder {
    pub(super) fn new(people: &[Person]) -> Self {
        let mut finder = Self::default();
        for (index, person) in people.iter().enumerate() {
            let former = person.former.iter().map(|one| &one.name);
            for spelling in std::iter::once(&person.name).chain(&person.spellings).chain(former) {
                let Some(name) = Name::read(spelling) else { continue };
                for key in keys::of(&name) {
                    finder.blocks.entry(key).or_default().push(finder.names.len());
                }
                finder.names.push((index, name));
            }
        }
        finder
    }

    /// The people whom a name may mean, by their places, the likeliest first.
    pub(super) fn find(&self, name: &str) -> Vec<(usize, Likeness)> {
        let Some(name) = Name::read(name) else { return Vec::new() };
        let keys = keys::of(&name);
        let mut places: Vec<usize> =
            keys.iter().filter_map(|key| self.blocks.get(key)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        let mut best: BTreeMap<usize, Likeness> = BTreeMap::new();
        for (person, known) in places.into_iter().filter_map(|place| self.names.get(place)) {
            if let Some(found) = similar::likeness(&name, known)
                && best.get(person).is_none_or(|before| before.score < found.score)
            {
                best.insert(*person, found);
            }
        }
        let mut found: Vec<(usize, Likeness)> = best.into_iter().collect();
        found.sort_by_key(|(_, likeness)| std::cmp::Reverse(likeness.score));
        found
    }
}
