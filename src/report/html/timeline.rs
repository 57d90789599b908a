//! Articles, each with its chain: what was recorded of it, in log order.

use std::collections::{BTreeMap, HashSet};

use super::chart::mark;
use super::markup::{Markup, counted, grouped, lang, name, text};
use crate::credit::role::Role;
use crate::lineage::basis;
use crate::lineage::graph::{Article, Entry, Graph, Version};
use crate::lineage::review;
use crate::lineage::status;
use crate::record::event::Event;
use crate::record::fields::Record;

/// The most articles whose chains a page shows.
pub const MAX_ARTICLES: usize = 120;

/// The most records of one chain that a page shows: the newest.
const MAX_RECORDS: usize = 30;

/// The most names of one role that a page shows of a version.
const MAX_CREDITS: usize = 30;

/// The articles that a page shows.
pub struct Shown<'a> {
    /// Them, in log order.
    pub articles: Vec<Article<'a>>,
    /// How many the log has.
    pub all: usize,
    /// The indices of the records that have an anchor.
    records: HashSet<u64>,
    /// The anchors of articles, by id.
    anchors: BTreeMap<&'a str, u64>,
}

impl<'a> Shown<'a> {
    /// Chooses: those that are named first, in that order, then the newest.
    pub fn choose<'n>(graph: &'a Graph, first: impl IntoIterator<Item = &'n str>) -> Self {
        let mut articles: Vec<Article<'a>> = Vec::new();
        let mut known: HashSet<&'a str> = HashSet::new();
        let named = first.into_iter().filter_map(|id| graph.article(id));
        for article in named.chain(graph.articles().rev()) {
            if articles.len() == MAX_ARTICLES {
                break;
            }
            if known.insert(article.id()) {
                articles.push(article);
            }
        }
        articles.sort_by_key(|article| first_index(*article));
        let records = articles.iter().flat_map(|article| newest(*article)).map(|e| e.index);
        Self {
            records: records.collect(),
            anchors: articles.iter().map(|a| (a.id(), first_index(*a))).collect(),
            all: graph.articles().count(),
            articles,
        }
    }

    /// An article's id, leading to its chain where the page has it.
    pub fn article(&self, id: &str) -> String {
        match self.anchors.get(id) {
            Some(anchor) => format!("<a href=\"#article-{anchor}\">{}</a>", name(id)),
            None => name(id),
        }
    }

    /// "record 7", leading to it where the page has it.
    pub fn record(&self, index: u64) -> String {
        if self.records.contains(&index) {
            format!("<a href=\"#record-{index}\">record {index}</a>")
        } else {
            format!("record {index}")
        }
    }

    /// Writes the chains.
    pub fn write(&self, page: &mut Markup, graph: &Graph) {
        for article in &self.articles {
            self.chain(page, graph, *article);
        }
    }

    fn chain(&self, page: &mut Markup, graph: &Graph, article: Article<'_>) {
        let anchor = first_index(article);
        page.put(format_args!("<article class=\"story\" aria-labelledby=\"article-{anchor}\">"));
        page.put(format_args!("<h3 id=\"article-{anchor}\">{}</h3>", name(article.id())));
        if let Some(version) = article.newest() {
            let record = version.record;
            if let Some(headline) = &record.headline {
                let lang = lang(record.language.as_ref());
                page.put(format_args!(
                    "<p class=\"headline\" dir=\"auto\"{lang}>{}</p>",
                    text(headline)
                ));
            }
            let language = record.language.as_ref().map_or("language not known", |l| l.name());
            let status = status::status(article, version).status;
            let kind =
                if basis::is_translation(graph, article, version) { ", translation" } else { "" };
            page.put(format_args!(
                "<p class=\"facts\">{}{kind} · {} · newest version {status}</p>",
                text(language),
                counted(version.number, "version"),
            ));
        }
        let all = article.entries().count();
        let left_out = all.saturating_sub(MAX_RECORDS);
        if left_out > 0 {
            page.put(format_args!(
                "<p class=\"more\">{} not shown here; <code>siglum log {}</code> lists all {all}.</p>",
                counted(left_out, "earlier record"),
                text(article.id())
            ));
        }
        page.put("<ol class=\"chain\">");
        let versions = article.versions();
        for entry in newest(article) {
            let version = versions.iter().find(|version| version.entry.index == entry.index);
            self.entry(page, graph, article, entry, version.copied());
        }
        page.put("</ol></article>");
    }

    fn entry<'g>(
        &self,
        page: &mut Markup,
        graph: &'g Graph,
        article: Article<'g>,
        entry: &'g Entry,
        version: Option<Version<'g>>,
    ) {
        let index = entry.index;
        let Some(record) = entry.record() else {
            page.put(format_args!(
                "<li id=\"record-{index}\">{}record {index}, of a newer format</li>",
                mark("other")
            ));
            return;
        };
        page.put(format_args!("<li id=\"record-{index}\">{}<div>", mark(shape(record.event))));
        let number = version.map(|v| format!("Version {}: ", v.number)).unwrap_or_default();
        let time = record.recorded.as_str();
        page.put(format_args!(
            "<p class=\"event\"><strong>{number}{}</strong> <time datetime=\"{}\">{}</time> \
             <span class=\"index\">record {index}</span></p>",
            called(record.event),
            text(time),
            text(&time.get(..16).unwrap_or(time).replace('T', " ")),
        ));
        if let Some(note) = &record.note {
            page.put(format_args!("<p class=\"note\" dir=\"auto\">“{}”</p>", text(note)));
        }
        if let Some(version) = version {
            self.version(page, graph, article, version);
        }
        if record.review.is_some() {
            self.review(page, graph, article, entry);
        }
        page.put("</div></li>");
    }

    fn version(
        &self,
        page: &mut Markup,
        graph: &Graph,
        article: Article<'_>,
        version: Version<'_>,
    ) {
        for basis in basis::of(graph, article, version) {
            let source = match (basis.version, &basis.source.target) {
                (Some((source, of)), _) => format!(
                    "{} version {} ({})",
                    self.article(source.id()),
                    of.number,
                    self.record(of.entry.index)
                ),
                (None, Some(target)) => format!("{}, outside this log", name(target)),
                (None, None) => continue,
            };
            page.put(format_args!("<p>Made from {source}</p>"));
        }
        let machines = basis::machines(article, version).iter();
        let tools: Vec<String> = machines
            .map(|machine| match (&machine.tool, &machine.version) {
                (Some(tool), Some(version)) => name(&format!("{tool} {version}")),
                (Some(tool), None) => name(tool),
                (None, _) => "a machine".to_owned(),
            })
            .collect();
        if !tools.is_empty() {
            page.put(format_args!("<p>Translated by {}</p>", tools.join(", ")));
        }
        let credits = credits(version.record);
        if !credits.is_empty() {
            page.put(format_args!("<p class=\"credits\">{credits}</p>"));
        }
        let standing = status::status(article, version);
        if let Some(by) = standing.by {
            page.put(format_args!("<p>Since {} by {}</p>", standing.status, self.record(by.index)));
        }
    }

    fn review(&self, page: &mut Markup, graph: &Graph, article: Article<'_>, entry: &Entry) {
        let Some(newest) = article.newest() else { return };
        let reviews = review::of(graph, article, newest);
        let Some(reviewed) = reviews.iter().find(|r| r.entry.index == entry.index) else { return };
        let review = reviewed.review;
        let by = review.by.as_deref().map_or_else(|| "a sealed name".to_owned(), name);
        let against = match reviewed.against {
            Some((source, version)) => {
                format!(", against {} version {}", self.article(source.id()), version.number)
            }
            None => String::new(),
        };
        let validity = reviewed.validity.as_str().replace('_', " ");
        page.put(format_args!(
            "<p>{} review by {by}{against}: {}; today: {validity}</p>",
            review.kind, review.outcome
        ));
    }
}

