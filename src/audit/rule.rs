//! Rules, and what they see.

use chrono::NaiveDate;

use super::finding::{Part, Remark, Severity};
use super::policy::Policy;
use super::rules::{
    credit_changed, credit_dropped, credit_mismatch, credit_unparsed, exemption_expired,
    language_pair_missing, machine_translation_unreviewed, missing_editor, missing_reporter,
    missing_translator, name_variant, no_editorial_responsibility, review_outdated,
    reviewer_is_translator, source_retracted, source_unpinned, source_unresolved,
    stale_translation, substantive_change_without_note, text_changed_unrecorded, time_anomaly,
    translator_edits_own_work, uncredited_translation, unknown_person,
};
use crate::credit::lexicon::Lexicon;
use crate::credit::line::{self, Line};
use crate::credit::role::{Kind, Role};
use crate::lineage::basis;
use crate::lineage::filter;
use crate::lineage::graph::{Article, Entry, Graph, Version};
use crate::lineage::stale::Texts;
use crate::lineage::status;
use crate::people::roster::Roster;
use crate::record::credit::Credit;
use crate::record::event::Standing;
use crate::record::fields::Record;
use crate::verify::side::Side;

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
    /// What changes its verdict, beside its weight and exemptions: its settings, and what it leaves be.
    pub settings: &'static str,
    /// What it has to say of a case.
    pub check: fn(&Case<'_>) -> Vec<Remark>,
}

/// All rules, in the order of reports.
pub const ALL: &[&Rule] = &[
    &source_retracted::RULE,
    &stale_translation::RULE,
    &text_changed_unrecorded::RULE,
    &substantive_change_without_note::RULE,
    &uncredited_translation::RULE,
    &missing_translator::RULE,
    &source_unresolved::RULE,
    &source_unpinned::RULE,
    &language_pair_missing::RULE,
    &machine_translation_unreviewed::RULE,
    &no_editorial_responsibility::RULE,
    &review_outdated::RULE,
    &reviewer_is_translator::RULE,
    &translator_edits_own_work::RULE,
    &missing_editor::RULE,
    &missing_reporter::RULE,
    &credit_dropped::RULE,
    &credit_changed::RULE,
    &credit_mismatch::RULE,
    &credit_unparsed::RULE,
    &name_variant::RULE,
    &unknown_person::RULE,
    &time_anomaly::RULE,
    &exemption_expired::RULE,
];

/// The rule with an id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

/// Gives the file of the workspace that an article of an id is, read, if there is one and its bytes are
/// not those of the record.
pub type Files<'f> = dyn Fn(&str, &Record) -> Option<Side> + Sync + 'f;

/// There are no files to look at.
pub const NO_FILES: &Files<'static> = &|_, _| None;

/// What an audit needs to know beside the log.
#[derive(Clone, Copy)]
pub struct House<'a> {
    /// Who goes by which names.
    pub roster: &'a Roster,
    /// What reads credit lines.
    pub lexicon: &'a Lexicon,
    /// The texts that are kept.
    pub texts: &'a Texts<'a>,
    /// The files of the workspace.
    pub files: &'a Files<'a>,
    /// What the house asks of its articles.
    pub policy: &'a Policy,
    /// The day of the audit.
    pub today: NaiveDate,
}

/// What a rule sees: an article's newest version, and what is needed to judge it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The log's articles, or a part of them: this one, and those that its records lead to.
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
    /// The files of the workspace.
    pub files: &'a Files<'a>,
    /// What the house asks of its articles.
    pub policy: &'a Policy,
    /// The day of the audit.
    pub today: NaiveDate,
}

impl<'a> Case<'a> {
    /// An article's newest version, in a house; `None` where it has none that is understood.
    pub fn new(graph: &'a Graph, article: Article<'a>, house: House<'a>) -> Option<Self> {
        let version = article.newest()?;
        let House { roster, lexicon, texts, files, policy, today } = house;
        Some(Self { graph, article, version, roster, lexicon, texts, files, policy, today })
    }

