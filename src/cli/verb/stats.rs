//! `siglum stats`: the log in figures.

use crate::audit::rule::NO_FILES;
use crate::audit::stats::Counter;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::filter::Filtering;
use crate::cli::render;
use crate::cli::verb::log;
use crate::cli::workspace::Context;

/// Count articles, credits, second readers, reviews, and how translations stand
///
/// An article counts once: in its newest version that the filters let through.
///
/// Four eyes: of the texts whose credits name who made them (translators; for an original its
/// writers, or else reporters), the share with an editor or copy editor who is none of these.
/// Credits of another language version don't count. Names are the roster's. Where a name is sealed,
/// withheld, or initials that the roster doesn't have, it is not known.
///
/// Machine translations: the share with a person's review of all of the text that still holds.
///
/// Source → translation: from the time in the record of the source's version to the time in that of
/// the first version made from it, where the source is pinned to a record of this log. Quartiles are
/// by nearest rank.
///
/// Translations today: each by the worst of its sources; not those that were retracted or withdrawn.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    filtering: Filtering,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let filter = args.filtering.filter(&workspace.settings.roster);
    let texts = workspace.texts();
    let house = workspace.house(context, &texts, NO_FILES);
    let mut counter = Counter::default();
    let parts = context.parts_after(&workspace, context.recall(&workspace)?)?;
    context.each_part(&workspace, (&parts, 0), "counting", |part| {
        counter.add(part, &filter, house, &mut |_, _| {});
    })?;
    let stats = counter.into_stats(&filter);
    render::stats::print(context.ui, &stats);
    log::say_left_out(context.ui, stats.not_understood, stats.undated);
    Ok(if stats.not_understood == 0 { Exit::True } else { Exit::Unanswered })
}
