//! Whether a passage stands in a text, in these words.
//!
//! A passage is found where it stands as it is, or but for typography (`text-1-loose`), whichever
//! paragraphs it runs over, from the beginning of a word to the end of one. A changed, missing or
//! added word, figure or sign is another passage.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::compare::verdict::Verdict;
use crate::record::fields::Record;
use crate::text::digest::Digest;
use crate::text::loose;
use crate::text::profile::Text;

/// The fewest words of a passage by which an index finds it ([`fingerprints`]).
pub const MIN_WORDS: usize = WORDS + WINDOW - 1;

/// How many words a fingerprint is of.
const WORDS: usize = 4;

/// Of how many fingerprints in a row at least one is taken.
const WINDOW: usize = 5;

/// A passage that is looked for.
#[derive(Debug, Clone)]
pub struct Passage {
    text: Text,
    /// On one line.
    exact: String,
    /// The same, folded.
    folded: String,
}

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The number of the paragraph in which it begins, from 1.
    pub paragraph: usize,
    /// `SameText`, or `Typography`.
    pub verdict: Verdict,
}

impl Passage {
    /// A passage; `None` where it has no word.
    pub fn new(text: &str) -> Option<Self> {
        let text = Text::new(text);
        text.as_str().unicode_words().next()?;
        let (exact, folded) = (on_a_line(text.as_str()), on_a_line(&loose::fold(&text)));
        Some(Self { text, exact, folded })
    }

    /// The passage in canonical form.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Its fingerprints, of which each text that has it has all; `None` where it has too few words.
    pub fn fingerprints(&self) -> Option<Vec<u64>> {
        let enough = self.folded.unicode_words().count() >= MIN_WORDS;
        enough.then(|| fingerprints(&self.text))
    }

    /// Where the passage stands in a text.
    pub fn find(&self, text: &Text) -> Option<Found> {
        let exact = place(&on_a_line(text.as_str()), &self.exact);
        let folded = if exact.is_some() { Cow::Borrowed(text.as_str()) } else { loose::fold(text) };
        let (at, verdict) = match exact {
            Some(at) => (at, Verdict::SameText),
            None => (place(&on_a_line(&folded), &self.folded)?, Verdict::Typography),
        };
        // Neither putting it on a line nor folding takes paragraphs apart or together.
        let before = folded.get(..at).unwrap_or_default();
        Some(Found { paragraph: before.matches('\n').count() + 1, verdict })
    }

    /// Where the passage stands in a recorded text that is not at hand: as whole paragraphs, by
    /// their digests.
    pub fn find_by_digests(&self, record: &Record) -> Option<Found> {
        let paragraph = whole_paragraphs(&self.text, single_paragraphs(record)?)?;
        Some(Found { paragraph, verdict: Verdict::SameText })
    }
}

/// The digests of a record's paragraphs, where each is of one.
pub fn single_paragraphs(record: &Record) -> Option<&[Digest]> {
    let text = record.text.as_ref()?;
    let single = usize::try_from(text.paragraph_count) == Ok(text.paragraphs.len());
    single.then_some(text.paragraphs.as_slice())
}

/// The number, from 1, of the first of the paragraphs that a passage is, whole and in a row.
pub fn whole_paragraphs(passage: &Text, paragraphs: &[Digest]) -> Option<usize> {
    let quoted: Vec<_> = passage.paragraphs().map(|p| Text::new(p).digest()).collect();
    let at = paragraphs.windows(quoted.len().max(1)).position(|run| run == quoted)?;
    Some(at + 1)
}

/// A text's fingerprints: hashes of four words in a row, of each five in a row the smallest
/// (winnowing: S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document
/// Fingerprinting", 2003). So two texts that share eight words in a row share a fingerprint, and a
/// text has one for about three words. Words are those of the folded text; in scripts without
/// spaces they are characters (UAX #29). Each is given once, sorted.
pub fn fingerprints(text: &Text) -> Vec<u64> {
    let line = on_a_line(&loose::fold(text));
    let words: Vec<u64> = line.unicode_words().map(word_hash).collect();
    let hashes: Vec<u64> = words.windows(WORDS).map(shingle_hash).collect();
    let smallest = hashes.windows(WINDOW).filter_map(|window| window.iter().min().copied());
    let mut taken: Vec<u64> = smallest.collect();
    taken.sort_unstable();
    taken.dedup();
    taken
}

