//! `siglum review`: says that a person reviewed a version of an article.

use clap::builder::NonEmptyStringValueParser;

use crate::cli::error::Failure;
use crate::cli::event::{self, Recording};
use crate::cli::exit::Exit;
use crate::cli::reference::Reference;
use crate::cli::workspace::Context;
use crate::lineage::basis;
use crate::lineage::graph::{Article, Graph, Version};
use crate::record::event::{Event, Outcome, ReviewKind};
use crate::record::source::{Review, Source};

/// Record that a person reviewed a version of an article, against its source where it has one
///
/// A review binds the person to the exact body, and to the exact body of the source. It lapses when
/// either changes. One against a newer version of the source, of the full text, says that the
/// translation is up to date with it.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The version: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE
    reference: Reference,

    /// Who reviewed it
    #[arg(long, value_parser = event::parse_name, value_name = "NAME")]
    by: String,

    /// The version of the source that it was reviewed against; the one that it was translated from
    /// unless given
    #[arg(long, value_name = "REF")]
    against: Option<Reference>,

    /// What was reviewed: full, numbers or spelling
    #[arg(long, default_value = "full", value_name = "KIND")]
    kind: ReviewKind,

    /// How it ended: approved, amended (fit after changes) or rejected
    #[arg(long, default_value = "approved", value_name = "OUTCOME")]
    outcome: Outcome,

    /// What the reviewer has to say
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NOTE")]
    note: Option<String>,

    #[command(flatten)]
    recording: Recording,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    args.recording.of_article(context, &args.reference, Event::Review, |_, graph, record| {
        let (article, version) = args.reference.text(graph)?;
        let body = version.body().ok_or_else(|| {
            Failure::unanswered(format!("record {} carries no text", version.entry.index))
        })?;
        let (source, digest) = match against(args, graph, article, version)? {
            Some((source, digest)) => (Some(source), Some(digest)),
            None => (None, None),
        };
        record.sources = source.into_iter().collect();
        record.note.clone_from(&args.note);
        record.review = Some(Review {
            by: Some(args.by.clone()),
            by_sealed: None,
            kind: args.kind,
            outcome: args.outcome,
            body,
            source: digest,
        });
        Ok(())
    })
}

/// The source that was reviewed against, and the digest of its body; `None` where there is none.
fn against<'a>(
    args: &Args,
    graph: &'a Graph,
    article: Article<'a>,
    version: Version<'a>,
) -> Result<Option<(Source, crate::text::digest::Digest)>, Failure> {
    let of = |(source, version): (Article<'_>, Version<'_>)| {
        let digest = version.body()?;
        let leaf = Some(version.entry.leaf);
        let target = Some(source.id().to_owned());
        Some((Source { target, leaf, ..Source::default() }, digest))
    };
    if let Some(reference) = &args.against {
        let (source, newer) = reference.text(graph)?;
        if source.id() == article.id() {
            return Err(Failure::unanswered("a text is reviewed against its source, not itself")
                .hint("leave --against out where there is no source"));
        }
        return Ok(of((source, newer)));
    }
    let Some(basis) = basis::of(graph, article, version).into_iter().next() else {
        return Ok(None);
    };
    match basis.version {
        Some(source) => Ok(of(source)),
        None => Ok(basis.source.digest.map(|digest| (basis.source.clone(), digest))),
    }
}
