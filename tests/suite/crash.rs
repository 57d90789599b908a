//! A writer that is single-threaded and says what it has done, for tests to crash.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use siglum::log::key::{LogKey, Origin};
use siglum::record::event::Event;
use siglum::record::fields::Record;
use siglum::record::source::KeyChange;
use siglum::record::time::Timestamp;
use siglum::store::append::Writer;
use siglum::store::error::StoreError;
use siglum::store::layout::Layout;
use siglum::store::seen::Memory;

use crate::process::{key, record};

/// No file has this name: opening it marks in a trace where the work begins.
pub const MARKER: &str = "the-work-begins-here";

/// How many records there are before the first: one less than fills a journal file, but for one.
pub const BEFORE: usize = 4094;

/// Appends one record, then two, of which the second begins a new journal file; and signs.
pub fn append(root: &Path, state: &Path) {
    let key = key();
    let mut log = begin(root);
    for records in [&new()[..1], &new()[1..]] {
        let added = or_end(log.append(records), "nothing was appended");
        say(&format!("durable {}", added.last().unwrap().index + 1));
    }
    sign(log, &[&key], state);
}

/// The records that [`append`] appends.
pub fn new() -> Vec<Vec<u8>> {
    (BEFORE..BEFORE + 3).map(|n| record(0, n)).collect()
}

/// Appends the record of a rotation, and signs with both keys.
pub fn rotate(root: &Path, state: &Path) {
    let mut log = begin(root);
    let added = or_end(log.append(&[rotation()]), "nothing was appended");
    say(&format!("durable {}", added[0].index + 1));
    sign(log, &[&key(), &new_key()], state);
}

/// The key that [`rotate`] changes to.
pub fn new_key() -> LogKey {
    LogKey::from_seed(&Origin::new("desk.example").unwrap(), &[8; 32]).unwrap()
}

/// The record that says so.
pub fn rotation() -> Vec<u8> {
    let (old, new) = (key(), new_key());
    let (from, to) = (old.verifier().as_str(), new.verifier().as_str());
    let statement = KeyChange::statement("desk.example", from, to);
    let time = Timestamp::try_from("2026-03-01T00:00:00.000Z".to_owned()).unwrap();
    let mut record = Record::new(Event::Key, time);
    record.key = Some(KeyChange {
        old: from.to_owned(),
        new: to.to_owned(),
        old_signature: old.sign_statement(&statement),
        new_signature: new.sign_statement(&statement),
    });
    record.encode().unwrap()
}

/// How many calls of each kind come before the marker: more than the test harness makes in its own
/// thread, which waits for this one. strace counts by thread, and so an ordinal is one call's only.
const OWN: usize = 50;

/// Makes this the only thread that works, marks the beginning, and opens the log.
fn begin(root: &Path) -> Writer {
    for _ in 0..OWN {
        File::create("/dev/null").unwrap().write_all(b".").unwrap();
    }
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    assert!(File::open(root.join(MARKER)).is_err());
    or_end(Writer::open(&Layout::new(root), key().verifier()), "not opened")
}

fn sign(mut log: Writer, keys: &[&LogKey], state: &Path) {
    let expected = keys.last().unwrap().verifier();
    let (signed, what) = match log.sign_with(keys, expected, &Memory::new(state)) {
        Err(StoreError::Unsigned(error)) => (Err(*error), "not signed"),
        Err(error) => (Err(error), "taken back"),
        Ok(signed) => (Ok(signed), ""),
    };
    let size = or_end(signed, what).size();
    drop(log);
    say(&format!("signed {size}"));
    std::process::exit(0);
}

/// What was done, or the end, with a word for what became of it.
fn or_end<T>(done: Result<T, StoreError>, what: &str) -> T {
    done.unwrap_or_else(|error| {
        say(&format!("{what}: {error}"));
        std::process::exit(3);
    })
}

/// Says something on a line of its own.
fn say(what: &str) {
    println!("\nsaid: {what}");
}
