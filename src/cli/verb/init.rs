//! `siglum init`: a new workspace with a log and its key.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::sanitize;
use crate::cli::ui::Format;
use crate::cli::workspace::{Context, Workspace};
use crate::cli::world::World;
use crate::log::key::{LogKey, Origin};
use crate::store::append::Writer;
use crate::store::durable;
use crate::store::keys;
use crate::store::layout::{Layout, SETTINGS};

/// Every key of the settings, with what it means.
const SETTINGS_DOCUMENTED: &str = include_str!("../../config/default.toml");

/// What keeps git from changing a byte of the log.
const ATTRIBUTES: &str = "records/** -text -merge\n";

/// What git leaves out: the lock, what is derived, and what not everybody may see.
const IGNORED: &str = "/lock\n/texts/\n/index/\n/recovered/\n";

/// The most bytes of a file of lines that lines are added to: far more than any has, and soon read.
const MAX_LINES: usize = 1024 * 1024;

/// Make a workspace: provenance.toml, an empty signed log in records/, and the log's key
///
/// The private key goes to the user's configuration directory, never into the workspace.
/// `--print-settings` documents every key that provenance.toml can have.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Where; here unless given
    directory: Option<PathBuf>,

    /// Write the documentation of every key of provenance.toml, and make nothing
    #[arg(long, conflicts_with_all = ["directory", "origin"])]
    print_settings: bool,

    /// The log's name, such as desk.example/log; a unique one is made unless given
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
}

pub(in crate::cli) fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    if args.print_settings {
        context.ui.raw(SETTINGS_DOCUMENTED);
        return Ok(Exit::True);
    }
    let root = args.directory.map(|directory| context.absolute(&directory));
    let root =
        root.or_else(|| context.asked()).unwrap_or_else(|| context.world.directory().to_owned());
    let (workspace, key_file) = make(context, root, args.origin.as_deref())?;
    let verifier = workspace.verifier()?;
    match context.ui.format() {
        Format::Human => {
            context.ui.line(format_args!(
                "made the log {} in {}",
                sanitize::line(verifier.name().as_str()),
                sanitize::line(&workspace.layout.root().to_string_lossy())
            ));
            context.ui.note(format_args!(
                "its private key is {}",
                sanitize::line(&key_file.to_string_lossy())
            ));
            context.ui.note("keep a copy of that file: a lost key can't be made again");
            context.ui.note("next: siglum record FILE");
        }
        Format::Json | Format::Ndjson => context.ui.value(&json!({
            "workspace": workspace.layout.root().display().to_string(),
            "origin": verifier.name().as_str(),
            "verifier": verifier.as_str(),
            "key": key_file.display().to_string(),
        })),
    }
    Ok(Exit::True)
}

/// Makes a workspace. Returns it and where its private key lies.
pub(in crate::cli) fn make(
    context: &Context,
    root: PathBuf,
    origin: Option<&str>,
) -> Result<(Workspace, PathBuf), Failure> {
    let layout = Layout::new(root);
    if layout.settings().exists() {
        return Err(Failure::unanswered(format!(
            "{} is there already",
            layout.settings().display()
        ))
        .hint("this is a workspace: `siglum record FILE` adds to its log"));
    }
    if layout.records().exists() {
        return Err(Failure::unanswered(format!(
            "{} is there already, without a {SETTINGS}",
            layout.records().display()
        ))
        .hint("a log belongs to one settings file; bring it back, or begin in another directory"));
    }
    let origin = match origin {
        Some(name) if name.contains(['"', '\\']) => {
            return Err(Failure::unanswered(format!("`{name}` can't name a log here"))
                .hint("leave out quotes and backslashes"));
        }
        Some(name) => Origin::new(name)?,
        None => unique_origin()?,
    };
    let key_file = context.key_file(None, &origin);
    let key = match keys::read(&key_file, &origin) {
        Ok(key) => {
            if let Some(signed) = context.memory().signed(key.verifier())? {
                return Err(Failure::unanswered(format!(
                    "the key {} has signed {} records of {origin} already",
                    key_file.display(),
                    signed.size
                ))
                .hint("a name is one log's: choose another --origin"));
            }
            key
        }
        Err(_) if !key_file.exists() => {
            let key = LogKey::from_seed(&origin, &World::random()?)?;
            keys::write(&key_file, &key)?;
            key
        }
        Err(error) => return Err(error.into()),
    };
    let settings = format!(
        "# Settings of a siglum workspace. `siglum init --print-settings` documents every key.\n\n\
         [log]\norigin = \"{origin}\"\nverifier = \"{}\"\n",
        key.verifier()
    );
    add_lines(&layout.root().join(".gitattributes"), ATTRIBUTES)?;
    add_lines(&layout.records().join(".gitignore"), IGNORED)?;
    durable::replace(&layout.settings(), settings.as_bytes())?;
    let workspace = Workspace::read(layout)?;
    let mut writer = Writer::open(&workspace.layout, key.verifier())?;
    let signed = writer.sign(&key, key.verifier(), &context.memory())?;
    context.memory().remember_workspace(workspace.layout.root(), &origin)?;
    context.memory().remember_seen(&signed)?;
    Ok((workspace, key_file))
}

/// A name that no other log has: 80 random bits under a name that never resolves (RFC 2606,
/// section 2).
fn unique_origin() -> Result<Origin, Failure> {
    let random: String = World::random::<10>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Origin::new(&format!("siglum.invalid/{random}"))?)
}

/// Makes a file of lines, or adds them to one that lacks them.
fn add_lines(path: &Path, lines: &str) -> Result<(), Failure> {
    let before = durable::read(path, MAX_LINES)?.unwrap_or_default();
    if before.windows(lines.len()).any(|part| part == lines.as_bytes()) {
        return Ok(());
    }
    let gap: &[u8] = if before.is_empty() || before.ends_with(b"\n") { b"" } else { b"\n" };
    Ok(durable::replace(path, &[&before, gap, lines.as_bytes()].concat())?)
}
