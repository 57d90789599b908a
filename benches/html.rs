//! How many pages of the web are read in a second of one core's time, beside trafilatura (Python).
//!
//! `cargo bench --bench html`; pages come from the fixtures, or from the files that are named.
//! Installs trafilatura with pip into `target/trafilatura` on its first run.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss, missing_docs)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use siglum::read::detect::{Format, Wish, read};

const ROUNDS: u32 = 5;

/// Reads the pages that are named, as often as said, and prints the processor's seconds.
const PYTHON: &str = "
import sys, time, trafilatura
pages = [open(path, 'rb').read() for path in sys.argv[2:]]
best = None
for _ in range(int(sys.argv[1])):
    start = time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    took = time.process_time() - start
    best = took if best is None else min(best, took)
print(best)
";

fn main() {
    let named: Vec<PathBuf> =
        std::env::args().skip(1).filter(|one| !one.starts_with('-')).map(PathBuf::from).collect();
    let files = if named.is_empty() { fixtures() } else { named };
    let pages: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let wish = Wish { format: Some(Format::Html), ..Wish::default() };
    let ours = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for page in &pages {
                // One thread that waits for nothing: its time is the processor's.
                let _ = black_box(read(page, &wish));
            }
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    let per_second = |seconds: f64| pages.len() as f64 / seconds;
    println!(
        "siglum: {} pages, {:.1} MB, {:.0} pages/s, {:.0} MB/s",
        pages.len(),
        bytes as f64 / 1e6,
        per_second(ours),
        bytes as f64 / 1e6 / ours
    );
    match trafilatura(&files) {
        Ok(theirs) => println!(
            "trafilatura: {:.0} pages/s; siglum reads {:.1} times as many",
            per_second(theirs),
            theirs / ours
        ),
        Err(why) => println!("trafilatura was not measured: {why}"),
    }
}

fn fixtures() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages");
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    files.sort();
    files
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned())
    }
}

fn trafilatura(files: &[PathBuf]) -> Result<f64, String> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/trafilatura");
    let python = place.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&place))?;
        run(Command::new(&python).args([
            "-m",
            "pip",
            "install",
            "-q",
            "trafilatura",
            "lxml_html_clean",
        ]))?;
    }
    let text = run(Command::new(&python).args(["-c", PYTHON]).arg(ROUNDS.to_string()).args(files))?;
    text.trim().parse().map_err(|_| format!("it printed {text}"))
}
