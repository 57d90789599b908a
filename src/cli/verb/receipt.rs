//! `siglum verify --receipt`: a receipt, without a workspace or a network.

use std::path::Path;

use serde_json::{Value, json};

use crate::article::assemble::Article;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::log;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, CARE, Format, GOOD, styled};
use crate::cli::verb::verify;
use crate::cli::workspace::Context;
use crate::compare::verdict::Verdict;
use crate::credit::lexicon::Lexicon;
use crate::log::checkpoint::CheckpointError;
use crate::log::key::VerifierKey;
use crate::log::receipt::{MAX_BYTES, ProvedRecord, Receipt, ReceiptError};
use crate::record::fields::Record;
use crate::text::profile::Text;
use crate::verify::article::{self, Subject};
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::quote;

/// What a receipt is to be compared with.
pub(in crate::cli) enum Against<'a> {
    /// Nothing: only the receipt is checked.
    Nothing,
    /// A file.
    File { path: &'a Path, bytes: &'a [u8], article: &'a Article },
    /// A passage: whole paragraphs.
    Quote(&'a str),
}

/// A receipt that answers nothing, or with "no".
pub(in crate::cli) struct Unproved {
    failure: Failure,
    /// What is wrong with the receipt, where it is that.
    fault: Option<Box<Fault>>,
    /// The record, where it was proved and can't be read.
    proved: Option<Box<ProvedRecord>>,
}

impl From<Failure> for Unproved {
    fn from(failure: Failure) -> Self {
        Self { failure, fault: None, proved: None }
    }
}

/// Checks a receipt by `check`, and puts an object on standard output where it fails, too.
pub(in crate::cli) fn told(
    context: &Context,
    check: impl FnOnce() -> Result<Exit, Unproved>,
) -> Result<Exit, Failure> {
    check().map_err(|unproved| {
        if context.ui.format() != Format::Human {
            context.ui.value(&failed_json(&unproved));
        }
        unproved.failure
    })
}

/// Checks a receipt, and whether it is of this file or has this passage. `strict` takes differences
/// of typography for changes.
pub(in crate::cli) fn run(
    context: &Context,
    path: &Path,
    key: &str,
    against: &Against<'_>,
    strict: bool,
) -> Result<Exit, Unproved> {
    let key = VerifierKey::parse(key).map_err(|error| {
        Failure::from(error).hint("`siglum key show` prints a log's verifier key")
    })?;
    let bytes = context.input_up_to(path, MAX_BYTES)?;
    let proved = Receipt::parse(&bytes)
        .and_then(|receipt| receipt.verify(&key))
        .map_err(|error| unproved(path, &error))?;
    let record = match Record::decode(proved.bytes()) {
        Ok(record) => record,
        Err(error) => {
            let message = format!("record {}: {error}", proved.index());
            let failure = Failure::unanswered(message).with_path(path);
            return Err(Unproved { failure, fault: None, proved: Some(Box::new(proved)) });
        }
    };
    let judgement = judge(&record, against, strict);
    report(context, &proved, &record, judgement.as_ref());
    Ok(judgement.map_or(Exit::True, |judgement| judgement.exit))
}

/// Why a receipt proves nothing, as a failure and as a fault.
fn unproved(path: &Path, error: &ReceiptError) -> Unproved {
    let exit = if error.is_unreadable() { Exit::Unanswered } else { Exit::False };
    let hint = if error.is_unreadable() {
        "`siglum prove REF -o FILE` writes receipts; check that it is the right file"
    } else {
        "the receipt proves nothing by this key: ask who gave it for another"
    };
    let kind = match error {
        ReceiptError::NotIncluded { .. } => FaultKind::Record,
        ReceiptError::Checkpoint(CheckpointError::Origin { .. }) => FaultKind::Origin,
        error if error.is_unreadable() => FaultKind::Unreadable,
        _ => FaultKind::Signature,
    };
    let mut fault = Fault::new(kind, path.display().to_string(), error.to_string());
    if let ReceiptError::NotIncluded { index, .. } = error {
        fault = fault.at(*index);
    }
    let message = error.to_string();
    let failure = Failure { exit, message, hint: Some(hint.to_owned()) }.with_path(path);
    Unproved { failure, fault: Some(Box::new(fault)), proved: None }
}

/// What a record says of a file or passage.
struct Judgement {
    /// The verdict's word; a passage is `same_text` or `unknown`.
    verdict: Verdict,
    /// Why, for people: what was compared, and how it came out.
    shown: String,
    /// The first paragraph of the passage, from 1.
    paragraph: Option<usize>,
    exit: Exit,
}

/// What the record says of the file or passage; `None` where there is none to be compared with.
fn judge(record: &Record, against: &Against<'_>, strict: bool) -> Option<Judgement> {
    match against {
        Against::Nothing => None,
        Against::File { path, bytes, article } => {
            let subject = Subject { raw: bytes, article, lexicon: Lexicon::builtin() };
            let compared = article::compare(subject, record, |_| None);
            let verdict = compared.verdict;
            let words = verdict.as_str().replace('_', " ");
            Some(Judgement {
                verdict,
                shown: format!("{}: {words}", path.display()),
                paragraph: None,
                exit: verify::exit_of(&compared, strict),
            })
        }
        Against::Quote(text) => Some(judge_quote(record, &Text::new(text))),
    }
}

/// Whether the record has a passage as whole paragraphs.
fn judge_quote(record: &Record, text: &Text) -> Judgement {
    let unknown = |why: &str| Judgement {
        verdict: Verdict::Unknown,
        shown: format!("the passage: {why}"),
        paragraph: None,
        exit: Exit::Unanswered,
    };
    if text.is_empty() {
        return unknown("it has no text");
    }
    let Some(paragraphs) = quote::single_paragraphs(record) else {
        return unknown("the record has no digest of single paragraphs");
    };
    // Part of a paragraph has no digest: what isn't found may still be in it.
    quote::whole_paragraphs(text, paragraphs).map_or_else(
        || unknown("no whole paragraph of the record"),
        |paragraph| Judgement {
            verdict: Verdict::SameText,
            shown: format!("the passage: paragraph {paragraph}"),
            paragraph: Some(paragraph),
            exit: Exit::True,
        },
    )
}

fn report(
    context: &Context,
    proved: &ProvedRecord,
    record: &Record,
    judgement: Option<&Judgement>,
) {
    let ui = context.ui;
    let ok = judgement.is_none_or(|judgement| judgement.exit == Exit::True);
    if ui.format() != Format::Human {
        ui.value(&json!({
            "ok": ok,
            "record": record_json(proved),
            "article": record.article,
            "recorded": record.recorded,
            "headline": record.headline,
            "verdict": judgement.map(|judgement| judgement.verdict.as_str()),
            "paragraph": judgement.and_then(|judgement| judgement.paragraph),
            "log": log_json(proved),
            "error": null,
        }));
        return;
    }
    if let Some(judgement) = judgement {
        let style = match judgement.exit {
            Exit::True => GOOD,
            Exit::False => BAD,
            Exit::Unanswered => CARE,
        };
        ui.line(styled(style, sanitize::line(&judgement.shown)));
    }
    let checkpoint = proved.checkpoint().checkpoint();
    ui.line(format_args!(
        "{} record {} of {} is in its log of {} records",
        styled(GOOD, "proved:"),
        proved.index(),
        sanitize::line(checkpoint.origin.as_str()),
        checkpoint.size
    ));
    let what = record.headline.as_deref().or(record.article.as_deref()).unwrap_or_default();
    ui.line(format_args!("    {} {}", styled(BOLD, record.event), sanitize::line(what)));
    for credit in &record.credits {
        ui.line(format_args!("    {} {}", credit.role, sanitize::line(&credit.shown_name())));
    }
    ui.line(format_args!(
        "    as of {}; later corrections not checked; this does not show who wrote it",
        record.recorded
    ));
}

fn record_json(proved: &ProvedRecord) -> Value {
    json!({ "index": proved.index(), "leaf": proved.leaf().to_string() })
}

/// What is known of the log that a record was proved to be in.
fn log_json(proved: &ProvedRecord) -> Value {
    let checkpoint = proved.checkpoint().checkpoint();
    json!({
        "ok": true,
        "scope": "inclusion",
        "origin": checkpoint.origin.as_str(),
        "size": checkpoint.size,
        "root": crate::log::tree::to_base64(&checkpoint.root),
        "signed_by": proved.checkpoint().signed_by().as_str(),
        "faults": [],
    })
}

/// The same object where nothing is to be said of the record's content. `log` is null where the
/// receipt was not come to.
fn failed_json(unproved: &Unproved) -> Value {
    let faulty = |fault: &Fault| {
        json!({
            "ok": false,
            "scope": "inclusion",
            "origin": null,
            "size": null,
            "root": null,
            "signed_by": null,
            "faults": [log::fault_json(fault)],
        })
    };
    let proved = unproved.proved.as_deref();
    json!({
        "ok": false,
        "record": proved.map(record_json),
        "article": null,
        "recorded": null,
        "headline": null,
        "verdict": null,
        "paragraph": null,
        "log": proved.map(log_json).or_else(|| unproved.fault.as_deref().map(faulty)),
        "error": unproved.failure.message,
    })
}
