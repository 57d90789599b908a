//! Whether a record would say anything new of its article.

use super::event::Event;
use super::fields::Record;
use crate::article::reconcile::From;
use crate::text::digest::Digest;
use crate::text::profile::Text;

impl Record {
    /// Makes a first record the next one of an article whose latest record has the leaf
    /// `previous`.
    #[must_use]
    pub fn follows(mut self, event: Event, previous: Digest) -> Self {
        self.event = event;
        self.previous = Some(previous);
        self
    }

    /// Whether all but when it was recorded and what it follows equals `latest`, which is the
    /// article's latest record.
    pub fn is_repeat_of(&self, latest: &Self) -> bool {
        let recorded = latest.recorded.clone();
        let previous = latest.previous;
        *latest == Self { recorded, previous, ..self.clone() }
    }

    /// Whether `self`, which was just read, says nothing that `recorded` doesn't: the same text by
    /// `text-1` in all its parts, and no statement about it that is new.
    ///
    /// What the caller didn't state this time is not taken back by that. Left out: when it was
    /// recorded and seen, which event it was, the request, the bytes behind the text, and everything
    /// about the reading (reader, encoding, parser, lexicon, spans, origin): a newer program must not
    /// make a version of its own.
    pub fn adds_nothing_to(&self, recorded: &Self) -> bool {
        let text =
            |record: &Self| record.text.as_ref().map(|text| (text.whole, text.headline, text.body));
        let line = |text: &Option<String>| text.as_deref().map(Text::new);
        let lines = |record: &Self| -> Vec<_> {
            record.credit_lines.iter().map(|l| (line(&l.text), l.text_sealed)).collect()
        };
        // Credits read from lines follow from the lines; only those given otherwise are compared.
        let credited = self.credits.iter().all(|credit| {
            matches!(credit.from, From::Line | From::Byline)
                || recorded.credits.iter().any(|have| {
                    have.role == credit.role
                        && have.name == credit.name
                        && have.name_sealed == credit.name_sealed
                        && (credit.language.is_none() || have.language == credit.language)
                })
        });
        let known = |alias: &String| {
            recorded.aliases.contains(alias) || recorded.article.as_ref() == Some(alias)
        };
        text(self) == text(recorded)
            && lines(self) == lines(recorded)
            && credited
            && self.standing == recorded.standing
            && self.aliases.iter().all(known)
            && self.sources.iter().all(|source| recorded.sources.contains(source))
            && self.machines.iter().all(|machine| recorded.machines.contains(machine))
            && unsaid_or_same(self.language.as_ref(), recorded.language.as_ref())
            && unsaid_or_same(self.story.as_ref(), recorded.story.as_ref())
            && unsaid_or_same(self.publisher.as_ref(), recorded.publisher.as_ref())
            && unsaid_or_same(self.responsible.as_ref(), recorded.responsible.as_ref())
            && unsaid_or_same(self.recorded_by.as_ref(), recorded.recorded_by.as_ref())
            && unsaid_or_same(self.observed_url.as_ref(), recorded.observed_url.as_ref())
            && unsaid_or_same(self.published.as_ref(), recorded.published.as_ref())
            && unsaid_or_same(self.modified.as_ref(), recorded.modified.as_ref())
            && unsaid_or_same(self.note.as_ref(), recorded.note.as_ref())
    }
}

fn unsaid_or_same<T: PartialEq>(new: Option<&T>, recorded: Option<&T>) -> bool {
    new.is_none() || new == recorded
}
