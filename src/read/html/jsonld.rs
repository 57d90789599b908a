//! JSON-LD: what a page's data say about it, in the terms of schema.org.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::limits::MAX_JSON;
use super::tag::Tag;
use super::tree::{Key, Tree};

/// An object of the data.
pub(super) type Object = Map<String, Value>;

/// All data of a page.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// One value a script.
    scripts: Vec<Value>,
}

/// How deep objects are looked into, and references followed.
const MAX_DEPTH: usize = 12;

/// The data of a page. What isn't JSON, and can't be mended, is left out.
pub(super) fn read(tree: &Tree) -> Data {
    let mut scripts = Vec::new();
    let mut bytes = 0;
    for (id, _) in tree.elements().filter(|(_, tag)| *tag == Tag::Script) {
        let is_data = tree
            .get(id, Key::Type)
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        let Some(text) = tree.own_text(id + 1).filter(|_| is_data && tree.end(id) > id + 1) else {
            continue;
        };
        bytes += text.len();
        if bytes > MAX_JSON {
            break;
        }
        scripts.extend(parse(text));
    }
    Data { scripts }
}

/// Reads JSON, mending what pages get wrong: comments and CDATA around it, control characters in
/// strings, commas before a closing bracket.
fn parse(text: &str) -> Option<Value> {
    let mut text = text.trim();
    for (open, close) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")] {
        text = text.strip_prefix(open).unwrap_or(text).trim();
        text = text.strip_suffix(close).unwrap_or(text).trim();
    }
    let text = text.trim_end_matches(';');
    serde_json::from_str(text)
        .ok()
        .or_else(|| {
            let mut values = serde_json::Deserializer::from_str(text).into_iter();
            let first: Option<Value> = values.next().and_then(Result::ok);
            first.filter(|value| value.is_object() || value.is_array())
        })
        .or_else(|| serde_json::from_str(&mend(text)).ok())
}

fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in text.chars() {
        if in_string {
            if c.is_control() {
                mended.push(' ');
                escaped = false;
                continue;
            }
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            in_string = c == '"';
            if matches!(c, '}' | ']') {
                let length = mended.trim_end().trim_end_matches(',').len();
                mended.truncate(length);
            }
        }
        mended.push(c);
    }
    mended
}

