//! `siglum credits`: reads credit lines, one a line, as fast as they come.

use std::io::BufRead as _;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::{credits, marks};
use crate::cli::ui::Format;
use crate::cli::workspace::Context;
use crate::credit::line;
use crate::text::language::Language;

/// Read credit lines from standard input, one a line
///
/// With `--format ndjson` each line is an object `{"id", "text", "language"?}`, and each answer one
/// with `id`, `credits`, `sources` and `leftover`, in the same order, as soon as it is read.
/// Otherwise each line is a credit line.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Show each line with what was read of it and, where nothing was, what was expected
    #[arg(long)]
    explain: bool,

    /// The lines' language, where a line doesn't say its own
    #[arg(long, value_name = "TAG")]
    language: Option<Language>,
}

/// A line of input as NDJSON.
#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    id: Value,
    text: String,
    language: Option<Language>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let ui = context.ui;
    let workspace = context.find_workspace()?;
    let settings = workspace.map(|workspace| workspace.settings).unwrap_or_default();
    let lexicon = settings.lexicon();
    let failed =
        |error: std::io::Error| Failure::unanswered(format!("can't read standard input: {error}"));
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(std::io::stdin().lock().lines()) {
        let text = text.map_err(failed)?;
        if text.trim().is_empty() {
            continue;
        }
        let input = match ui.format() {
            Format::Ndjson => serde_json::from_str(&text).map_err(|error| {
                Failure::unanswered(format!("standard input, line {number}: {error}"))
                    .hint("each line must be an object such as {\"id\": 1, \"text\": \"Edited by A. Prell\"}")
            })?,
            _ => Input { id: json!(number), text, language: None },
        };
        let hint = input.language.as_ref().or(args.language.as_ref());
        let line = line::parse(lexicon, &input.text, hint);
        match ui.format() {
            Format::Ndjson => ui.value(&credits::line(json!({ "id": input.id }), &line)),
            Format::Json => lines.push(credits::line(json!({ "text": input.text }), &line)),
            Format::Human => {
                marks::print(ui, &format!("line {number}"), &input.text, &line, args.explain);
            }
        }
    }
    if ui.format() == Format::Json {
        ui.value(&json!({ "lines": lines }));
    }
    Ok(Exit::True)
}
