//! `siglum record`: reads articles and appends them to the log.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;

use serde_json::json;

use super::init;
use super::parse::Reading;
use crate::article::assemble::Article;
use crate::audit::rule::NO_FILES;
use crate::audit::run::{self, Audit};
use crate::cli::bulk::{self, Bulk, Flags, Watching};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::{article, checkpoint, findings, record};
use crate::cli::sanitize;
use crate::cli::signing::{self, Signing};
use crate::cli::statement::Statement;
use crate::cli::ui::{BOLD, Format, styled};
use crate::cli::workspace::{Context, PathId, Workspace};
use crate::config::settings::Settings;
use crate::ingest::batch::{Batch, Decision};
use crate::lineage::graph::Graph;
use crate::log::checkpoint::SignedCheckpoint;
use crate::store::append::Writer;
use crate::store::layout::Layout;

/// Read articles and append a record of each to the log, signed
///
/// An article that says the same as its latest version appends nothing. With -w, a workspace that
/// isn't there yet is made.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Args {
    /// Articles. A directory means all files below it, a pattern in quotes such as 'archive/**/*.html'
    /// those that it matches, a name that ends in .warc or .warc.gz the pages that were captured in it,
    /// one that ends in .ndjson its lines, each an object with `text`, `html` or `path`, and `id`, `as`,
    /// `request` and what a --metadata file may state. `-` is standard input: such lines, or with --id
    /// or --url an article
    #[arg(required = true)]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    statement: Statement,

    #[command(flatten)]
    signing: Signing,

    /// Show what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    many: Flags,

    #[command(flatten)]
    watching: Watching,
}

/// An input that was read.
struct Read {
    path: PathBuf,
    bytes: Vec<u8>,
    article: Article,
}

/// The same with what it came to.
struct Taken {
    path: String,
    article: Article,
    decision: Decision,
}

