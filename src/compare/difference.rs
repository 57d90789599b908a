//! Two texts compared, paragraph by paragraph, each change weighed as far as its words are known.

use super::align::{self, Change, Kind, Side};
use super::change::{self, Weighed};
use crate::text::digest::Digest;
use crate::text::language::Language;
use crate::text::paragraphs::{self, Paragraphs};
use crate::text::profile::Text;

/// A paragraph that differs. Numbers count from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// What happened to it.
    pub kind: Kind,
    /// Its number in the old text, or the first one's; none where one came.
    pub old: Option<usize>,
    /// Its number in the new text, or the first one's; none where one went.
    pub new: Option<usize>,
    /// How many of the old text's paragraphs it is.
    pub olds: usize,
    /// How many of the new text's paragraphs it is.
    pub news: usize,
    /// Its text in the old text, where that is known; several paragraphs are joined by LF.
    pub before: Option<String>,
    /// Its text in the new text, where that is known.
    pub after: Option<String>,
    /// How much the change matters, where the words that it needs are known.
    pub weighed: Option<Weighed>,
}

/// What is known of a text: its paragraphs' digests, and the text itself if it is at hand.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The digests, as a record states them.
    pub paragraphs: &'a Paragraphs,
    /// The text.
    pub text: Option<&'a Text>,
}

/// How two texts differ, in the order of the new one.
///
/// Where one side is known by digests alone and a digest covers a run of paragraphs, a change is
/// placed at the run's first, and its words are not given.
pub fn between(old: Known<'_>, new: Known<'_>, language: Option<&Language>) -> Vec<Paragraph> {
    match (old.text, new.text) {
        (Some(old), Some(new)) => of_texts(old, new, language),
        _ => by_digests(old, new, language),
    }
}

/// How two texts differ that both are at hand.
pub fn of_texts(old: &Text, new: &Text, language: Option<&Language>) -> Vec<Paragraph> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.paragraphs().collect(), new.paragraphs().collect());
    let digests = |texts: &[&str]| texts.iter().map(|text| paragraphs::digest(&[text])).collect();
    let (old_digests, new_digests): (Vec<Digest>, Vec<Digest>) = (digests(&old), digests(&new));
    let changes = align::align(
        Side { digests: &old_digests, texts: Some(&old) },
        Side { digests: &new_digests, texts: Some(&new) },
    );
    changes
        .iter()
        .map(|change| described(change, (Some(&old), 1), (Some(&new), 1), language))
        .collect()
}

fn by_digests(old: Known<'_>, new: Known<'_>, language: Option<&Language>) -> Vec<Paragraph> {
    // The side that is at hand is cut into the other's runs.
    let run = match (old.text, new.text) {
        (Some(_), None) => new.paragraphs.run_length(),
        _ => old.paragraphs.run_length(),
    };
    let old_run = if old.text.is_some() { run } else { old.paragraphs.run_length() };
    let new_run = if new.text.is_some() { run } else { new.paragraphs.run_length() };
    let digests = |known: Known<'_>| -> Vec<Digest> {
        match known.text {
            Some(text) => {
                text.paragraphs().collect::<Vec<_>>().chunks(run).map(paragraphs::digest).collect()
            }
            None => known.paragraphs.digests().to_vec(),
        }
    };
    let (old_digests, new_digests) = (digests(old), digests(new));
    let changes = align::align(
        Side { digests: &old_digests, texts: None },
        Side { digests: &new_digests, texts: None },
    );
    let (old, new) = (lone_texts(old, old_run), lone_texts(new, new_run));
    let (old, new) = ((old.as_deref(), old_run), (new.as_deref(), new_run));
    changes.iter().map(|change| described(change, old, new, language)).collect()
}

/// The paragraphs' texts, where a digest is of one.
fn lone_texts(known: Known<'_>, run: usize) -> Option<Vec<&str>> {
    Some(known.text.filter(|_| run == 1)?.paragraphs().collect())
}

/// A change with its words, from each side's paragraphs, if known, and how many one place covers.
fn described(
    change: &Change,
    (old, old_run): (Option<&[&str]>, usize),
    (new, new_run): (Option<&[&str]>, usize),
    language: Option<&Language>,
) -> Paragraph {
    let words = |texts: Option<&[&str]>, places: std::ops::Range<usize>| {
        Some(texts?.get(places).filter(|part| !part.is_empty())?.join("\n"))
    };
    let before = words(old, change.old_places());
    let after = words(new, change.new_places());
    let weighed = match (change.kind, &before, &after) {
        (Kind::Removed | Kind::Cut, Some(text), None) => Some(change::weigh_removed(text)),
        (Kind::Added, None, Some(text)) => Some(change::weigh_added(text)),
        // A paragraph's end is no word.
        (_, Some(before), Some(after)) => {
            let line = |text: &str| text.replace('\n', " ");
            Some(change::weigh(&line(before), &line(after), language))
        }
        _ => None,
    };
    Paragraph {
        kind: change.kind,
        old: change.old.map(|place| place * old_run + 1),
        new: change.new.map(|place| place * new_run + 1),
        olds: change.olds,
        news: change.news,
        before,
        after,
        weighed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::change::Weight;

    fn known(text: &Text) -> (Paragraphs, &Text) {
        (Paragraphs::of(text), text)
    }

    #[test]
    fn words_are_weighed_where_they_are_known() {
        let old = Text::new("The quay was shut at 5.\nForty people waited.\nIt rained.");
        let new = Text::new("The quay was shut at 6.\nForty people waited.\nIt rained.");
        let (old_known, new_known) = (known(&old), known(&new));
        let whole = |one: &(Paragraphs, &Text)| (one.0.clone(), Some((*one.1).clone()));
        for (keep_old, keep_new) in [(true, true), (true, false), (false, true), (false, false)] {
            let (old_digests, old_text) = whole(&old_known);
            let (new_digests, new_text) = whole(&new_known);
            let found = between(
                Known { paragraphs: &old_digests, text: old_text.as_ref().filter(|_| keep_old) },
                Known { paragraphs: &new_digests, text: new_text.as_ref().filter(|_| keep_new) },
                None,
            );
            let [one] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((one.kind, one.old, one.new), (Kind::Changed, Some(1), Some(1)));
            assert_eq!((one.before.is_some(), one.after.is_some()), (keep_old, keep_new));
            let weight = one.weighed.as_ref().map(|weighed| weighed.weight);
            assert_eq!(weight, (keep_old && keep_new).then_some(Weight::Substantive));
        }
    }

    #[test]
    fn runs_of_a_long_text_are_compared_with_runs() {
        let long = |from: usize| {
            Text::new(&(from..from + 600).map(|n| format!("line {n}\n")).collect::<String>())
        };
        let (old, new) = (long(0), Text::new(&long(0).as_str().replace("line 301", "line x")));
        let (digests, short) = (Paragraphs::of(&old), Text::new("line 0\nline 1"));
        let found = between(
            Known { paragraphs: &digests, text: None },
            Known { paragraphs: &Paragraphs::of(&new), text: Some(&new) },
            None,
        );
        assert_eq!((found.len(), found[0].old, found[0].new), (1, Some(301), Some(301)));
        let cut = between(
            Known { paragraphs: &digests, text: None },
            Known { paragraphs: &Paragraphs::of(&short), text: Some(&short) },
            None,
        );
        assert!(cut.iter().all(|paragraph| paragraph.kind == Kind::Cut));
        assert_eq!((cut.len(), cut[0].old), (299, Some(3)));
    }
}
