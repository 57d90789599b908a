//! `siglum audit`: what is not in order with credits, sources and versions.

use crate::audit::rule::{self, Rule};
use crate::audit::run;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::render::findings;
use crate::cli::ui::{BOLD, styled};
use crate::cli::workspace::Context;
use crate::lineage::graph::Article;

/// Audit the newest version of articles: credits, sources, translations
///
/// Exit code 1 means that a finding is at or above the gate, which is `error` unless [audit] gate
/// in provenance.toml says otherwise.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Articles: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE; all unless given
    references: Vec<Reference>,

    /// Say why an editor cares about a rule, and what to do about a finding
    #[arg(long, value_name = "RULE", conflicts_with = "references")]
    explain: Option<String>,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    if let Some(id) = &args.explain {
        return explain(context, id);
    }
    let workspace = context.workspace()?;
    let snapshot = context.load(&workspace)?;
    let (settings, graph) = (&workspace.settings, &snapshot.graph);
    let texts = workspace.texts();
    let house = workspace.house(&texts);
    let audit = if args.references.is_empty() {
        run::all(graph, house)
    } else {
        let articles = args.references.iter().map(|reference| {
            reference.find(graph)?.article.ok_or_else(|| {
                Failure::unanswered("a record about the log itself has no article to audit")
            })
        });
        let articles = articles.collect::<Result<Vec<Article<'_>>, Failure>>()?;
        run::some(graph, articles, house)
    };
    findings::print(context.ui, &audit, settings.gate());
    if audit.not_understood > 0 {
        context.ui.warn(format_args!(
            "{} of the log's records are of a newer format and were not audited",
            audit.not_understood
        ));
    }
    Ok(match (audit.passes(settings.gate()), audit.not_understood) {
        (false, _) => Exit::False,
        (true, 0) => Exit::True,
        (true, _) => Exit::Unanswered,
    })
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
    context.ui.line(styled(BOLD, rule.id));
    context.ui.line(rule.why);
    context.ui.line(format_args!("{} {}", styled(BOLD, "what to do:"), rule.hint));
    Ok(Exit::True)
}
