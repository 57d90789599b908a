//! Writes that survive a crash.
//!
//! What a crash leaves is said at each step; "durable" means after the fsync that follows it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::StoreError;

mod whole;

/// How names begin that files have until they take their place. No file of such a name is read; the
/// next writer removes what a crash left of them.
pub(crate) const TEMPORARY: &str = ".tmp";

/// Whether a name is one of those that files have before they take their place.
pub(crate) fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMPORARY))
}

/// Reads a file whole; `None` if it isn't there.
///
/// # Errors
///
/// If it can't be read, or has more than `most` bytes; no more than one above them is read.
pub(crate) fn read(path: &Path, most: usize) -> Result<Option<Vec<u8>>, StoreError> {
    let bytes = read_beginning(path, most.saturating_add(1))?;
    match bytes {
        Some(bytes) if bytes.len() > most => {
            Err(StoreError::TooLarge { path: path.to_owned(), most })
        }
        bytes => Ok(bytes),
    }
}

/// Whether a file holds these bytes and no other; `None` if it isn't there.
pub(crate) fn holds(path: &Path, bytes: &[u8]) -> Result<Option<bool>, StoreError> {
    // One byte more than it may have tells a longer file from the right one.
    let there = read_beginning(path, bytes.len().saturating_add(1))?;
    Ok(there.map(|there| there == bytes))
}

/// Reads at most the first `most` bytes of a file; `None` if it isn't there.
pub(crate) fn read_beginning(path: &Path, most: usize) -> Result<Option<Vec<u8>>, StoreError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io("read", path)(error)),
    };
    // Room for all of it at once, as far as the file system knows its length.
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(most).min(most));
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    file.take(most).read_to_end(&mut bytes).map_err(StoreError::io("read", path))?;
    Ok(Some(bytes))
}

/// All files below a directory, by name; none where it isn't there.
pub(crate) fn files_below(directory: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let (mut files, mut open) = (Vec::new(), vec![directory.to_owned()]);
    while let Some(directory) = open.pop() {
        let failed = || StoreError::io("read", &directory);
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed()(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed())?;
            if entry.file_type().map_err(failed())?.is_dir() {
                open.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Replaces a file, or makes it: afterwards it holds `bytes`, durably; a crash leaves the old file
/// or the new one, whole.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    prepare(path, bytes)?.put()
}

/// Writes a file's new content beside it, durably, without putting it in its place yet.
pub(crate) fn prepare<'a>(path: &'a Path, bytes: &[u8]) -> Result<Prepared<'a>, StoreError> {
    make_directories(parent(path))?;
    let written = write_beside(path, bytes)?;
    written.sync()?;
    Ok(written)
}

/// Begins a file's new content beside it, to be written bit by bit.
pub(crate) fn begin(path: &Path) -> Result<Prepared<'_>, StoreError> {
    make_directories(parent(path))?;
    write_beside(path, &[])
}

/// Writes a file's new content beside it, not yet durably.
fn write_beside<'a>(path: &'a Path, bytes: &[u8]) -> Result<Prepared<'a>, StoreError> {
    let failed = |error| StoreError::io("write", path)(without_path(error));
    // openat(O_CREAT | O_EXCL): a crash from here on leaves a stray file whose name begins with
    // `.tmp`, which nothing reads.
    let mut file = temporary().prefix(TEMPORARY).tempfile_in(parent(path)).map_err(failed)?;
    // write: a crash leaves the stray file with any part of its content.
    file.write_all(bytes).map_err(failed)?;
    Ok(Prepared { path, file })
}

/// A file's new content beside it. Dropped, it is removed.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    path: &'a Path,
    file: tempfile::NamedTempFile,
}

impl Prepared<'_> {
    /// Puts the content in its place.
    pub(crate) fn put(self) -> Result<(), StoreError> {
        let path = self.path;
        self.name()?;
        // fsync of the directory: the rename itself is durable.
        sync_directory(parent(path))
    }

    /// The content, to be written on: a crash leaves the stray file with any part of it.
    pub(crate) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// fsync: the content is durable under the stray name.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        self.file.as_file().sync_all().map_err(StoreError::sync(self.path))
    }

    /// rename: a crash leaves the old name's file or the new one's, never a mixture; which of them,
    /// is open until the directory's fsync.
    fn name(self) -> Result<(), StoreError> {
        let failed = || StoreError::io("write", self.path);
        self.file.persist(self.path).map_err(|error| failed()(error.error))?;
        Ok(())
    }
}

/// How many files are under way at once in [`replace_all`]: each is open until it has its name.
const TOGETHER: usize = 512;

/// From how many files on a sync of the whole file system is asked for: it also waits for what other
/// programs wrote to it.
const MANY: usize = 16;

