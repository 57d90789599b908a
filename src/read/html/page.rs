//! A page of the web → blocks and claims.

use super::blocks::{self, Run};
use super::body;
use super::build::build;
use super::byline::{self, Search, Shown};
use super::charset;
use super::echo;
use super::facts::{self, Facts, Named};
use super::headline;
use super::jsonld::{self, plain};
use super::limits::MAX_PAGE;
use super::marks::Marked;
use super::name;
use super::region;
use crate::article::document::{Block, Claim, Document, Mark, Reader, Subject};
use crate::credit::role::Role;
use crate::read::error::ReadError;

/// The reader's version: a new one may find other blocks in the same bytes.
pub const VERSION: u32 = 1;

/// How many blocks at the text's start and end may be credits: those are left for the article to
/// place. All others are its body.
const HEAD: usize = 2;
const TAIL: usize = 6;

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
    let shown = headline::shown(&runs);
    let facts = facts::gather(&tree, &data, &shown);
    let sites = sites(&facts, &shown);
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
    let is_said = |run: &Run| head.as_ref().is_some_and(|head| plain(&run.text) == *head);
    let region = if confirmed.is_some() { region::find(&marked, confirmed) } else { plain_region };
    let body =
        region.map(|region| body::find(&marked, region, confirmed, is_said)).unwrap_or_default();

    let (mut claims, known) = authors(&facts, &sites, &runs);
    let ends = body.first().copied().zip(body.last().copied());
    let search =
        Search { marked: &marked, headline: shown_at, body: ends, known: &known, sites: &sites };
    let bylines = search.head();
    let said: Vec<_> = bylines.iter().map(|line| name::words(&line.text)).collect();
    let is_new = |line: &Shown| !said.iter().any(|have| name::words(&line.text).is_subset(have));
    let tail: Vec<Shown> = search.tail().into_iter().filter(is_new).collect();

    let mut blocks = Vec::new();
    let mut push = |text: String, mark| blocks.push(Block { text, mark });
    if let Some(headline) = headline {
        push(headline.text, Some(Mark::Headline));
    }
    let sites_named = |shown: &Shown| name::is_site(&shown.text, &sites);
    let others: Vec<&str> = known.iter().map(String::as_str).collect();
    for shown in bylines.iter().filter(|shown| !sites_named(shown)) {
        push(name::recase(&shown.text, &runs, &others), Some(Mark::Byline));
    }
    let is_byline =
        |number: usize| bylines.iter().any(|shown| shown.runs.0 <= number && number < shown.runs.1);
    let texts: Vec<&Run> = body
        .iter()
        .filter(|number| !is_byline(**number))
        .filter_map(|number| runs.get(*number))
        .collect();
    let count = texts.len();
    for (number, run) in texts.into_iter().enumerate() {
        let is_middle = number >= HEAD && number + TAIL < count;
        let is_last = number + 2 >= count && byline::may_sign(&run.text);
        let is_body =
            is_middle || run.tag.is_heading() || !(is_last || byline::may_credit(&run.text));
        push(run.text.clone(), is_body.then_some(Mark::Body));
    }
    if count == 0 {
        // A page that a script fills: its data have the text.
        for line in facts.text.as_deref().unwrap_or_default().lines() {
            if !line.trim().is_empty() {
                push(line.trim().to_owned(), None);
            }
        }
    }
    for shown in tail.iter().filter(|shown| !sites_named(shown)) {
        let mark = (!shown.by_phrase).then_some(Mark::Byline);
        push(name::recase(&shown.text, &runs, &others), mark);
    }
    claims.extend(facts.claims);
    if blocks.is_empty() {
        return Err(ReadError::NoArticle);
    }
    let reader = Reader { name: "html", version: VERSION, settings: Vec::new(), encoding };
    Ok(Document { blocks, claims, reader })
}

/// What the site is called: by its own account, and by its host's name.
fn sites(facts: &Facts, shown: &[String]) -> Vec<String> {
    let mut sites = facts.sites.clone();
    // "Headline_Site": what follows a title that stands on the page by itself too.
    for title in &facts.titles {
        for other in facts.titles.iter().chain(shown).filter(|other| other.len() >= 8) {
            if let Some(rest) = title.strip_prefix(other.as_str()) {
                let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
                sites.extend((!rest.is_empty()).then(|| rest.to_owned()));
            }
        }
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
