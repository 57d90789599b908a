//! Negations: a language's words, affixes and characters that say "not".
//!
//! What counts is how many there are and between which unchanged words they stand, so a `not` that
//! wandered to another verb is seen and "was not" for "wasn't" is the same.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::signal::{Sign, Signal};
use crate::compare::lexicon::Words;
use crate::compare::words::{Edit, Spoken};
use crate::text::span::Span;

/// The shortest word, in characters, that an affix can turn into its opposite.
const MIN_STEM: usize = 3;

/// The sign, if negations came, went or stand elsewhere.
pub(super) fn signal(
    (old, old_words): (&str, &Spoken<'_>),
    (new, new_words): (&str, &Spoken<'_>),
    edits: &[Edit],
    lexicon: &Words,
) -> Option<Signal> {
    let old_spans: Vec<Span> = edits.iter().map(|edit| edit.old).collect();
    let new_spans: Vec<Span> = edits.iter().map(|edit| edit.new).collect();
    let old_found = placed(negations(old, old_words, lexicon), &old_spans);
    let new_found = placed(negations(new, new_words, lexicon), &new_spans);
    let places = |found: &[(usize, String)]| found.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    if places(&old_found) != places(&new_found) {
        // Places rise, so both lists are gone through once.
        let only = |of: &[(usize, String)], other: &[(usize, String)]| {
            let mut rest = other.iter().map(|(at, _)| *at).peekable();
            let mut words = Vec::new();
            for (at, word) in of {
                while rest.next_if(|place| place < at).is_some() {}
                if rest.next_if_eq(at).is_none() {
                    words.push(word.clone());
                }
            }
            words
        };
        let (gone, come) = (only(&old_found, &new_found), only(&new_found, &old_found));
        return Some(Signal::new(Sign::Negation, gone, come));
    }
    opposites(old, new, edits, lexicon)
}

/// Gives each negation the number of unchanged bytes before it, which is the same on both sides.
fn placed(found: Vec<(usize, String)>, edits: &[Span]) -> Vec<(usize, String)> {
    let mut changed = 0;
    let mut edits = edits.iter().peekable();
    found
        .into_iter()
        .map(|(at, word)| {
            while let Some(edit) = edits.next_if(|edit| edit.end() <= at) {
                changed += edit.len();
            }
            let inside = edits.peek().map_or(0, |edit| at.saturating_sub(edit.start()));
            (at - changed - inside, word)
        })
        .collect()
}

/// The negations of a text with their places, in order.
fn negations(text: &str, words: &Spoken<'_>, lexicon: &Words) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = words
        .iter()
        .filter(|(_, word)| negates(&folded(word), lexicon))
        .map(|(at, word)| (*at, (*word).to_owned()))
        .collect();
    if !lexicon.negation_inside.is_empty() && !text.is_ascii() {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            // Nothing that negates inside of words is in ASCII.
            let next = rest.chars().next().filter(|c| !c.is_ascii());
            let mut parts = lexicon.negation_inside.iter().filter(|_| next.is_some());
            match parts.find(|part| rest.starts_with(part.as_str())) {
                Some(part) => {
                    found.push((at, part.clone()));
                    at += part.len();
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        found.sort();
    }
    found
}

/// A word in the spelling of the lexicon.
fn folded(word: &str) -> String {
    word.to_lowercase().replace(['’', 'ʼ'], "'")
}

fn negates(word: &str, lexicon: &Words) -> bool {
    let bare = lexicon.proclitic.iter().filter_map(|part| word.strip_prefix(part.as_str()));
    let longer = |part: &str| word.len() > part.len();
    std::iter::once(word).chain(bare).any(|word| lexicon.negation.contains(word))
        || lexicon
            .negation_begins
            .iter()
            .any(|part| longer(part) && word.starts_with(part.as_str()))
        || lexicon.negation_ends.iter().any(|part| longer(part) && word.ends_with(part.as_str()))
}

/// The sign, if a word gave way to its opposite by an affix, such as `lawful` to `unlawful`.
fn opposites(old: &str, new: &str, edits: &[Edit], lexicon: &Words) -> Option<Signal> {
    let words = |text: &str, spans: &mut dyn Iterator<Item = Span>| -> Vec<String> {
        spans
            .flat_map(|span| span.of(text).unicode_words().map(folded).collect::<Vec<_>>())
            .collect()
    };
    let old_words = words(old, &mut edits.iter().map(|edit| edit.old));
    let new_words = words(new, &mut edits.iter().map(|edit| edit.new));
    let denied = |of: &HashSet<String>, words: &[String]| {
        words.iter().find_map(|word| {
            let bare =
                lexicon.opposite.iter().filter_map(|affix| word.strip_prefix(affix.as_str()));
            let stem = bare
                .map(|stem| stem.trim_start_matches('-'))
                .find(|stem| stem.chars().count() >= MIN_STEM && of.contains(*stem))?;
            Some((word.clone(), stem.to_owned()))
        })
    };
    let set = |words: &[String]| words.iter().cloned().collect::<HashSet<String>>();
    if let Some((word, stem)) = denied(&set(&old_words), &new_words) {
        return Some(Signal::new(Sign::Negation, vec![stem], vec![word]));
    }
    if let Some((word, stem)) = denied(&set(&new_words), &old_words) {
        return Some(Signal::new(Sign::Negation, vec![word], vec![stem]));
    }
    None
}
