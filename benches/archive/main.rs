//! How fast an archive is recorded, against hashing its bytes; and whether killing that changes anything.
//!
//! `cargo bench --bench archive [-- INPUTS]`; 300,000 inputs unless given. `invented.rs` says of what
//! kinds they are. The program records them as a newsroom would, from a directory with a map. Told are
//! megabytes a second and a core, by the processor's time (the disk's is waited for, not used) and
//! by the clock, the share of raw SHA-256 of the same bytes, and the peak of memory. Then the same is
//! done in another workspace, killed ten times at moments that a seed gives, and run to its end: both
//! logs must have the same records. Words `calm` and `killed` leave the other part out.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    missing_docs
)]

mod invented;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

/// How often the second run is killed.
const KILLS: u64 = 10;

/// How often a process is asked for its memory.
const PAUSE: Duration = Duration::from_millis(10);

fn main() {
    let inputs = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(300_000);
    let only = |word: &str| std::env::args().any(|arg| arg == word);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-archive");
    let _ = fs::remove_dir_all(&place);
    let source = place.join("archive");
    fs::create_dir_all(&source).unwrap();
    let archive = invented::write(&source, inputs);
    let megabytes = archive.bytes as f64 / 1e6;
    println!("{inputs} inputs, {megabytes:.0} MB, {} of them bad", archive.unreadable.len());
    let hashing = hash(&source.join("in")).as_secs_f64();
    println!("SHA-256 of them alone: {:.0} MB/s", megabytes / hashing);

    let calm = Desk::new(&place, "calm");
    let before = children_time();
    let (wall, memory) = watch(calm.start(&source));
    let busy = children_time() - before;
    let cores = thread::available_parallelism().unwrap().get() as f64;
    let speed = megabytes / busy;
    println!(
        "recorded in {:.1} s, {busy:.1} s of processors: {speed:.1} MB/s a core, {:.1} % of SHA-256; \
         {:.1} MB/s a core by the clock; {memory} MB of memory",
        wall.as_secs_f64(),
        100.0 * speed * hashing / megabytes,
        megabytes / wall.as_secs_f64() / cores,
    );
    calm.check(&archive);
    let records = calm.records();
    if !only("killed") {
        let (again, memory) = watch(calm.start(&source));
        println!("all of it again in {:.1} s, {memory} MB of memory", again.as_secs_f64());
        assert!(calm.records() == records, "recorded again, the archive is news");
    }
    if !only("calm") {
        killed(&place, &source, wall, &archive, &records);
    }
    fs::remove_dir_all(&place).unwrap();
}

/// Records the archive in a workspace of its own, killed at ten moments.
fn killed(
    place: &Path,
    source: &Path,
    wall: Duration,
    archive: &invented::Archive,
    records: &[[u8; 32]],
) {
    let desk = Desk::new(place, "killed");
    let mut state = 0x51_6c_75_6du64;
    let mut ended = 0;
    for _ in 0..KILLS {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = wall.mul_f64((state >> 40) as f64 / f64::from(1 << 24));
        let mut child = desk.start(source);
        thread::sleep(moment);
        child.kill().unwrap();
        ended += u64::from(child.wait().unwrap().code().is_some());
    }
    watch(desk.start(source));
    desk.check(archive);
    let same = desk.records() == records;
    println!(
        "killed {} times and run again: the records are {}",
        KILLS - ended,
        if same { "the same" } else { "OTHERS" }
    );
    assert!(same, "the log of the run that was killed differs");
}

/// The time that it takes one core to hash all files, without reading them.
fn hash(directory: &Path) -> Duration {
    let mut all = Duration::ZERO;
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                let start = Instant::now();
                std::hint::black_box(Sha256::digest(&bytes));
                all += start.elapsed();
            }
        }
    }
    all
}

/// Waits for a process to end; how long it took, and the most memory that it had, in megabytes.
fn watch(mut child: Child) -> (Duration, u64) {
    let start = Instant::now();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    loop {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(now.unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            // Some inputs could not be read.
            assert_eq!(status.code(), Some(2));
            return (start.elapsed(), peak.div_ceil(1024));
        }
        thread::sleep(PAUSE);
    }
}

/// The processors' time, in seconds, of all processes that this one waited for (proc(5): `cutime`,
/// `cstime`, in hundredths).
fn children_time() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<f64> =
        after_name.split_whitespace().skip(13).take(2).map(|n| n.parse().unwrap()).collect();
    (fields[0] + fields[1]) / 100.0
}

/// A workspace, and a home beside it.
struct Desk {
    root: PathBuf,
    home: PathBuf,
}

impl Desk {
    fn new(place: &Path, name: &str) -> Self {
        let home = place.join(name);
        let desk = Self { root: home.join("desk"), home };
        fs::create_dir_all(&desk.root).unwrap();
        assert!(desk.command().arg("init").stdout(Stdio::null()).status().unwrap().success());
        desk
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_siglum"));
        command
            .current_dir(&self.root)
            .env_clear()
            .env("HOME", &self.home)
            .env("SIGLUM_NOW", "2026-03-01T09:00:00Z");
        command
    }

    /// Begins to record the archive.
    fn start(&self, source: &Path) -> Child {
        let mut command = self.command();
        command.arg("record").arg(source.join("in")).arg("--map").arg(source.join("map.csv"));
        command.args(["--errors", "../errors.ndjson"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Whether each input that can't be read was told with its reason, and the log is in order.
    fn check(&self, archive: &invented::Archive) {
        let errors = fs::read_to_string(self.home.join("errors.ndjson")).unwrap();
        let wrong = invented::wrong(archive, &errors);
        assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
        assert!(self.command().arg("verify").stdout(Stdio::null()).status().unwrap().success());
    }

    /// The hashes of the records, without how they are grouped.
    fn records(&self) -> Vec<[u8; 32]> {
        let entries = self.root.join("records/entries");
        let mut files = Vec::new();
        let mut open = vec![entries];
        while let Some(directory) = open.pop() {
            for entry in fs::read_dir(&directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { open.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        let mut records = Vec::new();
        for file in files {
            let bytes = fs::read(file).unwrap();
            let mut rest = bytes.as_slice();
            while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let line = std::str::from_utf8(&rest[..end]).unwrap();
                rest = &rest[end + 1..];
                if let Some(head) = line.strip_prefix("#@ ") {
                    let length: usize = head.split(' ').nth(1).unwrap().parse().unwrap();
                    records.push(Sha256::digest(&rest[..length]).into());
                    rest = &rest[length..];
                }
            }
        }
        records
    }
}
