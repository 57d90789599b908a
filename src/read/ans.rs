//! Arc's ANS 0.10: stories as JSON.
//!
//! The text is `content_elements`, each with its own kind; credits are lists under `credits`, whose
//! keys a newsroom chooses (`by` and `photos_by` are usual). Source: github.com/washingtonpost/ans-schema,
//! story 0.10.12.

use serde_json::Value;

use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::limits::MAX_DEPTH;
use super::{json, markup};
use crate::article::document::{Claim, Document, Mark, Reader, Subject};

/// The reader's version.
pub const VERSION: u32 = 1;

/// Reads an ANS story.
///
/// # Errors
///
/// If it is no JSON object, or no story with a text.
pub(super) fn read(text: &str, encoding: String) -> Result<Document, ReadError> {
    let story = json::parse(text, "ANS")?;
    if let Some(kind) = json::text(&story, "type").filter(|kind| *kind != "story") {
        return Err(ReadError::NoTextItem(format!("its type is `{kind}`")));
    }
    let mut body = Blocks::default();
    elements(&story, &mut body, 0);
    let body = body.finish();
    if body.is_empty() {
        return Err(ReadError::NoTextItem("`content_elements` has no text".to_owned()));
    }
    let mut blocks = Blocks::default();
    if let Some(headline) = story.get("headlines").and_then(|lines| json::text(lines, "basic")) {
        blocks.push(&markup::line(headline), Mark::Headline);
    }
    let vanity = story.get("vanity_credits");
    let vanity: Vec<&str> = vanity
        .into_iter()
        .flat_map(|credits| json::list(credits, "by"))
        .filter_map(|(_, one)| json::first(one, &["byline", "name"]).map(|found| found.0))
        .collect();
    if !vanity.is_empty() {
        blocks.push(&markup::line(&vanity.join(", ")), Mark::Byline);
    }
    blocks.append(body);
    let reader = Reader { name: "ans", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks: blocks.finish(), claims: claims(&story), reader })
}

/// The text of an element's own elements. Pictures, embedded things and links to other stories
/// have none.
fn elements(parent: &Value, out: &mut Blocks, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for (_, element) in json::list(parent, "content_elements") {
        match json::text(element, "type").unwrap_or_default() {
            "text" | "header" | "raw_html" => content(element, out),
            "quote" | "blockquote" => {
                content(element, out);
                elements(element, out, depth + 1);
            }
            "list" => items(element, out, depth),
            "table" => table(element, out),
            _ => {}
        }
    }
}

fn content(element: &Value, out: &mut Blocks) {
    if let Some(text) = json::text(element, "content") {
        out.append(markup::blocks(text));
    }
}

fn items(list: &Value, out: &mut Blocks, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for (_, item) in json::list(list, "items") {
        content(item, out);
        items(item, out, depth + 1);
    }
}

fn table(table: &Value, out: &mut Blocks) {
    let head = table.get("header").and_then(Value::as_array);
    let rows = table.get("rows").and_then(Value::as_array).into_iter().flatten();
    for row in head.into_iter().chain(rows.filter_map(Value::as_array)) {
        out.end();
        for cell in row.iter().filter_map(|cell| json::text(cell, "content")) {
            out.text(&markup::line(cell));
            out.text(" ");
        }
        out.end();
    }
}

fn claims(story: &Value) -> Vec<Claim> {
    let mut claims = Claims::default();
    let mut take = |subject, keys: &[&'static str]| {
        if let Some((value, key)) = json::first(story, keys) {
            claims.add(subject, value, key);
        }
    };
    take(Subject::Language, &["language"]);
    take(Subject::Id, &["_id"]);
    take(Subject::Published, &["first_publish_date", "publish_date", "display_date"]);
    take(Subject::Modified, &["last_updated_date"]);
    if let Some(url) = json::text(story, "canonical_url").filter(|url| url.contains("://")) {
        claims.add(Subject::Url, url, "canonical_url");
    }
    for key in ["distributor", "source"] {
        if let Some(name) = story.get(key).and_then(|org| json::text(org, "name")) {
            claims.add(Subject::Publisher, name, format!("{key}.name"));
        }
    }
    for (key, list) in story.get("credits").and_then(Value::as_object).into_iter().flatten() {
        for (at, one) in list.as_array().into_iter().flatten().enumerate() {
            let Some((name, part)) = json::first(one, &["byline", "name"]) else { continue };
            let place = format!("credits.{key}[{at}].{part}");
            if let Some(role) = json::role(key) {
                claims.add(Subject::Credit(role), name, place);
            } else {
                let line = format!("{}: {name}", key.replace('_', " "));
                claims.add(Subject::CreditLine, &line, place);
            }
        }
    }
    if let Some(related) = story.get("related_content") {
        for (at, one) in json::list(related, "translation_of") {
            if let Some((target, key)) = json::first(one, &["canonical_url", "_id"]) {
                let place = format!("related_content.translation_of[{at}].{key}");
                claims.add(Subject::TranslationOf, target, place);
            }
        }
    }
    for (at, one) in json::list(story, "corrections") {
        if let Some(text) = json::text(one, "text") {
            claims.add(Subject::Correction, &markup::line(text), format!("corrections[{at}].text"));
        }
    }
    for (at, one) in json::list(story, "content_elements") {
        if let Some("correction") = json::text(one, "type")
            && let Some(text) = json::text(one, "text")
        {
            let place = format!("content_elements[{at}].text");
            claims.add(Subject::Correction, &markup::line(text), place);
        }
    }
    claims.finish()
}
