//! Findings, grouped by what is to be done about them.

use super::chart::mark;
use super::markup::{Markup, counted, lang, name, sentence, text};
use super::timeline::Shown;
use crate::audit::finding::{Finding, Severity};
use crate::audit::rule::{self, Rule};
use crate::audit::run::{Audit, Exempted};
use crate::lineage::graph::Graph;
use crate::report::findings::title;

/// The most findings of one rule that a page shows, and of exemptions.
const MAX_FINDINGS: usize = 100;

/// The rules that found something, the gravest first, each with its findings.
pub fn groups(audit: &Audit) -> Vec<(&'static Rule, Vec<&Finding>)> {
    let mut groups: Vec<(&'static Rule, Vec<&Finding>)> = Vec::new();
    for rule in rule::ALL.iter().copied() {
        let mut own: Vec<&Finding> =
            audit.findings.iter().filter(|finding| finding.rule == rule.id).collect();
        own.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        if !own.is_empty() {
            groups.push((rule, own));
        }
    }
    groups.sort_by_key(|(_, own)| std::cmp::Reverse(own.first().map(|finding| finding.severity)));
    groups
}

/// Writes the groups.
pub fn write(
    page: &mut Markup,
    graph: &Graph,
    groups: &[(&'static Rule, Vec<&Finding>)],
    shown: &Shown<'_>,
) {
    for (rule, own) in groups {
        let id = rule.id;
        page.put(format_args!("<section class=\"group\" aria-labelledby=\"rule-{id}\">"));
        page.put(format_args!(
            "<h3 id=\"rule-{id}\">{} <span class=\"count\">{}</span></h3>",
            title(id),
            counted(own.len(), "finding")
        ));
        page.put(format_args!(
            "<p class=\"todo\"><strong>What to do:</strong> {}.</p><p class=\"why\">{}</p>",
            marked(rule.hint),
            marked(rule.why)
        ));
        page.put("<ol class=\"findings\">");
        for finding in own.iter().take(MAX_FINDINGS) {
            one(page, graph, finding, shown);
        }
        page.put("</ol>");
        let more = own.len().saturating_sub(MAX_FINDINGS);
        if more > 0 {
            page.put(format_args!(
                "<p class=\"more\">{} not shown here; <code>siglum audit --format ndjson</code> \
                 has all.</p>",
                counted(more, "finding")
            ));
        }
        page.put("</section>");
    }
}

fn one(page: &mut Markup, graph: &Graph, finding: &Finding, shown: &Shown<'_>) {
    let severity = finding.severity;
    page.put(format_args!("<li class=\"finding\" id=\"finding-{}\">", text(&finding.id)));
    page.put(format_args!(
        "<p class=\"where\"><span class=\"severity {severity}\">{}{severity}</span> {} version {}, {}</p>",
        mark(severity.as_str()),
        shown.article(&finding.article),
        finding.version,
        shown.record(finding.index)
    ));
    page.put(format_args!("<p>{}</p>", sentence(&finding.message, &finding.people)));
    if let (Some(line), Some(place)) = (&finding.line, finding.place) {
        let record = graph.by_leaf(&finding.leaf).and_then(|entry| entry.record());
        let lang = lang(record.and_then(|record| record.language.as_ref()));
        let (start, end) = (place.span.start(), place.span.end());
        let [before, words, after] = [line.get(..start), line.get(start..end), line.get(end..)]
            .map(Option::unwrap_or_default);
        let mark =
            if words.is_empty() { String::new() } else { format!("<mark>{}</mark>", text(words)) };
        page.put(format_args!(
            "<blockquote dir=\"auto\"{lang}>{}{mark}{}</blockquote>",
            text(before),
            text(after)
        ));
    }
    page.put("</li>");
}

/// Writes what the house's settings exempt.
pub fn exempt(page: &mut Markup, exempted: &[Exempted], shown: &Shown<'_>) {
    if exempted.is_empty() {
        return;
    }
    page.put("<section class=\"group\" aria-labelledby=\"exempt\">");
    page.put(format_args!(
        "<h3 id=\"exempt\">Exempt by the house’s settings <span class=\"count\">{}</span></h3>",
        counted(exempted.len(), "finding")
    ));
    page.put("<ul class=\"findings\">");
    for Exempted { finding, reason, until } in exempted.iter().take(MAX_FINDINGS) {
        let until = until.map_or_else(|| "without end".to_owned(), |day| format!("until {day}"));
        page.put(format_args!(
            "<li class=\"finding\"><p class=\"where\">{}: {} version {}, {}</p><p>{}</p>\
             <p class=\"why\">Exempt {until}: {}</p></li>",
            title(finding.rule),
            shown.article(&finding.article),
            finding.version,
            shown.record(finding.index),
            sentence(&finding.message, &finding.people),
            name(reason)
        ));
    }
    page.put("</ul>");
    let more = exempted.len().saturating_sub(MAX_FINDINGS);
    if more > 0 {
        page.put(format_args!(
            "<p class=\"more\">{} not shown here; <code>siglum audit --format json</code> has all.</p>",
            counted(more, "exempt finding")
        ));
    }
    page.put("</section>");
}

/// A rule's words, with what stands between backquotes as code.
fn marked(words: &str) -> String {
    let parts = words.split('`').enumerate();
    let part = |(place, part): (usize, &str)| match place % 2 {
        0 => text(part).to_string(),
        _ => format!("<code>{}</code>", text(part)),
    };
    parts.map(part).collect()
}

/// How many there are of a severity, with its mark: an entry of the verdict.
pub fn tally(audit: &Audit, severity: Severity) -> String {
    let count = audit.count(severity);
    format!(
        "<li class=\"{severity}\">{}{}</li>",
        mark(severity.as_str()),
        counted(count, severity.as_str())
    )
}
