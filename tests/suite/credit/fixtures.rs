//! Our own lines in thirty languages, lines for structure, and whole articles.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use siglum::credit::find::{BlockKind, find};
use siglum::credit::lexicon::Lexicon;
use siglum::credit::line::parse;
use siglum::text::language::Language;

use super::score::{Score, Wanted, comparable, lines};

fn files(directory: &str, extension: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(directory);
    let mut files: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn every_line_of_our_own_is_read() {
    let mut wrong = String::new();
    for path in files("credits", "jsonl") {
        let score = Score::of(&lines(&path));
        println!("{}", score.table(&path.file_name().unwrap().to_string_lossy()));
        wrong.push_str(&score.wrong);
        assert_eq!(score.places.0, score.places.1, "places in {}", path.display());
        assert_eq!(score.tongues.0, score.tongues.1, "languages in {}", path.display());
        assert_eq!(score.sources.0, score.sources.1, "sources in {}", path.display());
    }
    assert_eq!(wrong, "");
}

#[derive(Debug, Deserialize)]
struct Article {
    id: String,
    lang: String,
    blocks: Vec<Block>,
    credits: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
struct Block {
    text: String,
    kind: String,
}

#[test]
fn exactly_the_credit_lines_of_an_article_are_found() {
    for path in files("articles", "json") {
        let article: Article =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let hint = Language::new(&article.lang).ok();
        let texts: Vec<&str> = article.blocks.iter().map(|block| block.text.as_str()).collect();
        let kinds = find(Lexicon::builtin(), &texts, hint.as_ref()).kinds;
        let mut credits = Vec::new();
        for (block, kind) in article.blocks.iter().zip(&kinds) {
            let right = match block.kind.as_str() {
                "byline" => *kind == BlockKind::Byline,
                "credit_line" => *kind == BlockKind::CreditLine,
                "source" => *kind == BlockKind::Source,
                _ => matches!(kind, BlockKind::Text | BlockKind::Boilerplate),
            };
            assert!(right, "{}: {kind:?}, not {}: {}", article.id, block.kind, block.text);
            if matches!(kind, BlockKind::Byline | BlockKind::CreditLine) {
                for credit in parse(Lexicon::builtin(), &block.text, hint.as_ref()).credits {
                    let pair = (credit.role.as_str(), comparable(&credit.name).to_owned());
                    if !credits.contains(&pair) {
                        credits.push(pair);
                    }
                }
            }
        }
        let wanted: Vec<_> = article
            .credits
            .iter()
            .map(|credit| (credit.role.as_str(), comparable(&credit.name).to_owned()))
            .collect();
        assert_eq!(credits, wanted, "{}", article.id);
    }
}
