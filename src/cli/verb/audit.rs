//! `siglum audit`: what is not in order with credits, sources and versions.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::audit_draft;
use super::parse::Reading;
use crate::audit::rule::{self, House, Rule};
use crate::audit::run::{self, Audit};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::filter;
use crate::cli::reference::Reference;
use crate::cli::render::findings::Reporter;
use crate::cli::ui::{Asked, BOLD, styled};
use crate::cli::verb::log;
use crate::cli::workspace::{Context, Workspace};
use crate::lineage::filter::{Answer, By, Filter};
use crate::lineage::graph::{Article, Graph};
use crate::store::audited::Findings;
use crate::store::error::StoreError;

/// Audit the newest version of articles: credits, sources, translations
///
/// Exit code 1 means that a finding is at or above the gate, which is `error` unless [audit] gate
/// in provenance.toml says otherwise; what rules weigh, what is exempt and what is asked of machine
/// translations stands there too. An audit that passes, of all articles, is a clean one.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Articles: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE; all unless given
    references: Vec<Reference>,

    /// Audit an article that is not recorded yet; `-` is standard input. Records nothing. Without a
    /// workspace, by the rules and settings that are built in
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["references", "since", "until", "changed"]
    )]
    draft: Option<PathBuf>,

    /// With --draft: what is stated of the article, as for `record --metadata`
    #[arg(long, value_name = "FILE", requires = "draft")]
    metadata: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// Only articles whose newest version is not from before this time: a day, or RFC 3339
    #[arg(long, value_name = "TIME", value_parser = filter::moment)]
    since: Option<DateTime<Utc>>,

    /// Only articles whose newest version is from before this time
    #[arg(long, value_name = "TIME", value_parser = filter::moment)]
    until: Option<DateTime<Utc>>,

    /// Which time counts: recorded, or published as the article states it
    #[arg(long, value_name = "TIME", default_value = "recorded")]
    by: By,

    /// Only what was not found yet by the last clean audit of this user
    #[arg(long, conflicts_with_all = ["references", "since", "until"])]
    changed: bool,

    /// Say why an editor cares about a rule, and what to do about a finding
    #[arg(long, value_name = "RULE", conflicts_with_all = ["references", "draft", "changed"])]
    explain: Option<String>,

    /// Write the report into a file, which is replaced as a whole; not for people, but as --format json,
    /// ndjson, csv, sarif, github or html
    #[arg(short, long, value_name = "FILE", conflicts_with = "explain")]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args, asked: Asked) -> Result<Exit, Failure> {
    if let Some(id) = &args.explain {
        return explain(context, id);
    }
    let reporter = Reporter::new(context, asked, args.output.as_deref())?;
    if let Some(draft) = &args.draft {
        let (audit, gate) =
            audit_draft::audit(context, draft, args.metadata.as_deref(), &args.reading)?;
        reporter.draft(&audit, gate)?;
        context.ui.note("a draft was audited; nothing was recorded");
        return Ok(if audit.passes(gate) { Exit::True } else { Exit::False });
    }
    if args.reading.is_given() {
        return Err(Failure::unanswered("--as, --encoding and --language are about a draft")
            .hint("name it with --draft FILE"));
    }
    let workspace = context.workspace()?;
    let snapshot = context.load(&workspace)?;
    let graph = &snapshot.graph;
    let (texts, files) = (workspace.texts(), workspace.files());
    let house = workspace.house(context, &texts, &files);
    let gate = workspace.settings.gate();
    let articles = articles(context, args, graph)?;
    let is_whole = args.references.is_empty() && args.since.is_none() && args.until.is_none();
    let mut audit = side_by_side(graph, &articles, house);
    let all: Findings = Findings {
        size: graph.size(),
        ids: audit.findings.iter().map(|finding| finding.id.clone()).collect(),
    };
    if args.changed {
        leave_out_known(context, &workspace, &mut audit)?;
    }
    let passes = audit.passes(gate);
    reporter.log(&workspace, &snapshot, house, &audit, gate)?;
    if audit.not_understood > 0 {
        context.ui.warn(format_args!(
            "{} of the log's records are of a newer format and were not audited",
            audit.not_understood
        ));
    }
    if is_whole && passes {
        remember(context, &workspace, &all)?;
    }
    Ok(match (passes, audit.not_understood) {
        (false, _) => Exit::False,
        (true, 0) => Exit::True,
        (true, _) => Exit::Unanswered,
    })
}

