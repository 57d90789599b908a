//! What crashes and failing calls leave of a log: everything that was acknowledged.

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
    "close",
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

/// Which of each call's ordinals recording an article makes; of `close`, those of files that are
/// kept: what was written to others is nobody's.
fn ordinals(desk: &Desk, article: &str) -> BTreeMap<String, Vec<usize>> {
    let out = desk.outside("trace");
    let plain = desk.command();
    let mut command = Command::new("strace");
    command.arg("-y").arg("-o").arg(&out).arg("-e").arg(format!("trace={}", CALLS.join(",")));
    command.arg(plain.get_program()).args(["record", article]).current_dir(desk.root());
    command.env_clear().env("RAYON_NUM_THREADS", "1").stdout(Stdio::null());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    assert!(command.status().unwrap().success());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut ordinals: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for line in fs::read_to_string(&out).unwrap().lines() {
        let call = line.split('(').next().unwrap_or_default();
        let ordinal = counts.entry(call.to_owned()).or_default();
        *ordinal += 1;
        let is_kept = line.contains("/records/") || line.contains("/.local/");
        if CALLS.contains(&call) && (call != "close" || is_kept) {
            ordinals.entry(call.to_owned()).or_default().push(*ordinal);
        }
    }
    ordinals
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
    for (call, ordinals) in &counts {
        for ordinal in ordinals {
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
    // Nobody hears of a failed close; all the others are felt more often than not.
    assert!(tried > 60 && felt * 3 > tried, "{felt} of {tried}: {counts:?}");
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
