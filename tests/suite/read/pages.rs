//! Pages as outlets lay them out, of invented people, outlets and texts: whether the right names
//! and the right text are read from each.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use siglum::article::assemble::{Article, assemble};
use siglum::article::document::Mark;
use siglum::credit::lexicon::Lexicon;
use siglum::credit::role::Role;
use siglum::read::detect::{Wish, read};

use crate::desk::project;

/// A page and what is on it.
struct Page {
    name: String,
    bytes: Vec<u8>,
    expected: Value,
}

fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> = fs::read_dir(project("tests/fixtures/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    paths.sort();
    let page = |path: PathBuf| Page {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        bytes: fs::read(&path).unwrap(),
        expected: serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap(),
    };
    paths.into_iter().map(page).collect()
}

fn strings(value: &Value) -> Vec<String> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// A name as a set of words: the order of given and family name is the language's.
fn key(name: &str) -> BTreeSet<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Who wrote or reported it, by what the page claims and what it shows.
fn authors(article: &Article) -> Vec<String> {
    let credits = article.credits.iter().map(|found| &found.credit);
    let mut names: Vec<String> = credits
        .filter(|credit| matches!(credit.role, Role::Writer | Role::Reporter))
        .map(|credit| credit.name.clone())
        .collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(key(name)));
    names
}

fn grams(texts: &[String]) -> HashMap<Vec<String>, usize> {
    let text = texts.join(" ").to_lowercase();
    // Words where words are spaced, characters where they aren't.
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().any(|c| ('\u{2E80}'..'\u{A000}').contains(&c)) {
            words.extend(word.chars().map(String::from));
        } else {
            words.push(word.to_owned());
        }
    }
    let mut grams = HashMap::new();
    for four in words.windows(4) {
        *grams.entry(four.to_vec()).or_default() += 1;
    }
    grams
}

fn f1(found: usize, missed: usize, extra: usize) -> f64 {
    let [found, missed, extra] =
        [found, missed, extra].map(|n| f64::from(u32::try_from(n).unwrap()));
    if found + missed + extra == 0.0 { 1.0 } else { 2.0 * found / (2.0 * found + missed + extra) }
}

fn text_f1(want: &[String], have: &[String]) -> f64 {
    let (want, have) = (grams(want), grams(have));
    let both: usize =
        want.iter().map(|(gram, count)| have.get(gram).map_or(0, |other| *count.min(other))).sum();
    let sum = |all: &HashMap<Vec<String>, usize>| all.values().sum::<usize>();
    f1(both, sum(&want) - both, sum(&have) - both)
}

#[test]
fn pages_give_their_authors_and_their_text() {
    let pages = pages();
    let (mut found, mut missed, mut extra) = (0, 0, 0);
    let mut text = 0.0;
    let mut faults = Vec::new();
    for page in &pages {
        let document = match read(&page.bytes, &Wish::default()) {
            Ok(document) => document,
            Err(error) => {
                missed += strings(&page.expected["authors"]).len();
                faults.push(format!("{}: {error}", page.name));
                continue;
            }
        };
        let article = assemble(document.clone(), Lexicon::builtin(), None);
        let have = authors(&article);
        let want = strings(&page.expected["authors"]);
        let keys = |names: &[String]| names.iter().map(|name| key(name)).collect::<BTreeSet<_>>();
        let both = keys(&have).intersection(&keys(&want)).count();
        found += both;
        missed += want.len() - both;
        extra += have.len() - both;
        if both != want.len() || both != have.len() {
            faults.push(format!("{}: authors {have:?}, not {want:?}", page.name));
        }
        let body: Vec<String> = document
            .blocks
            .iter()
            .filter(|block| !matches!(block.mark, Some(Mark::Headline | Mark::Byline)))
            .map(|block| block.text.clone())
            .filter(|text| !article.credit_lines.iter().any(|line| line.text == *text))
            .collect();
        let want = strings(&page.expected["body"]);
        let own = text_f1(&want, &body);
        text += own;
        if own < 0.97 {
            faults.push(format!("{}: text {own:.3}", page.name));
            for one in body.iter().filter(|one| !want.contains(*one)) {
                faults.push(format!("    + {}", one.chars().take(90).collect::<String>()));
            }
            for one in want.iter().filter(|one| !body.contains(*one)) {
                faults.push(format!("    - {}", one.chars().take(90).collect::<String>()));
            }
        }
        if let Some(headline) = page.expected["headline"].as_str()
            && article.headline.as_deref() != Some(headline)
        {
            faults.push(format!("{}: headline {:?}", page.name, article.headline));
        }
        if let Some(language) = page.expected["language"].as_str() {
            let own = article.language.map(|language| language.as_str().to_owned());
            let primary = own.as_deref().and_then(|tag| tag.split('-').next().map(str::to_owned));
            if primary.as_deref() != Some(language) && primary.as_deref() != Some("nb") {
                faults.push(format!("{}: language {own:?}", page.name));
            }
        }
    }
    let authors = f1(found, missed, extra);
    let text = text / f64::from(u32::try_from(pages.len()).unwrap());
    println!("{} pages: author F1 {authors:.3}, body 4-gram F1 {text:.3}", pages.len());
    println!("{}", faults.join("\n"));
    assert!(pages.len() >= 90, "{} pages", pages.len());
    assert!(authors >= 0.97 && text >= 0.99, "{}", faults.join("\n"));
}
