//! The workspace that a verb works in: found, read, made, checked against what was seen before.

use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use super::error::Failure;
use super::ui::Ui;
use super::world::World;
use crate::config::settings::Settings;
use crate::credit::lexicon::Lexicon;
use crate::log::key::{LogKey, Origin, VerifierKey};
use crate::store::error::StoreError;
use crate::store::keys;
use crate::store::layout::{Layout, SETTINGS};
use crate::store::open::{self, Snapshot};
use crate::store::seen::Memory;
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::growth;

/// What every verb has: the world, the streams, and the workspace that was asked for.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) world: World,
    pub(super) ui: Ui,
    asked: Option<PathBuf>,
}

/// A workspace with its settings.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) layout: Layout,
    pub(super) settings: Settings,
}

impl Context {
    pub(super) fn new(world: World, ui: Ui, asked: Option<PathBuf>) -> Self {
        Self { world, ui, asked }
    }

    /// The workspace directory that was asked for, absolute.
    pub(super) fn asked(&self) -> Option<PathBuf> {
        self.asked.as_ref().map(|path| self.absolute(path))
    }

    /// A path from the command line, absolute, without `.` and `..` where that is plain.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        let mut out = PathBuf::new();
        for part in self.world.directory().join(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    out.pop();
                }
                other => out.push(other),
            }
        }
        out
    }

    /// The workspace that was asked for, or the one that this directory lies in.
    pub(super) fn workspace(&self) -> Result<Workspace, Failure> {
        self.find_workspace()?.ok_or_else(|| {
            let place = self.asked().unwrap_or_else(|| self.world.directory().to_owned());
            Failure::unanswered(format!(
                "{} is no workspace: it has no {SETTINGS}",
                place.display()
            ))
            .hint("`siglum init` makes one here, `-w DIR` names another")
        })
    }

    /// The same; `None` where there is none.
    pub(super) fn find_workspace(&self) -> Result<Option<Workspace>, Failure> {
        let layout = match self.asked() {
            Some(root) => Some(Layout::new(root)).filter(|layout| layout.settings().is_file()),
            None => Layout::find(self.world.directory()),
        };
        layout.map(Workspace::read).transpose()
    }

    /// What is remembered of logs.
    pub(super) fn memory(&self) -> Memory {
        Memory::new(self.world.state())
    }

    /// The private key's file: as given, as the environment says, or where keys are kept.
    pub(super) fn key_file(&self, given: Option<&Path>, origin: &Origin) -> PathBuf {
        match given.or(self.world.key_file()) {
            Some(path) => self.absolute(path),
            None => keys::path(&self.world.keys(), origin),
        }
    }

    /// The private key that a log is signed with.
    pub(super) fn key(
        &self,
        given: Option<&Path>,
        verifier: &VerifierKey,
    ) -> Result<LogKey, Failure> {
        let path = self.key_file(given, verifier.name());
        let key = keys::read(&path, verifier.name())?;
        if given.or(self.world.key_file()).is_none() {
            keys::check_private(&path)?;
        }
        if key.verifier() != verifier {
            let found = key.verifier().clone();
            return Err(StoreError::WrongKey { expected: verifier.clone(), found }.into());
        }
        Ok(key)
    }

    /// What reads credit lines here.
    #[expect(clippy::unused_self, reason = "house phrases of the workspace will come in here")]
    pub(super) fn lexicon(&self) -> &'static Lexicon {
        Lexicon::builtin()
    }

    /// An input's bytes; `-` is standard input.
    pub(super) fn input(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let failed = |error: std::io::Error| {
            let failure = Failure::unanswered(format!("can't read {}: {error}", path.display()));
            match error.kind() {
                std::io::ErrorKind::NotFound => failure.hint("check the path"),
                std::io::ErrorKind::IsADirectory => failure.hint("give the files in it"),
                _ => failure,
            }
        };
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
            return Ok(bytes);
        }
        fs::read(self.absolute(path)).map_err(failed)
    }

    /// Faults that only somebody who saw the log before can know of.
    pub(super) fn memory_faults(
        &self,
        workspace: &Workspace,
        snapshot: &Snapshot,
    ) -> Result<Vec<Fault>, Failure> {
        let mut faults = Vec::new();
        let Some(verifier) = &workspace.settings.verifier else { return Ok(faults) };
        let memory = self.memory();
        let root = workspace.layout.root();
        if let Some(before) = memory.workspace(root)?
            && before != verifier.name().as_str()
        {
            let forget = memory.workspace_path(root);
            let message = format!(
                "this workspace held another log when it was last seen; if that is right, remove {}",
                forget.display()
            );
            faults.push(
                Fault::new(FaultKind::Origin, SETTINGS, message)
                    .with(before, verifier.name().to_string()),
            );
        }
        let Some(seen) = memory.seen(verifier.name())? else { return Ok(faults) };
        if seen.verifier == verifier.as_str() {
            let signed = snapshot.journal().signed_size();
            faults.extend(growth::fault(&snapshot.leaves(), signed, &seen.checkpoint));
        } else {
            faults.push(
                Fault::new(
                    FaultKind::Origin,
                    SETTINGS,
                    "the log was checked with another key before",
                )
                .with(seen.verifier, verifier.to_string()),
            );
        }
        Ok(faults)
    }

    /// Remembers the log as it was just seen. A memory that can't be kept is said, and no more.
    pub(super) fn remember(&self, workspace: &Workspace, snapshot: &Snapshot) {
        let Some(signed) = snapshot.journal().signed() else { return };
        let memory = self.memory();
        let kept = memory.remember_seen(signed).and_then(|()| {
            memory.remember_workspace(workspace.layout.root(), &signed.checkpoint().origin)
        });
        if let Err(error) = kept {
            self.ui.warn(format!("can't remember this log for the next time: {error}"));
        }
    }
}

impl Workspace {
    /// Reads a workspace's settings.
    pub(super) fn read(layout: Layout) -> Result<Self, Failure> {
        let path = layout.settings();
        let bytes = fs::read(&path).map_err(|error| {
            Failure::unanswered(format!("can't read {}: {error}", path.display()))
        })?;
        let text = crate::text::profile::utf8(&bytes)
            .map_err(|error| Failure::unanswered(error.to_string()).with_path(&path))?;
        Ok(Self { settings: Settings::parse(text)?, layout })
    }

    /// The key that the log is checked with.
    pub(super) fn verifier(&self) -> Result<&VerifierKey, Failure> {
        self.settings.verifier.as_ref().ok_or_else(|| {
            Failure::unanswered(format!("{SETTINGS} has no [log] verifier"))
                .hint("`siglum init` makes a log and its key, `siglum key new` a key")
        })
    }

    /// The whole log, checked and read.
    pub(super) fn load(&self) -> Result<Snapshot, Failure> {
        Ok(open::load(&self.layout, self.settings.verifier.as_ref())?)
    }

    /// The id that a file has by its path: relative to the workspace, or its name alone where it
    /// lies outside.
    pub(super) fn path_id(&self, path: &Path) -> String {
        if path.starts_with(self.layout.root()) {
            return self.layout.name(path);
        }
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    }
}
