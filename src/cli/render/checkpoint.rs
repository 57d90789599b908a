//! Checkpoints.

use serde_json::{Value, json};

use crate::cli::sanitize;
use crate::cli::ui::{BOLD, Format, Ui, styled};
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::tree;

/// The object `checkpoint` of `record` and `sign`.
pub(in crate::cli) fn json(signed: &SignedCheckpoint) -> Value {
    json!({
        "origin": signed.checkpoint().origin.as_str(),
        "size": signed.size(),
        "root": tree::to_base64(&signed.root()),
    })
}

/// A checkpoint in a line.
pub(in crate::cli) fn line(signed: &SignedCheckpoint) -> String {
    format!(
        "{} of {}, root {}",
        count(signed.size(), "record"),
        sanitize::line(signed.checkpoint().origin.as_str()),
        tree::to_base64(&signed.root())
    )
}

/// Says what the log is signed for after something was recorded, or that it isn't yet.
pub(in crate::cli) fn print_signed(ui: Ui, signed: Option<&SignedCheckpoint>) {
    let label = styled(BOLD, format_args!("{:<10}", "signed"));
    match signed {
        Some(signed) => ui.line(format_args!("{label} {}", line(signed))),
        None => ui.line(format_args!("{label} not yet; run `siglum sign`")),
    }
}

/// Says what was signed.
pub(in crate::cli) fn print(ui: Ui, signed: &SignedCheckpoint, new: u64) {
    match ui.format() {
        Format::Human => ui.line(format_args!("signed {} ({new} of them new)", line(signed))),
        Format::Json | Format::Ndjson => {
            ui.value(&json!({ "checkpoint": json(signed), "new": new }));
        }
    }
}

/// "1 record", "2 records".
pub(in crate::cli) fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
