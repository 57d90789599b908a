//! The program within bounds: 2 seconds, and 256 MB of addresses.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long a file may take. Tests are built with little optimization.
const LIMIT: Duration = Duration::from_secs(2);

/// Says that the program refuses a file within the bounds, with an error that has the reason in it.
#[track_caller]
pub fn refused(path: &Path, reason: &str) {
    let start = Instant::now();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 262144; exec \"$0\" parse \"$1\""])
        .arg(env!("CARGO_BIN_EXE_siglum"))
        .arg(path)
        .output()
        .unwrap();
    assert!(start.elapsed() < LIMIT, "{}: {:?}", path.display(), start.elapsed());
    let error = String::from_utf8_lossy(&output.stderr);
    let path = path.display();
    assert_eq!(output.status.code(), Some(2), "{path}: {error}");
    assert!(error.contains(reason), "{path}: {error}");
}
