//! Attacks, each by the name of its class in FORMAT.md, section 7, each caught with the exit code
//! and the words that stand there.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use siglum::log::checkpoint::Checkpoint;
use siglum::log::frame::{self, Frames, Item};
use siglum::log::key::LogKey;
use siglum::log::tree::{self as hashes, Edge};
use signed_note::{Note, StandardSigner};

use crate::desk::{Desk, Run, project, tree};
use crate::standards::{verifier, write};

/// What an attacker does to a log of four signed records, and what comes of it.
type Attack = fn(&Desk) -> Run;

const ATTACKS: &[(&str, Attack)] = &[
    ("flip", |desk| journal(desk, |text| text.replacen("Story number 1", "Story number 7", 1))),
    ("cut", |desk| {
        journal(desk, |text| text[..text.find("#= 3 ").unwrap() + "#= 3 ".len()].to_owned())
    }),
    ("cut-group", |desk| journal(desk, |text| text[..text.find("#@ 3 ").unwrap()].to_owned())),
    ("removed", |desk| {
        journal(desk, |text| {
            let (from, to) = (text.find("#@ 1 ").unwrap(), text.find("#@ 2 ").unwrap());
            text[..from].to_owned() + &text[to..]
        })
    }),
    ("swap", |desk| reordered(desk, |records| records.swap(1, 2))),
    ("record-moved", |desk| reordered(desk, |records| records.rotate_left(1))),
    ("record-added", |desk| reordered(desk, |records| records.push(records[0].clone()))),
    ("rewritten", |desk| rewritten(desk, |records| records[1] = records[0].clone())),
    ("re-framed", |desk| {
        journal(desk, |text| {
            // The first record's length is made to reach over the second.
            let header = text.lines().next().unwrap().to_owned();
            let end = text.find("#@ 2 ").unwrap();
            let inside = text[..end].rfind("#= ").unwrap();
            let longer = format!("#@ 0 {}", inside - header.len() - 1);
            text.replacen(&header, &longer, 1)
        })
    }),
    ("unframed-bytes", |desk| journal(desk, |text| text.replacen("#@ 1 ", "# a note\n#@ 1 ", 1))),
    ("second-base64-spelling", |desk| journal(desk, second_spelling)),
    ("second-base64-spelling-checkpoint", |desk| {
        note(desk, |note| {
            let root = note.lines().nth(2).unwrap();
            note.replacen(root, &second_spelling(root), 1)
        })
    }),
    ("merge-markers", |desk| {
        journal(desk, |text| format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n"))
    }),
    ("merge-markers-checkpoint", |desk| {
        note(desk, |note| format!("<<<<<<< HEAD\n{note}=======\n{note}>>>>>>> other\n"))
    }),
    ("autocrlf", |desk| journal(desk, |text| text.replace('\n', "\r\n"))),
    ("autocrlf-checkpoint", |desk| note(desk, |note| note.replace('\n', "\r\n"))),
    ("stray-file", |desk| {
        fs::write(desk.records().join("entries/000 (1).toml"), "").unwrap();
        verify(desk, &[])
    }),
    ("tile-changed", |desk| {
        let tile = desk.records().join("tile/0/000.p/4");
        let mut bytes = fs::read(&tile).unwrap();
        bytes[40] ^= 1;
        fs::write(&tile, bytes).unwrap();
        verify(desk, &[])
    }),
    ("other-size-checkpoint", |desk| note(desk, |note| note.replacen("\n4\n", "\n3\n", 1))),
    ("other-root-checkpoint", |desk| {
        let (origin, size) = (own_key(desk).verifier().name().clone(), 4);
        let other = Checkpoint { origin, size, root: hashes::leaf_hash(b"x") };
        let signed = other.sign(&own_key(desk)).unwrap();
        note(desk, |_| String::from_utf8(signed.as_bytes().to_vec()).unwrap())
    }),
    ("other-key-checkpoint", |desk| {
        let origin = own_key(desk).verifier().name().clone();
        let other = LogKey::from_seed(&origin, &[9; 32]).unwrap();
        signed_by(desk, &[&other], |text| text)
    }),
    ("other-origin-checkpoint", |desk| {
        let key = own_key(desk);
        signed_by(desk, &[&key], |text| {
            let origin = text.lines().next().unwrap().to_owned();
            text.replacen(&origin, "other.example", 1)
        })
    }),
    ("other-log-checkpoint", |desk| {
        let other = Desk::with_log();
        other.ok(&["record", &write(&other, 0)]);
        let theirs = fs::read_to_string(other.records().join("checkpoint")).unwrap();
        note(desk, |_| theirs.clone())
    }),
    ("retired-key-checkpoint", |desk| {
        let old = own_key(desk);
        desk.ok(&["key", "rotate"]);
        signed_by(desk, &[&old], |text| text)
    }),
    ("rollback-remembered", |desk| {
        roll_back(desk);
        verify(desk, &[])
    }),
    ("rollback-checkpoint", |desk| {
        let kept = desk.outside("kept");
        fs::copy(desk.records().join("checkpoint"), &kept).unwrap();
        roll_back(desk);
        forget(desk);
        verify(desk, &["--checkpoint", kept.to_str().unwrap()])
    }),
    ("rollback-witness", |desk| {
        let witness = Desk::new();
        let key = witness.outside("w.key");
        let key = key.to_str().unwrap();
        witness.ok(&["key", "new", "--cosigner", "w.example/1", "-o", key]);
        let request = desk.ok(&["prove", "--since", "none"]);
        let args = ["cosign", "--key", key, "--log", &verifier(desk), "-"];
        assert_eq!(witness.run_freely(&args, request.as_bytes()).code, 0);
        roll_back(desk);
        forget(desk);
        for n in 7..10 {
            desk.ok(&["record", &write(desk, n)]);
        }
        // The log claims to continue what was cosigned, with a proof of what it is now.
        let claim = desk.ok(&["prove", "--since", "none"]).replacen("old 0\n", "old 4\n", 1);
        witness.run_freely(&["cosign", "--key", key, "-"], claim.as_bytes())
    }),
    ("rolled-back-checkout-signs", |desk| {
        roll_back(desk);
        // All is forgotten but what the key signed.
        fs::remove_dir_all(desk.outside(".local/state/siglum/seen")).unwrap();
        desk.write("other.txt", "Another history\n\nA paragraph that the log did not have.\n");
        desk.run_freely(&["record", "other.txt"], b"")
    }),
    ("fork-remembered", |desk| {
        roll_back(desk);
        let state = desk.outside(".local/state/siglum");
        let kept = desk.outside("kept-state");
        fs::rename(&state, &kept).unwrap();
        for n in 7..10 {
            desk.ok(&["record", &write(desk, n)]);
        }
        fs::remove_dir_all(&state).unwrap();
        fs::rename(&kept, &state).unwrap();
        verify(desk, &[])
    }),
    ("unsigned-record", |desk| {
        desk.write("own.txt", "A text of mine\n\nThat nobody else put into the log at all.\n");
        desk.ok(&["record", "own.txt", "--unsigned"]);
        verify(desk, &["own.txt"])
    }),
    ("receipt-changed", |desk| {
        let receipt = BASE64_STANDARD.encode("[[record]]\nformat = 1\n");
        receipt_with(desk, |line| {
            if line.starts_with("extra ") { format!("extra {receipt}") } else { line.to_owned() }
        })
    }),
    ("receipt-of-another-key", |desk| {
        desk.ok(&["prove", "1", "-o", "receipt"]);
        let other = LogKey::from_seed(own_key(desk).verifier().name(), &[9; 32]).unwrap();
        verify(desk, &["--receipt", "receipt", "--key", other.verifier().as_str()])
    }),
];

/// A log of four signed records, seen by its user.
fn log() -> Desk {
    let desk = Desk::with_log();
    for n in 0..4 {
        if n == 2 {
            copy(&desk, "records", "older");
        }
        desk.ok(&["record", &write(&desk, n)]);
    }
    desk.ok(&["verify"]);
    desk
}

fn copy(desk: &Desk, from: &str, to: &str) {
    let (from, to) = (desk.root().join(from), desk.outside(to));
    for (path, bytes) in tree(&from) {
        let target = to.join(path.strip_prefix(&from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// Puts `records/` of two records ago in its place.
fn roll_back(desk: &Desk) {
    fs::remove_dir_all(desk.records()).unwrap();
    fs::rename(desk.outside("older"), desk.records()).unwrap();
}

/// Forgets all that the user saw and signed.
fn forget(desk: &Desk) {
    fs::remove_dir_all(desk.outside(".local/state/siglum")).unwrap();
}

/// Verifies the log, or something against it, for programs to read.
fn verify(desk: &Desk, args: &[&str]) -> Run {
    desk.run_freely(&[&["verify", "--format", "json"], args].concat(), b"")
}

/// The faults that a run reports: each one's kind, its file in `records/`, and its record.
fn faults(run: &Run) -> Vec<String> {
    let Ok(report) = serde_json::from_str::<serde_json::Value>(&run.out) else { return Vec::new() };
    let Some(all) = report["log"]["faults"].as_array() else { return Vec::new() };
    let shown = |fault: &serde_json::Value| {
        let (kind, file) = (fault["kind"].as_str().unwrap(), fault["file"].as_str().unwrap());
        let file = file.strip_prefix("records/").unwrap_or(file);
        let index = fault["index"].as_u64().map(|index| format!(", record {index}"));
        format!("{kind}: {file}{}", index.unwrap_or_default())
    };
    all.iter().map(shown).collect()
}

fn entries(desk: &Desk) -> PathBuf {
    desk.records().join("entries/000.toml")
}

/// Changes the journal's text.
fn journal(desk: &Desk, change: impl Fn(&str) -> String) -> Run {
    let text = fs::read_to_string(entries(desk)).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(entries(desk), changed).unwrap();
    verify(desk, &[])
}

/// Changes the checkpoint's note.
fn note(desk: &Desk, change: impl Fn(&str) -> String) -> Run {
    let path = desk.records().join("checkpoint");
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(&path, changed).unwrap();
    verify(desk, &[])
}

fn records(desk: &Desk) -> Vec<Vec<u8>> {
    let bytes = fs::read(entries(desk)).unwrap();
    let item = |item| match item {
        Ok(Item::Record { bytes, .. }) => Some(Vec::from(bytes)),
        _ => None,
    };
    Frames::new(&bytes, 0).filter_map(item).collect()
}

/// Frames the records anew in another order, under the commit line of before.
fn reordered(desk: &Desk, change: impl Fn(&mut Vec<Vec<u8>>)) -> Run {
    let mut all = records(desk);
    let root = root(&all);
    change(&mut all);
    framed(desk, &all, root)
}

/// The same, with a commit line that is right for what stands there.
fn rewritten(desk: &Desk, change: impl Fn(&mut Vec<Vec<u8>>)) -> Run {
    let mut all = records(desk);
    change(&mut all);
    let root = root(&all);
    framed(desk, &all, root)
}

fn framed(desk: &Desk, all: &[Vec<u8>], root: siglum::text::digest::Digest) -> Run {
    let mut bytes = Vec::new();
    frame::write_group(&mut bytes, 0, all, &root);
    fs::write(entries(desk), bytes).unwrap();
    verify(desk, &[])
}

fn root(records: &[Vec<u8>]) -> siglum::text::digest::Digest {
    let mut edge = Edge::new();
    for record in records {
        edge.push(hashes::leaf_hash(record), |_, _| ());
    }
    edge.root()
}

/// The same 32 bytes in base64, with bits that decoding drops: the last digit before the first `=`.
fn second_spelling(text: &str) -> String {
    let at = text.match_indices("=\n").map(|(at, _)| at).next().unwrap_or(text.len() - 1) - 1;
    let digit = char::from(text.as_bytes()[at]);
    // Of the last digit's six bits, the lower two are zero.
    let next = char::from_u32(u32::from(digit) + 1).unwrap();
    let next = if next.is_ascii_alphanumeric() { next } else { 'B' };
    format!("{}{next}{}", &text[..at], &text[at + 1..])
}

fn own_key(desk: &Desk) -> LogKey {
    let keys = tree(&desk.outside(".config/siglum/keys"));
    let key = keys.iter().find(|(path, _)| path.extension().is_some_and(|e| e == "key")).unwrap();
    LogKey::parse(std::str::from_utf8(&key.1).unwrap().trim()).unwrap()
}

/// Signs the checkpoint's text, or another, with these keys alone.
fn signed_by(desk: &Desk, keys: &[&LogKey], change: impl Fn(String) -> String) -> Run {
    note(desk, |note| {
        let text = change(note.split_once("\n\n").unwrap().0.to_owned() + "\n");
        let mut signed = Note::new(text.as_bytes(), &[]).unwrap();
        for key in keys {
            let signer = StandardSigner::new(key.secret_text()).unwrap();
            signed.add_sigs(&[&signer]).unwrap();
        }
        String::from_utf8(signed.to_bytes()).unwrap()
    })
}

/// A receipt with its lines changed.
fn receipt_with(desk: &Desk, change: impl Fn(&str) -> String) -> Run {
    let receipt = desk.ok(&["prove", "1"]);
    let changed: String = receipt.lines().map(|line| change(line) + "\n").collect();
    assert_ne!(receipt, changed);
    desk.write("receipt", changed);
    verify(desk, &["--receipt", "receipt", "--key", &verifier(desk)])
}

/// A row of FORMAT.md, section 7.
struct Stated {
    exit: i32,
    faults: Vec<String>,
    words: Option<String>,
}

/// The rows of FORMAT.md, section 7, by class.
fn stated() -> BTreeMap<String, Stated> {
    let format = fs::read_to_string(project("FORMAT.md")).unwrap();
    let section = format.split("\n## 7. ").nth(1).expect("section 7 of FORMAT.md");
    let section = section.split("\n## ").next().unwrap_or(section);
    let quoted = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"))
        .map(|row| {
            let cells: Vec<&str> = row.split(" | ").collect();
            let [class, _, exit, faults, words] = cells.as_slice() else { panic!("{row}") };
            let class = class.trim_end_matches('`').to_owned();
            let (faults, words) = (quoted(faults), quoted(words).pop());
            assert!(!faults.is_empty() || words.is_some(), "{row}");
            (class, Stated { exit: exit.parse().unwrap(), faults, words })
        })
        .collect()
}

#[test]
fn each_is_caught_as_the_format_says() {
    let stated = stated();
    let mut wrong = Vec::new();
    for (class, attack) in ATTACKS {
        let desk = log();
        let run = attack(&desk);
        let found = faults(&run);
        let Some(Stated { exit, faults, words }) = stated.get(*class) else {
            wrong.push(format!("{class} is not in FORMAT.md: {run:#?}"));
            continue;
        };
        let says =
            words.as_ref().is_none_or(|words| run.out.contains(words) || run.err.contains(words));
        if run.code != *exit || found != *faults || !says {
            wrong.push(format!("{class}: not {exit}, {faults:?}, {words:?}: {found:?} {run:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(stated.len(), ATTACKS.len(), "each class of FORMAT.md is tried");
}

/// How records are grouped is no evidence: the same records in one group are the same log.
#[test]
fn regrouping_is_no_attack() {
    let desk = log();
    let run = reordered(&desk, |_| ());
    assert_eq!(run.code, 0, "{run:#?}");
}
