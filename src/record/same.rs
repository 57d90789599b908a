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

    /// Whether `self` states the same version as `other`: the same text by `text-1` in all its
    /// parts, and the same statements about it.
    ///
    /// Left out: when it was recorded and seen, which event it was, the request, the bytes behind
    /// the text, and everything about the reading (reader, encoding, parser, lexicon, spans):
    /// a newer program must not make a version of its own.
    pub fn same_version(&self, other: &Self) -> bool {
        let text =
            |record: &Self| record.text.as_ref().map(|text| (text.whole, text.headline, text.body));
        let line = |text: &Option<String>| text.as_deref().map(Text::new);
        let lines = |record: &Self| -> Vec<_> {
            record.credit_lines.iter().map(|l| (line(&l.text), l.text_sealed)).collect()
        };
        // Credits read from lines follow from the lines; only those given otherwise are compared.
        let given = |record: &Self| -> Vec<_> {
            let given = record.credits.iter();
            given
                .filter(|credit| matches!(credit.from, From::Metadata | From::Operator))
                .map(|c| (c.role, c.name.clone(), c.name_sealed, c.language.clone()))
                .collect()
        };
        text(self) == text(other)
            && lines(self) == lines(other)
            && given(self) == given(other)
            && self.statements() == other.statements()
            && self.sources == other.sources
            && self.machines == other.machines
            && self.note == other.note
    }

    /// What is stated of the article beside its text.
    fn statements(&self) -> impl PartialEq + '_ {
        (
            (&self.article, &self.aliases, &self.story, &self.language, self.standing),
            (&self.publisher, &self.responsible, &self.responsible_sealed, &self.recorded_by),
            (&self.observed_url, &self.published, &self.modified),
        )
    }
}
