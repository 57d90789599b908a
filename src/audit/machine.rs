//! What a house asks of machine translations, from which day on.
//!
//! siglum states facts: which tool took part, who reviewed what of it and when, who answers for it.
//! Whether that is enough, the policy in force on the article's day says. None is built in beyond
//! the one that asks for a review of the whole text.

use chrono::NaiveDate;

use super::finding::Severity;
use super::policy::Policy;
use crate::record::event::ReviewKind;
use crate::record::fields::Record;
use crate::record::time;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// A fact that a policy may ask for.
    Fact, "fact about machine translation", {
        /// A person's review of it holds, of a kind that the policy takes.
        Review = "review",
        /// One of them is by somebody who is not credited with having translated it.
        OtherReviewer = "other_reviewer",
        /// One of them was recorded before the text was published, as it states.
        BeforePublication = "before_publication",
        /// It is said which tool took part.
        Tool = "tool",
        /// And which version of it.
        ToolVersion = "tool_version",
        /// It is said who holds editorial responsibility.
        Responsible = "responsible",
    }
}

/// What is asked of machine translations that are published from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachinePolicy {
    /// What the house calls it.
    pub name: String,
    /// The first day; none for the one that is built in.
    pub from: Option<NaiveDate>,
    /// What has to be known.
    pub requires: Vec<Fact>,
    /// Which kinds of review it takes.
    pub reviews: Vec<ReviewKind>,
    /// How much it weighs if something is missing.
    pub severity: Severity,
}

impl MachinePolicy {
    /// The one that is built in: a person has reviewed the whole text.
    pub fn builtin() -> Self {
        Self {
            name: String::new(),
            from: None,
            requires: vec![Fact::Review],
            reviews: vec![ReviewKind::Full],
            severity: Severity::Warning,
        }
    }

    /// The policy in force for a version: by the day that it was published on, as it states, or else
    /// recorded on.
    pub fn of(policy: &Policy, record: &Record) -> Self {
        let stated = record.published.as_deref();
        let stated = stated.and_then(|text| time::stated_in(text, policy.zone));
        let day = stated.or_else(|| record.recorded.moment()).map(|moment| policy.day(moment));
        let in_force = |one: &&Self| one.from.is_none_or(|from| day.is_some_and(|day| from <= day));
        policy.machine.iter().rev().find(in_force).cloned().unwrap_or_else(Self::builtin)
    }
}
