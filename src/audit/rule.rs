//! Rules, and what they see.

use super::finding::{Remark, Severity};
use super::rules::{
    credit_mismatch, credit_unparsed, language_pair_missing, machine_translation_unreviewed,
    missing_editor, review_outdated, reviewer_is_translator, source_retracted, source_unpinned,
    source_unresolved, stale_translation, translator_edits_own_work, uncredited_translation,
};
use crate::credit::lexicon::Lexicon;
use crate::credit::role::{Kind, Role};
use crate::lineage::basis;
use crate::lineage::graph::{Article, Entry, Graph, Version};
use crate::lineage::stale::Texts;
use crate::lineage::status;
use crate::people::roster::Roster;
use crate::record::credit::Credit;
use crate::record::fields::Record;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, as findings and settings name it.
    pub id: &'static str,
    /// How much its findings weigh, unless the settings say otherwise. What is known to be harmless
    /// of the same kind, a rule gives a lighter one.
    pub severity: Severity,
    /// Why an editor cares.
    pub why: &'static str,
    /// What to do about a finding.
    pub hint: &'static str,
    /// What it has to say of a case.
    pub check: fn(&Case<'_>) -> Vec<Remark>,
}

/// All rules, in the order of reports.
pub const ALL: &[&Rule] = &[
    &source_retracted::RULE,
    &stale_translation::RULE,
    &uncredited_translation::RULE,
    &source_unresolved::RULE,
    &source_unpinned::RULE,
    &language_pair_missing::RULE,
    &machine_translation_unreviewed::RULE,
    &review_outdated::RULE,
    &reviewer_is_translator::RULE,
    &translator_edits_own_work::RULE,
    &missing_editor::RULE,
    &credit_mismatch::RULE,
    &credit_unparsed::RULE,
];

/// The rule with an id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

/// What an audit needs to know beside the log.
#[derive(Clone, Copy)]
pub struct House<'a> {
    /// Who goes by which names.
    pub roster: &'a Roster,
    /// What reads credit lines.
    pub lexicon: &'a Lexicon,
    /// The texts that are kept.
    pub texts: &'a Texts<'a>,
}

/// What a rule sees: an article's newest version, and what is needed to judge it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The log's articles.
    pub graph: &'a Graph,
    /// The article.
    pub article: Article<'a>,
    /// Its newest version.
    pub version: Version<'a>,
    /// Who goes by which names.
    pub roster: &'a Roster,
    /// What reads credit lines.
    pub lexicon: &'a Lexicon,
    /// The texts that are kept.
    pub texts: &'a Texts<'a>,
}

impl<'a> Case<'a> {
    /// The version's record.
    pub fn record(&self) -> &'a Record {
        self.version.record
    }

    /// Whether the version is a translation that still stands: neither retracted nor withdrawn.
    pub fn is_standing_translation(&self) -> bool {
        basis::is_translation(self.graph, self.article, self.version)
            && !status::status(self.article, self.version).status.has_ended()
    }

    /// The credits in a role.
    pub fn credits(&self, role: Role) -> impl Iterator<Item = &'a Credit> {
        self.record().credits.iter().filter(move |credit| credit.role == role)
    }

    /// The people in a role, each once, by the roster's names. Sealed names are not known.
    pub fn people(&self, role: Role) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for credit in self.credits(role).filter(|credit| credit.kind == Kind::Person) {
            if let Some(name) = credit.name.as_deref().map(|name| self.roster.name(name))
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        names
    }
}

/// "en.txt version 2".
pub fn named(article: Article<'_>, version: Version<'_>) -> String {
    format!("{} version {}", article.id(), version.number)
}

/// "on 2026-11-24 (record 7: what its note says)".
pub fn dated(entry: &Entry) -> String {
    let Some(record) = entry.record() else { return format!("(record {})", entry.index) };
    let day = record.recorded.as_str().get(..10).unwrap_or_default();
    match &record.note {
        Some(note) => format!("on {day} (record {}: {note})", entry.index),
        None => format!("on {day} (record {})", entry.index),
    }
}

/// "A", "A and B", "A, B and C".
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
