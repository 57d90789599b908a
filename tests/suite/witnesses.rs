//! Witnesses: they cosign what only grew, and a log that did not is caught.

use std::fs;
use std::path::PathBuf;

use crate::desk::Desk;
use crate::standards::{verifier, write};

/// Makes a witness and a log that trusts it.
pub fn witnessed_log() -> (Desk, Desk, PathBuf) {
    let (log, witness) = (Desk::with_log(), Desk::new());
    let key = witness.outside("w.key");
    let cosigner =
        witness.ok(&["key", "new", "--cosigner", "w.example/1", "-o", key.to_str().unwrap()]);
    let settings = log.root().join("provenance.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{text}witnesses = [\"{}\"]\nquorum = 1\n", cosigner.trim()))
        .unwrap();
    (log, witness, key)
}

#[test]
fn a_witness_cosigns_what_only_grew() {
    let (log, witness, key) = witnessed_log();
    let key = key.to_str().unwrap();
    log.ok(&["record", &write(&log, 0)]);
    assert_eq!(log.json(&["verify"]).0["log"]["witnessed"]["size"], 0);
    let first = fs::read(log.records().join("checkpoint")).unwrap();
    let request = log.ok(&["prove", "--since", "none"]);
    assert!(request.starts_with("old 0\n\n"), "{request}");
    let pinned = verifier(&log);
    let unknown = witness.run_freely(&["cosign", "--key", key, "-"], request.as_bytes());
    assert_eq!(unknown.code, 2, "{unknown:#?}");
    let args = ["cosign", "--key", key, "--log", &pinned, "-"];
    let answer = witness.run_freely(&args, request.as_bytes());
    assert_eq!(answer.code, 0, "{answer:#?}");
    assert!(answer.out.starts_with("— w.example/1 "), "{answer:#?}");
    let added = log.run_freely(&["cosign", "--add", "-"], answer.out.as_bytes());
    assert_eq!(added.code, 0, "{added:#?}");
    assert!(added.out.contains("quorum is reached"), "{added:#?}");
    // Later records are signed and not yet witnessed.
    log.ok(&["record", &write(&log, 1)]);
    log.ok(&["record", &write(&log, 2)]);
    let (report, code) = log.json(&["verify"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["log"]["witnessed"]["size"], 1);
    assert_eq!(report["log"]["size"], 3);
    assert!(log.ok(&["verify"]).contains("2 records signed, not yet witnessed"));
    // From the size that was cosigned; from another one the witness says which.
    let since = log.outside("first");
    fs::write(&since, first).unwrap();
    let stale = witness.run_freely(
        &["cosign", "--key", key, "-"],
        log.ok(&["prove", "--since", "none"]).as_bytes(),
    );
    assert_eq!(stale.code, 2, "{stale:#?}");
    assert!(stale.err.contains("size 1"), "{stale:#?}");
    let request = log.ok(&["prove", "--since", since.to_str().unwrap()]);
    let answer = witness.run_freely(&["cosign", "--key", key, "-"], request.as_bytes());
    assert_eq!(answer.code, 0, "{answer:#?}");
    assert_eq!(log.run_freely(&["cosign", "--add", "-"], answer.out.as_bytes()).code, 0);
    assert_eq!(log.json(&["verify"]).0["log"]["witnessed"]["size"], 3);
    // A request with a changed proof is refused, and nothing is remembered of it.
    log.ok(&["record", &write(&log, 3)]);
    let since = log.records().join("checkpoint.witnessed");
    let request = log.ok(&["prove", "--since", since.to_str().unwrap()]);
    let mut lines: Vec<&str> = request.lines().collect();
    lines.swap(1, 2);
    let swapped = lines.join("\n") + "\n";
    let refused = witness.run_freely(&["cosign", "--key", key, "-"], swapped.as_bytes());
    assert!(matches!(refused.code, 1 | 2), "{refused:#?}");
    assert_eq!(witness.run_freely(&["cosign", "--key", key, "-"], request.as_bytes()).code, 0);
}

#[test]
fn a_rollback_is_caught_by_a_witness() {
    let (log, witness, key) = witnessed_log();
    let key = key.to_str().unwrap();
    log.ok(&["record", &write(&log, 0)]);
    let pinned = verifier(&log);
    let request = log.ok(&["prove", "--since", "none"]);
    let args = ["cosign", "--key", key, "--log", &pinned, "-"];
    assert_eq!(witness.run_freely(&args, request.as_bytes()).code, 0);
    // The log's owner begins anew with the same key, forgetting what it signed.
    let first = log.outside("first");
    fs::copy(log.records().join("checkpoint"), &first).unwrap();
    fs::remove_dir_all(log.records().join("entries")).unwrap();
    fs::remove_dir_all(log.records().join("tile")).unwrap();
    fs::remove_file(log.records().join("checkpoint")).unwrap();
    fs::remove_dir_all(log.outside(".local/state/siglum")).unwrap();
    for n in 5..8 {
        log.ok(&["record", &write(&log, n)]);
    }
    log.fails(1, &["prove", "--since", first.to_str().unwrap()], &["does not continue"]);
    let note = fs::read_to_string(log.records().join("checkpoint")).unwrap();
    let (left, right) = ("A".repeat(43) + "=", "B".repeat(42) + "A=");
    for proof in [String::new(), format!("{left}\n"), format!("{left}\n{right}\n")] {
        let forged = format!("old 1\n{proof}\n{note}");
        let refused = witness.run_freely(&["cosign", "--key", key, "-"], forged.as_bytes());
        assert_eq!(refused.code, 1, "{refused:#?}");
        assert!(refused.err.contains("does not continue"), "{refused:#?}");
    }
}

#[test]
fn one_key_has_one_role() {
    let (log, witness, key) = witnessed_log();
    let settings = log.root().join("provenance.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let line = text.lines().find(|line| line.starts_with("witnesses")).unwrap();
    let cosigner = line.split('"').nth(1).unwrap().to_owned();
    fs::write(
        &settings,
        text.replace(line, &format!("witnesses = [\"{cosigner}\", \"{cosigner}\"]")),
    )
    .unwrap();
    log.fails(2, &["verify"], &["one key, one role, one name"]);
    fs::write(&settings, text.replace("quorum = 1", "quorum = 2")).unwrap();
    log.fails(2, &["verify"], &["can't be reached"]);
    fs::write(&settings, &text).unwrap();
    log.ok(&["record", &write(&log, 0)]);
    // A log's key is no witness's.
    let request = log.ok(&["prove", "--since", "none"]);
    let keys = fs::read_dir(log.outside(".config/siglum/keys")).unwrap();
    let log_key = keys
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "key"))
        .unwrap();
    let args = ["cosign", "--key", log_key.to_str().unwrap(), "--log", &verifier(&log), "-"];
    assert_eq!(witness.run_freely(&args, request.as_bytes()).code, 2);
    assert!(key.exists());
}

