//! Record → canonical bytes: one spelling, a subset of TOML 1.0.
//!
//! ```text
//! record = "[[record]]" LF "format = 1" LF *( key " = " value LF ) *( table )
//! table  = ( "[record." name "]" / "[[record." name "]]" ) LF *( key " = " value LF )
//! value  = string / decimal / "true" / "[" value *( ", " value ) "]"
//! ```
//!
//! Keys stand in the order of [`Record`]'s fields, one a line. Strings are basic strings; the
//! escapes are `\"`, `\\`, `\b`, `\t`, `\n`, `\f`, `\r` and `\u` with four lower-case digits for the
//! other C0 controls, DEL, C1, the bidi controls, U+2028, U+2029 and U+FEFF, and for nothing else.
//! Nothing is empty: an absent value has no line. All numbers fit 32 bits.

use std::fmt::Write as _;

use super::check::RecordError;
use super::fields::{Record, TextDigests};
use super::limits::{FORMAT, MAX_BYTES};
use crate::text::digest::Digest;
use crate::text::flags::is_bidi_control;

/// Says why a record can't be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// It breaks a rule of the format.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// It is too long for the log.
    #[error(
        "the record would take {size} bytes and a log's entry holds {MAX_BYTES}; \
         the largest part is `{field}` with {field_size} bytes"
    )]
    TooLong {
        /// The bytes the record would take.
        size: usize,
        /// The largest part.
        field: String,
        /// Its bytes.
        field_size: usize,
    },
}

/// How many bytes a record usually takes.
const USUAL: usize = 4096;

impl Record {
    /// The canonical bytes.
    ///
    /// # Errors
    ///
    /// If the record breaks a rule of the format or is longer than 65,535 bytes.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        self.check()?;
        let mut out = Writer { out: String::with_capacity(USUAL), ..Writer::default() };
        self.write_head(&mut out);
        if let Some(text) = &self.text {
            write_text(&mut out, text);
        }
        self.write_tables(&mut out);
        out.finish()
    }

    fn write_head(&self, out: &mut Writer) {
        out.line("[[record]]");
        out.number("format", Some(FORMAT));
        out.string("recorded", Some(self.recorded.as_str()));
        out.string("event", Some(self.event.as_str()));
        out.string("origin", self.origin.map(super::event::Origin::as_str));
        out.string("standing", self.standing.map(super::event::Standing::as_str));
        out.string("recorded_by", self.recorded_by.as_deref());
        out.string("publisher", self.publisher.as_deref());
        out.string("provider", self.provider.as_deref());
        out.string("responsible", self.responsible.as_deref());
        out.digest("responsible_sealed", self.responsible_sealed);
        out.string("observed_url", self.observed_url.as_deref());
        out.string("observed_at", self.observed_at.as_ref().map(super::time::Timestamp::as_str));
        out.string("published", self.published.as_deref());
        out.string("modified", self.modified.as_deref());
        out.string("request", self.request.as_deref());
        out.string("article", self.article.as_deref());
        out.strings("aliases", &self.aliases);
        out.string("story", self.story.as_deref());
        out.digest("previous", self.previous);
        out.string(
            "language",
            self.language.as_ref().map(super::super::text::language::Language::as_str),
        );
        out.string("headline", self.headline.as_deref());
        out.digest("headline_sealed", self.headline_sealed);
        out.string("dateline", self.dateline.as_deref());
        out.string("byline", self.byline.as_deref());
        out.digest("byline_sealed", self.byline_sealed);
        out.string("advisory", self.advisory.as_deref());
        out.string("note", self.note.as_deref());
        out.digest("note_sealed", self.note_sealed);
        out.string("reader", self.reader.as_deref());
        out.number("reader_version", self.reader_version);
        out.strings("reader_settings", &self.reader_settings);
        out.string("encoding", self.encoding.as_deref());
        out.number("credit_parser", self.credit_parser);
        out.digest("lexicon", self.lexicon);
    }

    fn write_tables(&self, out: &mut Writer) {
        for line in &self.credit_lines {
            out.line("[[record.credit_line]]");
            out.string("text", line.text.as_deref());
            out.digest("text_sealed", line.text_sealed);
        }
        for credit in &self.credits {
            out.line("[[record.credit]]");
            out.string("role", Some(credit.role.as_str()));
            out.string("name", credit.name.as_deref());
            out.digest("name_sealed", credit.name_sealed);
            out.string("kind", Some(credit.kind.as_str()));
            out.truth("initials", credit.initials);
            out.string("place", credit.place.as_deref());
            out.string(
                "language",
                credit.language.as_ref().map(super::super::text::language::Language::as_str),
            );
            out.string(
                "source_language",
                credit.source_language.as_ref().map(super::super::text::language::Language::as_str),
            );
            out.string("from", Some(credit.from.as_str()));
            out.number("line", credit.line);
            out.span("name_span", credit.name_span);
            out.span("phrase_span", credit.phrase_span);
        }
        for source in &self.sources {
            out.line("[[record.source]]");
            out.string("label", source.label.as_deref());
            out.string("target", source.target.as_deref());
            out.digest("leaf", source.leaf);
            out.string("log", source.log.as_deref());
            out.string("verifier", source.verifier.as_deref());
            out.digest("digest", source.digest);
        }
        for machine in &self.machines {
            out.line("[[record.machine]]");
            out.string("tool", machine.tool.as_deref());
            out.string("version", machine.version.as_deref());
        }
        if let Some(review) = &self.review {
            out.line("[record.review]");
            out.string("by", review.by.as_deref());
            out.digest("by_sealed", review.by_sealed);
            out.string("kind", Some(review.kind.as_str()));
            out.string("outcome", Some(review.outcome.as_str()));
            out.digest("body", Some(review.body));
            out.digest("source", review.source);
        }
        if let Some(key) = &self.key {
            out.line("[record.key]");
            out.string("old", Some(&key.old));
            out.string("new", Some(&key.new));
            out.string("old_signature", Some(&key.old_signature));
            out.string("new_signature", Some(&key.new_signature));
        }
        if let Some(erasure) = &self.erasure {
            out.line("[record.erasure]");
            out.string("what", Some(erasure.what.as_str()));
            out.digest("digest", Some(erasure.digest));
        }
    }
}

