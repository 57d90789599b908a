//! How much a reader takes.

/// The largest file that is read, in bytes. The longest articles are below 1 MB; what is larger is
/// no article, and reading it whole would cost its size in memory several times over.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
