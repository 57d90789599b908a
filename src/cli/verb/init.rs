//! `siglum init`: a new workspace with a log and its key.

use std::fs;
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
use crate::store::keys;
use crate::store::layout::{Layout, SETTINGS};

/// What keeps git from changing a byte of the log.
const ATTRIBUTES: &str = "records/** -text -merge\n";

/// What git leaves out: the lock, what is derived, and what not everybody may see.
const IGNORED: &str = "/lock\n/texts/\n/index/\n/recovered/\n";

/// Make a workspace: provenance.toml, an empty signed log in records/, and the log's key
///
/// The private key goes to the user's configuration directory, never into the workspace.
/// Every key that provenance.toml can have is documented in src/config/default.toml.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Where; here unless given
    directory: Option<PathBuf>,

    /// The log's name, such as desk.example/log; a unique one is made unless given
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
}

pub(in crate::cli) fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
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
                workspace.layout.root().display()
            ));
            context.ui.note(format_args!("its private key is {}", key_file.display()));
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
        Some(name) => Origin::new(name)?,
        None => unique_origin()?,
    };
    let key_file = context.key_file(None, &origin);
    let key = match keys::read(&key_file, &origin) {
        Ok(key) => key,
        Err(_) if !key_file.exists() => {
            let key = LogKey::from_seed(&origin, &World::random()?)?;
            keys::write(&key_file, &key)?;
            key
        }
        Err(error) => return Err(error.into()),
    };
    let settings = format!(
        "# Settings of a siglum workspace. Every other key is documented in siglum's\n\
         # src/config/default.toml.\n\n\
         [log]\norigin = \"{origin}\"\nverifier = \"{}\"\n",
        key.verifier()
    );
    write(&layout.root().join(".gitattributes"), ATTRIBUTES)?;
    write(&layout.records().join(".gitignore"), IGNORED)?;
    write(&layout.settings(), &settings)?;
    let workspace = Workspace::read(layout)?;
    let mut writer = Writer::open(&workspace.layout, Some(key.verifier()))?;
    writer.sign(&key, key.verifier(), &context.memory())?;
    context.memory().remember_workspace(workspace.layout.root(), &origin)?;
    Ok((workspace, key_file))
}

/// A name that no other log has: 80 random bits under a name that never resolves (RFC 2606,
/// section 2).
fn unique_origin() -> Result<Origin, Failure> {
    let random: String = World::random::<10>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Origin::new(&format!("siglum.invalid/{random}"))?)
}

/// Makes a file with a text; adds to one that is there.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::unanswered(format!("can't write {}: {error}", path.display()))
            .hint("check the directory's permissions and free space")
    };
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(failed)?;
    }
    let before = fs::read_to_string(path).unwrap_or_default();
    if before.contains(text) {
        return Ok(());
    }
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    fs::write(path, format!("{before}{gap}{text}")).map_err(failed)
}
