//! `record --watch`: a directory is looked at again and again, and what is complete is recorded.
//!
//! The log is the only memory. At the start every file is new and is looked at once; what says the same
//! as its latest version adds nothing, so that a watch which was killed goes on where it was. The log is
//! locked only while something is recorded.
//!
//! A file that lies there is no word of anybody that its article holds again: what was retracted or
//! withdrawn stays so until its text changes, or until `record` without --watch is told to record it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};

use super::input::{self, Listed};
use super::session::Session;
use super::{Bulk, KeyOf, record};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::sanitize;
use crate::cli::workspace::{Context, Workspace};
use crate::ingest::watch::{Watch, look};

/// The longest and the shortest time between two looks.
const PAUSES: [Duration; 2] = [Duration::from_millis(20), Duration::from_secs(1)];

/// How long a signal can go unnoticed.
const NAP: Duration = Duration::from_millis(50);

/// Of how many seconds a time can be.
const SECONDS: std::ops::RangeInclusive<f64> = 0.05..=86_400.0;

/// How a directory is watched.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Watching")]
pub(in crate::cli) struct Watching {
    /// Stay, and record each file of a directory when it is complete, and again when it changes, until
    /// SIGINT or SIGTERM. Names that begin with a dot or end in ~, .tmp, .part, .crdownload or .swp are
    /// passed over. The log is the only memory: started again, it misses nothing and repeats nothing.
    /// What was retracted or withdrawn stays so until its text changes
    #[arg(long, conflicts_with = "dry_run")]
    pub(in crate::cli) watch: bool,

    /// A file is complete when its size and times have been the same for so long
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds, requires = "watch")]
    settle: Duration,

    /// End when nothing has come, changed or gone for so long; with 2 where something could not be read
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "watch")]
    until_idle: Option<Duration>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|number| SECONDS.contains(number));
    number
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("not {} to {} seconds", SECONDS.start(), SECONDS.end()))
}

/// Records what is complete in a directory, until a signal, or until nothing happens any more.
pub(in crate::cli) fn run(
    context: &Context,
    workspace: &Workspace,
    bulk: &Bulk<'_>,
    watching: &Watching,
    directory: &Path,
    key: KeyOf<'_>,
) -> Result<Exit, Failure> {
    let stop = &signals()?;
    let root = context.absolute(directory);
    let mut session = Session::open(context, bulk)?;
    // That there is no key, say, is told at once; and what a killed run left unsigned is signed.
    record(context, workspace, bulk, &mut session, &[], stop, key)?;
    let own = [&bulk.flags.errors, &bulk.flags.map].into_iter().flatten();
    let skip = input::own(workspace, own.map(|path| context.absolute(path)).collect());
    let mut watch = Watch::new(watching.settle);
    let mut told = BTreeSet::new();
    let (start, [least, most]) = (Instant::now(), PAUSES);
    context.ui.note(format_args!("watching {}", sanitize::line(&root.to_string_lossy())));
    let mut lost = false;
    while !stop.load(Ordering::Relaxed) {
        let began = start.elapsed();
        let looked = look(&root, &skip);
        let ended = start.elapsed();
        lost = looked.is_err();
        // A drive that is away may come back: nothing is forgotten meanwhile.
        let (settled, unreadable) = match looked {
            Ok(look) => (watch.observe(look.files, began, ended), look.unreadable),
            Err(error) => (Vec::new(), vec![error]),
        };
        let unreadable: BTreeSet<String> = unreadable.iter().map(ToString::to_string).collect();
        for error in unreadable.difference(&told) {
            context.ui.warn(sanitize::line(error));
        }
        told = unreadable;
        if !settled.is_empty() {
            let mut now = context.clone();
            now.world = context.world.later()?;
            let context = &now;
            let below = |(path, stamp)| Listed::settled(&root, path, stamp);
            let files: Vec<Listed> = settled.into_iter().map(below).collect();
            // Settings and keys may have changed since the last time.
            let workspace = &context.workspace()?;
            let passed = record(context, workspace, bulk, &mut session, &files, stop, key)?;
            for path in &passed {
                watch.forget(path);
            }
            session.errors.flush()?;
        }
        if watching.until_idle.is_some_and(|idle| watch.is_idle(began, idle)) {
            break;
        }
        // Looking takes at most half of the time.
        let pause = (watching.settle / 4).clamp(least, most).max(ended.saturating_sub(began));
        let end = start.elapsed() + pause;
        while !stop.load(Ordering::Relaxed) && start.elapsed() < end {
            thread::sleep(NAP.min(end.saturating_sub(start.elapsed())));
        }
    }
    let failed = session.end(context, false)?;
    let by_itself = !stop.load(Ordering::Relaxed);
    Ok(if by_itself && (failed > 0 || lost) { Exit::Unanswered } else { Exit::True })
}

/// What a signal sets that asks for an end.
fn signals() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .map_err(|error| Failure::unanswered(format!("can't handle signals: {error}")))?;
    }
    Ok(stop)
}
