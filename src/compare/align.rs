//! Aligns the paragraphs of two texts by their digests.
//!
//! Equal paragraphs in order are the frame (Myers' algorithm, O((n+m)·d)); what lies between two
//! of them is paired in order. Paragraphs that went and came with the same digest have moved.
//! Where the old text is at hand, runs that say the same in another number of paragraphs are
//! splits and merges.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::digest::Digest;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What happened to a paragraph.
    Kind, "kind of change", {
        /// Its words changed.
        Changed = "changed",
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It stands elsewhere.
        Moved = "moved",
        /// It became several.
        Split = "split",
        /// Several became one.
        Merged = "merged",
        /// It is gone with everything after it.
        Cut = "cut",
    }
}

/// A change of paragraphs. Numbers count from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The paragraph's place in the old text, or the first one's.
    pub old: Option<usize>,
    /// Its place in the new text, or the first one's.
    pub new: Option<usize>,
}

/// The paragraphs of one side.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Their digests.
    pub digests: &'a [Digest],
    /// Their texts, where they are at hand: then as many as digests.
    pub texts: Option<&'a [&'a str]>,
}

/// How two texts differ, paragraph by paragraph, in the order of the new one.
pub fn align(old: Side<'_>, new: Side<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old.digests, new.digests) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                changes.extend(removed(old_index..old_index + old_len));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                changes.extend(added(new_index..new_index + new_len));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (gone, come) = (old_index..old_index + old_len, new_index..new_index + new_len);
                match one_and_many(old, new, &gone, &come) {
                    Some(kind) => {
                        changes.push(Change { kind, old: Some(old_index), new: Some(new_index) });
                    }
                    None => changes.extend(paired(&gone, &come)),
                }
            }
        }
    }
    find_moves(&mut changes, old.digests, new.digests);
    find_cut(&mut changes, old.digests.len());
    changes
}

fn removed(places: std::ops::Range<usize>) -> impl Iterator<Item = Change> {
    places.map(|place| Change { kind: Kind::Removed, old: Some(place), new: None })
}

fn added(places: std::ops::Range<usize>) -> impl Iterator<Item = Change> {
    places.map(|place| Change { kind: Kind::Added, old: None, new: Some(place) })
}

/// Pairs what went with what came, in order.
fn paired(gone: &std::ops::Range<usize>, come: &std::ops::Range<usize>) -> Vec<Change> {
    let both = gone.len().min(come.len());
    let changed = gone.clone().zip(come.clone()).map(|(old, new)| Change {
        kind: Kind::Changed,
        old: Some(old),
        new: Some(new),
    });
    changed
        .chain(removed(gone.start + both..gone.end))
        .chain(added(come.start + both..come.end))
        .collect()
}

/// Whether one paragraph became several with the same words, or several one.
fn one_and_many(
    old: Side<'_>,
    new: Side<'_>,
    gone: &std::ops::Range<usize>,
    come: &std::ops::Range<usize>,
) -> Option<Kind> {
    let kind = match (gone.len(), come.len()) {
        (1, 2..) => Kind::Split,
        (2.., 1) => Kind::Merged,
        _ => return None,
    };
    let words = |side: Side<'_>, places: &std::ops::Range<usize>| {
        let texts = side.texts?.get(places.clone())?;
        Some(texts.join(" "))
    };
    (words(old, gone)? == words(new, come)?).then_some(kind)
}

/// Turns a removal and an addition of the same paragraph into a move.
fn find_moves(changes: &mut Vec<Change>, old: &[Digest], new: &[Digest]) {
    let mut gone: HashMap<Digest, Vec<usize>> = HashMap::new();
    for (at, change) in changes.iter().enumerate().rev() {
        if let (Kind::Removed, Some(digest)) =
            (change.kind, change.old.and_then(|place| old.get(place)))
        {
            gone.entry(*digest).or_default().push(at);
        }
    }
    let mut taken = Vec::new();
    let mut moves = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let digest = change.new.filter(|_| change.kind == Kind::Added).and_then(|n| new.get(n));
        if let Some(from) = digest.and_then(|digest| gone.get_mut(digest)).and_then(Vec::pop) {
            taken.push(from);
            moves.push((at, from));
        }
    }
    for (at, from) in moves {
        let old = changes.get(from).and_then(|change| change.old);
        if let Some(change) = changes.get_mut(at) {
            *change = Change { kind: Kind::Moved, old, new: change.new };
        }
    }
    taken.sort_unstable();
    let mut at = 0;
    changes.retain(|_| {
        at += 1;
        taken.binary_search(&(at - 1)).is_err()
    });
}

/// Calls removals a cut where only the text's end is missing.
fn find_cut(changes: &mut [Change], old_len: usize) {
    let first = changes.first().and_then(|change| change.old);
    let only_the_end = changes.iter().all(|change| change.kind == Kind::Removed)
        && first.is_some_and(|first| old_len - first == changes.len());
    if only_the_end {
        for change in changes {
            change.kind = Kind::Cut;
        }
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(
            changes(&["x", "a", "b", "y"], &["x", "a b", "y"]),
            [(Merged, Some(1), Some(1))]
        );
    }
}
