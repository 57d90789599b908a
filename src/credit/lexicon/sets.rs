//! What phrases mean, as sets of meanings: most phrases have one meaning, and share it with many.

use super::entry::{Class, Mask, Meaning};
use super::trie::NONE;

/// The classes whose words say which language a line is in.
const WEIGHTY: Mask = Class::Verb.bit()
    | Class::Noun.bit()
    | Class::Label.bit()
    | Class::Before.bit()
    | Class::After.bit()
    | Class::Service.bit()
    | Class::By.bit()
    | Class::Byline.bit()
    | Class::Subject.bit()
    | Class::Material.bit()
    | Class::From.bit()
    | Class::Into.bit()
    | Class::With.bit()
    | Class::And.bit();

/// Meanings that phrases have together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    /// Their classes.
    pub(super) mask: Mask,
    /// The languages of those that say which language a line is in, as bits.
    pub(super) tongues: u64,
    /// The languages of small words, as bits.
    pub(super) function: u64,
    /// The first of them, and how many they are.
    pub(super) first: u32,
    pub(super) count: u32,
}

/// The meanings of all phrases.
#[derive(Default)]
pub(super) struct Sets {
    /// The set of each phrase.
    pub(super) of_phrases: Vec<u32>,
    pub(super) all: Vec<Set>,
    /// One set's after the other's.
    pub(super) meanings: Vec<Meaning>,
    /// For each meaning the set in which it is alone, or [`NONE`].
    alone: Vec<u32>,
}

impl Sets {
    /// Makes room for the sets of that many phrases.
    pub(super) fn with_capacity(phrases: usize) -> Self {
        Self { of_phrases: Vec::with_capacity(phrases), ..Self::default() }
    }

    /// Gives the next phrase those of all `meanings` that are numbered so, in their order.
    pub(super) fn push(&mut self, meanings: &[Meaning], numbers: &[u32]) {
        let set = match numbers {
            [one] => self.alone(meanings, *one),
            _ => self.together(meanings, numbers),
        };
        self.of_phrases.push(set);
    }

    /// The set of one meaning.
    fn alone(&mut self, meanings: &[Meaning], own: u32) -> u32 {
        self.alone.resize(meanings.len(), NONE);
        let known = self.alone.get(own as usize).copied().unwrap_or(NONE);
        if known != NONE {
            return known;
        }
        let first = self.meanings.len();
        self.meanings.extend(meanings.get(own as usize).cloned());
        let set = self.close(first);
        if let Some(slot) = self.alone.get_mut(own as usize) {
            *slot = set;
        }
        set
    }

    /// A set of meanings, each once; of one alone if they are all the same.
    fn together(&mut self, meanings: &[Meaning], numbers: &[u32]) -> u32 {
        let first = self.meanings.len();
        for meaning in numbers.iter().filter_map(|&number| meanings.get(number as usize)) {
            if !self.meanings.get(first..).unwrap_or_default().contains(meaning) {
                self.meanings.push(meaning.clone());
            }
        }
        match numbers.first() {
            Some(&one) if self.meanings.len() == first + 1 => {
                self.meanings.truncate(first);
                self.alone(meanings, one)
            }
            _ => self.close(first),
        }
    }

    /// Makes a set of the meanings from `first` on.
    fn close(&mut self, first: usize) -> u32 {
        let own = self.meanings.get(first..).unwrap_or_default();
        let (first, count) = (number(first), number(own.len()));
        let mut set = Set { mask: 0, tongues: 0, function: 0, first, count };
        for meaning in own {
            let tongue = 1_u64.checked_shl(meaning.tongue.into()).unwrap_or(0);
            let class = meaning.class.bit();
            set.mask |= class;
            set.tongues |= if class & WEIGHTY != 0 { tongue } else { 0 };
            set.function |= if meaning.class == Class::Function { tongue } else { 0 };
        }
        self.all.push(set);
        number(self.all.len() - 1)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::super::entry::Roles;
    use super::*;

    #[test]
    fn phrases_of_one_meaning_share_its_set() {
        let meaning = |class, tongue| Meaning {
            class,
            roles: Roles::default(),
            tongue,
            names: None,
            whose: None,
        };
        let all = [meaning(Class::By, 1), meaning(Class::Function, 2), meaning(Class::By, 1)];
        let mut made = Sets::with_capacity(4);
        for numbers in [&[1, 0, 0][..], &[0, 2], &[0], &[1]] {
            made.push(&all, numbers);
        }
        let set = |phrase: usize| made.all[made.of_phrases[phrase] as usize];
        let own = |phrase: usize| {
            let first = set(phrase).first as usize;
            &made.meanings[first..first + set(phrase).count as usize]
        };
        assert_eq!(own(0), [all[1].clone(), all[0].clone()]);
        assert_eq!((own(1), own(3)), (&all[..1], &all[1..2]));
        assert_eq!(made.of_phrases[1], made.of_phrases[2]);
        assert_eq!(
            (set(0).mask, set(0).tongues),
            (Class::By.bit() | Class::Function.bit(), 1 << 1)
        );
        assert_eq!((set(0).function, set(1).function), (1 << 2, 0));
    }
}
