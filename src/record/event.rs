//! What a record says happened, and whose text it is about.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Makes a closed vocabulary: an enum whose values are written in snake case, in records, in JSON
/// and on the command line alike.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$value_doc])* $value,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The word that stands for the value.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text,)+ }
            }

            /// The value that a word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// What happened.
    Event {
        /// The article was first recorded.
        Published = "published",
        /// Its text or its credits changed, with no reason given.
        Update = "update",
        /// Its text was corrected; the note says how.
        Correction = "correction",
        /// Its credits were corrected; the note says how.
        CreditCorrection = "credit_correction",
        /// A person reviewed a version.
        Review = "review",
        /// It was retracted.
        Retraction = "retraction",
        /// It was withdrawn.
        Withdrawal = "withdrawal",
        /// A source was linked to it later.
        Link = "link",
        /// It got another id.
        Alias = "alias",
        /// The log's key was changed. No article.
        Key = "key",
        /// Something kept outside the log was erased. No article.
        Erasure = "erasure",
    }
}

impl Event {
    /// Whether the record carries a text, and so makes a version.
    pub fn has_text(self) -> bool {
        matches!(self, Self::Published | Self::Update | Self::Correction | Self::CreditCorrection)
    }

    /// Whether the record is about the log itself, and so has no article fields.
    pub fn is_administrative(self) -> bool {
        matches!(self, Self::Key | Self::Erasure)
    }
}

vocabulary! {
    /// Where a text comes from, as far as is known.
    Origin {
        /// Written in this language.
        Original = "original",
        /// Translated into it.
        Translation = "translation",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Whose text it is.
    Standing {
        /// Ours: we published it.
        Own = "own",
        /// Somebody else's, that we saw.
        Observed = "observed",
        /// An archive's.
        Archive = "archive",
    }
}

vocabulary! {
    /// Where a credit was found.
    From {
        /// In a credit line.
        Line = "line",
        /// In the byline.
        Byline = "byline",
        /// In a format's metadata.
        Metadata = "metadata",
        /// Given by whoever recorded the article.
        Operator = "operator",
    }
}

vocabulary! {
    /// What a review covered.
    ReviewKind {
        /// All of the text against its source.
        Full = "full",
        /// Numbers only.
        Numbers = "numbers",
        /// Spelling only.
        Spelling = "spelling",
    }
}

vocabulary! {
    /// How a review ended.
    Outcome {
        /// Fit as it was.
        Approved = "approved",
        /// Fit after changes.
        Amended = "amended",
        /// Not fit.
        Rejected = "rejected",
    }
}

vocabulary! {
    /// What an erasure erased.
    Erased {
        /// A kept text.
        Text = "text",
        /// The opening of a sealed value.
        Seal = "seal",
    }
}
