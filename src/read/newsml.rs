//! NewsML-G2: news items with inline NITF, XHTML, HTML or plain text; packages and messages that
//! hold such items.
//!
//! Of several text items the one that the package names first is read, else the first; its `guid` is
//! then in the reader's settings. Source: NewsML-G2 2.35 specification and implementation guide (IPTC).

use super::blocks::Blocks;
use super::claims::Claims;
use super::error::ReadError;
use super::xml::{self, Element};
use super::{json, markup, nitf, plain};
use crate::article::document::{Block, Claim, Document, Mark, Reader, Subject};
use crate::credit::role::Role;

/// The reader's version.
pub const VERSION: u32 = 1;

/// Reads a NewsML-G2 file.
///
/// # Errors
///
/// If it is no XML, or has no item with a text in it.
pub(super) fn read(text: &str, encoding: String) -> Result<Document, ReadError> {
    let root = xml::parse(text, "NewsML-G2")?;
    let mut items = Vec::new();
    root.find_all("newsItem", &mut items);
    // A content set by itself is what other systems store of an item.
    if items.is_empty() && root.find("contentSet").is_some() {
        items.push(&root);
    }
    let mut texts = Vec::new();
    for item in &items {
        let body = body(item)?;
        if !body.is_empty() {
            texts.push((*item, body));
        }
    }
    let settings = match texts.len() {
        0 => return Err(ReadError::NoTextItem(reason(&root, &items))),
        1 => Vec::new(),
        _ => {
            let named = first_named(&root);
            let at = texts.iter().position(|(item, _)| item.attribute("guid") == named);
            texts.swap(0, at.filter(|_| named.is_some()).unwrap_or_default());
            let guid = texts.first().and_then(|(item, _)| item.attribute("guid"));
            guid.map(|guid| format!("item={guid}")).into_iter().collect()
        }
    };
    let Some((item, body)) = texts.into_iter().next() else {
        return Err(ReadError::NoTextItem(reason(&root, &items)));
    };
    let mut blocks = Blocks::default();
    let meta = item.at(&["contentMeta"]);
    let inline = item.find("nitf").map(nitf::blocks).unwrap_or_default();
    let inline = |mark: Mark| inline.iter().find(|block| block.mark == Some(mark));
    let own = |names: &[&str]| names.iter().find_map(|name| meta?.at(&[name])).map(Element::text);
    for (names, mark) in [
        (["headline"].as_slice(), Mark::Headline),
        (&["by"], Mark::Byline),
        (&["dateline"], Mark::Dateline),
    ] {
        let text = own(names).filter(|text| !text.is_empty());
        if let Some(text) = text.or_else(|| inline(mark).map(|block| block.text.clone())) {
            blocks.push(&text, mark);
        }
    }
    blocks.append(body);
    let reader = Reader { name: "newsml", version: VERSION, settings, encoding };
    Ok(Document { blocks: blocks.finish(), claims: claims(item), reader })
}

/// Why no text was found.
fn reason(root: &Element, items: &[&Element]) -> String {
    let class = items.first().and_then(|item| item.find("itemClass"));
    match class.and_then(|class| class.attribute("qcode")) {
        Some(class) => format!("the item's class is `{class}`, and it has no text inline"),
        None => format!("`{}` has no text inline", root.name),
    }
}

/// The item that a package names first.
fn first_named(root: &Element) -> Option<&str> {
    root.find("packageItem")?.find("itemRef")?.attribute("residref")
}

