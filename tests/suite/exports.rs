//! `export c2sp`: into a directory of its own, or over an earlier export that the log continues.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, tree};
use crate::standards::{check_static, files_below, log_of, write};

fn export(desk: &Desk, out: &Path, code: i32, says: &[&str]) {
    let run = desk.fails(code, &["export", "c2sp", out.to_str().unwrap()], says);
    assert_eq!(run.code, code);
}

#[test]
fn an_earlier_export_is_brought_up_to_date() {
    let desk = log_of(257);
    let out = desk.outside("static");
    export(&desk, &out, 0, &[]);
    let first = tree(&out);
    // Again: nothing is new.
    let (report, code) = desk.json(&["export", "c2sp", out.to_str().unwrap()]);
    assert_eq!((code, &report["written"], &report["removed"]), (0, &0.into(), &0.into()));
    assert_eq!(tree(&out), first);
    fs::write(out.join("tile/0/.tmpx1y2z3"), "half").unwrap();
    for n in 0..3 {
        let run = desk.run_freely(&["record", &write(&desk, n)], b"");
        assert_eq!(run.code, 0, "{run:#?}");
    }
    export(&desk, &out, 0, &[]);
    let read = check_static(&out, 260);
    assert_eq!(read, files_below(&out), "partial tiles of before are gone");
    // What was full stays as it was.
    for full in ["tile/0/000", "tile/entries/000"] {
        let before = first.iter().find(|(path, _)| path.ends_with(full)).unwrap();
        assert_eq!(fs::read(out.join(full)).unwrap(), before.1);
    }
}

#[test]
fn a_directory_that_holds_anything_else_is_left_alone() {
    let desk = Desk::with_log();
    for n in 0..2 {
        desk.ok(&["record", &write(&desk, n)]);
    }
    let out = desk.outside("static");
    fs::create_dir_all(&out).unwrap();
    for (name, says) in [("notes.txt", "notes.txt"), ("tile/README", "README"), ("sub/x", "sub/x")]
    {
        let path = out.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "x").unwrap();
        let before = tree(&out);
        export(&desk, &out, 2, &[says, "no part of an export", "not there yet"]);
        assert_eq!(tree(&out), before);
        fs::remove_file(path).unwrap();
    }
    // Another log's export, and a later one of a log that was rolled back.
    let other = Desk::with_log();
    other.ok(&["record", &write(&other, 0)]);
    let theirs = other.outside("static");
    export(&other, &theirs, 0, &[]);
    let before = tree(&theirs);
    export(&desk, &theirs, 2, &["not one of this log's"]);
    assert_eq!(tree(&theirs), before);
    let mine = desk.outside("mine");
    export(&desk, &mine, 0, &[]);
    let before = tree(&mine);
    for entry in ["entries", "tile", "checkpoint"] {
        let path = desk.records().join(entry);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }
    fs::remove_dir_all(desk.outside(".local/state/siglum")).unwrap();
    for n in 5..9 {
        desk.ok(&["record", &write(&desk, n)]);
    }
    export(&desk, &mine, 2, &["does not continue"]);
    assert_eq!(tree(&mine), before);
    // A tile there that is not this log's is not replaced.
    let fresh = desk.outside("fresh");
    export(&desk, &fresh, 0, &[]);
    let tile = fresh.join("tile/0/000.p/4");
    fs::write(&tile, [1; 128]).unwrap();
    export(&desk, &fresh, 2, &["tile/0/000.p/4", "other bytes"]);
    assert_eq!(fs::read(tile).unwrap(), [1; 128]);
}
