//! How large a record, and what is in it, may be.

/// The most bytes a record may have: C2SP tlog-tiles gives an entry's length 16 bits.
pub const MAX_BYTES: usize = 65_535;

/// The format that this program writes and understands.
pub const FORMAT: u32 = 1;

/// The most bytes a time as an article states it may have (RFC 3339 needs 35 at nanoseconds).
pub const MAX_STATED_TIME: usize = 64;

/// The `format` key of a record of format 1: there is nothing else it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "u32")]
pub struct Format1;

impl TryFrom<u32> for Format1 {
    type Error = String;

    fn try_from(format: u32) -> Result<Self, Self::Error> {
        if format == FORMAT { Ok(Self) } else { Err(format!("there is no format {format}")) }
    }
}
