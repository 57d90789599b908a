//! One file a rule.

pub mod credit_mismatch;
pub mod credit_unparsed;
pub mod language_pair_missing;
pub mod machine_translation_unreviewed;
pub mod missing_editor;
pub mod review_outdated;
pub mod reviewer_is_translator;
pub mod source_retracted;
pub mod source_unpinned;
pub mod source_unresolved;
pub mod stale_translation;
pub mod translator_edits_own_work;
pub mod uncredited_translation;
