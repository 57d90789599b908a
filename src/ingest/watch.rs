//! Which files of a directory are complete: looks again and again, and says which stayed as they were.
//!
//! The directory is polled. Notices of the system (inotify and its like) say nothing of what another
//! machine writes to a network drive, are dropped when there are too many, and a queue of them would be
//! a second memory that can disagree with the directory. A look needs one listing and a `stat` a file,
//! and has no state that could be lost: what is not known is looked at again.
//!
//! Memory grows with the number of files in the directory, by a path and a few numbers each, and with
//! nothing else: a file that is gone is forgotten.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::walk::{self, WalkError};

/// How names end that programs give to what they are still writing.
const UNFINISHED: &[&str] = &["~", ".tmp", ".part", ".crdownload", ".swp"];

/// Whether a name is one of those that files have while they are written. What begins with a dot is
/// walked past in any case.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    UNFINISHED.iter().any(|end| name.ends_with(end))
}

/// What a file looks like from outside: another stamp is another content.
///
/// The time of the last change of the file's own entry, where the system has one, tells a file that
/// was put in the place of another of the same size and date. Inode numbers do not count: some
/// network drives give new ones at every look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    changed: Option<(i64, i64)>,
}

impl Stamp {
    /// The stamp of a file that was asked for already.
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt as _;
            Some((metadata.ctime(), metadata.ctime_nsec()))
        };
        #[cfg(not(unix))]
        let changed = None;
        Self { size: metadata.len(), modified: metadata.modified().ok(), changed }
    }

    /// The stamp of a file as it is now; links are followed.
    ///
    /// # Errors
    ///
    /// If the system does not give it, as where the file is gone.
    pub fn at(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|metadata| Self::of(&metadata))
    }
}

/// A look at a directory.
#[derive(Debug)]
pub struct Look {
    /// The files that there are, in order.
    pub files: Vec<(PathBuf, Stamp)>,
    /// The directories that could not be read.
    pub unreadable: Vec<WalkError>,
}

