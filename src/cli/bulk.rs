//! `record` of many inputs: directories, and lines of NDJSON. What can't be read is told and left out;
//! all else is recorded.
//!
//! Inputs are taken in order, some thousand at a time: read on all cores, decided one after the other
//! (each sees what those before it added), appended in one durable group. The log is signed whenever it
//! has grown by a quarter, and at the end, so that all signing together costs about what the last does.
//! Whatever interrupts it, a second run appends what is missing and nothing twice.

mod input;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Value, json};

pub(super) use input::is_bulk;
use input::{Found, Input};

use super::error::Failure;
use super::exit::Exit;
use super::render::checkpoint::{self, count};
use super::render::record as render;
use super::signing;
use super::statement::Statement;
use super::ui::{BOLD, Format, styled};
use super::verb::parse::Reading;
use super::workspace::{Context, Workspace};
use crate::article::assemble::Article;
use crate::ingest::batch::{Batch, Decision};
use crate::lineage::graph::Graph;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::LogKey;
use crate::store::append::Writer;
use crate::text::profile::Text;

/// How many inputs are read before they are appended, in one group.
const GROUP: usize = 1000;

/// The log is signed when it has grown by one part in this many since it was.
const GROWTH: u64 = 4;

/// What is taken of every input.
#[derive(Debug)]
pub(super) struct Bulk<'a> {
    pub(super) reading: &'a Reading,
    pub(super) statement: &'a Statement,
    /// Where to write what could not be read, a JSON object a line.
    pub(super) errors: Option<&'a Path>,
    pub(super) dry_run: bool,
}

/// An input that was read, and its article.
type Taken = Result<(Found, Article), Failure>;

/// What became of the inputs.
#[derive(Default)]
struct Outcome {
    recorded: usize,
    unchanged: usize,
    failed: usize,
    /// By the reader that took them apart.
    formats: BTreeMap<String, usize>,
    signed: Option<SignedCheckpoint>,
}

/// Records the inputs.
pub(super) fn run(
    context: &Context,
    workspace: &Workspace,
    bulk: &Bulk<'_>,
    inputs: &[PathBuf],
    key: impl FnOnce(&Writer) -> Result<Option<LogKey>, Failure>,
) -> Result<Exit, Failure> {
    let files = input::files(context, workspace, inputs)?;
    let errors = Errors::open(context, bulk.errors)?;
    let mut writer = context.writer(workspace)?;
    let key = if bulk.dry_run { None } else { key(&writer)? };
    let graph = writer.take_graph();
    let mut signed_size = writer.snapshot().journal().signed_size();
    let mut run = Run { context, workspace, graph, errors, outcome: Outcome::default() };
    let bar = context.ui.bar("recording");
    bar.set_length(files.len() as u64);
    let mut inputs = files.iter().flat_map(|listed| {
        bar.inc(1);
        input::of_file(context, bulk, listed)
    });
    loop {
        let group: Vec<Input> = inputs.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let taken = run.take(group)?;
        if !bulk.dry_run {
            writer.keep_texts(&taken.texts)?;
            writer.append(&taken.records)?;
        }
        // Told only once it is durable.
        taken.lines.iter().for_each(|line| context.ui.value(line));
        if let Some(key) = &key
            && writer.size() - signed_size >= signed_size / GROWTH + GROUP as u64
        {
            run.outcome.signed = signing::append(context, &mut writer, &[], Some(key))?;
            signed_size = writer.size();
        }
    }
    bar.finish_and_clear();
    if let Some(key) = &key {
        run.outcome.signed = signing::append(context, &mut writer, &[], Some(key))?;
    }
    drop(writer);
    let Run { errors, outcome, .. } = run;
    context.remember(workspace, outcome.signed.as_ref());
    errors.close()?;
    print(context, bulk, &outcome);
    Ok(if outcome.failed == 0 { Exit::True } else { Exit::Unanswered })
}

/// What a group of inputs came to.
#[derive(Default)]
struct Group {
    /// The texts to be kept.
    texts: Vec<Text>,
    /// The records to be appended.
    records: Vec<Vec<u8>>,
    /// What is told of each, where a line each is asked for.
    lines: Vec<Value>,
}

/// A recording under way.
struct Run<'a> {
    context: &'a Context,
    workspace: &'a Workspace,
    /// The log's articles, with those that were recorded so far.
    graph: Graph,
    errors: Errors,
    outcome: Outcome,
}

