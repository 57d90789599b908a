//! `siglum key`: the log's signing key.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::cli::world::World;
use crate::log::cosign::Cosigner;
use crate::log::key::{LogKey, Origin};
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::record::source::KeyChange;
use crate::store::error::StoreError;
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
        /// Make a witness's key, which cosigns other logs and signs none
        #[arg(long, requires = "name")]
        cosigner: bool,
    },
    /// Change the log's key: a record signed by both keys, and a checkpoint signed by both
    ///
    /// Whoever pinned the old key follows the record to the new one. Receipts from before verify
    /// with the old key as they did. The old private key's file is kept under another name.
    Rotate {
        /// The file of the key until now
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
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
        What::New { name: Some(name), output, cosigner: true } => {
            new_cosigner(context, &name, output)
        }
        What::New { name, output, .. } => new(context, name.as_deref(), output),
        What::Rotate { key } => rotate(context, key.as_deref()),
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

fn new_cosigner(context: &Context, name: &str, output: Option<PathBuf>) -> Result<Exit, Failure> {
    let name = Origin::new(name)?;
    let path = match output {
        Some(path) => context.absolute(&path),
        None => keys::path(&context.world.keys(), &name),
    };
    let cosigner = Cosigner::from_seed(name, &World::random()?);
    keys::write_text(&path, cosigner.secret_text())?;
    let key = cosigner.key();
    match context.ui.format() {
        Format::Human => {
            context.ui.line(key);
            context.ui.note(format_args!("the private key is {}", path.display()));
            context.ui.note("logs that trust this witness list it in [log] witnesses");
        }
        Format::Json | Format::Ndjson => context.ui.value(&json!({
            "name": key.name().as_str(),
            "cosigner": key.as_str(),
            "key": path.display().to_string(),
        })),
    }
    Ok(Exit::True)
}

/// Rotates the log's key.
///
/// 1. The new private key is written beside the old one. A crash leaves a key that nothing names.
/// 2. The `key` record is appended and the checkpoint signed by both keys. From here on the log has
///    the new key; a crash leaves its file under the name it was written with, which the error of
///    the next signing names.
/// 3. The old key's file gives its name to the new one's, and the settings name the new key.
fn rotate(context: &Context, given: Option<&Path>) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let mut writer = context.writer(&workspace)?;
    let current = writer.newest_key().clone();
    let old_path = context.key_file(given, current.name());
    let old = context.key(given, &current)?;
    let new = LogKey::from_seed(current.name(), &World::random()?)?;
    let new_path = with_suffix(&old_path, "new");
    context.warn_of_unsigned(&writer);
    keys::write(&new_path, &new)?;
    let (from, to) = (current.as_str(), new.verifier().as_str());
    let statement = KeyChange::statement(current.name().as_str(), from, to);
    let mut record = Record::new(Event::Key, context.world.now());
    record.recorded_by.clone_from(&workspace.settings.defaults.recorded_by);
    record.key = Some(KeyChange {
        old: from.to_owned(),
        new: to.to_owned(),
        old_signature: old.sign_statement(&statement),
        new_signature: new.sign_statement(&statement),
    });
    let bytes = record.encode().map_err(|error| Failure::unanswered(error.to_string()))?;
    let appended = writer
        .append(&[bytes])
        .and_then(|_| writer.sign_with(&[&old, &new], new.verifier(), &context.memory()));
    drop(writer);
    match appended {
        Ok(signed) => context.remember(&workspace, Some(&signed)),
        // The record is in the journal: the new key is needed to sign it.
        Err(error @ (StoreError::Unsigned(_) | StoreError::Sync { .. })) => {
            return Err(Failure::from(error).hint(format!(
                "sign with the new key: siglum sign --key {}; then put that file in the place \
                     of {}",
                new_path.display(),
                old_path.display()
            )));
        }
        Err(error) => {
            // What was appended was taken back: the new key is nobody's.
            let _ = std::fs::remove_file(&new_path);
            return Err(error.into());
        }
    }
    let id = current.as_str().split('+').nth(1).unwrap_or_default();
    let retired = with_suffix(&old_path, &format!("retired-{id}"));
    keys::rename(&old_path, &retired).and_then(|()| keys::rename(&new_path, &old_path)).map_err(
        |error| {
            Failure::from(error).hint(format!(
                "the log has its new key, which is in {}: move it to {} by hand",
                new_path.display(),
                old_path.display()
            ))
        },
    )?;
    workspace.set_verifier(new.verifier())?;
    print(context, &new, &old_path);
    context.ui.note(format_args!("the key until now is {}", retired.display()));
    context.ui.note("publish the new verifier key; old receipts still verify with the old one");
    Ok(Exit::True)
}

/// A path with something added to its name.
fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn show(context: &Context, given: Option<&Path>) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let verifier = &workspace.signing_verifier()?;
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
