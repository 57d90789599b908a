//! Witnesses: they cosign what only grew, and a log that did not is caught.

use std::fs;
use std::path::PathBuf;

use crate::desk::Desk;
use crate::standards::{verifier, write};

/// Makes a witness and a log that trusts it.
fn witnessed_log() -> (Desk, Desk, PathBuf) {
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
