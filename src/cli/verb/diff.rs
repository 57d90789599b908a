//! `siglum diff`: where two texts differ.

use std::path::Path;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::known::Known;
use crate::cli::reference::Reference;
use crate::cli::render::diff::{self, Layout, Origin};
use crate::cli::verb::parse::Reading;
use crate::cli::verb::verify;
use crate::cli::workspace::{Context, Workspace};
use crate::compare::verdict::Verdict;
use crate::config::settings::Settings;
use crate::store::texts;
use crate::verify::article;
use crate::verify::side::Side;

/// The narrowest terminal on which texts are shown side by side unasked, in columns.
const WIDE: usize = 120;

/// Show where two texts differ, by paragraph and by word
///
/// A and B are files, or records whose text is kept: INDEX, LEAF, ARTICLE[@VERSION] or id:ARTICLE.
/// What is a file here is taken for one; `id:` or `@VERSION` names the record instead. Where a
/// record's text is not kept, paragraphs are compared by their digests.
///
/// Changes of numbers, names, negations and quotations, and sentences that came or went, are
/// substantive and listed first. All others are minor, which is not to say that they are nothing.
///
/// Exit code 0 means the same text, or the same but for typography; 1 changed; 2 that it could not
/// be told.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The older text: a file, `-` for standard input, or a reference
    #[arg(value_name = "A")]
    old: String,

    /// The newer text
    #[arg(value_name = "B")]
    new: String,

    /// Show the texts side by side; done unasked on terminals of 120 columns or more
    #[arg(long, conflicts_with = "unified")]
    side_by_side: bool,

    /// Show the texts one below the other
    #[arg(long)]
    unified: bool,

    #[command(flatten)]
    reading: Reading,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let is_file = |given: &str| given == "-" || context.absolute(Path::new(given)).is_file();
    let given = [&args.old, &args.new];
    let references = given.into_iter().filter(|given| !is_file(given)).map(|given| given.parse());
    let references: Vec<Reference> =
        references.collect::<Result<_, _>>().map_err(Failure::unanswered)?;
    let workspace = context.find_workspace()?;
    let log = match (&workspace, references.first()) {
        (_, None) => None,
        (Some(workspace), Some(_)) => {
            let wanted: Vec<_> = references.iter().flat_map(Reference::wants).collect();
            Some(context.know(workspace, Some(&wanted))?)
        }
        (None, Some(reference)) => {
            return Err(Failure::unanswered(format!(
                "{reference} is no file, and there is no workspace whose log could have it"
            ))
            .hint("check the path, or give the workspace with -w"));
        }
    };
    let mut sides = Vec::new();
    for given in given {
        sides.push(match (&workspace, &log) {
            (Some(workspace), Some(log)) if !is_file(given) => of_record(workspace, log, given)?,
            _ => of_file(context, workspace.as_ref(), &args.reading, given)?,
        });
    }
    let [(old_origin, old), (new_origin, new)] = sides.as_slice() else {
        return Err(Failure::unanswered("two texts are compared"));
    };
    let mut comparison = article::between(old, new);
    if comparison.parts.body == Verdict::Typography {
        comparison.paragraphs = article::paragraphs(old, new);
    }
    let exit = verify::exit_of(&comparison, false);
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let layout = match terminal {
        _ if args.unified => Layout::Unified,
        Some(width) if args.side_by_side || width >= WIDE => Layout::SideBySide(width),
        None if args.side_by_side => Layout::SideBySide(WIDE),
        _ => Layout::Unified,
    };
    diff::print(context.ui, (old_origin, old), (new_origin, new), &comparison, layout);
    Ok(exit)
}

/// The text of a file.
fn of_file(
    context: &Context,
    workspace: Option<&Workspace>,
    reading: &Reading,
    given: &str,
) -> Result<(Origin, Side), Failure> {
    let path = Path::new(given);
    let none = Settings::default();
    let settings = workspace.map_or(&none, |workspace| &workspace.settings);
    let bytes = context.input(path)?;
    let article = reading.read(settings, &bytes).map_err(|failure| failure.with_path(path))?;
    Ok((Origin::file(given), Side::of_article(&bytes, &article)))
}

/// The text of a record.
fn of_record(workspace: &Workspace, log: &Known, given: &str) -> Result<(Origin, Side), Failure> {
    let reference: Reference = given.parse().map_err(Failure::unanswered)?;
    let target = reference.find(log.graph())?;
    let entry = target.entry;
    let side = entry
        .record()
        .and_then(|record| Side::of_record(record, |body| texts::find(&workspace.layout, body)));
    let side = side.ok_or_else(|| {
        Failure::unanswered(format!("record {} carries no text to compare", entry.index))
            .hint("name a version, such as ARTICLE@2")
    })?;
    Ok((Origin::record(given, &target, &side), side))
}
