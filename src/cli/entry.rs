//! From the command line to a verb, and from its answer to an exit code.

use std::process::ExitCode;

use clap::Parser as _;

use super::args::{Cli, Verb};
use super::error::Failure;
use super::exit::Exit;
use super::ui::{self, Ui};
use super::verb;
use super::workspace::Context;
use super::world::World;

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let ui = Ui::new(cli.format.plain().unwrap_or_default(), cli.quiet);
    match dispatch(cli, ui) {
        Ok(_) if ui::lost_output() => {
            ui.fail(&Failure::unanswered("can't write to standard output"));
            Exit::Unanswered.into()
        }
        Ok(exit) => exit.into(),
        Err(failure) => {
            ui.fail(&failure);
            failure.exit.into()
        }
    }
}

fn dispatch(cli: Cli, ui: Ui) -> Result<Exit, Failure> {
    let is_audit = matches!(cli.verb, Verb::Audit(_));
    if cli.format.plain().is_none() && !is_audit {
        return Err(Failure::unanswered("only `siglum audit` writes csv, sarif, github and html")
            .hint("the other verbs write human, json and ndjson"));
    }
    let context = Context::new(World::look()?, ui, cli.workspace, cli.no_index);
    match cli.verb {
        Verb::Init(args) => verb::init::run(&context, args),
        Verb::Parse(args) => verb::parse::run(&context, &args),
        Verb::Credits(args) => verb::credits::run(&context, &args),
        Verb::Record(args) => verb::record::run(&context, &args),
        Verb::Review(args) => verb::review::run(&context, &args),
        Verb::Retract(args) => verb::retract::run(&context, &args),
        Verb::Withdraw(args) => verb::withdraw::run(&context, &args),
        Verb::Link(args) => verb::link::run(&context, &args),
        Verb::Alias(args) => verb::alias::run(&context, &args),
        Verb::Forget(args) => verb::forget::run(&context, &args),
        Verb::Verify(args) => verb::verify::run(&context, &args),
        Verb::Log(args) => verb::log::run(&context, &args),
        Verb::Show(args) => verb::show::run(&context, &args),
        Verb::Diff(args) => verb::diff::run(&context, &args),
        Verb::Audit(args) => verb::audit::run(&context, &args, cli.format),
        Verb::Stats(args) => verb::stats::run(&context, &args),
        Verb::People(args) => verb::people::run(&context, &args),
        Verb::Prove(args) => verb::prove::run(&context, &args),
        Verb::Cosign(args) => verb::cosign::run(&context, &args),
        Verb::Export(args) => verb::export::run(&context, &args),
        Verb::Fsck(args) => verb::fsck::run(&context, &args),
        Verb::Sign(args) => verb::sign::run(&context, &args),
        Verb::Key(args) => verb::key::run(&context, args),
        Verb::Completions(args) => Ok(verb::completions::run(ui, &args)),
        Verb::Man(args) => verb::man::run(ui, &args),
    }
}
