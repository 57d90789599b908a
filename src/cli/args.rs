//! The command line.

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, Subcommand};

use super::ui::Asked;
use super::verb;

/// Record who reported, wrote, translated and edited an article, and prove it later
///
/// siglum reads an article, parses its credit lines, fingerprints its text and appends a record to
/// a tamper-evident log that anyone can check later, offline.
///
/// Exit codes: 0 true or done; 1 false (tampered, changed, findings at or above the gate);
/// 2 could not answer (usage, files, unknown articles, newer formats).
#[derive(Debug, Parser)]
#[command(name = "siglum", version, max_term_width = 100)]
pub(super) struct Cli {
    /// The workspace; found upward from here unless given
    #[arg(short, long, global = true, value_name = "DIR")]
    pub(super) workspace: Option<PathBuf>,

    /// How to write data to standard output
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Asked,

    /// Say nothing but data, warnings and errors
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Read the whole log instead of looking things up in its index
    #[arg(long, global = true)]
    pub(super) no_index: bool,

    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Init(verb::init::Args),
    Parse(verb::parse::Args),
    Credits(verb::credits::Args),
    Record(Box<verb::record::Args>),
    Review(verb::review::Args),
    Retract(verb::retract::Args),
    Withdraw(verb::withdraw::Args),
    Link(verb::link::Args),
    Alias(verb::alias::Args),
    Forget(verb::forget::Args),
    Verify(verb::verify::Args),
    Log(verb::log::Args),
    Show(verb::show::Args),
    Diff(verb::diff::Args),
    Audit(verb::audit::Args),
    Stats(verb::stats::Args),
    People(verb::people::Args),
    Prove(verb::prove::Args),
    Cosign(verb::cosign::Args),
    Export(verb::export::Args),
    Fsck(verb::fsck::Args),
    Sign(verb::sign::Args),
    Key(verb::key::Args),
    #[command(hide = true)]
    Completions(verb::completions::Args),
    #[command(hide = true)]
    Man(verb::man::Args),
}

/// The whole command, for completions, the manual page and tests.
pub fn command() -> clap::Command {
    Cli::command()
}
