//! `siglum cosign`: a witness's answer to a request, and a log's use of it.

use std::path::{Path, PathBuf};

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::workspace::Context;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::{Origin, VerifierKey};
use crate::log::note;
use crate::log::witness::Request;
use crate::store::witness::{Refusal, WitnessState};
use crate::store::{durable, keys};

/// Cosign a log's checkpoint as its witness, or add a witness's answer to the log
///
/// As a witness: reads a request made by `siglum prove --since`, checks that the log only grew since
/// it was last cosigned here, remembers the new checkpoint and writes a cosignature.
/// As a log: `--add FILE` puts a cosignature into the checkpoint; once the quorum of [log] is
/// reached, the checkpoint becomes records/checkpoint.witnessed.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The request; `-` is standard input
    #[arg(required_unless_present = "add")]
    request: Option<PathBuf>,

    /// The witness's private key, made by `siglum key new --cosigner NAME`
    #[arg(long, value_name = "FILE", required_unless_present = "add")]
    key: Option<PathBuf>,

    /// The log's verifier key, which is needed the first time and remembered
    #[arg(long, value_name = "KEY")]
    log: Option<String>,

    /// A file with cosignatures of this log's checkpoint; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["request", "key", "log"])]
    add: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    match (&args.add, &args.request, &args.key) {
        (Some(file), ..) => add(context, file),
        (None, Some(request), Some(key)) => cosign(context, request, key, args.log.as_deref()),
        _ => {
            Err(Failure::unanswered("a request and a key are needed").hint("siglum cosign --help"))
        }
    }
}

fn cosign(
    context: &Context,
    request: &Path,
    key: &Path,
    log: Option<&str>,
) -> Result<Exit, Failure> {
    let bytes = context.input(request)?;
    let request = Request::parse(&bytes)
        .map_err(|error| Failure::unanswered(error.to_string()).with_path(request))?;
    let origin = std::str::from_utf8(&request.checkpoint).ok().and_then(|text| text.lines().next());
    let origin = Origin::new(origin.unwrap_or_default())?;
    let cosigner = keys::read_cosigner(&context.absolute(key), &origin)?;
    // Each witness key has a state of its own.
    let name = crate::text::digest::Digest::of_bytes(cosigner.key().as_str().as_bytes());
    let state = WitnessState::new(context.world.state().join("witness").join(name.to_string()));
    let log = trusted(&state, &origin, log)?;
    if log.public().as_ref() == Some(cosigner.key().public()) {
        return Err(Failure::unanswered("the log and the witness have the same key")
            .hint("one key, one role: make the witness its own with `siglum key new --cosigner`"));
    }
    let checkpoint = SignedCheckpoint::verify(&request.checkpoint, &log)
        .map_err(|error| Failure { exit: Exit::False, message: error.to_string(), hint: None })?;
    state.advance(&log, &request, &checkpoint).map_err(refusal)?;
    let text = checkpoint_text(&checkpoint);
    context.ui.line(cosigner.cosign(&text, context.world.seconds()));
    Ok(Exit::True)
}

/// What to do about a log that comes with another key.
const OTHER_KEY: &str =
    "a witness knows a log by one key; after a rotation, begin with a new state";

/// The key of a log: as remembered; the first time, as given.
fn trusted(
    state: &WitnessState,
    origin: &Origin,
    given: Option<&str>,
) -> Result<VerifierKey, Failure> {
    let known = state.log_key(origin.as_str())?;
    let key = match (&known, given) {
        (Some(known), Some(given)) if known != given => {
            return Err(Failure::unanswered(format!("{origin} is known by the key {known}"))
                .hint(OTHER_KEY));
        }
        (Some(key), _) => VerifierKey::parse(key)?,
        (None, Some(key)) => VerifierKey::parse(key)?,
        (None, None) => {
            return Err(Failure::unanswered(format!("{origin} was never witnessed here"))
                .hint("name its verifier key with --log, from somebody you trust"));
        }
    };
    if key.name() == origin {
        Ok(key)
    } else {
        Err(Failure::unanswered(format!("the key is of {}, the request of {origin}", key.name())))
    }
}

fn refusal(refusal: Refusal) -> Failure {
    let message = refusal.to_string();
    match refusal {
        Refusal::Store(error) => error.into(),
        Refusal::OtherKey { .. } => Failure::unanswered(message).hint(OTHER_KEY),
        Refusal::Conflict { known, .. } => Failure::unanswered(message)
            .hint(format!("make the request from the checkpoint of size {known}")),
        Refusal::Backwards { .. } | Refusal::Inconsistent { .. } => Failure {
            exit: Exit::False,
            message,
            hint: Some("keep the request: it may show that the log contradicts itself".to_owned()),
        },
    }
}

/// The text of a checkpoint's note that signatures are over.
fn checkpoint_text(checkpoint: &SignedCheckpoint) -> String {
    let note = String::from_utf8_lossy(checkpoint.as_bytes()).into_owned();
    note::split(&note).map(|lines| lines.text.to_owned()).unwrap_or_default()
}

/// Puts cosignatures into the log's checkpoint.
fn add(context: &Context, file: &Path) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let quorum = &workspace.settings.quorum;
    // Held to the end: nobody else puts a checkpoint in place meanwhile.
    let writer = context.writer(&workspace)?;
    let verifier = writer.newest_key();
    let mut signed = workspace.checkpoint()?;
    let bytes = context.input(file)?;
    let text = crate::text::profile::utf8(&bytes)
        .map_err(|error| Failure::unanswered(error.to_string()).with_path(file))?;
    let before = quorum.cosignatures(&signed).map_err(|e| Failure::unanswered(e.to_string()))?;
    let mut after = before.clone();
    for line in text.lines().filter(|line| note::signer(line).is_some()) {
        let note = String::from_utf8_lossy(signed.as_bytes()).into_owned();
        let Some(lines) = note::split(&note) else { continue };
        let with = note::with_signature(&lines, line);
        let next = SignedCheckpoint::verify(with.as_bytes(), verifier)
            .map_err(|error| Failure::unanswered(error.to_string()).with_path(file))?;
        let known = quorum.cosignatures(&next).map_err(|error| {
            Failure { exit: Exit::False, message: error.to_string(), hint: None }.with_path(file)
        })?;
        // Lines of witnesses that are not trusted are left out: they change nothing that is known.
        if known.len() >= after.len() && known != after {
            (signed, after) = (next, known);
        }
    }
    if after == before {
        return Err(Failure::unanswered("no cosignature of this checkpoint by a trusted witness")
            .with_path(file)
            .hint(
                "[log] witnesses names those that are trusted; a newer checkpoint needs a new one",
            ));
    }
    durable::replace(&workspace.layout.checkpoint(), signed.as_bytes())?;
    let reached = quorum.is_asked() && after.len() >= quorum.needed();
    if reached {
        durable::replace(&workspace.layout.witnessed(), signed.as_bytes())?;
    }
    context.ui.line(format_args!(
        "{} of {} witnesses have cosigned {} records{}",
        after.len(),
        quorum.witnesses().len(),
        signed.size(),
        if reached { "; the quorum is reached" } else { "" }
    ));
    Ok(Exit::True)
}
