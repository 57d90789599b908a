//! `siglum prove`: receipts of records, and requests to witnesses.

use std::path::{Path, PathBuf};

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::workspace::{Context, Workspace};
use crate::log::checkpoint::{self, SignedCheckpoint};
use crate::log::proof;
use crate::log::receipt::Receipt;
use crate::log::tree;
use crate::log::witness::Request;
use crate::store::error::StoreError;
use crate::store::tiles::{self, DiskTiles};
use crate::store::{durable, open};
use crate::verify::fault::{Fault, FaultKind};

/// Write a receipt: one file that proves a record is in the log, without the log
///
/// Anybody can check it with the log's verifier key alone: `siglum verify --receipt FILE --key KEY`.
/// With --since it writes a request to a witness instead: the newest checkpoint, and the proof that
/// the log only grew since an older one.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The record: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    #[arg(required_unless_present = "since")]
    reference: Option<Reference>,

    /// Write a C2SP add-checkpoint request from this older checkpoint, or from size 0 for `none`
    #[arg(long, value_name = "CHECKPOINT", conflicts_with = "reference")]
    since: Option<PathBuf>,

    /// The file to write; standard output unless given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let signed = workspace.checkpoint()?;
    let bytes = match (&args.reference, &args.since) {
        (Some(reference), _) => receipt(context, &workspace, &signed, reference)?,
        (None, Some(since)) => request(context, &workspace, &signed, since)?,
        (None, None) => Vec::new(),
    };
    match &args.output {
        None => context.ui.raw(&String::from_utf8_lossy(&bytes)),
        Some(path) => {
            durable::replace(&context.absolute(path), &bytes)?;
            context.ui.note(format_args!("wrote {}", path.display()));
        }
    }
    Ok(Exit::True)
}

/// The receipt of a record. A number leads to it without reading the rest of the log.
fn receipt(
    context: &Context,
    workspace: &Workspace,
    signed: &SignedCheckpoint,
    reference: &Reference,
) -> Result<Vec<u8>, Failure> {
    let index = if let Some(index) = reference.as_index() {
        index
    } else {
        let known = context.know(workspace, Some(&reference.wants()))?;
        reference.find(known.graph())?.entry.index
    };
    let size = signed.size();
    if index >= size {
        return Err(Failure::unanswered(format!(
            "record {index} is not among the {size} that are signed"
        ))
        .hint("`siglum sign` signs what is not yet signed; records count from 0"));
    }
    let layout = &workspace.layout;
    let record = tiles::record(layout, index)?.ok_or_else(|| {
        Failure::unanswered(format!("record {index} is not in the journal")).hint("siglum verify")
    })?;
    let path = proof::prove_inclusion(&mut DiskTiles::new(layout), index, size)?;
    let leaf = tree::leaf_hash(&record);
    if proof::root_from_inclusion(leaf, index, size, &path) != Some(signed.root()) {
        let message = "the record and the tiles don't come to the signed root";
        let fault = Fault::new(FaultKind::Record, "records/entries", message).at(index);
        return Err(culprit(workspace, fault)?);
    }
    Ok(Receipt::new(record, index, path, signed).to_bytes())
}

/// The request to a witness that cosigned `since` last.
fn request(
    context: &Context,
    workspace: &Workspace,
    signed: &SignedCheckpoint,
    since: &Path,
) -> Result<Vec<u8>, Failure> {
    let layout = &workspace.layout;
    let old = if since.as_os_str() == "none" {
        None
    } else {
        let bytes = context.input_up_to(since, checkpoint::MAX_BYTES)?;
        let chain = open::keychain(layout, workspace.verifier()?)?;
        let old = chain.verify(&bytes);
        Some(old.ok_or_else(|| {
            Failure::unanswered("not a checkpoint signed by this log").with_path(since).hint(
                "give one that the witness cosigned, such as records/checkpoint.witnessed, or \
                 `none` for the first time",
            )
        })?)
    };
    let size = old.as_ref().map_or(0, SignedCheckpoint::size);
    if size > signed.size() {
        return Err(Failure::unanswered(format!(
            "that checkpoint has {size} records and the log {}",
            signed.size()
        ))
        .hint("siglum verify --checkpoint FILE"));
    }
    let path = match size {
        0 => Vec::new(),
        size => proof::prove_consistency(&mut DiskTiles::new(layout), size, signed.size())?,
    };
    let request = Request { old: size, path, checkpoint: signed.as_bytes().to_vec() };
    let old_root = old.as_ref().map_or_else(|| tree::root_of(&[]), SignedCheckpoint::root);
    if !request.continues(old_root, signed.size(), signed.root()) {
        let message = "the log does not continue that checkpoint";
        let fault = Fault::new(FaultKind::Fork, "records/checkpoint", message);
        return Err(culprit(workspace, fault)?);
    }
    Ok(request.to_bytes())
}

/// Why a proof doesn't come to the signed root: what the whole log says is wrong, such as a tile;
/// `fault` where all of it is in order.
fn culprit(workspace: &Workspace, fault: Fault) -> Result<Failure, Failure> {
    open::check(&workspace.layout, workspace.verifier()?)?;
    Ok(StoreError::fault(fault).into())
}
