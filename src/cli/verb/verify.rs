//! `siglum verify`: the whole log, and files against it.

use std::path::{Path, PathBuf};

use crate::article::assemble::Article;
use crate::cli::error::{self, Failure};
use crate::cli::exit::Exit;
use crate::cli::log::{self, Seen};
use crate::cli::reference::Reference;
use crate::cli::render::lineage;
use crate::cli::render::verification::{self, FileReport};
use crate::cli::verb::parse::Reading;
use crate::cli::verb::quote;
use crate::cli::verb::receipt::{self, Against, Unproved};
use crate::cli::workspace::{Context, PathId, Workspace, is_standard_input};
use crate::compare::verdict::Verdict;
use crate::config::settings::Settings;
use crate::lineage::graph::{Article as Recorded, Graph, Version};
use crate::lineage::stale;
use crate::store::index::view::Want;
use crate::store::texts;
use crate::text::paragraphs::Paragraphs;
use crate::verify::article::{self, Comparison, Part, Subject};
use crate::verify::candidate::{self, FoundBy};

/// Check the whole log, and whether files say what was recorded
///
/// Without files, every byte of the log is hashed and compared with its signed checkpoint. Each file
/// is compared with the recorded version that it matches best, part by part. That it matches does
/// not show who wrote it. In a long log that version is looked up in the index and proved to be in
/// the signed log; --all reads everything.
///
/// Exit code 1 means that the log is not in order or that a part changed; 2 that no record was
/// found for a file.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(in crate::cli) struct Args {
    /// Files to compare with their records; `-` is standard input
    pub(in crate::cli) files: Vec<PathBuf>,

    /// Compare with this record: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    #[arg(long, value_name = "REF", requires = "files")]
    record: Option<Reference>,

    /// Compare only this part
    #[arg(long, value_name = "PART", requires = "files")]
    only: Option<Part>,

    /// Take differences of typography for changes
    #[arg(long)]
    strict: bool,

    /// Check the whole log, as is done where no file is given
    #[arg(long)]
    pub(in crate::cli) all: bool,

    /// An older checkpoint of this log, which it must continue
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) checkpoint: Option<PathBuf>,

    /// Accept a log that is older than when it was last seen, as a historical copy
    #[arg(long)]
    pub(in crate::cli) allow_older: bool,

    /// Check a receipt instead, with --key and without a workspace; then compare it with FILE
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with_all = ["record", "only", "checkpoint", "all"])]
    receipt: Option<PathBuf>,

    /// The verifier key of the log that the receipt is of
    #[arg(long, value_name = "KEY", requires = "receipt")]
    key: Option<String>,

    /// Whether this passage, in these words, stands in any recorded version, or in the receipt's
    /// record: a text, a file, or `-` for standard input. Where a text is not kept, as whole
    /// paragraphs
    #[arg(long, value_name = "TEXT|FILE", conflicts_with_all = ["files", "checkpoint", "allow_older"])]
    quote: Option<String>,

    /// Stop at the first fault or file that is not in order
    #[arg(long)]
    pub(in crate::cli) fail_fast: bool,

    #[command(flatten)]
    reading: Reading,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    if let (Some(path), Some(key)) = (&args.receipt, &args.key) {
        return receipt::told(context, || check_receipt(context, args, path, key));
    }
    if let Some(given) = &args.quote {
        return quote::run(context, given, args.all);
    }
    let workspace = context.workspace()?;
    let mut wanted: Vec<Want> = args.record.iter().flat_map(Reference::wants).collect();
    let mut files = Vec::new();
    for path in &args.files {
        let mut file = File::read(context, args, &workspace, path);
        wanted.extend(file.wants());
        if args.files.len() > HELD && !is_standard_input(path) {
            file.read = None;
        }
        files.push(file);
    }
    let (log, seen) = log::check(context, &workspace, args, &wanted)?;
    let mut exit = error::exit_of(&log.faults);
    let mut articles = Vec::new();
    let whole;
    let graphs = match &seen {
        Seen::Records(snapshot) => {
            whole = snapshot.signed_graph();
            Some(Graphs { signed: &whole, all: &snapshot.graph })
        }
        Seen::Part(view) => Some(Graphs { signed: &view.graph, all: &view.graph }),
        Seen::Nothing | Seen::Hashes(_) => None,
    };
    if let Some(graphs) = &graphs {
        for file in files {
            if args.fail_fast && exit != Exit::True {
                break;
            }
            let file = file.again(context, args, &workspace);
            let report = check_file(args, &workspace, graphs, file);
            exit = worse(exit, report.exit);
            articles.push(report);
        }
    }
    verification::print(context.ui, &log, &articles, exit == Exit::True);
    if log.faults.is_empty() {
        context.remember(&workspace, seen.signed());
    } else if !args.files.is_empty() && articles.is_empty() {
        context.ui.warn("the files were not compared: the log is not in order");
    }
    Ok(exit)
}

/// The articles by what is signed, and by all that was recorded.
struct Graphs<'a> {
    signed: &'a Graph,
    all: &'a Graph,
}

/// How many files are held between looking for their records and comparing them; more are read again.
const HELD: usize = 64;

/// A file of the command line.
struct File<'a> {
    path: &'a Path,
    id: PathId,
    /// What was read; none where it is to be read again.
    read: Option<Result<(Vec<u8>, Article), Failure>>,
}

