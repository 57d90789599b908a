//! What is told of paragraphs.

use super::*;

fn changes(old: &[&str], new: &[&str]) -> Vec<(Kind, Option<usize>, Option<usize>)> {
    let digests = |texts: &[&str]| -> Vec<Digest> {
        texts.iter().map(|text| Digest::of_bytes(text.as_bytes())).collect()
    };
    let (old_digests, new_digests) = (digests(old), digests(new));
    align(
        Side { digests: &old_digests, texts: Some(old) },
        Side { digests: &new_digests, texts: Some(new) },
    )
    .into_iter()
    .map(|change| (change.kind, change.old, change.new))
    .collect()
}

#[test]
fn each_kind_is_told() {
    use Kind::{Added, Changed, Cut, Merged, Moved, Removed, Split};
    assert_eq!(changes(&["a", "b"], &["a", "b"]), []);
    assert_eq!(changes(&["a", "b", "c"], &["a", "x", "c"]), [(Changed, Some(1), Some(1))]);
    assert_eq!(changes(&["a", "c"], &["a", "b", "c"]), [(Added, None, Some(1))]);
    assert_eq!(changes(&["a", "b", "c"], &["a", "c"]), [(Removed, Some(1), None)]);
    assert_eq!(changes(&["a", "b", "c"], &["c", "a", "b"]), [(Moved, Some(2), Some(0))]);
    assert_eq!(
        changes(&["a", "b", "c", "d"], &["a", "b"]),
        [(Cut, Some(2), None), (Cut, Some(3), None)]
    );
    assert_eq!(changes(&["x", "a b", "y"], &["x", "a", "b", "y"]), [(Split, Some(1), Some(1))]);
    assert_eq!(changes(&["x", "a", "b", "y"], &["x", "a b", "y"]), [(Merged, Some(1), Some(1))]);
}

const A: &str = "The ferry left the northern quay before sunrise with forty people on board.";
const B: &str = "A storm warning had been in force since midnight, the harbour office said.";
const C: &str = "Two tugs brought the vessel back when its engine failed off the lighthouse.";
const D: &str =
    "Nobody was hurt, and the crossing will resume once divers have looked at the hull.";

/// The kinds and places, by digests alone.
fn without_texts(old: &[&str], new: &[&str]) -> Vec<(Kind, Option<usize>, Option<usize>)> {
    let digests = |texts: &[&str]| -> Vec<Digest> {
        texts.iter().map(|text| Digest::of_bytes(text.as_bytes())).collect()
    };
    let (old, new) = (digests(old), digests(new));
    let changes = align(Side { digests: &old, texts: None }, Side { digests: &new, texts: None });
    changes.into_iter().map(|change| (change.kind, change.old, change.new)).collect()
}

#[test]
fn an_inserted_paragraph_shifts_no_pairs() {
    use Kind::{Added, Changed, Removed};
    let (b, c) = (B.replace("midnight", "noon"), C.replace("Two", "Three"));
    let added = "Passengers were given blankets and tea by the crew during the long wait.";
    assert_eq!(
        changes(&[A, B, C, D], &[A, added, &b, &c, D]),
        [(Added, None, Some(1)), (Changed, Some(1), Some(2)), (Changed, Some(2), Some(3))]
    );
    assert_eq!(
        changes(&[A, added, B, C, D], &[A, &b, &c, D]),
        [(Removed, Some(1), None), (Changed, Some(2), Some(1)), (Changed, Some(3), Some(2))]
    );
    // Digests alone can't tell which of the three is new.
    assert_eq!(
        without_texts(&[A, B, C, D], &[A, added, &b, &c, D]),
        [(Changed, Some(1), Some(1)), (Changed, Some(2), Some(2)), (Added, None, Some(3))]
    );
}

#[test]
fn an_edited_paragraph_can_move() {
    let b = B.replace("midnight", "noon");
    assert_eq!(changes(&[A, B, C, D], &[A, C, D, &b]), [(Kind::Moved, Some(1), Some(3))]);
    assert_eq!(without_texts(&[A, B, C, D], &[A, C, D, B]), [(Kind::Moved, Some(1), Some(3))]);
}

#[test]
fn a_split_or_merged_paragraph_can_be_edited() {
    let old = format!("{A} {B} {C}");
    let (a, c) = (A.replace("forty", "fifty"), C.replace("Two", "Three"));
    assert_eq!(changes(&[&old, D], &[&a, B, &c, D]), [(Kind::Split, Some(0), Some(0))]);
    assert_eq!(changes(&[&a, B, &c, D], &[&old, D]), [(Kind::Merged, Some(0), Some(0))]);
}

#[test]
fn a_cut_is_one_only_at_the_end() {
    use Kind::{Added, Changed, Cut, Removed};
    let b = B.replace("midnight", "noon");
    assert_eq!(
        changes(&[A, B, C, D], &[A, &b]),
        [(Changed, Some(1), Some(1)), (Cut, Some(2), None), (Cut, Some(3), None)]
    );
    assert_eq!(changes(&[A, B], &[]), [(Cut, Some(0), None), (Cut, Some(1), None)]);
    let other =
        "An entirely separate notice about tomorrow's timetable followed in small print below.";
    assert_eq!(changes(&[A, B], &[A, other]), [(Removed, Some(1), None), (Added, None, Some(1))]);
}

#[test]
fn every_paragraph_is_told_of_once() {
    // A few words over and over, so that everything resembles everything.
    let words = ["ferry", "storm", "quay", "crew", "hull", "and", "the"];
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 40).unwrap()
    };
    for _ in 0..300 {
        let mut text = || -> Vec<String> {
            (0..next() % 9)
                .map(|_| (0..=next() % 12).map(|_| words[next() % 7]).collect::<Vec<_>>().join(" "))
                .collect()
        };
        let (old, new) = (text(), text());
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let digests = |texts: &[&str]| -> Vec<Digest> {
            texts.iter().map(|text| Digest::of_bytes(text.as_bytes())).collect()
        };
        let (old_digests, new_digests) = (digests(&old), digests(&new));
        let changes = align(
            Side { digests: &old_digests, texts: Some(&old) },
            Side { digests: &new_digests, texts: Some(&new) },
        );
        let mut seen_old = vec![0; old.len()];
        let mut seen_new = vec![0; new.len()];
        for change in &changes {
            change.old_places().for_each(|at| seen_old[at] += 1);
            change.new_places().for_each(|at| seen_new[at] += 1);
        }
        assert!(seen_old.iter().chain(&seen_new).all(|times| *times <= 1), "{old:?} {new:?}");
        // What is told of nowhere is equal, and in order.
        let kept = |texts: &[&str], seen: &[i32]| -> Vec<String> {
            texts.iter().zip(seen).filter(|(_, n)| **n == 0).map(|(t, _)| (*t).to_owned()).collect()
        };
        assert_eq!(kept(&old, &seen_old), kept(&new, &seen_new));
    }
}
