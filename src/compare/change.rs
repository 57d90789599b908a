//! How much a change of a paragraph matters: the question an editor and a translator ask first.
//!
//! A change is *substantive* if numbers, names, negations or quotations differ, or sentences came
//! or went; else it is *minor*. The signs are found in the words alone, without understanding them,
//! and lean to "substantive": a name that only changed its case ending, or a number that is now
//! written in digits, counts. What they can't see (a verb, an adjective, the order of words) is
//! minor, which is not to say that it is nothing.
//!
//! Costs what [`super::words`] does; sentences are compared one with another at most
//! [`sentences::MAX_COMPARED`] times.

mod names;
mod negations;
mod numbers;
mod quotations;
mod sentences;
mod signal;

pub use sentences::MAX_COMPARED;
pub use signal::{Sign, Signal};

use super::lexicon;
use super::words::{self, Edit};
use crate::text::language::Language;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// How much a change matters.
    Weight, "weight", {
        /// No sign of another meaning.
        Minor = "minor",
        /// Numbers, names, negations or quotations differ, or sentences came or went.
        Substantive = "substantive",
    }
}

/// A change, weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// How much it matters.
    pub weight: Weight,
    /// By what: one a sign at most, in the order of [`Sign::ALL`]. Empty if and only if minor.
    pub signals: Vec<Signal>,
    /// How much of the words is the same, from 0 to 1 ([`words::similarity`]).
    pub similarity: f64,
}

/// Weighs the change from one paragraph, or run of them joined by spaces or LF, to another. Both
/// are in canonical form ([`crate::text::profile`]).
///
/// `language` says whose words for numbers and negations are looked for; without it, or where no
/// table is of it, those of all languages are. Total: any two texts can be weighed.
pub fn weigh(old: &str, new: &str, language: Option<&Language>) -> Weighed {
    weigh_edits(old, new, &words::diff(old, new), language)
}

/// [`weigh`], where the edits are known.
pub fn weigh_edits(old: &str, new: &str, edits: &[Edit], language: Option<&Language>) -> Weighed {
    if edits.is_empty() {
        return Weighed { weight: Weight::Minor, signals: Vec::new(), similarity: 1.0 };
    }
    let lexicon = lexicon::of(language);
    let (old_words, new_words) = (words::spoken(old), words::spoken(new));
    let (old_sentences, new_sentences) = (sentences::bounds(old), sentences::bounds(new));
    let signals: Vec<Signal> = [
        numbers::signal((old, &old_words), (new, &new_words), lexicon),
        names::signal(
            (old, &old_words, &old_sentences),
            (new, &new_words, &new_sentences),
            lexicon,
        ),
        negations::signal((old, &old_words), (new, &new_words), edits, lexicon),
        quotations::signal(old, new),
        sentences::signal(&old_sentences, &new_sentences),
    ]
    .into_iter()
    .flatten()
    .collect();
    let weight = if signals.is_empty() { Weight::Minor } else { Weight::Substantive };
    Weighed { weight, signals, similarity: words::similarity_by(old, new, edits) }
}

/// Weighs a paragraph that came, which always is substantive.
pub fn weigh_added(text: &str) -> Weighed {
    whole(Vec::new(), sentences::of(text))
}

/// Weighs a paragraph that went, which always is substantive.
pub fn weigh_removed(text: &str) -> Weighed {
    whole(sentences::of(text), Vec::new())
}

fn whole(old: Vec<String>, new: Vec<String>) -> Weighed {
    let signals = vec![Signal::new(Sign::Sentence, old, new)];
    Weighed { weight: Weight::Substantive, signals, similarity: 0.0 }
}

#[cfg(test)]
mod tests;
