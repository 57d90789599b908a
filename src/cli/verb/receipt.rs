//! `siglum verify --receipt`: a receipt, without a workspace or a network.

use std::path::Path;

use serde_json::json;

use crate::article::assemble::Article;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, Format, GOOD, styled};
use crate::cli::workspace::Context;
use crate::compare::verdict::Verdict;
use crate::credit::lexicon::Lexicon;
use crate::log::key::VerifierKey;
use crate::log::receipt::{ProvedRecord, Receipt};
use crate::record::fields::Record;
use crate::text::profile::Text;
use crate::verify::article::{self, Subject};

/// What a receipt is to be compared with.
pub(in crate::cli) enum Against<'a> {
    /// Nothing: only the receipt is checked.
    Nothing,
    /// A file.
    File { path: &'a Path, bytes: &'a [u8], article: &'a Article },
    /// A passage: whole paragraphs.
    Quote(&'a str),
}

/// Checks a receipt, and whether it is of this file or has this passage.
pub(in crate::cli) fn run(
    context: &Context,
    path: &Path,
    key: &str,
    against: &Against<'_>,
) -> Result<Exit, Failure> {
    let key = VerifierKey::parse(key).map_err(|error| {
        Failure::from(error).hint("`siglum key show` prints a log's verifier key")
    })?;
    let bytes = context.input(path)?;
    let proved =
        Receipt::parse(&bytes).and_then(|receipt| receipt.verify(&key)).map_err(|error| {
            let exit = if error.is_unreadable() { Exit::Unanswered } else { Exit::False };
            Failure { exit, message: error.to_string(), hint: None }.with_path(path)
        })?;
    let record = Record::decode(proved.bytes()).map_err(|error| {
        Failure::unanswered(format!("record {}: {error}", proved.index())).with_path(path)
    })?;
    let (verdict, exit) = judge(&record, against);
    report(context, &proved, &record, verdict.as_deref(), exit);
    Ok(exit)
}

/// What the record says of the file or passage, in a word, and the exit code.
fn judge(record: &Record, against: &Against<'_>) -> (Option<String>, Exit) {
    match against {
        Against::Nothing => (None, Exit::True),
        Against::File { path, bytes, article } => {
            let subject = Subject { raw: bytes, article, lexicon: Lexicon::builtin() };
            let compared = article::compare(subject, record, |_| None);
            let exit = match compared.verdict {
                Verdict::Changed => Exit::False,
                Verdict::Unknown => Exit::Unanswered,
                _ => Exit::True,
            };
            let verdict = compared.verdict.as_str().replace('_', " ");
            (Some(format!("{}: {verdict}", path.display())), exit)
        }
        Against::Quote(text) => {
            let text = Text::new(text);
            let paragraphs = record.text.as_ref().filter(|recorded| {
                usize::try_from(recorded.paragraph_count) == Ok(recorded.paragraphs.len())
            });
            let Some(recorded) = paragraphs.filter(|_| !text.is_empty()) else {
                let why = "the passage: the record has no digest of single paragraphs";
                return (Some(why.to_owned()), Exit::Unanswered);
            };
            let quoted: Vec<_> = text.paragraphs().map(|p| Text::new(p).digest()).collect();
            let at = recorded.paragraphs.windows(quoted.len()).position(|run| run == quoted);
            match at {
                Some(at) => (Some(format!("the passage: paragraph {}", at + 1)), Exit::True),
                // Part of a paragraph has no digest: what isn't found may still be in it.
                None => (
                    Some("the passage: no whole paragraph of the record".to_owned()),
                    Exit::Unanswered,
                ),
            }
        }
    }
}

fn report(
    context: &Context,
    proved: &ProvedRecord,
    record: &Record,
    verdict: Option<&str>,
    exit: Exit,
) {
    let ui = context.ui;
    let checkpoint = proved.checkpoint().checkpoint();
    if ui.format() != Format::Human {
        ui.value(&json!({
            "ok": exit == Exit::True,
            "record": { "index": proved.index(), "leaf": proved.leaf().to_string() },
            "article": record.article,
            "recorded": record.recorded,
            "headline": record.headline,
            "verdict": verdict,
            "log": {
                "scope": "inclusion",
                "origin": checkpoint.origin.as_str(),
                "size": checkpoint.size,
                "root": crate::log::tree::to_base64(&checkpoint.root),
                "signed_by": proved.checkpoint().signed_by().as_str(),
            },
        }));
        return;
    }
    if let Some(verdict) = verdict {
        let style = if exit == Exit::True { GOOD } else { BAD };
        ui.line(styled(style, sanitize::line(verdict)));
    }
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