/// Looks at all files below a directory, as [`walk::files`] does, but for those that are named as
/// being written.
///
/// # Errors
///
/// If the directory itself can't be read.
pub fn look(root: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<Look, WalkError> {
    let mut unreadable = Vec::new();
    let skip = |path: &Path| is_unfinished(path) && !path.is_dir() || skip(path);
    let files = walk::readable(root, &skip, &mut unreadable)?;
    // What goes away during the look was not there.
    let gone = |error: &WalkError| matches!(error, WalkError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound);
    unreadable.retain(|error| !gone(error));
    let stamped = files.into_iter().filter_map(|path| {
        let stamp = Stamp::at(&path).ok()?;
        Some((path, stamp))
    });
    Ok(Look { files: stamped.collect(), unreadable })
}

/// What is known of a directory: looks go in, complete files come out, each once for each stamp.
///
/// Times are durations since any one moment, and never go back.
#[derive(Debug)]
pub struct Watch {
    settle: Duration,
    files: HashMap<PathBuf, Known>,
    looks: u64,
    waiting: usize,
    changed: Duration,
}

/// What is known of a file.
#[derive(Debug)]
struct Known {
    stamp: Stamp,
    /// When it was first seen like that, at the latest.
    since: Duration,
    given: bool,
    look: u64,
}

impl Watch {
    /// Nothing is known yet. A file is complete when its stamp stayed the same for `settle`.
    pub fn new(settle: Duration) -> Self {
        let (looks, waiting, changed) = (0, 0, Duration::ZERO);
        Self { settle, files: HashMap::new(), looks, waiting, changed }
    }

    /// Takes a look that began and ended at these times. Gives the files that are now known to be
    /// complete and were not given with this stamp before, in the order of the look.
    pub fn observe(
        &mut self,
        seen: Vec<(PathBuf, Stamp)>,
        began: Duration,
        ended: Duration,
    ) -> Vec<(PathBuf, Stamp)> {
        self.looks += 1;
        self.waiting = 0;
        let (look, before) = (self.looks, self.files.len());
        let (mut settled, mut new) = (Vec::new(), 0);
        for (path, stamp) in seen {
            match self.files.get_mut(&path) {
                Some(known) if known.stamp == stamp => {
                    known.look = look;
                    if known.given {
                        continue;
                    }
                    if began.saturating_sub(known.since) >= self.settle {
                        known.given = true;
                        settled.push((path, stamp));
                        continue;
                    }
                }
                _ => {
                    let known = Known { stamp, since: ended, given: false, look };
                    new += usize::from(self.files.insert(path, known).is_none());
                    self.changed = ended;
                }
            }
            self.waiting += 1;
        }
        self.files.retain(|_, known| known.look == look);
        if self.files.len() != before + new {
            self.changed = ended;
        }
        settled
    }

    /// Forgets a file that was given and could not be taken as it was: if it is there, it is given
    /// again when it is complete.
    pub fn forget(&mut self, path: &Path) {
        if self.files.remove(path).is_some() {
            self.waiting += 1;
        }
    }

    /// Whether at a time no file is waited for, and none has come, changed or gone for `idle`.
    pub fn is_idle(&self, at: Duration, idle: Duration) -> bool {
        self.waiting == 0 && at.saturating_sub(self.changed) >= idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(size: u64) -> Stamp {
        Stamp { size, modified: None, changed: None }
    }

    /// Looks at files of these sizes at a second, and gives what is complete.
    fn observe(watch: &mut Watch, second: u64, files: &[(&str, u64)]) -> Vec<String> {
        let seen = files.iter().map(|(name, size)| (PathBuf::from(name), stamp(*size))).collect();
        let at = Duration::from_secs(second);
        let settled = watch.observe(seen, at, at);
        settled.iter().map(|(path, stamp)| format!("{}:{}", path.display(), stamp.size)).collect()
    }

    fn none() -> Vec<String> {
        Vec::new()
    }

    #[test]
    fn a_file_is_given_once_when_it_stayed_the_same() {
        let watch = &mut Watch::new(Duration::from_secs(2));
        assert_eq!(observe(watch, 0, &[("a", 1)]), none());
        assert_eq!(observe(watch, 1, &[("a", 2), ("b", 5)]), none());
        assert_eq!(observe(watch, 2, &[("a", 2), ("b", 5)]), none());
        assert_eq!(observe(watch, 3, &[("a", 2), ("b", 6)]), ["a:2"]);
        assert_eq!(observe(watch, 9, &[("a", 2), ("b", 6)]), ["b:6"]);
        assert_eq!(observe(watch, 99, &[("a", 2), ("b", 6)]), none());
        // What changes is given again, and so is what was gone in between.
        assert_eq!(observe(watch, 100, &[("a", 1)]), none());
        assert_eq!(observe(watch, 102, &[("a", 1), ("b", 6)]), ["a:1"]);
        assert_eq!(observe(watch, 104, &[("a", 1), ("b", 6)]), ["b:6"]);
        // A rename: the old path is gone, the new one waits.
        assert_eq!(observe(watch, 105, &[("c", 1), ("b", 6)]), none());
        assert_eq!(observe(watch, 107, &[("c", 1), ("b", 6)]), ["c:1"]);
    }

    #[test]
    fn a_look_that_takes_long_makes_nothing_complete() {
        let mut watch = Watch::new(Duration::from_secs(2));
        let seen = || vec![(PathBuf::from("a"), stamp(1))];
        let at = Duration::from_secs;
        assert!(watch.observe(seen(), at(0), at(5)).is_empty());
        assert!(watch.observe(seen(), at(6), at(9)).is_empty());
        assert_eq!(watch.observe(seen(), at(9), at(12)).len(), 1);
    }

    #[test]
    fn what_was_passed_over_is_given_again_and_idle_is_when_nothing_is_waited_for() {
        let watch = &mut Watch::new(Duration::from_secs(1));
        let idle =
            |watch: &Watch, at| watch.is_idle(Duration::from_secs(at), Duration::from_secs(3));
        assert!(idle(watch, 3) && !idle(watch, 2));
        observe(watch, 10, &[("a", 1)]);
        assert!(!idle(watch, 99), "a waits");
        assert_eq!(observe(watch, 11, &[("a", 1)]), ["a:1"]);
        assert!(idle(watch, 13) && !idle(watch, 12));
        watch.forget(Path::new("a"));
        assert!(!idle(watch, 99));
        observe(watch, 20, &[("a", 1)]);
        assert_eq!(observe(watch, 21, &[("a", 1)]), ["a:1"]);
        observe(watch, 30, &[]);
        assert!(idle(watch, 33) && !idle(watch, 32), "that it is gone is a change");
        assert!(watch.files.is_empty());
    }

    #[test]
    fn names_of_what_is_being_written_are_passed_over() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        fs::create_dir(root.join("b.tmp")).unwrap();
        for name in ["a.txt", "a.txt~", "a.PART", "x.crdownload", ".y", "s.swp", "b.tmp/c.txt"] {
            fs::write(root.join(name), "x").unwrap();
        }
        let look = look(root, &|_| false).unwrap();
        let names: Vec<_> =
            look.files.iter().map(|(path, _)| path.strip_prefix(root).unwrap()).collect();
        assert_eq!(names, ["a.txt", "b.tmp/c.txt"].map(Path::new));
        assert!(super::look(&root.join("none"), &|_| false).is_err());
        let before = Stamp::at(&root.join("a.txt")).unwrap();
        fs::write(root.join("a.txt"), "longer").unwrap();
        assert_ne!(Stamp::at(&root.join("a.txt")).unwrap(), before);
    }
}
