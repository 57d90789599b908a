//! Probable duplicates among everyone who is credited.
//!
//! Names that share a key are compared, others aren't. Time grows with the number of names times the
//! number of those that share a key with each: family name and first letter, in short. A key that more
//! than [`MOST`] names share is passed over and counted: it bounds what a name costs.
//! Nothing is merged: a suggestion is for somebody to confirm.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::census::{Census, Row, Trace};
use super::keys;
use super::name::Name;
use super::roster::Roster;
use super::similar::{self, LOWEST, Likeness, Why};
use crate::credit::role::Role;

/// How many names may share a key and still be compared, each with each.
pub const MOST: usize = 400;

/// Two rows that may be one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The row with more articles, or the roster's.
    pub one: String,
    /// The other.
    pub other: String,
    /// Whether the roster has the one.
    pub in_roster: bool,
    /// How many articles credit each.
    pub articles: (usize, usize),
    /// Why, and how sure that is with what the log says.
    pub likeness: Likeness,
    /// What the log says for and against it.
    pub evidence: Vec<Evidence>,
}

/// What a log says of two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// So many articles credit the one in one version and the other in another, in the same role.
    TookTurns(usize),
    /// They translated between the same languages.
    SameLanguages,
    /// Both translated, and never between the same languages.
    OtherLanguages,
    /// The initials fit so many others as well.
    FitsOthers(usize),
}

/// What a search came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The suggestions, the surest first.
    pub suggestions: Vec<Suggestion>,
    /// How many pairs of names were compared.
    pub compared: usize,
    /// How many keys were passed over, because more than [`MOST`] names share them.
    pub passed_over: usize,
}

/// Looks for people who stand in a census under two names.
pub fn duplicates(census: &Census, roster: &Roster) -> Search {
    let rows: Vec<&Row> = census.people.iter().filter(|row| !row.initials).collect();
    let mut names: Vec<(usize, Name)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let of_roster = roster.person(&row.name).filter(|_| row.in_roster);
        let stated = of_roster.into_iter().flat_map(|person| person.spellings.iter());
        let spellings: BTreeSet<&String> =
            row.spellings.keys().chain(stated).chain(std::iter::once(&row.name)).collect();
        names.extend(spellings.into_iter().filter_map(|name| Some((at, Name::read(name)?))));
    }
    let meetings = Meetings::of(&names);
    let bearers = bearers(&names);
    let mut best: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    let compared = meetings.each(|left, right| {
        let (Some((a, one)), Some((b, other))) = (names.get(left), names.get(right)) else {
            return;
        };
        let (Some(first), Some(second)) = (rows.get(*a), rows.get(*b)) else { return };
        if a == b || first.in_roster && second.in_roster {
            return;
        }
        let Some(found) = similar::likeness(one, other) else { return };
        if is_two_words(&found, &bearers) {
            return;
        }
        let key = (*a.min(b), *a.max(b));
        if best.get(&key).is_none_or(|known| known.score < found.score) {
            best.insert(key, found);
        }
    });
    let fits = fits(&best, &rows);
    let mut suggestions: Vec<Suggestion> = best
        .into_iter()
        .filter_map(|((a, b), found)| {
            let (first, second) = (rows.get(a)?, rows.get(b)?);
            let (one, other) = if second.in_roster { (second, first) } else { (first, second) };
            weigh(one, other, found, fits.get(&a).max(fits.get(&b)).copied().unwrap_or(1))
        })
        .collect();
    suggestions.sort_by(|one, other| {
        let names = || (&one.one, &one.other).cmp(&(&other.one, &other.other));
        other.likeness.score.cmp(&one.likeness.score).then_with(names)
    });
    Search { suggestions, compared, passed_over: meetings.passed_over }
}

/// Which names share which keys. Memory grows with the names, not with their pairs.
struct Meetings {
    /// The names of each key.
    blocks: Vec<Vec<usize>>,
    /// The keys of each name, in ascending order, without those that too many share.
    keys: Vec<Vec<usize>>,
    /// How many keys too many share.
    passed_over: usize,
}

impl Meetings {
    fn of(names: &[(usize, Name)]) -> Self {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let mut keys: Vec<Vec<usize>> = Vec::with_capacity(names.len());
        for (at, (_, name)) in names.iter().enumerate() {
            let mut own: Vec<usize> = Vec::new();
            for key in keys::of(name) {
                let place = *places.entry(key).or_insert(blocks.len());
                match blocks.get_mut(place) {
                    Some(block) => block.push(at),
                    None => blocks.push(vec![at]),
                }
                own.push(place);
            }
            own.sort_unstable();
            keys.push(own);
        }
        let is_shared = |place: &usize| blocks.get(*place).is_some_and(|one| one.len() <= MOST);
        for own in &mut keys {
            own.retain(is_shared);
        }
        let passed_over = blocks.iter().filter(|block| block.len() > MOST).count();
        Self { blocks, keys, passed_over }
    }

