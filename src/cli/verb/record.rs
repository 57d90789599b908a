//! `siglum record`: reads articles and appends them to the log.

use std::path::PathBuf;

use serde_json::json;

use super::init;
use super::parse::Reading;
use crate::article::assemble::Article;
use crate::audit::run;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::render::{article, checkpoint, findings, record};
use crate::cli::sanitize;
use crate::cli::ui::{BOLD, Format, styled};
use crate::cli::workspace::{Context, Workspace};
use crate::credit::role::{Kind, Role};
use crate::ingest::batch::{Batch, Change, Decision};
use crate::lineage::graph::Graph;
use crate::log::checkpoint::SignedCheckpoint;
use crate::record::build::{self, Stated};
use crate::record::credit::Credit;
use crate::record::event::Standing;
use crate::record::source::{Machine, Source};
use crate::store::append::Writer;
use crate::store::texts;
use crate::text::language::Language;

/// Read articles and append a record of each to the log, signed
///
/// An article that says the same as its latest version appends nothing. With -w, a workspace that
/// isn't there yet is made.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Articles; `-` is standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    statement: Statement,

    /// The private key's file
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,

    /// Append without signing; `siglum sign` signs later
    #[arg(long)]
    unsigned: bool,

    /// Show what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
}

/// What the recorder states of an article.
#[derive(Debug, clap::Args)]
struct Statement {
    /// The article's id; its URL or path unless given
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// Another id of it
    #[arg(long, value_name = "ID")]
    alias: Vec<String>,

    /// Its canonical URL, which is its id unless --id is given
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// What ties the language versions of one story together
    #[arg(long, value_name = "ID")]
    story: Option<String>,

    /// Whose text it is: own, observed (somebody else's, that you saw) or archive
    #[arg(long, value_name = "STANDING")]
    standing: Option<Standing>,

    /// Who published it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,

    /// When it was published, as it states
    #[arg(long, value_name = "TIME")]
    published: Option<String>,

    /// Where it was seen; makes its standing observed unless --standing is given
    #[arg(long, value_name = "URL")]
    observed_url: Option<String>,

    /// What it was translated from: a record of this log, or a URL
    #[arg(long, value_name = "REF|URL")]
    translation_of: Option<String>,

    /// The source's text, for a source outside the log: its digest is recorded
    #[arg(long, value_name = "FILE", requires = "translation_of")]
    source_file: Option<PathBuf>,

    /// The machine that translated it, such as `DeepL` or "`DeepL` 14"
    #[arg(long, value_name = "TOOL")]
    machine: Option<String>,

    /// Who holds editorial responsibility
    #[arg(long, value_name = "NAME")]
    responsible: Option<String>,

    /// A credit that the article doesn't show, such as 'translator[fr]=Ada Prell'
    #[arg(long, value_name = "ROLE[LANG]=NAME", value_parser = parse_credit)]
    credit: Vec<Credit>,

    /// It is a correction; what was corrected
    #[arg(long, value_name = "NOTE", conflicts_with = "credit_correction")]
    correction: Option<String>,

    /// It is a correction of the credits; what was corrected
    #[arg(long, value_name = "NOTE")]
    credit_correction: Option<String>,

    /// The caller's id of this request: the same one again records nothing again
    #[arg(long, value_name = "ID")]
    request_id: Option<String>,
}

/// An input that was read, and what it came to.
struct Taken {
    path: String,
    article: Article,
    decision: Decision,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    check_inputs(args)?;
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
        let snapshot = workspace.load()?;
        let size = snapshot.journal().size();
        let mut batch = Batch::new(&snapshot.graph, size);
        let taken = take_all(context, args, &workspace, &snapshot.graph, &mut batch, &inputs)?;
        return report(context, &workspace, &taken, None, true);
    }
    let key = match (args.unsigned, workspace.settings.verifier.as_ref()) {
        (true, _) => None,
        (false, _) => Some(context.key(args.key.as_deref(), workspace.verifier()?)?),
    };
    let mut writer = Writer::open(&workspace.layout, workspace.settings.verifier.as_ref())?;
    if let Some(file) = writer.set_aside() {
        context.ui.warn(format_args!("an unfinished write was set aside in {file}"));
    }
    let faults = context.memory_faults(&workspace, writer.snapshot())?;
    if !faults.is_empty() {
        return Err(crate::store::error::StoreError::Faults { faults }.into());
    }
    let (taken, encoded) = {
        let snapshot = writer.snapshot();
        let mut batch = Batch::new(&snapshot.graph, snapshot.journal().size());
        let taken = take_all(context, args, &workspace, &snapshot.graph, &mut batch, &inputs)?;
        let encoded = batch.records().to_vec();
        (taken, encoded)
    };
    for taken in taken.iter().filter(|taken| taken.decision.appended) {
        let standing = taken.decision.record.standing.unwrap_or(Standing::Own);
        if workspace.settings.keep.keeps(standing) {
            texts::keep(&workspace.layout, &taken.article.body())?;
        }
    }
    writer.append(&encoded)?;
    let signed = match &key {
        Some(key) => Some(writer.sign(key, workspace.verifier()?, &context.memory())?),
        None => None,
    };
    drop(writer);
    report(context, &workspace, &taken, signed.as_ref(), false)
}

