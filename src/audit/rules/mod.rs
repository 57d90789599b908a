//! One file a rule.

pub mod credit_unparsed;
pub mod missing_editor;
pub mod source_unresolved;
pub mod translator_edits_own_work;
pub mod uncredited_translation;
