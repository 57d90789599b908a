//! A power cut at every moment: a run's system calls are traced, and after each of them a disk is
//! put together that has only what was synced until then.
//!
//! The model is as strict as POSIX allows: bytes are on disk only after an fsync or fdatasync of
//! their file, names only after an fsync of their directory, and what an fsync failed for is lost
//! to every later one of the same file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::desk::{Desk, tree};
use crate::durability::{has_strace, text};
use crate::oracle;

/// A file: what programs see of it, and what is on disk.
#[derive(Clone, Default)]
struct Inode {
    seen: Vec<u8>,
    synced: Vec<u8>,
    /// An fsync failed: the system thinks that the bytes are written, and they aren't.
    lost: bool,
}

/// A file system with a memory of what was synced.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    inodes: Vec<Inode>,
    /// Names as programs see them, and as they are on disk.
    seen: BTreeMap<PathBuf, usize>,
    synced: BTreeMap<PathBuf, usize>,
    /// Offsets of open files, by descriptor.
    pub(crate) open: BTreeMap<String, (PathBuf, usize)>,
}

impl Disk {
    /// A disk on which everything below some directories is synced.
    pub(crate) fn of(directories: &[PathBuf]) -> Self {
        let mut disk = Self::default();
        for (path, bytes) in directories.iter().filter(|d| d.exists()).flat_map(|d| tree(d)) {
            disk.inodes.push(Inode { seen: bytes.clone(), synced: bytes, lost: false });
            disk.seen.insert(path.clone(), disk.inodes.len() - 1);
            disk.synced.insert(path, disk.inodes.len() - 1);
        }
        disk
    }

    fn inode(&mut self, path: &Path) -> Option<&mut Inode> {
        let place = *self.seen.get(path)?;
        self.inodes.get_mut(place)
    }

    /// Takes one traced call. Returns whether it could change what is on disk.
    pub(crate) fn take(&mut self, call: &Call) -> bool {
        let first = call.strings.first().map(PathBuf::from);
        match call.name.as_str() {
            "openat" if call.ok => {
                let Some(path) = call.result_path.clone() else { return false };
                if call.text.contains("O_CREAT") && !self.seen.contains_key(&path) {
                    self.inodes.push(Inode::default());
                    self.seen.insert(path.clone(), self.inodes.len() - 1);
                }
                self.open.insert(call.result.clone(), (path, 0));
                false
            }
            "lseek" if call.ok => {
                if let Some((_, at)) = self.open.get_mut(&call.descriptor) {
                    *at = call.result.parse().unwrap_or(*at);
                }
                false
            }
            "write" if call.ok => {
                let Some((path, at)) = self.open.get(&call.descriptor).cloned() else {
                    return false;
                };
                let written = call.data.len();
                let Some(inode) = self.inode(&path) else { return false };
                inode.seen.resize(inode.seen.len().max(at + written), 0);
                inode.seen[at..at + written].copy_from_slice(&call.data);
                self.open.insert(call.descriptor.clone(), (path, at + written));
                true
            }
            "ftruncate" if call.ok => {
                let Some((path, _)) = self.open.get(&call.descriptor).cloned() else {
                    return false;
                };
                let length = call.last_number();
                self.inode(&path).is_some_and(|inode| {
                    inode.seen.resize(length, 0);
                    true
                })
            }
            "fsync" | "fdatasync" => {
                let Some(path) = call.path.clone() else { return false };
                if let Some(inode) = self.inode(&path) {
                    inode.lost |= !call.ok;
                    if !inode.lost {
                        inode.synced.clone_from(&inode.seen);
                    }
                } else if call.ok {
                    let below = |name: &PathBuf| name.parent() == Some(&path);
                    self.synced.retain(|name, _| !below(name));
                    let now = self.seen.iter().filter(|(name, _)| below(name));
                    self.synced.extend(now.map(|(name, inode)| (name.clone(), *inode)));
                }
                true
            }
            // The whole file system: it tells what could not be written, and nothing was.
            "syncfs" if call.ok => {
                for inode in self.inodes.iter_mut().filter(|inode| !inode.lost) {
                    inode.synced.clone_from(&inode.seen);
                }
                self.synced.clone_from(&self.seen);
                true
            }
            "syncfs" => {
                let unwritten = self.inodes.iter_mut().filter(|inode| inode.seen != inode.synced);
                unwritten.for_each(|inode| inode.lost = true);
                true
            }
            "rename" | "renameat" | "renameat2" if call.ok => {
                let to = call.strings.get(1).map(PathBuf::from);
                if let (Some(from), Some(to)) = (first, to)
                    && let Some(inode) = self.seen.remove(&from)
                {
                    self.seen.insert(to, inode);
                }
                true
            }
            "unlink" | "unlinkat" if call.ok => {
                first.is_some_and(|path| self.seen.remove(&path).is_some())
            }
            _ => false,
        }
    }

