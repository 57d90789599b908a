//! A desk to test at: a home and a workspace of its own, and the program with a clock that ticks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::oracle;

/// A home directory, a workspace in it, and a clock.
pub struct Desk {
    home: tempfile::TempDir,
    minute: std::cell::Cell<u32>,
}

/// What a run of the program gave.
#[derive(Debug, Clone)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// A desk without a workspace.
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), minute: 0.into() }
    }

    /// A desk with an empty log.
    pub fn with_log() -> Self {
        let desk = Self::new();
        desk.ok(&["init"]);
        desk
    }

    /// The workspace.
    pub fn root(&self) -> PathBuf {
        self.home.path().join("desk")
    }

    /// Its `records/`.
    pub fn records(&self) -> PathBuf {
        self.root().join("records")
    }

    /// A path in the home directory, outside of the workspace.
    pub fn outside(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file into the workspace.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The program, in the workspace, with its arguments to come.
    pub fn command(&self) -> Command {
        fs::create_dir_all(self.root()).unwrap();
        let minute = self.minute.replace(self.minute.get() + 1);
        let mut command = Command::new(env!("CARGO_BIN_EXE_siglum"));
        command
            .current_dir(self.root())
            .env_clear()
            .env("HOME", self.home.path())
            .env("SIGLUM_NOW", format!("2026-03-01T{:02}:{:02}:00Z", minute / 60, minute % 60))
            .env("RUST_BACKTRACE", "0");
        command
    }

    /// Runs the program. Afterwards the log on disk must be in order, by rules written anew.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, b"")
    }

    /// The same, with something on standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let run = self.run_freely(args, input);
        if self.records().join("checkpoint").exists() {
            oracle::check(&self.root());
        }
        run
    }

    /// Runs the program on a log that may be broken.
    pub fn run_freely(&self, args: &[&str], input: &[u8]) -> Run {
        use std::io::Write as _;
        let mut child = self
            .command()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that doesn't read its input may close it.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().expect("ended by itself, not by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program, which must succeed.
    #[track_caller]
    pub fn ok(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {run:#?}");
        run.out
    }

    /// Runs the program with `--format json` and gives its object and its exit code.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> (Value, i32) {
        let run = self.run_freely(&[args, &["--format", "json"]].concat(), b"");
        let value = serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{args:?}: {error}: {run:#?}"));
        (value, run.code)
    }

    /// Runs the program, which must fail with this code and say each of these things.
    #[track_caller]
    pub fn fails(&self, code: i32, args: &[&str], says: &[&str]) -> Run {
        let run = self.run_freely(args, b"");
        assert_eq!(run.code, code, "{args:?}: {run:#?}");
        for words in says {
            assert!(run.err.contains(words) || run.out.contains(words), "{words:?} in {run:#?}");
        }
        run
    }
}

/// Every file below a directory with its bytes, by path.
pub fn tree(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// A file of the project.
pub fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The article that the project was asked for.
pub fn seed() -> String {
    fs::read_to_string(project("tests/articles/nato-kosovo.en.txt")).unwrap()
}