impl Taken {
    fn all(read: Vec<Read>, decisions: Vec<Decision>) -> Vec<Self> {
        let taken = |(Read { path, article, .. }, decision)| Self {
            path: path.display().to_string(),
            article,
            decision,
        };
        read.into_iter().zip(decisions).map(taken).collect()
    }
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let (statement, language) = args.statement.complete(context)?;
    let reading = args.reading.clone().or_language(language);
    let args = &Args { reading, statement, ..args.clone() };
    let is_bulk = bulk::is_bulk(context, &args.inputs, args.statement.has_id());
    if args.watching.watch || args.many.are_given() || is_bulk {
        return in_bulk(context, args);
    }
    check_inputs(context, args)?;
    // Everything that can be wrong with the inputs is found before a workspace is made.
    let inputs = args
        .inputs
        .iter()
        .map(|path| Ok((path.clone(), context.input(path)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let Some(workspace) = workspace(context, args, &inputs)? else {
        let root = context.asked().unwrap_or_default();
        let workspace = Workspace::without_settings(Layout::new(root));
        return dry_run(context, args, &workspace, &Graph::default(), inputs);
    };
    if args.dry_run {
        let snapshot = context.load(&workspace)?;
        return dry_run(context, args, &workspace, &snapshot.graph, inputs);
    }
    let mut articles = context.articles(&workspace)?;
    let key = args.signing.key(context, &articles.log)?;
    let read = read_all(args, &workspace, inputs)?;
    let (decisions, encoded) =
        articles.answer(|graph| decide_all(context, args, &workspace, graph, &read))??;
    let taken = Taken::all(read, decisions);
    let kept = taken.iter().filter(|taken| workspace.keeps(&taken.decision));
    let kept: Vec<_> = kept.map(|taken| taken.article.body()).collect();
    articles.log.keep_texts(&kept)?;
    let signed = signing::append(context, &mut articles.log, &encoded, key.as_ref())?;
    let appended = taken.iter().map(|taken| &taken.decision).filter(|decision| decision.appended);
    for (decision, bytes) in appended.zip(&encoded) {
        articles.add(decision, bytes);
    }
    let audit = (context.ui.format() == Format::Human)
        .then(|| articles.answer(|graph| audit(context, &workspace, graph, &taken)))
        .transpose()?;
    drop(articles);
    context.remember(&workspace, signed.as_ref());
    report(context, &taken, signed.as_ref(), false);
    if let Some(audit) = audit {
        print_audit(context, &audit);
    }
    Ok(Exit::True)
}

/// Records what can be read, and tells the rest.
fn in_bulk(context: &Context, args: &Args) -> Result<Exit, Failure> {
    if let Some(flag) = args.statement.names_one() {
        return Err(Failure::unanswered(format!("{flag} is of one article"))
            .hint("record it by itself, or give its id in a line of NDJSON or in --map"));
    }
    let watched = match args.inputs.as_slice() {
        _ if !args.watching.watch => None,
        [directory] if context.absolute(directory).is_dir() => Some(directory),
        _ => {
            return Err(Failure::unanswered("--watch takes one directory, and nothing beside it")
                .hint("run it once for each; --watch of the directory above sees all of them"));
        }
    };
    let Some(workspace) = workspace(context, args, &[])? else {
        return Err(Failure::unanswered("there is no workspace to record in yet")
            .hint("`siglum init` makes one"));
    };
    let bulk = Bulk {
        reading: &args.reading,
        statement: &args.statement,
        flags: &args.many,
        dry_run: args.dry_run,
        watched: args.watching.watch,
    };
    let key: &dyn Fn(&Writer) -> _ = &|writer| args.signing.key(context, writer);
    if let Some(directory) = watched {
        return bulk::watch(context, &workspace, &bulk, &args.watching, directory, key);
    }
    bulk::run(context, &workspace, &bulk, &args.inputs, key)
}

/// What one call states can be of one article only, where it names it.
fn check_inputs(context: &Context, args: &Args) -> Result<(), Failure> {
    let statement = &args.statement;
    if args.inputs.len() > 1
        && let Some(flag) = statement.names_one()
    {
        return Err(Failure::unanswered(format!(
            "{flag} is of one article, and several are given"
        ))
        .hint("record them one by one"));
    }
    same_names(context, &args.inputs)?;
    Ok(())
}

/// Refuses files outside the workspace that have one name, by which each would go.
fn same_names(context: &Context, inputs: &[PathBuf]) -> Result<(), Failure> {
    let workspace = context.find_workspace()?;
    let outside = |path: &PathBuf| {
        let id = workspace.as_ref().map(|found| found.path_id(&context.absolute(path)));
        id.is_none_or(|id| matches!(id, PathId::Outside(_)))
    };
    let mut seen: HashMap<OsString, &PathBuf> = HashMap::new();
    for path in inputs.iter().filter(|path| outside(path)) {
        let Some(name) = path.file_name() else { continue };
        let twin = seen.insert(name.to_owned(), path);
        if let Some(twin) = twin.filter(|twin| context.absolute(twin) != context.absolute(path)) {
            return Err(Failure::unanswered(format!(
                "{} and {} have one name, and articles outside the workspace go by their names",
                twin.display(),
                path.display()
            ))
            .hint("record them one by one, with --id"));
        }
    }
    Ok(())
}

/// The workspace, made if `-w` names one that isn't there; `None` for a dry run without one.
fn workspace(
    context: &Context,
    args: &Args,
    inputs: &[(PathBuf, Vec<u8>)],
) -> Result<Option<Workspace>, Failure> {
    if let Some(found) = context.find_workspace()? {
        return Ok(Some(found));
    }
    let Some(root) = context.asked() else { return context.workspace().map(Some) };
    for (path, bytes) in inputs {
        args.reading
            .read(&Settings::default(), bytes)
            .map_err(|failure| failure.with_path(path))?;
    }
    if args.dry_run {
        return Ok(None);
    }
    let (workspace, key_file) = init::make(context, root, None)?;
    context.ui.note(format_args!(
        "made the workspace {} with a new log, {}",
        sanitize::line(&workspace.layout.root().to_string_lossy()),
        sanitize::line(workspace.verifier()?.name().as_str())
    ));
    context.ui.note(format_args!(
        "its private key is {}; keep a copy",
        sanitize::line(&key_file.to_string_lossy())
    ));
    Ok(Some(workspace))
}

/// Says what would be recorded.
fn dry_run(
    context: &Context,
    args: &Args,
    workspace: &Workspace,
    graph: &Graph,
    inputs: Vec<(PathBuf, Vec<u8>)>,
) -> Result<Exit, Failure> {
    let read = read_all(args, workspace, inputs)?;
    let (decisions, _) = decide_all(context, args, workspace, graph, &read)?;
    report(context, &Taken::all(read, decisions), None, true);
    Ok(Exit::True)
}

fn read_all(
    args: &Args,
    workspace: &Workspace,
    inputs: Vec<(PathBuf, Vec<u8>)>,
) -> Result<Vec<Read>, Failure> {
    let read = |(path, bytes): (PathBuf, Vec<u8>)| {
        let article = args.reading.read(&workspace.settings, &bytes);
        let article = article.map_err(|failure| failure.with_path(&path))?;
        Ok(Read { path, bytes, article })
    };
    inputs.into_iter().map(read).collect()
}

/// What each input comes to, and the records to append.
fn decide_all(
    context: &Context,
    args: &Args,
    workspace: &Workspace,
    graph: &Graph,
    inputs: &[Read],
) -> Result<(Vec<Decision>, Vec<Vec<u8>>), Failure> {
    let mut batch = Batch::new(graph, graph.size());
    let mut decide = |Read { path, bytes, article }: &Read| -> Result<Decision, Failure> {
        let read = (bytes.as_slice(), article);
        let record = args.statement.record(context, workspace, graph, path, read)?;
        Ok(batch.add(record, args.statement.change())?)
    };
    let decisions = inputs
        .iter()
        .map(|read| decide(read).map_err(|failure| failure.with_path(&read.path)))
        .collect::<Result<_, _>>()?;
    Ok((decisions, batch.into_records()))
}

/// Says what was read and what was recorded.
fn report(context: &Context, taken: &[Taken], signed: Option<&SignedCheckpoint>, dry: bool) {
    let ui = context.ui;
    if ui.format() != Format::Human {
        let records: Vec<_> =
            taken.iter().map(|taken| record::decision(&taken.path, &taken.decision)).collect();
        ui.value(&json!({
            "records": records,
            "checkpoint": signed.map(checkpoint::json),
            "dry_run": dry,
        }));
        return;
    }
    for taken in taken {
        ui.line(format_args!(
            "{} {}: {}",
            styled(BOLD, format_args!("{:<10}", "read")),
            sanitize::line(&taken.path),
            article::summary(&taken.article)
        ));
        record::print(ui, &taken.decision, dry);
    }
    if !dry {
        checkpoint::print_signed(ui, signed);
    }
}

/// What the audit thinks of the articles that were recorded.
fn audit(context: &Context, workspace: &Workspace, graph: &Graph, taken: &[Taken]) -> Audit {
    let articles =
        taken.iter().filter_map(|taken| graph.article(taken.decision.record.article.as_deref()?));
    run::some(graph, articles, workspace.house(context, &workspace.texts(), NO_FILES))
}

fn print_audit(context: &Context, audit: &Audit) {
    let ui = context.ui;
    ui.line(format_args!(
        "{} {}",
        styled(BOLD, format_args!("{:<10}", "audit")),
        findings::summary(audit)
    ));
    for finding in &audit.findings {
        findings::print_finding(ui, finding);
    }
}
