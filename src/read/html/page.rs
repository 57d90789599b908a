//! A page of the web → blocks and claims.

use std::collections::BTreeSet;

use super::blocks::{self, Run};
use super::body;
use super::build::build;
use super::byline::{Search, Shown};
use super::charset;
use super::echo;
use super::facts::{self, Facts, Named};
use super::headline;
use super::jsonld::{self, is_plainly, plain};
use super::layout::Parts;
use super::limits::MAX_PAGE;
use super::marks::Marked;
use super::name;
use super::reading;
use super::region;
use crate::article::document::{Claim, Document, Reader, Subject};
use crate::credit::role::Role;
use crate::read::error::ReadError;

/// The reader's version: a new one may find other blocks in the same bytes.
pub const VERSION: u32 = 1;

/// The share of a region's paragraphs, in per cent, that the page's data have to repeat for what
/// they don't repeat to be no text of the article's.
const MIN_CONFIRMED: usize = 60;

/// Reads a page. `label` is the character encoding that the caller states.
///
/// # Errors
///
/// If the page is too large, too deep or of too many elements, its encoding is unknown, or bytes in
/// the article stand for no character in it.
pub fn read(bytes: &[u8], label: Option<&str>) -> Result<Document, ReadError> {
    if bytes.len() > MAX_PAGE {
        return Err(ReadError::TooMuch { what: "bytes of a page", limit: MAX_PAGE });
    }
    let decoded = charset::decode(bytes, label)?;
    let mut document = of_text(&decoded.text, decoded.encoding)?;
    if let Some(error) = decoded.broken {
        let shown = document.blocks.iter().map(|block| &block.text);
        let said = document.claims.iter().map(|claim| &claim.value);
        if shown.chain(said).any(|text| text.contains('\u{FFFD}')) {
            return Err(error);
        }
    }
    document.reader.settings.extend(decoded.overruled.map(|name| format!("declared={name}")));
    Ok(document)
}

/// Reads a page that is decoded, from the encoding that is named.
///
/// # Errors
///
/// If the page is too large, too deep or of too many elements, or nothing on it could be an article.
pub(in crate::read) fn of_text(page: &str, encoding: String) -> Result<Document, ReadError> {
    if page.len() > MAX_PAGE {
        return Err(ReadError::TooMuch { what: "bytes of a page", limit: MAX_PAGE });
    }
    let tree = build(page)?;
    let runs = blocks::cut(&tree);
    let marked = Marked::new(&tree, &runs);
    let data = jsonld::read(&tree);
    let (shown, home) = headline::shown(&tree, &runs);
    let facts = facts::gather(&tree, &data, &shown);
    let mut sites = sites(&facts, &shown);
    sites.extend(home);
    let headline = headline::find(&marked, &facts.titles, &sites);

    let confirmed = facts.text.as_deref().and_then(|text| echo::confirm(&runs, text));
    let plain_region = region::find(&marked, None);
    // Data that repeat only the text's beginning confirm nothing.
    let confirmed = confirmed.filter(|all| {
        plain_region.is_some_and(|region| marked.share_of(region, all) >= MIN_CONFIRMED)
    });
    let confirmed = confirmed.as_deref();
    let head = headline.as_ref().map(|headline| plain(&headline.text));
    let shown_at = headline.as_ref().and_then(|headline| headline.run);
    let is_said = |run: &Run| head.as_ref().is_some_and(|head| is_plainly(&run.text, head));
    let region = if confirmed.is_some() { region::find(&marked, confirmed) } else { plain_region };
    let body =
        region.map(|region| body::find(&marked, region, confirmed, is_said)).unwrap_or_default();

    let (mut claims, known) = authors(&facts, &sites, &runs);
    let ends = body.first().copied().zip(body.last().copied());
    let search =
        Search { marked: &marked, headline: shown_at, body: ends, known: &known, sites: &sites };
    let bylines = search.head();
    let said: Vec<_> = bylines.iter().map(|line| name::words(&line.text)).collect();
    let is_new = |line: &Shown| {
        let own = name::words(&line.text);
        let adds_nothing = |have: &BTreeSet<String>| {
            own.is_subset(have) || (!line.by_phrase && have.is_subset(&own))
        };
        !said.iter().any(adds_nothing)
    };
    // After the text, whom the head names is known.
    let named: Vec<String> =
        known.iter().chain(bylines.iter().map(|line| &line.text)).cloned().collect();
    let tail: Vec<Shown> =
        Search { known: &named, ..search }.tail().into_iter().filter(is_new).collect();

    // What the credit parser does not read is the name that the page calls its author's.
    let is_unread = |shown: &&Shown| {
        reading::is_short_name(&shown.text)
            && reading::reading(&shown.text).is_none()
            && !name::is_site(&shown.text, &sites)
    };
    claims.extend(bylines.iter().chain(&tail).filter(is_unread).map(|shown| Claim {
        subject: Subject::Credit(Role::Writer),
        value: shown.text.clone(),
        place: "class".to_owned(),
    }));
    claims.extend(facts.claims);
    let parts = Parts {
        headline,
        bylines,
        tail,
        body: body.into_iter().filter_map(|number| Some((number, runs.get(number)?))).collect(),
        text: facts.text,
        known: &known,
        sites: &sites,
    };
    let blocks = parts.lay_out(&tree, &runs);
    if blocks.is_empty() {
        return Err(ReadError::NoArticle);
    }
    let reader = Reader { name: "html", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks, claims, reader })
}

