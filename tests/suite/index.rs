//! The index: it finds, and never changes an answer.
//!
//! The log is long, so it is not verified anew by [`crate::oracle`] after every command, but once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::desk::{Desk, Run, tree};
use crate::limits::append_newer;

/// More articles than a log is read whole with.
const ARTICLES: usize = 4200;

/// The text of an article.
fn text(number: usize) -> String {
    format!(
        "Boats are counted in ward {number}\n\nThe council of ward {number} met and counted {} \
         boats at the quay.\n\nNobody in ward {number} was surprised, the harbour master said.\n\n\
         (Reporting by Ada Prell; Editing by Ivo Pahl)\n",
        number * 31
    )
}

fn name(number: usize) -> String {
    format!("wards/{number}.txt")
}

/// Runs the program, which must succeed.
fn done(desk: &Desk, args: &[&str]) -> String {
    let run = desk.run_freely(args, b"");
    assert_eq!(run.code, 0, "{args:?}: {run:#?}");
    run.out
}

/// A desk with a long log: articles, two versions of one, a translation of its first, a review.
fn long_log() -> Desk {
    let desk = Desk::with_log();
    let names: Vec<String> = (0..ARTICLES).map(name).collect();
    for (number, name) in names.iter().enumerate() {
        desk.write(name, text(number));
    }
    for batch in names.chunks(1000) {
        let mut args = vec!["record", "-q"];
        args.extend(batch.iter().map(String::as_str));
        done(&desk, &args);
    }
    desk.write("fr.txt", "Des bateaux comptés\n\nLe conseil du quartier a compté les bateaux.\n");
    let translated = ["--translation-of", "wards/7.txt@1", "--credit", "translator=Lou Vidal"];
    done(&desk, &[&["record", "fr.txt", "--id", "fr"], translated.as_slice()].concat());
    let settings = fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let people = "\n[[people]]\nname = \"Lou Vidal\"\nspellings = [\"L. Vidal\"]\n";
    desk.write("provenance.toml", settings + people);
    desk.write("seven.txt", text(7).replace("217", "218"));
    done(&desk, &["record", "seven.txt", "--id", "wards/7.txt", "--correction", "a number"]);
    done(&desk, &["review", "fr", "--by", "Ada Prell", "--kind", "numbers"]);
    desk.ok(&["alias", "fr", "https://desk.example/fr"]);
    desk.write("copy.txt", text(9));
    desk.write("changed.txt", text(11).replace("surprised", "amazed"));
    desk.write("unknown.txt", "Nothing like it\n\nWas ever written here before.\n");
    desk
}

/// What is asked of the log, each of which the index can answer.
fn questions(desk: &Desk) -> Vec<Vec<String>> {
    let leaf = desk.json(&["show", "7"]).0["leaf"].as_str().unwrap()[..10].to_owned();
    [
        "verify wards/8.txt --format json",
        "verify copy.txt --format json",
        "verify changed.txt --format json",
        "verify unknown.txt --format json",
        "verify fr.txt wards/7.txt seven.txt --format json",
        "verify seven.txt --record fr --format json",
        "show 12 --format json",
        "show 999999",
        &format!("show {leaf} --format json"),
        "show wards/7.txt@1",
        "show wards/7.txt@3",
        "show https://desk.example/fr --format json",
        "show nobody",
        "show fr --text",
        "log wards/7.txt",
        "log fr --format json",
        "log fr --lineage",
        "log wards/7.txt --lineage=dot",
        "diff wards/7.txt@1 wards/7.txt@2",
        "prove fr",
        // Names with a no-break space, which are the same names.
        "log --person Lou\u{A0}Vidal --format json",
        "log --person L.\u{A0}Vidal --format json",
        "log --person Lou\u{A0}Vidal --role editor",
        "log --person Lou\u{A0}Vidal --pair en-fr",
        "log fr --person Lou\u{A0}Vidal --since 2026-03-01",
        "log --person Ivo\u{A0}Pahl --until 2026-03-01T00:02:00Z",
        "log --person Nobody",
        "audit fr wards/7.txt --format json",
        "audit wards/7.txt@1",
        "audit nobody",
    ]
    .iter()
    .map(|line| line.split(' ').map(str::to_owned).collect())
    .chain(
        [
            "met and counted 279 boats at the quay. Nobody",
            "met and counted 280 boats at the quay. Nobody",
            "was surprised, the harbour master said",
            "The council of ward 7 met and counted 217 boats at the quay.",
            "ward 7",
        ]
        .map(|passage| {
            ["verify", "--quote", passage, "--format", "json"].map(str::to_owned).to_vec()
        }),
    )
    .collect()
}