    /// Puts what is on disk after a power cut in the place of what is there.
    pub(crate) fn cut_power(&self, directories: &[PathBuf]) {
        for directory in directories {
            let _ = fs::remove_dir_all(directory);
        }
        for (path, inode) in &self.synced {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &self.inodes[*inode].synced).unwrap();
        }
    }
}

/// A traced call.
pub(crate) struct Call {
    pub(crate) name: String,
    text: String,
    ok: bool,
    result: String,
    result_path: Option<PathBuf>,
    descriptor: String,
    path: Option<PathBuf>,
    strings: Vec<String>,
    data: Vec<u8>,
}

impl Call {
    /// Reads a line of `strace -f -y -xx`.
    fn parse(line: &str) -> Option<Self> {
        // Before it stands the process, for there are threads.
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let (name, rest) = line.split_once('(')?;
        let (arguments, result) = rest.rsplit_once(") = ")?;
        let quoted: Vec<Vec<u8>> = arguments.split('"').skip(1).step_by(2).map(unhex).collect();
        let strings =
            quoted.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        let path = |text: &str| {
            let inside = text.split_once('<')?.1.split_once('>')?.0;
            Some(PathBuf::from(String::from_utf8_lossy(&unhex(inside)).into_owned()))
        };
        let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
        Some(Self {
            name: name.to_owned(),
            ok: !result.starts_with('-'),
            result: number(result),
            result_path: path(result),
            descriptor: number(arguments),
            path: path(arguments.split(',').next()?),
            data: quoted.first().cloned().unwrap_or_default(),
            strings,
            text: arguments.to_owned(),
        })
    }

    fn last_number(&self) -> usize {
        self.text.rsplit(", ").next().and_then(|n| n.parse().ok()).unwrap_or(0)
    }
}

