//! What a record says happened, and whose text it is about.

use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What happened.
    Event, "event", {
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
    Origin, "origin", {
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
    Standing, "standing", {
        /// Ours: we published it.
        Own = "own",
        /// Somebody else's, that we saw.
        Observed = "observed",
        /// An archive's.
        Archive = "archive",
    }
}

vocabulary! {
    /// What a review covered.
    ReviewKind, "kind of review", {
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
    Outcome, "outcome", {
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
    Erased, "erased thing", {
        /// A kept text.
        Text = "text",
        /// The opening of a sealed value.
        Seal = "seal",
    }
}
