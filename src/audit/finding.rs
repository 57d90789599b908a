//! Findings.

use crate::article::reconcile::From;
use crate::record::credit::Credit;
use crate::record::fields::Record;
use crate::text::digest::Digest;
use crate::text::span::Span;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// How much a finding weighs, from least to most.
    Severity, "severity", {
        /// Good to know.
        Note = "note",
        /// To be looked at.
        Warning = "warning",
        /// Not in order.
        Error = "error",
    }
}

/// The part of an article's credits that a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The byline.
    Byline,
    /// The credit line with this number, from 1, as records number them.
    CreditLine(u32),
}

/// Some bytes of a byline or a credit line, as its record has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which line.
    pub part: Part,
    /// Which bytes of it. In a finding they are within the line, and on the borders of characters.
    pub span: Span,
}

impl Place {
    /// The text of the line that the place is in, if the record has it openly.
    pub fn line(self, record: &Record) -> Option<&str> {
        match self.part {
            Part::Byline => record.byline.as_deref(),
            Part::CreditLine(number) => {
                let at = usize::try_from(number).ok()?.checked_sub(1)?;
                record.credit_lines.get(at)?.text.as_deref()
            }
        }
    }

    /// Where a credit's name stands, if it was read from a line that the record has openly.
    pub fn of_name(record: &Record, credit: &Credit) -> Option<Self> {
        let part = match (credit.from, credit.line) {
            (From::Line, Some(number)) => Part::CreditLine(number),
            (From::Byline, _) => Part::Byline,
            _ => return None,
        };
        let [start, end] = credit.name_span?.map(|at| usize::try_from(at).unwrap_or(usize::MAX));
        Self { part, span: Span::new(start, end) }.within(record)
    }

    /// The place, if it is in what the record has.
    pub fn within(self, record: &Record) -> Option<Self> {
        self.line(record)?.get(self.span.start()..self.span.end()).map(|_| self)
    }
}

/// What a rule has to say of a version of an article, before it is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about among all that its rule could say of the version: a source, a review, a
    /// credit. Empty for a rule that has one thing to say. Never its wording.
    pub subject: String,
    /// The people it concerns, as credited.
    pub people: Vec<String>,
    /// The words of the credits that it is about, if it is about words.
    pub place: Option<Place>,
    /// What is known, and from where.
    pub message: String,
}

impl Remark {
    /// A remark.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity, subject: String::new(), people: Vec::new(), place: None, message }
    }

    /// The same, known by what it is about.
    #[must_use]
    pub fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..self }
    }

    /// The same, concerning people.
    #[must_use]
    pub fn concerning<N: Into<String>>(self, people: impl IntoIterator<Item = N>) -> Self {
        Self { people: people.into_iter().map(Into::into).collect(), ..self }
    }

    /// The same, about words of the credits; where they aren't known, about the whole.
    #[must_use]
    pub fn at(self, place: impl Into<Option<Place>>) -> Self {
        Self { place: place.into(), ..self }
    }
}

/// What a rule found in a version of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Names the finding from one run to the next, whatever its words: see [`id`].
    pub id: String,
    /// The rule's id.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The article's id.
    pub article: String,
    /// The version's number, from 1.
    pub version: usize,
    /// The index of its record.
    pub index: u64,
    /// The leaf hash of its record.
    pub leaf: Digest,
    /// The people it concerns, as credited.
    pub people: Vec<String>,
    /// The words of the credits that it is about, if it is about words.
    pub place: Option<Place>,
    /// The byline or credit line that they stand in.
    pub line: Option<String>,
    /// What is known, and from where.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// The id of a finding: the first 12 digits of a digest over its rule, its article, the record of the
/// version and what it is about. Neither its words nor its severity are part of it, so that a list of
/// known findings outlives a better wording and a change of the settings.
pub fn id(rule: &str, article: &str, leaf: &Digest, subject: &str) -> String {
    let parts = [rule, article, &leaf.to_string(), subject].join("\n");
    let digest = Digest::labelled("siglum-finding-1", parts.as_bytes()).to_string();
    digest.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::record::credit::CreditLine;
    use crate::record::event::Event;
    use crate::record::time::Timestamp;

    #[test]
    fn a_place_is_within_its_line() {
        let mut record = Record::new(Event::Published, Timestamp::new(DateTime::UNIX_EPOCH));
        record.byline = Some("Von Änne Prell".to_owned());
        let line = |text: &str| CreditLine { text: Some(text.to_owned()), text_sealed: None };
        record.credit_lines = vec![line("(Ed. by Tomas Uhl)"), CreditLine::default()];
        let within = |part, [start, end]: [usize; 2]| {
            Place { part, span: Span::new(start, end) }.within(&record).is_some()
        };
        assert!(within(Part::Byline, [4, 15]));
        assert!(!within(Part::Byline, [5, 15]), "inside of a character");
        assert!(!within(Part::Byline, [4, 16]), "beyond the end");
        assert!(within(Part::CreditLine(1), [8, 17]));
        assert!(!within(Part::CreditLine(2), [0, 0]), "sealed");
        assert!(!within(Part::CreditLine(3), [0, 0]), "no such line");
        assert!(!within(Part::CreditLine(0), [0, 0]), "lines are numbered from 1");
    }

    #[test]
    fn an_id_is_of_what_a_finding_is_about() {
        let leaf = Digest::of_bytes(b"a record");
        let of = |rule: &str, subject: &str| id(rule, "a.txt", &leaf, subject);
        assert_eq!(of("source-unresolved", "Link"), of("source-unresolved", "Link"));
        assert_ne!(of("source-unresolved", "Link"), of("source-unresolved", "Original"));
        assert_ne!(of("source-unresolved", "Link"), of("source-unpinned", "Link"));
        assert_eq!(of("source-unresolved", "").len(), 12);
    }
}