    /// Gives every two names that share a key, once; how many that were.
    fn each(&self, mut visit: impl FnMut(usize, usize)) -> usize {
        let mut count = 0;
        for (place, block) in self.blocks.iter().enumerate().filter(|(_, b)| b.len() <= MOST) {
            for (at, one) in block.iter().enumerate() {
                for other in block.iter().skip(at + 1) {
                    // Under the first key that they share.
                    if self.first_shared(*one, *other) == Some(place) {
                        count += 1;
                        visit(*one, *other);
                    }
                }
            }
        }
        count
    }

    fn first_shared(&self, one: usize, other: usize) -> Option<usize> {
        let (one, other) = (self.keys.get(one)?, self.keys.get(other)?);
        one.iter().copied().find(|key| other.binary_search(key).is_ok())
    }
}

/// How many names bear each word.
fn bearers(names: &[(usize, Name)]) -> HashMap<String, BTreeSet<usize>> {
    let mut bearers: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for (row, name) in names {
        for word in name.bearing() {
            bearers.entry(word.plain().to_owned()).or_default().insert(*row);
        }
    }
    bearers
}

/// Whether what would be a slip are two words that others bear too: then it is two names.
fn is_two_words(found: &Likeness, bearers: &HashMap<String, BTreeSet<usize>>) -> bool {
    let borne = |word: &String| bearers.get(word).is_some_and(|rows| rows.len() > 1);
    found.slip.as_ref().is_some_and(|(one, other)| borne(one) && borne(other))
}

/// Of each row that initials make like others, how many these are.
fn fits(best: &BTreeMap<(usize, usize), Likeness>, rows: &[&Row]) -> HashMap<usize, usize> {
    let mut fits: HashMap<usize, usize> = HashMap::new();
    for ((a, b), _) in best.iter().filter(|(_, found)| found.why.contains(&Why::Initials)) {
        for at in [a, b] {
            let short = rows.get(*at).is_some_and(|row| {
                Name::read(&row.name).is_some_and(|name| name.words.iter().any(|word| word.initial))
            });
            if short {
                *fits.entry(*at).or_default() += 1;
            }
        }
    }
    fits
}

/// A suggestion by what the names and the log say; `None` where the log says that they are two.
fn weigh(one: &Row, other: &Row, mut likeness: Likeness, fits: usize) -> Option<Suggestion> {
    let mut evidence = Vec::new();
    let versions = |row: &Row| -> HashSet<Trace> { row.traces.iter().copied().collect() };
    // Two in one role, named in one place, are two people.
    if versions(one).intersection(&versions(other)).next().is_some() {
        return None;
    }
    let established = one.articles >= 5 && other.articles >= 5;
    if likeness.slip.is_some() && established {
        return None;
    }
    let roles = |row: &Row| -> HashSet<(u64, Role)> {
        row.traces.iter().map(|trace| (trace.article, trace.role)).collect()
    };
    let indices =
        |row: &Row| -> HashSet<u64> { row.traces.iter().map(|trace| trace.index).collect() };
    let together = indices(one).intersection(&indices(other)).count();
    let turns = roles(one).intersection(&roles(other)).count();
    let mut score = i32::from(likeness.score);
    if turns > 0 && together == 0 {
        evidence.push(Evidence::TookTurns(turns));
        score += 10;
    }
    if !one.pairs.is_empty() && !other.pairs.is_empty() {
        if one.pairs.keys().any(|pair| other.pairs.contains_key(pair)) {
            evidence.push(Evidence::SameLanguages);
            score += 3;
        } else {
            evidence.push(Evidence::OtherLanguages);
            score -= 12;
        }
    }
    if fits > 1 && likeness.why.contains(&Why::Initials) {
        evidence.push(Evidence::FitsOthers(fits - 1));
        score = score.min(60);
    }
    likeness.score = u8::try_from(score.clamp(0, 99)).unwrap_or_default();
    (likeness.score >= LOWEST).then(|| Suggestion {
        one: one.name.clone(),
        other: other.name.clone(),
        in_roster: one.in_roster,
        articles: (one.articles, other.articles),
        likeness,
        evidence,
    })
}
