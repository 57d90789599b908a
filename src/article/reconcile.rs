//! Brings together who is credited where: in lines, in the byline, in metadata, by hand.

use std::collections::HashMap;

use crate::credit::line;
use crate::credit::role::Role;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// Where a credit was found.
    From, "place of a credit", {
        /// In a credit line.
        Line = "line",
        /// In the byline.
        Byline = "byline",
        /// In a format's metadata.
        Metadata = "metadata",
        /// Given by whoever recorded the article.
        Operator = "operator",
    }
}

/// A credit and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The credit.
    pub credit: line::Credit,
    /// Where it was found.
    pub from: From,
    /// For [`From::Line`]: the number of the credit line, from 0.
    pub line: Option<usize>,
}

/// The union of credits in reading order, one for each role and name.
///
/// The first place where a credit stands is kept; what a later one adds (a place, a language
/// version) fills what the first left open.
pub fn union(found: impl IntoIterator<Item = Found>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut places: HashMap<(Role, String), usize> = HashMap::new();
    for next in found {
        let key = (next.credit.role, next.credit.name.clone());
        if let Some(have) = places.get(&key).and_then(|&place| all.get_mut(place)) {
            let (have, next) = (&mut have.credit, next.credit);
            have.place = have.place.take().or(next.place);
            have.language = have.language.take().or(next.language);
            have.source_language = have.source_language.take().or(next.source_language);
        } else {
            places.insert(key, all.len());
            all.push(next);
        }
    }
    all
}
