//! `siglum verify`: the whole log, and files against it.

use std::path::{Path, PathBuf};

use crate::article::assemble::Article;
use crate::cli::error::{self, Failure};
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::render::verification::{self, Checked, LogReport};
use crate::cli::verb::parse::Reading;
use crate::cli::workspace::{Context, Workspace};
use crate::compare::verdict::Verdict;
use crate::lineage::graph::{Article as Recorded, Graph};
use crate::log::checkpoint::SignedCheckpoint;
use crate::store::error::StoreError;
use crate::store::open::Snapshot;
use crate::store::texts;
use crate::verify::article::{self, Comparison, Part, Subject};
use crate::verify::candidate::{self, FoundBy};
use crate::verify::fault::{Fault, FaultKind};
use crate::verify::growth;

/// Check the whole log, and whether files say what was recorded
///
/// Every byte of the log is hashed and compared with its signed checkpoint. Each file is compared
/// with the recorded version that it matches best, part by part. That it matches does not show who
/// wrote it.
///
/// Exit code 1 means that the log is not in order or that a part changed; 2 that no record was
/// found for a file.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(in crate::cli) struct Args {
    /// Files to compare with their records; `-` is standard input
    files: Vec<PathBuf>,

    /// Compare with this record: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    #[arg(long, value_name = "REF")]
    record: Option<Reference>,

    /// Compare only this part
    #[arg(long, value_name = "PART")]
    only: Option<Part>,

    /// Take differences of typography for changes
    #[arg(long)]
    strict: bool,

    /// Check the whole log, as is done in any case
    #[arg(long)]
    all: bool,

    /// An older checkpoint of this log, which it must continue
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,

    /// Accept a log that is older than when it was last seen, as a historical copy
    #[arg(long)]
    allow_older: bool,

    /// Stop at the first fault or file that is not in order
    #[arg(long)]
    fail_fast: bool,

    #[command(flatten)]
    reading: Reading,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let (log, snapshot) = check_log(context, &workspace, args)?;
    let mut exit = log.exit();
    let mut articles = Vec::new();
    if let Some(snapshot) = &snapshot {
        for path in &args.files {
            if args.fail_fast && exit != Exit::True {
                break;
            }
            let checked = check_file(context, args, &workspace, &snapshot.graph, path)?;
            exit = worse(exit, checked.exit);
            articles.push(checked);
        }
    }
    verification::print(context.ui, &log, &articles, exit == Exit::True);
    if log.faults.is_empty()
        && let Some(snapshot) = &snapshot
    {
        context.remember(&workspace, snapshot);
    }
    if snapshot.is_none() && !args.files.is_empty() {
        context.ui.warn("the files were not compared: the log is not in order");
    }
    Ok(exit)
}

/// "False" goes before "could not answer", which goes before "true".
fn worse(one: Exit, other: Exit) -> Exit {
    let rank = |exit| match exit {
        Exit::False => 2,
        Exit::Unanswered => 1,
        Exit::True => 0,
    };
    if rank(other) > rank(one) { other } else { one }
}

/// Checks the whole log, and against what was seen of it before.
fn check_log(
    context: &Context,
    workspace: &Workspace,
    args: &Args,
) -> Result<(LogReport, Option<Snapshot>), Failure> {
    let origin = workspace.settings.origin.as_ref().map(ToString::to_string);
    let verifier = workspace.verifier()?;
    let snapshot = match crate::store::open::load(&workspace.layout, Some(verifier)) {
        Ok(snapshot) => snapshot,
        Err(StoreError::Faults { mut faults }) => {
            if args.fail_fast {
                faults.truncate(1);
            }
            return Ok((LogReport::faulty(origin, faults), None));
        }
        Err(error) => return Err(error.into()),
    };
    let mut faults = context.memory_faults(workspace, &snapshot)?;
    if let Some(path) = &args.checkpoint {
        let bytes = context.input(path)?;
        let old = SignedCheckpoint::verify(&bytes, verifier)
            .map_err(|error| Failure::unanswered(error.to_string()).with_path(path))?;
        let signed = snapshot.journal().signed_size();
        faults.extend(growth::fault(&snapshot.leaves(), signed, old.checkpoint()));
    }
    let historical = args.allow_older && faults.iter().any(is_rollback);
    if args.allow_older {
        faults.retain(|fault| !is_rollback(fault));
    }
    if let (None, true) = (snapshot.journal().signed(), faults.is_empty()) {
        return Err(Failure::unanswered("nothing in this log is signed yet, so nothing is proved")
            .hint("siglum sign"));
    }
    Ok((LogReport::new(&snapshot, faults, historical), Some(snapshot)))
}

fn is_rollback(fault: &Fault) -> bool {
    fault.kind == FaultKind::Rollback
}

/// Compares a file with the version it matches best.
fn check_file(
    context: &Context,
    args: &Args,
    workspace: &Workspace,
    graph: &Graph,
    path: &Path,
) -> Result<Checked, Failure> {
    let shown = path.display().to_string();
    let bytes = match context.input(path) {
        Ok(bytes) => bytes,
        Err(failure) => return Ok(Checked::unreadable(shown, failure)),
    };
    let language = workspace.settings.defaults.language.as_ref();
    let article = match args.reading.read(context, &bytes, language) {
        Ok(article) => article,
        Err(failure) => return Ok(Checked::unreadable(shown, failure)),
    };
    let subject = Subject { raw: &bytes, article: &article, lexicon: context.lexicon() };
    let kept = |body: &_| texts::find(&workspace.layout, body);
    let found = match &args.record {
        Some(reference) => {
            let target = reference.find(graph)?;
            let (Some(recorded), Some(version)) = (target.article, target.version) else {
                return Err(Failure::unanswered("that record carries no text to compare with")
                    .hint("name a version, such as ARTICLE@2"));
            };
            let comparison = article::compare(subject, version.record, kept);
            Some((FoundBy::Record, recorded, version, comparison))
        }
        None => find(graph, &workspace.path_id(&context.absolute(path)), &article).and_then(
            |(found_by, recorded)| {
                let (version, comparison) = article::best(subject, recorded, kept)?;
                Some((found_by, recorded, version, comparison))
            },
        ),
    };
    let Some((found_by, recorded, version, mut comparison)) = found else {
        return Ok(Checked::unknown(shown));
    };
    if let Some(part) = args.only {
        comparison.verdict = comparison.parts.of(part);
    }
    let exit = exit_of(&comparison, args.strict);
    Ok(Checked::found(shown, found_by, recorded, version, comparison, exit))
}

fn find<'a>(graph: &'a Graph, path: &str, article: &Article) -> Option<(FoundBy, Recorded<'a>)> {
    candidate::find(graph, path, &article.body())
}

fn exit_of(comparison: &Comparison, strict: bool) -> Exit {
    match comparison.verdict {
        Verdict::Typography if strict => Exit::False,
        Verdict::Identical | Verdict::SameText | Verdict::Typography => Exit::True,
        // What another reader makes of the bytes is nobody's change.
        Verdict::Changed if comparison.reader_differs => Exit::Unanswered,
        Verdict::Changed => Exit::False,
        Verdict::Unknown => Exit::Unanswered,
    }
}

impl LogReport {
    /// The exit code that the log alone comes to.
    fn exit(&self) -> Exit {
        error::exit_of(&self.faults)
    }
}
