//! Private keys: files in the user's configuration directory, never in a workspace.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::durable;
use super::error::StoreError;
use crate::log::cosign::Cosigner;
use crate::log::key::{LogKey, Origin};

/// The most bytes a key's file can have: a line of some hundred, and what its owner says of it.
const MAX_BYTES: usize = 64 * 1024;

/// Where a log's key lies in a directory of keys: the name with all but letters, digits, dots and
/// hyphens written as `%XX`.
pub fn path(directory: &Path, origin: &Origin) -> PathBuf {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let name: String = origin
        .as_str()
        .bytes()
        .map(
            |byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") },
        )
        .collect();
    directory.join(format!("{name}.key"))
}

/// Reads a key.
///
/// # Errors
///
/// If the file isn't there, can be read by others, or holds no key.
pub fn read(path: &Path, origin: &Origin) -> Result<LogKey, StoreError> {
    let key = read_text(path, origin)?;
    LogKey::parse(&key).map_err(|source| StoreError::BadKey { path: path.to_owned(), source })
}

/// Reads a witness's key.
///
/// # Errors
///
/// If the file isn't there or holds no such key.
pub fn read_cosigner(path: &Path, name: &Origin) -> Result<Cosigner, StoreError> {
    let key = read_text(path, name)?;
    Cosigner::parse(&key).map_err(|source| StoreError::BadKey { path: path.to_owned(), source })
}

/// The first line of a key's file that is neither blank nor a comment.
fn read_text(path: &Path, name: &Origin) -> Result<String, StoreError> {
    let Some(bytes) = durable::read(path, MAX_BYTES)? else {
        return Err(StoreError::NoKey { origin: name.clone(), path: path.to_owned() });
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    Ok(lines.map(str::trim).next().unwrap_or_default().to_owned())
}

/// Refuses a key file that others than its owner can read.
///
/// # Errors
///
/// If they can.
#[cfg(unix)]
pub fn check_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path).map_err(StoreError::io("read", path))?;
    let mode = metadata.permissions().mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 { Ok(()) } else { Err(StoreError::OpenKey { path: path.to_owned(), mode }) }
}

/// Permissions are the system's business here.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn check_private(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Gives a key's file another name, durably. Never replaces a file.
///
/// # Errors
///
/// If there is one of that name, or it can't be renamed.
pub fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(StoreError::io("rename a key to", to)(taken));
    }
    // rename, fsync of the directory: a crash leaves the key under one name or the other.
    fs::rename(from, to).map_err(StoreError::io("rename", from))?;
    to.parent().map_or(Ok(()), durable::sync_directory)
}

/// Writes a new key, readable by its owner only. Never replaces one.
///
/// # Errors
///
/// If the file is there already or can't be written.
pub fn write(path: &Path, key: &LogKey) -> Result<(), StoreError> {
    write_text(path, key.secret_text())
}

/// Writes a private key's text, readable by its owner only. Never replaces a file.
///
/// # Errors
///
/// If the file is there already or can't be written.
pub fn write_text(path: &Path, key: &str) -> Result<(), StoreError> {
    if let Some(directory) = path.parent() {
        durable::make_directories(directory)?;
    }
    let failed = || StoreError::io("write", path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    // openat(O_CREAT | O_EXCL), write, fsync: a crash leaves a file without a whole key, which is
    // refused and which no log was made or rotated with. After the directory's fsync it is durable.
    let mut file = options.open(path).map_err(failed())?;
    let written = file.write_all(format!("{key}\n").as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = written {
        let _ = fs::remove_file(path);
        return Err(failed()(error));
    }
    path.parent().map_or(Ok(()), durable::sync_directory)
}
