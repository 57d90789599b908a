//! The scripts in docs/hooks: each is run as a newsroom would.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::desk::{Desk, Run, project, seed};

/// Runs a program in the workspace, with siglum on its path and a home of its own.
fn run(desk: &Desk, program: &Path, args: &[&str], input: &str) -> Run {
    use std::io::Write as _;
    let own = Path::new(env!("CARGO_BIN_EXE_siglum")).parent().unwrap();
    let path = format!("{}:{}", own.display(), std::env::var("PATH").unwrap());
    let mut child = Command::new(program)
        .args(args)
        .current_dir(desk.root())
        .env("PATH", path)
        .env("HOME", desk.outside(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("XDG_STATE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A desk whose gate is the warning.
fn desk() -> Desk {
    let desk = Desk::with_log();
    let settings = std::fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    desk.write("provenance.toml", settings + "\n[audit]\ngate = \"warning\"\n");
    desk
}

const FINE: &str = "Council reopens the old bridge\n\n\
    The council voted on Sunday to reopen the old bridge, which was closed in May.\n\n\
    (Reporting by Ada Prell; Editing by Tomas Uhl)\n";

#[test]
fn a_commit_is_refused_or_goes_through() {
    let desk = desk();
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=Desk", "-c", "user.email=desk@example.invalid"];
        run(&desk, Path::new("git"), &[&who[..], args].concat(), "")
    };
    assert_eq!(git(&["init", "-q"]).code, 0);
    let hook = desk.root().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::copy(project("docs/hooks/pre-commit"), &hook).unwrap();
    desk.write("articles/the bridge.txt", FINE);
    desk.write("elsewhere.txt", seed());
    git(&["add", "."]);
    let run = git(&["commit", "-q", "-m", "fine"]);
    assert_eq!(run.code, 0, "{run:#?}");
    // What is staged counts, not what lies there.
    desk.write("articles/seed.txt", seed());
    git(&["add", "articles/seed.txt"]);
    desk.write("articles/seed.txt", FINE);
    let run = git(&["commit", "-q", "-m", "not fine"]);
    assert_ne!(run.code, 0, "{run:#?}");
    assert!(run.err.contains("articles/seed.txt\n"), "{run:#?}");
    assert!(
        run.err.contains("uncredited-translation") && run.err.contains("is refused"),
        "{run:#?}"
    );
    git(&["add", "articles/seed.txt"]);
    assert_eq!(git(&["commit", "-q", "-m", "fine again"]).code, 0);
    // What can't be read is no article in order.
    desk.write("articles/odd.txt", [0xFF, 0xFE, 0x00, 0xD8, 0x00]);
    git(&["add", "articles/odd.txt"]);
    let run = git(&["commit", "-q", "-m", "odd"]);
    assert!(run.code != 0 && run.err.contains("could not tell"), "{run:#?}");
}

#[test]
fn ci_verifies_and_leaves_its_reports() {
    let desk = desk();
    desk.write("articles/seed.txt", seed());
    desk.ok(&["record", "articles/seed.txt", "--standing", "observed"]);
    let ci = |desk: &Desk| run(desk, &project("docs/hooks/ci"), &["out"], "");
    let run = ci(&desk);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.out.contains("::warning file=articles/seed.txt,line="), "{run:#?}");
    let sarif = std::fs::read(desk.root().join("out/audit.sarif")).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&sarif).unwrap()["version"], "2.1.0");
    let page = std::fs::read_to_string(desk.root().join("out/audit.html")).unwrap();
    assert!(page.ends_with("</html>\n"));
    let fine = Desk::with_log();
    fine.write("a.txt", FINE);
    fine.ok(&["record", "a.txt"]);
    assert_eq!(ci(&fine).code, 0);
    // A log that was tampered with is not audited.
    let entries = fine.records().join("entries");
    let journal = std::fs::read_dir(entries).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read_to_string(&journal).unwrap().replace("Ada Prell", "Eda Prell");
    std::fs::write(journal, bytes).unwrap();
    let run = ci(&fine);
    assert!(run.code == 1 && !run.out.contains("::"), "{run:#?}");
}

#[test]
fn a_cms_publishes_once_or_not_at_all() {
    let desk = desk();
    let ninjs = |byline: &str| {
        json!({
            "uri": "urn:desk:bridge", "type": "text", "language": "en", "byline": byline,
            "headline": "Council reopens the old bridge",
            "body_text": FINE.split("\n\n").skip(1).collect::<Vec<_>>().join("\n\n"),
        })
        .to_string()
    };
    let publish = |request: &str, input: &str| {
        run(&desk, &project("docs/hooks/publish"), &["bridge", request], input)
    };
    let run = publish("save-1", &ninjs("Ada Prell"));
    assert_eq!(run.code, 0, "{run:#?}");
    let first: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(first["records"][0]["appended"], true, "{first:#}");
    let again: Value = serde_json::from_str(&publish("save-1", &ninjs("Ada Prell")).out).unwrap();
    assert_eq!(again["records"][0]["appended"], false, "{again:#}");
    assert_eq!(again["records"][0]["leaf"], first["records"][0]["leaf"]);
    let seed = json!({ "uri": "urn:desk:seed", "type": "text", "language": "en",
                       "headline": "A visit", "body_text": seed() });
    let run = publish("save-2", &seed.to_string());
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:#?}");
    assert_eq!(publish("save-3", "{").code, 2);
    assert_eq!(desk.json(&["log"]).0["records"].as_array().unwrap().len(), 1);
}