/// A log's first request, in a file, and the log's verifier key.
fn first_request(log: &Desk) -> (String, String) {
    log.ok(&["record", &write(log, 0)]);
    let request = log.outside("request").to_str().unwrap().to_owned();
    log.ok(&["prove", "--since", "none", "-o", &request]);
    (request, verifier(log))
}

#[test]
fn cosigning_answers_in_json() {
    let (log, witness, key) = witnessed_log();
    let (request, pinned) = first_request(&log);
    let args = ["cosign", "--key", key.to_str().unwrap(), "--log", &pinned, &request];
    let (answer, code) = witness.json(&args);
    assert_eq!((code, answer["witness"].as_str()), (0, Some("w.example/1")), "{answer:#}");
    assert_eq!(answer["checkpoint"]["size"], 1);
    let file = log.outside("answer");
    fs::write(&file, format!("{}\n", answer["cosignature"].as_str().unwrap())).unwrap();
    let (added, code) = log.json(&["cosign", "--add", file.to_str().unwrap()]);
    assert_eq!((code, &added["reached"]), (0, &true.into()), "{added:#}");
    assert_eq!(added["by"], serde_json::json!(["w.example/1"]));
}

/// A log goes on with a new key where it was with the old one: a rotation is no way back.
#[test]
fn a_rotation_does_not_make_a_witness_forget() {
    let (log, witness, key) = witnessed_log();
    let key = key.to_str().unwrap();
    let cosign = |request: &str, more: &[&str]| {
        let args = [&["cosign", "--key", key][..], more, &["-"]].concat();
        witness.run_freely(&args, request.as_bytes())
    };
    for n in 0..3 {
        log.ok(&["record", &write(&log, n)]);
    }
    let old = verifier(&log);
    let first = cosign(&log.ok(&["prove", "--since", "none"]), &["--log", &old]);
    assert_eq!(first.code, 0, "{first:#?}");
    let three = log.outside("three");
    fs::copy(log.records().join("checkpoint"), &three).unwrap();
    let three = three.to_str().unwrap();
    log.ok(&["key", "rotate"]);
    let new = verifier(&log);
    // The checkpoint after the rotation carries both signatures: the key known here vouches for the
    // new one. From another size than the one cosigned last it is refused all the same.
    let anew = cosign(&log.ok(&["prove", "--since", "none"]), &["--log", &new]);
    assert_eq!(anew.code, 2, "{anew:#?}");
    assert!(anew.err.contains("size 3"), "{anew:#?}");
    let both = cosign(&log.ok(&["prove", "--since", three]), &["--log", &new]);
    assert_eq!(both.code, 0, "{both:#?}");
    // What only the old key signs is not cosigned any more.
    let retired = cosign(&log.ok(&["prove", "--since", three]), &["--log", &old]);
    assert_eq!(retired.code, 2, "{retired:#?}");
    assert!(retired.err.contains("changed its key"), "{retired:#?}");
    // A second rotation, of which the witness hears only after more was signed.
    let four = log.outside("four");
    fs::copy(log.records().join("checkpoint"), &four).unwrap();
    let four = four.to_str().unwrap();
    log.ok(&["key", "rotate"]);
    log.ok(&["record", &write(&log, 4)]);
    let newest = verifier(&log);
    let request = log.ok(&["prove", "--since", four]);
    let unknown = cosign(&request, &["--log", &newest]);
    assert_eq!(unknown.code, 2, "{unknown:#?}");
    assert!(unknown.err.contains("--rotated"), "{unknown:#?}");
    // A log that begins anew after a rotation, with the witness told to trust the key.
    let forged = request.replacen("old 4\n", "old 0\n", 1);
    assert_ne!(cosign(&forged, &["--log", &newest, "--rotated"]).code, 0);
    let short: String =
        request.lines().filter(|l| !l.ends_with('=')).map(|l| format!("{l}\n")).collect();
    assert_ne!(cosign(&short, &["--log", &newest, "--rotated"]).code, 0);
    let vouched = cosign(&request, &["--log", &newest, "--rotated"]);
    assert_eq!(vouched.code, 0, "{vouched:#?}");
}

