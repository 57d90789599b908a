//! How fast a log is verified, appended to and proved from, beside the hash and the disk alone.
//!
//! `cargo bench --bench log [-- RECORDS]`; a million records of about a kilobyte unless given. Every
//! figure is the median of interleaved rounds, and a ratio to a limit or to a peer measured in the
//! same run. [`peers`] has what others do with the same bytes.

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
mod peers;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use measure::{median, time};
use sha2::{Digest as _, Sha256};
use siglum::log::frame::{self, FILE_RECORDS};
use siglum::log::key::{LogKey, Origin};
use siglum::log::proof;
use siglum::log::tile::index_path;
use siglum::log::tree::{self, Edge};
use siglum::store::append::Writer;
use siglum::store::layout::Layout;
use siglum::store::open;
use siglum::store::seen::Memory;
use siglum::store::tiles::{self, DiskTiles};
use siglum::text::digest::Digest;

const GROUP: usize = 1000;
const ROUNDS: usize = 5;

/// The most commits that git is asked to check: it takes half a minute for a million.
const MOST_COMMITS: usize = 1_000_000;

/// The most bytes of a journal that the hash alone is measured with.
const ENOUGH: usize = 1 << 30;

fn main() {
    if let Some(place) = std::env::args().skip_while(|arg| arg != "--memory").nth(1) {
        return memory(Path::new(&place));
    }
    let size = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-log");
    let _ = fs::remove_dir_all(&place);
    let layout = Layout::new(place.join("desk"));
    let memory = Memory::new(place.join("state"));
    let key = bench_key();
    let (stored, hashed) = write_log(&layout, size);
    println!("{size} records, {:.2} GB in the journal", stored as f64 / 1e9);
    let signing = time(|| {
        let mut writer = Writer::open(&layout, key.verifier()).unwrap();
        writer.sign(&key, key.verifier(), &memory).unwrap();
    });
    println!("opening for writing and signing, once: {:.2} s", signing.as_secs_f64());
    let whole = verify(&layout, &key, stored, hashed);
    for part in ["verify", "prove"] {
        let peak = peak_memory(&place, part);
        println!("memory of a process that does no more than {part}: {peak} MB at most");
    }
    prove(&layout, &key, size);
    append(&place, &key);
    if size <= MOST_COMMITS {
        peers::git_fsck(&place, size, whole);
    }
    fs::remove_dir_all(&place).unwrap();
}

fn bench_key() -> LogKey {
    LogKey::from_seed(&Origin::new("bench.example").unwrap(), &[7; 32]).unwrap()
}

/// The most memory, in megabytes, that this program takes when it does only one thing.
fn peak_memory(place: &Path, part: &str) -> u64 {
    let program = std::env::current_exe().unwrap();
    let run = Command::new(program).arg("--memory").arg(place).arg(part).output().unwrap();
    String::from_utf8(run.stdout).unwrap().trim().parse().unwrap()
}

/// Does one thing with the log at `place` and prints the process's peak memory.
fn memory(place: &Path) {
    let (layout, key) = (Layout::new(place.join("desk")), bench_key());
    if std::env::args().any(|arg| arg == "prove") {
        prove_one(&layout, &key, 12_345);
    } else {
        assert!(open::check(&layout, key.verifier()).is_ok());
    }
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    println!("{}", kilobytes.div_ceil(1024));
}

/// A record of about a kilobyte, mostly digests as a version's is; of a later format, so that the
/// log does not ask what it says.
fn record(n: usize) -> Vec<u8> {
    let mut record = format!(
        "[[record]]\nformat = 9\nkind = \"version\"\narticle = \"desk:{n}\"\nversion = 1\n\
         language = \"fr\"\nparagraphs = [\n"
    );
    for paragraph in 0..12 {
        let digest = Digest::of_bytes(format!("{n} {paragraph}").as_bytes());
        writeln!(record, "  \"{digest}\",").unwrap();
    }
    record.push_str("]\n");
    record.into_bytes()
}

