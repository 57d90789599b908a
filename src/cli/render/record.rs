//! Records.

use serde_json::{Value, json};

use super::checkpoint::count;
use crate::cli::sanitize;
use crate::cli::ui::{BOLD, DIM, Ui, styled};
use crate::ingest::batch::Decision;
use crate::lineage::graph::{Article, Content, Entry, Version};
use crate::lineage::status::{self, Status};
use crate::record::fields::Record;
use crate::record::source::Review;

/// One of `record`'s `records`.
pub(in crate::cli) fn decision(path: &str, decision: &Decision) -> Value {
    let record = &decision.record;
    json!({
        "path": path,
        "index": decision.index,
        "leaf": decision.leaf.to_string(),
        "article": record.article,
        "version": decision.version,
        "event": record.event.as_str(),
        "origin": record.origin.map(crate::record::event::Origin::as_str),
        "language": record.language,
        "headline": record.headline,
        "body": record.text.as_ref().map(|text| text.body.to_string()),
        "credits": credits(record),
        "sources": sources(record),
        "appended": decision.appended,
    })
}

fn credits(record: &Record) -> Value {
    let credit = |credit: &crate::record::credit::Credit| {
        json!({
            "role": credit.role.as_str(),
            "name": credit.name,
            "kind": credit.kind.as_str(),
            "initials": credit.initials,
            "place": credit.place,
            "language": credit.language,
            "source_language": credit.source_language,
            "from": credit.from.as_str(),
            "line": credit.line,
        })
    };
    record.credits.iter().map(credit).collect()
}

fn sources(record: &Record) -> Value {
    let source = |source: &crate::record::source::Source| {
        json!({
            "label": source.label,
            "target": source.target,
            "leaf": source.leaf.map(|leaf| leaf.to_string()),
            "log": source.log,
            "digest": source.digest.map(|digest| digest.to_string()),
        })
    };
    record.sources.iter().map(source).collect()
}

/// One record, for `log` and `show`.
pub(in crate::cli) fn entry(
    entry: &Entry,
    version: Option<usize>,
    status: Option<Status>,
) -> Value {
    let head = json!({ "index": entry.index, "leaf": entry.leaf.to_string() });
    let body = match &entry.content {
        Content::Newer(format) => json!({ "format": format, "understood": false }),
        Content::Record(record) => json!({
            "format": 1,
            "recorded": record.recorded,
            "event": record.event.as_str(),
            "article": record.article,
            "version": version,
            "status": status.map(Status::as_str),
            "origin": record.origin.map(crate::record::event::Origin::as_str),
            "standing": record.standing.map(crate::record::event::Standing::as_str),
            "language": record.language,
            "headline": record.headline,
            "credits": credits(record),
            "sources": sources(record),
            "review": record.review.as_ref().map(review),
            "note": record.note,
        }),
    };
    merge(head, body)
}

fn merge(mut into: Value, from: Value) -> Value {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
    into
}

/// A record in a line, with the version that it carries.
pub(in crate::cli) fn line(entry: &Entry, carried: Option<(Article<'_>, Version<'_>)>) -> String {
    let index = styled(DIM, format_args!("{:>6}", entry.index));
    let record = match &entry.content {
        Content::Newer(format) => {
            return format!(
                "{index} a record of format {format}, which this program does not understand"
            );
        }
        Content::Record(record) => record,
    };
    let state = carried.map(|(article, version)| {
        format!(" {} {}", version.number, status::status(article, version).status)
    });
    let language = record.language.as_ref().map(|l| format!(" [{l}]")).unwrap_or_default();
    let headline = record.headline.as_deref().unwrap_or_default();
    format!(
        "{index} {} {:<17} {}{}{language} {}",
        styled(DIM, record.recorded.as_str().get(..16).unwrap_or_default().replace('T', " ")),
        record.event,
        styled(BOLD, sanitize::line(record.article.as_deref().unwrap_or("the log"))),
        state.map(|state| format!(" version{state}")).unwrap_or_default(),
        sanitize::line(headline)
    )
}

/// What was recorded, in a line.
pub(in crate::cli) fn recorded(decision: &Decision) -> String {
    let verb = styled(BOLD, format_args!("{:<10}", "recorded"));
    format!("{verb} {}: record {}", what(decision), decision.index)
}

fn what(decision: &Decision) -> String {
    let record = &decision.record;
    match &record.article {
        Some(id) => {
            format!("{} version {} ({})", sanitize::line(id), decision.version, record.event)
        }
        None => record.event.to_string(),
    }
}

/// Says what came of an input, or of an event.
pub(in crate::cli) fn print(ui: Ui, decision: &Decision, dry: bool) {
    let what = what(decision);
    let (verb, detail) = match (decision.appended, dry) {
        (false, _) => ("unchanged", "says the same already"),
        (true, true) => ("would be", "was not written (--dry-run)"),
        (true, false) => ("recorded", "is durable"),
    };
    ui.line(format_args!(
        "{} {what}: record {} {detail}",
        styled(BOLD, format_args!("{verb:<10}")),
        decision.index
    ));
    ui.line(format_args!("           leaf {}", decision.leaf));
}

/// One of an event's `records`.
pub(in crate::cli) fn event(decision: &Decision) -> Value {
    let record = &decision.record;
    json!({
        "index": decision.index,
        "leaf": decision.leaf.to_string(),
        "article": record.article,
        "version": record.article.is_some().then_some(decision.version),
        "event": record.event.as_str(),
        "sources": sources(record),
        "review": record.review.as_ref().map(review),
        "note": record.note,
        "appended": decision.appended,
    })
}

fn review(review: &Review) -> Value {
    json!({
        "by": review.by,
        "kind": review.kind.as_str(),
        "outcome": review.outcome.as_str(),
        "body": review.body.to_string(),
        "source": review.source.map(|digest| digest.to_string()),
    })
}

/// "3 records".
pub(in crate::cli) fn records(number: u64) -> String {
    count(number, "record")
}
