//! `record` of many inputs: directories, patterns, and lines of NDJSON. What can't be read is told and
//! left out; all else is recorded.
//!
//! Inputs are taken in order, some thousand at a time: read on all cores, decided one after the other
//! (each sees what those before it added), appended in one durable group. The log is signed whenever it
//! has grown by a quarter, and at the end, so that all signing together costs about what the last does.
//! Whatever interrupts it, a second run appends what is missing and nothing twice.

mod decide;
mod errors;
mod flags;
mod input;
mod mapped;
mod outcome;

use std::path::PathBuf;

use rayon::ThreadPoolBuilder;

use decide::Run;
pub(super) use flags::Flags;
use input::Input;
pub(super) use input::is_bulk;

use super::error::Failure;
use super::exit::Exit;
use super::signing;
use super::statement::Statement;
use super::verb::parse::Reading;
use super::workspace::{Context, Workspace};
use crate::log::key::LogKey;
use crate::store::append::Writer;

/// How many inputs are read before they are appended, in one group.
const GROUP: usize = 1000;

/// After how many bytes a group takes no more inputs: what is read is held until it is appended.
const GROUP_BYTES: u64 = 64 * 1024 * 1024;

/// The log is signed when it has grown by one part in this many since it was.
const GROWTH: u64 = 4;

/// What is taken of every input.
#[derive(Debug)]
pub(super) struct Bulk<'a> {
    pub(super) reading: &'a Reading,
    pub(super) statement: &'a Statement,
    pub(super) flags: &'a Flags,
    pub(super) dry_run: bool,
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
    let jobs = bulk.flags.jobs.map_or(0, usize::from);
    let pool = ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool =
        pool.map_err(|error| Failure::unanswered(format!("can't read side by side: {error}")))?;
    let mut run = Run::new(context, workspace, bulk)?;
    let mut writer = context.writer(workspace)?;
    let key = if bulk.dry_run { None } else { key(&writer)? };
    run.graph(writer.take_graph());
    let mut signed_size = writer.snapshot().journal().signed_size();
    let bar = context.ui.bar("recording");
    bar.set_length(files.len() as u64);
    let mut inputs = files.iter().flat_map(|listed| {
        bar.inc(1);
        input::of_file(context, listed)
    });
    loop {
        let group = group(&mut inputs);
        if group.is_empty() {
            break;
        }
        let taken = run.take(&pool, group)?;
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
    let outcome = run.end()?;
    context.remember(workspace, outcome.signed.as_ref());
    outcome.print(context.ui, bulk.dry_run);
    Ok(if outcome.failed == 0 { Exit::True } else { Exit::Unanswered })
}

/// The next inputs that are read together.
fn group<'a>(inputs: &mut impl Iterator<Item = Input<'a>>) -> Vec<Input<'a>> {
    let mut group = Vec::new();
    let mut bytes = 0u64;
    while group.len() < GROUP && bytes < GROUP_BYTES {
        let Some(input) = inputs.next() else { break };
        bytes = bytes.saturating_add(input.size);
        group.push(input);
    }
    group
}
