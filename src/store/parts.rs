//! A whole log in parts: checked first, then read again family by family, so that memory is for the
//! largest of them and not for the log.

use super::error::StoreError;
use super::layout::Layout;
use super::open::{self, Checked};
use super::places::Places;
use crate::lineage::families::{Families, Tying};
use crate::lineage::graph::Graph;
use crate::log::key::VerifierKey;
use crate::record::decode::is_newer;
use crate::verify::scan::Scanned;

/// How many records a part has at least: as many as a journal file.
const PART: usize = 4096;

/// A log that was checked as a whole, to be gone through in parts.
#[derive(Debug)]
pub struct Parts {
    /// What was checked.
    pub checked: Checked,
    places: Places,
    families: Families,
    /// How many records are of a newer format.
    pub not_understood: usize,
}

/// Checks a whole log, and finds out which records belong together.
///
/// # Errors
///
/// As [`open::check`].
pub fn parts(layout: &Layout, verifier: &VerifierKey) -> Result<Parts, StoreError> {
    let tying = Tying::default();
    let read = |index, record: Scanned<'_>| {
        let knots = tying.knots(index, &record.leaf, record.bytes);
        (record.span, is_newer(record.bytes), knots)
    };
    let mut all = Vec::new();
    let checked = open::in_order(open::walk(layout, verifier, read, &mut all)?)?;
    let places: Places = all.iter().map(|(span, ..)| *span).collect();
    let not_understood = all.iter().filter(|(_, newer, _)| *newer).count();
    let knots = all.into_iter().flat_map(|(.., knots)| knots).collect();
    let families = Families::new(places.count(), knots);
    Ok(Parts { checked, places, families, not_understood })
}

impl Parts {
    /// The articles of families with a record from the index `since` on, some at a time: with each
    /// come all that it leads to.
    ///
    /// # Errors
    ///
    /// If a record can't be read, is another now, or is not in the form that its format asks for.
    pub fn read(
        &self,
        layout: &Layout,
        since: u64,
    ) -> impl Iterator<Item = Result<Graph, StoreError>> {
        self.families.parts(PART, since).map(|mut records| {
            records.sort_unstable();
            let entry = |index, leaf, bytes: &[u8]| open::entry(layout, index, leaf, bytes);
            let entries = self.places.read(layout, &self.checked.leaves, &records, entry)?;
            Ok(Graph::part(entries, self.checked.journal.size()))
        })
    }
}