/// An answer, without what says how much of the log was read for it.
fn answer(desk: &Desk, question: &[String], more: &[&str]) -> (i32, String, String) {
    let mut args: Vec<&str> = question.iter().map(String::as_str).collect();
    args.extend(more);
    let Run { code, out, err } = desk.run_freely(&args, b"");
    let scope = |line: &&str| !line.contains("\"scope\"");
    (code, out.lines().filter(scope).collect::<Vec<_>>().join("\n"), err)
}

#[test]
fn an_audit_of_what_is_new_looks_at_families_with_new_records_with_an_index_or_without() {
    let desk = long_log();
    let audit = |args: &[&str]| {
        let run = desk.run_freely(&[&["audit", "--format", "json"], args].concat(), b"");
        let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let found = value["findings"].as_array().unwrap().iter();
        let found = found.map(|f| format!("{} {}", f["article"], f["rule"]));
        (value["summary"]["articles"].as_u64().unwrap(), found.collect::<Vec<_>>(), run.code)
    };
    assert_eq!((audit(&[]).0, audit(&[]).2), (ARTICLES as u64 + 1, 0));
    assert_eq!(audit(&["--changed"]), (0, vec![], 0));
    done(&desk, &["retract", "wards/7.txt", "--note", "there are no boats"]);
    // It fails, so it is remembered by neither.
    let by_index = audit(&["--changed"]);
    assert_eq!((by_index.0, by_index.2), (2, 1), "{by_index:?}");
    assert!(by_index.1.contains(&"\"fr\" \"source-retracted\"".to_owned()), "{by_index:?}");
    assert_eq!(audit(&["--changed", "--no-index"]), by_index);
    assert_eq!(audit(&[]).0, ARTICLES as u64 + 1);
}

fn index(desk: &Desk) -> PathBuf {
    desk.records().join("index")
}

#[track_caller]
fn agree(desk: &Desk, questions: &[Vec<String>], whole: &[(i32, String, String)], what: &str) {
    for (question, whole) in questions.iter().zip(whole) {
        assert_eq!(&answer(desk, question, &[]), whole, "{question:?}, {what}");
    }
}

