//! `siglum man`: the manual page.

use crate::cli::args;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::ui::Ui;

/// Write the manual page of siglum, or of one of its verbs
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The verb; without it, siglum itself
    verb: Option<String>,
}

pub(in crate::cli) fn run(ui: Ui, args: &Args) -> Result<Exit, Failure> {
    let mut command = args::command();
    command.build();
    let command = match &args.verb {
        None => command,
        Some(verb) => command
            .find_subcommand(verb)
            .ok_or_else(|| {
                Failure::unanswered(format!("there is no verb `{verb}`")).hint("see siglum --help")
            })?
            .clone()
            .display_name(format!("siglum-{verb}")),
    };
    let mut out = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut out)
        .map_err(|error| Failure::unanswered(format!("can't write the manual: {error}")))?;
    ui.raw(&String::from_utf8_lossy(&out));
    Ok(Exit::True)
}
