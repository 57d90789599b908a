//! What a house asks of its articles: how much each rule weighs, for which articles, and what is
//! exempt. An editor's to say; [`crate::config`] reads it from `provenance.toml`.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, Offset as _, Utc};

use super::exemption::Exemption;
use super::finding::{Remark, Severity};
use super::machine::MachinePolicy;
use super::rule::Rule;
use crate::lineage::filter;
use crate::record::fields::Record;
use crate::text::language::Language;
use crate::text::profile::Text;

/// How much a rule weighs by the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It is not asked.
    Off,
    /// Its findings weigh so much, but for those that the rule itself thinks lighter of.
    At(Severity),
}

/// Rules that don't weigh what they weigh by default, by their ids.
pub type Weights = BTreeMap<&'static str, Weight>;

/// Other weights for some articles.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// In one of these languages, by basic filtering (RFC 4647, section 3.3.1): `fr` is `fr-BE` too,
    /// `fr-BE` is not `fr`. In any, where there are none.
    pub languages: Vec<Language>,
    /// Of one of these desks; of any, where there are none.
    pub desks: Vec<Text>,
    /// What rules weigh there.
    pub weights: Weights,
}

/// What a house asks of its articles.
#[derive(Debug, Clone)]
pub struct Policy {
    /// What rules weigh.
    pub weights: Weights,
    /// What they weigh for some articles; later ones go before earlier ones.
    pub scopes: Vec<Scope>,
    /// What is not to be reported, and why.
    pub exemptions: Vec<Exemption>,
    /// What is asked of machine translations, from when on; by day, the earliest first.
    pub machine: Vec<MachinePolicy>,
    /// The offset by which days begin and by which times are read that name none.
    pub zone: FixedOffset,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            weights: Weights::new(),
            scopes: Vec::new(),
            exemptions: Vec::new(),
            machine: Vec::new(),
            zone: Utc.fix(),
        }
    }
}

impl Policy {
    /// The day that a moment falls on.
    pub fn day(&self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.zone).date_naive()
    }

    /// How much a rule's remark on a version weighs; `None` if the rule is off.
    ///
    /// A remark as heavy as its rule, or heavier, takes the weight that is set. One that the rule
    /// gives a lighter one is harmless of its kind: settings may make it lighter still, never heavier.
    pub fn weigh(&self, rule: &Rule, record: &Record, remark: &Remark) -> Option<Severity> {
        match self.weight(rule, record) {
            None => Some(remark.severity),
            Some(Weight::Off) => None,
            Some(Weight::At(set)) if remark.severity >= rule.severity => Some(set),
            Some(Weight::At(set)) => Some(remark.severity.min(set)),
        }
    }

    /// Whether a rule is to be asked about a version.
    pub fn asks(&self, rule: &Rule, record: &Record) -> bool {
        self.weight(rule, record) != Some(Weight::Off)
    }

    fn weight(&self, rule: &Rule, record: &Record) -> Option<Weight> {
        let scopes = self.scopes.iter().rev().filter(|scope| scope.holds(record));
        let weights = scopes.map(|scope| &scope.weights).chain([&self.weights]);
        weights.filter_map(|weights| weights.get(rule.id)).copied().next()
    }
}

impl Scope {
    /// Whether it is about a version.
    pub fn holds(&self, record: &Record) -> bool {
        let language = |of: &Language| self.languages.iter().any(|one| is_within(of, one));
        (self.languages.is_empty() || record.language.as_ref().is_some_and(language))
            && (self.desks.is_empty() || self.desks.iter().any(|desk| is_of_desk(record, desk)))
    }
}

/// Whether a language is one, or one of its kinds.
fn is_within(language: &Language, range: &Language) -> bool {
    let (language, range) = (language.to_string(), range.to_string());
    let rest = language.strip_prefix(&range);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether a version is a desk's: the desk recorded it, or it or an organization of that name is
/// credited. Names are compared as texts are, whole.
pub fn is_of_desk(record: &Record, desk: &Text) -> bool {
    let credited = record.credits.iter().filter(|credit| filter::is_desk(credit));
    let names = credited.filter_map(|credit| credit.name.as_deref());
    names.chain(record.recorded_by.as_deref()).any(|name| Text::new(name) == *desk)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::audit::rules::{missing_editor, source_retracted};
    use crate::record::event::Event;
    use crate::record::time::Timestamp;

    fn record(language: &str, by: &str) -> Record {
        let mut record = Record::new(Event::Published, Timestamp::new(DateTime::UNIX_EPOCH));
        record.language = Some(language.parse().unwrap());
        record.recorded_by = Some(by.to_owned());
        record
    }

    #[test]
    fn the_last_scope_that_holds_decides() {
        let rule = &missing_editor::RULE;
        let weights = |weight| Weights::from([(rule.id, weight)]);
        let desk = Text::new("Night desk");
        let policy = Policy {
            weights: weights(Weight::At(Severity::Error)),
            scopes: vec![
                Scope {
                    languages: vec!["fr".parse().unwrap()],
                    desks: Vec::new(),
                    weights: weights(Weight::At(Severity::Note)),
                },
                Scope { languages: Vec::new(), desks: vec![desk], weights: weights(Weight::Off) },
            ],
            ..Policy::default()
        };
        let remark = Remark::new(Severity::Warning, "");
        let of = |language, by| policy.weigh(rule, &record(language, by), &remark);
        assert_eq!(of("en", "Day desk"), Some(Severity::Error));
        assert_eq!(of("fr-BE", "Day desk"), Some(Severity::Note));
        assert_eq!(of("fr-BE", "Night\u{A0}desk"), None);
        let light = Remark::new(Severity::Note, "");
        assert_eq!(policy.weigh(rule, &record("en", "Day desk"), &light), Some(Severity::Note));
    }

    #[test]
    fn lighter_remarks_are_never_made_heavier() {
        let rule = &source_retracted::RULE;
        let record = record("en", "desk");
        let at = |set, severity| {
            let policy = Policy {
                weights: Weights::from([(rule.id, Weight::At(set))]),
                ..Policy::default()
            };
            policy.weigh(rule, &record, &Remark::new(severity, ""))
        };
        assert_eq!(at(Severity::Note, Severity::Error), Some(Severity::Note));
        assert_eq!(at(Severity::Note, Severity::Warning), Some(Severity::Note));
        assert_eq!(at(Severity::Error, Severity::Warning), Some(Severity::Warning));
    }
}
