//! Negations: a language's words, affixes and characters that say "not".
//!
//! What counts is how many there are and between which unchanged words they stand, so a `not` that
//! wandered to another verb is seen and "was not" for "wasn't" is the same.

use unicode_segmentation::UnicodeSegmentation as _;

use super::signal::{Sign, Signal};
use crate::compare::lexicon::Words;
use crate::compare::words::Edit;
use crate::text::span::Span;

/// The shortest word, in characters, that an affix can turn into its opposite.
const MIN_STEM: usize = 3;

/// The sign, if negations came, went or stand elsewhere.
pub(super) fn signal(old: &str, new: &str, edits: &[Edit], lexicon: &Words) -> Option<Signal> {
    let old_spans: Vec<Span> = edits.iter().map(|edit| edit.old).collect();
    let new_spans: Vec<Span> = edits.iter().map(|edit| edit.new).collect();
    let old_found = placed(negations(old, lexicon), &old_spans);
    let new_found = placed(negations(new, lexicon), &new_spans);
    let places = |found: &[(usize, String)]| found.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    if places(&old_found) != places(&new_found) {
        let only = |of: &[(usize, String)], other: &[(usize, String)]| {
            let mut rest = places(other);
            let mut words = Vec::new();
            for (at, word) in of {
                match rest.iter().position(|place| place == at) {
                    Some(place) => drop(rest.swap_remove(place)),
                    None => words.push(word.clone()),
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
fn negations(text: &str, lexicon: &Words) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = text
        .unicode_word_indices()
        .filter(|(_, word)| negates(&folded(word), lexicon))
        .map(|(at, word)| (at, word.to_owned()))
        .collect();
    if !lexicon.negation_inside.is_empty() {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            match lexicon.negation_inside.iter().find(|part| rest.starts_with(part.as_str())) {
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
    let denied = |word: &str, of: &str| {
        let affix = word.strip_suffix(of).map(|affix| affix.trim_end_matches('-'));
        of.chars().count() >= MIN_STEM
            && affix.is_some_and(|affix| lexicon.opposite.iter().any(|known| known == affix))
    };
    for one in &old_words {
        for other in new_words.iter().filter(|other| other.len() != one.len()) {
            if denied(one, other) || denied(other, one) {
                let (gone, come) = (vec![one.clone()], vec![other.clone()]);
                return Some(Signal::new(Sign::Negation, gone, come));
            }
        }
    }
    None
}
