//! What must hold of a record beyond its keys' types.

use super::event::Event;
use super::fields::Record;
use super::limits::MAX_STATED_TIME;
use crate::article::reconcile::From;
use crate::text::paragraphs::Paragraphs;
use crate::text::profile::{self, Text};

/// Says which rule a record breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A key that the event needs is missing.
    #[error("a `{event}` record needs `{key}`")]
    Missing {
        /// The event.
        event: Event,
        /// The key.
        key: &'static str,
    },
    /// A key stands where the event has no use for it.
    #[error("a `{event}` record has no `{key}`")]
    Surplus {
        /// The event.
        event: Event,
        /// The key.
        key: &'static str,
    },
    /// A value and its sealed form both stand, or neither does.
    #[error("exactly one of `{0}` and `{0}_sealed` must stand")]
    Sealed(&'static str),
    /// A value is there but empty.
    #[error("`{0}` is empty; an absent value is left out")]
    Empty(&'static str),
    /// A value is not of its form.
    #[error("`{key}` must be {want}")]
    Form {
        /// The key.
        key: &'static str,
        /// Its form.
        want: &'static str,
    },
}

impl Record {
    /// Checks everything that the format asks of a record beyond its keys' types.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn check(&self) -> Result<(), RecordError> {
        self.check_event()?;
        self.check_sealed()?;
        self.check_text()?;
        self.check_credits()?;
        self.check_sources()
    }

    fn check_event(&self) -> Result<(), RecordError> {
        let event = self.event;
        let has_text = event.has_text();
        let wants = [
            ("article", self.article.is_some(), !event.is_administrative()),
            ("origin", self.origin.is_some(), has_text),
            ("standing", self.standing.is_some(), has_text),
            ("reader", self.reader.is_some(), has_text),
            ("reader_version", self.reader_version.is_some(), has_text),
            ("credit_parser", self.credit_parser.is_some(), has_text),
            ("lexicon", self.lexicon.is_some(), has_text),
            ("text", self.text.is_some(), has_text),
            ("review", self.review.is_some(), event == Event::Review),
            ("key", self.key.is_some(), event == Event::Key),
            ("erasure", self.erasure.is_some(), event == Event::Erasure),
            (
                "previous",
                self.previous.is_some(),
                !event.is_administrative() && event != Event::Published,
            ),
        ];
        for (key, there, wanted) in wants {
            match (there, wanted) {
                (false, true) => return Err(RecordError::Missing { event, key }),
                (true, false) => return Err(RecordError::Surplus { event, key }),
                _ => {}
            }
        }
        if event == Event::Link && self.sources.is_empty() {
            return Err(RecordError::Missing { event, key: "source" });
        }
        if event == Event::Alias && self.aliases.is_empty() {
            return Err(RecordError::Missing { event, key: "aliases" });
        }
        let only_text = [
            ("publisher", self.publisher.is_some()),
            ("provider", self.provider.is_some()),
            ("observed_url", self.observed_url.is_some()),
            ("observed_at", self.observed_at.is_some()),
            ("published", self.published.is_some()),
            ("modified", self.modified.is_some()),
            ("story", self.story.is_some()),
            ("language", self.language.is_some()),
            ("headline", self.headline.is_some() || self.headline_sealed.is_some()),
            ("dateline", self.dateline.is_some()),
            ("byline", self.byline.is_some() || self.byline_sealed.is_some()),
            ("advisory", self.advisory.is_some()),
            ("responsible", self.responsible.is_some() || self.responsible_sealed.is_some()),
            ("reader_settings", !self.reader_settings.is_empty()),
            ("encoding", self.encoding.is_some()),
            ("credit_line", !self.credit_lines.is_empty()),
            ("credit", !self.credits.is_empty()),
            ("machine", !self.machines.is_empty()),
        ];
        let elsewhere = [
            ("aliases", !self.aliases.is_empty(), event == Event::Alias),
            ("source", !self.sources.is_empty(), matches!(event, Event::Review | Event::Link)),
        ];
        let surplus = only_text.into_iter().map(|(key, there)| (key, there, false));
        match surplus.chain(elsewhere).find(|(_, there, also)| *there && !has_text && !also) {
            Some((key, ..)) => Err(RecordError::Surplus { event, key }),
            None => Ok(()),
        }
    }

    fn check_sealed(&self) -> Result<(), RecordError> {
        let at_most_one = [
            ("headline", self.headline.is_some(), self.headline_sealed.is_some()),
            ("byline", self.byline.is_some(), self.byline_sealed.is_some()),
            ("note", self.note.is_some(), self.note_sealed.is_some()),
            ("responsible", self.responsible.is_some(), self.responsible_sealed.is_some()),
        ];
        if let Some((key, ..)) = at_most_one.iter().find(|(_, open, sealed)| *open && *sealed) {
            return Err(RecordError::Sealed(key));
        }
        let lines =
            self.credit_lines.iter().map(|l| ("text", l.text.is_some(), l.text_sealed.is_some()));
        let names =
            self.credits.iter().map(|c| ("name", c.name.is_some(), c.name_sealed.is_some()));
        let review = self.review.iter().map(|r| ("by", r.by.is_some(), r.by_sealed.is_some()));
        match lines.chain(names).chain(review).find(|(_, open, sealed)| open == sealed) {
            Some((key, ..)) => Err(RecordError::Sealed(key)),
            None => Ok(()),
        }
    }

    fn check_text(&self) -> Result<(), RecordError> {
        let form = |key, want| Err(RecordError::Form { key, want });
        if let Some(text) = &self.text {
            if text.profile != profile::NAME {
                return form("text.profile", "text-1");
            }
            let count = usize::try_from(text.paragraph_count).unwrap_or(usize::MAX);
            if Paragraphs::from_parts(count, text.paragraphs.clone()).is_none() {
                return form("text.paragraphs", "one digest for each run of ⌈n/512⌉ paragraphs");
            }
            if self.headline.as_deref() == Some("") {
                return Err(RecordError::Empty("headline"));
            }
            let headline = self.headline.as_deref().map(Text::new);
            if headline.as_ref().map(Text::as_str) != self.headline.as_deref() {
                return form("headline", "in the canonical form of text-1");
            }
            if text.headline != headline.as_ref().map(Text::digest) {
                return form(
                    "text.headline",
                    "the digest of `headline`, exactly where that stands",
                );
            }
        }
        if self.encoding.as_ref().is_some_and(|name| *name != name.to_lowercase()) {
            return form("encoding", "in lower case");
        }
        for (key, time) in [("published", &self.published), ("modified", &self.modified)] {
            if time.as_ref().is_some_and(|t| t.len() > MAX_STATED_TIME) {
                return form(key, "a time of at most 64 bytes, as the article states it");
            }
        }
        if !self.aliases.is_sorted_by(|one, next| one < next) {
            return form("aliases", "sorted by bytes, none of them twice");
        }
        Ok(())
    }

    fn check_credits(&self) -> Result<(), RecordError> {
        let form = |key, want| Err(RecordError::Form { key, want });
        for credit in &self.credits {
            let line = credit.line.and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
            let text = match (credit.from, line) {
                (From::Line, Some(line)) => match self.credit_lines.get(line) {
                    Some(line) => line.text.as_deref(),
                    None => return form("credit.line", "the number of a credit line, from 1"),
                },
                (From::Line, None) | (_, Some(_)) => {
                    return form("credit.line", "there exactly where `from` is line");
                }
                (From::Byline, None) if self.byline.is_none() && self.byline_sealed.is_none() => {
                    return form("credit.from", "byline only where there is one");
                }
                (From::Byline, None) => self.byline.as_deref(),
                (From::Metadata | From::Operator, None) => None,
            };
            for [start, end] in credit.name_span.iter().chain(&credit.phrase_span).copied() {
                let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
                let fits = range
                    .and_then(|(start, end)| text?.get(start..end))
                    .is_some_and(|part| !part.is_empty());
                if !fits {
                    return form("credit.name_span, phrase_span", "a part of the line or byline");
                }
            }
        }
        Ok(())
    }

    fn check_sources(&self) -> Result<(), RecordError> {
        let form = |key, want| Err(RecordError::Form { key, want });
        for source in &self.sources {
            if source.label.is_none() && source.target.is_none() && !source.is_pinned() {
                return Err(RecordError::Empty("source"));
            }
            let foreign = source.log.is_some();
            if foreign != source.verifier.is_some() || (foreign && source.leaf.is_none()) {
                return form(
                    "source",
                    "with `log`, `verifier` and `leaf` together for another log",
                );
            }
            if source.leaf.is_some() && source.digest.is_some() {
                return form("source", "pinned by `leaf` or by `digest`, not both");
            }
        }
        if self.machines.iter().any(|machine| machine.tool.is_none() && machine.version.is_some()) {
            return form("machine.version", "there only with `tool`");
        }
        Ok(())
    }
}
