//! `siglum people`: who is credited, what with, and who may be one person.

use clap::builder::NonEmptyStringValueParser;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::filter::Filtering;
use crate::cli::render;
use crate::cli::sanitize;
use crate::cli::verb::log;
use crate::cli::workspace::{Context, Workspace, settings_text};
use crate::config::adopt;
use crate::config::settings::Settings;
use crate::lineage::filter::Spellings;
use crate::people::census::{self, Census, Counter};
use crate::people::search;
use crate::store::durable;
use crate::store::layout::SETTINGS;

/// List who is credited, show one person's record, find probable duplicates
///
/// Names are those of the roster ([[people]] in provenance.toml) at the time of the credit. Names that
/// the roster doesn't have are one person's if they are the same text. Sealed names are never shown.
///
/// Everyone is counted in articles: by role, by pair of languages, with the time of the first and the
/// last version that credits them.
///
/// `--duplicates` compares names and never merges: each suggestion says why and how sure it is. Two who
/// are credited in one version in one role are two people. `--adopt` writes what somebody confirmed
/// into provenance.toml, or the file that its `people_file` names.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A person: a name as credited, or any spelling of a person of the roster
    #[arg(value_parser = NonEmptyStringValueParser::new(), conflicts_with = "person")]
    name: Option<String>,

    /// Suggest names that are probably one person's
    #[arg(long, conflicts_with_all = ["name", "person"])]
    duplicates: bool,

    /// Add spellings to a person of the roster, and the person where the roster doesn't have them
    #[arg(
        long,
        value_name = "NAME",
        value_parser = NonEmptyStringValueParser::new(),
        conflicts_with_all = ["name", "duplicates", "filter"]
    )]
    adopt: Option<String>,

    /// A spelling that is this person's; may be given more than once
    #[arg(
        long,
        value_name = "SPELLING",
        value_parser = NonEmptyStringValueParser::new(),
        requires = "adopt"
    )]
    spelling: Vec<String>,

    #[command(flatten)]
    filtering: Filtering,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    if let Some(name) = &args.adopt {
        return adopt(context, &workspace, name, &args.spelling);
    }
    if args.duplicates {
        return duplicates(context, args, &workspace);
    }
    match args.name.as_deref().or(args.filtering.person()) {
        Some(name) => career(context, args, &workspace, name),
        None => everyone(context, args, &workspace),
    }
}

/// Counts everyone of the log.
fn count(context: &Context, args: &Args, workspace: &Workspace) -> Result<Census, Failure> {
    let roster = &workspace.settings.roster;
    let filter = args.filtering.filter(roster);
    let mut counter = Counter::default();
    let parts = context.parts_after(workspace, context.recall(workspace)?)?;
    context
        .each_part(workspace, (&parts, 0), "counting", |part| counter.add(part, &filter, roster))?;
    Ok(counter.into_census())
}

fn everyone(context: &Context, args: &Args, workspace: &Workspace) -> Result<Exit, Failure> {
    let census = count(context, args, workspace)?;
    render::people::census(context.ui, &census);
    Ok(answered(context, census.not_understood, census.undated))
}

fn duplicates(context: &Context, args: &Args, workspace: &Workspace) -> Result<Exit, Failure> {
    let roster = &workspace.settings.roster;
    let census = count(context, args, workspace)?;
    let search = search::duplicates(&census, roster);
    render::people::duplicates(context.ui, &search);
    if search.passed_over > 0 {
        context.ui.warn(format_args!(
            "more than {} names have the same family name and first letter {}: these were not compared",
            search::MOST,
            if search.passed_over == 1 { "once".to_owned() } else { format!("{} times", search.passed_over) },
        ));
    }
    Ok(answered(context, census.not_understood, census.undated))
}

/// Writes confirmed spellings. The whole of the settings is read anew as it would be, before any of it
/// is replaced; a crash leaves the old file or the new one.
fn adopt(
    context: &Context,
    workspace: &Workspace,
    name: &str,
    spellings: &[String],
) -> Result<Exit, Failure> {
    let root = workspace.layout.root();
    let roster = &workspace.settings.roster;
    let name = roster.find(name).unwrap_or(name);
    let main = workspace.layout.settings();
    let settings = settings_text(&main)?;
    let people_file = workspace.settings.people_file.as_ref();
    let more = people_file.map(|file| Ok::<_, Failure>((file, settings_text(&root.join(file))?)));
    let more = more.transpose()?;
    // Where the person is, else where people are kept.
    let in_main = more.is_none() || adopt::has(&settings, name);
    let (path, shown, text) = match &more {
        Some((file, text)) if !in_main => (root.join(file), file.as_str(), text),
        _ => (main.clone(), SETTINGS, &settings),
    };
    let failed = |error: adopt::AdoptError| {
        Failure::unanswered(format!("{shown}: {error}")).hint("write it into the file by hand")
    };
    let new = adopt::adopt(text, name, spellings).map_err(failed)?;
    let read = Settings::parse(if in_main { &new } else { &settings });
    let read = read.map_err(|error| Failure::in_settings(SETTINGS, &error))?;
    if let Some((file, text)) = &more {
        let text = if in_main { text } else { &new };
        read.with_people(text).map_err(|error| Failure::in_settings(file, &error))?;
    }
    if new == *text {
        context.ui.note(format_args!("{shown} says so already"));
        return Ok(Exit::True);
    }
    if settings_text(&path)? != *text {
        let message = format!("{shown} was changed by somebody else at the same time");
        return Err(Failure::unanswered(message).hint("run the command again"));
    }
    durable::replace(&path, new.as_bytes())?;
    context.ui.note(format_args!("{shown} has {} of {}", written(spellings), sanitize::line(name)));
    Ok(Exit::True)
}

fn written(spellings: &[String]) -> String {
    match spellings {
        [] => "an entry".to_owned(),
        [one] => format!("`{}` as a spelling", sanitize::line(one)),
        several => format!("{} spellings", several.len()),
    }
}

fn career(
    context: &Context,
    args: &Args,
    workspace: &Workspace,
    name: &str,
) -> Result<Exit, Failure> {
    let roster = &workspace.settings.roster;
    if let [one, other, ..] = roster.candidates(name).as_slice() {
        let (one, other) = (&one.name, &other.name);
        return Err(Failure::unanswered(format!(
            "`{name}` meant {one}, and at another time {other}"
        ))
        .hint("give the person's name"));
    }
    let mut filter = args.filtering.filter(roster);
    filter.person = Some(Spellings::dated(roster.spellings(name)));
    let snapshot = context.load(workspace)?;
    let career = census::career(&snapshot.graph, &filter, roster);
    if career.row.is_none() && career.not_understood == 0 && career.undated == 0 {
        return Err(Failure::unanswered(format!("nobody is credited as `{name}`"))
            .hint("`siglum people` lists who is"));
    }
    render::people::career(context.ui, &career);
    Ok(answered(context, career.not_understood, career.undated))
}

fn answered(context: &Context, not_understood: usize, undated: usize) -> Exit {
    log::say_left_out(context.ui, not_understood, undated);
    if not_understood == 0 { Exit::True } else { Exit::Unanswered }
}
