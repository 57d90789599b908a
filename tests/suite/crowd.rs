//! Many processes at once: nothing is lost, nothing is repeated, and nobody cries wolf.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use siglum::store::append::Writer;
use siglum::store::layout::Layout;
use siglum::store::seen::Memory;

use crate::desk::{Desk, tree};
use crate::oracle;
use crate::process::{self, MEMORIES, RECORDS};

/// Eight processes append 2,000 records each, in batches of ten, while others verify.
#[test]
fn eight_writers_lose_and_repeat_nothing() {
    const WRITERS: usize = 8;
    let desk = Desk::new();
    let (root, state, stop) = (desk.root(), desk.outside("state"), desk.outside("stop"));
    let key = process::key();
    desk.write(
        "provenance.toml",
        format!("[log]\norigin = \"desk.example\"\nverifier = \"{}\"\n", key.verifier()),
    );
    let mut log = Writer::open(&Layout::new(&root), key.verifier()).unwrap();
    log.sign(&key, key.verifier(), &Memory::new(&state)).unwrap();
    drop(log);
    let readers: Vec<_> =
        (0..2).map(|n| process::start("read", n, &[&root, &state, &stop])).collect();
    let writers: Vec<_> =
        (0..WRITERS).map(|n| process::start("write", n, &[&root, &state])).collect();
    writers.into_iter().for_each(process::end);
    fs::write(&stop, "").unwrap();
    readers.into_iter().for_each(process::end);
    // Every record once, whoever wrote it, and each writer's in its own order.
    let mut found = Vec::new();
    for (_, bytes) in tree(&desk.records().join("entries")) {
        let text = String::from_utf8(bytes).unwrap();
        found.extend(text.lines().filter(|line| line.starts_with("n = ")).map(str::to_owned));
    }
    assert_eq!(found.len(), WRITERS * RECORDS);
    let expected: BTreeSet<String> = (0..WRITERS)
        .flat_map(|writer| (0..RECORDS).map(move |n| format!("n = \"{writer}/{n}\"")))
        .collect();
    assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), expected);
    for writer in 0..WRITERS {
        let prefix = format!("n = \"{writer}/");
        let own: Vec<usize> = found
            .iter()
            .filter_map(|line| line.strip_prefix(&prefix)?.strip_suffix('"')?.parse().ok())
            .collect();
        assert!(own.is_sorted(), "writer {writer}");
    }
    assert_eq!(desk.run_freely(&["verify"], b"").code, 0);
    assert_eq!(desk.run_freely(&["fsck"], b"").code, 0);
}

/// Six people record at once with the program, five times each: every run that answers 0 is in the
/// log, once and signed.
#[test]
fn six_people_record_at_once() {
    const PEOPLE: usize = 6;
    const TIMES: usize = 5;
    let desk = Desk::with_log();
    let work: Vec<Vec<_>> = (0..PEOPLE)
        .map(|person| {
            let run = |time| {
                let mut command = desk.command();
                command.args(["record", &crate::standards::write(&desk, person * TIMES + time)]);
                command
            };
            (0..TIMES).map(run).collect()
        })
        .collect();
    std::thread::scope(|scope| {
        for runs in work {
            scope.spawn(|| {
                for mut run in runs {
                    let output = run.output().unwrap();
                    let said = String::from_utf8_lossy(&output.stderr);
                    assert_eq!(output.status.code(), Some(0), "{said}");
                }
            });
        }
    });
    let log = oracle::check(&desk.root());
    assert_eq!((log.records.len(), log.signed), (PEOPLE * TIMES, PEOPLE * TIMES));
    for n in 0..PEOPLE * TIMES {
        let name = crate::standards::write(&desk, n);
        let told = format!("article = \"{name}\"\n");
        let told = log
            .records
            .iter()
            .filter(|record| std::str::from_utf8(record).unwrap().contains(&told));
        assert_eq!(told.count(), 1, "{name}");
    }
    desk.ok(&["verify"]);
    desk.ok(&["fsck"]);
}

#[test]
fn what_is_remembered_only_grows() {
    let desk = Desk::new();
    let state = desk.outside("state");
    let crowd: Vec<_> = (0..6).map(|n| process::start("remember", n, &[&state])).collect();
    crowd.into_iter().for_each(process::end);
    let seen = Memory::new(&state).seen(process::key().verifier().name()).unwrap().unwrap();
    assert_eq!(seen.checkpoint.size, MEMORIES * 10 + 5);
}

#[test]
fn no_signature_is_forgotten() {
    let desk = Desk::new();
    let state = desk.outside("state");
    let crowd: Vec<_> = (0..6).map(|n| process::start("sign", n, &[&state])).collect();
    crowd.into_iter().for_each(process::end);
    let signed = Memory::new(&state).signed(process::key().verifier()).unwrap().unwrap();
    assert_eq!(signed.size, MEMORIES * 6);
}

/// Who adds a cosignature waits for whoever writes, so that neither undoes the other's checkpoint.
#[test]
fn a_cosignature_is_added_under_the_lock() {
    let (log, witness, key) = crate::witnesses::witnessed_log();
    log.ok(&["record", &crate::standards::write(&log, 0)]);
    let request = log.ok(&["prove", "--since", "none"]);
    let pinned = crate::standards::verifier(&log);
    let args = ["cosign", "--key", key.to_str().unwrap(), "--log", &pinned, "-"];
    let answer = witness.run_freely(&args, request.as_bytes());
    let file = log.outside("answer");
    fs::write(&file, &answer.out).unwrap();
    let before = fs::read(log.records().join("checkpoint")).unwrap();
    let lock = fs::OpenOptions::new().write(true).open(log.records().join("lock")).unwrap();
    lock.lock().unwrap();
    let mut adding = log.command();
    adding.args(["cosign", "--add", file.to_str().unwrap()]);
    adding.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut adding = adding.spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(adding.try_wait().unwrap().is_none(), "it waits");
    assert_eq!(fs::read(log.records().join("checkpoint")).unwrap(), before);
    drop(lock);
    assert!(adding.wait().unwrap().success());
    assert_eq!(log.json(&["verify"]).0["log"]["witnessed"]["size"], 1);
}
