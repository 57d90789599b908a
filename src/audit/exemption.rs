//! Exemptions: findings that an editor knows of and does not want to be told, why, and how long.

use chrono::NaiveDate;

use super::finding::Remark;
use super::pattern::Pattern;
use super::policy;
use crate::people::roster::Roster;
use crate::record::fields::Record;
use crate::text::profile::Text;

/// What is not to be reported.
#[derive(Debug, Clone)]
pub struct Exemption {
    /// The rule's id.
    pub rule: &'static str,
    /// Of articles of which one of these holds for their id; of any, where there are none.
    pub articles: Vec<Pattern>,
    /// Of remarks that concern nobody but these; of any, where there are none.
    pub people: Vec<String>,
    /// Of articles of one of these desks; of any, where there are none.
    pub desks: Vec<Text>,
    /// Why.
    pub reason: String,
    /// The last day that it holds; for ever, where there is none.
    pub until: Option<NaiveDate>,
}

impl Exemption {
    /// Whether it has ended by a day.
    pub fn has_ended(&self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Whether it is about an article's version, whatever is found in it.
    pub fn is_about(&self, (article, record): (&str, &Record)) -> bool {
        (self.articles.is_empty() || self.articles.iter().any(|one| one.matches(article)))
            && (self.desks.is_empty()
                || self.desks.iter().any(|desk| policy::is_of_desk(record, desk)))
    }

    /// Whether it is of what a rule has to say of an article's version, in force or not.
    ///
    /// Who shares a finding with somebody who is not exempt is not exempt from it.
    pub fn covers(
        &self,
        rule: &str,
        (article, record): (&str, &Record),
        remark: &Remark,
        roster: &Roster,
    ) -> bool {
        let exempt = |name: &String| {
            self.people.iter().any(|person| roster.name(person) == roster.name(name))
        };
        self.rule == rule
            && self.is_about((article, record))
            && (self.people.is_empty()
                || (!remark.people.is_empty() && remark.people.iter().all(exempt)))
    }
}
