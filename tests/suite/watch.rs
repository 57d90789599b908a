//! A directory that is watched: whatever happens in it, each complete file is recorded once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::desk::Desk;
use crate::oracle;

/// How many things happen in the directory, and after which of them the watch is ended.
const STEPS: usize = 500;
const RESTARTS: [usize; 3] = [130, 260, 390];

/// The last words of a text that is whole.
const LAST: &str = "Nobody was hurt at the quay, and the boats sailed again.";

fn text(number: usize) -> String {
    format!(
        "Boats are counted in ward {number}\n\nThe council of ward {number} met and counted {} \
         boats.\n\n{LAST}\n",
        number * 31
    )
}

/// A watch, which does not outlive its test.
struct Watch(Child);

impl Watch {
    /// Ends it as `kill` does.
    fn terminate(mut self) -> Option<i32> {
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.wait()
    }

    fn wait(&mut self) -> Option<i32> {
        self.0.wait().unwrap().code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A watch, whose output goes to a file: each start adds to it.
fn start(desk: &Desk, args: &[&str]) -> Watch {
    let open = |name: &str| {
        let path = desk.outside(name);
        fs::OpenOptions::new().create(true).append(true).open(path).unwrap()
    };
    let mut command: Command = desk.command();
    command.args(["record", "in", "--watch", "--settle", "0.2"]).args(args);
    let command = command.stdin(Stdio::null()).stdout(open("out")).stderr(open("err"));
    Watch(command.spawn().unwrap())
}

/// Waits until a text is in a file.
fn wait_for(path: &Path, says: &str) {
    let start = Instant::now();
    while !fs::read_to_string(path).unwrap_or_default().contains(says) {
        assert!(start.elapsed() < Duration::from_secs(20), "no {says:?} in {}", path.display());
        thread::sleep(Duration::from_millis(10));
    }
}

/// The records as tables, in order.
fn records(desk: &Desk) -> Vec<toml::Table> {
    let log = oracle::check(&desk.root());
    assert_eq!(log.signed, log.records.len(), "all is signed");
    let table = |bytes: &Vec<u8>| -> toml::Table {
        let all: toml::Table = toml::from_str(std::str::from_utf8(bytes).unwrap()).unwrap();
        all["record"].as_array().unwrap()[0].as_table().unwrap().clone()
    };
    log.records.iter().map(table).collect()
}

/// What one half of the things that happen do: new files, replacements, renames, removals.
fn happen(chance: &mut Chance, root: &Path, files: &mut BTreeMap<PathBuf, String>, number: usize) {
    let new = root.join(format!("{:02}/{number}.txt", number % 7));
    let known: Vec<PathBuf> = files.keys().cloned().collect();
    let whole = text(number);
    match (chance.below(10), chance.of(&known)) {
        (0, Some(old)) => {
            fs::rename(&old, &new).unwrap();
            let moved = files.remove(&old).unwrap();
            files.insert(new, moved);
        }
        (1, Some(old)) => {
            fs::remove_file(&old).unwrap();
            files.remove(&old);
        }
        (2, Some(old)) => {
            // Put in its place, as careful programs do.
            let beside = old.with_extension("txt.tmp");
            fs::write(&beside, &whole).unwrap();
            fs::rename(&beside, &old).unwrap();
            files.insert(old, whole);
        }
        (3, Some(old)) => {
            fs::write(&old, &whole).unwrap();
            files.insert(old, whole);
        }
        (4 | 5, _) => {
            // Half of it, and after less than the settle time the rest.
            let half = whole.len() / 2;
            fs::write(&new, &whole[..half]).unwrap();
            thread::sleep(Duration::from_millis(20 + chance.below(40) as u64));
            fs::write(&new, &whole).unwrap();
            files.insert(new, whole);
        }
        _ => {
            fs::write(&new, &whole).unwrap();
            files.insert(new, whole);
        }
    }
}

#[test]
fn whatever_happens_each_complete_file_is_recorded_once() {
    let desk = Desk::with_log();
    let settings = desk.root().join("provenance.toml");
    let all = fs::read_to_string(&settings).unwrap() + "\n[text]\nkeep = \"all\"\n";
    fs::write(&settings, all).unwrap();
    let root = desk.root().join("in");
    for directory in 0..7 {
        fs::create_dir_all(root.join(format!("{directory:02}"))).unwrap();
    }
    let (mut chance, mut files) = (Chance(0x5eed_0bad), BTreeMap::new());
    let mut child = start(&desk, &[]);
    for number in 0..STEPS {
        match RESTARTS.iter().position(|step| *step == number) {
            None => {}
            Some(1) => {
                child.0.kill().unwrap();
                assert_eq!(child.wait(), None, "ended by SIGKILL");
                child = start(&desk, &[]);
            }
            Some(_) => {
                assert_eq!(child.terminate(), Some(0));
                child = start(&desk, &[]);
            }
        }
        happen(&mut chance, &root, &mut files, number);
        thread::sleep(Duration::from_millis(chance.below(12) as u64));
    }
    assert_eq!(child.terminate(), Some(0));
    let mut child = start(&desk, &["--until-idle", "1"]);
    assert_eq!(child.wait(), Some(0));
    let err = fs::read_to_string(desk.outside("err")).unwrap();
    assert!(!err.contains("error") && !err.contains("can't"), "{err}");

    let records = records(&desk);
    let mut newest: HashMap<String, toml::Table> = HashMap::new();
    for record in &records {
        let id = record["article"].as_str().unwrap().to_owned();
        let said = |record: &toml::Table| {
            let mut said = record.clone();
            for key in ["recorded", "previous", "event"] {
                said.remove(key);
            }
            said
        };
        if let Some(before) = newest.insert(id.clone(), record.clone()) {
            assert_ne!(said(&before), said(record), "{id} says twice the same");
        }
        assert!(record.contains_key("text"), "{record:?}");
    }
    // Every text that was kept is whole.
    let kept: Vec<_> = crate::desk::tree(&desk.records().join("texts"));
    assert!(!kept.is_empty());
    for (path, bytes) in kept {
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.trim_end().ends_with(LAST), "{}: {text}", path.display());
    }
    assert!(files.len() > 200 && records.len() > files.len(), "{} files", files.len());
    for (path, text) in &files {
        assert_eq!(fs::read_to_string(path).unwrap(), *text);
        let id = path.strip_prefix(desk.root()).unwrap().to_str().unwrap();
        let headline =
            newest.get(id).unwrap_or_else(|| panic!("{id} is not recorded"))["headline"].as_str();
        assert_eq!(headline, text.lines().next(), "{id}");
    }
    // By siglum's own words too, for some of them.
    for path in files.keys().take(10) {
        desk.ok(&["verify", path.to_str().unwrap()]);
    }
    let out = fs::read_to_string(desk.outside("out")).unwrap();
    let told = out.lines().filter(|line| line.starts_with("recorded   in/")).count();
    assert!(told <= records.len(), "{told} of {}", records.len());
}

#[test]
fn what_cannot_be_read_is_told_once_for_each_content_and_others_can_work_meanwhile() {
    let desk = Desk::with_log();
    desk.write("in/a.txt", text(1));
    desk.write("in/bad.txt", b"caf\xE9");
    let args = ["--format", "ndjson", "--errors", "in/errors.ndjson"];
    let (out, child) = (desk.outside("out"), start(&desk, &args));
    let errors = desk.root().join("in/errors.ndjson");
    wait_for(&out, "\"article\":\"in/a.txt\"");
    wait_for(&errors, "bad.txt");
    // Nobody holds the lock now.
    desk.ok(&["retract", "in/a.txt", "--note", "It was another quay"]);
    desk.write("in/b.txt", text(2));
    wait_for(&out, "\"article\":\"in/b.txt\"");
    assert_eq!(fs::read_to_string(&errors).unwrap().lines().count(), 1);
    desk.write("in/bad.txt", b"\xE9 and more");
    desk.write("in/c.txt", text(3));
    wait_for(&out, "\"article\":\"in/c.txt\"");
    assert_eq!(child.terminate(), Some(0));
    assert_eq!(fs::read_to_string(&errors).unwrap().lines().count(), 2);
    let told = fs::read_to_string(&out).unwrap();
    assert_eq!(told.matches("\"appended\":true").count(), 3, "{told}");
    assert_eq!(records(&desk).len(), 4);
    // By itself it ends with what a bulk would; what was retracted stays so.
    assert_eq!(start(&desk, &["--until-idle", "0.3"]).wait(), Some(2));
    assert_eq!(records(&desk).len(), 4);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let desk = Desk::with_log();
    desk.write("in/a.txt", text(1));
    for (args, says) in [
        (&["in", "--watch", "--dry-run"][..], "cannot be used with"),
        (&["in", "in/a.txt", "--watch"], "--watch takes one directory"),
        (&["in/a.txt", "--watch"], "--watch takes one directory"),
        (&["-", "--watch"], "--watch takes one directory"),
        (&["in", "--watch", "--settle", "0"], "0.05 to 86400 seconds"),
        (&["in", "--watch", "--until-idle", "NaN"], "0.05 to 86400 seconds"),
        (&["in", "--settle", "1"], "--watch"),
        (&["in", "--watch", "--id", "x"], "--id is of one article"),
        (&["in", "--watch", "--key", "none"], "none"),
    ] {
        desk.fails(2, &[&["record"], args].concat(), &[says]);
    }
}