/// What one call states can be of one article only, where it names it.
fn check_inputs(args: &Args) -> Result<(), Failure> {
    let statement = &args.statement;
    let names_one = [
        ("--id", statement.id.is_some()),
        ("--url", statement.url.is_some()),
        ("--alias", !statement.alias.is_empty()),
        ("--request-id", statement.request_id.is_some()),
        ("--translation-of", statement.translation_of.is_some()),
    ];
    if args.inputs.len() > 1
        && let Some((flag, _)) = names_one.iter().find(|(_, given)| *given)
    {
        return Err(Failure::unanswered(format!(
            "{flag} is of one article, and several are given"
        ))
        .hint("record them one by one"));
    }
    let unnamed = statement.id.is_none() && statement.url.is_none();
    if unnamed && args.inputs.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::unanswered("an article from standard input has no path to go by")
            .hint("give --id or --url"));
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
        args.reading.read(context, bytes, None).map_err(|failure| failure.with_path(path))?;
    }
    if args.dry_run {
        return Ok(None);
    }
    let (workspace, key_file) = init::make(context, root, None)?;
    context.ui.note(format_args!(
        "made the workspace {} with a new log, {}",
        workspace.layout.root().display(),
        sanitize::line(workspace.verifier()?.name().as_str())
    ));
    context.ui.note(format_args!("its private key is {}; keep a copy", key_file.display()));
    Ok(Some(workspace))
}

fn dry_run_without_workspace(
    context: &Context,
    args: &Args,
    inputs: &[(PathBuf, Vec<u8>)],
) -> Result<Exit, Failure> {
    let root = context.asked().unwrap_or_default();
    let workspace = Workspace {
        layout: crate::store::layout::Layout::new(root),
        settings: crate::config::settings::Settings::default(),
    };
    let graph = Graph::new(Vec::new());
    let mut batch = Batch::new(&graph, 0);
    let taken = take_all(context, args, &workspace, &graph, &mut batch, inputs)?;
    report(context, &workspace, &taken, None, true)
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
            let language = workspace.settings.defaults.language.as_ref();
            let article = args.reading.read(context, bytes, language)?;
            let stated = args.statement.stated(context, workspace, graph, path, &article)?;
            let change = match (&args.statement.correction, &args.statement.credit_correction) {
                (Some(_), _) => Change::Correction,
                (_, Some(_)) => Change::CreditCorrection,
                _ => Change::Unsaid,
            };
            let record = build::build(&article, bytes, context.lexicon(), stated);
            let decision = batch.add(record, change)?;
            Ok(Taken { path: path.display().to_string(), article, decision })
        };
        all.push(take().map_err(|failure| failure.with_path(path))?);
    }
    Ok(all)
}

impl Statement {
    fn stated(
        &self,
        context: &Context,
        workspace: &Workspace,
        graph: &Graph,
        path: &std::path::Path,
        article: &Article,
    ) -> Result<Stated, Failure> {
        let defaults = &workspace.settings.defaults;
        let seen = self.observed_url.as_ref().map(|_| Standing::Observed);
        let standing = self.standing.or(seen).or(defaults.standing).unwrap_or(Standing::Own);
        let given = self.id.clone().or_else(|| self.url.clone());
        let id = given.unwrap_or_else(|| {
            let id = workspace.path_id(&context.absolute(path));
            self.translated_id(graph, id, article.language.as_ref())
        });
        // With --id, the URL is another name of the article.
        let url = self.url.clone().filter(|url| *url != id);
        let own = |value: &Option<String>| value.clone().filter(|_| standing == Standing::Own);
        Ok(Stated {
            article: id,
            standing,
            recorded: context.world.now(),
            recorded_by: defaults.recorded_by.clone(),
            publisher: self.publisher.clone().or_else(|| own(&defaults.publisher)),
            responsible: self.responsible.clone().or_else(|| own(&defaults.responsible)),
            observed_url: self.observed_url.clone(),
            published: self.published.clone(),
            modified: None,
            request: self.request_id.clone(),
            aliases: self.alias.iter().cloned().chain(url).collect(),
            story: self.story.clone(),
            note: self.correction.clone().or_else(|| self.credit_correction.clone()),
            translation_of: self.source(context, graph)?.into_iter().collect(),
            machines: self.machine.as_deref().map(machine).into_iter().collect(),
            credits: self.credit.clone(),
        })
    }

