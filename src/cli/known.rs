//! What a verb knows of the log: the part that it asks for, or all of it.

use super::error::Failure;
use super::memory::Recalled;
use super::workspace::{Context, Workspace};
use crate::lineage::graph::Graph;
use crate::store::index::build::Unusable;
use crate::store::index::view::{self, View, Want};
use crate::store::open::{self, Snapshot};
use crate::store::parts::{self, Parts};

/// The log, as far as a verb needs it.
#[derive(Debug)]
pub(super) enum Known {
    /// All of it, read and hashed.
    Whole(Box<Snapshot>),
    /// What the index led to, each record proved to be in the signed log.
    Part(Box<View>),
}

impl Known {
    /// The records.
    pub(super) fn graph(&self) -> &Graph {
        match self {
            Self::Whole(snapshot) => &snapshot.graph,
            Self::Part(view) => &view.graph,
        }
    }

    /// How many records are signed.
    pub(super) fn signed_size(&self) -> u64 {
        match self {
            Self::Whole(snapshot) => snapshot.journal().signed_size(),
            Self::Part(view) => view.signed.size(),
        }
    }

    /// Whether the index knows of records whose texts are not kept, among those that are not here.
    pub(super) fn has_texts_not_kept(&self) -> bool {
        matches!(self, Self::Part(view) if view.not_kept)
    }

    /// How many records are not yet signed.
    pub(super) fn unsigned(&self) -> u64 {
        match self {
            Self::Whole(snapshot) => snapshot.journal().size() - snapshot.journal().signed_size(),
            // A log that has any is read whole.
            Self::Part(_) => 0,
        }
    }
}

impl Context {
    /// The whole log, checked, read, and compared with what is remembered of it.
    pub(super) fn load(&self, workspace: &Workspace) -> Result<Snapshot, Failure> {
        self.load_after(workspace, self.recall(workspace)?)
    }

    /// The same, where what is remembered was asked for already.
    pub(super) fn load_after(
        &self,
        workspace: &Workspace,
        recalled: Recalled,
    ) -> Result<Snapshot, Failure> {
        let snapshot = open::load(&workspace.layout, workspace.verifier()?)?;
        self.compare(workspace, &snapshot.checked, recalled)?;
        Ok(snapshot)
    }

    /// The whole log, checked and compared likewise, to be gone through in parts.
    pub(super) fn parts_after(
        &self,
        workspace: &Workspace,
        recalled: Recalled,
    ) -> Result<Parts, Failure> {
        let parts = parts::parts(&workspace.layout, workspace.verifier()?)?;
        self.compare(workspace, &parts.checked, recalled)?;
        Ok(parts)
    }

    /// All articles of a log, some at a time with those that they lead to; of families with a record from
    /// the index `since` on.
    pub(super) fn each_part(
        &self,
        workspace: &Workspace,
        (parts, since): (&Parts, u64),
        doing: &'static str,
        mut visit: impl FnMut(&Graph),
    ) -> Result<(), Failure> {
        let bar = self.ui.bar(doing);
        bar.set_length(parts.checked.journal.size());
        for part in parts.read(&workspace.layout, since) {
            let part = part?;
            visit(&part);
            bar.inc(part.entries().len() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// What is wanted of a log: by its index if that can answer, else by reading it whole, as where
    /// nothing less than all is wanted.
    pub(super) fn know(
        &self,
        workspace: &Workspace,
        wanted: Option<&[Want]>,
    ) -> Result<Known, Failure> {
        let recalled = self.recall(workspace)?;
        if let Some(wanted) = wanted
            && let Some(view) = self.view(workspace, &recalled, wanted)?
        {
            return Ok(Known::Part(Box::new(view)));
        }
        Ok(Known::Whole(Box::new(self.load_after(workspace, recalled)?)))
    }

    /// What is wanted of a log, where its index can answer and nothing speaks against the log.
    pub(super) fn view(
        &self,
        workspace: &Workspace,
        recalled: &Recalled,
        wanted: &[Want],
    ) -> Result<Option<View>, Failure> {
        let verifier = workspace.verifier()?;
        let origin = verifier.name().as_str();
        // Another log than the last time, or by another key: reading it whole says what to do.
        let other_log = recalled.workspace.as_ref().is_some_and(|before| before != origin);
        let other_key =
            recalled.seen.as_ref().is_some_and(|seen| seen.verifier != verifier.as_str());
        if self.no_index() || other_log || other_key {
            return Ok(None);
        }
        let bar = self.ui.bar("indexing");
        let progress = |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        };
        let seen = recalled.seen.as_ref().map(|seen| &seen.checkpoint);
        let found = view::view(&workspace.layout, verifier, seen, wanted, &progress);
        bar.finish_and_clear();
        match found {
            Ok(view) => Ok(Some(view)),
            Err(Unusable::Store(error)) => {
                self.ui.note(format_args!(
                    "the index can't be used, so the whole log is read: {error}"
                ));
                Ok(None)
            }
            Err(_) => Ok(None),
        }
    }
}
