//! `records/checkpoint.witnessed`: the newest checkpoint that carries its quorum.

use super::durable;
use super::error::StoreError;
use super::layout::Layout;
use super::open::Checked;
use crate::log::checkpoint::{CheckpointError, MAX_BYTES, SignedCheckpoint};
use crate::log::cosign::{Cosignature, Quorum};
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::growth;

/// A checkpoint of this log with the cosignatures of its witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// How many records it covers.
    pub size: u64,
    /// The cosignatures of those that are trusted; at least as many as the quorum needs.
    pub by: Vec<Cosignature>,
}

/// Reads what a log's witnesses have cosigned, and compares it with the log; `None` where nothing
/// is witnessed by a quorum.
///
/// # Errors
///
/// If the file can't be read; a [`StoreError::Faults`] if it is not this log's, or carries a line
/// in a trusted witness's name that is not its cosignature.
pub fn read(
    layout: &Layout,
    checked: &Checked,
    quorum: &Quorum,
) -> Result<Option<Witnessed>, StoreError> {
    let path = layout.witnessed();
    let Some(bytes) = durable::read(&path, MAX_BYTES)? else { return Ok(None) };
    let fault =
        |kind, message: String| StoreError::fault(Fault::new(kind, layout.name(&path), message));
    let Some(signed) = checked.keys.verify(&bytes) else {
        return Err(match SignedCheckpoint::verify(&bytes, checked.keys.newest()) {
            Err(error @ CheckpointError::Origin { .. }) => {
                fault(FaultKind::Origin, error.to_string())
            }
            Err(error) if error.is_unreadable() => fault(FaultKind::Unreadable, error.to_string()),
            Err(error) => fault(FaultKind::Signature, error.to_string()),
            Ok(_) => fault(FaultKind::Signature, "signed by no key of the log in its time".into()),
        });
    };
    let by = quorum
        .cosignatures(&signed)
        .map_err(|error| fault(FaultKind::Signature, error.to_string()))?;
    let covers = checked.journal.signed_size();
    if let Some(mut found) = growth::fault(&checked.leaves, covers, signed.checkpoint()) {
        found.file = layout.name(&path);
        return Err(StoreError::fault(found));
    }
    let reached = by.len() >= quorum.needed();
    Ok(reached.then(|| Witnessed { size: signed.size(), by }))
}