/// The types of an object, without the vocabulary's address.
pub(super) fn types(object: &Object) -> impl Iterator<Item = &str> {
    let all = match object.get("@type") {
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter()
        .filter_map(Value::as_str)
        .map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// How much a type is one of articles; 0 for others.
fn rank(kind: &str) -> u32 {
    match kind {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle"
        | "LiveBlogPosting" => 4,
        "Article"
        | "BlogPosting"
        | "TechArticle"
        | "ScholarlyArticle"
        | "SatiricalArticle"
        | "AdvertiserContentArticle"
        | "Report"
        | "SocialMediaPosting"
        | "MedicalScholarlyArticle" => 3,
        "Review" | "Recipe" | "ClaimReview" | "DiscussionForumPosting" | "HowTo" => 2,
        "WebPage" | "CreativeWork" | "ItemPage" | "MedicalWebPage" | "AboutPage" => 1,
        _ => 0,
    }
}

/// What is known of a page elsewhere, to tell its own article from others in the data.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Its canonical address.
    pub(super) url: Option<String>,
    /// What may be its headline.
    pub(super) titles: Vec<String>,
}

impl Data {
    /// The object of the page's own article, and where it stands.
    pub(super) fn article(&self, known: &Known) -> Option<(&Object, String)> {
        let mut found: Vec<(&Object, String)> = Vec::new();
        for (number, script) in self.scripts.iter().enumerate() {
            gather(script, &format!("ld+json[{number}]"), 0, &mut found);
        }
        let score = |object: &Object| {
            let kind = types(object).map(rank).max().unwrap_or_default();
            let url = known.url.as_deref().is_some_and(|url| is_at(object, url));
            let title =
                ["headline", "name"].into_iter().filter_map(|key| object.get(key)?.as_str());
            let title = title
                .map(plain)
                .any(|title| known.titles.iter().any(|other| agree(&title, &plain(other))));
            let author = object.contains_key("author") || object.contains_key("creator");
            (kind, u32::from(url) * 4 + u32::from(title) * 5 + u32::from(author) * 2)
        };
        let articles = found.iter().filter(|(object, _)| score(object).0 > 1).count();
        let best = found.into_iter().rev().max_by_key(|(object, _)| {
            let (kind, rest) = score(object);
            kind + rest
        })?;
        // A list of many articles without a sign of which is the page's own: none of them is.
        (articles < 3 || score(best.0).1 > 2).then_some(best)
    }

    /// The object that an `@id` refers to, the one that says most.
    pub(super) fn named(&self) -> HashMap<&str, &Object> {
        let mut all: HashMap<&str, &Object> = HashMap::new();
        let mut open: Vec<(&Value, usize)> =
            self.scripts.iter().map(|script| (script, 0)).collect();
        while let Some((value, depth)) = open.pop() {
            match value {
                Value::Object(object) => {
                    if let Some(id) = object.get("@id").and_then(Value::as_str) {
                        let have = all.entry(id).or_insert(object);
                        if have.len() < object.len() {
                            *have = object;
                        }
                    }
                    if depth < MAX_DEPTH {
                        open.extend(object.values().map(|value| (value, depth + 1)));
                    }
                }
                Value::Array(values) if depth < MAX_DEPTH => {
                    open.extend(values.iter().map(|value| (value, depth + 1)));
                }
                _ => {}
            }
        }
        all
    }
}

/// The objects that may be the page's article: at the top, in graphs, as a page's main entity; not
/// those in lists, comments, parts and updates.
fn gather<'a>(value: &'a Value, place: &str, depth: usize, found: &mut Vec<(&'a Object, String)>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                gather(value, &format!("{place}[{number}]"), depth + 1, found);
            }
        }
        Value::Object(object) => {
            if types(object).any(|kind| rank(kind) > 0) {
                found.push((object, place.to_owned()));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "@list"] {
                if let Some(value) = object.get(key) {
                    gather(value, &format!("{place}.{key}"), depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// Whether an object says that it stands at an address.
fn is_at(object: &Object, url: &str) -> bool {
    ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|key| object.get(key)).any(|value| {
        let value = match value {
            Value::Object(object) => object.get("@id").or_else(|| object.get("url")),
            other => Some(other),
        };
        value.and_then(Value::as_str).is_some_and(|other| bare(other) == bare(url))
    })
}

/// An address without its scheme, query and fragment.
fn bare(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split(['?', '#']).next().unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

/// A text's letters and digits, in lower case.
pub(super) fn plain(text: &str) -> String {
    letters(text).collect()
}

/// The first of them, one more than `most` if there are so many: enough to tell whether the text is one
/// of some shorter ones.
pub(super) fn plain_up_to(text: &str, most: usize) -> String {
    letters(text).take(most + 1).collect()
}

/// Whether a text is a plain one.
pub(super) fn is_plainly(text: &str, plain: &str) -> bool {
    letters(text).eq(plain.chars())
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether one of two plain titles begins with the other, or holds it, most of it.
pub(super) fn agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= 8 && long.contains(short) && short.len() * 3 >= long.len()
        || (one == other && !one.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::build::build;

    fn headline(page: &str, known: &Known) -> Option<String> {
        let data = read(&build(page).unwrap());
        let (object, _) = data.article(known)?;
        Some(object.get("headline")?.as_str()?.to_owned())
    }

    #[test]
    fn broken_json_is_mended() {
        let known = Known::default();
        for json in [
            "{\"@type\":\"Article\",\"headline\":\"A\nB\",}",
            "<!-- {\"@type\":[\"Thing\",\"https://schema.org/Article\"],\"headline\":\"A B\"} -->",
            "//<![CDATA[\n[{\"@type\":\"Article\",\"headline\":\"A B\"}];\n//]]>",
        ] {
            let page = format!("<script type='application/ld+json'>{json}</script>");
            assert_eq!(headline(&page, &known).as_deref(), Some("A B"), "{json}");
        }
    }

    #[test]
    fn the_page_s_own_article_is_told_from_others() {
        let page = r#"<script type="application/ld+json">[{"@type":"ItemList","itemListElement":
            [{"@type":"NewsArticle","headline":"Another article"}]},
            {"@type":"NewsArticle","headline":"A third one","url":"https://a.example/3"},
            {"@type":"NewsArticle","headline":"The bridge reopens","url":"https://a.example/1/"}]</script>"#;
        let known = Known { url: Some("http://www.a.example/1?x".to_owned()), titles: vec![] };
        assert_eq!(headline(page, &known).as_deref(), Some("The bridge reopens"));
        let known = Known { url: None, titles: vec!["A third one - The Example".to_owned()] };
        assert_eq!(headline(page, &known).as_deref(), Some("A third one"));
    }
}