    /// The version's record.
    pub fn record(&self) -> &'a Record {
        self.version.record
    }

    /// Whether it is the house's own text.
    pub fn is_own(&self) -> bool {
        self.record().standing == Some(Standing::Own)
    }

    /// A severity for a text of the house's own; for others', over which it has no say, a note.
    pub fn own_or_note(&self, own: Severity) -> Severity {
        if self.is_own() { own } else { Severity::Note }
    }

    /// Whether the article was retracted or withdrawn.
    pub fn has_ended(&self) -> bool {
        status::status(self.article, self.version).status.has_ended()
    }

    /// Whether the version is a translation that still stands: neither retracted nor withdrawn.
    pub fn is_standing_translation(&self) -> bool {
        basis::is_translation(self.graph, self.article, self.version) && !self.has_ended()
    }

    /// The versions of the article up to this one, oldest first.
    pub fn versions(&self) -> Vec<Version<'a>> {
        let mut versions = self.article.versions();
        versions.truncate(self.version.number);
        versions
    }

    /// The version's credit lines and byline, as far as they are open, as today's parser reads them.
    pub fn lines(&self) -> Vec<(Part, Line)> {
        let record = self.record();
        let lines = (1..).zip(&record.credit_lines);
        let lines = lines
            .filter_map(|(number, line)| Some((Part::CreditLine(number), line.text.as_deref()?)));
        let byline = record.byline.as_deref().map(|text| (Part::Byline, text));
        let read = |text| line::parse(self.lexicon, text, record.language.as_ref());
        lines.chain(byline).map(|(part, text)| (part, read(text))).collect()
    }

    /// Whether anybody, or anything, is credited in one of these roles, as recorded or as today's
    /// parser reads the lines.
    pub fn credits_any(&self, roles: &[Role]) -> bool {
        let recorded = self.record().credits.iter().any(|credit| roles.contains(&credit.role));
        let read = || {
            let lines = self.lines();
            lines.iter().any(|(_, line)| line.credits.iter().any(|c| roles.contains(&c.role)))
        };
        recorded || read()
    }

    /// Why it can't be said for sure that somebody is not credited: initials whose role nothing says,
    /// or words in a credit line that could not be read.
    pub fn doubt(&self) -> Option<String> {
        let unsaid = self.credits(Role::Unspecified).map(Credit::shown_name);
        let unsaid: Vec<String> = unsaid.collect();
        let unsaid: Vec<&str> = unsaid.iter().map(String::as_str).collect();
        if !unsaid.is_empty() {
            return Some(format!(
                "the text is signed {}, in what role is not said",
                listed(&unsaid)
            ));
        }
        let lines = self.lines();
        let unread = lines.iter().any(|(_, line)| !line.leftovers.is_empty());
        unread.then(|| "part of its credits could not be read".to_owned())
    }

    /// The credits in a role.
    pub fn credits(&self, role: Role) -> impl Iterator<Item = &'a Credit> {
        self.record().credits.iter().filter(move |credit| credit.role == role)
    }

    /// Whom a credit of the version names: by the roster's name for them at its time, else as credited.
    pub fn name(&self, credited: &'a str) -> &'a str {
        self.name_at(credited, self.version.entry)
    }

    /// Whom a record of the log names, likewise.
    pub fn name_at(&self, named: &'a str, entry: &Entry) -> &'a str {
        let moment = entry.record().and_then(filter::credited_at);
        self.roster.person_at(named, moment).map_or(named, |person| &person.name)
    }

    /// The people in a role, each once, by the roster's names. Sealed names are not known.
    pub fn people(&self, role: Role) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for credit in self.credits(role).filter(|credit| credit.kind == Kind::Person) {
            if let Some(name) = credit.name.as_deref().map(|name| self.name(name))
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

/// The roles of those who made what a text tells.
pub const MAKERS: &[Role] = &[
    Role::Reporter,
    Role::Contributor,
    Role::Writer,
    Role::Photographer,
    Role::Videographer,
    Role::Researcher,
    Role::Producer,
    Role::Compiler,
    Role::Illustrator,
];

/// "A", "A and B", "A, B and C".
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
