//! What verifying gave: the log, then each file.

use serde_json::{Value, json};

use super::diff::{self, Layout};
use super::lineage::SourceState;
use super::log::{self, LogReport};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, CARE, Format, GOOD, Ui, styled};
use crate::compare::verdict::Verdict;
use crate::lineage::graph::{Article, Entry, Version};
use crate::lineage::status::{self, Status};
use crate::verify::article::{Comparison, Named, Part};
use crate::verify::candidate::FoundBy;

/// What is known of a file.
#[derive(Debug)]
pub(in crate::cli) struct FileReport {
    path: String,
    pub(in crate::cli) exit: Exit,
    failure: Option<Failure>,
    matched: Option<Matched>,
    /// How the version stands to what it was translated from.
    sources: Vec<SourceState>,
}

/// The version that a file matches best.
#[derive(Debug)]
struct Matched {
    found_by: FoundBy,
    article: String,
    version: usize,
    index: u64,
    leaf: String,
    recorded: String,
    standing: &'static str,
    observed_url: Option<String>,
    status: Status,
    /// When and how the version's status came about.
    since: Option<(String, Option<String>)>,
    comparison: Comparison,
}

impl FileReport {
    /// A file that can't be read: nothing is known of it.
    pub(in crate::cli) fn unreadable(path: String, failure: Failure) -> Self {
        Self {
            path,
            exit: Exit::Unanswered,
            failure: Some(failure),
            matched: None,
            sources: Vec::new(),
        }
    }

    /// A file that no record comes close to.
    pub(in crate::cli) fn unknown(path: String) -> Self {
        Self { path, exit: Exit::Unanswered, failure: None, matched: None, sources: Vec::new() }
    }

    /// A file that was compared.
    pub(in crate::cli) fn found(
        path: String,
        found_by: FoundBy,
        article: Article<'_>,
        version: Version<'_>,
        comparison: Comparison,
        exit: Exit,
    ) -> Self {
        let became = status::status(article, version);
        let record = version.record;
        let matched = Matched {
            found_by,
            article: article.id().to_owned(),
            version: version.number,
            index: version.entry.index,
            leaf: version.entry.leaf.to_string(),
            recorded: record.recorded.to_string(),
            standing: record.standing.map_or("unknown", |standing| standing.as_str()),
            observed_url: record.observed_url.clone(),
            status: became.status,
            since: became
                .by
                .and_then(Entry::record)
                .map(|by| (by.recorded.to_string(), by.note.clone())),
            comparison,
        };
        Self { path, exit, failure: None, matched: Some(matched), sources: Vec::new() }
    }

    /// The same, with how the version stands to what it was translated from.
    pub(in crate::cli) fn with_sources(self, sources: Vec<SourceState>) -> Self {
        Self { sources, ..self }
    }
}

/// The whole report, in the format that was asked for.
pub(in crate::cli) fn print(ui: Ui, log: &LogReport, articles: &[FileReport], ok: bool) {
    match ui.format() {
        Format::Json => ui.value(&json!({
            "ok": ok,
            "log": log::json(log),
            "articles": articles.iter().map(article_json).collect::<Vec<_>>(),
        })),
        Format::Ndjson => {
            ui.value(&json!({ "ok": ok, "log": log::json(log) }));
            for article in articles {
                ui.value(&article_json(article));
            }
        }
        Format::Human => {
            for article in articles {
                print_article(ui, article);
            }
            log::print(ui, log);
        }
    }
    for failure in articles.iter().filter_map(|article| article.failure.as_ref()) {
        ui.fail(failure);
    }
}

