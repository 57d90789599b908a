//! Digests of a text's paragraphs, so that a change can be placed without keeping the text.

use super::digest::Digest;
use super::profile::{self, Text};

/// The most digests that are made of one text.
///
/// 512 digests of 64 digits with quotes, comma and space are 34,816 bytes, which leaves 30,719 of
/// a record's 65,535 to all else.
pub const MAX_DIGESTS: usize = 512;

/// The digests of a text's paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraphs {
    count: usize,
    digests: Vec<Digest>,
}

impl Paragraphs {
    /// Digests the paragraphs of `text`: each by itself, or, above [`MAX_DIGESTS`], each run of
    /// ⌈n / 512⌉ of them joined by LF.
    pub fn of(text: &Text) -> Self {
        let lines: Vec<&str> = text.paragraphs().collect();
        let digests = lines.chunks(run_length(lines.len())).map(digest).collect();
        Self { count: lines.len(), digests }
    }

    /// Puts together what a record states.
    ///
    /// Returns `None` where the digests are not as many as `count` paragraphs make.
    pub fn from_parts(count: usize, digests: Vec<Digest>) -> Option<Self> {
        (count.div_ceil(run_length(count)) == digests.len()).then_some(Self { count, digests })
    }

    /// The number of paragraphs.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many paragraphs a digest covers; the last may cover fewer.
    pub fn run_length(&self) -> usize {
        run_length(self.count)
    }

    /// The digests, in order.
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }
}

/// The digest of a run of paragraphs: SHA-256(`text-1` ‖ 0x00 ‖ the run, joined by LF).
pub fn digest(run: &[&str]) -> Digest {
    match run {
        [line] => Digest::labelled(profile::NAME, line.as_bytes()),
        run => Digest::labelled(profile::NAME, run.join("\n").as_bytes()),
    }
}

/// k = ⌈n / 512⌉, and 1 for an empty text.
fn run_length(count: usize) -> usize {
    count.div_ceil(MAX_DIGESTS).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(paragraphs: usize) -> Text {
        Text::new(&(0..paragraphs).map(|n| format!("{n}\n")).collect::<String>())
    }

    #[test]
    fn a_digest_each_up_to_the_limit_and_runs_above() {
        for (count, digests, run) in
            [(0, 0, 1), (1, 1, 1), (512, 512, 1), (513, 257, 2), (1024, 512, 2), (1025, 342, 3)]
        {
            let made = Paragraphs::of(&text(count));
            assert_eq!(
                (made.count(), made.digests().len(), made.run_length()),
                (count, digests, run)
            );
            let lines: Vec<String> = (0..count).map(|n| n.to_string()).collect();
            let joined = |lines: &[String]| Text::new(&lines.join("\n")).digest();
            let runs: Vec<Digest> = lines.chunks(run).map(joined).collect();
            assert_eq!(made.digests(), runs, "{count}");
            assert_eq!(Paragraphs::from_parts(count, made.digests.clone()), Some(made));
        }
        assert_eq!(Paragraphs::from_parts(3, vec![]), None);
    }

    #[test]
    fn a_single_paragraph_has_the_digest_of_its_text() {
        let text = Text::new("one");
        assert_eq!(Paragraphs::of(&text).digests(), [text.digest()]);
    }
}
