//! How far apart two texts are.

use crate::text::digest::Digest;
use crate::text::loose;
use crate::text::profile::Text;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// How far apart two texts are, from nearest to farthest.
    Verdict, "verdict", {
        /// The same bytes.
        Identical = "identical",
        /// The same under `text-1`.
        SameText = "same_text",
        /// The same under `text-1-loose`: quotes, dashes or spacing differ.
        Typography = "typography",
        /// Different.
        Changed = "changed",
        /// Nothing to compare with.
        Unknown = "unknown",
    }
}

/// The verdict on a text against the digests of another.
pub fn by_digests(text: &Text, digest: Digest, loose_digest: Digest) -> Verdict {
    if text.digest() == digest {
        Verdict::SameText
    } else if loose::digest(text) == loose_digest {
        Verdict::Typography
    } else {
        Verdict::Changed
    }
}

/// The verdict on two texts.
pub fn of_texts(old: &Text, new: &Text) -> Verdict {
    if old == new {
        Verdict::SameText
    } else if loose::fold(old) == loose::fold(new) {
        Verdict::Typography
    } else {
        Verdict::Changed
    }
}
