//! The lock: one writer at a time, and a mark that a write was under way.
//!
//! The file holds `dirty SIZE` from before a write to the journal until its fdatasync succeeded,
//! else nothing. Whoever takes a dirty lock can't trust what the page cache says of the journal
//! beyond the checkpoint, and rewrites it before anything else ([`super::recover`]).

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::PathBuf;

use super::durable;
use super::error::StoreError;
use super::layout::Layout;

/// How much of a mark is read: `dirty `, 20 digits, a line feed. Any content counts as one.
const MAX_MARK: u64 = 6 + 20 + 1;

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
    dirty: bool,
}

impl Lock {
    /// Takes the lock, waiting for whoever holds it.
    pub(crate) fn take(layout: &Layout) -> Result<Self, StoreError> {
        let path = layout.lock();
        durable::make_directories(&layout.records())?;
        let failed = || StoreError::io("lock", &path);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => file.lock().map_err(failed())?,
            Err(TryLockError::Error(error)) => return Err(failed()(error)),
        }
        let mut mark = Vec::new();
        (&mut file).take(MAX_MARK).read_to_end(&mut mark).map_err(failed())?;
        let dirty = !mark.trim_ascii().is_empty();
        Ok(Self { file, path, dirty })
    }

    /// Keeps writers away while files are compared with each other, and lets other readers in.
    /// `None` where nobody ever wrote, or where this user may not lock.
    pub(crate) fn share(layout: &Layout) -> Option<File> {
        let file = File::open(layout.lock()).ok()?;
        file.lock_shared().ok()?;
        Some(file)
    }

    /// Whether the last writer didn't finish.
    pub(crate) fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Says that a write is under way from `size` records on.
    pub(crate) fn mark_dirty(&mut self, size: u64) -> Result<(), StoreError> {
        let marked = self.write(&format!("dirty {size}\n"));
        if marked.is_err() && !self.dirty {
            // Half a mark would count as one. If this fails too, it does, and costs a rewrite.
            let _ = self.file.set_len(0);
        }
        self.dirty |= marked.is_ok();
        marked
    }

    /// Says that the write is durable, or that the journal was rewritten.
    pub(crate) fn mark_clean(&mut self) -> Result<(), StoreError> {
        self.write("")?;
        self.dirty = false;
        Ok(())
    }

    /// lseek, write, ftruncate. A crash before the ftruncate leaves the older mark or a longer one;
    /// any content counts as dirty, which costs a rewrite. Not synced: the mark speaks to the next
    /// process about the page cache, which a power cut takes with it.
    fn write(&mut self, mark: &str) -> Result<(), StoreError> {
        let length = u64::try_from(mark.len()).unwrap_or_default();
        let mut write = || {
            self.file.rewind()?;
            self.file.write_all(mark.as_bytes())?;
            self.file.set_len(length)
        };
        write().map_err(StoreError::io("write", &self.path))
    }
}
