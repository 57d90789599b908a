//! Rules, and what they see.

use super::finding::Remark;
use super::rules::{
    credit_unparsed, missing_editor, source_unresolved, translator_edits_own_work,
    uncredited_translation,
};
use crate::credit::lexicon::Lexicon;
use crate::credit::role::{Kind, Role};
use crate::lineage::graph::{Article, Version};
use crate::people::roster::Roster;
use crate::record::credit::Credit;
use crate::record::fields::Record;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, as findings and settings name it.
    pub id: &'static str,
    /// Why an editor cares.
    pub why: &'static str,
    /// What to do about a finding.
    pub hint: &'static str,
    /// What it has to say of a case.
    pub check: fn(&Case<'_>) -> Vec<Remark>,
}

/// All rules, in the order of reports.
pub const ALL: &[&Rule] = &[
    &uncredited_translation::RULE,
    &source_unresolved::RULE,
    &translator_edits_own_work::RULE,
    &missing_editor::RULE,
    &credit_unparsed::RULE,
];

/// What a rule sees: an article's newest version, and what is needed to judge it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The article.
    pub article: Article<'a>,
    /// Its newest version.
    pub version: Version<'a>,
    /// Who goes by which names.
    pub roster: &'a Roster,
    /// What reads credit lines.
    pub lexicon: &'a Lexicon,
}

impl<'a> Case<'a> {
    /// The version's record.
    pub fn record(&self) -> &'a Record {
        self.version.record
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

/// "A", "A and B", "A, B and C".
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
