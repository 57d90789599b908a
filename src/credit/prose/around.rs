//! What stands around a phrase of prose: where it may end, and what it may make of its neighbours.

use super::{Count, RANGES};
use crate::credit::fold::Folded;
use crate::credit::lexicon::{Class, Found, GLUE, Mask};
use crate::credit::script::{is_hangul, is_unspaced, is_word};

impl Count<'_> {
    /// The longest phrase that begins at `at`, and the classes of all that do.
    pub(super) fn longest(&self, at: usize) -> Option<(Found, Mask)> {
        let mut all = 0;
        let folded = self.folded;
        let found = self.lexicon.longest_at(&folded.text, at, |end, mask| {
            let fits = ends_word(folded, end, mask);
            all |= if fits { mask } else { 0 };
            fits
        });
        found.map(|found| (found, all))
    }

    /// Whether a phrase that makes others count as read stands where it does: not within a sentence,
    /// or after a phrase.
    pub(super) fn may_range(&self, at: usize, phrase: &str, mask: Mask) -> bool {
        let glued = at.checked_sub(1).is_some_and(|before| self.folded.byte(before) != b' ');
        if !self.known && !glued {
            return false;
        }
        // A single word begins a sentence about the article only before a participle.
        let alone =
            mask & RANGES == Class::Subject.bit() && phrase.is_ascii() && !phrase.contains(' ');
        !alone || self.verb_at(at + phrase.len())
    }

    /// Whether the word at `at`, or after the space there, is not written small.
    pub(super) fn name_at(&self, at: usize) -> bool {
        let original = self.block.get(self.folded.origin(at)..).unwrap_or_default();
        original.trim_start().starts_with(|c: char| !c.is_lowercase())
    }

    /// Whether a phrase for a language service names the language itself.
    pub(super) fn names_service(&self, pattern: u32) -> bool {
        let meanings = self.lexicon.meanings(pattern).iter();
        meanings.into_iter().any(|one| one.class == Class::Service && one.names.is_some())
    }

    fn verb_at(&self, at: usize) -> bool {
        let at = if self.folded.byte(at) == b' ' { at + 1 } else { at };
        let folded = self.folded;
        let verb = self.lexicon.longest_at(&folded.text, at, |end, mask| {
            mask & Class::Verb.bit() != 0 && ends_word(folded, end, mask)
        });
        verb.is_some()
    }
}

/// Whether a phrase may end at `end`, as far as can be told without looking at capitals.
fn ends_word(folded: &Folded, end: usize, mask: Mask) -> bool {
    let (last, next) = (folded.char_before(end), folded.char_at(end));
    !is_word(last)
        || is_unspaced(last)
        || is_hangul(last)
        || !is_word(next)
        || is_unspaced(next)
        || next.is_ascii_digit() && mask & GLUE != 0
}

pub(super) fn after_space(folded: &Folded, at: usize) -> char {
    let next = folded.char_at(at);
    if next == ' ' { folded.char_at(at + 1) } else { next }
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}
