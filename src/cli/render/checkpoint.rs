//! Checkpoints.

use serde_json::{Value, json};

use crate::cli::sanitize;
use crate::cli::ui::{Format, Ui};
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
