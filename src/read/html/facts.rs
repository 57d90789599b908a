//! What a page says of itself beside showing it: claims, before it is known which to believe.

use serde_json::Value;

use super::jsonld::{self, Data, Known, Object};
use super::limits::{MAX_CLAIM, MAX_CLAIMS};
use super::meta::Metas;
use super::tag::Tag;
use super::tree::{Id, Key, Tree};
use crate::article::document::{Claim, Subject};
use crate::credit::role::Role;
use crate::read::markup;

/// Somebody that a page names as its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name or names, as written.
    pub(super) value: String,
    /// Where it stands.
    pub(super) place: String,
    /// Whether the page's data say that it is an organization.
    pub(super) is_organization: bool,
}

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// What it claims, authors left out.
    pub(super) claims: Vec<Claim>,
    /// Its authors by its data.
    pub(super) by_data: Vec<Named>,
    /// Its authors by its meta elements.
    pub(super) by_meta: Vec<Named>,
    /// What may be its headline, the likeliest first.
    pub(super) titles: Vec<String>,
    /// What its site and publisher are called.
    pub(super) sites: Vec<String>,
    /// Its text, where the data repeat it.
    pub(super) text: Option<String>,
}

/// The roles that schema.org has properties for.
const ROLES: &[(&str, Role)] = &[
    ("editor", Role::Editor),
    ("translator", Role::Translator),
    ("contributor", Role::Contributor),
    ("illustrator", Role::Illustrator),
    ("producer", Role::Producer),
    ("reviewedBy", Role::Reviewer),
];

/// Gathers what a page says of itself.
pub(super) fn gather(tree: &Tree, data: &Data, shown: &[String]) -> Facts {
    let mut facts = Facts::default();
    let metas = Metas::read(tree);
    let mut titles: Vec<String> = metas.titles.clone();
    titles.extend(shown.iter().cloned());
    let known = Known { url: metas.url.as_ref().map(|claim| claim.value.clone()), titles };
    let named = data.named();
    if let Some((object, place)) = data.article(&known) {
        let reader = Reader { named: &named };
        reader.read(object, &place, &mut facts);
    }
    name_by_links(tree, &mut facts.by_data);
    let mut by_meta = metas.authors;
    name_by_links(tree, &mut by_meta);
    facts.titles.extend(metas.titles);
    facts.sites.extend(metas.sites);
    facts.by_meta = by_meta;
    facts.claims.extend(metas.url);
    facts.claims.extend(metas.claims);
    facts.claims.retain(|claim| !claim.value.is_empty() && claim.value.len() <= MAX_CLAIM);
    facts.claims.truncate(MAX_CLAIMS);
    facts
}

struct Reader<'a> {
    named: &'a std::collections::HashMap<&'a str, &'a Object>,
}

