//! How far apart two texts are.

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
