//! `siglum cosign`: a witness's answer to a request, and a log's use of it.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint::json as render;
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::log::checkpoint::{CheckpointError, MAX_BYTES, SignedCheckpoint};
use crate::log::key::{Origin, VerifierKey};
use crate::log::note;
use crate::log::witness::{self, Request};
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

    /// The log's verifier key, needed the first time and after the log changed it, and remembered
    #[arg(long, value_name = "KEY")]
    log: Option<String>,

    /// Vouch for --log as the log's new key, where the key known here did not sign the checkpoint too
    ///
    /// The log must still continue what was cosigned last.
    #[arg(long, requires = "log")]
    rotated: bool,

    /// A file with cosignatures of this log's checkpoint; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["request", "key", "log", "rotated"])]
    add: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    match (&args.add, &args.request, &args.key) {
        (Some(file), ..) => add(context, file),
        (None, Some(request), Some(key)) => {
            let log = Log { given: args.log.as_deref(), vouched: args.rotated };
            cosign(context, request, key, &log)
        }
        _ => {
            Err(Failure::unanswered("a request and a key are needed").hint("siglum cosign --help"))
        }
    }
}

/// What the witness is told of the log's key.
struct Log<'a> {
    given: Option<&'a str>,
    /// Whether whoever runs the witness vouches for it as the log's new key.
    vouched: bool,
}

fn cosign(context: &Context, request: &Path, key: &Path, told: &Log<'_>) -> Result<Exit, Failure> {
    let bytes = context.input_up_to(request, witness::MAX_BYTES)?;
    let request = Request::parse(&bytes).map_err(|error| {
        Failure::unanswered(error.to_string()).with_path(request).hint(NO_REQUEST)
    })?;
    let origin = std::str::from_utf8(&request.checkpoint).ok().and_then(|text| text.lines().next());
    let origin = Origin::new(origin.unwrap_or_default())?;
    let cosigner = keys::read_cosigner(&context.absolute(key), &origin)?;
    // Each witness key has a state of its own.
    let name = crate::text::digest::Digest::of_bytes(cosigner.key().as_str().as_bytes());
    let state = WitnessState::new(context.world.state().join("witness").join(name.to_string()));
    let log = trusted(&state, &origin, told.given)?;
    if log.public().as_ref() == Some(cosigner.key().public()) {
        return Err(Failure::unanswered("the log and the witness have the same key")
            .hint("one key, one role: make the witness its own with `siglum key new --cosigner`"));
    }
    let checkpoint =
        SignedCheckpoint::verify(&request.checkpoint, &log).map_err(|error| not_signed(&error))?;
    state.advance(&log, &request, &checkpoint, told.vouched).map_err(refusal)?;
    let text = checkpoint_text(&checkpoint);
    let time = context.world.seconds();
    let line = cosigner.cosign(&text, time);
    match context.ui.format() {
        Format::Human => context.ui.line(line),
        Format::Json | Format::Ndjson => context.ui.value(&json!({
            "cosignature": line,
            "witness": cosigner.key().name().as_str(),
            "time": time,
            "checkpoint": render(&checkpoint),
        })),
    }
    Ok(Exit::True)
}

/// What to do about a file that is no request.
const NO_REQUEST: &str = "`siglum prove --since` writes requests; check that it is the right file";

/// Why the checkpoint of a request is not believed.
fn not_signed(error: &CheckpointError) -> Failure {
    if error.is_unreadable() {
        return Failure::unanswered(error.to_string()).hint(NO_REQUEST);
    }
    let hint = "if the log has changed its key, name the new one with --log";
    Failure { exit: Exit::False, message: error.to_string(), hint: Some(hint.to_owned()) }
}

/// The key of a log: as given, where the state is to decide whether it is the log's; else the one
/// that is remembered.
fn trusted(
    state: &WitnessState,
    origin: &Origin,
    given: Option<&str>,
) -> Result<VerifierKey, Failure> {
    let known = state.log_key(origin.as_str())?;
    let key = match (&known, given) {
        (_, Some(key)) => VerifierKey::parse(key)?,
        (Some(key), None) => VerifierKey::parse(key)?,
        (None, None) => {
            return Err(Failure::unanswered(format!("{origin} was never witnessed here"))
                .hint("name its verifier key with --log, from somebody you trust"));
        }
    };
    if key.name() == origin {
        Ok(key)
    } else {
        Err(Failure::unanswered(format!("the key is of {}, the request of {origin}", key.name()))
            .hint("name the verifier key of the request's log with --log"))
    }
}

fn refusal(refusal: Refusal) -> Failure {
    let message = refusal.to_string();
    match refusal {
        Refusal::Store(error) => error.into(),
        Refusal::OtherKey { .. } => Failure::unanswered(message).hint(
            "make the request right after the rotation, when both keys sign the checkpoint; or \
             vouch for the new key with --rotated, if you have it from somebody you trust",
        ),
        Refusal::RetiredKey(_) => Failure::unanswered(message).hint(
            "leave --log out, or name the log's newest key: what an old key signs is not cosigned",
        ),
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
    let bytes = context.input_up_to(file, MAX_BYTES)?;
    let text = crate::text::profile::utf8(&bytes)
        .map_err(|error| Failure::unanswered(error.to_string()).with_path(file))?;
    let before = quorum.cosignatures(&signed).map_err(|error| {
        Failure::unanswered(error.to_string())
            .with_path(&workspace.layout.checkpoint())
            .hint("delete that line from it: the log's own signature stays as it is")
    })?;
    let mut after = before.clone();
    for line in text.lines().filter(|line| note::signer(line).is_some()) {
        let note = String::from_utf8_lossy(signed.as_bytes()).into_owned();
        let Some(lines) = note::split(&note) else { continue };
        let with = note::with_signature(&lines, line);
        let next = SignedCheckpoint::verify(with.as_bytes(), verifier)
            .map_err(|error| Failure::unanswered(error.to_string()).with_path(file))?;
        let known = quorum.cosignatures(&next).map_err(|error| {
            let hint = "it was made for another checkpoint: ask the witness with a new request";
            Failure { exit: Exit::False, message: error.to_string(), hint: Some(hint.to_owned()) }
                .with_path(file)
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
    if context.ui.format() != Format::Human {
        context.ui.value(&json!({
            "by": after.iter().map(|one| one.by.name().as_str()).collect::<Vec<_>>(),
            "needed": quorum.needed(),
            "reached": reached,
            "checkpoint": render(&signed),
        }));
        return Ok(Exit::True);
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
