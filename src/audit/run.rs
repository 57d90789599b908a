//! Runs the rules over articles.

use super::finding::{self, Finding, Remark, Severity};
use super::rule::{self, Case, House, Rule};
use crate::lineage::graph::{Article, Graph};

/// What an audit looked at and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// How many articles were looked at.
    pub articles: usize,
    /// How many of their records are of a newer format and so were not.
    pub not_understood: usize,
    /// What was found, by article in log order, then by rule.
    pub findings: Vec<Finding>,
}

impl Audit {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether no finding is at or above the gate.
    pub fn passes(&self, gate: Severity) -> bool {
        self.findings.iter().all(|finding| finding.severity < gate)
    }
}

/// Audits the newest version of every article.
pub fn all(graph: &Graph, house: House<'_>) -> Audit {
    some(graph, graph.articles(), house)
}

/// Audits the newest version of some articles of a log.
pub fn some<'a>(
    graph: &'a Graph,
    articles: impl IntoIterator<Item = Article<'a>>,
    house: House<'_>,
) -> Audit {
    let not_understood = graph.entries().iter().filter(|entry| entry.record().is_none()).count();
    let mut audit = Audit { articles: 0, not_understood, findings: Vec::new() };
    for article in articles {
        audit.articles += 1;
        audit.findings.extend(one(graph, article, house));
    }
    audit
}

/// Whether a rule has anything to say of an article's newest version.
pub fn finds<'a>(rule: &Rule, graph: &'a Graph, article: Article<'a>, house: House<'a>) -> bool {
    case(graph, article, house).is_some_and(|case| !(rule.check)(&case).is_empty())
}

/// An article's newest version, as rules look at it.
fn case<'a>(graph: &'a Graph, article: Article<'a>, house: House<'a>) -> Option<Case<'a>> {
    let version = article.newest()?;
    let House { roster, lexicon, texts } = house;
    Some(Case { graph, article, version, roster, lexicon, texts })
}

/// Audits the newest version of an article. Needs nothing of the log but the article and what its
/// records name, and may be called for several articles at once.
pub fn one<'a>(graph: &'a Graph, article: Article<'a>, house: House<'a>) -> Vec<Finding> {
    let Some(case) = case(graph, article, house) else { return Vec::new() };
    let mut findings: Vec<Finding> = Vec::new();
    for rule in rule::ALL {
        for remark in (rule.check)(&case) {
            let finding = file(&case, rule, remark, &findings);
            findings.push(finding);
        }
    }
    findings
}

/// The finding that a rule's remark is.
fn file(case: &Case<'_>, rule: &Rule, remark: Remark, before: &[Finding]) -> Finding {
    let Case { article, version, .. } = *case;
    let id = |subject: &str| finding::id(rule.id, article.id(), &version.entry.leaf, subject);
    let taken = |id: &String| before.iter().any(|finding| finding.id == *id);
    // The same words twice in a line are two findings: the second is told by its number.
    let again = (2..).map(|number: usize| id(&format!("{}\n{number}", remark.subject)));
    let id = std::iter::once(id(&remark.subject)).chain(again).find(|id| !taken(id));
    let place = remark.place.and_then(|place| place.within(case.record()));
    Finding {
        id: id.unwrap_or_default(),
        rule: rule.id,
        severity: remark.severity,
        article: article.id().to_owned(),
        version: version.number,
        index: version.entry.index,
        leaf: version.entry.leaf,
        people: remark.people,
        place,
        line: place.and_then(|place| place.line(case.record())).map(str::to_owned),
        message: remark.message,
        hint: rule.hint,
    }
}
