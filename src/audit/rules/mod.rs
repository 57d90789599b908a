//! One file a rule.

pub mod credit_changed;
pub mod credit_dropped;
pub mod credit_mismatch;
pub mod credit_unparsed;
pub mod exemption_expired;
pub mod language_pair_missing;
pub mod machine_translation_unreviewed;
pub mod missing_editor;
pub mod missing_reporter;
pub mod missing_translator;
pub mod name_variant;
pub mod no_editorial_responsibility;
pub mod review_outdated;
pub mod reviewer_is_translator;
pub mod source_retracted;
pub mod source_unpinned;
pub mod source_unresolved;
pub mod stale_translation;
pub mod substantive_change_without_note;
pub mod text_changed_unrecorded;
pub mod time_anomaly;
pub mod translator_edits_own_work;
pub mod uncredited_translation;
pub mod unknown_person;