#[test]
fn an_index_never_changes_an_answer_whatever_became_of_it() {
    let desk = long_log();
    let questions = questions(&desk);
    let whole: Vec<_> = questions.iter().map(|q| answer(&desk, q, &["--no-index"])).collect();
    fs::remove_dir_all(index(&desk)).unwrap();
    agree(&desk, &questions, &whole, "made anew");
    let good = tree(&index(&desk));
    assert!(good.len() >= 3, "a head, a lock, a segment: {good:?}");
    let (scope, _) = desk.json(&["verify", "copy.txt"]);
    assert_eq!(scope["log"]["scope"], "inclusion");
    let few: Vec<_> = [1, 6, 8, 14, 20].map(|n| questions[n].clone()).to_vec();
    let few_whole: Vec<_> = [1, 6, 8, 14, 20].map(|n| whole[n].clone()).to_vec();
    let restore = || {
        fs::remove_dir_all(index(&desk)).unwrap();
        for (path, bytes) in &good {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    };
    let damage = |path: &Path, change: &dyn Fn(&mut Vec<u8>), what: &str| {
        restore();
        let mut bytes = fs::read(path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
        agree(&desk, &few, &few_whole, &format!("{what} of {}", path.display()));
    };
    for (path, bytes) in good.iter().filter(|(path, _)| !path.ends_with("lock")) {
        for part in 0..5 {
            let at = (bytes.len() - 1) * part / 4;
            damage(path, &|bytes| bytes[at] ^= 1, "a bit");
        }
        damage(path, &|bytes| bytes.truncate(bytes.len() / 2), "half");
        damage(path, &Vec::clear, "nothing");
        damage(path, &|bytes| bytes.push(b'\n'), "a byte more");
        restore();
        fs::remove_file(path).unwrap();
        agree(&desk, &few, &few_whole, "a file less");
    }
    // Every bit of every block that the questions lead to, or of none.
    let (segment, _) = good.iter().find(|(path, _)| path.to_string_lossy().contains("0-")).unwrap();
    damage(segment, &|bytes| bytes.iter_mut().step_by(64).for_each(|byte| *byte ^= 4), "much");
    damage(segment, &|bytes| bytes.chunks_mut(4096).for_each(<[u8]>::reverse), "order");
    damage(segment, &|bytes| bytes.rotate_left(4096), "blocks' places");
    assert_eq!(tree(&index(&desk)), good, "it was made again as it was");
    made_by_many(&desk);
    made_nowhere(&desk);
}

#[test]
fn an_index_of_another_time_or_log_is_not_believed() {
    let desk = long_log();
    let question = vec!["show".to_owned(), "late".to_owned(), "--format".into(), "json".into()];
    done(&desk, &["show", "1"]);
    let early = tree(&index(&desk));
    desk.write("late.txt", "Late news\n\nIt came late, and was recorded at once.\n");
    done(&desk, &["record", "late.txt", "--id", "late"]);
    // It is caught up by what came, in a segment of its own.
    let found = answer(&desk, &question, &[]);
    assert_eq!((found.0, &found), (0, &answer(&desk, &question, &["--no-index"])));
    let late = tree(&index(&desk));
    assert_eq!(late.len(), early.len() + 1);
    // The index of before is brought up to date again.
    let put = |files: &[(PathBuf, Vec<u8>)], root: &Path| {
        let _ = fs::remove_dir_all(root.join("records/index"));
        fs::create_dir_all(root.join("records/index")).unwrap();
        for (path, bytes) in files {
            fs::write(root.join("records/index").join(path.file_name().unwrap()), bytes).unwrap();
        }
    };
    put(&early, &desk.root());
    assert_eq!(answer(&desk, &question, &[]), found);
    assert_eq!(tree(&index(&desk)), late);
    // One of a longer log, and one of another: both are made anew.
    let other = long_log();
    put(&late, &other.root());
    assert_eq!(other.run_freely(&["show", "late"], b"").code, 2);
    put(&late, &other.root());
    assert_eq!(other.run_freely(&["show", "fr"], b"").code, 0);
    assert_ne!(tree(&index(&other)).len(), late.len());
}

#[test]
fn a_long_log_that_is_not_in_order_is_not_answered_for() {
    let desk = long_log();
    done(&desk, &["show", "fr"]);
    // The record itself: it is not the one that was signed.
    let path = desk.records().join("entries/000.toml");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replacen("ward 12\"", "ward 13\"", 1)).unwrap();
    desk.fails(1, &["show", "12"], &["records 0 to 999 or their commit line were changed"]);
    // What was not asked for does not keep the others from being proved.
    assert_eq!(desk.run_freely(&["show", "4000"], b"").code, 0);
    assert_eq!(desk.run_freely(&["show", "4000", "--no-index"], b"").code, 1);
    fs::write(&path, good).unwrap();
    // Records that are not yet signed are found as well, by reading all.
    desk.write("late.txt", "Late news\n\nIt came late.\n");
    done(&desk, &["record", "late.txt", "--id", "late", "--unsigned"]);
    assert!(done(&desk, &["log", "late"]).contains("Late news"));
    done(&desk, &["sign"]);
    assert!(done(&desk, &["log", "late"]).contains("Late news"));
    // A log that was cut back is noticed by the index's readers as by all others.
    done(&desk, &["verify", "copy.txt"]);
    let last = desk.records().join("entries/001.toml");
    let cut = fs::read_to_string(&last).unwrap();
    let kept = cut.rfind("#@ ").unwrap();
    fs::write(&last, &cut[..kept]).unwrap();
    assert_eq!(desk.run_freely(&["verify", "copy.txt"], b"").code, 1);
    assert_eq!(desk.run_freely(&["show", "12"], b"").code, 1);
}

#[test]
fn a_record_that_is_not_understood_may_be_of_anybody() {
    let desk = long_log();
    let question: Vec<String> = ["log", "--person", "Lou Vidal"].map(str::to_owned).to_vec();
    let found = answer(&desk, &question, &[]);
    assert!(found.0 == 0 && found.1.contains("Des bateaux"), "{found:?}");
    assert!(index(&desk).is_dir(), "it was found by the index");
    append_newer(&desk);
    let found = answer(&desk, &question, &[]);
    assert!(found.0 == 2 && found.1.contains("Des bateaux"), "{found:?}");
    assert!(found.2.contains("newer format: 1 record"), "{found:?}");
    assert_eq!(answer(&desk, &question, &["--no-index"]), found);
}

/// Several programs make the index at once.
fn made_by_many(desk: &Desk) {
    let good = tree(&index(desk));
    fs::remove_dir_all(index(desk)).unwrap();
    let children: Vec<_> = (0..6)
        .map(|_| {
            let mut command = desk.command();
            command.args(["show", "fr", "--format", "json"]).stdout(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let answers: Vec<_> = children.into_iter().map(|c| c.wait_with_output().unwrap()).collect();
    assert!(answers.iter().all(|one| one.status.success() && one.stdout == answers[0].stdout));
    assert_eq!(tree(&index(desk)), good);
}

/// A file stands where the directory must be: the log is read whole, which is said.
fn made_nowhere(desk: &Desk) {
    fs::remove_dir_all(index(desk)).unwrap();
    fs::write(index(desk), "in the way").unwrap();
    let run = desk.run_freely(&["show", "fr", "--format", "json"], b"");
    assert_eq!(run.code, 0);
    assert!(run.err.contains("the whole log is read"), "{run:?}");
}
