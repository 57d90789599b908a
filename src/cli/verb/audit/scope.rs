//! What an audit looks at: all of a log, part by part; some of its articles; what is new in it.

use rayon::prelude::*;

use crate::audit::rule::House;
use crate::audit::run::{self, Audit, Gathered};
use crate::cli::error::Failure;
use crate::cli::reference::Reference;
use crate::cli::verb::log;
use crate::cli::workspace::{Context, Workspace};
use crate::lineage::filter::{Answer, Filter};
use crate::lineage::graph::{Article, Graph};
use crate::store::index::view::Want;
use crate::store::open::Snapshot;

/// What is to be audited.
pub(super) struct Scope<'a> {
    /// Only these articles; all where there are none.
    pub(super) references: &'a [Reference],
    /// Only articles whose newest version it lets through.
    pub(super) filter: Option<Filter>,
    /// Only articles that have a record from this index on, or lead to one that has.
    pub(super) since: u64,
}

/// An audit, and what it was of.
pub(super) struct Seen {
    pub(super) audit: Audit,
    /// How many records of the log are signed: only these can't be others the next time.
    pub(super) signed: u64,
    /// All of them, where they are asked for.
    pub(super) snapshot: Option<Box<Snapshot>>,
}

impl Scope<'_> {
    /// Whether every article was looked at, now or by the last clean audit.
    pub(super) fn is_whole(&self) -> bool {
        self.references.is_empty() && self.filter.is_none()
    }

    /// Audits what is asked for. A report that tells of the whole log needs all of it `at_hand`.
    pub(super) fn audit(
        &self,
        context: &Context,
        workspace: &Workspace,
        house: House<'_>,
        at_hand: bool,
    ) -> Result<Seen, Failure> {
        if at_hand {
            let snapshot = context.load(workspace)?;
            let audit = self.of_graph(context, &snapshot.graph, house)?;
            let signed = snapshot.journal().signed_size();
            return Ok(Seen { audit, signed, snapshot: Some(Box::new(snapshot)) });
        }
        if !self.references.is_empty() {
            let wanted = self.references.iter().flat_map(Reference::wants);
            let wanted: Vec<Want> = wanted.chain([Want::Understood]).collect();
            let known = context.know(workspace, Some(&wanted))?;
            let audit = self.of_graph(context, known.graph(), house)?;
            return Ok(Seen { audit, signed: known.signed_size(), snapshot: None });
        }
        let recalled = context.recall(workspace)?;
        if self.since > 0 {
            let wanted = [Want::From(self.since), Want::Understood];
            if let Some(view) = context.view(workspace, &recalled, &wanted)? {
                let audit = self.of_graph(context, &view.graph, house)?;
                return Ok(Seen { audit, signed: view.signed.size(), snapshot: None });
            }
        }
        let parts = context.parts_after(workspace, recalled)?;
        let signed = parts.checked.journal.signed_size();
        // What is known of more records than there are is known of another log.
        let since = if self.since > signed { 0 } else { self.since };
        let (mut gathered, mut undated) = (Gathered::default(), 0);
        context.each_part(workspace, (&parts, since), "auditing", |part| {
            let articles = self.filtered(part, part.articles().collect(), &mut undated);
            for audited in side_by_side(part, &articles, house) {
                gathered.add(audited);
            }
        })?;
        log::say_left_out(context.ui, 0, undated);
        let audit = gathered.into_audit(parts.not_understood);
        Ok(Seen { audit, signed, snapshot: None })
    }

    /// The same of records that are all at hand: the articles in log order, or as they were named.
    fn of_graph(
        &self,
        context: &Context,
        graph: &Graph,
        house: House<'_>,
    ) -> Result<Audit, Failure> {
        let articles = if self.references.is_empty() {
            graph.articles().collect()
        } else {
            let find = |reference: &Reference| {
                reference.find(graph)?.article.ok_or_else(|| {
                    Failure::unanswered("a record about the log itself has no article to audit")
                })
            };
            self.references.iter().map(find).collect::<Result<_, _>>()?
        };
        let mut undated = 0;
        let articles = self.filtered(graph, articles, &mut undated);
        log::say_left_out(context.ui, 0, undated);
        Ok(Audit::of(graph, side_by_side(graph, &articles, house)))
    }

    /// The articles that the filter lets through; counts those that state no time to go by.
    fn filtered<'g>(
        &self,
        graph: &'g Graph,
        mut articles: Vec<Article<'g>>,
        undated: &mut usize,
    ) -> Vec<Article<'g>> {
        if let Some(filter) = &self.filter {
            articles.retain(|article| {
                let Some(version) = article.newest() else { return false };
                let answer = filter.judge_version(graph, *article, version);
                *undated += usize::from(answer == Answer::Undated);
                answer == Answer::Yes
            });
        }
        articles
    }
}

/// Audits articles, several at a time.
fn side_by_side(graph: &Graph, articles: &[Article<'_>], house: House<'_>) -> Vec<run::Audited> {
    articles.par_iter().map(|article| run::one(graph, *article, house)).collect()
}
