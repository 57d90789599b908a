//! IPTC ninjs 1.x, 2.x and 3.x, and Superdesk's dialect of 1.x.
//!
//! Fields, by version: `headline` or `headlines[]`, `byline` or `by`, `body_*` or `bodies[]`, `uri`
//! (Superdesk: `guid`), dates in lower case (1.x, 2.x) or camel case (3.x). Source: the JSON schemas
//! of ninjs 1.3 to 3.1 at iptc.org/std/ninjs; Superdesk's ninjs formatter.

use serde_json::Value;

use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::{json, markup, nitf, plain};
use crate::article::document::{Block, Document, Mark, Reader, Subject};

/// The reader's version.
pub const VERSION: u32 = 1;

/// Roles of headlines and bodies that are the text itself, best first.
const MAIN: &[&str] = &["main", "richtext", "body", "html", "html5", "text", "nitf", ""];

/// Reads a ninjs item.
///
/// # Errors
///
/// If it is no JSON object, or an item without a text.
pub(super) fn read(text: &str, encoding: String) -> Result<Document, ReadError> {
    let item = json::parse(text, "ninjs")?;
    if !item.is_object() {
        return Err(ReadError::NoTextItem("it is a list of items, not one item".to_owned()));
    }
    let kind = json::text(&item, "type");
    if let Some(kind) = kind.filter(|kind| !matches!(*kind, "text" | "composite")) {
        return Err(ReadError::NoTextItem(format!("the item's type is `{kind}`")));
    }
    let body = match body(&item)? {
        Some(body) => body,
        None => description(&item).unwrap_or_default(),
    };
    if body.is_empty() {
        return Err(ReadError::NoTextItem("the item has no body".to_owned()));
    }
    let mut blocks = Blocks::default();
    if let Some(headline) = headline(&item) {
        blocks.push(&headline, Mark::Headline);
    }
    if let Some((by, _)) = json::first(&item, &["byline", "by"]) {
        blocks.push(&markup::line(by), Mark::Byline);
    }
    blocks.append(body);
    let reader = Reader { name: "ninjs", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks: blocks.finish(), claims: claims(&item), reader })
}

fn headline(item: &Value) -> Option<String> {
    if let Some((text, _)) = json::first(item, &["headline", "headline_main"]) {
        return Some(markup::line(text));
    }
    let of_role = |role: &str| {
        json::list(item, "headlines").find_map(|(_, one)| {
            let own = one.get("role").and_then(Value::as_str).unwrap_or_default();
            (own == role).then(|| json::text(one, "value")).flatten()
        })
    };
    let any = || json::list(item, "headlines").find_map(|(_, one)| json::text(one, "value"));
    let found = MAIN.iter().find_map(|role| of_role(role)).or_else(any);
    found.or_else(|| json::text(item, "title")).map(markup::line)
}

/// The body: marked-up text before plain text, for its paragraphs are sure.
fn body(item: &Value) -> Result<Option<Vec<Block>>, ReadError> {
    let marked = ["body_html", "body_xhtml", "body_richtext"];
    if let Some((text, _)) = json::first(item, &marked) {
        return Ok(Some(json::either(text)));
    }
    if let Some((text, _)) = json::first(item, &["body_text", "body_main"]) {
        return Ok(Some(json::either(text)));
    }
    let mut best: Option<(usize, usize, &Value)> = None;
    for (_, one) in json::list(item, "bodies") {
        let content = json::first(one, &["contentType", "contenttype"]).map_or("", |found| found.0);
        let role = json::text(one, "role").unwrap_or_default();
        let Some(kind) = kind_of(content) else { continue };
        let rank = MAIN.iter().position(|main| *main == role).unwrap_or(MAIN.len());
        let better = best.is_none_or(|(have, at, _)| (kind, rank) < (have, at));
        if json::text(one, "value").is_some() && better {
            best = Some((kind, rank, one));
        }
    }
    let Some((kind, _, one)) = best else { return Ok(None) };
    let text = json::text(one, "value").unwrap_or_default();
    Ok(Some(match kind {
        0 => markup::blocks(text),
        1 => nitf::body_of(text)?,
        2 => plain::blocks(text),
        _ => json::either(text),
    }))
}