impl<'a> File<'a> {
    fn read(context: &Context, args: &Args, workspace: &Workspace, path: &'a Path) -> Self {
        let read = context.input(path).and_then(|bytes| {
            let article = args.reading.read(&workspace.settings, &bytes)?;
            Ok((bytes, article))
        });
        Self { path, id: workspace.path_id(&context.absolute(path)), read: Some(read) }
    }

    /// The same, read.
    fn again(self, context: &Context, args: &Args, workspace: &Workspace) -> Self {
        if self.read.is_some() { self } else { Self::read(context, args, workspace, self.path) }
    }

    /// What [`candidate::find`] looks for.
    fn wants(&self) -> Vec<Want> {
        let Some(Ok((_, article))) = &self.read else { return Vec::new() };
        let body = article.body();
        let mut wants = vec![
            Want::Body(body.digest()),
            Want::Paragraphs(Paragraphs::of(&body).digests().to_vec()),
        ];
        if let PathId::Inside(id) | PathId::Outside(id) = &self.id {
            wants.push(Want::Article(id.clone()));
        }
        wants
    }
}

/// Checks a receipt against its log's key, and a file or passage against its record.
fn check_receipt(context: &Context, args: &Args, path: &Path, key: &str) -> Result<Exit, Unproved> {
    if let Some(given) = &args.quote {
        let text = quote::text(context, given)?;
        return receipt::run(context, path, key, &Against::Quote(&text), args.strict);
    }
    match args.files.as_slice() {
        [] => receipt::run(context, path, key, &Against::Nothing, args.strict),
        [file] => {
            let bytes = context.input(file)?;
            let article = args.reading.read(&Settings::default(), &bytes);
            let article = article.map_err(|failure| failure.with_path(file))?;
            let against = Against::File { path: file, bytes: &bytes, article: &article };
            receipt::run(context, path, key, &against, args.strict)
        }
        _ => Err(Failure::unanswered("a receipt is of one record, and several files are given")
            .hint("compare them one at a time")
            .into()),
    }
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

/// Compares a file with the version it matches best.
fn check_file(
    args: &Args,
    workspace: &Workspace,
    graphs: &Graphs<'_>,
    file: File<'_>,
) -> FileReport {
    let shown = file.path.display().to_string();
    let (bytes, article) = match file.read {
        Some(Ok(read)) => read,
        Some(Err(failure)) => return FileReport::unreadable(shown, failure),
        None => return FileReport::unknown(shown),
    };
    let subject = Subject { raw: &bytes, article: &article, lexicon: workspace.settings.lexicon() };
    let compare = |graph| compare(args, workspace, graph, subject, &file.id);
    match compare(graphs.signed) {
        Err(failure) => FileReport::unreadable(shown, failure),
        Ok(Some((found_by, recorded, version, comparison))) => {
            let exit = exit_of(&comparison, args.strict);
            let sources = stale::of(graphs.signed, recorded, version, &workspace.texts());
            let sources = sources.iter().map(lineage::source).collect();
            FileReport::found(shown, found_by, recorded, version, comparison, exit)
                .with_sources(sources)
        }
        Ok(None) => match compare(graphs.all) {
            Ok(Some((_, _, version, _))) => {
                let index = version.entry.index;
                let message = format!("only record {index} comes close, and it is not signed");
                FileReport::unreadable(shown, Failure::unanswered(message).hint("siglum sign"))
            }
            _ => FileReport::unknown(shown),
        },
    }
}

/// The version that a file matches best, and how it was found and compares.
type Match<'a> = (FoundBy, Recorded<'a>, Version<'a>, Comparison);

/// The version that a file matches best, as far as a graph knows.
fn compare<'a>(
    args: &Args,
    workspace: &Workspace,
    graph: &'a Graph,
    subject: Subject<'_>,
    id: &PathId,
) -> Result<Option<Match<'a>>, Failure> {
    let kept = |body: &_| texts::find(&workspace.layout, body);
    let mut found = if let Some(reference) = &args.record {
        let target = reference.find(graph)?;
        let (Some(recorded), Some(version)) = (target.article, target.version) else {
            return Err(Failure::unanswered("that record carries no text to compare with")
                .hint("name a version, such as ARTICLE@2"));
        };
        let comparison = article::compare(subject, version.record, kept);
        Some((FoundBy::Record, recorded, version, comparison))
    } else {
        let by_path = match id {
            PathId::Inside(id) => graph.article(id),
            PathId::Outside(id) => graph
                .article(id)
                .filter(|recorded| candidate::is_related(*recorded, subject.article)),
            PathId::Unwritable => None,
        };
        let body = subject.article.body();
        candidate::find(graph, by_path, &body).and_then(|(found_by, recorded)| {
            let (version, comparison) = article::best(subject, recorded, kept)?;
            Some((found_by, recorded, version, comparison))
        })
    };
    if let (Some(part), Some((.., comparison))) = (args.only, &mut found) {
        comparison.verdict = comparison.parts.of(part);
    }
    Ok(found)
}

/// The exit code that a comparison comes to; `strict` takes differences of typography for changes.
pub(in crate::cli) fn exit_of(comparison: &Comparison, strict: bool) -> Exit {
    match comparison.verdict {
        Verdict::Typography if strict => Exit::False,
        Verdict::Identical | Verdict::SameText | Verdict::Typography => Exit::True,
        // What another reader makes of the bytes is nobody's change.
        Verdict::Changed if comparison.is_the_readers() => Exit::Unanswered,
        Verdict::Changed => Exit::False,
        Verdict::Unknown => Exit::Unanswered,
    }
}
