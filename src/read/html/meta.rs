//! `meta`, `link` and `html`: what a page's head says.

use super::facts::Named;
use super::tag::Tag;
use super::tree::{Id, Key, Tree, collapse};
use crate::article::document::{Claim, Subject};

/// What a page's head says.
#[derive(Debug, Default)]
pub(super) struct Metas {
    /// The canonical address.
    pub(super) url: Option<Claim>,
    /// Dates, languages and translations.
    pub(super) claims: Vec<Claim>,
    /// Authors.
    pub(super) authors: Vec<Named>,
    /// What may be the headline, the likeliest first.
    pub(super) titles: Vec<String>,
    /// What the site is called.
    pub(super) sites: Vec<String>,
}

/// The names of meta elements for authors, in the order in which they are believed.
const AUTHORS: &[&str] = &[
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor.author",
    "citation_author",
    "cxenseparse:author",
    "vr:author",
    "rbauthors",
    "authors",
    "byline",
    "article.author",
    "article_author",
    "og:author",
    "news_authors",
    "twitter:creator:name",
    "analyticsattributes.author",
    "cse_author",
    "shareaholic:article_author_name",
    "page.author",
    "dcsext.author",
    "bt:author",
    "sophi:author",
];

/// Labels of `twitter:label1` and `twitter:label2` under which pages name who wrote them.
const WRITTEN_BY: &[&str] = &[
    "written by",
    "author",
    "by",
    "writer",
    "écrit par",
    "auteur",
    "von",
    "verfasst von",
    "autor",
    "geschrieben von",
    "escrito por",
    "scritto da",
    "autore",
    "geschreven door",
    "skrevet av",
    "skriven av",
    "skrevet af",
    "napisane przez",
    "yazan",
    "автор",
    "написано",
    "執筆者",
    "작성자",
    "作者",
    "كتبه",
    "ditulis oleh",
];