/// The articles that are asked for, in log order or as they were named.
fn articles<'a>(
    context: &Context,
    args: &Args,
    graph: &'a Graph,
) -> Result<Vec<Article<'a>>, Failure> {
    let mut articles: Vec<Article<'a>> = if args.references.is_empty() {
        graph.articles().collect()
    } else {
        let find = |reference: &Reference| {
            reference.find(graph)?.article.ok_or_else(|| {
                Failure::unanswered("a record about the log itself has no article to audit")
            })
        };
        args.references.iter().map(find).collect::<Result<_, _>>()?
    };
    if args.since.is_some() || args.until.is_some() {
        let filter = Filter { since: args.since, until: args.until, ..Filter::new(args.by) };
        let mut undated = 0;
        articles.retain(|article| {
            let Some(version) = article.newest() else { return false };
            let answer = filter.judge_version(graph, *article, version);
            undated += usize::from(answer == Answer::Undated);
            answer == Answer::Yes
        });
        log::say_left_out(context.ui, 0, undated);
    }
    Ok(articles)
}

/// Audits articles, several at a time.
fn side_by_side(graph: &Graph, articles: &[Article<'_>], house: House<'_>) -> Audit {
    let one = |article: &Article<'_>| run::one(graph, *article, house);
    let audited: Vec<run::Audited> = articles.par_iter().map(one).collect();
    Audit::of(graph, audited)
}

/// Leaves out what the last clean audit found too.
fn leave_out_known(
    context: &Context,
    workspace: &Workspace,
    audit: &mut Audit,
) -> Result<(), Failure> {
    let known = match context.memory().audited(workspace.verifier()?.name()) {
        Ok(known) => known,
        // It is no evidence: without it, everything is told.
        Err(error @ StoreError::Memory(_)) => {
            context.ui.warn(format_args!("what the last clean audit found is not known: {error}"));
            None
        }
        Err(error) => return Err(error.into()),
    };
    let Some(known) = known else {
        context.ui.note("no audit of this log was clean yet, so everything is new");
        return Ok(());
    };
    let before = audit.findings.len();
    audit.findings.retain(|finding| !known.ids.contains(&finding.id));
    let left_out = before - audit.findings.len();
    if left_out > 0 {
        let findings = if left_out == 1 { "finding" } else { "findings" };
        context.ui.note(format_args!(
            "left out, because the last clean audit (of {} records) had found them: {left_out} \
             {findings}",
            known.size
        ));
    }
    Ok(())
}

/// Remembers a clean audit. A memory that can't be kept is said, and no more.
fn remember(context: &Context, workspace: &Workspace, found: &Findings) -> Result<(), Failure> {
    let memory = context.memory();
    let origin = workspace.verifier()?.name();
    if matches!(memory.audited(origin), Ok(Some(known)) if known == *found) {
        return Ok(());
    }
    if let Err(error) = memory.remember_audited(origin, found) {
        context.ui.warn(format!("can't remember this audit for the next time: {error}"));
    }
    Ok(())
}

/// The rule with an id.
pub(in crate::cli) fn find(id: &str) -> Result<&'static Rule, Failure> {
    rule::by_id(id).ok_or_else(|| {
        let known: Vec<&str> = rule::ALL.iter().map(|rule| rule.id).collect();
        Failure::unanswered(format!("there is no rule `{id}`"))
            .hint(format!("the rules are {}", known.join(", ")))
    })
}

fn explain(context: &Context, id: &str) -> Result<Exit, Failure> {
    let rule = find(id)?;
    let ui = context.ui;
    ui.line(format_args!("{}, {} by default", styled(BOLD, rule.id), rule.severity));
    ui.line(rule.why);
    ui.line(format_args!("{} {}", styled(BOLD, "what to do:"), rule.hint));
    ui.line(format_args!("{} {}", styled(BOLD, "settings and limits:"), rule.settings));
    ui.line(format_args!(
        "in provenance.toml: [audit.rules] {} = \"error\", \"warning\", \"note\" or \"off\"; \
         [[audit.for]] by language or desk; [[audit.exempt]] by article, person or desk",
        rule.id
    ));
    Ok(Exit::True)
}
