//! How fast a log is audited, and how that grows.
//!
//! `cargo bench --bench audit [-- RECORDS]`; a million records unless given. Each figure is of whole
//! runs of the program: of a tenth of the records, of all of them, and of what is new since.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    missing_docs
)]

mod measure;
#[path = "measure/records.rs"]
mod records;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{median, time};
use siglum::log::key::{LogKey, Origin};
use siglum::store::append::Writer;
use siglum::store::layout::Layout;
use siglum::store::seen::Memory;

const ROUNDS: usize = 9;

fn main() {
    let size: u64 = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-audit");
    let _ = fs::remove_dir_all(&place);
    let desk = Desk::new(&place);
    let mut log = records::Log::new(false);
    for all in [size / 10, size] {
        let before = log.size();
        log.append(&desk.layout, all - before);
        desk.sign();
        println!("{all} records, {} MB", desk.journal_bytes() / 1_000_000);
        for words in [&["audit"][..], &["audit", "--format", "html"], &["people"], &["stats"]] {
            desk.run(words);
        }
    }
    // Once, so that the index is there and warm.
    desk.run(&["audit", "--changed"]);
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        log.append(&desk.layout, 100);
        desk.sign();
        times.push(time(|| desk.audits(&["audit", "--changed"])));
    }
    println!("audit --changed after 100 records: {:.0} ms", 1e3 * median(times).as_secs_f64());
    fs::remove_dir_all(&place).unwrap();
}

/// A workspace, and the home of whoever works in it.
struct Desk {
    place: PathBuf,
    layout: Layout,
    memory: Memory,
    key: LogKey,
}

impl Desk {
    fn new(place: &Path) -> Self {
        let layout = Layout::new(place.join("desk"));
        let memory = Memory::new(place.join("state"));
        let key = LogKey::from_seed(&Origin::new("bench.example").unwrap(), &[7; 32]).unwrap();
        fs::create_dir_all(layout.root()).unwrap();
        let settings = format!("[log]\nverifier = \"{}\"\n", key.verifier());
        fs::write(layout.settings(), settings).unwrap();
        Self { place: place.to_owned(), layout, memory, key }
    }

    fn sign(&self) {
        let mut writer = Writer::open(&self.layout, self.key.verifier()).unwrap();
        writer.sign(&self.key, self.key.verifier(), &self.memory).unwrap();
    }

    fn journal_bytes(&self) -> u64 {
        let files = walk(&self.layout.entries());
        files.iter().map(|file| fs::metadata(file).unwrap().len()).sum()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("XDG_STATE_HOME", self.place.join("state-home")).env("HOME", &self.place);
        command.current_dir(self.layout.root());
        command
    }

    /// Runs an audit, which must pass.
    fn audits(&self, words: &[&str]) {
        let run = self.command(env!("CARGO_BIN_EXE_siglum")).args(words).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    }

    /// Runs the program once and prints its time and its memory.
    fn run(&self, words: &[&str]) {
        let mut timed = self.command("/usr/bin/time");
        timed.args(["-f", "%e %M", env!("CARGO_BIN_EXE_siglum")]).args(words);
        let run = timed.output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        let mut figures = told.lines().last().unwrap_or_default().split(' ');
        let seconds = figures.next().unwrap_or_default();
        let kilobytes: u64 = figures.next().and_then(|word| word.parse().ok()).unwrap_or_default();
        assert!(run.status.success(), "{words:?}: {told}");
        println!("siglum {}: {seconds} s, {} MB at most", words.join(" "), kilobytes / 1000);
    }
}

/// The files below a directory.
fn walk(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
