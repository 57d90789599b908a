//! Puts right what a writer left unfinished. Only the lock's holder calls it.

use super::durable;
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use super::lock::Lock;
use crate::text::digest::Digest;
use crate::verify::journal::{Torn, VerifiedJournal};

/// Rewrites the journal beyond the checkpoint after a writer that didn't finish, and sets aside
/// a torn tail. Returns the file that the tail was put into, if there was one.
///
/// After a failed fdatasync the page cache may show bytes that are not on disk; writing them anew,
/// with an fsync that succeeds, is the only way to know that they are.
pub(crate) fn recover(
    layout: &Layout,
    lock: &mut Lock,
    journal: &VerifiedJournal,
) -> Result<Option<String>, StoreError> {
    let set_aside = match journal.torn() {
        Some(torn) => Some(set_aside(layout, torn)?),
        None => None,
    };
    if lock.is_dirty() {
        let last = journal.size().saturating_sub(1);
        for number in journal::file_of(journal.signed_size())..=journal::file_of(last) {
            let bytes = journal::read_file(layout, number)?;
            if !bytes.is_empty() {
                durable::replace(&layout.entry_file(number), &bytes)?;
            }
        }
        lock.mark_clean()?;
    }
    Ok(set_aside)
}

/// Moves a torn tail out of the journal: a copy first, then the file without it. A crash between
/// the two leaves both, and the next writer does the same again.
fn set_aside(layout: &Layout, torn: &Torn) -> Result<String, StoreError> {
    let path = layout.root().join(&torn.file);
    let bytes = durable::read(&path)?.unwrap_or_default();
    let tail = bytes.get(torn.span.start()..torn.span.end()).unwrap_or_default();
    // The digest keeps a second tail at the same place from replacing the first.
    let digest = Digest::of_bytes(tail).to_string();
    let name = format!(
        "{}-{}-{}.torn",
        torn.file.replace('/', "-"),
        torn.span.start(),
        digest.get(..8).unwrap_or_default()
    );
    let aside = layout.recovered().join(name);
    durable::replace(&aside, tail)?;
    let kept = bytes.get(..torn.span.start()).unwrap_or_default();
    if kept.is_empty() {
        durable::cut(&path, 0)?;
    } else {
        durable::replace(&path, kept)?;
    }
    Ok(layout.name(&aside))
}