fn write_text(out: &mut Writer, text: &TextDigests) {
    out.line("[record.text]");
    out.string("profile", Some(&text.profile));
    out.digest("raw", Some(text.raw));
    out.digest("whole", Some(text.whole));
    out.digest("whole_loose", Some(text.whole_loose));
    out.digest("headline", text.headline);
    out.digest("body", Some(text.body));
    out.digest("body_loose", Some(text.body_loose));
    out.number("paragraph_count", Some(text.paragraph_count));
    out.digests("paragraphs", &text.paragraphs);
}

/// Writes lines, and remembers the largest field and the first that is empty.
#[derive(Default)]
struct Writer {
    out: String,
    table: &'static str,
    /// Its bytes, its table's header, its key.
    largest: (usize, &'static str, &'static str),
    empty: Option<&'static str>,
}

impl Writer {
    /// A table's header.
    fn line(&mut self, header: &'static str) {
        self.table = header;
        self.out.push_str(header);
        self.out.push('\n');
    }

    fn field(&mut self, key: &'static str, value: impl FnOnce(&mut String)) {
        let start = self.out.len();
        self.out.push_str(key);
        self.out.push_str(" = ");
        value(&mut self.out);
        self.out.push('\n');
        let size = self.out.len() - start;
        if size > self.largest.0 {
            self.largest = (size, self.table, key);
        }
    }

    fn string(&mut self, key: &'static str, value: Option<&str>) {
        let Some(value) = value else { return };
        if value.is_empty() {
            self.empty = self.empty.or(Some(key));
        }
        self.field(key, |out| quote(out, value));
    }

    fn strings(&mut self, key: &'static str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        if values.iter().any(String::is_empty) {
            self.empty = self.empty.or(Some(key));
        }
        self.field(key, |out| list(out, values, |out, value| quote(out, value)));
    }

    fn digest(&mut self, key: &'static str, value: Option<Digest>) {
        if let Some(digest) = value {
            self.field(key, |out| write_digest(out, &digest));
        }
    }

    fn digests(&mut self, key: &'static str, values: &[Digest]) {
        if !values.is_empty() {
            self.field(key, |out| list(out, values, write_digest));
        }
    }

    fn number(&mut self, key: &'static str, value: Option<u32>) {
        if let Some(value) = value {
            self.field(key, |out| out.push_str(&value.to_string()));
        }
    }

    fn truth(&mut self, key: &'static str, value: bool) {
        if value {
            self.field(key, |out| out.push_str("true"));
        }
    }

    fn span(&mut self, key: &'static str, value: Option<[u32; 2]>) {
        if let Some([start, end]) = value {
            self.field(key, |out| {
                let _ = write!(out, "[{start}, {end}]");
            });
        }
    }

    fn finish(self) -> Result<Vec<u8>, EncodeError> {
        if let Some(key) = self.empty {
            return Err(RecordError::Empty(key).into());
        }
        if self.out.len() > MAX_BYTES {
            let (field_size, table, key) = self.largest;
            let table = table.trim_matches(['[', ']']).trim_start_matches("record");
            let field = format!("{table}.{key}").trim_start_matches('.').to_owned();
            return Err(EncodeError::TooLong { size: self.out.len(), field, field_size });
        }
        Ok(self.out.into_bytes())
    }
}

/// Writes a list of at least one value.
fn list<T>(out: &mut String, values: &[T], write: impl Fn(&mut String, &T)) {
    for (place, value) in values.iter().enumerate() {
        out.push_str(if place == 0 { "[" } else { ", " });
        write(out, value);
    }
    out.push(']');
}

fn write_digest(out: &mut String, digest: &Digest) {
    // Writing to a string can't fail.
    let _ = write!(out, "\"{digest}\"");
}

/// Writes a basic string.
fn quote(out: &mut String, value: &str) {
    out.push('"');
    let mut rest = value;
    while !rest.is_empty() {
        // Nearly all of most strings stands for itself.
        let is_plain = |b: &u8| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\');
        let (plain, after) = rest.split_at(rest.bytes().take_while(is_plain).count());
        out.push_str(plain);
        let mut others = after.chars();
        if let Some(c) = others.next() {
            escape(out, c);
        }
        rest = others.as_str();
    }
    out.push('"');
}

/// Writes a character of a basic string.
fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{C}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        c if c.is_control()
            || is_bidi_control(c)
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') =>
        {
            // Writing to a string can't fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
        other => out.push(other),
    }
}