/// `\x41\x42` as bytes; other characters as they are.
fn unhex(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let hex = rest.strip_prefix("\\x").and_then(|t| u8::from_str_radix(t.get(..2)?, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[4..];
            }
            None => {
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    bytes
}

/// Runs the program traced, with a call made to fail where one is named. Returns its calls and its
/// exit code.
pub(crate) fn traced(desk: &Desk, args: &[&str], inject: Option<&str>) -> (Vec<Call>, i32) {
    let out = desk.outside("trace");
    let plain = desk.command();
    let mut command = Command::new("strace");
    command.arg("-o").arg(&out).args(["-f", "-y", "-xx", "-s", "1000000", "-e"]);
    command.arg("trace=openat,lseek,write,ftruncate,fsync,fdatasync,syncfs,rename,renameat,renameat2,unlink,unlinkat");
    if let Some(inject) = inject {
        command.args(["-e", inject]);
    }
    command.arg(plain.get_program()).args(args).current_dir(desk.root()).env_clear();
    command.env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()).stderr(Stdio::null());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let code = command.status().unwrap().code().unwrap();
    let calls = fs::read_to_string(&out).unwrap().lines().filter_map(Call::parse).collect();
    (calls, code)
}

/// Where the desk keeps what must survive: the workspace, and what its user's siglum remembers.
pub(crate) fn kept(desk: &Desk) -> Vec<PathBuf> {
    let real = fs::canonicalize(desk.root()).unwrap();
    vec![real.clone(), real.parent().unwrap().join(".local")]
}

fn start() -> Desk {
    let desk = Desk::with_log();
    for n in 0..2 {
        desk.write(&format!("s{n}.txt"), text(n));
        desk.ok(&["record", &format!("s{n}.txt")]);
    }
    desk.write("s2.txt", text(2));
    desk.write("s3.txt", text(3));
    desk
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_acknowledged_is_lost() {
    if !has_strace() {
        return;
    }
    let desk = start();
    let directories = kept(&desk);
    let mut disk = Disk::of(&directories);
    let (calls, code) = traced(&desk, &["record", "s2.txt"], None);
    assert_eq!(code, 0);
    let mut cuts = 0;
    for (number, call) in calls.iter().enumerate() {
        if disk.take(call) {
            cuts += 1;
            disk.cut_power(&directories);
            goes_on(&desk, &format!("after call {number}, {}", call.name));
        }
    }
    // The run is over, and it said so.
    disk.cut_power(&directories);
    let acknowledged = desk.run_freely(&["verify", "s2.txt"], b"");
    assert_eq!(acknowledged.code, 0, "{acknowledged:#?}");
    assert!(cuts > 20, "{cuts}");
    println!("{cuts} power cuts");
}

/// After a failed fdatasync the page cache shows bytes that are not on disk. The next process must
/// not sign them as they are.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_signed_that_is_not_on_disk() {
    if !has_strace() {
        return;
    }
    for call in ["fdatasync", "fsync"] {
        for ordinal in 1.. {
            let failing = format!("inject={call}:error=EIO:when={ordinal}");
            if !sync_fails(&failing) {
                assert!(ordinal > 1, "{call} is called");
                break;
            }
        }
    }
}

/// Records an article with one sync that fails, then another with none that does. Whenever the power
/// is cut in the second run, what is signed on disk is whole on disk. Returns whether a sync failed.
fn sync_fails(failing: &str) -> bool {
    let desk = start();
    let directories = kept(&desk);
    let mut disk = Disk::of(&directories);
    let (calls, code) = traced(&desk, &["record", "s2.txt"], Some(failing));
    let failed = calls.iter().any(|call| call.name.contains("sync") && !call.ok);
    assert!(code == 2 || !failed || failing.contains("fsync"), "{failing}: {code}");
    calls.iter().for_each(|call| {
        disk.take(call);
    });
    let (calls, code) = traced(&desk, &["record", "s3.txt"], None);
    assert_eq!(code, 0, "{failing}");
    for call in &calls {
        if disk.take(call) {
            let mut after = disk.clone();
            after.open.clear();
            after.cut_power(&directories);
            oracle::signed_is_there(&desk.root());
        }
    }
    disk.cut_power(&directories);
    let log = oracle::check(&desk.root());
    assert_eq!(log.signed, log.records.len(), "{failing}");
    assert!(log.signed >= 3, "{failing}");
    failed
}

/// Readers find a log in order, and the next writer goes on.
fn goes_on(desk: &Desk, when: &str) {
    let verified = desk.run_freely(&["verify", "s0.txt", "s1.txt"], b"");
    assert_eq!(verified.code, 0, "{when}: {verified:#?}");
    let recorded = desk.run_freely(&["record", "s2.txt", "s3.txt"], b"");
    assert_eq!(recorded.code, 0, "{when}: {recorded:#?}");
    let compared = desk.run_freely(&["fsck"], b"");
    assert_eq!(compared.code, 0, "{when}: {compared:#?}");
    assert_eq!(oracle::check(&desk.root()).signed, 4, "{when}");
}
