//! `siglum key`: the log's signing key.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::cli::world::World;
use crate::log::key::{LogKey, Origin};
use crate::store::keys;

/// Make or show the key that signs the log
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a key; never replaces one
    ///
    /// `siglum init` makes a log's key by itself. This is for a key made elsewhere, such as on the
    /// machine that is to sign.
    New {
        /// The log's name, which the key signs for; the workspace's unless given
        name: Option<String>,
        /// Where to write it; the user's configuration directory unless given
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Show the verifier key, and where the private key lies
    Show {
        /// The private key's file
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
}

pub(in crate::cli) fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    match args.what {
        What::New { name, output } => new(context, name.as_deref(), output),
        What::Show { key } => show(context, key.as_deref()),
    }
}

fn new(context: &Context, name: Option<&str>, output: Option<PathBuf>) -> Result<Exit, Failure> {
    let origin = if let Some(name) = name {
        Origin::new(name)?
    } else {
        let settings = context.workspace()?.settings;
        settings.origin.ok_or_else(|| {
            Failure::unanswered("provenance.toml has no [log] origin").hint("give a name")
        })?
    };
    let path = match output {
        Some(path) => context.absolute(&path),
        None => keys::path(&context.world.keys(), &origin),
    };
    if path.exists() {
        return Err(Failure::unanswered(format!("{} is there already", path.display()))
            .hint("a key is never replaced; write the new one elsewhere with -o"));
    }
    let key = LogKey::from_seed(&origin, &World::random()?)?;
    keys::write(&path, &key)?;
    print(context, &key, &path);
    context.ui.note("put the verifier key into [log] verifier of the log's provenance.toml");
    Ok(Exit::True)
}

fn show(context: &Context, given: Option<&Path>) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let verifier = workspace.verifier()?;
    let path = context.key_file(given, verifier.name());
    match keys::read(&path, verifier.name()) {
        Ok(key) if key.verifier() == verifier => {
            print(context, &key, &path);
            Ok(Exit::True)
        }
        Ok(_) => Err(context.key(given, verifier).err().unwrap_or_else(|| {
            Failure::unanswered(format!("{} is another log's key", path.display()))
        })),
        Err(error) => {
            // The public half is known all the same.
            match context.ui.format() {
                Format::Human => context.ui.line(verifier),
                _ => context.ui.value(&json!({
                    "origin": verifier.name().as_str(),
                    "verifier": verifier.as_str(),
                    "key": null,
                })),
            }
            Err(error.into())
        }
    }
}

fn print(context: &Context, key: &LogKey, path: &Path) {
    let verifier = key.verifier();
    match context.ui.format() {
        Format::Human => {
            context.ui.line(verifier);
            context.ui.note(format_args!("the private key is {}", path.display()));
        }
        Format::Json | Format::Ndjson => context.ui.value(&json!({
            "origin": verifier.name().as_str(),
            "verifier": verifier.as_str(),
            "key": path.display().to_string(),
        })),
    }
}
