//! How much of a page is read. Pages of newspapers have some 100 kB to 3 MB, 1,000 to 8,000
//! elements, and nest 15 to 60 deep; each limit leaves room for ten times that.

use crate::read::error::ReadError;
use crate::read::limits::MAX_TEXT;

/// The largest page, in bytes. Pages saved with their pictures inside reach 20 MB.
pub const MAX_PAGE: usize = 32 * 1024 * 1024;

/// The most elements and pieces of text: 32 bytes each, so 16 MB of memory.
pub const MAX_NODES: usize = 500_000;

/// The deepest nesting. Browsers flatten what is deeper than 512; twice that is no page. Finding an
/// element to close looks at each open one at most, so depth times tags bounds the time.
pub const MAX_DEPTH: usize = 1_024;

/// A page of more nodes than that.
pub(super) const TOO_MANY: ReadError =
    ReadError::TooMuch { what: "elements and pieces of text", limit: MAX_NODES };

/// A page that nests deeper than that.
pub(super) const TOO_DEEP: ReadError =
    ReadError::TooMuch { what: "levels of nested elements", limit: MAX_DEPTH };

/// A page that shows more text than an article can have.
pub(super) const TOO_LONG: ReadError =
    ReadError::TooMuch { what: "bytes of text", limit: MAX_TEXT };

/// The longest value of an attribute that is kept, in bytes: long ones hold pictures and program
/// data. A longer one is as if it weren't there.
pub const MAX_VALUE: usize = 32 * 1024;

/// The most bytes of JSON-LD that are read on a page. Live blogs reach 1 MB.
pub const MAX_JSON: usize = 8 * 1024 * 1024;

/// The most claims on one page: what goes beyond is a list of something else.
pub const MAX_CLAIMS: usize = 200;

/// The longest value of a claim, in bytes. No name, address or credit line is longer.
pub const MAX_CLAIM: usize = 4 * 1024;

/// How far a declaration of the character encoding is looked for, in bytes. The HTML Standard says
/// 1,024; pages put scripts before it.
pub const PRESCAN: usize = 8 * 1024;