/// A state that can't be read must not count as none.
#[test]
fn a_garbled_witness_state_is_not_taken_for_none() {
    let (log, witness, key) = witnessed_log();
    let key = key.to_str().unwrap();
    log.ok(&["record", &write(&log, 0)]);
    let request = log.ok(&["prove", "--since", "none"]);
    let pinned = verifier(&log);
    let args = ["cosign", "--key", key, "--log", &pinned, "-"];
    assert_eq!(witness.run_freely(&args, request.as_bytes()).code, 0);
    let states = crate::desk::tree(&witness.outside(".local/state/siglum/witness"));
    let (path, good) = states.iter().find(|(path, _)| !path.ends_with("lock")).unwrap();
    let cut = good.len() - 1;
    for garbled in [&b""[..], b"\n", &good[..cut], &good[1..], b"x+y\ndesk.example\n0\nx\n"] {
        fs::write(path, garbled).unwrap();
        let refused = witness.run_freely(&args, request.as_bytes());
        assert_eq!(refused.code, 2, "{refused:#?}");
        assert!(refused.err.contains("no memory of a log"), "{refused:#?}");
        assert_eq!(fs::read(path).unwrap(), garbled, "it stays as it is");
    }
}

/// Nobody else's request is answered between the comparison and its being remembered.
#[test]
fn comparing_and_remembering_are_one_step() {
    let (log, witness, key) = witnessed_log();
    let (request, pinned) = first_request(&log);
    let args = ["cosign", "--key", key.to_str().unwrap(), "--log", &pinned, &request];
    witness.ok(&args);
    let state = crate::desk::tree(&witness.outside(".local/state/siglum/witness"));
    let lock = state.iter().find(|(path, _)| path.ends_with("lock")).unwrap();
    let lock = fs::OpenOptions::new().write(true).open(&lock.0).unwrap();
    lock.lock().unwrap();
    let mut other = witness.command();
    other.args(args).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut other = other.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(other.try_wait().unwrap().is_none(), "it waits");
    drop(lock);
    assert_eq!(other.wait().unwrap().code(), Some(2), "the size was cosigned by now");
}