/// Replaces many files, or makes them; a crash leaves each as it was or whole, some old and some
/// new. Durable together: it costs one fsync of each directory instead of one for each file, and where
/// there are many one sync of the file system instead of an fsync of each.
pub(crate) fn replace_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), StoreError> {
    let directories: BTreeSet<&Path> = files.iter().map(|(path, _)| parent(path)).collect();
    for directory in &directories {
        make_directories(directory)?;
    }
    // Opened before anything is written: what fails from then on is told.
    let systems = if files.len() < MANY { None } else { whole::Systems::open(&directories)? };
    for files in files.chunks(TOGETHER) {
        // openat, write of all, then fsync of each or syncfs: the file system writes them out together.
        // A crash leaves stray files whose names begin with `.tmp`, which nothing reads. One after the
        // other: two threads that make names in one directory wait for each other, and spin meanwhile.
        let written = files.iter().map(|(path, bytes)| write_beside(path, bytes));
        let written: Vec<Prepared<'_>> = written.collect::<Result<_, _>>()?;
        match &systems {
            Some(systems) => systems.sync()?,
            None => written.par_iter().try_for_each(Prepared::sync)?,
        }
        // rename, each of a file whose content is durable: a crash leaves some of the names, none of
        // them of half a file.
        written.into_iter().try_for_each(Prepared::name)?;
    }
    // fsync of the directories: the names are durable.
    directories.par_iter().try_for_each(|directory| sync_directory(directory))
}

/// A file that is appended to, durably, time after time.
#[derive(Debug)]
pub(crate) struct Appender {
    path: PathBuf,
    file: File,
    length: u64,
    /// Whether its name is durable in its directory.
    named: bool,
}

impl Appender {
    /// Opens a file to append to, or makes it.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = || StoreError::io("write", path);
        let named = path.exists();
        if !named {
            make_directories(parent(path))?;
        }
        // openat(O_CREAT): a crash leaves at most an empty file, which holds no group.
        let mut options = OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(false).open(path).map_err(failed())?;
        let length = file.seek(SeekFrom::End(0)).map_err(failed())?;
        Ok(Self { path: path.to_owned(), file, length, named })
    }

    /// The file's length.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Appends, durably.
    ///
    /// On failure the file is cut back, so that a full disk leaves it as it was. A failed fsync is
    /// different: what is on disk is not known, so nothing more is done, and the lock stays dirty
    /// for the next writer to rewrite the file.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        // write: a crash leaves any part of the bytes, or NULs in their place: a torn tail, or a whole
        // group that nobody was told of.
        if let Err(error) = self.file.write_all(bytes) {
            // write failed, or was short: nothing was acknowledged. ftruncate gives back the space;
            // a crash before it leaves a torn tail.
            let _ = self.file.set_len(self.length);
            let _ = self.file.seek(SeekFrom::Start(self.length));
            return Err(StoreError::io("write", &self.path)(error));
        }
        // fdatasync: from here on the bytes are durable.
        self.file.sync_data().map_err(StoreError::sync(&self.path))?;
        if !self.named {
            // fsync of the directory: and so is the file's name. A power cut before it leaves no file,
            // and nobody was told of one.
            sync_directory(parent(&self.path))?;
            self.named = true;
        }
        self.length += bytes.len() as u64;
        Ok(())
    }
}

/// Cuts a file back to `length` bytes, durably; removes it where that is 0.
pub(crate) fn cut(path: &Path, length: u64) -> Result<(), StoreError> {
    let failed = || StoreError::io("write", path);
    if length == 0 {
        return remove(path);
    }
    let file = OpenOptions::new().write(true).open(path).map_err(failed())?;
    // ftruncate, fdatasync: a crash leaves the one length or the other.
    file.set_len(length).map_err(failed())?;
    file.sync_data().map_err(StoreError::sync(path))
}

/// Removes a file, durably; one that isn't there is no error.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    // unlink: a power cut before the fsync leaves the file.
    match fs::remove_file(path) {
        // fsync of the directory: the name is gone for good.
        Ok(()) => sync_directory(parent(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io("remove", path)(error)),
    }
}

/// Makes a directory and those above it, durably.
pub(crate) fn make_directories(directory: &Path) -> Result<(), StoreError> {
    if directory.is_dir() {
        return Ok(());
    }
    if let Some(above) = directory.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_directories(above)?;
    }
    // mkdir: a power cut before the fsync leaves no directory, nor anything that was put into it.
    match fs::create_dir(directory) {
        Ok(()) => sync_directory(parent(directory)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::io("make", directory)(error)),
    }
}

/// Makes the names in a directory durable.
pub(crate) fn sync_directory(directory: &Path) -> Result<(), StoreError> {
    let directory_file = File::open(directory).map_err(StoreError::io("open", directory))?;
    directory_file.sync_all().map_err(StoreError::sync(directory))
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => directory,
        _ => Path::new("."),
    }
}

/// The system's own error, without the temporary file's path around it.
fn without_path(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|wrapped| wrapped.source());
    let code = inner.and_then(|inner| inner.downcast_ref::<io::Error>()?.raw_os_error());
    code.map_or(error, io::Error::from_raw_os_error)
}

/// A maker of temporary files with the permissions that the user's umask gives: a log is for others
/// to read unless the user says otherwise.
fn temporary<'a, 'b>() -> tempfile::Builder<'a, 'b> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
