//! What crashes and failing calls leave of a log: everything that was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use siglum::log::cosign::Quorum;
use siglum::log::key::LogKey;
use siglum::store::append::Writer;
use siglum::store::layout::Layout;
use siglum::store::seen::Memory;
use siglum::store::{fsck, open};

use crate::desk::{Desk, tree};
use crate::needs::needs;
use crate::{crash, oracle, process};

pub fn text(n: usize) -> String {
    format!(
        "Story number {n}\n\nThe first paragraph of story number {n}, long enough to be told.\n"
    )
}

fn write(desk: &Desk, n: usize) -> String {
    let name = format!("s{n}.txt");
    desk.write(&name, text(n));
    name
}

/// A copy of a directory in another.
fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// The journal cut at every byte of its last two groups, of which neither is signed, and of the
/// signed one before them.
#[test]
fn a_journal_cut_anywhere_is_recovered_or_refused() {
    let desk = Desk::with_log();
    desk.ok(&["record", &write(&desk, 0)]);
    let path = desk.records().join("entries/000.toml");
    let signed = fs::read(&path).unwrap().len();
    desk.ok(&["record", &write(&desk, 1), "--unsigned"]);
    let first = fs::read(&path).unwrap().len();
    desk.ok(&["record", &write(&desk, 2), "--unsigned"]);
    let whole = fs::read(&path).unwrap();
    write(&desk, 3);
    let layout = Layout::new(desk.root());
    let settings = fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let key = settings.split('"').find(|part| part.contains('+')).unwrap();
    let key = siglum::log::key::VerifierKey::parse(key).unwrap();
    for cut in 0..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let _ = fs::remove_dir_all(desk.records().join("recovered"));
        let opened = Writer::open(&layout, &key);
        let left = fs::read(&path).unwrap_or_default();
        if cut < signed {
            assert!(opened.is_err(), "cut at {cut}: signed records are missing");
            assert_eq!(left, whole[..cut], "cut at {cut}: nothing is moved");
            continue;
        }
        assert!(opened.is_ok(), "cut at {cut}");
        let kept = if cut < first { signed } else { first };
        assert_eq!(left, whole[..kept], "cut at {cut}");
        let aside = desk.records().join("recovered");
        let set_aside = if aside.exists() { tree(&aside) } else { Vec::new() };
        assert_eq!(set_aside.len(), usize::from(cut > kept), "cut at {cut}");
        assert!(set_aside.iter().all(|(_, bytes)| *bytes == whole[kept..cut]), "cut at {cut}");
    }
}

/// The calls that change what is on disk, or fail to.
const CALLS: &[&str] = &[
    "openat",
    "write",
    "pwrite64",
    "fdatasync",
    "fsync",
    "rename",
    "renameat",
    "renameat2",
    "ftruncate",
    "mkdir",
    "unlink",
    "flock",
    "close",
];

/// Whether strace is there. In CI it must be; elsewhere the test says that it was skipped.
pub fn has_strace() -> bool {
    let version = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    needs("strace", version.ok()).is_some()
}

/// What a helper is to do: a task of [`crash`], in a log of its own.
struct Sweep {
    desk: Desk,
    task: &'static str,
    /// The keys that sign in the end.
    keys: Vec<LogKey>,
    /// Every record that there can be, in order. Of those of before, the last is not signed.
    before: usize,
    planned: Vec<Vec<u8>>,
}

/// What a helper said before it ended, and how it did.
struct Ended {
    durable: Option<usize>,
    signed: Option<usize>,
    taken_back: bool,
    code: Option<i32>,
}

/// A call, as a trace has it: its name, and the how manieth of this name it is.
type Place = (String, usize);

impl Sweep {
    fn new(task: &'static str, before: usize, new: Vec<Vec<u8>>, keys: Vec<LogKey>) -> Self {
        let desk = Desk::new();
        let mut planned: Vec<Vec<u8>> = (0..before).map(|n| process::record(0, n)).collect();
        let key = process::key();
        let settings = format!("[log]\nverifier = \"{}\"\n", key.verifier());
        desk.write("provenance.toml", settings);
        let mut log = Writer::open(&Layout::new(desk.root()), key.verifier()).unwrap();
        log.append(&planned[..before - 1]).unwrap();
        log.sign(&key, key.verifier(), &Memory::new(desk.outside("state"))).unwrap();
        log.append(&planned[before - 1..]).unwrap();
        drop(log);
        copy(&desk.root(), &desk.outside("pristine/desk"));
        copy(&desk.outside("state"), &desk.outside("pristine/state"));
        planned.extend(new);
        Self { desk, task, keys, before, planned }
    }