/// The text of an item's content set; empty where it has none, or only other renditions.
fn body(item: &Element) -> Result<Vec<Block>, ReadError> {
    let Some(content) = item.find("contentSet") else { return Ok(Vec::new()) };
    for inline in content.elements() {
        let kind = inline.attribute("contenttype").unwrap_or_default().to_ascii_lowercase();
        let blocks = match inline.name.as_str() {
            "inlineXML" => match (inline.find("nitf"), inline.find("html").or(inline.find("body")))
            {
                (Some(story), _) => {
                    let keep = |block: &Block| block.mark.is_none();
                    nitf::blocks(story).into_iter().filter(keep).collect()
                }
                (None, Some(html)) => html.blocks(),
                (None, None) if kind.contains("html") => inline.blocks(),
                (None, None) => Vec::new(),
            },
            "inlineData" => {
                let mut text = String::new();
                inline.raw_text(&mut text);
                match kind.as_str() {
                    "" | "text/plain" => plain::blocks(&text),
                    kind if kind.contains("nitf") => nitf::body_of(&text)?,
                    kind if kind.contains("html") => markup::blocks(&text),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        if !blocks.is_empty() {
            return Ok(blocks);
        }
    }
    Ok(Vec::new())
}

fn claims(item: &Element) -> Vec<Claim> {
    let mut claims = Claims::default();
    let text = |path: &[&str]| item.at(path).map(Element::text);
    if let Some(guid) = item.attribute("guid") {
        claims.add(Subject::Id, guid, "newsItem/@guid");
    }
    let language = item.at(&["contentMeta", "language"]).and_then(|l| l.attribute("tag"));
    match (language, item.attribute("xml:lang")) {
        (Some(tag), _) => claims.add(Subject::Language, tag, "contentMeta/language/@tag"),
        // The item's own language is that of its metadata, and usually of its text.
        (None, Some(tag)) => claims.add(Subject::Language, tag, "newsItem/@xml:lang"),
        (None, None) => {}
    }
    for (subject, path) in [
        (Subject::Published, ["itemMeta", "firstCreated"]),
        (Subject::Published, ["contentMeta", "contentCreated"]),
        (Subject::Modified, ["itemMeta", "versionCreated"]),
    ] {
        claims.add(subject, &text(&path).unwrap_or_default(), path.join("/"));
    }
    if let Some(provider) = item.at(&["itemMeta", "provider"]) {
        let name = provider.at(&["name"]).map(Element::text);
        let name = name.or_else(|| provider.attribute("literal").map(str::to_owned));
        claims.add(Subject::Publisher, &name.unwrap_or_default(), "itemMeta/provider");
    }
    if let Some(line) = text(&["contentMeta", "creditline"]) {
        claims.add(Subject::CreditLine, &line, "contentMeta/creditline");
    }
    let meta = item.at(&["contentMeta"]);
    for (name, usual) in [("creator", Role::Writer), ("contributor", Role::Contributor)] {
        for (at, party) in (1..).zip(meta.into_iter().flat_map(|meta| meta.all(name))) {
            let Some(named) = party_name(party) else { continue };
            let place = format!("contentMeta/{name}[{at}]");
            let code = party.attribute("role").or_else(|| party.attribute("roleuri"));
            let label = party.attribute("jobtitle");
            match (code.map(json::role), label) {
                (Some(Some(role)), _) => claims.add(Subject::Credit(role), &named, place),
                (_, Some(label)) if !label.contains(':') => {
                    claims.add(Subject::CreditLine, &format!("{label}: {named}"), place);
                }
                _ => claims.add(Subject::Credit(usual), &named, place),
            }
        }
    }
    let meta = item.at(&["itemMeta"]);
    for (at, link) in (1..).zip(meta.into_iter().flat_map(|meta| meta.all("link"))) {
        let relation = link.attribute("rel").or_else(|| link.attribute("reluri"));
        let relation = relation.and_then(|rel| rel.rsplit([':', '/']).next()).unwrap_or_default();
        let target = link.attribute("residref").or_else(|| link.attribute("href"));
        if relation.eq_ignore_ascii_case("translatedFrom")
            || relation.eq_ignore_ascii_case("translationOf")
        {
            let place = format!("itemMeta/link[{at}]");
            claims.add(Subject::TranslationOf, target.unwrap_or_default(), place);
        }
    }
    let signals = meta.into_iter().flat_map(|meta| meta.all("signal"));
    let corrected = signals.filter_map(|signal| signal.attribute("qcode"));
    if corrected.into_iter().any(|code| code == "sig:correction") {
        let note = text(&["itemMeta", "edNote"]).unwrap_or_else(|| "correction".to_owned());
        claims.add(Subject::Correction, &note, "itemMeta/signal");
    }
    claims.finish()
}

/// The name of a creator or contributor, who may be known by a code alone.
fn party_name(party: &Element) -> Option<String> {
    let name = party.at(&["name"]).map(Element::text).filter(|name| !name.is_empty());
    name.or_else(|| party.attribute("literal").map(str::to_owned))
}
