//! What the last clean audit of this user found, and how far it still goes.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::audit::run::Audit;
use crate::cli::error::Failure;
use crate::cli::workspace::{Context, Workspace};
use crate::log::key::Origin;
use crate::store::audited::Findings;
use crate::store::error::StoreError;
use crate::text::digest::Digest;

/// The memory of one log's clean audits, on a day, by some settings.
pub(super) struct Memory {
    origin: Origin,
    circumstances: Digest,
}

impl Memory {
    pub(super) fn of(workspace: &Workspace, today: NaiveDate) -> Result<Self, Failure> {
        // Findings depend on the log and on these, and on files of the workspace.
        let depends =
            format!("{} {today} {}", env!("CARGO_PKG_VERSION"), workspace.settings_digest);
        let circumstances = Digest::labelled("siglum-audited", depends.as_bytes());
        Ok(Self { origin: workspace.verifier()?.name().clone(), circumstances })
    }

    /// What the last clean audit found.
    pub(super) fn known(&self, context: &Context) -> Result<Option<Findings>, Failure> {
        match context.memory().audited(&self.origin) {
            Ok(None) => {
                context.ui.note("no audit of this log was clean yet, so everything is new");
                Ok(None)
            }
            // It is no evidence: without it, everything is told.
            Err(error @ StoreError::Memory(_)) => {
                context
                    .ui
                    .warn(format_args!("what the last clean audit found is not known: {error}"));
                Ok(None)
            }
            known => Ok(known?),
        }
    }

    /// The index from which on records can have findings that the last clean audit had not.
    pub(super) fn since(&self, known: &Findings) -> u64 {
        if known.circumstances == self.circumstances { known.size } else { 0 }
    }

    /// Says what an audit of what is new leaves alone.
    pub(super) fn say(&self, context: &Context, known: &Findings) {
        let size = known.size;
        context.ui.note(if self.since(known) > 0 {
            format!(
                "audited is what is new since the last clean audit, which was of {size} records"
            )
        } else {
            format!(
                "everything is audited: the last clean audit, of {size} records, was on another day, or \
                 by other settings or another version of siglum"
            )
        });
    }

    /// Remembers a clean audit of a log of `size` signed records: what it found, and what it left alone of
    /// what was `known`. A memory that can't be kept is said, and no more.
    pub(super) fn remember(
        &self,
        context: &Context,
        size: u64,
        known: Option<Findings>,
        mut ids: BTreeSet<String>,
    ) {
        let memory = context.memory();
        if let Some(known) = known.filter(|known| self.since(known) > 0) {
            ids.extend(known.ids);
        }
        let found = Findings { size, circumstances: self.circumstances, ids };
        if matches!(memory.audited(&self.origin), Ok(Some(known)) if known == found) {
            return;
        }
        if let Err(error) = memory.remember_audited(&self.origin, &found) {
            context.ui.warn(format!("can't remember this audit for the next time: {error}"));
        }
    }
}

/// Leaves out what the last clean audit found too.
pub(super) fn leave_out_known(context: &Context, known: &Findings, audit: &mut Audit) {
    let before = audit.findings.len();
    audit.findings.retain(|finding| !known.ids.contains(&finding.id));
    let left_out = before - audit.findings.len();
    if left_out > 0 {
        let findings = if left_out == 1 { "finding" } else { "findings" };
        context.ui.note(format_args!(
            "left out, because the last clean audit (of {} records) had found them: {left_out} \
             {findings}",
            known.size
        ));
    }
}
