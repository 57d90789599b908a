//! The workspace that a verb works in: found, read, made, checked against what was seen before.

use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use super::articles::Articles;
use super::error::Failure;
use super::memory::Recalled;
use super::ui::Ui;
use super::world::World;
use crate::audit::rule::{Files, House};
use crate::config::settings::Settings;
use crate::ingest::batch::Decision;
use crate::lineage::stale::Texts;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::{LogKey, Origin, VerifierKey};
use crate::read::limits::MAX_BYTES;
use crate::record::event::Standing;
use crate::store::append::Writer;
use crate::store::durable;
use crate::store::error::StoreError;
use crate::store::keys;
use crate::store::layout::{Layout, SETTINGS};
use crate::store::open;
use crate::store::seen::Memory;
use crate::store::texts;
use crate::text::digest::Digest;

/// The most bytes that settings can have: room for a roster of some ten thousand people.
const MAX_SETTINGS: usize = 4 * 1024 * 1024;

/// What every verb has: the world, the streams, and the workspace that was asked for.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) world: World,
    pub(super) ui: Ui,
    asked: Option<PathBuf>,
    /// Whether the whole log is to be read, whatever is asked of it.
    no_index: bool,
}

/// A workspace with its settings.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) layout: Layout,
    pub(super) settings: Settings,
    /// The digest of the files that these were read from.
    pub(super) settings_digest: Digest,
    /// Where it really is, symbolic links followed; found out when it is first asked for.
    real: OnceLock<PathBuf>,
}

impl Context {
    pub(super) fn new(world: World, ui: Ui, asked: Option<PathBuf>, no_index: bool) -> Self {
        Self { world, ui, asked, no_index }
    }

    /// Whether the whole log is to be read, whatever is asked of it.
    pub(super) fn no_index(&self) -> bool {
        self.no_index
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

    /// An article's bytes; `-` is standard input. No more is read than an article can have, and one
    /// byte, by which whoever reads them refuses what is longer.
    pub(super) fn input(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        self.read(path, MAX_BYTES)
    }

    /// The bytes of a checkpoint, a receipt, a request; `-` is standard input.
    ///
    /// # Errors
    ///
    /// If they can't be read, or are more than `most`.
    pub(super) fn input_up_to(&self, path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
        let bytes = self.read(path, most)?;
        if bytes.len() > most {
            let message = format!("{} has more than {most} bytes", path.display());
            return Err(Failure::unanswered(message).hint("check that it is the right file"));
        }
        Ok(bytes)
    }

    fn read(&self, path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
        let failed = |error: std::io::Error| {
            let failure = Failure::unanswered(format!("can't read {}: {error}", path.display()));
            match error.kind() {
                std::io::ErrorKind::NotFound => failure.hint("check the path"),
                std::io::ErrorKind::IsADirectory => failure.hint("give the files in it"),
                _ => failure,
            }
        };
        let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        if is_standard_input(path) {
            std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(failed)?;
        } else {
            let file = fs::File::open(self.absolute(path)).map_err(failed)?;
            file.take(most).read_to_end(&mut bytes).map_err(failed)?;
        }
        Ok(bytes)
    }

    /// The log, locked for writing, checked, and compared with what is remembered of it.
    pub(super) fn writer(&self, workspace: &Workspace) -> Result<Writer, Failure> {
        let recalled = self.recall(workspace)?;
        let writer = Writer::open(&workspace.layout, workspace.verifier()?)?;
        self.opened(workspace, &writer, recalled)?;
        Ok(writer)
    }

    /// The same with its articles, which are read when they are asked for.
    pub(super) fn articles(&self, workspace: &Workspace) -> Result<Articles, Failure> {
        let recalled = self.recall(workspace)?;
        let (writer, register) = Writer::open_register(&workspace.layout, workspace.verifier()?)?;
        self.opened(workspace, &writer, recalled)?;
        Ok(Articles::new(writer, register))
    }

    fn opened(
        &self,
        workspace: &Workspace,
        writer: &Writer,
        recalled: Recalled,
    ) -> Result<(), Failure> {
        if let Some(file) = writer.set_aside() {
            self.ui.warn(format_args!("an unfinished write was set aside in {file}"));
        }
        self.compare(workspace, writer.checked(), recalled)
    }

    /// Says which records somebody appended and nobody signed, where they are about to be signed
    /// along with others: whoever signs answers for them.
    pub(super) fn warn_of_unsigned(&self, writer: &Writer) {
        let journal = &writer.checked().journal;
        let (signed, size) = (journal.signed_size(), journal.size());
        if signed < size {
            let which = match size - signed {
                1 => format!("record {signed} was not signed yet and is signed too"),
                _ => format!(
                    "records {signed} to {} were not signed yet and are signed too",
                    size - 1
                ),
            };
            self.ui.warn(format_args!("{which}; `siglum log` shows what they are"));
        }
    }
}

impl Workspace {
    /// One that has no settings.
    pub(super) fn without_settings(layout: Layout) -> Self {
        let settings_digest = Digest::of_bytes(b"");
        Self { layout, settings: Settings::default(), settings_digest, real: OnceLock::new() }
    }