/// What the site is called: by its own account, and by its host's name.
fn sites(facts: &Facts, shown: &[String]) -> Vec<String> {
    let mut sites = facts.sites.clone();
    // "Headline | Author | Section | Site": the end of the longest title that begins with the
    // headline, as it stands on the page by itself too.
    let rests = facts.titles.iter().flat_map(|title| {
        let others = facts.titles.iter().chain(shown).filter(|other| other.len() >= 8);
        others.filter_map(|other| title.strip_prefix(other.as_str()))
    });
    if let Some(rest) = rests.max_by_key(|rest| rest.len()) {
        let rest = headline::parts(rest).last().unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end();
        sites.extend((!rest.is_empty()).then(|| rest.to_owned()));
    }
    let url = facts.claims.iter().find(|claim| claim.subject == Subject::Url);
    if let Some((_, rest)) = url.and_then(|claim| claim.value.split_once("://")) {
        let host = rest.split(['/', ':', '?', '#']).next().unwrap_or(rest);
        let host = host.strip_prefix("www.").unwrap_or(host);
        sites.push(host.to_owned());
        sites.extend(host.split('.').next().map(str::to_owned));
    }
    sites
}

/// The claims of authors to believe, and the names in them.
///
/// What the data say of the page's article goes first. Meta elements count where the data say
/// nothing, or where they name the same people and more. An organization counts where nobody else
/// is named.
fn authors(facts: &Facts, sites: &[String], runs: &[Run]) -> (Vec<Claim>, Vec<String>) {
    let clean = |named: &Named| {
        let value = name::clean(&named.value, sites)?;
        let others: Vec<&str> =
            facts.by_data.iter().chain(&facts.by_meta).map(|one| one.value.as_str()).collect();
        Some(Named { value: name::recase(&value, runs, &others), ..named.clone() })
    };
    let data: Vec<Named> = facts.by_data.iter().filter_map(clean).collect();
    let meta: Vec<Named> = facts.by_meta.iter().filter_map(clean).collect();
    let (organizations, people): (Vec<Named>, Vec<Named>) =
        data.into_iter().partition(|named| named.is_organization);
    let mut chosen = people;
    let all: Vec<_> = chosen.iter().map(|named| name::words(&named.value)).collect();
    for named in meta {
        let words = name::words(&named.value);
        let have = chosen.iter().any(|one| words.is_subset(&name::words(&one.value)));
        let adds = all.is_empty() || all.iter().all(|one| one.is_subset(&words));
        if adds && !have {
            chosen.push(named);
        }
    }
    if chosen.is_empty() {
        chosen = organizations;
    }
    let known = chosen.iter().map(|named| named.value.clone()).collect();
    let claims = chosen
        .into_iter()
        .map(|named| Claim {
            subject: Subject::Credit(Role::Writer),
            value: named.value,
            place: named.place,
        })
        .collect();
    (claims, known)
}
