//! What became of a version.

use std::collections::HashMap;

use super::graph::{Article, Entry, Graph, Version};
use crate::record::event::Event;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// What became of a version.
    Status, "status", {
        /// It is the newest.
        Current = "current",
        /// A newer one took its place.
        Superseded = "superseded",
        /// A newer one corrects it.
        Corrected = "corrected",
        /// The article was retracted after it.
        Retracted = "retracted",
        /// The article was withdrawn after it.
        Withdrawn = "withdrawn",
    }
}

impl Status {
    /// Whether the article was taken back, rightly or not: retracted or withdrawn.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Retracted | Self::Withdrawn)
    }
}

/// A version's status and the record that gave it that.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The status.
    pub status: Status,
    /// The record that changed it from current.
    pub by: Option<&'a Entry>,
}

/// The status of a version of an article.
///
/// A retraction or withdrawal counts before a correction, and the first correction after the
/// version before a mere update.
pub fn status<'a>(article: Article<'a>, version: Version<'a>) -> Standing<'a> {
    let mut later = Later::default();
    for entry in article.entries().rev().take_while(|entry| entry.index > version.entry.index) {
        later.before(entry);
    }
    later.standing()
}

/// The number and the status of every version of a log, by its record's index. Takes one look at each
/// record.
pub fn all(graph: &Graph) -> HashMap<u64, (usize, Status)> {
    let mut all = HashMap::new();
    for article in graph.articles() {
        let mut number = article.versions().len();
        let mut later = Later::default();
        for entry in article.entries().rev() {
            if entry.record().is_some_and(|record| record.event.has_text()) {
                all.insert(entry.index, (number, later.standing().status));
                number = number.saturating_sub(1);
            }
            later.before(entry);
        }
    }
    all
}

/// What comes after a record of an article, gathered from the end: of each kind, the first.
#[derive(Debug, Default)]
struct Later<'a> {
    ended: Option<(Status, &'a Entry)>,
    corrected: Option<&'a Entry>,
    credits_corrected: Option<&'a Entry>,
    updated: Option<&'a Entry>,
}

impl<'a> Later<'a> {
    /// Adds the record before those that were added.
    fn before(&mut self, entry: &'a Entry) {
        match entry.record().map(|record| record.event) {
            Some(Event::Retraction) => self.ended = Some((Status::Retracted, entry)),
            Some(Event::Withdrawal) => self.ended = Some((Status::Withdrawn, entry)),
            Some(Event::Correction) => self.corrected = Some(entry),
            Some(Event::CreditCorrection) => self.credits_corrected = Some(entry),
            Some(Event::Update) => self.updated = Some(entry),
            _ => {}
        }
    }

    /// What a version is that they come after.
    fn standing(&self) -> Standing<'a> {
        let corrected = self.corrected.or(self.credits_corrected);
        let corrected = corrected.map(|entry| (Status::Corrected, entry));
        let superseded = self.updated.map(|entry| (Status::Superseded, entry));
        match self.ended.or(corrected).or(superseded) {
            Some((status, by)) => Standing { status, by: Some(by) },
            None => Standing { status: Status::Current, by: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::lineage::graph::Content;
    use crate::record::fields::Record;
    use crate::record::time::Timestamp;
    use crate::text::digest::Digest;

    fn graph(events: &[Event]) -> Graph {
        let entries = (0..).zip(events).map(|(index, &event)| {
            let mut record = Record::new(event, Timestamp::new(DateTime::UNIX_EPOCH));
            record.article = Some("a".to_owned());
            let leaf = Digest::of_bytes(&[u8::try_from(index).unwrap()]);
            Entry { index, leaf, content: Content::Record(Box::new(record)) }
        });
        Graph::new(entries.collect())
    }

    fn statuses(events: &[Event]) -> Vec<Status> {
        let graph = graph(events);
        let article = graph.article("a").unwrap();
        let all = all(&graph);
        let versions = article.versions().into_iter();
        let statuses = versions.map(|version| {
            let status = status(article, version).status;
            assert_eq!(all.get(&version.entry.index), Some(&(version.number, status)));
            status
        });
        let statuses: Vec<Status> = statuses.collect();
        assert_eq!(all.len(), statuses.len());
        statuses
    }

    #[test]
    fn later_records_decide() {
        use Event::{
            Correction, CreditCorrection, Published, Retraction, Review, Update, Withdrawal,
        };
        use Status::{Corrected, Current, Retracted, Superseded, Withdrawn};
        assert_eq!(statuses(&[Published, Review]), [Current]);
        assert_eq!(statuses(&[Published, Update]), [Superseded, Current]);
        assert_eq!(statuses(&[Published, Update, Correction]), [Corrected, Corrected, Current]);
        assert_eq!(statuses(&[Published, Update, Retraction]), [Retracted, Retracted]);
        assert_eq!(statuses(&[Published, Withdrawal, Update]), [Withdrawn, Current]);
        assert_eq!(
            statuses(&[Published, Retraction, Update, CreditCorrection, Withdrawal, Update]),
            [Retracted, Withdrawn, Withdrawn, Current]
        );
    }
}
