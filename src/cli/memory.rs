//! What this user's earlier runs saw of a log, and what that says of it now.

use super::error::Failure;
use super::sanitize;
use super::workspace::{Context, Workspace};
use crate::log::checkpoint::SignedCheckpoint;
use crate::store::error::StoreError;
use crate::store::layout::SETTINGS;
use crate::store::open::Checked;
use crate::store::seen::Remembered;
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::growth;

/// What is remembered of a log.
#[derive(Debug)]
pub(super) struct Recalled {
    /// The log that the workspace held.
    pub(super) workspace: Option<String>,
    /// What was seen of the log.
    pub(super) seen: Option<Remembered>,
}

impl Context {
    /// What is remembered of a workspace's log. To be asked before the log is read: what is
    /// recorded in between must not look like a log that was cut short.
    pub(super) fn recall(&self, workspace: &Workspace) -> Result<Recalled, Failure> {
        let memory = self.memory();
        let origin = workspace.verifier()?.name().clone();
        Ok(Recalled {
            workspace: memory.workspace(workspace.layout.root())?,
            seen: memory.seen(&origin)?,
        })
    }

    /// Compares a log with what is remembered of it.
    pub(super) fn compare(
        &self,
        workspace: &Workspace,
        checked: &Checked,
        recalled: Recalled,
    ) -> Result<(), Failure> {
        let faults = self.memory_faults(workspace, checked, recalled)?;
        if faults.is_empty() { Ok(()) } else { Err(StoreError::Faults { faults }.into()) }
    }

    /// Faults that only somebody who saw the log before can know of.
    pub(super) fn memory_faults(
        &self,
        workspace: &Workspace,
        checked: &Checked,
        recalled: Recalled,
    ) -> Result<Vec<Fault>, Failure> {
        let mut faults = Vec::new();
        let verifier = workspace.verifier()?;
        if let Some(before) = recalled.workspace
            && before != verifier.name().as_str()
        {
            let forget = self.memory().workspace_path(workspace.layout.root());
            let message = format!(
                "this workspace held another log when it was last seen; if that is right, remove {}",
                forget.display()
            );
            faults.push(
                Fault::new(FaultKind::Origin, SETTINGS, message)
                    .with(before, verifier.name().to_string()),
            );
        }
        let Some(seen) = recalled.seen else { return Ok(faults) };
        // The same key, or one leads to the other by rotations that both signed.
        if seen.verifier == verifier.as_str() || checked.keys.holds(&seen.verifier) {
            let signed = checked.journal.signed_size();
            faults.extend(growth::fault(&checked.leaves, signed, &seen.checkpoint));
        } else {
            let message = "the log was checked with another key before";
            faults.push(
                Fault::new(FaultKind::Origin, SETTINGS, message)
                    .with(seen.verifier, verifier.to_string()),
            );
        }
        Ok(faults)
    }

    /// Remembers the log as it was just seen or signed. A memory that can't be kept is said, and
    /// no more.
    pub(super) fn remember(&self, workspace: &Workspace, signed: Option<&SignedCheckpoint>) {
        let Some(signed) = signed else { return };
        let memory = self.memory();
        let origin = &signed.checkpoint().origin;
        if matches!(memory.seen(origin), Ok(None)) {
            self.ui.note(format_args!(
                "first sight of {}: there was nothing to compare it with",
                sanitize::line(origin.as_str())
            ));
        }
        let kept = memory
            .remember_seen(signed)
            .and_then(|()| memory.remember_workspace(workspace.layout.root(), origin));
        if let Err(error) = kept {
            self.ui.warn(format!("can't remember this log for the next time: {error}"));
        }
    }
}
