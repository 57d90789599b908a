//! What crashes, failing calls and crowds leave of a log: everything that was acknowledged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::desk::{Desk, tree};
use crate::oracle;

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
    let layout = siglum::store::layout::Layout::new(desk.root());
    let settings = fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let key = settings.split('"').find(|part| part.contains('+')).unwrap();
    let key = siglum::log::key::VerifierKey::parse(key).unwrap();
    for cut in 0..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let _ = fs::remove_dir_all(desk.records().join("recovered"));
        let opened = siglum::store::append::Writer::open(&layout, &key);
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

/// Eight processes record at once, in batches of ten, while readers verify.
#[test]
fn a_crowd_loses_and_repeats_nothing() {
    const WRITERS: usize = 8;
    const BATCHES: usize = 12;
    const BATCH: usize = 10;
    let desk = Desk::with_log();
    for n in 0..WRITERS * BATCHES * BATCH {
        write(&desk, n);
    }
    let run = |args: &[String]| {
        let mut command = desk.command();
        command.args(args).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    for batch in 0..BATCHES {
        let mut running = Vec::new();
        for writer in 0..WRITERS {
            let first = (batch * WRITERS + writer) * BATCH;
            let names = (first..first + BATCH).map(|n| format!("s{n}.txt"));
            running
                .push(run(&std::iter::once("record".to_owned()).chain(names).collect::<Vec<_>>()));
        }
        for _ in 0..4 {
            running.push(run(&["verify".to_owned()]));
        }
        for child in running {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{said}");
        }
    }
    let log = oracle::check(&desk.root());
    assert_eq!(log.signed, WRITERS * BATCHES * BATCH);
    let mut articles: Vec<String> = log
        .records
        .iter()
        .map(|record| {
            let text = std::str::from_utf8(record).unwrap();
            text.lines().find(|line| line.starts_with("article = ")).unwrap().to_owned()
        })
        .collect();
    articles.sort();
    articles.dedup();
    assert_eq!(articles.len(), log.signed, "each article once");
    desk.ok(&["fsck"]);
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
    "ftruncate",
    "mkdir",
    "unlink",
    "flock",
];

/// Whether strace is there. In CI it must be; elsewhere the test says that it was skipped.
pub fn has_strace() -> bool {
    let there = Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_ok();
    let in_ci = std::env::var_os("SIGLUM_CI").is_some_and(|value| value == "1");
    assert!(there || !in_ci, "CI must have strace");
    if !there {
        println!("skipped: strace is not on this machine");
    }
    there
}

/// Records one more article with one system call made to fail, or the process killed in it.
/// Returns the exit code, or nothing for a death.
fn record_under(desk: &Desk, call: &str, inject: &str, article: &str) -> Option<i32> {
    let mut plain = desk.command();
    plain.env("RAYON_NUM_THREADS", "1");
    let mut command = Command::new("strace");
    command
        .args(["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", inject])
        .arg(plain.get_program())
        .args(["record", article])
        .current_dir(desk.root())
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.status().unwrap().code()
}

/// How often each call is made by recording an article.
fn ordinals(desk: &Desk, article: &str) -> BTreeMap<String, usize> {
    let out = desk.outside("trace");
    let plain = desk.command();
    let mut command = Command::new("strace");
    command.arg("-o").arg(&out).arg("-e").arg(format!("trace={}", CALLS.join(",")));
    command.arg(plain.get_program()).args(["record", article]).current_dir(desk.root());
    command.env_clear().env("RAYON_NUM_THREADS", "1").stdout(Stdio::null());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    assert!(command.status().unwrap().success());
    let mut counts = BTreeMap::new();
    for line in fs::read_to_string(&out).unwrap().lines() {
        let call = line.split('(').next().unwrap_or_default();
        if CALLS.contains(&call) {
            *counts.entry(call.to_owned()).or_default() += 1;
        }
    }
    counts
}

#[cfg(target_os = "linux")]
#[test]
fn every_call_may_fail_or_be_the_last() {
    if !has_strace() {
        return;
    }
    let start = Desk::with_log();
    for n in 0..2 {
        start.ok(&["record", &write(&start, n)]);
    }
    let pristine = start.outside("pristine");
    copy(&start.root(), &pristine.join("desk"));
    copy(&start.outside(".local"), &pristine.join("local"));
    let counts = {
        write(&start, 9);
        ordinals(&start, "s9.txt")
    };
    let (mut tried, mut felt) = (0, 0);
    for (call, count) in &counts {
        for ordinal in 1..=*count {
            for what in ["error=EIO", "error=ENOSPC", "signal=KILL"] {
                // The same desk again, as it was before.
                let _ = fs::remove_dir_all(start.root());
                let _ = fs::remove_dir_all(start.outside(".local"));
                copy(&pristine.join("desk"), &start.root());
                copy(&pristine.join("local"), &start.outside(".local"));
                let article = write(&start, 2);
                let inject = format!("inject={call}:{what}:when={ordinal}");
                let code = record_under(&start, call, &inject, &article);
                after(&start, &inject, code);
                tried += 1;
                // Some calls may fail without harm, such as those of the loader or to a memory.
                felt += usize::from(code != Some(0));
            }
        }
    }
    println!("{tried} runs, {felt} of them failed or died: {counts:?}");
    assert!(tried > 60 && felt * 2 > tried, "{felt} of {tried}: {counts:?}");
}

/// Checks what a run that went wrong left: everything acknowledged, and a log that goes on.
fn after(desk: &Desk, inject: &str, code: Option<i32>) {
    // Readers find the log in order, whatever is left.
    let verified = desk.run_freely(&["verify", "s0.txt", "s1.txt"], b"");
    assert_eq!(verified.code, 0, "{inject}: {verified:#?}");
    if code == Some(0) {
        let acknowledged = desk.run_freely(&["verify", "s2.txt"], b"");
        assert_eq!(acknowledged.code, 0, "{inject}: {acknowledged:#?}");
    }
    // The next writer goes on, and the same article is in the log once.
    let next = write(desk, 3);
    let recorded = desk.run_freely(&["record", "s2.txt", &next], b"");
    assert_eq!(recorded.code, 0, "{inject} (exit {code:?}): {recorded:#?}");
    let repaired = desk.run_freely(&["fsck", "--repair"], b"");
    assert_eq!(repaired.code, 0, "{inject}: {repaired:#?}");
    let log = oracle::check(&desk.root());
    assert_eq!((log.records.len(), log.signed), (4, 4), "{inject}");
}
