//! `siglum completions`: completions for a shell.

use clap_complete::Shell;

use crate::cli::args;
use crate::cli::exit::Exit;
use crate::cli::ui::Ui;

/// Write completions for a shell
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(in crate::cli) fn run(ui: Ui, args: &Args) -> Exit {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(), "siglum", &mut out);
    ui.raw(&String::from_utf8_lossy(&out));
    Exit::True
}
