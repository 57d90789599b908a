//! How fast credit lines are read, beside a bare scan of the same bytes for the same phrases.
//!
//! `cargo bench --bench credit`; lines come from the fixtures, or from the files that are named.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    missing_docs
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use siglum::credit::lexicon::Lexicon;
use siglum::credit::line::parse;
use siglum::text::digest::Digest;
use siglum::text::language::Language;

const ROUNDS: u32 = 9;

fn main() {
    let named: Vec<PathBuf> =
        std::env::args().skip(1).filter(|one| !one.starts_with('-')).map(PathBuf::from).collect();
    let files = if named.is_empty() { fixtures() } else { named };
    let lines: Vec<(String, Option<Language>)> = files.iter().flat_map(|file| read(file)).collect();
    let bytes: usize = lines.iter().map(|(text, _)| text.len()).sum();

    let lexicon = start();

    let reading = best(|| {
        for (text, hint) in &lines {
            black_box(parse(lexicon, text, hint.as_ref()));
        }
    });
    show("reading", reading, lines.len(), bytes);

    let automaton = aho_corasick::AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(lexicon.phrases())
        .unwrap();
    let scanning = best(|| {
        for (text, _) in &lines {
            black_box(automaton.find_iter(text.as_str()).count());
        }
    });
    show("bare scan", scanning, lines.len(), bytes);

    let unit =
        "Reporting by Tarquin Bellweather in Oslo, Norway, and Odile Hartwick; Editing by A B. ";
    let time = |bytes: usize| {
        let text = unit.repeat(bytes / unit.len());
        best(|| drop(black_box(parse(lexicon, &text, None))))
    };
    let (short, long) = (time(100_000), time(1_000_000));
    println!(
        "a line of 100 kB in {:.2} ms, of 1 MB in {:.2} ms: {:.1} times as long",
        short.as_secs_f64() * 1e3,
        long.as_secs_f64() * 1e3,
        long.as_secs_f64() / short.as_secs_f64()
    );
}

/// Builds the lexicon as a program that starts does, and again, beside hashing the lists.
fn start() -> &'static Lexicon {
    let first = Instant::now();
    let lexicon = Lexicon::builtin();
    let first = first.elapsed().as_secs_f64() * 1e3;
    let lists = lists();
    let hashing = best(|| {
        black_box(Digest::of_bytes(&lists));
    });
    let hashing = hashing.as_secs_f64() * 1e3;
    let again = best(|| drop(black_box(Lexicon::builder().build()))).as_secs_f64() * 1e3;
    println!(
        "lexicon built in {first:.1} ms, again in {again:.1} ms: {:.0} times as long as hashing its lists",
        again / hashing
    );
    lexicon
}

fn lists() -> Vec<u8> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/credit/lexicon");
    let files = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let lists = files.filter(|file| file.extension().is_some_and(|kind| kind == "toml"));
    lists.flat_map(|file| std::fs::read(file).unwrap()).collect()
}

fn best(mut work: impl FnMut()) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap()
}

fn show(what: &str, took: Duration, lines: usize, bytes: usize) {
    let seconds = took.as_secs_f64();
    println!(
        "{what:<10} {lines} lines, {bytes} bytes: {:.0} lines/s, {:.1} MB/s",
        lines as f64 / seconds,
        bytes as f64 / seconds / 1e6
    );
}

fn fixtures() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/credits");
    std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn read(file: &Path) -> Vec<(String, Option<Language>)> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let hint = value["lang"].as_str().and_then(|tag| Language::new(tag).ok());
            (value["text"].as_str().unwrap().to_owned(), hint)
        })
        .collect()
}
