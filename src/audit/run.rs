//! Runs the rules over articles.

use chrono::NaiveDate;

use super::finding::{self, Finding, Remark, Severity};
use super::rule::{self, Case, House, Rule};
use crate::lineage::graph::{Article, Graph};

/// What an audit looked at and what it found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many articles were looked at.
    pub articles: usize,
    /// How many of the log's records are of a newer format and so were not.
    pub not_understood: usize,
    /// What was found, by article in log order, then by rule.
    pub findings: Vec<Finding>,
    /// What was found and is exempt, likewise.
    pub exempted: Vec<Exempted>,
}

/// A finding that an exemption of the house covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exempted {
    /// What would have been reported.
    pub finding: Finding,
    /// Why it isn't, as the settings say.
    pub reason: String,
    /// The last day of the exemption; none where it has no end.
    pub until: Option<NaiveDate>,
}

/// What was found of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audited {
    /// The index of the article's first record.
    pub first: u64,
    /// What is to be reported.
    pub findings: Vec<Finding>,
    /// What is exempt.
    pub exempted: Vec<Exempted>,
}

/// What was found of articles that came in no order.
#[derive(Debug, Default)]
pub struct Gathered {
    articles: usize,
    /// Of those of which anything was found.
    found: Vec<Audited>,
}

impl Gathered {
    /// Adds what was found of an article.
    pub fn add(&mut self, audited: Audited) {
        self.articles += 1;
        if !audited.findings.is_empty() || !audited.exempted.is_empty() {
            self.found.push(audited);
        }
    }

    /// The audit, in log order, of a log with so many records of a newer format.
    pub fn into_audit(mut self, not_understood: usize) -> Audit {
        self.found.sort_by_key(|audited| audited.first);
        Audit { articles: self.articles, ..Audit::new(not_understood, self.found) }
    }
}

impl Audit {
    /// The audit of some articles of a log, from what was found of each.
    pub fn of(graph: &Graph, articles: impl IntoIterator<Item = Audited>) -> Self {
        Self::new(graph.not_understood(), articles)
    }

    fn new(not_understood: usize, articles: impl IntoIterator<Item = Audited>) -> Self {
        let mut audit = Self { not_understood, ..Self::default() };
        for audited in articles {
            audit.articles += 1;
            audit.findings.extend(audited.findings);
            audit.exempted.extend(audited.exempted);
        }
        audit
    }

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
    house: House<'a>,
) -> Audit {
    Audit::of(graph, articles.into_iter().map(|article| one(graph, article, house)))
}

/// Whether a rule has anything to say of an article's newest version, by a house's policy, exempt or not.
pub fn finds<'a>(rule: &Rule, graph: &'a Graph, article: Article<'a>, house: House<'a>) -> bool {
    let case = Case::new(graph, article, house);
    case.is_some_and(|case| {
        house.policy.asks(rule, case.record()) && !(rule.check)(&case).is_empty()
    })
}

/// Audits the newest version of an article. Needs nothing of the log but the article and what its
/// records lead to, and may be called for several articles at once.
pub fn one<'a>(graph: &'a Graph, article: Article<'a>, house: House<'a>) -> Audited {
    let first = article.entries().next().map_or(0, |entry| entry.index);
    let mut audited = Audited { first, ..Audited::default() };
    let Some(case) = Case::new(graph, article, house) else { return audited };
    let mut ids: Vec<String> = Vec::new();
    for rule in rule::ALL.iter().filter(|rule| house.policy.asks(rule, case.record())) {
        for remark in (rule.check)(&case) {
            let Some(severity) = house.policy.weigh(rule, case.record(), &remark) else { continue };
            let about = (article.id(), case.record());
            let mut exemptions = house.policy.exemptions.iter();
            let exemption = exemptions.find(|exemption| {
                !exemption.has_ended(house.today)
                    && exemption.covers(rule.id, about, &remark, house.roster)
            });
            let finding = file(&case, rule, Remark { severity, ..remark }, &ids);
            ids.push(finding.id.clone());
            match exemption {
                None => audited.findings.push(finding),
                Some(exemption) => audited.exempted.push(Exempted {
                    finding,
                    reason: exemption.reason.clone(),
                    until: exemption.until,
                }),
            }
        }
    }
    audited
}

/// The finding that a rule's remark is. `taken` are the ids of those before it.
fn file(case: &Case<'_>, rule: &Rule, remark: Remark, taken: &[String]) -> Finding {
    let Case { article, version, .. } = *case;
    let id = |subject: &str| finding::id(rule.id, article.id(), &version.entry.leaf, subject);
    // The same words twice in a line are two findings: the second is told by its number.
    let again = (2..).map(|number: usize| id(&format!("{}\n{number}", remark.subject)));
    let id = std::iter::once(id(&remark.subject)).chain(again).find(|id| !taken.contains(id));
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
