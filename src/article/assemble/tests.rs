//! Blocks end in the right place, and none is lost.

use proptest::prelude::*;

use super::*;

fn document(blocks: &[&str]) -> Document {
    Document {
        blocks: blocks.iter().map(|text| Block { text: (*text).to_owned(), mark: None }).collect(),
        claims: Vec::new(),
        reader: Reader {
            name: "plain",
            version: 1,
            settings: Vec::new(),
            encoding: "utf-8".to_owned(),
        },
    }
}

fn read(blocks: &[&str]) -> Article {
    assemble(document(blocks), Lexicon::builtin(), None)
}

#[test]
fn a_wire_article_is_taken_apart() {
    let article = read(&[
        "CORRECTED-Bridge reopens after two years of repairs",
        "(Corrects paragraph 2 to read 40, not 400)",
        "VALMORA (Reuters) - The old bridge reopened on Tuesday.",
        "Forty people crossed it in the first hour, the council said.",
        "(Reporting by Ada Prell; Editing by Tomas Uhl)",
    ]);
    assert_eq!(article.headline.as_deref(), Some("Bridge reopens after two years of repairs"));
    assert_eq!(
        article.advisory.as_deref(),
        Some("CORRECTED-\n(Corrects paragraph 2 to read 40, not 400)")
    );
    assert_eq!(article.dateline.as_ref().unwrap().text, "VALMORA (Reuters)");
    assert_eq!(article.paragraphs.len(), 2);
    assert_eq!(article.paragraphs[0], "The old bridge reopened on Tuesday.");
    assert_eq!(article.credit_lines.len(), 1);
    let names: Vec<&str> = article.credits.iter().map(|f| f.credit.name.as_str()).collect();
    assert_eq!(names, ["Ada Prell", "Tomas Uhl"]);
}

#[test]
fn a_text_without_a_headline_keeps_its_first_paragraph() {
    let article = read(&["The old bridge reopened on Tuesday.", "Forty people crossed it."]);
    assert_eq!(article.headline, None);
    assert_eq!(article.paragraphs.len(), 2);
}

proptest! {
    /// Whatever the blocks are, their characters are all somewhere in the article.
    #[test]
    fn nothing_is_dropped(blocks in prop::collection::vec("[A-Za-z ,.():\\-–\u{4e00}-\u{4e10}]{0,60}", 0..8)) {
        let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
        let article = read(&blocks);
        let mut placed = String::new();
        let lines = article.byline.iter().chain(&article.credit_lines).map(|line| &line.text);
        let notes = article.notes.iter().filter_map(|note| match note {
            Note::Boilerplate(text) => Some(text),
            _ => None,
        });
        let dateline = article.dateline.iter().map(|line| &line.text);
        for part in article.headline.iter().chain(&article.advisory).chain(&article.paragraphs)
            .chain(lines).chain(notes).chain(dateline) {
            placed.push_str(part);
        }
        for source in &article.sources {
            placed.push_str(&source.label);
            placed.push_str(source.target.as_deref().unwrap_or_default());
        }
        let letters = |text: &str| {
            let mut all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            all.sort_unstable();
            all
        };
        // A source inside a credit line stands in both.
        let (placed, given) = (letters(&placed), letters(&blocks.concat()));
        prop_assert!(placed.len() >= given.len(), "{placed:?} lost some of {given:?}");
    }
}
