//! What checking the log gave.

use serde_json::{Value, json};

use super::checkpoint::count;
use crate::cli::error::fault_hint;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, GOOD, Ui, styled};
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::tree;
use crate::store::open::Checked;
use crate::verify::fault::Fault;

/// What is known of the log.
#[derive(Debug)]
pub(in crate::cli) struct LogReport {
    /// Whether all bytes of the log were hashed, or only what was asked for was proved to be in it.
    whole: bool,
    origin: Option<String>,
    size: Option<u64>,
    root: Option<String>,
    signed_by: Option<String>,
    unsigned: Option<u64>,
    missing_tiles: usize,
    historical: bool,
    witnessed: Option<Witnessed>,
    pub(in crate::cli) faults: Vec<Fault>,
}

/// What a log's witnesses have cosigned.
#[derive(Debug)]
pub(in crate::cli) struct Witnessed {
    /// How many records.
    pub(in crate::cli) size: u64,
    /// Who.
    pub(in crate::cli) by: Vec<String>,
    /// How many of them must.
    pub(in crate::cli) needed: usize,
}

impl LogReport {
    /// A log with faults.
    pub(in crate::cli) fn faulty(origin: Option<String>, faults: Vec<Fault>) -> Self {
        Self {
            whole: true,
            origin,
            size: None,
            root: None,
            signed_by: None,
            unsigned: None,
            missing_tiles: 0,
            historical: false,
            witnessed: None,
            faults,
        }
    }

    /// A log whose own bytes are in order.
    pub(in crate::cli) fn new(
        checked: &Checked,
        faults: Vec<Fault>,
        historical: bool,
        witnessed: Option<Witnessed>,
    ) -> Self {
        let journal = &checked.journal;
        let signed = journal.signed();
        Self {
            whole: true,
            origin: signed.map(|signed| signed.checkpoint().origin.to_string()),
            size: Some(journal.signed_size()),
            root: signed.map(|signed| tree::to_base64(&signed.root())),
            signed_by: signed.map(|signed| signed.signed_by().to_string()),
            unsigned: Some(journal.size() - journal.signed_size()),
            missing_tiles: checked.missing_tiles.len(),
            historical,
            witnessed,
            faults,
        }
    }

    /// A log of which a part was found by the index and proved to be in it.
    pub(in crate::cli) fn part(signed: &SignedCheckpoint) -> Self {
        Self {
            whole: false,
            origin: Some(signed.checkpoint().origin.to_string()),
            size: Some(signed.size()),
            root: Some(tree::to_base64(&signed.root())),
            signed_by: Some(signed.signed_by().to_string()),
            unsigned: Some(0),
            missing_tiles: 0,
            historical: false,
            witnessed: None,
            faults: Vec::new(),
        }
    }
}

/// The report as an object.
pub(super) fn json(log: &LogReport) -> Value {
    json!({
        "ok": log.faults.is_empty(),
        "scope": if log.whole { "whole" } else { "inclusion" },
        "origin": log.origin,
        "size": log.size,
        "root": log.root,
        "signed_by": log.signed_by,
        "unsigned": log.unsigned,
        "historical": log.historical,
        "witnessed": log.witnessed.as_ref().map(|witnessed| json!({
            "size": witnessed.size,
            "by": witnessed.by,
            "needed": witnessed.needed,
        })),
        "faults": log.faults.iter().map(fault_json).collect::<Vec<_>>(),
    })
}

/// A fault as an object.
pub(in crate::cli) fn fault_json(fault: &Fault) -> Value {
    json!({
        "index": fault.index,
        "file": fault.file,
        "kind": fault.kind.as_str(),
        "expected": fault.expected,
        "found": fault.found,
        "message": fault.message,
    })
}

/// The report for people.
pub(super) fn print(ui: Ui, log: &LogReport) {
    for fault in &log.faults {
        ui.line(format_args!(
            "{} {}: {}",
            styled(BAD, "fault"),
            fault.kind,
            sanitize::line(&fault.to_string())
        ));
    }
    let origin = sanitize::line(log.origin.as_deref().unwrap_or("no name")).into_owned();
    if !log.faults.is_empty() {
        let faults = count(log.faults.len() as u64, "fault");
        ui.line(format_args!("{} the log {origin} has {faults}", styled(BAD, "not in order:")));
        ui.note(format_args!("{}: {}", styled(BOLD, "hint"), fault_hint(&log.faults)));
        return;
    }
    let records = count(log.size.unwrap_or_default(), "record");
    let historical = if log.historical { ", a historical copy" } else { "" };
    if log.whole {
        ui.line(format_args!(
            "{} all bytes of {records} of {origin} hashed{historical}",
            styled(GOOD, "log in order:")
        ));
    } else {
        ui.line(format_args!(
            "{} what is said above is in the signed log {origin} of {records}; that there is nothing \
             newer is by the index (--all reads everything)",
            styled(GOOD, "proved:")
        ));
    }
    ui.line(format_args!("    root {}", log.root.as_deref().unwrap_or_default()));
    ui.line(format_args!(
        "    signed by {}",
        sanitize::line(log.signed_by.as_deref().unwrap_or_default())
    ));
    let unsigned = log.unsigned.unwrap_or_default();
    if unsigned > 0 {
        ui.line(format_args!("    {} beyond it, not yet signed", count(unsigned, "record")));
    }
    if let Some(witnessed) = &log.witnessed {
        let later = log.size.unwrap_or_default().saturating_sub(witnessed.size);
        let by = sanitize::line(&witnessed.by.join(", ")).into_owned();
        match witnessed.size {
            0 => ui.line(format_args!("    not yet witnessed: {} must cosign", witnessed.needed)),
            size => ui.line(format_args!("    {} witnessed by {by}", count(size, "record"))),
        }
        if witnessed.size > 0 && later > 0 {
            ui.line(format_args!("    {} signed, not yet witnessed", count(later, "record")));
        }
    }
    if log.missing_tiles > 0 {
        let tiles = count(log.missing_tiles as u64, "tile");
        ui.note(format_args!("{tiles} missing; they are derived, `siglum sign` makes them again"));
    }
}
