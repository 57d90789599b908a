//! A paragraph's words without their order, for finding what a paragraph became.
//!
//! Words that touch each other, as in Han, Kana and Thai, are taken in pairs: single characters
//! say too little. Marks don't count.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::words;

/// The words of a text, hashed and sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag(Vec<u64>);

impl Bag {
    /// The words of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut hashes = Vec::new();
        // The word before, if it touches this one, and whether it is in a pair already.
        let mut before: Option<(&str, bool)> = None;
        let single = |word: &str| hash(&("", word));
        for (_, word) in words::words(text) {
            if word.contains(char::is_alphanumeric) {
                match before {
                    Some((left, _)) => {
                        hashes.push(hash(&(left, word)));
                        before = Some((word, true));
                    }
                    None => before = Some((word, false)),
                }
            } else if let Some((alone, false)) = before.take() {
                hashes.push(single(alone));
            }
        }
        if let Some((alone, false)) = before {
            hashes.push(single(alone));
        }
        hashes.sort_unstable();
        Self(hashes)
    }

    /// Several bags as one.
    pub(super) fn joined<'a>(bags: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all: Vec<u64> = bags.into_iter().flat_map(|bag| bag.0.iter().copied()).collect();
        all.sort_unstable();
        Self(all)
    }

    /// The hashes of the different words, sorted.
    pub(super) fn distinct(&self) -> impl Iterator<Item = u64> {
        self.0.chunk_by(u64::eq).filter_map(|same| same.first().copied())
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many words two bags have in common.
    pub(super) fn common(&self, other: &Self) -> usize {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        common
    }

    /// The share of all words that both have, from 0 to 1.
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        words::ratio(2 * self.common(other), self.len() + other.len())
    }
}

fn hash(of: &(&str, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_marks_do_not_count() {
        let share = |a: &str, b: &str| Bag::of(a).similarity(&Bag::of(b));
        assert_eq!(share("Lind met Orr.", "Orr met “Lind”").to_bits(), 1f64.to_bits());
        assert_eq!(share("", "").to_bits(), 0f64.to_bits());
        assert!(share("東京で雨が降った", "東京で雪が降った") > 0.6);
        assert!(share("東京で雨が降った", "雨の降る京東") < 0.3);
        assert_eq!(Bag::joined([&Bag::of("a b"), &Bag::of("c")]).len(), 3);
    }
}
