//! Which blocks have the form of prose, and what their words are told from.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::credit::fold::{Folded, fold, fold_ascii};
use crate::text::profile::{self, Text};

/// The shortest block that is looked at, in bytes.
const MIN_BYTES: usize = 60;

/// What is known of a text before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::credit) enum Form {
    /// It is part of a text in canonical form.
    Canonical,
    Unknown,
}

/// A block, folded, whose words are enough to tell what it is.
pub(super) fn fold_prose(block: &str, form: Form) -> Option<Folded> {
    let bytes = block.as_bytes();
    if block.len() < MIN_BYTES {
        return None;
    }
    debug_assert!(form == Form::Unknown || Text::new(block).as_str() == block, "it is canonical");
    let canonical = form == Form::Canonical || profile::is_canonical(block);
    // Addresses, tags and rates are read in ways of their own, and so are brackets around it all.
    let own = memchr::memchr3(b'@', b'<', b'=', bytes).is_some()
        || memchr::memchr2(b'_', b'\n', bytes).is_some()
        || memchr::memmem::find(bytes, b"://").is_some()
        || !canonical && block.contains(profile::is_line_break)
        || block.starts_with(['(', '[', '（', '［', '【']);
    if own || !canonical && !ComposingNormalizerBorrowed::new_nfc().is_normalized(block) {
        return None;
    }
    // No line break is in it: that was asked above.
    Some(if canonical && block.is_ascii() { fold_ascii(block) } else { fold(block) })
}
