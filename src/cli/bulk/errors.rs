//! Where is told what was not recorded: in a file, or on standard error.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::input::Place;
use crate::cli::error::Failure;
use crate::cli::sanitize;
use crate::cli::workspace::Context;

/// What was not recorded: in a file, an object a line, or on standard error.
pub(super) struct Errors {
    file: Option<(PathBuf, BufWriter<File>)>,
}

impl Errors {
    pub(super) fn open(context: &Context, path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        let file =
            File::create(context.absolute(path)).map_err(|error| unwritable(path, &error))?;
        Ok(Self { file: Some((path.to_owned(), BufWriter::new(file))) })
    }

    /// Tells why an input, a whole file or a part of it, was not recorded.
    pub(super) fn add(
        &mut self,
        context: &Context,
        path: &Path,
        place: Place,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let shown = path.display().to_string();
        match &mut self.file {
            None => {
                let place = match place {
                    Place::Whole => shown,
                    Place::Line(line) => format!("{shown}: line {line}"),
                    Place::Offset(offset) => format!("{shown}: the record at byte {offset}"),
                };
                context.ui.warn(sanitize::line(&format!("{place}: {}", failure.message)));
                Ok(())
            }
            Some((file, out)) => {
                let (line, offset) = match place {
                    Place::Whole => (None, None),
                    Place::Line(line) => (Some(line), None),
                    Place::Offset(offset) => (None, Some(offset)),
                };
                let error = json!({
                    "path": shown,
                    "line": line,
                    "offset": offset,
                    "error": failure.message,
                    "hint": failure.hint,
                });
                writeln!(out, "{error}").map_err(|error| unwritable(file, &error))
            }
        }
    }

    /// Writes what is still held.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        let Some((path, out)) = &mut self.file else { return Ok(()) };
        out.flush().map_err(|error| unwritable(path, &error))
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::unanswered(format!("can't write {}: {error}", path.display()))
        .hint("check the path of --errors")
}
