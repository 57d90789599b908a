//! `siglum audit --draft`: an article as it would be if it were recorded now.

use std::path::Path;

use crate::audit::finding::Severity;
use crate::audit::rule::NO_FILES;
use crate::audit::run::{self, Audit};
use crate::cli::error::Failure;
use crate::cli::statement::Statement;
use crate::cli::verb::parse::Reading;
use crate::cli::workspace::{Context, Workspace};
use crate::ingest::batch::Batch;
use crate::lineage::graph::Graph;
use crate::store::layout::Layout;
use crate::text::digest::Digest;

/// The audit of a draft, as the next version of the article that it would be, and the gate.
///
/// # Errors
///
/// If it can't be read or couldn't be recorded, or the workspace's log is not in order.
pub(super) fn audit(
    context: &Context,
    draft: &Path,
    metadata: Option<&Path>,
    reading: &Reading,
) -> Result<(Audit, Severity), Failure> {
    let (workspace, graph) = match context.find_workspace()? {
        Some(workspace) => {
            let snapshot = context.load(&workspace)?;
            (workspace, snapshot.graph)
        }
        None if context.asked().is_some() => (context.workspace()?, Graph::new(Vec::new())),
        None => {
            let layout = Layout::new(context.world.directory());
            (Workspace::without_settings(layout), Graph::new(Vec::new()))
        }
    };
    let (statement, language) = Statement::of_metadata(metadata).complete(context)?;
    let bytes = context.input(draft)?;
    let take = || {
        let reading = reading.clone().or_language(language.clone());
        let article = reading.read(&workspace.settings, &bytes)?;
        let read = (bytes.as_slice(), &article);
        let record = statement.record(context, &workspace, &graph, draft, read)?;
        let decision = Batch::new(&graph, graph.size()).add(record, statement.change())?;
        Ok::<_, Failure>((article, decision))
    };
    let (article, decision) = take().map_err(|failure| failure.with_path(draft))?;
    let body = article.body();
    let kept = workspace.texts();
    let texts = move |digest: &Digest| {
        if *digest == body.digest() { Some(body.as_str().to_owned()) } else { kept(digest) }
    };
    let new = decision.appended.then(|| decision.entry());
    let graph = graph.with(new);
    let id = decision.record.article.as_deref().unwrap_or_default();
    let audit = run::some(&graph, graph.article(id), workspace.house(context, &texts, NO_FILES));
    Ok((audit, workspace.settings.gate()))
}
