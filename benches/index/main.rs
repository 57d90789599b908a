//! How fast the index is made, caught up and asked, on a log of many records.
//!
//! `cargo bench --bench index [-- RECORDS]`; a million records unless given. Look-ups are timed as
//! whole runs of the program, medians of many, with the index in the page cache.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../measure/mod.rs"]
mod measure;
#[path = "../measure/records.rs"]
mod records;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use measure::{median, time};
use siglum::log::key::{LogKey, Origin};
use siglum::store::append::Writer;
use siglum::store::index::build::Index;
use siglum::store::index::key::{Key, Kind};
use siglum::store::layout::Layout;
use siglum::store::seen::Memory;

const ROUNDS: usize = 15;

fn main() {
    let size = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-index");
    let _ = fs::remove_dir_all(&place);
    let desk = place.join("desk");
    let layout = Layout::new(desk.clone());
    let memory = Memory::new(place.join("state"));
    let key = LogKey::from_seed(&Origin::new("bench.example").unwrap(), &[7; 32]).unwrap();
    let mut log = records::Log::new(false);
    log.append(&layout, size);
    fs::write(layout.settings(), format!("[log]\nverifier = \"{}\"\n", key.verifier())).unwrap();
    let sign = || {
        // Ten million articles at once are more than most machines hold.
        let (mut writer, _) = Writer::open_register(&layout, key.verifier()).unwrap();
        writer.sign(&key, key.verifier(), &memory).unwrap()
    };
    let signed = sign();
    let rebuilt = time(|| drop(Index::of(&layout, &signed, &|_, _| ()).unwrap()));
    let bytes: u64 =
        fs::read_dir(layout.index()).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum();
    println!(
        "{size} records indexed in {:.1} s, {:.0} records/s, {:.0} bytes a record",
        rebuilt.as_secs_f64(),
        size as f64 / rebuilt.as_secs_f64(),
        bytes as f64 / size as f64
    );
    let index = Index::of(&layout, &signed, &|_, _| ()).unwrap();
    let id = records::id(size / 2);
    let found =
        time(|| assert!(!index.find(Key::text(Kind::Article, &id), 10).unwrap().is_empty()));
    println!("one look-up: {:.2} ms", 1e3 * found.as_secs_f64());
    let file = place.join("copy.txt");
    fs::write(&file, records::article(size / 2)).unwrap();
    for words in [
        vec!["verify".to_owned(), file.display().to_string()],
        vec!["log".to_owned(), id.clone()],
        vec!["show".to_owned(), id.clone()],
        vec!["show".to_owned(), (size / 3).to_string()],
    ] {
        look_up(&place, &desk, &words);
    }
    log.append(&layout, 1000);
    let signed = sign();
    let caught_up = time(|| drop(Index::of(&layout, &signed, &|_, _| ()).unwrap()));
    println!("catching up 1,000 records: {:.0} ms", 1e3 * caught_up.as_secs_f64());
    // Whoever appends checks all of the log first.
    fs::write(&file, records::article(size + 5000)).unwrap();
    look_up(
        &place,
        &desk,
        &["record", "--unsigned", &file.display().to_string()].map(String::from),
    );
    fs::remove_dir_all(&place).unwrap();
    quotes(&place, (size / 10).clamp(5_000, 100_000));
}

/// Passages in the kept texts of a log.
fn quotes(place: &Path, size: u64) {
    let desk = place.join("texts");
    let layout = Layout::new(desk.clone());
    let key = LogKey::from_seed(&Origin::new("bench.example").unwrap(), &[7; 32]).unwrap();
    fs::create_dir_all(layout.texts()).unwrap();
    records::Log::new(true).append(&layout, size);
    fs::write(layout.settings(), format!("[log]\nverifier = \"{}\"\n", key.verifier())).unwrap();
    let memory = Memory::new(place.join("state-texts"));
    let mut writer = Writer::open(&layout, key.verifier()).unwrap();
    let signed = writer.sign(&key, key.verifier(), &memory).unwrap();
    drop(writer);
    let indexed = time(|| drop(Index::of(&layout, &signed, &|_, _| ()).unwrap()));
    println!("{size} records with their kept texts indexed in {:.1} s", indexed.as_secs_f64());
    let body = records::body(size / 2);
    let words: Vec<&str> = body.split_whitespace().skip(40).take(12).collect();
    look_up(place, &desk, &["verify".to_owned(), "--quote".to_owned(), words.join(" ")]);
    fs::remove_dir_all(place).unwrap();
}

/// Runs the program once to warm up, then for its time and its memory.
fn look_up(place: &Path, desk: &Path, words: &[String]) {
    let run = || {
        let mut siglum = Command::new(env!("CARGO_BIN_EXE_siglum"));
        siglum.arg("-w").arg(desk).args(words).env("XDG_STATE_HOME", place.join("state-home"));
        siglum.env("HOME", place).stdout(Stdio::null()).stderr(Stdio::null());
        siglum
    };
    assert!(run().status().unwrap().success(), "{words:?}");
    let times = (0..ROUNDS).map(|_| time(|| assert!(run().status().unwrap().success()))).collect();
    let peak = Command::new("/usr/bin/time")
        .args(["-f", "%M"])
        .arg(env!("CARGO_BIN_EXE_siglum"))
        .arg("-w")
        .arg(desk)
        .args(words)
        .env("XDG_STATE_HOME", place.join("state-home"))
        .env("HOME", place)
        .stdout(Stdio::null())
        .output();
    let peak = peak.map_or_else(
        |_| "unknown".to_owned(),
        |run| String::from_utf8_lossy(&run.stderr).lines().last().unwrap_or_default().to_owned(),
    );
    println!("siglum {}: {:.1} ms, {peak} kB at most", words[0], 1e3 * median(times).as_secs_f64());
}
