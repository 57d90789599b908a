//! Puts right what a writer left unfinished. Only the lock's holder calls it.

use super::durable;
use super::error::StoreError;
use super::journal;
use super::layout::Layout;
use super::lock::Lock;
use crate::text::digest::Digest;
use crate::verify::journal::VerifiedJournal;

/// Sets aside a torn tail, and rewrites the journal beyond the checkpoint after a writer that didn't
/// finish. Returns the file that the tail was put into, if there was one.
pub(crate) fn recover(
    layout: &Layout,
    lock: &mut Lock,
    journal: &VerifiedJournal,
) -> Result<Option<String>, StoreError> {
    let aside = set_aside(layout, journal)?;
    rewrite(layout, lock, journal)?;
    Ok(aside)
}

/// Rewrites the journal beyond the checkpoint if the lock is dirty. Returns whether it was.
///
/// After a failed fdatasync the page cache may show bytes that are not on disk; writing them anew,
/// with an fsync that succeeds, is the only way to know that they are. A torn tail is written anew
/// with the rest.
pub(crate) fn rewrite(
    layout: &Layout,
    lock: &mut Lock,
    journal: &VerifiedJournal,
) -> Result<bool, StoreError> {
    if !lock.is_dirty() {
        return Ok(false);
    }
    // The tail may lie in a file of its own, after the last record's.
    for number in journal::file_of(journal.signed_size())..=journal::file_of(journal.size()) {
        let bytes = journal::read_file(layout, number)?;
        if !bytes.is_empty() {
            durable::replace(&layout.entry_file(number), &bytes)?;
        }
    }
    // A process that was killed may have made a directory for the journal, and not its name durable.
    durable::sync_directory(&layout.records())?;
    // ftruncate of the mark: a crash before it leaves the journal to be rewritten once more.
    lock.mark_clean()?;
    Ok(true)
}

/// Moves a torn tail out of the journal: a copy first, then the file without it. A crash between
/// the two leaves both, and the next writer does the same again.
///
/// Returns the file that the tail was put into; `None` if there was none, or nothing but an empty
/// file, which is removed.
pub(crate) fn set_aside(
    layout: &Layout,
    journal: &VerifiedJournal,
) -> Result<Option<String>, StoreError> {
    let Some(torn) = journal.torn() else { return Ok(None) };
    let path = layout.root().join(&torn.file);
    let bytes = durable::read(&path, journal::MAX_FILE)?.unwrap_or_default();
    let tail = bytes.get(torn.span.start()..).unwrap_or_default();
    let aside = layout.recovered().join(name(&torn.file, torn.span.start(), tail));
    if !tail.is_empty() {
        durable::replace(&aside, tail)?;
    }
    let kept = bytes.get(..torn.span.start()).unwrap_or_default();
    if kept.is_empty() {
        durable::cut(&path, 0)?;
    } else {
        durable::replace(&path, kept)?;
    }
    Ok((!tail.is_empty()).then(|| layout.name(&aside)))
}

/// The name of a tail that was set aside: where it lay, and the beginning of its digest, which
/// keeps a second tail at the same place from replacing the first.
fn name(file: &str, start: usize, tail: &[u8]) -> String {
    let digest = Digest::of_bytes(tail).to_string();
    let digest = digest.get(..8).unwrap_or_default();
    format!("{}-{start}-{digest}.torn", file.replace('/', "-"))
}

/// Whether a file in `records/recovered/` holds what its name says.
pub(crate) fn is_set_aside(name: &str, tail: &[u8]) -> bool {
    let stated = name.strip_suffix(".torn").and_then(|name| name.rsplit_once('-'));
    let digest = Digest::of_bytes(tail).to_string();
    stated.is_some_and(|(_, stated)| stated.len() == 8 && digest.starts_with(stated))
}
