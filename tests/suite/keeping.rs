//! Kept texts and power cuts: no record is on disk whose text could be lost.

use std::fs;

use siglum::store::layout::Layout;
use siglum::store::texts;
use siglum::text::digest::Digest;

use crate::desk::Desk;
use crate::durability::{has_strace, text};
use crate::powercut::{Disk, kept, traced};

/// A desk with a directory of articles whose texts are kept: enough of them for one sync of all.
fn many() -> Desk {
    let desk = Desk::with_log();
    for n in 0..20 {
        desk.write(&format!("in/{n:02}.txt"), text(n));
    }
    desk
}

/// Whether each record that is on disk, signed or not, has its text beside it; how many there are.
fn texts_are_there(desk: &Desk, when: &str) -> usize {
    let journal = fs::read_to_string(desk.records().join("entries/000.toml")).unwrap_or_default();
    let layout = Layout::new(desk.root());
    let bodies =
        journal.lines().filter_map(|line| line.strip_prefix("body = \"")?.strip_suffix('"'));
    let bodies: Vec<Digest> = bodies.map(|body| body.parse().unwrap()).collect();
    for body in &bodies {
        assert!(texts::find(&layout, body).is_some(), "{when}: {body} is not kept");
    }
    bodies.len()
}

#[cfg(target_os = "linux")]
#[test]
fn no_record_is_on_disk_before_its_text() {
    if !has_strace() {
        return;
    }
    let desk = many();
    let directories = kept(&desk);
    let mut disk = Disk::of(&directories);
    let (calls, code) = traced(&desk, &["record", "in", "--jobs", "1"], None);
    assert_eq!(code, 0);
    assert!(calls.iter().any(|call| call.name == "syncfs"), "all are synced at once");
    let (mut cuts, mut recorded) = (0, 0);
    for (number, call) in calls.iter().enumerate() {
        if disk.take(call) {
            cuts += 1;
            disk.cut_power(&directories);
            recorded = texts_are_there(&desk, &format!("after call {number}, {}", call.name));
        }
    }
    assert!(cuts > 40 && recorded == 20, "{cuts} cuts, {recorded} records");
    disk.cut_power(&directories);
    assert_eq!(desk.run_freely(&["fsck"], b"").code, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn texts_that_cannot_be_synced_are_not_recorded() {
    if !has_strace() {
        return;
    }
    let desk = many();
    let directories = kept(&desk);
    let mut disk = Disk::of(&directories);
    let failing = "inject=syncfs:error=EIO:when=1";
    let (calls, code) = traced(&desk, &["record", "in", "--jobs", "1"], Some(failing));
    assert_eq!(code, 2);
    calls.iter().for_each(|call| {
        disk.take(call);
    });
    disk.cut_power(&directories);
    assert_eq!(texts_are_there(&desk, "after the failure"), 0);
    // What the next run writes is new, and on disk.
    let (calls, code) = traced(&desk, &["record", "in", "--jobs", "1"], None);
    assert_eq!(code, 0);
    disk.open.clear();
    calls.iter().for_each(|call| {
        disk.take(call);
    });
    disk.cut_power(&directories);
    assert_eq!(texts_are_there(&desk, "after another run"), 20);
}
