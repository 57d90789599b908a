//! Whole file systems made durable at once.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::store::error::StoreError;

/// The file systems that some directories are on.
#[derive(Debug)]
pub(super) struct Systems(Vec<(PathBuf, File)>);

#[cfg(target_os = "linux")]
impl Systems {
    /// Those of some directories; `None` where the system does not tell what of them could not be
    /// written: Linux before 5.8 (syncfs(2), "VERSIONS").
    pub(super) fn open(directories: &BTreeSet<&Path>) -> Result<Option<Self>, StoreError> {
        use std::os::unix::fs::MetadataExt as _;
        if !tells(&rustix::system::uname().release().to_string_lossy()) {
            return Ok(None);
        }
        let (mut systems, mut known) = (Vec::new(), BTreeSet::new());
        for directory in directories {
            let failed = || StoreError::io("open", directory);
            let file = File::open(directory).map_err(failed())?;
            if known.insert(file.metadata().map_err(failed())?.dev()) {
                systems.push((directory.to_path_buf(), file));
            }
        }
        Ok(Some(Self(systems)))
    }

    /// syncfs: all that was written to them is durable, contents and names. Fails if any of it could
    /// not be written since they were opened, whoever wrote it.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        self.0.iter().try_for_each(|(path, file)| {
            rustix::fs::syncfs(file).map_err(|error| StoreError::sync(path)(error.into()))
        })
    }
}

/// Whether a release of Linux has syncfs say what could not be written.
#[cfg(target_os = "linux")]
fn tells(release: &str) -> bool {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(str::parse::<u32>);
    let (major, minor) = (numbers.next(), numbers.next());
    matches!((major, minor), (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= (5, 8))
}

#[cfg(not(target_os = "linux"))]
impl Systems {
    /// None: other systems have no call for it that says whether it succeeded.
    pub(super) fn open(_: &BTreeSet<&Path>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    /// Nothing: there are none.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::tells;

    #[test]
    fn a_release_is_told_by_its_numbers() {
        for (release, tell) in [
            ("6.18.44-fc", true),
            ("5.8", true),
            ("5.7.19", false),
            ("4.19.0", false),
            ("x", false),
        ] {
            assert_eq!(tells(release), tell, "{release}");
        }
    }
}
