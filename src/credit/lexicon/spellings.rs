//! Phrases as they are collected, some of them more than once, each time with what it means.
//!
//! Sorting them is all it takes to tell which are the same, to number them and to build the tree of
//! them; and several threads' can be sorted by themselves and then merged.

use crate::credit::eight::eight;

/// Collected phrases.
#[derive(Default)]
pub(super) struct Spellings {
    text: String,
    all: Vec<Spelled>,
}

/// One phrase: it is in the text from `from` to `to`.
struct Spelled {
    /// Its first bytes, which tell most phrases apart.
    head: u64,
    from: u32,
    to: u32,
    sense: u32,
}

/// How many bytes are in a head.
const HEAD: usize = 8;

impl Spellings {
    /// Makes room for that many phrases.
    pub(super) fn with_capacity(phrases: usize) -> Self {
        Self { text: String::with_capacity(phrases * 24), all: Vec::with_capacity(phrases) }
    }

    /// Adds a phrase with the number of its sense.
    pub(super) fn push(&mut self, phrase: &str, sense: u32) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let from = offset(self.text.len());
        self.text.push_str(phrase);
        let to = offset(self.text.len());
        self.all.push(Spelled { head: head(phrase), from, to, sense });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Puts them in the order of their bytes; what is the same stays in the order of adding.
    pub(super) fn sort(&mut self) {
        sort_from(&mut self.all, self.text.as_bytes(), 0);
    }

    /// The senses of a phrase, once they are sorted.
    pub(super) fn senses(&self, phrase: &str) -> impl Iterator<Item = u32> {
        let text = self.text.as_bytes();
        let tail = (phrase.as_bytes().get(HEAD..).unwrap_or_default(), phrase.len());
        let wanted = (head(phrase), tail);
        let first = self.all.partition_point(|one| (one.head, one.tail(text)) < wanted);
        let rest = self.all.get(first..).unwrap_or_default();
        rest.iter().take_while(move |one| (one.head, one.tail(text)) == wanted).map(|one| one.sense)
    }
}

impl Spelled {
    fn len(&self) -> usize {
        (self.to - self.from) as usize
    }

    fn bytes<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        text.get(self.from as usize..self.to as usize).unwrap_or_default()
    }

    /// What tells phrases with the same head apart: the bytes after it, and how many there are, for
    /// some end early.
    #[inline]
    fn tail<'a>(&self, text: &'a [u8]) -> (&'a [u8], usize) {
        (self.bytes(text).get(HEAD..).unwrap_or_default(), self.len())
    }
}

fn head(phrase: &str) -> u64 {
    head_from(phrase.as_bytes(), 0)
}

/// Eight bytes from `depth` on, in an order like theirs; NUL past the end.
fn head_from(phrase: &[u8], depth: usize) -> u64 {
    u64::from_be_bytes(eight(phrase, depth).to_le_bytes())
}

/// Sorts phrases that are alike up to `depth` and have the bytes after it for a head. Numbers are
/// compared much faster than bytes, which are looked at once for each level.
fn sort_from(all: &mut [Spelled], text: &[u8], depth: usize) {
    all.sort_unstable_by_key(|one| (one.head, one.from));
    let after = depth + HEAD;
    for alike in all.chunk_by_mut(|one, other| one.head == other.head) {
        if alike.len() == 1 {
            continue;
        }
        if alike.iter().all(|one| one.len() <= after) {
            // They are the same, but for NUL at the end of some.
            alike.sort_unstable_by_key(|one| (one.len(), one.from));
            continue;
        }
        let head = alike.first().map_or(0, |one| one.head);
        for one in &mut *alike {
            one.head = head_from(one.bytes(text), after);
        }
        sort_from(alike, text, after);
        for one in alike {
            one.head = head;
        }
    }
}

/// Calls `each` with every phrase of sorted ones, in order, and its senses, those of the first
/// collection first. A number is added to all senses of a collection.
pub(super) fn merge(sorted: &[(&Spellings, u32)], mut each: impl FnMut(&str, &[u32])) {
    let mut rest: Vec<_> =
        sorted.iter().map(|(own, added)| (own.text.as_str(), own.all.as_slice(), *added)).collect();
    let mut senses = Vec::new();
    loop {
        let firsts = rest.iter().filter_map(|(text, rest, _)| Some((rest.first()?, *text)));
        let least = firsts.min_by(|(one, own), (other, others)| {
            let by_head = one.head.cmp(&other.head);
            by_head.then_with(|| one.tail(own.as_bytes()).cmp(&other.tail(others.as_bytes())))
        });
        let Some((least, text)) = least else { return };
        let tail = least.tail(text.as_bytes());
        senses.clear();
        for (text, rest, added) in &mut rest {
            while let Some((first, after)) = rest.split_first()
                && first.head == least.head
                && first.tail(text.as_bytes()) == tail
            {
                senses.push(first.sense + *added);
                *rest = after;
            }
        }
        each(text.get(least.from as usize..least.to as usize).unwrap_or_default(), &senses);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_merged_is_sorted_and_keeps_its_order() {
        let collected = |all: &[(&str, u32)]| {
            let mut made = Spellings::default();
            for (phrase, sense) in all {
                made.push(phrase, *sense);
            }
            made.sort();
            made
        };
        let first = collected(&[
            ("translated by", 2),
            ("by", 1),
            ("translated", 0),
            ("by", 0),
            ("translated by a\u{0}", 3),
            ("by\u{0}", 4),
        ]);
        let second =
            collected(&[("été", 0), ("by", 0), ("translated from", 1), ("translated by a", 2)]);
        let mut all = Vec::new();
        merge(&[(&first, 0), (&second, 10)], |phrase, senses| {
            all.push((phrase.to_owned(), senses.to_vec()));
        });
        let want: [(&str, &[u32]); 8] = [
            ("by", &[1, 0, 10]),
            ("by\u{0}", &[4]),
            ("translated", &[0]),
            ("translated by", &[2]),
            ("translated by a", &[12]),
            ("translated by a\u{0}", &[3]),
            ("translated from", &[11]),
            ("été", &[10]),
        ];
        assert!(all.iter().map(|(phrase, senses)| (phrase.as_str(), senses.as_slice())).eq(want));
        assert!(first.senses("by").eq([1, 0]) && first.senses("translate").next().is_none());
    }
}
