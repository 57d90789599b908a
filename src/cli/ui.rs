//! Where output goes: data to standard output, all else to standard error.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use super::error::Failure;
use super::sanitize;

/// How data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Ndjson,
}

/// How output is asked for: as every verb writes it, or in a form for an audit's findings alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Asked {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// One JSON object a line
    Ndjson,
    /// audit: a table, one finding a line
    Csv,
    /// audit: SARIF 2.1.0, for code review and code scanning
    Sarif,
    /// audit: annotations of GitHub Actions
    Github,
    /// audit: a page that needs nothing beside it
    Html,
}

impl Asked {
    /// The form that every verb can write, if that is what is asked for.
    pub(super) fn plain(self) -> Option<Format> {
        match self {
            Self::Human => Some(Format::Human),
            Self::Json => Some(Format::Json),
            Self::Ndjson => Some(Format::Ndjson),
            Self::Csv | Self::Sarif | Self::Github | Self::Html => None,
        }
    }
}

/// The two streams, and how data is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ui {
    format: Format,
    quiet: bool,
}

/// Bold, for what a line is about.
pub(super) const BOLD: Style = Style::new().bold();
/// For what is in order.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// For what is not.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// For what is to be looked at.
pub(super) const CARE: Style = AnsiColor::Yellow.on_default().bold();
/// For what is beside the point.
pub(super) const DIM: Style = Style::new().dimmed();

/// Text in a style, readable without it.
pub(super) fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

#[expect(clippy::unused_self, reason = "streams are global; a verb speaks through its Ui")]
impl Ui {
    /// Output in a format; `quiet` leaves out what is said beside the data.
    pub(super) fn new(format: Format, quiet: bool) -> Self {
        Self { format, quiet }
    }

    /// How data is written.
    pub(super) fn format(self) -> Format {
        self.format
    }

    /// Writes a line of data for people.
    pub(super) fn line(self, text: impl Display) {
        Self::write(&format!("{text}\n"));
    }

    /// Writes a JSON object: laid out as `json`, on a line as `ndjson`.
    pub(super) fn value(self, value: &Value) {
        match self.format {
            Format::Ndjson => Self::write(&format!("{value}\n")),
            _ => Self::write(&format!("{value:#}\n")),
        }
    }

    /// Writes text as it is.
    pub(super) fn raw(self, text: &str) {
        Self::write(text);
    }

    /// Gives standard output to who writes much, as [`Ui::raw`] does with a text.
    pub(super) fn stream<T>(
        self,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<T>,
    ) -> Option<T> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match write(&mut out).and_then(|done| out.flush().map(|()| done)) {
            Ok(done) => Some(done),
            Err(error) => {
                Self::note_loss(&error);
                // What is still held has nowhere to go.
                let _ = out.into_parts();
                None
            }
        }
    }

    /// Says something beside the data.
    pub(super) fn note(self, text: impl Display) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr().lock(), "{text}");
        }
    }

    /// Says that something is to be looked at.
    pub(super) fn warn(self, text: impl Display) {
        let _ = writeln!(anstream::stderr().lock(), "{}: {text}", styled(CARE, "warning"));
    }

    /// A bar that shows how far something long is, on a terminal and nowhere else.
    pub(super) fn bar(self, what: &'static str) -> ProgressBar {
        if self.quiet {
            return ProgressBar::hidden();
        }
        let style =
            ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len}, {eta}");
        ProgressBar::new(0)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            .with_message(what)
    }

    /// Says why the run ends.
    pub(super) fn fail(self, failure: &Failure) {
        let mut err = anstream::stderr().lock();
        let _ = writeln!(err, "{}: {}", styled(BAD, "error"), sanitize::lines(&failure.message));
        if let Some(hint) = &failure.hint {
            let _ = writeln!(err, "{}: {}", styled(BOLD, "hint"), sanitize::lines(hint));
        }
    }

    /// A reader that went away (`siglum log | head`) is no error, and changes no exit code. Any
    /// other failure is one, and [`lost_output`] tells of it at the end.
    fn write(text: &str) {
        let mut out = anstream::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        if let Err(error) = written {
            Self::note_loss(&error);
        }
    }

    fn note_loss(error: &io::Error) {
        if error.kind() != io::ErrorKind::BrokenPipe {
            LOST.store(true, Ordering::Relaxed);
        }
    }
}

/// Whether something could not be written to standard output.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether something could not be written to standard output, other than because nobody reads it.
pub(super) fn lost_output() -> bool {
    LOST.load(Ordering::Relaxed)
}
