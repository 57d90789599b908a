//! Which paragraphs of a translation say what a paragraph of its source said.
//!
//! Told by position and length alone: a translation keeps the order of its source's paragraphs, and
//! long ones stay long (W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual
//! Corpora", 1993). Nothing is said where that doesn't tell.

use std::ops::RangeInclusive;

use super::stale::{Changed, Texts, kept};
use crate::record::fields::Record;
use crate::text::profile::Text;

/// Paragraphs by number, from 1.
pub type Places = RangeInclusive<usize>;

/// The most pairs of paragraphs that are looked at: two articles of 1,000.
const MAX_PAIRS: usize = 1_000_000;

/// The variance of the length of a translated character, as Gale and Church measured it.
const VARIANCE: f64 = 6.8;

/// Fills in, for each changed paragraph of the source, where the translation has it.
pub(super) fn find(
    changes: &mut [Changed],
    source: &Record,
    translation: &Record,
    texts: &Texts<'_>,
) {
    if changes.is_empty() {
        return;
    }
    let (Some(source), Some(translation)) = (&source.text, &translation.text) else { return };
    let texts = kept(source, texts).zip(kept(translation, texts));
    let pairs = match texts {
        Some((source, translation)) => aligned(&lengths(&source), &lengths(&translation)),
        // Without the texts, only the same number of paragraphs tells.
        None if source.paragraph_count == translation.paragraph_count => {
            let count = usize::try_from(source.paragraph_count).unwrap_or_default();
            (0..count).map(|place| (place..place + 1, place..place + 1)).collect()
        }
        None => Vec::new(),
    };
    for change in changes {
        let Some(old) = change.paragraph.old.and_then(|number| number.checked_sub(1)) else {
            continue;
        };
        let olds = old..old + change.paragraph.olds.max(1);
        let mut there = pairs
            .iter()
            .filter(|(source, _)| source.start < olds.end && olds.start < source.end)
            .map(|(_, translation)| translation.clone())
            .filter(|places| !places.is_empty());
        if let Some(first) = there.next() {
            let last = there.next_back().unwrap_or_else(|| first.clone());
            change.in_translation = Some(first.start + 1..=last.end);
        }
    }
}

/// The paragraphs' lengths in characters.
fn lengths(text: &Text) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "no paragraph has 2^52 characters")]
    let length = |paragraph: &str| paragraph.chars().count() as f64;
    text.paragraphs().map(length).collect()
}

type Pair = (std::ops::Range<usize>, std::ops::Range<usize>);

/// The ways in which paragraphs go over into a translation, and what each costs beside the
/// lengths: as it is, left out, added, two in one, one in two: the negative logarithm of how often Gale and Church saw it.
const BEADS: [(usize, usize, f64); 5] =
    [(1, 1, 0.1), (1, 0, 5.3), (0, 1, 5.3), (2, 1, 3.1), (1, 2, 3.1)];

/// The cheapest way over from one text's paragraphs to the other's.
fn aligned(source: &[f64], translation: &[f64]) -> Vec<Pair> {
    let (rows, columns) = (source.len() + 1, translation.len() + 1);
    let total: f64 = source.iter().sum();
    if rows.saturating_mul(columns) > MAX_PAIRS || total <= 0.0 {
        return Vec::new();
    }
    let ratio = translation.iter().sum::<f64>() / total;
    // What the way to each pair of places costs, and its last bead.
    let mut best = vec![(f64::INFINITY, 0); rows * columns];
    for (at, place) in (0..rows * columns).map(|at| (at / columns, at % columns)).enumerate() {
        let (row, column) = place;
        let mut cheapest = if at == 0 { (0.0, 0) } else { (f64::INFINITY, 0) };
        for (bead, (down, right, price)) in BEADS.into_iter().enumerate() {
            let (Some(up), Some(left)) = (row.checked_sub(down), column.checked_sub(right)) else {
                continue;
            };
            let Some((before, _)) = best.get(up * columns + left) else { continue };
            let sum = |lengths: &[f64], from: usize, to: usize| {
                lengths.get(from..to).unwrap_or_default().iter().sum::<f64>()
            };
            let (old, new) = (sum(source, up, row), sum(translation, left, column));
            let cost = before + price + distance(old, new, ratio);
            if at > 0 && cost < cheapest.0 {
                cheapest = (cost, bead);
            }
        }
        if let Some(slot) = best.get_mut(at) {
            *slot = cheapest;
        }
    }
    let (mut row, mut column) = (rows - 1, columns - 1);
    let mut pairs = Vec::new();
    while let Some((down, right, _)) = best
        .get(row * columns + column)
        .filter(|_| row > 0 || column > 0)
        .and_then(|(_, bead)| BEADS.get(*bead))
    {
        let (up, left) = (row.saturating_sub(*down), column.saturating_sub(*right));
        pairs.push((up..row, left..column));
        (row, column) = (up, left);
    }
    pairs.reverse();
    pairs
}

/// How little two lengths go together: the squared deviation, in its variance's units.
fn distance(old: f64, new: f64, ratio: f64) -> f64 {
    if old == 0.0 || new == 0.0 {
        return 0.0;
    }
    let deviation = new - old * ratio;
    deviation * deviation / (VARIANCE * old.max(1.0) * ratio.max(0.1)) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_go_by_order_and_length() {
        let pairs = |source: &[f64], translation: &[f64]| -> Vec<(usize, usize)> {
            let found = aligned(source, translation);
            found.into_iter().map(|(old, new)| (old.len(), new.len())).collect()
        };
        assert_eq!(pairs(&[80.0, 20.0], &[100.0, 25.0]), [(1, 1), (1, 1)]);
        // The second and third are one in the translation.
        let merged = pairs(&[200.0, 90.0, 110.0, 300.0], &[220.0, 222.0, 335.0]);
        assert_eq!(merged, [(1, 1), (2, 1), (1, 1)]);
        assert_eq!(pairs(&[], &[10.0]), []);
    }
}