fn first_index(article: Article<'_>) -> u64 {
    article.entries().next().map_or(0, |entry| entry.index)
}

/// The newest records of an article, oldest first.
fn newest(article: Article<'_>) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = article.entries().rev().take(MAX_RECORDS).collect();
    entries.reverse();
    entries
}

/// "Reporter Ada Prell · Editor Tomas Uhl".
fn credits(record: &Record) -> String {
    let mut parts: Vec<String> = Vec::new();
    for role in Role::ALL {
        let own = record.credits.iter().filter(|credit| credit.role == *role);
        let names = own.clone().take(MAX_CREDITS).map(|credit| name(&credit.shown_name()));
        let names: Vec<String> = names.collect();
        let more = match own.count().saturating_sub(MAX_CREDITS) {
            0 => String::new(),
            more => format!(" and {} more", grouped(more)),
        };
        if !names.is_empty() {
            let role = super::super::findings::title(&role.as_str().replace('_', "-"));
            parts.push(format!("{role} {}{more}", names.join(", ")));
        }
    }
    parts.join(" · ")
}

fn shape(event: Event) -> &'static str {
    match event {
        Event::Published | Event::Update => "version",
        Event::Correction | Event::CreditCorrection => "correction",
        Event::Review => "review",
        Event::Retraction | Event::Withdrawal => "end",
        Event::Link | Event::Alias | Event::Key | Event::Erasure => "other",
    }
}

fn called(event: Event) -> &'static str {
    match event {
        Event::Published => "first recorded",
        Event::Update => "update",
        Event::Correction => "correction",
        Event::CreditCorrection => "correction of credits",
        Event::Review => "Review",
        Event::Retraction => "Retraction",
        Event::Withdrawal => "Withdrawal",
        Event::Link => "Source linked",
        Event::Alias => "Another id",
        Event::Key => "Key change",
        Event::Erasure => "Erasure",
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::credit::role::Kind;
    use crate::record::build;
    use crate::record::time::Timestamp;

    #[test]
    fn a_long_list_of_names_says_what_it_leaves_out() {
        let mut record = Record::new(Event::Published, Timestamp::new(DateTime::UNIX_EPOCH));
        let credit =
            |n| build::operator_credit(Role::Reporter, format!("Ada Prell {n}"), Kind::Person);
        record.credits.extend((0..2030).map(credit));
        let shown = credits(&record);
        assert!(shown.ends_with("<bdi>Ada Prell 29</bdi> and 2,000 more"), "{shown}");
    }
}
