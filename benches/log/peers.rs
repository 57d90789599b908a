//! What others do with the same bytes: `git fsck` over as many commits, and `SQLite`.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;

/// Compares verifying the whole log with `git fsck` over as many commits, each of which puts
/// one record in the place of the one before. Says so where git is not there.
pub(crate) fn git_fsck(place: &Path, size: usize, verified: Duration) {
    let repository = place.join("peer.git");
    let git = || {
        let mut git = Command::new("git");
        git.env("GIT_DIR", &repository).stdout(Stdio::null()).stderr(Stdio::null());
        git
    };
    if !git().args(["init", "--bare", "-q"]).arg(&repository).status().is_ok_and(|s| s.success()) {
        println!("git fsck: skipped, git is not installed");
        return;
    }
    let mut import =
        git().args(["fast-import", "--quiet", "--depth=0"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut out = BufWriter::new(import.stdin.take().unwrap());
    for n in 0..size {
        let record = crate::record(n);
        let time = 1_700_000_000 + n;
        write!(
            out,
            "commit refs/heads/main\ncommitter desk <desk@example> {time} +0000\ndata 0\n\
             M 644 inline record\ndata {}\n",
            record.len()
        )
        .unwrap();
        out.write_all(&record).unwrap();
        out.write_all(b"\n").unwrap();
    }
    drop(out);
    assert!(import.wait().unwrap().success());
    // As git itself leaves a repository that was written to for long.
    assert!(git().args(["gc", "--quiet"]).status().unwrap().success());
    let fsck = crate::measure::time(|| assert!(git().arg("fsck").status().unwrap().success()));
    println!(
        "git fsck of {size} commits: {:.1} s; verify is {:.0} × as fast",
        fsck.as_secs_f64(),
        fsck.as_secs_f64() / verified.as_secs_f64()
    );
    fs::remove_dir_all(repository).unwrap();
}

/// A table of records in `SQLite`, as durable as a log.
pub(crate) struct Sqlite(Connection);

impl Sqlite {
    /// Makes it.
    pub(crate) fn open(path: &Path) -> Self {
        let base = Connection::open(path).unwrap();
        base.pragma_update(None, "journal_mode", "WAL").unwrap();
        base.pragma_update(None, "synchronous", "FULL").unwrap();
        base.execute_batch("CREATE TABLE record (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
            .unwrap();
        Self(base)
    }

    /// Adds records in one transaction.
    pub(crate) fn insert(&mut self, records: &[Vec<u8>]) {
        let transaction = self.0.transaction().unwrap();
        let mut insert =
            transaction.prepare_cached("INSERT INTO record (bytes) VALUES (?1)").unwrap();
        for record in records {
            insert.execute([record]).unwrap();
        }
        drop(insert);
        transaction.commit().unwrap();
    }
}
