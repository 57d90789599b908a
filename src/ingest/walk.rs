//! The files below a directory, in one order on every machine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most directories that lie in each other: more is a loop, or made to exhaust.
const MAX_DEPTH: usize = 64;

/// Says which directory can't be walked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WalkError {
    /// The system refused to read it.
    #[error("can't read {}: {source}", path.display())]
    Io {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Too many directories lie in each other.
    #[error("{} lies more than {MAX_DEPTH} directories deep", .0.display())]
    Deep(PathBuf),
}

/// The files below a directory, sorted by name within each. Left out: what begins with a dot, what
/// is no plain file (a link is followed to a file and to no directory), and what `skip` says.
///
/// # Errors
///
/// If a directory can't be read.
pub fn files(root: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>, WalkError> {
    let mut found = Vec::new();
    walk(root, skip, 0, &mut found, &mut Err)?;
    Ok(found)
}

/// The same, where a directory below that can't be read is told and passed over.
///
/// # Errors
///
/// If the directory itself can't be read.
pub fn readable(
    root: &Path,
    skip: &dyn Fn(&Path) -> bool,
    unreadable: &mut Vec<WalkError>,
) -> Result<Vec<PathBuf>, WalkError> {
    let mut found = Vec::new();
    walk(root, skip, 0, &mut found, &mut |error| {
        unreadable.push(error);
        Ok(())
    })?;
    Ok(found)
}

fn walk(
    directory: &Path,
    skip: &dyn Fn(&Path) -> bool,
    depth: usize,
    found: &mut Vec<PathBuf>,
    failed_below: &mut dyn FnMut(WalkError) -> Result<(), WalkError>,
) -> Result<(), WalkError> {
    if depth > MAX_DEPTH {
        return Err(WalkError::Deep(directory.to_owned()));
    }
    let failed = |source| WalkError::Io { path: directory.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || skip(&path) {
            continue;
        }
        let linked = path.is_symlink();
        if path.is_dir() && !linked {
            if let Err(error) = walk(&path, skip, depth + 1, found, failed_below) {
                failed_below(error)?;
            }
        } else if path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_order_and_links_lead_nowhere() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        for name in ["b/2.txt", "b/1.txt", "a.txt", ".hidden/x.txt", "c/.y.txt", "records/z"] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/loop")).unwrap();
        let found = files(root, &|path| path == root.join("records")).unwrap();
        let names: Vec<_> = found.iter().map(|path| path.strip_prefix(root).unwrap()).collect();
        assert_eq!(names, ["a.txt", "b/1.txt", "b/2.txt"].map(Path::new));
        assert!(files(&root.join("none"), &|_| false).is_err());
    }
}