impl Reader<'_> {
    fn read(&self, object: &Object, place: &str, facts: &mut Facts) {
        let at = |key: &str| format!("{place}.{key}");
        let mut say = |subject, key: &str, value: String| {
            facts.claims.push(Claim { subject, value: value.trim().to_owned(), place: at(key) });
        };
        let text = |key: &str| object.get(key).and_then(text);
        for (key, subject) in [
            ("datePublished", Subject::Published),
            ("dateModified", Subject::Modified),
            ("creditText", Subject::CreditLine),
        ] {
            if let Some(value) = text(key) {
                say(subject, key, value);
            }
        }
        if let Some(value) = object.get("inLanguage").and_then(language) {
            say(Subject::Language, "inLanguage", value);
        }
        if let Some(value) = object.get("identifier").and_then(Self::identifier) {
            say(Subject::Id, "identifier", value);
        }
        for key in ["translationOfWork", "isBasedOn"] {
            for value in each(object.get(key)) {
                if let Some(value) = address(value) {
                    say(Subject::TranslationOf, key, value);
                }
            }
        }
        for value in each(object.get("correction")) {
            let words = match value {
                Value::Object(comment) => comment.get("text").and_then(text_of),
                other => text_of(other),
            };
            if let Some(words) = words {
                say(Subject::Correction, "correction", words);
            }
        }
        for named in self.names(object, "publisher", place) {
            facts.sites.push(named.value.clone());
            let subject = Subject::Publisher;
            facts.claims.push(Claim { subject, value: named.value, place: named.place });
        }
        for (key, role) in ROLES {
            for named in self.names(object, key, place) {
                let subject = Subject::Credit(*role);
                facts.claims.push(Claim { subject, value: named.value, place: named.place });
            }
        }
        self.read_roles(object, place, facts);
        facts.by_data = self.names(object, "author", place);
        if facts.by_data.is_empty() {
            facts.by_data = self.names(object, "creator", place);
        }
        facts.titles.extend(["headline", "name"].into_iter().filter_map(text));
        facts.text = text("articleBody").or_else(|| text("text"));
    }

    /// Contributors whose role the data put into words: a line of credits.
    fn read_roles(&self, object: &Object, place: &str, facts: &mut Facts) {
        for value in each(object.get("contributor")) {
            let Value::Object(role) = value else { continue };
            let Some(words) = role.get("roleName").and_then(text) else { continue };
            for named in self.names(role, "contributor", place) {
                let value = format!("{}: {}", words.trim_end_matches(':'), named.value);
                facts.claims.retain(|claim| {
                    claim.subject != Subject::Credit(Role::Contributor)
                        || claim.value != named.value
                });
                let subject = Subject::CreditLine;
                facts.claims.push(Claim { subject, value, place: named.place });
            }
        }
    }

    /// The names that a property gives: strings, objects with a name, references, lists, and
    /// `Role` objects around any of these.
    fn names(&self, object: &Object, key: &str, place: &str) -> Vec<Named> {
        let mut names = Vec::new();
        if let Some(value) = object.get(key) {
            self.name(value, key, format!("{place}.{key}"), 0, &mut names);
        }
        names.truncate(MAX_CLAIMS);
        names
    }

    fn name(&self, value: &Value, key: &str, place: String, depth: usize, names: &mut Vec<Named>) {
        const MAX_DEPTH: usize = 6;
        if depth > MAX_DEPTH || names.len() > MAX_CLAIMS {
            return;
        }
        match value {
            Value::String(text) => match self.named.get(text.as_str()) {
                Some(object) if depth < MAX_DEPTH => {
                    self.name_of(object, key, place, depth + 1, names);
                }
                _ => names.push(Named { value: clean(text), place, is_organization: false }),
            },
            Value::Array(values) => {
                for (number, value) in values.iter().enumerate() {
                    self.name(value, key, format!("{place}[{number}]"), depth + 1, names);
                }
            }
            Value::Object(object) => self.name_of(object, key, place, depth + 1, names),
            _ => {}
        }
    }

    fn name_of(
        &self,
        object: &Object,
        key: &str,
        place: String,
        depth: usize,
        names: &mut Vec<Named>,
    ) {
        let is_organization = jsonld::types(object).any(|kind| kind.ends_with("Organization"));
        let mut push = |value: String, place| {
            if !value.is_empty() {
                names.push(Named { value, place, is_organization });
            }
        };
        match object.get("name") {
            Some(Value::Array(all)) => {
                for (number, name) in all.iter().filter_map(text_of).enumerate() {
                    push(name, format!("{place}.name[{number}]"));
                }
                return;
            }
            Some(name) => {
                if let Some(name) = text_of(name).filter(|name| !name.is_empty()) {
                    return push(name, format!("{place}.name"));
                }
            }
            None => {}
        }
        let part = |key: &str| object.get(key).and_then(text_of).unwrap_or_default();
        let whole = format!("{} {}", part("givenName"), part("familyName"));
        if !whole.trim().is_empty() {
            return push(whole.trim().to_owned(), format!("{place}.givenName"));
        }
        // A role around a name has the property again.
        if let Some(inner) = object.get(key) {
            return self.name(inner, key, format!("{place}.{key}"), depth + 1, names);
        }
        for key in ["@list", "@set", "itemListElement", "item"] {
            if let Some(inner) = object.get(key) {
                return self.name(inner, key, format!("{place}.{key}"), depth + 1, names);
            }
        }
        if let Some(other) =
            object.get("@id").and_then(Value::as_str).and_then(|id| self.named.get(id))
            && other.contains_key("name")
        {
            self.name_of(other, key, place, depth + 1, names);
        }
    }

    fn identifier(value: &Value) -> Option<String> {
        match value {
            Value::Object(object) => object.get("value").and_then(text_of),
            Value::Array(all) => all.first().and_then(text_of),
            other => text_of(other),
        }
        .filter(|id| !id.is_empty())
    }
}

/// Where an author is given as an address: the text of the link on the page that leads there.
fn name_by_links(tree: &Tree, authors: &mut [Named]) {
    const LONGEST: usize = 80;
    const MOST: usize = 20;
    for author in authors.iter_mut().take(MOST).filter(|author| author.value.contains("://")) {
        let (_, path) = author.value.split_once("://").unwrap_or_default();
        let Some(path) = path.find('/').and_then(|at| path.get(at..)) else { continue };
        let path = path.trim_end_matches('/');
        let leads_there = |id: Id| {
            tree.get(id, Key::Href).is_some_and(|to| {
                let to = to.trim_end_matches('/');
                path.len() > 1
                    && (to == path
                        || (to.contains("://") && author.value.trim_end_matches('/') == to))
            })
        };
        let name = tree
            .elements()
            .filter(|(id, tag)| *tag == Tag::A && leads_there(*id))
            .map(|(id, _)| tree.text_of(id))
            .find(|name| name.contains(' ') && name.len() <= LONGEST);
        if let Some(name) = name {
            author.value = name;
        }
    }
}

/// One value, or each of a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
    .iter()
    .take(MAX_CLAIMS)
}

fn text(value: &Value) -> Option<String> {
    text_of(value)
}

/// A string, or what stands for one: `{"@value": …}`, a number, the first of a list.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(clean(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => match object.get("@value")? {
            Value::String(text) => Some(clean(text)),
            _ => None,
        },
        Value::Array(all) => match all.first()? {
            Value::String(text) => Some(clean(text)),
            _ => None,
        },
        _ => None,
    }
}

/// A string of the data without the markup and character references that pages leave in it.
pub(super) fn clean(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.trim().to_owned();
    }
    // Lines stay lines: an article's text is cut at them.
    let blocks = markup::blocks(text);
    blocks.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n")
}

fn language(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => ["alternateName", "identifier", "name"]
            .into_iter()
            .find_map(|key| object.get(key).and_then(text_of)),
        other => text_of(other),
    }
}

/// Where a work is, or what it is called if nothing says where.
fn address(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => ["url", "@id", "name", "headline"]
            .into_iter()
            .find_map(|key| object.get(key).and_then(text_of)),
        other => text_of(other),
    }
    .filter(|value| !value.is_empty())
}
