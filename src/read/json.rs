//! JSON, bounded: how many values, how deep, how long.

use serde_json::Value;

use super::error::ReadError;
use super::limits::{MAX_MARKUP, MAX_NODES};
use super::{markup, plain};
use crate::article::document::Block;
use crate::credit::role::Role;

/// Parses a JSON text. Nesting beyond 128 is an error of `serde_json`'s.
///
/// # Errors
///
/// If it is none, or has more values than an article needs.
pub(super) fn parse(text: &str, format: &'static str) -> Result<Value, ReadError> {
    if text.len() > MAX_MARKUP {
        return Err(ReadError::TooMuch { what: "bytes of JSON", limit: MAX_MARKUP });
    }
    // Every value but the first follows one of these.
    let marks = text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{' | b':')).count();
    // Prose has such marks as well, at most one in ten bytes of real files.
    if marks > MAX_NODES && marks > text.len() / 20 {
        return Err(ReadError::TooMuch { what: "values", limit: MAX_NODES });
    }
    let text = text.trim_start_matches('\u{FEFF}');
    serde_json::from_str(text)
        .map_err(|error| ReadError::Broken { format, reason: error.to_string() })
}

/// The text of `key`, if it is one.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// The first of `keys` that is a text, and its key.
pub(super) fn first<'a, 'k>(value: &'a Value, keys: &[&'k str]) -> Option<(&'a str, &'k str)> {
    keys.iter().find_map(|key| text(value, key).map(|text| (text, *key)))
}

/// The elements of `key`, with their numbers; one object counts as a list of one.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    let items = match value.get(key) {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one @ (Value::Object(_) | Value::String(_))) => std::slice::from_ref(one),
        _ => &[],
    };
    items.iter().enumerate()
}

/// Blocks of a text that is a fragment of HTML if it has any tag, else plain.
///
/// In a fragment without paragraphs of its own, blank lines part them.
pub(super) fn either(text: &str) -> Vec<Block> {
    if !markup::has_tags(text) {
        return plain::blocks(text);
    }
    let blocks = markup::blocks(text);
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    match blocks.len() {
        1 => parts.flat_map(markup::blocks).collect(),
        _ => blocks,
    }
}

/// The role of a code or label of a format's own vocabulary; `None` for words that it leaves open.
///
/// The vocabularies: schema.org's properties, IPTC's `cpprole`, NITF's `revision-history@function`,
/// the MARC relators, ANS's keys of `credits`, Superdesk's author roles.
pub(super) fn role(code: &str) -> Option<Role> {
    let code: String = code
        .rsplit([':', '/'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    Some(match code.as_str() {
        "author" | "by" | "creator" | "writer" | "writerauthor" | "aut" | "cre" | "writtenby"
        | "authors" | "byline" => Role::Writer,
        "reporter" | "correspondent" | "rpt" | "crp" | "reportedby" | "journalist" => {
            Role::Reporter
        }
        "contributor" | "contributors" | "origcont" | "ctb" | "contributedby" => Role::Contributor,
        "translator" | "translators" | "translatedby" | "trl" | "translation" => Role::Translator,
        "editor" | "editors" | "edt" | "editedby" | "contenteditor" | "subeditor" => Role::Editor,
        "copyeditor" | "copyeditors" | "copyeditedby" | "pfr" | "proofreader" => Role::CopyEditor,
        "photographer" | "photosby" | "photoby" | "photographers" | "pht" => Role::Photographer,
        "videographer" | "videosby" | "videoby" | "cameraoperator" | "vdg" => Role::Videographer,
        "researcher" | "researchers" | "res" | "researchedby" => Role::Researcher,
        "producer" | "producers" | "pro" | "producedby" => Role::Producer,
        "compiler" | "com" | "compiledby" => Role::Compiler,
        "reviewer" | "reviewedby" => Role::Reviewer,
        "factchecker" | "factcheckers" | "factcheckedby" => Role::FactChecker,
        "interpreter" => Role::Interpreter,
        "illustrator" | "illustrators" | "graphicartist" | "graphicsby" | "illustrationsby"
        | "ill" => Role::Illustrator,
        _ => return None,
    })
}
