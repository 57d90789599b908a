//! Public samples of the formats, where they are at hand: all are read, or say why not.

use std::fmt::Write as _;
use std::path::PathBuf;

use siglum::article::assemble::assemble;
use siglum::credit::lexicon::Lexicon;
use siglum::read::detect::{self, Wish};
use siglum::text::language::Language;

/// Where the samples lie: beside the project, as other material that isn't its own does.
fn samples() -> Option<Vec<PathBuf>> {
    let root = crate::desk::project("../shared/corpus/formats");
    let root = std::env::var_os("SIGLUM_SAMPLES").map_or(root, PathBuf::from);
    let mut files = Vec::new();
    for directory in ["ninjs", "ans", "newsml-g2", "nitf"] {
        let entries = std::fs::read_dir(root.join(directory)).ok()?;
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| path.extension().is_some());
    files.sort();
    Some(files)
}

fn cut(text: &str) -> String {
    let text: String = text.chars().take(40).collect();
    text.replace('\n', " ")
}

#[test]
fn every_sample_is_read_or_says_why_not() {
    let Some(files) = samples() else {
        eprintln!("skipped: no samples at ../shared/corpus/formats or in SIGLUM_SAMPLES");
        return;
    };
    let mut read = 0;
    let mut table = String::new();
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy();
        let name: String = name.chars().rev().take(44).collect::<Vec<_>>().iter().rev().collect();
        let bytes = std::fs::read(path).unwrap();
        let row = match detect::read(&bytes, &Wish::default()) {
            Err(error) => format!("not read: {error}"),
            Ok(document) => {
                read += 1;
                let article = assemble(document, Lexicon::builtin(), None);
                let body = article.body();
                let markup = ["<p", "</", "&amp;", "&lt;", "<br", "&nbsp;"];
                for mark in markup {
                    assert!(!body.as_str().contains(mark), "{}: {mark}", path.display());
                }
                assert!(!body.is_empty(), "{}: no body", path.display());
                let byline = article.byline.as_ref().map_or("-", |byline| &byline.text);
                let headline = article.headline.as_deref().unwrap_or("-");
                let language = article.language.as_ref().map_or("-", Language::as_str);
                format!(
                    "{:<7} {language:<6} {:<40} by {:<40} {:>3} paragraphs, {} credits",
                    article.reader.name,
                    cut(headline),
                    cut(byline),
                    article.paragraphs.len(),
                    article.credits.len()
                )
            }
        };
        writeln!(table, "{name:<44} {row}").unwrap();
    }
    eprintln!("{table}");
    assert!(read * 2 > files.len(), "{read} of {} were read", files.len());
}