impl Metas {
    /// Reads a page's head; meta elements count wherever they stand, as search engines read them.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut metas = Self::default();
        let mut authors: Vec<(usize, Named)> = Vec::new();
        let mut titles: Vec<(u8, String)> = Vec::new();
        let mut labels: Vec<(String, String)> = Vec::new();
        let mut languages: Vec<(u8, Claim)> = Vec::new();
        for (id, tag) in tree.elements() {
            match tag {
                Tag::Html => {
                    if let Some(lang) = tree.get(id, Key::Lang).filter(|_| id == 0) {
                        languages.push((0, claim(Subject::Language, lang, "html@lang")));
                    }
                }
                Tag::Link => metas.link(tree, id),
                Tag::Title if titles.iter().all(|(rank, _)| *rank != 3) => {
                    titles.push((3, tree.text_of(id)));
                }
                Tag::Meta => {
                    for key in [Key::Property, Key::Name, Key::Itemprop, Key::HttpEquiv] {
                        let Some(name) = tree.get(id, key) else { continue };
                        let name = name.trim().to_ascii_lowercase();
                        let Some(value) = tree.get(id, Key::Content).map(collapse) else {
                            continue;
                        };
                        if value.is_empty() {
                            continue;
                        }
                        let place = format!("meta[{name}]");
                        if name == "parsely-page" {
                            authors.extend(in_json(&value, &place));
                            break;
                        }
                        if let Some(rank) = AUTHORS.iter().position(|one| *one == name)
                            && key != Key::HttpEquiv
                            && !(key == Key::Itemprop && is_in_part(tree, id))
                        {
                            let value = if is_catalogue(&name) { upright(value) } else { value };
                            let named = Named { value, place, is_organization: false };
                            authors.push((rank, named));
                            break;
                        }
                        metas.meta(&name, &value, &place, &mut titles, &mut languages);
                        if name.starts_with("twitter:label") || name.starts_with("twitter:data") {
                            labels.push((name, value));
                        }
                    }
                }
                _ => {}
            }
        }
        metas.take_labels(&labels);
        authors.sort_by_key(|(rank, _)| *rank);
        metas.authors.extend(authors.into_iter().map(|(_, named)| named));
        titles.sort_by_key(|(rank, _)| *rank);
        metas.titles =
            titles.into_iter().map(|(_, title)| title).filter(|one| !one.is_empty()).collect();
        languages.sort_by_key(|(rank, _)| *rank);
        metas.claims.extend(languages.into_iter().map(|(_, claim)| claim));
        metas
    }

    fn meta(
        &mut self,
        name: &str,
        value: &str,
        place: &str,
        titles: &mut Vec<(u8, String)>,
        languages: &mut Vec<(u8, Claim)>,
    ) {
        match name {
            "og:title" => titles.push((0, value.to_owned())),
            "headline" | "twitter:title" | "dc.title" | "parsely-title" | "sailthru.title"
            | "hdl" => {
                titles.push((1, value.to_owned()));
            }
            "og:site_name"
            | "application-name"
            | "publisher"
            | "article:publisher"
            | "dc.publisher"
            | "copyright"
            | "apple-mobile-web-app-title" => {
                self.sites.push(value.to_owned());
            }
            "article:published_time"
            | "datepublished"
            | "parsely-pub-date"
            | "sailthru.date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "pubdate"
            | "publish-date"
            | "publication_date"
            | "citation_publication_date"
            | "og:published_time"
            | "article:published"
            | "date" => {
                self.claims.push(claim(Subject::Published, value, place));
            }
            "article:modified_time"
            | "datemodified"
            | "og:updated_time"
            | "last-modified"
            | "dcterms.modified"
            | "lastmod"
            | "article:modified" => {
                self.claims.push(claim(Subject::Modified, value, place));
            }
            "og:url" => {
                let url = claim(Subject::Url, value, place);
                self.url.get_or_insert(url);
            }
            "inlanguage" => languages.push((1, claim(Subject::Language, value, place))),
            "og:locale" => {
                languages.push((2, claim(Subject::Language, &value.replace('_', "-"), place)));
            }
            "content-language" | "language" | "dc.language" | "dcterms.language" => {
                languages.push((3, claim(Subject::Language, value, place)));
            }
            "translator" | "dc.contributor.translator" => self.claims.push(claim(
                Subject::Credit(crate::credit::role::Role::Translator),
                value,
                place,
            )),
            _ => {}
        }
    }

    fn link(&mut self, tree: &Tree, id: Id) {
        let Some(href) = tree.get(id, Key::Href).map(str::trim) else { return };
        if tree.has(id, Key::Rel, "canonical") {
            // It goes before what Open Graph says.
            self.url = Some(claim(Subject::Url, href, "link[canonical]"));
        } else if tree.has(id, Key::Rel, "alternate")
            && let Some(language) = tree.get(id, Key::Hreflang)
            && !language.eq_ignore_ascii_case("x-default")
        {
            let value = format!("{language} {href}");
            self.claims.push(claim(Subject::Alternate, &value, "link[hreflang]"));
        }
    }

    /// `twitter:label1` says what `twitter:data1` is.
    fn take_labels(&mut self, labels: &[(String, String)]) {
        for (name, label) in labels {
            let Some(number) = name.strip_prefix("twitter:label") else { continue };
            let label = label.trim().trim_end_matches(':').to_lowercase();
            if !WRITTEN_BY.contains(&label.as_str()) {
                continue;
            }
            let data = format!("twitter:data{number}");
            if let Some((_, value)) = labels.iter().find(|(name, _)| *name == data) {
                let place = format!("meta[{data}]");
                self.authors.push(Named { value: value.clone(), place, is_organization: false });
            }
        }
    }
}

fn claim(subject: Subject, value: &str, place: &str) -> Claim {
    Claim { subject, value: value.trim().to_owned(), place: place.to_owned() }
}

/// Whether a meta element is of the vocabularies that libraries use.
fn is_catalogue(name: &str) -> bool {
    name.starts_with("dc.") || name.starts_with("dcterms.") || name.starts_with("citation_")
}

/// A catalogue's "Family, Given" the other way round.
fn upright(value: String) -> String {
    match value.split_once(',') {
        Some((family, given))
            if !given.contains([',', ';']) && given.split_whitespace().count() <= 3 =>
        {
            format!("{} {}", given.trim(), family.trim()).trim().to_owned()
        }
        _ => value,
    }
}

/// The authors in `parsely-page`, whose content is an object of JSON.
fn in_json(value: &str, place: &str) -> Vec<(usize, Named)> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(value) else {
        return Vec::new();
    };
    let one = |key: &str| object.get(key).into_iter();
    let all = one("author").chain(one("authors")).flat_map(|value| match value {
        serde_json::Value::Array(all) => all.as_slice(),
        other => std::slice::from_ref(other),
    });
    all.filter_map(serde_json::Value::as_str)
        .map(|name| Named {
            value: name.to_owned(),
            place: place.to_owned(),
            is_organization: false,
        })
        .map(|named| (AUTHORS.len(), named))
        .collect()
}

/// Whether an element describes a part of the article, such as a picture or a comment.
fn is_in_part(tree: &Tree, id: Id) -> bool {
    tree.ancestors(id).any(|above| {
        ["image", "video", "comment", "associatedMedia"]
            .into_iter()
            .any(|part| tree.has(above, Key::Itemprop, part))
    })
}
