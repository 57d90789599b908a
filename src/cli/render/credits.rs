//! Credits, sources and leftovers as JSON: the stable shapes of `parse` and `credits`.

use serde_json::{Value, json};

use crate::credit::line::{Credit, Leftover, Line, Source};
use crate::text::span::Span;

/// A credit: absent values are null; spans are byte offsets into the line.
pub(in crate::cli) fn credit(credit: &Credit) -> Value {
    json!({
        "role": credit.role.as_str(),
        "name": credit.name,
        "kind": credit.kind.as_str(),
        "place": credit.place,
        "language": credit.language,
        "source_language": credit.source_language,
        "initials": credit.initials,
        "span": span(credit.name_span),
        "phrase": credit.phrase_span.map(span),
    })
}

/// A source.
pub(in crate::cli) fn source(source: &Source) -> Value {
    json!({ "label": source.label, "target": source.target })
}

/// A leftover.
pub(in crate::cli) fn leftover(leftover: &Leftover) -> Value {
    json!({ "text": leftover.text, "span": span(leftover.span) })
}

/// What was read of a line: `credits`, `sources`, `leftover`, in front of which `head` stands.
pub(in crate::cli) fn line(head: Value, line: &Line) -> Value {
    let mut value = head;
    if let Some(object) = value.as_object_mut() {
        object.insert("credits".to_owned(), line.credits.iter().map(credit).collect());
        object.insert("sources".to_owned(), line.sources.iter().map(source).collect());
        object.insert("leftover".to_owned(), line.leftovers.iter().map(leftover).collect());
    }
    value
}

fn span(span: Span) -> Value {
    json!([span.start(), span.end()])
}