/// Writes a journal of `size` records in groups of 1,000. Returns its bytes, and the bytes that
/// SHA-256 must take for it: records, inner nodes and commit lines' roots, padded to blocks.
fn write_log(layout: &Layout, size: usize) -> (u64, u64) {
    let file_records = usize::try_from(FILE_RECORDS).unwrap();
    let mut edge = Edge::new();
    let (mut stored, mut hashed) = (0, 0);
    let blocks = |bytes: usize| (bytes + 9).div_ceil(64) as u64 * 64;
    fs::create_dir_all(layout.entries()).unwrap();
    for start in (0..size).step_by(file_records) {
        let mut bytes = Vec::new();
        let end = size.min(start + file_records);
        for first in (start..end).step_by(GROUP) {
            let records: Vec<Vec<u8>> = (first..end.min(first + GROUP)).map(record).collect();
            for record in &records {
                edge.push(tree::leaf_hash(record), |_, _| ());
                hashed += blocks(record.len() + 1) + 128;
            }
            hashed += u64::from(edge.size().count_ones()) * 128;
            frame::write_group(&mut bytes, first as u64, &records, &edge.root());
        }
        stored += bytes.len() as u64;
        let path =
            layout.entries().join(format!("{}.toml", index_path((start / file_records) as u64)));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    (stored, hashed)
}

/// Measures whole-log verification; the answer is its time on two cores.
fn verify(layout: &Layout, key: &LogKey, stored: u64, hashed: u64) -> Duration {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (one, two) = (pool(1), pool(2));
    let check = |pool: &rayon::ThreadPool| {
        pool.install(|| time(|| assert!(open::check(layout, key.verifier()).is_ok())))
    };
    // The limit: the journal's own bytes, in memory, through SHA-256 in one go.
    let bytes = journal(layout);
    let raw = || {
        let whole = time(|| {
            std::hint::black_box(Sha256::digest(&bytes));
        });
        whole.mul_f64(hashed as f64 / bytes.len() as f64)
    };
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        times[0].push(raw());
        times[1].push(check(&one));
        times[2].push(check(&two));
    }
    let [raw, one, two] = times.map(median);
    let gb = |time: Duration| stored as f64 / 1e9 / time.as_secs_f64();
    println!(
        "SHA-256 of the {:.2} GB of blocks it takes: {:.2} s",
        hashed as f64 / 1e9,
        raw.as_secs_f64()
    );
    println!(
        "verify, one core:  {:.2} s, {:.2} GB/s, {:.0} % of the bound",
        one.as_secs_f64(),
        gb(one),
        100.0 * raw.as_secs_f64() / one.as_secs_f64()
    );
    println!(
        "verify, two cores: {:.2} s, {:.2} GB/s, {:.2} × one core",
        two.as_secs_f64(),
        gb(two),
        one.as_secs_f64() / two.as_secs_f64()
    );
    two
}

/// The bytes of a journal, or as many of them as are enough.
fn journal(layout: &Layout) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in 0.. {
        if bytes.len() > ENOUGH {
            break;
        }
        let Ok(file) = fs::read(layout.entry_file(number)) else { break };
        bytes.extend_from_slice(&file);
    }
    bytes
}

fn prove(layout: &Layout, key: &LogKey, size: usize) {
    let mut times = Vec::new();
    for round in 0..ROUNDS * 10 {
        let index = (round * 7919 % size) as u64;
        times.push(time(|| prove_one(layout, key, index)));
    }
    println!("prove one record and check it: {:.1} ms", 1000.0 * median(times).as_secs_f64());
}

/// Proves a record's inclusion from the files alone, and checks the proof.
fn prove_one(layout: &Layout, key: &LogKey, index: u64) {
    let signed = open::checkpoint(layout, key.verifier()).unwrap().unwrap();
    let record = tiles::record(layout, index).unwrap().unwrap();
    let path = proof::prove_inclusion(&mut DiskTiles::new(layout), index, signed.size()).unwrap();
    let root = proof::root_from_inclusion(tree::leaf_hash(&record), index, signed.size(), &path);
    assert_eq!(root, Some(signed.root()));
}

fn append(place: &Path, key: &LogKey) {
    let layout = Layout::new(place.join("appended"));
    let memory = Memory::new(place.join("state-appended"));
    fs::create_dir_all(layout.records()).unwrap();
    let mut writer = Writer::open(&layout, key.verifier()).unwrap();
    let group: Vec<Vec<u8>> = (0..GROUP).map(record).collect();
    let bytes: Vec<u8> = group.concat();
    let mut beside = File::create(place.join("beside")).unwrap();
    let mut sqlite = peers::Sqlite::open(&place.join("peer.sqlite"));
    let mut bulk = [Vec::new(), Vec::new()];
    let mut peer = Vec::new();
    let mut single = [Vec::new(), Vec::new()];
    let mut plain = |bytes: &[u8]| {
        beside.write_all(bytes).unwrap();
        beside.sync_data().unwrap();
    };
    for _ in 0..20 {
        bulk[0].push(time(|| plain(&bytes)));
        bulk[1].push(time(|| drop(writer.append(&group).unwrap())));
        peer.push(time(|| sqlite.insert(&group)));
    }
    let (ours, theirs) = (median(bulk[1].clone()), median(peer));
    let one = &group[..1];
    for _ in 0..60 {
        single[0].push(time(|| plain(&one[0])));
        single[1].push(time(|| drop(writer.append(one).unwrap())));
    }
    let signing = time(|| drop(writer.sign(key, key.verifier(), &memory).unwrap()));
    println!("signing what was appended, once: {:.1} ms", 1000.0 * signing.as_secs_f64());
    println!(
        "append 1,000 records: {:.2} × the speed of SQLite (WAL, synchronous = FULL)",
        theirs.as_secs_f64() / ours.as_secs_f64()
    );
    for (what, times, records) in [("1,000 records", bulk, GROUP), ("one record", single, 1)] {
        let [plain, ours] = times.map(median);
        println!(
            "append {what}, durably: {:.2} ms ({:.0} records/s), {:.2} × the speed of write and fdatasync alone",
            1000.0 * ours.as_secs_f64(),
            records as f64 / ours.as_secs_f64(),
            plain.as_secs_f64() / ours.as_secs_f64()
        );
    }
}
