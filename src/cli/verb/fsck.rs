//! `siglum fsck`: everything on disk against everything else.

use serde_json::json;

use crate::cli::error::{Failure, exit_of_findings, fault_hint};
use crate::cli::exit::Exit;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, CARE, Format, GOOD, styled};
use crate::cli::workspace::Context;
use crate::store::fsck::{self, Finding, Repaired};
use crate::verify::fault::Fault;

/// Check everything on disk against everything else, and rebuild what is derived
///
/// Where `verify` answers whether a log can be believed, this says whether all of its files are as
/// siglum leaves them: the canonical form of every record, articles' chains, tiles, the witnessed
/// checkpoint, kept texts, the lock, unfinished writes, files that belong nowhere. Of each fault it
/// says whether it is in what is derived, which --repair makes again, or in evidence, which nothing
/// changes.
///
/// Exit code 1 means that something is not as it must be; 2 that a file can't be read as what it is.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Rebuild what is derived from the records: tiles; remove files that a crash left
    #[arg(long)]
    repair: bool,

    /// Move an unfinished write at the journal's end to records/recovered
    #[arg(long)]
    set_aside_tail: bool,
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let (layout, verifier) = (&workspace.layout, workspace.verifier()?);
    let mut done = Done::default();
    if args.set_aside_tail {
        done.set_aside = fsck::set_aside_tail(layout, verifier)?;
        match &done.set_aside {
            Some(file) => context.ui.note(format_args!("the unfinished write is in {file}")),
            None => context.ui.note("there was no unfinished write"),
        }
    }
    if args.repair {
        let repaired = fsck::repair(layout, verifier)?;
        context.ui.note(format_args!(
            "{} tiles rebuilt, {} files removed{}",
            repaired.tiles,
            repaired.removed,
            if repaired.rewritten { ", the journal's end written anew" } else { "" }
        ));
        done.repaired = Some(repaired);
    }
    let findings = fsck::check(layout, verifier, &workspace.settings.quorum)?;
    let exit = exit_of_findings(&findings);
    print(context, &findings, &done);
    Ok(exit)
}

/// What was changed before the check.
#[derive(Default)]
struct Done {
    repaired: Option<Repaired>,
    set_aside: Option<String>,
}

fn print(context: &Context, findings: &[Finding], done: &Done) {
    let ui = context.ui;
    if ui.format() != Format::Human {
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| {
                json!({
                    "file": finding.fault.file,
                    "kind": finding.fault.kind.as_str(),
                    "index": finding.fault.index,
                    "expected": finding.fault.expected,
                    "found": finding.fault.found,
                    "message": finding.fault.message,
                    "derived": finding.derived,
                })
            })
            .collect();
        ui.value(&json!({
            "ok": findings.is_empty(),
            "findings": findings,
            "repaired": done.repaired.map(|repaired| json!({
                "tiles": repaired.tiles,
                "removed": repaired.removed,
                "rewritten": repaired.rewritten,
            })),
            "set_aside": done.set_aside,
        }));
        return;
    }
    for finding in findings {
        let word = if finding.derived { styled(CARE, "derived") } else { styled(BAD, "evidence") };
        ui.line(format_args!("{word} {}", sanitize::line(&finding.fault.to_string())));
    }
    if findings.is_empty() {
        ui.line(styled(GOOD, "everything on disk is as it must be"));
        return;
    }
    let hint = styled(BOLD, "hint");
    if findings.iter().any(|finding| finding.derived) {
        ui.note(format_args!("{hint}: what is derived is rebuilt by `siglum fsck --repair`"));
    }
    let evidence: Vec<Fault> =
        findings.iter().filter(|f| !f.derived).map(|f| f.fault.clone()).collect();
    if !evidence.is_empty() {
        ui.note(format_args!("{hint}: {}", fault_hint(&evidence)));
    }
}