    /// The same log again, as it was before.
    fn reset(&self) {
        for name in ["desk", "state"] {
            let _ = fs::remove_dir_all(self.desk.outside(name));
            copy(&self.desk.outside("pristine").join(name), &self.desk.outside(name));
        }
    }

    /// Runs the helper under strace. Returns the trace, and what came of it.
    fn run(&self, options: &[&str]) -> (String, Ended) {
        let trace = self.desk.outside("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-o"]).arg(&trace).args(options);
        command.arg(std::env::current_exe().unwrap());
        process::give(
            &mut command,
            self.task,
            0,
            &[&self.desk.root(), &self.desk.outside("state")],
        );
        // With it, the loader alone would open more files than the helper.
        command.env_remove("LD_LIBRARY_PATH");
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let number = |word: &str| {
            let lines = said.lines().filter_map(|line| line.strip_prefix("said: "));
            lines.filter_map(|line| line.strip_prefix(word)?.trim().parse().ok()).next_back()
        };
        let ended = Ended {
            durable: number("durable"),
            signed: number("signed"),
            taken_back: said.contains("said: taken back"),
            code: output.status.code(),
        };
        (fs::read_to_string(&trace).unwrap(), ended)
    }

    /// The calls after the marker; of `close`, those of files that were opened to be written.
    fn places(&self) -> Vec<Place> {
        self.reset();
        let (trace, ended) = self.run(&["-e", &format!("trace={}", CALLS.join(","))]);
        assert_eq!((ended.signed, ended.code), (Some(self.planned.len()), Some(0)), "{trace}");
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut written, mut places, mut begun) = (BTreeSet::new(), Vec::new(), false);
        let marked = trace.lines().find(|line| line.contains(crash::MARKER)).expect("the marker");
        let thread = marked.split(' ').next().unwrap();
        for line in trace.lines().filter_map(|line| line.strip_prefix(thread)) {
            let Some((call, rest)) = line.trim_start().split_once('(') else { continue };
            let ordinal = counts.entry(call).or_default();
            *ordinal += 1;
            // `openat(…) = 5</path>`, `close(5</path>) = 0`
            let opened = rest.rsplit_once(") = ").and_then(|(_, made)| made.split('<').next());
            let closed = rest.split('<').next();
            if call == "openat" && (rest.contains("O_RDWR") || rest.contains("O_WRONLY")) {
                written.extend(opened);
            }
            let counts = match call {
                "close" => closed.is_some_and(|file| written.remove(file)),
                // What the helper says is no part of the log.
                "write" => closed != Some("1"),
                _ => true,
            };
            if begun && counts {
                places.push((call.to_owned(), *ordinal));
            }
            begun |= rest.contains(crash::MARKER);
        }
        places
    }

    /// Has each call fail with each error once, and be the last once.
    fn sweep(&self) -> BTreeMap<String, usize> {
        let (mut calls, mut failed) = (BTreeMap::new(), 0);
        let places = self.places();
        for (call, ordinal) in &places {
            *calls.entry(call.clone()).or_default() += 1;
            for what in ["error=EIO", "error=ENOSPC", "signal=KILL"] {
                self.reset();
                let inject = format!("inject={call}:{what}:when={ordinal}");
                let trace = format!("trace=openat,{call}");
                let (trace, ended) = self.run(&["-e", &trace, "-e", &inject]);
                // It was this call, after the marker, that did not go as it should.
                let (before, after) = trace.split_once(crash::MARKER).expect(&inject);
                assert!(!before.contains("(INJECTED)"), "{inject} in {trace}");
                let is_felt = if what == "signal=KILL" {
                    ended.code.is_none() && after.contains("killed by SIGKILL")
                } else {
                    after.contains("(INJECTED)")
                };
                assert!(is_felt, "{inject} in {trace}");
                failed += usize::from(ended.code != Some(0));
                self.goes_on(&inject, &ended);
            }
        }
        println!("{}: {} runs, {failed} failed or died: {calls:?}", self.task, places.len() * 3);
        calls
    }

    /// Checks what a run that went wrong left: everything acknowledged, and a log that goes on.
    fn goes_on(&self, inject: &str, ended: &Ended) {
        let (layout, key) = (Layout::new(self.desk.root()), process::key());
        let settled = if ended.taken_back { None } else { ended.durable };
        let acknowledged = settled.unwrap_or(self.before);
        // Readers find the log in order, whatever is left.
        let read = open::check(&layout, key.verifier()).expect(inject);
        assert!(read.journal.size() >= acknowledged as u64, "{inject}");
        assert!(read.journal.signed_size() >= ended.signed.unwrap_or(0) as u64, "{inject}");
        // Opening recovers.
        drop(Writer::open(&layout, key.verifier()).expect(inject));
        let there = oracle::journal(&self.desk.records());
        assert!(there.len() >= acknowledged, "{inject}: {} of {acknowledged}", there.len());
        assert!(self.planned.starts_with(&there), "{inject}");
        // Afterwards nothing is amiss but tiles of a size that is not, or no longer, the signed one:
        // it is for the next signing to say which are needed.
        for finding in fsck::check(&layout, key.verifier(), &Quorum::default()).expect(inject) {
            let is_tile = finding.fault.file.starts_with("records/tile/");
            assert!(finding.derived && is_tile, "{inject}: {finding:?}");
        }
        // The next writer goes on, and all is as it must be.
        let mut log = Writer::open(&layout, key.verifier()).expect(inject);
        log.append(&self.planned[there.len()..]).expect(inject);
        let keys: Vec<&LogKey> = self.keys.iter().collect();
        let memory = Memory::new(self.desk.outside("state"));
        log.sign_with(&keys, keys.last().unwrap().verifier(), &memory).expect(inject);
        drop(log);
        let findings = fsck::check(&layout, key.verifier(), &Quorum::default()).expect(inject);
        assert_eq!(findings, [], "{inject}");
        let log = oracle::check(&self.desk.root());
        assert!(log.records == self.planned && log.signed == self.planned.len(), "{inject}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn every_call_may_fail_or_be_the_last() {
    if !has_strace() {
        return;
    }
    let calls = Sweep::new("append", crash::BEFORE, crash::new(), vec![process::key()]).sweep();
    // The helper makes every one of the calls that it is about.
    let renames = ["rename", "renameat", "renameat2"];
    for call in CALLS.iter().filter(|call| !renames.contains(call) && **call != "pwrite64") {
        assert!(calls.contains_key(*call), "{call}: {calls:?}");
    }
    assert!(renames.iter().any(|call| calls.contains_key(*call)), "{calls:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn every_call_of_a_rotation_may_fail_or_be_the_last() {
    if !has_strace() {
        return;
    }
    let keys = vec![process::key(), crash::new_key()];
    let calls = Sweep::new("rotate", 3, vec![crash::rotation()], keys).sweep();
    for call in ["openat", "write", "fdatasync", "fsync", "ftruncate", "unlink", "flock", "close"] {
        assert!(calls.contains_key(call), "{call}: {calls:?}");
    }
}

/// A rotation that can neither be signed nor taken back: the new key stays, for its record is in the
/// journal, and the message names its file.
#[cfg(target_os = "linux")]
#[test]
fn a_rotation_that_stays_half_done_is_finished_by_hand() {
    if !has_strace() {
        return;
    }
    let desk = Desk::with_log();
    desk.ok(&["record", &write(&desk, 0)]);
    let plain = desk.command();
    let mut command = Command::new("strace");
    // The first rename is that of a tile, and so signing fails; the third cut is the one that takes
    // the record back, after the two of the lock's mark.
    command
        .args(["-o", "/dev/null", "-e", "trace=rename,renameat,ftruncate"])
        .args(["-e", "inject=rename,renameat:error=EIO:when=1"])
        .args(["-e", "inject=ftruncate:error=EIO:when=3"])
        .arg(plain.get_program())
        .args(["key", "rotate"])
        .current_dir(desk.root())
        .env_clear();
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.env("RAYON_NUM_THREADS", "1");
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("not yet signed") && said.contains("siglum sign --key"), "{said}");
    let keys = tree(&desk.outside(".config/siglum/keys"));
    let new = keys.iter().find(|(path, _)| path.extension().is_some_and(|e| e == "new")).unwrap();
    // The old key alone signs nothing that covers the rotation.
    desk.fails(2, &["sign"], &["signs as"]);
    desk.ok(&["verify"]);
    let signed = desk.run_freely(&["sign", "--key", new.0.to_str().unwrap()], b"");
    assert_eq!(signed.code, 0, "{signed:#?}");
    // Both keys sign, as if nothing had failed: whoever pinned the old one follows.
    oracle::check(&desk.root());
    let note = fs::read_to_string(desk.records().join("checkpoint")).unwrap();
    let new = siglum::log::key::LogKey::parse(std::str::from_utf8(&new.1).unwrap().trim()).unwrap();
    oracle::checkpoint(&note, new.verifier().as_str());
    desk.ok(&["fsck"]);
}
