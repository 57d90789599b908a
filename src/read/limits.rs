//! How much a reader takes.
//!
//! All limits together keep a reading below 256 MB and 2 seconds, whatever the bytes are.

/// The largest file that is read, in bytes. The longest articles are below 1 MB; what is larger is
/// no article, and reading it whole would cost its size in memory several times over.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The largest text of markup (XML, JSON, Markdown, a part of an office file), in bytes. Trees cost
/// several times the bytes that they are made from.
pub const MAX_MARKUP: usize = 16 * 1024 * 1024;

/// The longest visible text, in bytes. What is said of it costs some hundred nanoseconds a byte at worst.
pub const MAX_TEXT: usize = 4 * 1024 * 1024;

/// The most blocks of text. A book has some thousands of paragraphs.
pub const MAX_BLOCKS: usize = 20_000;

/// The most values, elements and attributes of one file. At some 150 bytes each: 60 MB.
pub const MAX_NODES: usize = 400_000;

/// The deepest nesting. Real articles stay below 40.
pub const MAX_DEPTH: usize = 128;

/// The longest tag with its attributes, in bytes.
pub const MAX_TAG: usize = 1024 * 1024;

/// The most files in an archive. An office file with many pictures has some hundreds.
pub const MAX_ENTRIES: usize = 4096;

/// The longest claim, in bytes. A record has room for a few of them.
pub const MAX_CLAIM: usize = 2000;

/// The most claims of one file.
pub const MAX_CLAIMS: usize = 256;