    /// The id of a file whose path is known for the text that it translates: with its language.
    fn translated_id(&self, graph: &Graph, id: String, language: Option<&Language>) -> String {
        let known = graph.article(&id).and_then(crate::lineage::graph::Article::newest);
        let known = known.and_then(|version| version.record.language.as_ref());
        match (&self.translation_of, known, language) {
            (Some(_), Some(known), Some(language)) if !known.same_language(language) => {
                format!("{id}#{language}")
            }
            _ => id,
        }
    }

    /// The source that the recorder names: pinned by leaf in this log, else by the digest of its
    /// text, else only named.
    fn source(&self, context: &Context, graph: &Graph) -> Result<Option<Source>, Failure> {
        let Some(target) = &self.translation_of else { return Ok(None) };
        let digest = match &self.source_file {
            Some(path) => {
                let bytes = context.input(path)?;
                let wish = crate::read::detect::Wish::default();
                let document = crate::read::detect::read(&bytes, &wish)
                    .map_err(|error| Failure::from(error).with_path(path))?;
                let source = crate::article::assemble::assemble(document, context.lexicon(), None);
                Some(source.body().digest())
            }
            None => None,
        };
        if digest.is_some() || target.contains("://") {
            return Ok(Some(Source { target: Some(target.clone()), digest, ..Source::default() }));
        }
        let reference: Reference = target.parse().map_err(Failure::unanswered)?;
        let found = reference.find(graph)?;
        let version = found.version.ok_or_else(|| {
            Failure::unanswered(format!(
                "record {} carries no text to translate",
                found.entry.index
            ))
            .hint("name the version that was translated, such as ARTICLE@2")
        })?;
        Ok(Some(Source {
            target: version.record.article.clone(),
            leaf: Some(version.entry.leaf),
            ..Source::default()
        }))
    }
}

/// "`DeepL`" or "`DeepL` 14": a last word with a digit is the version.
fn machine(text: &str) -> Machine {
    match text.trim().rsplit_once(' ') {
        Some((tool, version)) if version.contains(|c: char| c.is_ascii_digit()) => {
            Machine { tool: Some(tool.to_owned()), version: Some(version.to_owned()) }
        }
        _ => Machine { tool: Some(text.trim().to_owned()), version: None },
    }
}

/// `ROLE=NAME` or `ROLE[LANG]=NAME`.
fn parse_credit(text: &str) -> Result<Credit, String> {
    let (role, name) = text.split_once('=').ok_or("write it as ROLE=NAME or ROLE[LANG]=NAME")?;
    let (role, language) = match role.split_once('[') {
        Some((role, rest)) => {
            let tag = rest.strip_suffix(']').ok_or("the language's bracket is not closed")?;
            (role, Some(tag.parse::<Language>().map_err(|error| error.to_string())?))
        }
        None => (role, None),
    };
    let role: Role = role
        .trim()
        .parse()
        .map_err(|error: crate::text::vocabulary::UnknownWord| error.to_string())?;
    let name = crate::text::profile::Text::new(name).as_str().to_owned();
    if name.is_empty() {
        return Err("the name is empty".to_owned());
    }
    Ok(Credit { language, ..build::operator_credit(role, name, Kind::Person) })
}

/// Says what was read, what was recorded, and what the audit thinks of it.
fn report(
    context: &Context,
    workspace: &Workspace,
    taken: &[Taken],
    signed: Option<&SignedCheckpoint>,
    dry: bool,
) -> Result<Exit, Failure> {
    let ui = context.ui;
    if ui.format() != Format::Human {
        let records: Vec<_> =
            taken.iter().map(|taken| record::decision(&taken.path, &taken.decision)).collect();
        ui.value(&json!({ "records": records, "checkpoint": signed.map(checkpoint::json) }));
        return Ok(Exit::True);
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
    match signed {
        Some(signed) => {
            let label = styled(BOLD, format_args!("{:<10}", "signed"));
            ui.line(format_args!("{label} {}", checkpoint::line(signed)));
        }
        None if dry => {}
        None => ui.line(format_args!(
            "{} not yet; run `siglum sign`",
            styled(BOLD, format_args!("{:<10}", "signed"))
        )),
    }
    if dry {
        return Ok(Exit::True);
    }
    let snapshot = workspace.load()?;
    let articles = taken
        .iter()
        .filter_map(|taken| snapshot.graph.article(taken.decision.record.article.as_deref()?));
    let audit = run::some(&snapshot.graph, articles, &workspace.settings.roster, context.lexicon());
    ui.line(format_args!(
        "{} {}",
        styled(BOLD, format_args!("{:<10}", "audit")),
        findings::summary(&audit)
    ));
    for finding in &audit.findings {
        findings::print_finding(ui, finding);
    }
    context.remember(workspace, &snapshot);
    Ok(Exit::True)
}