/// FNV-1a over a word's bytes.
fn word_hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The words' hashes in order, mixed so that each bit depends on all (the finaliser of `SplitMix64`).
fn shingle_hash(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash: u64, word| {
        let mut mixed = (hash.rotate_left(23) ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    })
}

/// Paragraphs on one line; places stay as they are.
fn on_a_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// The first place where a passage stands from the beginning of a word to the end of one.
fn place(line: &str, passage: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = line.get(from..)?.find(passage).map(|at| from + at) {
        if is_boundary(line, at) && is_boundary(line, at + passage.len()) {
            return Some(at);
        }
        from = at + line.get(at..)?.chars().next()?.len_utf8();
    }
    None
}

/// Whether no word goes on over a place. Looked at in a little of the text around it.
fn is_boundary(line: &str, at: usize) -> bool {
    const AROUND: usize = 64;
    let mut start = at.saturating_sub(AROUND);
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    let around = line.get(start..).unwrap_or_default();
    let mut bounds = around.split_word_bound_indices().map(|(bound, _)| start + bound);
    at == line.len() || bounds.find(|bound| *bound >= at) == Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "The council met on Monday and “counted” 1,204 boats at the old quay — twice.\n\
                        Nobody was surprised, the harbour master said on the quay.";

    fn find(passage: &str, body: &str) -> Option<(usize, Verdict)> {
        let found = Passage::new(passage).unwrap().find(&Text::new(body))?;
        Some((found.paragraph, found.verdict))
    }

    #[test]
    fn a_passage_is_found_in_its_words_alone() {
        let same = |paragraph| Some((paragraph, Verdict::SameText));
        assert_eq!(find("council met on Monday", BODY), same(1));
        assert_eq!(find("Nobody was surprised, the harbour", BODY), same(2));
        assert_eq!(find("at the old quay — twice. Nobody was", BODY), same(1));
        assert_eq!(find("twice.\n\nNobody\u{A0}was", BODY), same(1));
        assert_eq!(find("and \"counted\" 1,204", BODY), Some((1, Verdict::Typography)));
        for other in [
            "council met on Tuesday",
            "council met Monday",
            "council has met on Monday",
            "ouncil met on Monday",
            "council met on Mon",
            "1,20",
            "204 boats",
            "Council met on Monday",
            "nobody was surprised",
            "surprised the harbour",
        ] {
            assert_eq!(find(other, BODY), None, "{other}");
        }
        assert!(Passage::new(" — …").is_none());
    }

    #[test]
    fn scripts_without_spaces_are_found_by_character() {
        let body = "渡し船は夜明け前に四十人を乗せて北の桟橋を出た。";
        assert_eq!(find("四十人を乗せて", body), Some((1, Verdict::SameText)));
        assert_eq!(find("五十人を乗せて", body), None);
        let thai = "นายกรัฐมนตรีไม่ไปเชียงใหม่ในวันจันทร์";
        assert_eq!(find("ไม่ไปเชียงใหม่", thai), Some((1, Verdict::SameText)));
        assert_eq!(find("ไปเชียงราย", thai), None);
    }

    #[test]
    fn eight_words_in_a_row_share_a_fingerprint() {
        let words: Vec<String> = (0..300).map(|n| format!("w{}", n * n % 97)).collect();
        let text = Text::new(&words.join(" "));
        let all = fingerprints(&text);
        assert!(all.len() < words.len() / 2, "{}", all.len());
        for run in words.windows(MIN_WORDS) {
            let passage = Passage::new(&run.join(" ")).unwrap();
            let prints = passage.fingerprints().unwrap();
            assert!(!prints.is_empty() && prints.iter().all(|print| all.contains(print)));
        }
        assert_eq!(Passage::new("only seven words are in this one").unwrap().fingerprints(), None);
    }
}