impl Run<'_> {
    /// Reads a group on all cores and decides what each input adds.
    fn take(&mut self, group: Vec<Input>) -> Result<Group, Failure> {
        let (context, workspace) = (self.context, self.workspace);
        let read: Vec<(PathBuf, Option<usize>, Taken)> = group
            .into_par_iter()
            .map(|Input { path, line, found }| {
                let read =
                    found.and_then(|found| input::read(context, workspace, &path, line, found));
                (path, line, read)
            })
            .collect();
        let mut decided: Vec<(PathBuf, Decision, Article)> = Vec::new();
        let mut batch = Batch::new(&self.graph, self.graph.size());
        for (path, line, read) in read {
            let taken = read.and_then(|(found, article)| {
                let Found { bytes, statement, .. } = found;
                let read = (bytes.as_slice(), &article);
                let record = statement.record(context, workspace, &self.graph, &path, read)?;
                Ok((batch.add(record, statement.change())?, article))
            });
            match taken {
                Ok((decision, article)) => decided.push((path, decision, article)),
                Err(failure) => {
                    self.outcome.failed += 1;
                    self.errors.add(context, &path, line, &failure)?;
                }
            }
        }
        let mut taken = Group { records: batch.records().to_vec(), ..Group::default() };
        for (path, decision, article) in decided {
            if context.ui.format() == Format::Ndjson {
                taken.lines.push(render::decision(&path.display().to_string(), &decision));
            }
            taken.texts.extend(self.count(&decision, &article));
        }
        Ok(taken)
    }

    /// Counts a decision and adds it to the articles. Gives the text, where it is to be kept.
    fn count(&mut self, decision: &Decision, article: &Article) -> Option<Text> {
        let record = &decision.record;
        *self.outcome.formats.entry(record.reader.clone().unwrap_or_default()).or_default() += 1;
        if !decision.appended {
            self.outcome.unchanged += 1;
            return None;
        }
        self.outcome.recorded += 1;
        self.graph.add(decision.entry());
        self.workspace.keeps(decision).then(|| article.body())
    }
}

/// What could not be read: in a file, or on standard error.
struct Errors {
    file: Option<(PathBuf, BufWriter<File>)>,
}

impl Errors {
    fn open(context: &Context, path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        let file =
            File::create(context.absolute(path)).map_err(|error| unwritable(path, &error))?;
        Ok(Self { file: Some((path.to_owned(), BufWriter::new(file))) })
    }

    fn add(
        &mut self,
        context: &Context,
        path: &Path,
        line: Option<usize>,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let shown = path.display().to_string();
        match &mut self.file {
            None => {
                let place = line.map_or(shown.clone(), |line| format!("{shown}: line {line}"));
                context.ui.warn(super::sanitize::line(&format!("{place}: {}", failure.message)));
                Ok(())
            }
            Some((file, out)) => {
                let error = json!({ "path": shown, "line": line, "error": failure.message, "hint": failure.hint });
                writeln!(out, "{error}").map_err(|error| unwritable(file, &error))
            }
        }
    }

    fn close(self) -> Result<(), Failure> {
        let Some((path, mut out)) = self.file else { return Ok(()) };
        out.flush().map_err(|error| unwritable(&path, &error))
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::unanswered(format!("can't write {}: {error}", path.display()))
        .hint("check the path of --errors")
}

fn print(context: &Context, bulk: &Bulk<'_>, outcome: &Outcome) {
    let ui = context.ui;
    if ui.format() != Format::Human {
        ui.value(&json!({
            "recorded": outcome.recorded,
            "unchanged": outcome.unchanged,
            "failed": outcome.failed,
            "formats": outcome.formats,
            "checkpoint": outcome.signed.as_ref().map(checkpoint::json),
            "dry_run": bulk.dry_run,
        }));
        return;
    }
    let formats: Vec<String> =
        outcome.formats.iter().map(|(format, count)| format!("{count} {format}")).collect();
    let verb = if bulk.dry_run { "would record" } else { "recorded" };
    ui.line(format_args!(
        "{} {}, {} unchanged, {} not read{}{}",
        styled(BOLD, verb),
        count(outcome.recorded as u64, "record"),
        outcome.unchanged,
        outcome.failed,
        if formats.is_empty() { "" } else { "; " },
        formats.join(", "),
    ));
    if !bulk.dry_run {
        checkpoint::print_signed(ui, outcome.signed.as_ref());
    }
}
