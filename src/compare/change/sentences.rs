//! Sentences that came or went.
//!
//! Sentences are those of UAX #29; a script that ends none with a mark, such as Thai, has one a
//! paragraph, or one a space where a paragraph has no other end. A sentence that was only reworded,
//! split or joined to the next neither came nor went.

use unicode_segmentation::UnicodeSegmentation as _;

use super::signal::{Sign, Signal};
use crate::compare::bag::Bag;
use crate::compare::frame;

/// The most pairs of sentences that are compared. Where more differ, they are counted only.
pub const MAX_COMPARED: usize = 400;

/// The share of the words that two sentences must have in common to be one, reworded.
const SAME: f64 = 0.4;

/// The sign, if sentences came or went.
pub(super) fn signal(old: &[(usize, &str)], new: &[(usize, &str)]) -> Option<Signal> {
    let (old, new) = (said(old), said(new));
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for run in frame::diff(&old, &new) {
        let old = old.get(run.old).unwrap_or_default();
        let new = new.get(run.new).unwrap_or_default();
        let (old_rest, new_rest) = unpaired(old, new);
        if !reworded(old, new) {
            gone.extend(old_rest);
            come.extend(new_rest);
        }
    }
    (!gone.is_empty() || !come.is_empty()).then(|| Signal::new(Sign::Sentence, gone, come))
}

/// The sentences of a text, trimmed.
pub(super) fn of(text: &str) -> Vec<String> {
    said(&bounds(text))
}

/// The sentences of a text with their places, and all that stands between them.
pub(super) fn bounds(text: &str) -> Vec<(usize, &str)> {
    text.split_sentence_bound_indices().collect()
}

/// Those that have a letter or digit, trimmed.
fn said(sentences: &[(usize, &str)]) -> Vec<String> {
    let sentences = sentences.iter().map(|(_, sentence)| sentence.trim());
    sentences.filter(|one| one.contains(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// Whether a run of sentences says the same in other sentences: split, joined or reordered words.
fn reworded(old: &[String], new: &[String]) -> bool {
    let differ = old.len() != new.len() && !old.is_empty() && !new.is_empty();
    differ && {
        let (old, new) = (old.join(" "), new.join(" "));
        let words = |text: &str| text.unicode_words().count();
        let (fewer, more) = (words(&old).min(words(&new)), words(&old).max(words(&new)));
        // One word more or less, such as a joining "and", makes no sentence.
        Bag::of(&old).similarity(&Bag::of(&new)) >= 0.75 && more - fewer <= 2
    }
}

/// The sentences that have no counterpart on the other side.
fn unpaired(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    if old.len() * new.len() > MAX_COMPARED {
        let both = old.len().min(new.len());
        let rest = |list: &[String]| list.get(both..).unwrap_or_default().to_vec();
        return (rest(old), rest(new));
    }
    let mut free: Vec<(&String, Bag)> =
        new.iter().map(|sentence| (sentence, Bag::of(sentence))).collect();
    let mut gone = Vec::new();
    for sentence in old {
        let bag = Bag::of(sentence);
        let best = free
            .iter()
            .enumerate()
            .map(|(at, (_, other))| (at, bag.similarity(other)))
            .filter(|(_, similarity)| *similarity >= SAME)
            .max_by(|(_, a), (_, b)| a.total_cmp(b));
        match best {
            Some((at, _)) => drop(free.remove(at)),
            None => gone.push(sentence.clone()),
        }
    }
    (gone, free.into_iter().map(|(sentence, _)| sentence.clone()).collect())
}
