//! The phrases, end to end in one string: tens of thousands are made each time a program starts.

use std::fmt;

use super::trie::NONE;

/// Different phrases in the order of their bytes, numbered.
#[derive(Default)]
pub(super) struct Phrases {
    text: String,
    ends: Vec<u32>,
}

impl Phrases {
    /// The phrase of that number, or an empty one.
    #[inline]
    pub(super) fn get(&self, number: u32) -> &str {
        self.text.get(self.range(number)).unwrap_or_default()
    }

    /// Its bytes.
    #[inline]
    pub(super) fn bytes(&self, number: u32) -> &[u8] {
        self.text.as_bytes().get(self.range(number)).unwrap_or_default()
    }

    fn range(&self, number: u32) -> std::ops::Range<usize> {
        let number = number as usize;
        let end = |number: usize| self.ends.get(number).map_or(0, |&end| end as usize);
        number.checked_sub(1).map_or(0, end)..end(number)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..).take(self.len()).map(|number| self.get(number))
    }

    /// Makes room for that many phrases.
    pub(super) fn with_capacity(phrases: usize) -> Self {
        Self { text: String::with_capacity(phrases * 24), ends: Vec::with_capacity(phrases) }
    }

    /// Adds a phrase that comes after all the others.
    pub(super) fn push(&mut self, phrase: &str) {
        self.text.push_str(phrase);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(NONE));
    }
}

#[cfg(test)]
impl<'a> FromIterator<&'a str> for Phrases {
    fn from_iter<I: IntoIterator<Item = &'a str>>(all: I) -> Self {
        let sorted: std::collections::BTreeSet<&str> = all.into_iter().collect();
        let mut made = Self::default();
        for phrase in sorted {
            made.push(phrase);
        }
        made
    }
}

impl fmt::Debug for Phrases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_their_numbers() {
        let phrases: Phrases = ["b", "été", "", "b"].into_iter().collect();
        assert_eq!(phrases.len(), 3);
        assert!(phrases.iter().eq(["", "b", "été"]));
        assert_eq!((phrases.get(2), phrases.bytes(1), phrases.get(3)), ("été", &b"b"[..], ""));
    }
}
