//! The corpus of real lines, which lies beside the project, not in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::score::{Score, lines, ratio};
use crate::needs::in_ci;

/// The corpus, or why it is not there.
fn corpus() -> Result<PathBuf, String> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let corpus = shared.join("corpus/credits");
    if corpus.is_dir() {
        return Ok(corpus);
    }
    assert!(!(in_ci() && shared.is_dir()), "{} is missing", corpus.display());
    Err(format!("skipped: no corpus at {}", corpus.display()))
}

fn score(file: &str) -> Option<Score> {
    match corpus() {
        Ok(corpus) => {
            let score = Score::of(&lines(&corpus.join(file)));
            println!("{}", score.table(file));
            Some(score)
        }
        Err(why) => {
            println!("{why}");
            None
        }
    }
}

fn holds_floors(score: &Score, f1: f64) {
    assert!(score.all.f1() >= f1, "f1 {:.4} is below {f1}\n{}", score.all.f1(), score.wrong);
    assert!(ratio(score.places.0, score.places.1) >= 0.97, "places {:?}", score.places);
    let negatives = score.negatives.0 * 100 <= score.negatives.1 * 3;
    assert!(negatives, "credits on negatives {:?}\n{}", score.negatives, score.wrong);
}

#[test]
fn english_lines_are_read() {
    if let Some(score) = score("en.jsonl") {
        holds_floors(&score, 0.995);
    }
}

#[test]
fn lines_in_other_languages_are_read() {
    if let Some(score) = score("multi.jsonl") {
        holds_floors(&score, 0.99);
    }
}

#[test]
fn sign_offs_of_language_services_are_read() {
    if let Some(score) = score("wire.jsonl") {
        holds_floors(&score, 1.0);
        assert_eq!(score.tongues.0, score.tongues.1, "language versions");
    }
}

#[test]
fn no_name_of_the_corpus_is_in_the_source() {
    let Ok(corpus) = corpus() else { return };
    let mut names = BTreeSet::new();
    for file in ["en.jsonl", "multi.jsonl", "wire.jsonl"] {
        for line in lines(&corpus.join(file)) {
            let persons = line.credits.into_iter().filter(|credit| credit.kind == "person");
            names.extend(persons.map(|credit| credit.name));
        }
    }
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let here = names.iter().filter(|name| has_word(&text, name));
            found.extend(here.map(|name| format!("{}: {name}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether a text has a name with no letter beside it.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}
