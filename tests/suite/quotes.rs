//! Passages: found wherever they stand, and never where a word differs.

use std::fs;

use siglum::compare::verdict::Verdict;
use siglum::text::profile::Text;
use siglum::verify::quote::{self, MIN_WORDS, Passage};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::chance::Chance;
use crate::desk::{Desk, project};

/// How many passages are taken.
const PASSAGES: usize = 10_000;

/// Articles in twelve languages.
fn articles() -> Vec<Text> {
    let directory = project("tests/fixtures/mutations");
    let mut paths: Vec<_> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Text::new(&fs::read_to_string(path).unwrap())).collect()
}

/// The words of a text with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.unicode_word_indices().collect()
}

#[test]
fn every_passage_is_found_and_none_that_differs_in_a_word() {
    let texts = articles();
    assert!(texts.len() >= 12);
    let prints: Vec<Vec<u64>> = texts.iter().map(quote::fingerprints).collect();
    let mut chance = Chance(5);
    let mut next = |below: usize| chance.below(below);
    let mut languages = vec![0; texts.len()];
    for _ in 0..PASSAGES {
        let at = next(texts.len());
        let (text, all) = (&texts[at], words(texts[at].as_str()));
        let length = MIN_WORDS + next(20);
        let first = next(all.len() - length);
        let (start, (end, last)) = (all[first].0, all[first + length - 1]);
        let passage = &text.as_str()[start..end + last.len()];
        let looked_for = Passage::new(passage).unwrap();
        let found = looked_for.find(text).unwrap_or_else(|| panic!("{passage:?}"));
        assert_eq!(found.verdict, Verdict::SameText);
        let wanted = looked_for.fingerprints().expect("eight words or more");
        assert!(!wanted.is_empty() && wanted.iter().all(|print| prints[at].contains(print)));
        languages[at] += 1;
        // One word of it is left out, doubled, or another's.
        let (place, word) = all[first + next(length)];
        let other = all[next(all.len())].1;
        let (before, after) = (&passage[..place - start], &passage[place - start + word.len()..]);
        for changed in [
            format!("{before}{after}"),
            format!("{before}{word} {word}{after}"),
            format!("{before}{other}{after}"),
        ] {
            let Some(changed) = Passage::new(&changed)
                .filter(|one| one.text().as_str() != looked_for.text().as_str())
            else {
                continue;
            };
            for text in &texts {
                let found = changed.find(text);
                let stands = text
                    .as_str()
                    .replace('\n', " ")
                    .contains(&changed.text().as_str().replace('\n', " "));
                assert!(found.is_none() || stands, "{changed:?}");
            }
        }
    }
    assert!(languages.iter().all(|count| *count > 100), "{languages:?}");
}

#[test]
fn a_passage_is_looked_for_in_every_recorded_version() {
    let desk = Desk::with_log();
    desk.write(
        "a.txt",
        "Boats counted\n\nThe council met on Monday and counted 1,204 boats.\n\nIt rained.\n",
    );
    desk.ok(&["record", "a.txt", "--id", "a"]);
    desk.write(
        "a.txt",
        "Boats counted\n\nThe council met on Monday and counted 1,240 boats.\n\nIt rained.\n",
    );
    desk.ok(&["record", "a.txt", "--id", "a", "--correction", "a number"]);
    let (found, code) = desk.json(&["verify", "--quote", "on Monday and counted 1,204 boats"]);
    assert_eq!((code, found["quoted"].as_array().unwrap().len()), (0, 1));
    let one = &found["quoted"][0];
    assert_eq!(
        (&one["article"], &one["version"], &one["paragraph"]),
        (&"a".into(), &1.into(), &1.into())
    );
    assert_eq!((&one["status"], &one["verdict"]), (&"corrected".into(), &"same_text".into()));
    assert_eq!(
        desk.json(&["verify", "--quote", "It rained."]).0["quoted"].as_array().unwrap().len(),
        2
    );
    desk.write("quote.txt", "counted 1,240\nboats. It rained");
    let (found, code) = desk.json(&["verify", "--quote", "quote.txt"]);
    assert_eq!((code, &found["quoted"][0]["version"]), (0, &2.into()));
    // No: all texts are kept. Once one is erased, that can't be said.
    desk.fails(1, &["verify", "--quote", "counted 1,205 boats"], &["in no recorded version"]);
    let shown = desk.ok(&["show", "a@1"]);
    let body = shown.lines().find_map(|line| line.strip_prefix("body = ")).unwrap();
    let body = body.trim_matches('"').to_owned();
    desk.ok(&["forget", &body]);
    desk.fails(2, &["verify", "--quote", "counted 1,204 boats"], &["some texts are not kept"]);
    // A whole paragraph is still known by its digest.
    let whole = "The council met on Monday and counted 1,204 boats.";
    let (found, code) = desk.json(&["verify", "--quote", whole]);
    assert_eq!((code, &found["quoted"][0]["version"]), (0, &1.into()));
    desk.fails(2, &["verify", "--quote", " — "], &["no word in the passage"]);
}
