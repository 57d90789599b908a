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
mod held;
mod input;
mod links;
mod mapped;
mod outcome;
mod plan;
mod replay;
mod session;
mod twin;
mod watch;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::ProgressBar;

use decide::{Reader, Run};
pub(super) use flags::Flags;
pub(super) use input::is_bulk;
use input::{Input, Listed};
use session::Session;
pub(super) use watch::{Watching, run as watch};

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

/// After how many bytes a group takes no more inputs: what is read is held until it is appended,
/// and the next group is read meanwhile.
const GROUP_BYTES: u64 = 32 * 1024 * 1024;

/// The log is signed when it has grown by one part in this many since it was.
const GROWTH: u64 = 4;

/// What is taken of every input.
#[derive(Debug)]
pub(super) struct Bulk<'a> {
    pub(super) reading: &'a Reading,
    pub(super) statement: &'a Statement,
    pub(super) flags: &'a Flags,
    pub(super) dry_run: bool,
    /// Whether a directory is watched: then each new version is told in a line, and nothing else.
    pub(super) watched: bool,
}

/// Gives the key to sign with, under the lock of the log.
type KeyOf<'a> = &'a dyn Fn(&Writer) -> Result<Option<LogKey>, Failure>;

/// Records the inputs.
pub(super) fn run(
    context: &Context,
    workspace: &Workspace,
    bulk: &Bulk<'_>,
    inputs: &[PathBuf],
    key: KeyOf<'_>,
) -> Result<Exit, Failure> {
    let files = input::files(context, workspace, inputs)?;
    let mut session = Session::open(context, bulk)?;
    let never = AtomicBool::new(false);
    record(context, workspace, bulk, &mut session, &files, &never, key)?;
    let failed = session.end(context, bulk.dry_run)?;
    Ok(if failed == 0 { Exit::True } else { Exit::Unanswered })
}

/// Records files, and signs; until `stop`, between two groups. Gives those that were passed over,
/// because they were written again while they were read, or are gone.
fn record(
    context: &Context,
    workspace: &Workspace,
    bulk: &Bulk<'_>,
    session: &mut Session,
    files: &[Listed],
    stop: &AtomicBool,
    key: KeyOf<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    let articles = context.articles(workspace)?;
    let key = if bulk.dry_run { None } else { key(&articles.log)? };
    let mut signed_size = articles.log.checked().journal.signed_size();
    let before = articles.log.checked().journal.signed().filter(|_| bulk.watched && key.is_some());
    let mut signed = before.cloned();
    let Session { pool, mapped, errors, outcome } = session;
    let reader = Reader { context, workspace, bulk, mapped: mapped.as_ref(), pool };
    let mut run = Run::new(context, workspace, bulk, (reader, errors, outcome), articles)?;
    let bar = if bulk.watched { ProgressBar::hidden() } else { context.ui.bar("recording") };
    bar.set_length(files.len() as u64);
    let mut inputs = files.iter().flat_map(|listed| {
        bar.inc(1);
        input::of_file(context, listed)
    });
    let (mut passed, mut lines) = (Vec::new(), Vec::new());
    let mut looked = reader.look(run.seats(group(&mut inputs)));
    loop {
        if looked.is_empty() {
            run.end();
        }
        run.feed(std::mem::take(&mut looked));
        if !run.is_busy() || stop.load(Ordering::Relaxed) {
            break;
        }
        let next = run.seats(group(&mut inputs));
        pool.in_place_scope(|scope| -> Result<(), Failure> {
            if !next.is_empty() {
                scope.spawn(|_| looked = reader.look(next));
            }
            while run.is_busy() && !stop.load(Ordering::Relaxed) {
                let mut taken = run.step()?;
                if !bulk.dry_run {
                    run.articles.log.keep_texts(&taken.texts)?;
                    run.articles.append(&taken.records)?;
                }
                passed.append(&mut taken.passed);
                lines.append(&mut taken.lines);
                let log = &mut run.articles.log;
                if let Some(key) = &key
                    && log.size() - signed_size >= signed_size / GROWTH + GROUP as u64
                {
                    signed = signing::append(context, log, &[], Some(key))?;
                    signed_size = log.size();
                } else if bulk.watched && key.is_some() {
                    // Who watches is told of what nothing takes back any more: of what is signed.
                    continue;
                }
                // Told only once it is durable.
                lines.drain(..).for_each(|line| context.ui.line(line));
            }
            Ok(())
        })?;
    }
    bar.finish_and_clear();
    // A log that grows by nothing is not signed again with every file that is touched.
    let mut log = run.articles.log;
    if let Some(key) = &key
        && (!bulk.watched || log.size() != signed_size)
    {
        signed = signing::append(context, &mut log, &[], Some(key))?;
    }
    for line in lines {
        context.ui.line(line);
    }
    drop(log);
    context.remember(workspace, signed.as_ref());
    session.outcome.signed = signed.or(session.outcome.signed.take());
    Ok(passed)
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
