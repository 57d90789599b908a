//! Why a file can't be read.

use super::limits::MAX_BYTES;
use crate::text::profile::NotUtf8;

/// Says why a file can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not UTF-8.
    #[error(transparent)]
    NotUtf8(#[from] NotUtf8),
    /// The bytes are not of the encoding that was given or declared.
    #[error("not {encoding}: some bytes stand for no character in it")]
    Malformed {
        /// The encoding.
        encoding: &'static str,
    },
    /// Every other byte is zero, as in UTF-16, and no byte order mark says so.
    #[error("it looks like {0} without a byte order mark")]
    NoByteOrderMark(&'static str),
    /// There is no such encoding.
    #[error("`{0}` is no encoding")]
    UnknownEncoding(String),
    /// The file has no visible text.
    #[error("there is no text in it")]
    Empty,
    /// The file is larger than an article can be.
    #[error("{size} bytes; an article has at most {MAX_BYTES}")]
    TooLarge {
        /// The file's bytes.
        size: usize,
    },
    /// Something in the file is more than a reader takes.
    #[error("more than {limit} {what}, which no article needs")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// How much is taken.
        limit: usize,
    },
    /// The bytes are of a format that has no reader.
    #[error("it looks like {0}, which this version does not read")]
    Unsupported(&'static str),
    /// The file breaks its format's rules.
    #[error("not {format}: {reason}")]
    Broken {
        /// The format.
        format: &'static str,
        /// What is wrong, and where.
        reason: String,
    },
    /// The file declares entities, whose expansion could be anything.
    #[error("it declares an entity of its own, which is never expanded")]
    Entities,
    /// Nothing on the page could be an article.
    #[error("there is no article on the page")]
    NoArticle,
    /// The file is of a known format and carries no text item.
    #[error("no text item: {0}")]
    NoTextItem(String),
}
