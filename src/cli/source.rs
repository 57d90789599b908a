//! The source of a text, as its recorder names it.

use std::path::Path;

use super::error::Failure;
use super::reference::{Reference, Target};
use super::workspace::{Context, Workspace};
use crate::article::assemble;
use crate::ingest::open;
use crate::lineage::graph::Graph;
use crate::lineage::late;
use crate::read::detect::Wish;
use crate::record::source::Source;

/// The source that `target` names, a reference or a URL: pinned by leaf in this log, else by the
/// digest of the text in `file`, else only named.
pub(super) fn find(
    context: &Context,
    workspace: &Workspace,
    graph: &Graph,
    target: &str,
    file: Option<&Path>,
) -> Result<Source, Failure> {
    let reference: Reference = target.parse().map_err(Failure::unanswered)?;
    match (reference.find(graph), file) {
        (Ok(_), Some(_)) => Err(Failure::unanswered(format!("`{target}` is in this log"))
            .hint("its own record says what its text is: leave --source-file out")),
        (Ok(found), None) => pinned(&found),
        (Err(_), Some(path)) => by_text(context, workspace, target, path),
        (Err(_), None) if is_url(target) => {
            Ok(Source { target: Some(target.to_owned()), ..Source::default() })
        }
        (Err(unknown), None) => Err(unknown),
    }
}

/// The same where the source may come later: `None` where the log has nothing of that name yet. One
/// whose text is given goes by that text, whether or not the log has it too.
pub(super) fn look(
    context: &Context,
    workspace: &Workspace,
    graph: &Graph,
    target: &str,
    file: Option<&Path>,
) -> Result<Option<Source>, Failure> {
    if let Some(path) = file {
        return by_text(context, workspace, target, path).map(Some);
    }
    let reference: Reference = target.parse().map_err(Failure::unanswered)?;
    match reference.find(graph) {
        Ok(found) => pinned(&found).map(Some),
        // A record's number is no name that anything could come under.
        Err(unknown) if reference.as_index().is_some() => Err(unknown),
        Err(_) => Ok(None),
    }
}

/// The version that a reference led to, as a source.
fn pinned(found: &Target<'_>) -> Result<Source, Failure> {
    let version = found.version.ok_or_else(|| {
        let index = found.entry.index;
        Failure::unanswered(format!("record {index} carries no text to translate"))
            .hint("name the version that was translated, such as ARTICLE@2")
    })?;
    Ok(Source {
        target: version.record.article.clone(),
        leaf: Some(version.entry.leaf),
        ..Source::default()
    })
}

/// A source that the log doesn't have: a page elsewhere, or an article of this log that is to come.
pub(super) fn to_come(target: &str) -> Source {
    let target = if is_url(target) || target.starts_with(late::HERE) {
        target.to_owned()
    } else {
        format!("{}{target}", late::HERE)
    };
    Source { target: Some(target), ..Source::default() }
}

/// Whether a target may be a page that is in no log.
pub(super) fn is_url(target: &str) -> bool {
    target.contains("://") && !target.starts_with(late::HERE)
}

/// A source by the text in a file.
fn by_text(
    context: &Context,
    workspace: &Workspace,
    target: &str,
    path: &Path,
) -> Result<Source, Failure> {
    let bytes = context.input(path)?;
    let document = open::open(&bytes, &Wish::default())
        .map_err(|error| Failure::from(error).with_path(path))?;
    let source = assemble::assemble(document, workspace.settings.lexicon(), None);
    let digest = Some(source.body().digest());
    Ok(Source { target: Some(target.to_owned()), digest, ..Source::default() })
}
