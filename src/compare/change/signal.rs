//! A sign that a change is one of meaning.

use crate::compare::frame;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What kind of meaning a change touches, in the order in which an editor looks.
    Sign, "sign", {
        /// Other numbers, or in another order.
        Number = "number",
        /// Other names, or in another order.
        Name = "name",
        /// A negation came, went, or stands elsewhere.
        Negation = "negation",
        /// Other words in quotation marks.
        Quotation = "quotation",
        /// Sentences came or went.
        Sentence = "sentence",
    }
}

/// A sign, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// What kind of meaning.
    pub sign: Sign,
    /// What the old text has and the new one hasn't there, in order. Numbers are in ASCII digits.
    pub old: Vec<String>,
    /// What the new text has and the old one hadn't there.
    pub new: Vec<String>,
}

impl Signal {
    pub(super) fn new(sign: Sign, old: Vec<String>, new: Vec<String>) -> Self {
        Self { sign, old, new }
    }

    /// The sign, if the two lists differ.
    pub(super) fn of_lists(sign: Sign, old: &[String], new: &[String]) -> Option<Self> {
        let runs = frame::diff(old, new);
        let part = |list: &[String], range: &std::ops::Range<usize>| {
            list.get(range.clone()).unwrap_or_default().to_vec()
        };
        (!runs.is_empty()).then(|| Self {
            sign,
            old: runs.iter().flat_map(|run| part(old, &run.old)).collect(),
            new: runs.iter().flat_map(|run| part(new, &run.new)).collect(),
        })
    }
}