    /// Reads a workspace's settings, with the people's file that they name.
    pub(super) fn read(layout: Layout) -> Result<Self, Failure> {
        let mut text = settings_text(&layout.settings())?;
        let settings = Settings::parse(&text)?;
        let settings = match &settings.people_file {
            None => settings,
            Some(name) => {
                let people = settings_text(&layout.root().join(name))?;
                let name = name.clone();
                text.push('\0');
                text.push_str(&people);
                settings
                    .with_people(&people)
                    .map_err(|error| Failure::in_settings(&name, &error))?
            }
        };
        let settings_digest = Digest::of_bytes(text.as_bytes());
        Ok(Self { layout, settings, settings_digest, real: OnceLock::new() })
    }

    /// Gives the texts that are kept, by the digest of their body.
    pub(super) fn texts(&self) -> impl Fn(&Digest) -> Option<String> + Sync + '_ {
        |body| texts::find(&self.layout, body)
    }

    /// What an audit needs to know beside the log.
    pub(super) fn house<'a>(
        &'a self,
        context: &Context,
        texts: &'a Texts<'a>,
        files: &'a Files<'a>,
    ) -> House<'a> {
        self.settings.house(texts, files, context.world.moment())
    }

    /// The key that the log is checked with.
    pub(super) fn verifier(&self) -> Result<&VerifierKey, Failure> {
        self.settings.verifier.as_ref().ok_or_else(|| {
            Failure::unanswered(format!("{SETTINGS} has no [log] verifier"))
                .hint("`siglum init` makes a log and its key, `siglum key new` a key")
        })
    }

    /// The key that the log is signed with now: the pinned one, or where its rotations lead.
    pub(super) fn signing_verifier(&self) -> Result<VerifierKey, Failure> {
        Ok(open::keychain(&self.layout, self.verifier()?)?.newest().clone())
    }

    /// The log's newest checkpoint.
    pub(super) fn checkpoint(&self) -> Result<SignedCheckpoint, Failure> {
        open::checkpoint(&self.layout, self.verifier()?)?.ok_or_else(|| {
            Failure::unanswered("nothing in this log is signed yet").hint("siglum sign")
        })
    }

    /// Whether the text of what was decided is to be kept beside the log.
    pub(super) fn keeps(&self, decision: &Decision) -> bool {
        let standing = decision.record.standing.unwrap_or(Standing::Own);
        decision.appended && self.settings.keep.keeps(standing)
    }

    /// Names another key in the settings, and changes nothing else in them.
    pub(super) fn set_verifier(&self, verifier: &VerifierKey) -> Result<(), Failure> {
        let path = self.layout.settings();
        let text = settings_text(&path)?;
        let old = self.verifier()?.as_str();
        if text.matches(old).count() != 1 {
            return Err(Failure::unanswered(format!("{SETTINGS} does not name {old} once"))
                .hint(format!("set [log] verifier to {verifier}")));
        }
        Ok(durable::replace(&path, text.replace(old, verifier.as_str()).as_bytes())?)
    }

    /// The id that a file has by its path: relative to the workspace, or its name alone where it
    /// lies outside. Symbolic links are followed on both sides, so that a file has one id.
    pub(super) fn path_id(&self, path: &Path) -> PathId {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let root = self.real.get_or_init(|| real(self.layout.root()));
        let file = real(path);
        let utf8 = file.to_str().is_some();
        if file.starts_with(root) {
            let id = Layout::new(root.clone()).name(&file);
            return if utf8 { PathId::Inside(id) } else { PathId::Unwritable };
        }
        match file.file_name().and_then(|name| name.to_str()) {
            Some(name) => PathId::Outside(name.to_owned()),
            None => PathId::Unwritable,
        }
    }
}

/// Whether a path stands for standard input.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The text of a file of settings.
pub(super) fn settings_text(path: &Path) -> Result<String, Failure> {
    let gone =
        || Failure::unanswered(format!("can't read {}", path.display())).hint("check the path");
    let bytes = durable::read(path, MAX_SETTINGS)?.ok_or_else(gone)?;
    crate::text::profile::utf8(&bytes)
        .map(str::to_owned)
        .map_err(|error| Failure::unanswered(error.to_string()).with_path(path))
}

/// What a file's path says of its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathId {
    /// Its path in the workspace, which no other file has.
    Inside(String),
    /// Its name, which other files may have too.
    Outside(String),
    /// Nothing: the path is not UTF-8.
    Unwritable,
}
