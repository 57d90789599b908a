//! Markdown (`CommonMark` with tables and footnotes), with front matter in YAML or TOML.
//!
//! The front matter's `title` is the headline, else the first heading of level 1. Footnotes follow
//! the text. Of HTML only the text is kept.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::{front, json, markup};
use crate::article::document::{Document, Mark, Reader, Subject};
use crate::credit::role::Role;

/// The reader's version.
pub const VERSION: u32 = 1;

/// The longest Markdown, in bytes: its parser keeps some 50 bytes for each mark.
const MAX_MARKDOWN: usize = 2 * 1024 * 1024;

/// Reads Markdown.
///
/// # Errors
///
/// If it is too long, or its front matter is broken.
pub(super) fn read(text: &str, encoding: String) -> Result<Document, ReadError> {
    if text.len() > MAX_MARKDOWN {
        return Err(ReadError::TooMuch { what: "bytes of Markdown", limit: MAX_MARKDOWN });
    }
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, options) {
        writer.take(event);
    }
    let meta = match &writer.meta {
        Some((MetadataBlockKind::YamlStyle, text)) => front::yaml(text)?,
        Some((MetadataBlockKind::PlusesStyle, text)) => front::toml(text)?,
        None => Value::Null,
    };
    let title = json::first(&meta, &["title", "headline"]).map(|found| found.0);
    let mut body = writer.body.finish();
    if title.is_some()
        && let Some(heading) = body.iter_mut().find(|block| block.mark == Some(Mark::Headline))
    {
        heading.mark = None;
    }
    let mut blocks = Blocks::default();
    if let Some(title) = title {
        blocks.push(&markup::line(title), Mark::Headline);
    }
    if let Some((by, _)) = json::first(&meta, &["byline", "by"]) {
        blocks.push(&markup::line(by), Mark::Byline);
    }
    blocks.append(body);
    blocks.append(writer.notes.finish());
    let reader = Reader { name: "markdown", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks: blocks.finish(), claims: claims(&meta), reader })
}

/// Events → blocks.
#[derive(Default)]
struct Writer {
    body: Blocks,
    notes: Blocks,
    meta: Option<(MetadataBlockKind, String)>,
    in_meta: bool,
    in_note: bool,
    in_image: usize,
    html: Option<String>,
    headline: bool,
}

impl Writer {
    fn out(&mut self) -> &mut Blocks {
        if self.in_note { &mut self.notes } else { &mut self.body }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::MetadataBlock(kind)) => {
                self.in_meta = true;
                self.meta.get_or_insert((kind, String::new()));
            }
            Event::End(TagEnd::MetadataBlock(_)) => self.in_meta = false,
            Event::Text(text) if self.in_meta => {
                if let Some((_, meta)) = &mut self.meta {
                    meta.push_str(&text);
                }
            }
            Event::Start(Tag::Image { .. }) => self.in_image += 1,
            Event::End(TagEnd::Image) => self.in_image = self.in_image.saturating_sub(1),
            _ if self.in_image > 0 => {}
            Event::Start(Tag::FootnoteDefinition(_)) => self.in_note = true,
            Event::End(TagEnd::FootnoteDefinition) => {
                self.out().end();
                self.in_note = false;
            }
            Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let html = self.html.take().unwrap_or_default();
                self.out().append(markup::blocks(&html));
            }
            Event::Html(html) => match &mut self.html {
                Some(have) => have.push_str(&html),
                None => self.html = Some(html.into_string()),
            },
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => {
                self.out().end();
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if !self.headline => {
                self.headline = true;
                self.out().end_as(Mark::Headline);
            }
            Event::Text(text) | Event::Code(text) => self.out().text(&text),
            Event::HardBreak | Event::Rule => self.out().end(),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => self.out().text(" "),
            Event::Start(tag) if !is_inline(&tag) => self.out().end(),
            Event::End(tag) if !is_inline_end(tag) => self.out().end(),
            _ => {}
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

fn claims(meta: &Value) -> Vec<crate::article::document::Claim> {
    let mut claims = Claims::default();
    let Some(fields) = meta.as_object() else { return Vec::new() };
    for (key, value) in fields {
        let subject = match key.to_ascii_lowercase().as_str() {
            "lang" | "language" | "locale" => Some(Subject::Language),
            "id" | "guid" => Some(Subject::Id),
            "url" | "canonical" | "canonical_url" | "canonicalurl" => Some(Subject::Url),
            "date" | "published" | "publishdate" | "pubdate" => Some(Subject::Published),
            "lastmod" | "modified" | "updated" => Some(Subject::Modified),
            "publisher" => Some(Subject::Publisher),
            "translation_of" | "translationof" | "translated_from" => Some(Subject::TranslationOf),
            "correction" => Some(Subject::Correction),
            "credit" | "credits" => Some(Subject::CreditLine),
            "byline" | "by" => None,
            key => json::role(key).map(Subject::Credit),
        };
        let Some(subject) = subject else { continue };
        for (at, one) in json::list(meta, key) {
            let place = if value.is_array() { format!("{key}[{at}]") } else { key.clone() };
            match one {
                Value::String(text) if subject != Subject::Url || text.contains("://") => {
                    claims.add(subject, text, place);
                }
                Value::Object(_) => person(&mut claims, subject, one, &place),
                _ => {}
            }
        }
    }
    claims.finish()
}

/// Somebody given as a table: with a name, and a role of their own or that of the key.
fn person(claims: &mut Claims, subject: Subject, one: &Value, place: &str) {
    let Some((name, key)) = json::first(one, &["name", "literal"]) else { return };
    let place = format!("{place}.{key}");
    let label = json::text(one, "role");
    match (label, label.and_then(json::role)) {
        (_, Some(role)) => claims.add(Subject::Credit(role), name, place),
        (Some(label), None) if matches!(subject, Subject::Credit(Role::Writer)) => {
            claims.add(Subject::CreditLine, &format!("{label}: {name}"), place);
        }
        _ => claims.add(subject, name, place),
    }
}
