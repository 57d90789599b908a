//! Other processes for tests: this test binary, started again with a task.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use siglum::log::checkpoint::Checkpoint;
use siglum::log::key::{LogKey, Origin, VerifierKey};
use siglum::log::tree;
use siglum::store::append::Writer;
use siglum::store::layout::Layout;
use siglum::store::open;
use siglum::store::seen::Memory;
use siglum::verify::growth;

use crate::crash;

/// Names the task, its number and its directories, with line feeds between.
const TASK: &str = "SIGLUM_TEST_TASK";

/// Starts this binary again, to do one task.
pub fn start(task: &str, number: usize, places: &[&Path]) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    give(&mut command, task, number, places);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Gives a task to a command that starts this binary in the end.
pub fn give(command: &mut Command, task: &str, number: usize, places: &[&Path]) {
    let mut words = vec![task.to_owned(), number.to_string()];
    words.extend(places.iter().map(|place| place.to_str().unwrap().to_owned()));
    command
        .args(["--exact", "process::a_task_is_done_or_unknown", "--nocapture"])
        .args(["--test-threads", "1"])
        .env(TASK, words.join("\n"))
        .env("RAYON_NUM_THREADS", "1")
        .env("RUST_BACKTRACE", "0");
}

/// Waits for a process that must succeed.
#[track_caller]
pub fn end(child: Child) {
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// The key that the tests' processes sign with.
pub fn key() -> LogKey {
    LogKey::from_seed(&Origin::new("desk.example").unwrap(), &[7; 32]).unwrap()
}

/// What the helper processes do.
#[test]
fn a_task_is_done_or_unknown() {
    let Ok(words) = std::env::var(TASK) else {
        assert!(std::panic::catch_unwind(|| run("none", 0, &[])).is_err(), "an unknown task");
        return;
    };
    let words: Vec<&str> = words.split('\n').collect();
    let places: Vec<PathBuf> = words[2..].iter().map(PathBuf::from).collect();
    run(words[0], words[1].parse().unwrap(), &places);
}

fn run(task: &str, number: usize, places: &[PathBuf]) {
    match (task, places) {
        ("write", [root, state]) => write(number, root, state),
        ("read", [root, state, stop]) => read(root, state, stop),
        ("remember", [state]) => remember(number, state),
        ("sign", [state]) => sign(state),
        ("append", [root, state]) => crash::append(root, state),
        ("rotate", [root, state]) => crash::rotate(root, state),
        _ => panic!("no task {task} with {} places", places.len()),
    }
}

/// How many records a writer appends, and how many at a time.
pub const RECORDS: usize = 2000;
const BATCH: usize = 10;

/// The bytes of a record that no other writer appends.
pub fn record(writer: usize, n: usize) -> Vec<u8> {
    format!("[[record]]\nformat = 9\nn = \"{writer}/{n}\"\n").into_bytes()
}

/// Appends a writer's records in batches, and signs what is there after every fourth, its own and
/// other writers'.
fn write(writer: usize, root: &Path, state: &Path) {
    let (layout, memory, key) = (Layout::new(root), Memory::new(state), key());
    let records: Vec<Vec<u8>> = (0..RECORDS).map(|n| record(writer, n)).collect();
    for (batch, records) in (1..).zip(records.chunks(BATCH)) {
        let mut log = Writer::open(&layout, key.verifier()).unwrap();
        assert_eq!(log.append(records).unwrap().len(), BATCH);
        if batch % 4 == 0 {
            let signed = log.sign(&key, key.verifier(), &memory).unwrap();
            drop(log);
            memory.remember_seen(&signed).unwrap();
        }
    }
}

/// Verifies the log again and again, and that it only grows, until a file is there.
fn read(root: &Path, state: &Path, stop: &Path) {
    let (layout, memory) = (Layout::new(root), Memory::new(state));
    let key: VerifierKey = key().verifier().clone();
    let (mut sizes, mut times) = (BTreeSet::new(), 0);
    while !stop.exists() {
        // In the order of `verify`: what is remembered first, then the log.
        let seen = memory.seen(key.name()).unwrap();
        let checked = open::check(&layout, &key).unwrap();
        let signed = checked.journal.signed_size();
        if let Some(seen) = seen {
            assert_eq!(growth::fault(&checked.leaves, signed, &seen.checkpoint), None);
        }
        memory.remember_seen(checked.journal.signed().unwrap()).unwrap();
        assert!(sizes.last().is_none_or(|last| *last <= signed), "{signed} after {sizes:?}");
        sizes.insert(signed);
        times += 1;
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(times > 5 && sizes.len() > 2, "{times} times, {sizes:?}");
}

/// How many checkpoints or signatures a process remembers.
pub const MEMORIES: u64 = 60;

/// Remembers checkpoints of ever more records; whatever others do, what is remembered is never less.
fn remember(number: usize, state: &Path) {
    let (memory, key) = (Memory::new(state), key());
    for n in 1..=MEMORIES {
        let size = n * 10 + number as u64;
        let signed = checkpoint(size).sign(&key).unwrap();
        memory.remember_seen(&signed).unwrap();
        let seen = memory.seen(key.verifier().name()).unwrap().unwrap();
        assert!(seen.checkpoint.size >= size, "{} after {size}", seen.checkpoint.size);
    }
}

/// Signs one record more than what was signed last, under the lock for signing.
fn sign(state: &Path) {
    let (memory, key) = (Memory::new(state), key());
    for _ in 0..MEMORIES {
        let _signing = memory.lock_signing(key.verifier().name()).unwrap();
        let last = memory.signed(key.verifier()).unwrap().map_or(0, |last| last.size);
        memory.remember_signed(key.verifier(), &checkpoint(last + 1)).unwrap();
    }
}

fn checkpoint(size: u64) -> Checkpoint {
    let origin = Origin::new("desk.example").unwrap();
    Checkpoint { origin, size, root: tree::leaf_hash(&size.to_be_bytes()) }
}