fn article_json(checked: &FileReport) -> Value {
    let Some(matched) = &checked.matched else {
        return json!({
            "path": checked.path,
            "article": null,
            "found_by": null,
            "version": null,
            "status": null,
            "verdict": "unknown",
            "parts": null,
            "record": null,
            "credits": null,
            "paragraphs": [],
            "error": checked.failure.as_ref().map(|failure| &failure.message),
        });
    };
    let comparison = &matched.comparison;
    let parts = &comparison.parts;
    let named = |all: &[Named]| -> Vec<Value> {
        all.iter().map(|(role, name)| json!({ "role": role.as_str(), "name": name })).collect()
    };
    json!({
        "path": checked.path,
        "article": matched.article,
        "found_by": matched.found_by.as_str(),
        "version": matched.version,
        "status": matched.status.as_str(),
        "verdict": comparison.verdict.as_str(),
        "parts": Part::ALL.iter().map(|part| {
            (part.as_str().to_owned(), json!(parts.of(*part).as_str()))
        }).collect::<serde_json::Map<_, _>>(),
        "record": { "index": matched.index, "leaf": matched.leaf },
        "credits": { "added": named(&comparison.added), "removed": named(&comparison.removed) },
        "paragraphs": comparison.paragraphs.iter().map(diff::paragraph).collect::<Vec<_>>(),
        "sources": checked.sources.iter().map(|source| &source.value).collect::<Vec<_>>(),
        "reader": if comparison.reader_differs { "differs" } else { "same" },
    })
}

fn print_article(ui: Ui, checked: &FileReport) {
    let path = styled(BOLD, sanitize::line(&checked.path));
    let Some(matched) = &checked.matched else {
        let why = match &checked.failure {
            Some(_) => "could not be read",
            None => "no record comes close to it",
        };
        ui.line(format_args!("{path}: {} {why}", styled(CARE, "unknown:")));
        return;
    };
    let comparison = &matched.comparison;
    let (style, words) = match comparison.verdict {
        Verdict::Identical => (GOOD, "the same bytes as"),
        Verdict::SameText => (GOOD, "the same text as"),
        Verdict::Typography => (CARE, "but for typography, the same text as"),
        Verdict::Changed => (BAD, "changed from"),
        Verdict::Unknown => (CARE, "could not be compared with"),
    };
    ui.line(format_args!(
        "{path}: {} version {} of {}",
        styled(style, words),
        matched.version,
        sanitize::line(&matched.article)
    ));
    let seen = matched.observed_url.as_deref().map(|url| format!(" at {url}")).unwrap_or_default();
    ui.line(format_args!(
        "    record {}, recorded {} as {}{}, found by {}; this does not show who wrote it",
        matched.index,
        matched.recorded,
        matched.standing,
        sanitize::line(&seen),
        match matched.found_by {
            FoundBy::Record => "its reference",
            FoundBy::Path => "its path",
            FoundBy::Digest => "its text",
            FoundBy::Overlap => "paragraphs it shares",
        }
    ));
    if let Some((when, note)) = &matched.since {
        let note = note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
        ui.line(format_args!(
            "    {} {when}{}",
            styled(CARE, matched.status),
            sanitize::line(&note)
        ));
    }
    for line in checked.sources.iter().filter_map(|source| source.line.as_ref()) {
        ui.line(format_args!("    {} {line}", styled(CARE, "source")));
    }
    print_parts(ui, comparison);
}

fn print_parts(ui: Ui, comparison: &Comparison) {
    let parts = &comparison.parts;
    for part in Part::ALL {
        let verdict = parts.of(*part);
        if verdict >= Verdict::Typography {
            ui.line(format_args!("    {part} {}", verdict.as_str().replace('_', " ")));
        }
    }
    for (role, name) in &comparison.removed {
        ui.line(format_args!("    {} {role} {}", styled(BAD, "-"), sanitize::line(name)));
    }
    for (role, name) in &comparison.added {
        ui.line(format_args!("    {} {role} {}", styled(GOOD, "+"), sanitize::line(name)));
    }
    for change in &comparison.paragraphs {
        diff::print_paragraph(ui, change, Layout::Unified, "    ");
    }
    if comparison.reader_differs && parts.body == Verdict::Changed {
        ui.line("    reader: differs; the change may be the reader's, not the text's");
    }
    if comparison.rest_differs {
        ui.line("    text outside of headline, body and credits differs");
    }
}
