//! `siglum fsck`: everything on disk against everything else.

use serde_json::json;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, CARE, Format, GOOD, styled};
use crate::cli::workspace::Context;
use crate::store::append::Writer;
use crate::store::fsck::{self, Finding};

/// Check everything on disk against everything else, and rebuild what is derived
///
/// Where `verify` answers whether a log can be believed, this says whether all of its files are as
/// siglum leaves them: the canonical form of every record, articles' chains, tiles, kept texts, the
/// lock, unfinished writes, files that belong nowhere.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Rebuild what is derived: tiles, and files left by a crash
    #[arg(long)]
    repair: bool,

    /// Move an unfinished write at the journal's end to records/recovered
    #[arg(long)]
    set_aside_tail: bool,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let verifier = workspace.verifier()?;
    if args.set_aside_tail {
        // Taking the lock for writing is what sets a tail aside.
        let writer = Writer::open(&workspace.layout, verifier)?;
        match writer.set_aside() {
            Some(file) => context.ui.note(format_args!("the unfinished write is in {file}")),
            None => context.ui.note("there was no unfinished write"),
        }
    }
    if args.repair {
        let repaired = fsck::repair(&workspace.layout, verifier)?;
        context.ui.note(format_args!("{repaired} derived files rebuilt or removed"));
    }
    let findings = fsck::check(&workspace.layout, verifier)?;
    print(context, &findings);
    Ok(if findings.is_empty() { Exit::True } else { Exit::False })
}

fn print(context: &Context, findings: &[Finding]) {
    let ui = context.ui;
    if ui.format() != Format::Human {
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| {
                json!({
                    "file": finding.fault.file,
                    "kind": finding.fault.kind.as_str(),
                    "index": finding.fault.index,
                    "message": finding.fault.message,
                    "derived": finding.derived,
                })
            })
            .collect();
        ui.value(&json!({ "ok": findings.is_empty(), "findings": findings }));
        return;
    }
    for finding in findings {
        let word = if finding.derived { styled(CARE, "derived") } else { styled(BAD, "fault") };
        ui.line(format_args!("{word} {}", sanitize::line(&finding.fault.to_string())));
    }
    if findings.is_empty() {
        ui.line(styled(GOOD, "everything on disk is as it must be"));
    } else if findings.iter().any(|finding| finding.derived) {
        ui.note("what is derived is rebuilt by `siglum fsck --repair`");
    }
}
