//! The source of a text, as its recorder names it.

use std::path::Path;

use super::error::Failure;
use super::reference::Reference;
use super::workspace::{Context, Workspace};
use crate::article::assemble;
use crate::ingest::open;
use crate::lineage::graph::Graph;
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
        (Ok(found), None) => {
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
        (Err(_), Some(path)) => {
            let bytes = context.input(path)?;
            let document = open::open(&bytes, &Wish::default())
                .map_err(|error| Failure::from(error).with_path(path))?;
            let source = assemble::assemble(document, workspace.settings.lexicon(), None);
            let digest = Some(source.body().digest());
            Ok(Source { target: Some(target.to_owned()), digest, ..Source::default() })
        }
        (Err(_), None) if target.contains("://") => {
            Ok(Source { target: Some(target.to_owned()), ..Source::default() })
        }
        (Err(unknown), None) => Err(unknown),
    }
}
