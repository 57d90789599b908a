//! The `siglum` program: everything it does is in `siglum::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    siglum::cli::run()
}
