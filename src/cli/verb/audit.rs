//! `siglum audit`: what is not in order with credits, sources and versions.

mod draft;
mod memory;
mod scope;

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use self::memory::Memory;
use self::scope::Scope;
use super::parse::Reading;
use crate::audit::rule::{self, Rule};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::filter;
use crate::cli::reference::Reference;
use crate::cli::render::findings::Reporter;
use crate::cli::ui::{Asked, BOLD, styled};
use crate::cli::workspace::Context;
use crate::lineage::filter::{By, Filter};

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
    ///
    /// On the same day, by the same settings and program, only of articles that were recorded since,
    /// or whose sources or translations were; files that changed on disk are for an audit of all.
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
        let (audit, gate) = draft::audit(context, draft, args.metadata.as_deref(), &args.reading)?;
        reporter.draft(&audit, gate)?;
        context.ui.note("a draft was audited; nothing was recorded");
        return Ok(if audit.passes(gate) { Exit::True } else { Exit::False });
    }
    if args.reading.is_given() {
        return Err(Failure::unanswered("--as, --encoding and --language are about a draft")
            .hint("name it with --draft FILE"));
    }
    let workspace = context.workspace()?;
    let (texts, files) = (workspace.texts(), workspace.files());
    let house = workspace.house(context, &texts, &files);
    let gate = workspace.settings.gate();
    let memory = Memory::of(&workspace, house.today)?;
    let known = if args.changed { memory.known(context)? } else { None };
    let scope = Scope {
        references: &args.references,
        filter: filter(args),
        since: known.as_ref().map_or(0, |known| memory.since(known)),
    };
    let at_hand = asked == Asked::Html;
    let mut seen = scope.audit(context, &workspace, house, at_hand)?;
    let found = seen.audit.findings.iter().map(|finding| finding.id.clone()).collect();
    if let Some(known) = &known {
        if at_hand {
            context.ui.note("everything is audited: the page tells of the whole log");
        } else {
            memory.say(context, known);
        }
        memory::leave_out_known(context, known, &mut seen.audit);
    }
    let audit = &seen.audit;
    let passes = audit.passes(gate);
    reporter.log(&workspace, seen.snapshot.as_deref(), house, audit, gate)?;
    if audit.not_understood > 0 {
        context.ui.warn(format_args!(
            "{} of the log's records are of a newer format and were not audited",
            audit.not_understood
        ));
    }
    if scope.is_whole() && passes {
        memory.remember(context, seen.signed, known, found);
    }
    Ok(match (passes, audit.not_understood) {
        (false, _) => Exit::False,
        (true, 0) => Exit::True,
        (true, _) => Exit::Unanswered,
    })
}

/// What narrows an audit by time.
fn filter(args: &Args) -> Option<Filter> {
    let asks = args.since.is_some() || args.until.is_some();
    asks.then(|| Filter { since: args.since, until: args.until, ..Filter::new(args.by) })
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
