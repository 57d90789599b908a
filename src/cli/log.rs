//! Checks a log for `verify`: its own bytes, what was seen of it before, its witnesses.

use super::error::Failure;
use super::render::log::{LogReport, Witnessed};
use super::verb::verify::Args;
use super::workspace::{Context, Workspace};
use crate::log::checkpoint::{self, SignedCheckpoint};
use crate::store::error::StoreError;
use crate::store::index::view::{View, Want};
use crate::store::open::{self, Checked, Snapshot};
use crate::store::witnessed;
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::growth;

/// What checking the log left: for files to be compared, its records.
pub(super) enum Seen {
    /// The log has faults.
    Nothing,
    /// Its bytes were hashed.
    Hashes(Box<Checked>),
    /// Its records were read as well.
    Records(Box<Snapshot>),
    /// What was asked for was found by the index, and proved to be in the signed log.
    Part(Box<View>),
}

impl Seen {
    /// The log, if it has no faults.
    pub(super) fn checked(&self) -> Option<&Checked> {
        match self {
            Self::Nothing | Self::Part(_) => None,
            Self::Hashes(checked) => Some(checked),
            Self::Records(snapshot) => Some(&snapshot.checked),
        }
    }

    /// The newest checkpoint, if the log has no faults.
    pub(super) fn signed(&self) -> Option<&SignedCheckpoint> {
        match self {
            Self::Part(view) => Some(&view.signed),
            _ => self.checked()?.journal.signed(),
        }
    }
}

/// Checks the log, and against what was seen of it before: what is `wanted` of it where its index
/// can answer and no more is asked for, else all of it. Records are read only where there are files
/// to compare with them.
pub(super) fn check(
    context: &Context,
    workspace: &Workspace,
    args: &Args,
    wanted: &[Want],
) -> Result<(LogReport, Seen), Failure> {
    let all = args.files.is_empty()
        || args.all
        || args.allow_older
        || args.checkpoint.is_some()
        || workspace.settings.quorum.is_asked();
    let recalled = context.recall(workspace)?;
    if !all && let Some(view) = context.view(workspace, &recalled, wanted)? {
        return Ok((LogReport::part(&view.signed), Seen::Part(Box::new(view))));
    }
    let origin = workspace.settings.origin.as_ref().map(ToString::to_string);
    let verifier = workspace.verifier()?;
    let layout = &workspace.layout;
    let read = if args.files.is_empty() {
        open::check(layout, verifier).map(|checked| Seen::Hashes(Box::new(checked)))
    } else {
        open::load(layout, verifier).map(|snapshot| Seen::Records(Box::new(snapshot)))
    };
    let seen = match read {
        Ok(seen) => seen,
        Err(StoreError::Faults { mut faults }) => {
            if args.fail_fast {
                faults.truncate(1);
            }
            return Ok((LogReport::faulty(origin, faults), Seen::Nothing));
        }
        Err(error) => return Err(error.into()),
    };
    let Some(checked) = seen.checked() else {
        return Ok((LogReport::faulty(origin, Vec::new()), seen));
    };
    let mut faults = context.memory_faults(workspace, checked, recalled)?;
    if let Some(path) = &args.checkpoint {
        let bytes = context.input_up_to(path, checkpoint::MAX_BYTES)?;
        let old = checked.keys.verify(&bytes).ok_or_else(|| {
            Failure::unanswered("not a checkpoint signed by this log")
                .with_path(path)
                .hint("give a copy of this log's records/checkpoint from before")
        })?;
        let signed = checked.journal.signed_size();
        faults.extend(growth::fault(&checked.leaves, signed, old.checkpoint()));
    }
    let is_rollback = |fault: &Fault| fault.kind == FaultKind::Rollback;
    let historical = args.allow_older && faults.iter().any(is_rollback);
    if args.allow_older {
        faults.retain(|fault| !is_rollback(fault));
    }
    if let (None, true) = (checked.journal.signed(), faults.is_empty()) {
        return Err(Failure::unanswered("nothing in this log is signed yet, so nothing is proved")
            .hint("siglum sign"));
    }
    let witnessed = witnessed(workspace, checked, &mut faults)?;
    Ok((LogReport::new(checked, faults, historical, witnessed), seen))
}

/// What the log's witnesses have cosigned; a fault where that is not this log.
fn witnessed(
    workspace: &Workspace,
    checked: &Checked,
    faults: &mut Vec<Fault>,
) -> Result<Option<Witnessed>, Failure> {
    let quorum = &workspace.settings.quorum;
    if !quorum.is_asked() {
        return Ok(None);
    }
    let needed = quorum.needed();
    let none = Witnessed { size: 0, by: Vec::new(), needed };
    match witnessed::read(&workspace.layout, checked, quorum) {
        Ok(None) => Ok(Some(none)),
        Ok(Some(found)) => {
            let by = found.by.iter().map(|one| one.by.name().to_string()).collect();
            Ok(Some(Witnessed { size: found.size, by, needed }))
        }
        Err(StoreError::Faults { faults: found }) => {
            faults.extend(found);
            Ok(Some(none))
        }
        Err(error) => Err(error.into()),
    }
}
