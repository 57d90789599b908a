//! An audit's findings.

use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};

use crate::audit::finding::{Finding, Severity};
use crate::audit::rule::House;
use crate::audit::run::Audit;
use crate::cli::error::Failure;
use crate::cli::sanitize;
use crate::cli::ui::{Asked, BAD, BOLD, CARE, DIM, GOOD, Ui, styled};
use crate::cli::workspace::{Context, Workspace};
use crate::log::checkpoint::SignedCheckpoint;
use crate::read::limits::MAX_BYTES;
use crate::report::html::evidence;
use crate::report::html::page::{Subject, page};
use crate::report::place::{self, Located};
use crate::report::{findings, github, json, sarif};
use crate::store::durable;
use crate::store::layout::Layout;
use crate::store::open::Snapshot;

/// Writes an audit's report in the form and to the place that were asked for.
pub(in crate::cli) struct Reporter<'c> {
    context: &'c Context,
    asked: Asked,
    output: Option<PathBuf>,
}

impl<'c> Reporter<'c> {
    /// # Errors
    ///
    /// If a report for people is to go into a file.
    pub(in crate::cli) fn new(
        context: &'c Context,
        asked: Asked,
        output: Option<&Path>,
    ) -> Result<Self, Failure> {
        if asked == Asked::Human && output.is_some() {
            return Err(Failure::unanswered("-o is for reports that other programs read")
                .hint("name one with --format json, ndjson, csv, sarif, github or html"));
        }
        Ok(Self { context, asked, output: output.map(|path| context.absolute(path)) })
    }

    /// The report on a draft, which is in no log.
    pub(in crate::cli) fn draft(&self, audit: &Audit, gate: Severity) -> Result<(), Failure> {
        if self.asked == Asked::Html {
            return Err(Failure::unanswered("a draft is in no log, of which a page could tell")
                .hint("use another --format, or record it"));
        }
        let workspace = self.context.find_workspace()?;
        self.plain(workspace.as_ref(), audit, gate)
    }

    /// The report on a log's articles. A page tells of the whole log, so that it needs it.
    pub(in crate::cli) fn log(
        &self,
        workspace: &Workspace,
        snapshot: Option<&Snapshot>,
        house: House<'_>,
        audit: &Audit,
        gate: Severity,
    ) -> Result<(), Failure> {
        let Some(snapshot) = snapshot.filter(|_| self.asked == Asked::Html) else {
            return self.plain(Some(workspace), audit, gate);
        };
        let graph = &snapshot.graph;
        let signed = snapshot.journal().signed();
        let made = self.context.world.now();
        let page = page(&Subject {
            graph,
            audit,
            gate,
            evidence: &evidence::gather(graph, house),
            origin: workspace.verifier()?.name().as_str(),
            signed: signed.map_or(0, SignedCheckpoint::size),
            root: signed.map(|signed| signed.root().to_string()),
            made: made.as_str(),
        });
        self.write(&page)
    }

    fn plain(
        &self,
        workspace: Option<&Workspace>,
        audit: &Audit,
        gate: Severity,
    ) -> Result<(), Failure> {
        let files = workspace.map(|workspace| Files::new(&workspace.layout));
        let locate = |finding: &Finding| files.as_ref()?.locate(finding);
        let text = match self.asked {
            Asked::Human => {
                human(self.context.ui, audit, gate);
                return Ok(());
            }
            Asked::Json => format!("{:#}\n", json::audit(audit, gate)),
            Asked::Ndjson => audit.findings.iter().map(line).collect(),
            Asked::Csv => csv(audit)?,
            Asked::Sarif => format!("{:#}\n", sarif::sarif(audit, &locate)),
            Asked::Github | Asked::Html => github::commands(audit, &locate),
        };
        self.write(&text)
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        if let Some(path) = &self.output {
            return Ok(durable::replace(path, text.as_bytes())?);
        }
        self.context.ui.raw(text);
        Ok(())
    }
}

fn line(finding: &Finding) -> String {
    format!("{}\n", json::finding(finding))
}

fn csv(audit: &Audit) -> Result<String, Failure> {
    let mut out = Vec::new();
    let failed = |error: &dyn std::fmt::Display| {
        Failure::unanswered(format!("can't write the findings as CSV: {error}"))
    };
    findings::csv(audit, &mut out).map_err(|error| failed(&error))?;
    String::from_utf8(out).map_err(|error| failed(&error))
}

/// The workspace's files, of which the one that was read last is held: findings come by article.
struct Files<'w> {
    layout: &'w Layout,
    last: RefCell<Option<(String, Option<String>)>>,
}

impl<'w> Files<'w> {
    fn new(layout: &'w Layout) -> Self {
        Self { layout, last: RefCell::new(None) }
    }

    fn locate(&self, finding: &Finding) -> Option<Located> {
        let id = &finding.article;
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        let path = Path::new(id);
        let is_inside = !id.is_empty() && path.components().all(plain);
        let path =
            is_inside.then(|| self.layout.root().join(path)).filter(|path| path.is_file())?;
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(known, _)| known != id) {
            let bytes = durable::read(&path, MAX_BYTES).ok().flatten();
            *last = Some((id.clone(), bytes.and_then(|bytes| String::from_utf8(bytes).ok())));
        }
        let text = last.as_ref().and_then(|(_, text)| text.as_deref());
        let region = text.and_then(|text| place::region(text, finding));
        Some(Located { path: id.clone(), region })
    }
}

fn human(ui: Ui, audit: &Audit, gate: Severity) {
    let mut article = None;
    for finding in &audit.findings {
        if article != Some(&finding.article) {
            article = Some(&finding.article);
            let version = format_args!("version {}, record {}", finding.version, finding.index);
            ui.line(format_args!(
                "{} {}",
                styled(BOLD, sanitize::line(&finding.article)),
                styled(DIM, version)
            ));
        }
        print_finding(ui, finding);
    }
    let verdict = if audit.passes(gate) { styled(GOOD, "passed") } else { styled(BAD, "failed") };
    ui.line(format_args!("{verdict}: {}; the gate is {gate}", summary(audit)));
}

/// One finding, indented.
pub(in crate::cli) fn print_finding(ui: Ui, finding: &Finding) {
    let style = match finding.severity {
        Severity::Error => BAD,
        Severity::Warning => CARE,
        Severity::Note => DIM,
    };
    ui.line(format_args!(
        "  {} {}: {}",
        styled(style, format_args!("{:<7}", finding.severity)),
        finding.rule,
        sanitize::line(&finding.message)
    ));
    ui.line(format_args!("          {}", styled(DIM, finding.hint)));
}

/// What an audit came to.
pub(in crate::cli) fn summary(audit: &Audit) -> String {
    let count = |number: usize, noun: &str| {
        if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
    };
    format!(
        "{} audited: {}, {}, {}{}",
        count(audit.articles, "article"),
        count(audit.count(Severity::Error), "error"),
        count(audit.count(Severity::Warning), "warning"),
        count(audit.count(Severity::Note), "note"),
        match audit.exempted.len() {
            0 => String::new(),
            exempted => format!(", {exempted} exempt"),
        },
    )
}
