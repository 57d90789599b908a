//! `siglum record`: reads articles and appends them to the log.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;

use serde_json::json;

use super::init;
use super::parse::Reading;
use crate::article::assemble::Article;
use crate::audit::rule::NO_FILES;
use crate::audit::run;
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

/// An input that was read, and what it came to.
struct Taken {
    path: String,
    article: Article,
    decision: Decision,
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
        return dry_run_without_workspace(context, args, &inputs);
    };
    if args.dry_run {
        let snapshot = context.load(&workspace)?;
        let size = snapshot.journal().size();
        let mut batch = Batch::new(&snapshot.graph, size);
        let taken = take_all(context, args, &workspace, &snapshot.graph, &mut batch, &inputs)?;
        report(context, &taken, None, true);
        return Ok(Exit::True);
    }
    let mut writer = context.writer(&workspace)?;
    let key = args.signing.key(context, &writer)?;
    let (taken, encoded) = {
        let snapshot = writer.snapshot();
        let mut batch = Batch::new(&snapshot.graph, snapshot.journal().size());
        let taken = take_all(context, args, &workspace, &snapshot.graph, &mut batch, &inputs)?;
        let encoded = batch.records().to_vec();
        (taken, encoded)
    };
    let kept = taken.iter().filter(|taken| workspace.keeps(&taken.decision));
    let kept: Vec<_> = kept.map(|taken| taken.article.body()).collect();
    writer.keep_texts(&kept)?;
    let signed = signing::append(context, &mut writer, &encoded, key.as_ref())?;
    let appended = taken.iter().filter(|taken| taken.decision.appended);
    let graph = writer.close().graph.with(appended.map(|taken| taken.decision.entry()));
    context.remember(&workspace, signed.as_ref());
    report(context, &taken, signed.as_ref(), false);
    if context.ui.format() == Format::Human {
        print_audit(context, &workspace, &graph, &taken);
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

fn dry_run_without_workspace(
    context: &Context,
    args: &Args,
    inputs: &[(PathBuf, Vec<u8>)],
) -> Result<Exit, Failure> {
    let root = context.asked().unwrap_or_default();
    let workspace = Workspace::without_settings(crate::store::layout::Layout::new(root));
    let graph = Graph::new(Vec::new());
    let mut batch = Batch::new(&graph, 0);
    let taken = take_all(context, args, &workspace, &graph, &mut batch, inputs)?;
    report(context, &taken, None, true);
    Ok(Exit::True)
}

fn take_all(
    context: &Context,
    args: &Args,
    workspace: &Workspace,
    graph: &Graph,
    batch: &mut Batch<'_>,
    inputs: &[(PathBuf, Vec<u8>)],
) -> Result<Vec<Taken>, Failure> {
    let mut all = Vec::new();
    for (path, bytes) in inputs {
        let mut take = || -> Result<Taken, Failure> {
            let article = args.reading.read(&workspace.settings, bytes)?;
            let read = (bytes.as_slice(), &article);
            let record = args.statement.record(context, workspace, graph, path, read)?;
            let decision = batch.add(record, args.statement.change())?;
            Ok(Taken { path: path.display().to_string(), article, decision })
        };
        all.push(take().map_err(|failure| failure.with_path(path))?);
    }
    Ok(all)
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

/// Says what the audit thinks of the articles that were recorded.
fn print_audit(context: &Context, workspace: &Workspace, graph: &Graph, taken: &[Taken]) {
    let ui = context.ui;
    let articles =
        taken.iter().filter_map(|taken| graph.article(taken.decision.record.article.as_deref()?));
    let texts = workspace.texts();
    let audit = run::some(graph, articles, workspace.house(context, &texts, NO_FILES));
    ui.line(format_args!(
        "{} {}",
        styled(BOLD, format_args!("{:<10}", "audit")),
        findings::summary(&audit)
    ));
    for finding in &audit.findings {
        findings::print_finding(ui, finding);
    }
}