/// How good a content type is: HTML, NITF, plain, unknown; `None` for what is no text.
fn kind_of(content: &str) -> Option<usize> {
    let content = content.to_ascii_lowercase();
    match content.split(';').next().unwrap_or_default().trim() {
        "text/html" | "text/html5" | "application/xhtml+xml" | "body_xhtml" | "body_html" => {
            Some(0)
        }
        name if name.ends_with("nitf") || name.ends_with("nitf+xml") => Some(1),
        "text/plain" => Some(2),
        "" => Some(3),
        _ => None,
    }
}

/// The description of an item that has no other text.
fn description(item: &Value) -> Option<Vec<Block>> {
    let old = json::first(item, &["description_html", "description_xhtml", "description_text"]);
    let new = || json::list(item, "descriptions").find_map(|(_, one)| json::text(one, "value"));
    old.map(|found| found.0).or_else(new).map(json::either)
}

fn claims(item: &Value) -> Vec<crate::article::document::Claim> {
    let mut claims = Claims::default();
    let mut take = |subject, keys: &[&'static str]| {
        if let Some((value, key)) = json::first(item, keys) {
            claims.add(subject, value, key);
        }
    };
    take(Subject::Language, &["language"]);
    take(Subject::Id, &["guid", "uri"]);
    take(Subject::Published, &["firstcreated", "firstCreated", "contentcreated", "contentCreated"]);
    take(Subject::Modified, &["versioncreated", "versionCreated"]);
    take(Subject::Publisher, &["source"]);
    take(Subject::TranslationOf, &["translated_from", "translatedFrom"]);
    if item.get("correction_sequence").and_then(Value::as_u64).is_some_and(|number| number > 0) {
        take(Subject::Correction, &["ednote"]);
    }
    for (at, author) in json::list(item, "authors") {
        let Some((name, key)) = json::first(author, &["name", "code"]) else { continue };
        let place = format!("authors[{at}].{key}");
        let label = json::text(author, "role")
            .or_else(|| author.get("jobtitle").and_then(|title| json::text(title, "name")));
        match (label, label.map_or(Some(crate::credit::role::Role::Writer), json::role)) {
            (_, Some(role)) => claims.add(Subject::Credit(role), name, place),
            (label, None) => {
                let label = label.unwrap_or_default();
                claims.add(Subject::CreditLine, &format!("{label}: {name}"), place);
            }
        }
    }
    for (at, source) in json::list(item, "infoSources").chain(json::list(item, "infosources")) {
        let (Some(name), Some(role)) = (json::text(source, "name"), json::text(source, "role"))
        else {
            continue;
        };
        let place = format!("infoSources[{at}].name");
        if let Some(role) = json::role(role) {
            claims.add(Subject::Credit(role), name, place);
        } else if matches!(role, "publisher" | "provider" | "distributor") {
            claims.add(Subject::Publisher, name, place);
        }
    }
    for (name, place, linked) in associations(item) {
        if matches!(name, "translationOf" | "translation_of" | "translatedFrom" | "translated_from")
            && let Some((target, key)) = json::first(linked, &["uri", "guid"])
        {
            claims.add(Subject::TranslationOf, target, format!("{place}.{key}"));
        }
    }
    claims.finish()
}

/// What the item is linked with: how, where that stands, and the other item.
fn associations(item: &Value) -> Vec<(&str, String, &Value)> {
    let by_name = item.get("associations").and_then(Value::as_object).into_iter().flatten();
    let by_name = by_name.map(|(name, one)| (name.as_str(), format!("associations.{name}"), one));
    let listed = item.get("associations").and_then(Value::as_array).into_iter().flatten();
    let listed = listed.enumerate().filter_map(|(at, one)| {
        let name = json::first(one, &["rel", "name"])?.0;
        Some((name, format!("associations[{at}]"), one))
    });
    by_name.chain(listed).collect()
}
