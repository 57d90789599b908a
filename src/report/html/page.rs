//! The page as a whole.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::chart::mark;
use super::evidence::Evidence;
use super::markup::{Markup, counted, grouped, name, text};
use super::timeline::Shown;
use super::{figures, findings};
use crate::audit::finding::Severity;
use crate::audit::run::Audit;
use crate::lineage::graph::Graph;

/// The page's one style sheet.
const STYLE: &str = include_str!("style.css");

/// What a page is about.
pub struct Subject<'a> {
    /// The log's articles.
    pub graph: &'a Graph,
    /// What was found.
    pub audit: &'a Audit,
    /// From which severity on an audit fails.
    pub gate: Severity,
    /// The figures, and what stands behind them.
    pub evidence: &'a Evidence,
    /// The log's name.
    pub origin: &'a str,
    /// How many of its records are signed.
    pub signed: u64,
    /// The root of the tree of the signed records, if any are.
    pub root: Option<String>,
    /// When the audit was made, in RFC 3339.
    pub made: &'a str,
}

/// Writes the page: at most 100 findings of each rule, the chains of
/// [`super::timeline::MAX_ARTICLES`] articles, and 40 records for each figure, whatever the length of
/// the log.
pub fn page(subject: &Subject<'_>) -> String {
    let Subject { graph, audit, evidence, .. } = *subject;
    let groups = findings::groups(audit);
    let concerned = groups.iter().flat_map(|(_, own)| own.iter()).map(|f| f.article.as_str());
    let exempt = audit.exempted.iter().map(|exempted| exempted.finding.article.as_str());
    let shown = Shown::choose(graph, concerned.chain(exempt));
    let mut page = Markup::default();
    head(&mut page, subject);
    page.put("<main id=\"main\" tabindex=\"-1\">");
    verdict(&mut page, subject);
    page.put("<section aria-labelledby=\"findings\"><h2 id=\"findings\">What to do</h2>");
    if groups.is_empty() {
        page.put("<p class=\"none\">Nothing was found that is not in order.</p>");
    }
    findings::write(&mut page, graph, &groups, &shown);
    findings::exempt(&mut page, &audit.exempted, &shown);
    page.put("</section><section aria-labelledby=\"articles\"><h2 id=\"articles\">Articles</h2>");
    let more = shown.all.saturating_sub(shown.articles.len());
    if more > 0 {
        page.put(format_args!(
            "<p class=\"more\">{} of {} are shown, those with findings first. <code>siglum log</code> and \
             <code>siglum export ndjson</code> have all.</p>",
            grouped(shown.articles.len()),
            counted(shown.all, "article")
        ));
    }
    shown.write(&mut page, graph);
    page.put("</section><section aria-labelledby=\"figures\"><h2 id=\"figures\">Figures</h2>");
    page.put(format_args!(
        "<p class=\"lead\">Of the whole log: {}, {}, {}. Each number leads to the records behind it.</p>",
        counted(evidence.stats.articles, "article"),
        counted(evidence.stats.versions, "version"),
        counted(evidence.stats.records, "record")
    ));
    figures::write(&mut page, evidence);
    page.put("</section><section aria-labelledby=\"records\"><h2 id=\"records\">Records behind the figures</h2>");
    figures::records(&mut page, evidence, &shown);
    page.put("</section></main>");
    foot(&mut page, subject);
    page.into_string()
}

fn head(page: &mut Markup, subject: &Subject<'_>) {
    let digest = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    page.put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    page.put(format_args!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; \
         base-uri 'none'; form-action 'none'\">"
    ));
    page.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.put("<meta name=\"color-scheme\" content=\"light dark\">");
    page.put("<meta name=\"referrer\" content=\"no-referrer\">");
    page.put(format_args!("<title>Provenance report: {}</title>", text(subject.origin)));
    page.put(format_args!("<style>{STYLE}</style>\n</head>\n<body>"));
    page.put("<a class=\"skip\" href=\"#main\">Skip to the verdict</a>");
    page.put("<header class=\"top\"><p class=\"brand\">siglum</p><h1>Provenance report</h1>");
    page.put(format_args!(
        "<p class=\"lead\">Who reported, wrote, translated and edited what: the log {} on <time datetime=\"{}\">{} UTC</time>.</p>",
        name(subject.origin),
        text(subject.made),
        text(&subject.made.get(..16).unwrap_or(subject.made).replace('T', " "))
    ));
    page.put("<nav aria-label=\"Parts of the report\"><ul>");
    for (id, title) in [
        ("verdict", "Verdict"),
        ("findings", "What to do"),
        ("articles", "Articles"),
        ("figures", "Figures"),
        ("records", "Records"),
    ] {
        page.put(format_args!("<li><a href=\"#{id}\">{title}</a></li>"));
    }
    page.put("</ul></nav></header>");
}

fn verdict(page: &mut Markup, subject: &Subject<'_>) {
    let Subject { audit, gate, .. } = *subject;
    let (class, word) = match (audit.passes(gate), audit.not_understood) {
        (false, _) => ("error", "Failed"),
        (true, 0) => ("passed", "Passed"),
        (true, _) => ("warning", "Passed, as far as it can be told"),
    };
    page.put("<section class=\"verdict\" aria-labelledby=\"verdict\">");
    page.put(format_args!(
        "<h2 id=\"verdict\"><span class=\"severity {class}\">{}{word}</span></h2>",
        mark(class)
    ));
    page.put(format_args!(
        "<p class=\"lead\">{} audited, each in its newest version. The audit fails from {} <em>{gate}</em> on.</p>",
        counted(audit.articles, "article"),
        if gate == Severity::Error { "an" } else { "a" }
    ));
    page.put("<ul class=\"tally\">");
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        page.put(findings::tally(audit, severity));
    }
    page.put("</ul>");
    if audit.not_understood > 0 {
        page.put(format_args!(
            "<p>Not audited, because a newer siglum wrote them: {}.</p>",
            counted(audit.not_understood, "record")
        ));
    }
    page.put(
        "<p class=\"why\">A finding states what the records say, and accuses nobody. The report does not \
         show who wrote a text, or whether it is true.</p></section>",
    );
}

fn foot(page: &mut Markup, subject: &Subject<'_>) {
    page.put("<footer class=\"foot\"><h2>How to check this report</h2>");
    let root = match &subject.root {
        Some(root) => format!("; the root of their tree is <code>{}</code>", text(root)),
        None => String::new(),
    };
    page.put(format_args!(
        "<p>{} of {} in the log are signed{root}. <code>siglum verify</code> checks the log, <code>siglum \
         audit</code> makes the audit anew, <code>siglum show INDEX</code> shows a record.</p>",
        grouped(usize::try_from(subject.signed).unwrap_or(usize::MAX)),
        counted(usize::try_from(subject.graph.size()).unwrap_or(usize::MAX), "record")
    ));
    page.put(format_args!(
        "<p>Made by siglum {}. This page loads nothing and sends nothing.</p></footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    ));
}
