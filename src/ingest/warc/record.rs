//! One record of a WARC file (ISO 28500, WARC/1.0 and 1.1), out of a stream.

use std::io::{self, BufRead, Read};

use chrono::{DateTime, Utc};

use crate::read::limits::MAX_BYTES;

/// The most bytes of a record's header.
const MAX_HEADER: u64 = 64 * 1024;

/// The most bytes of a block that is held: an article packed by nothing, and its header of HTTP.
const MAX_BLOCK: u64 = MAX_BYTES as u64 + MAX_HEADER;

/// The most bytes of a block that is passed over: it must be read to find what follows.
const MAX_PASSED: u64 = 4 * 1024 * 1024 * 1024;

/// Says why a record can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It doesn't begin as one.
    #[error("no record begins here")]
    NoRecord,
    /// Its header never ends, or ends the file.
    #[error("the header of the record is not closed within {MAX_HEADER} bytes")]
    Header,
    /// A field of the header is missing or can't be read.
    #[error("the record's `{0}` is missing or can't be read")]
    Field(&'static str),
    /// The file ends before the record does.
    #[error("the record is cut short: {missing} bytes of it are missing")]
    Short {
        /// How many bytes are not there.
        missing: u64,
    },
    /// The crawler cut it.
    #[error("its crawler cut the record short ({0})")]
    Truncated(String),
    /// It is longer than what is held, or passed over.
    #[error("the record has {size} bytes, and at most {most} are read")]
    TooLarge {
        /// Its bytes.
        size: u64,
        /// The most.
        most: u64,
    },
    /// Too much was read anew to find what follows bad records.
    #[error("too many records before here are cut short; what follows is not looked for")]
    GivenUp,
    /// The file can't be read, or unpacked.
    #[error("can't read the record: {0}")]
    Io(#[from] io::Error),
}

impl RecordError {
    /// Whether what follows the record can't be found by reading on.
    pub(super) fn is_lost(&self) -> bool {
        match self {
            Self::Field(field) => *field == "Content-Length",
            Self::TooLarge { most, .. } => *most == MAX_PASSED,
            Self::Truncated(_) => false,
            _ => true,
        }
    }
}

/// A response that was captured.
#[derive(Debug, PartialEq, Eq)]
pub struct Capture {
    /// Where it was had.
    pub target: String,
    /// When.
    pub date: DateTime<Utc>,
    /// The response, with its header of HTTP.
    pub block: Vec<u8>,
}

/// What comes next in a stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A response.
    Capture(Capture),
    /// A record of another kind, which was passed over.
    Other,
    /// Nothing.
    End,
}

#[derive(Default)]
struct Header {
    kind: String,
    length: Option<u64>,
    target: Option<String>,
    date: Option<String>,
    content: String,
    truncated: Option<String>,
}

/// Reads the next record of a stream.
///
/// # Errors
///
/// If the record can't be read. Unless the error is lost, the next one follows in the stream.
pub fn read(input: &mut impl BufRead) -> Result<Next, RecordError> {
    if !skip_blank(input)? {
        return Ok(Next::End);
    }
    let header = header(input)?;
    let length = header.length.ok_or(RecordError::Field("Content-Length"))?;
    let is_http = header.content.to_ascii_lowercase().starts_with("application/http");
    let wanted = header.kind == "response" && is_http;
    if let Err(error) = check(&header, wanted, length) {
        if !error.is_lost() {
            pass(input, length)?;
        }
        return Err(error);
    }
    if !wanted {
        pass(input, length)?;
        return Ok(Next::Other);
    }
    let mut block = Vec::new();
    Read::take(&mut *input, length).read_to_end(&mut block)?;
    let held = u64::try_from(block.len()).unwrap_or(u64::MAX);
    if held < length {
        return Err(RecordError::Short { missing: length - held });
    }
    // Some write the target in the angle brackets of the grammar of 1.0.
    let target = header.target.ok_or(RecordError::Field("WARC-Target-URI"))?;
    let target = target.trim_start_matches('<').trim_end_matches('>').to_owned();
    let date = header.date.as_deref().and_then(|date| DateTime::parse_from_rfc3339(date).ok());
    let date = date.ok_or(RecordError::Field("WARC-Date"))?.to_utc();
    Ok(Next::Capture(Capture { target, date, block }))
}

fn check(header: &Header, wanted: bool, size: u64) -> Result<(), RecordError> {
    if size > MAX_PASSED {
        return Err(RecordError::TooLarge { size, most: MAX_PASSED });
    }
    if wanted && size > MAX_BLOCK {
        return Err(RecordError::TooLarge { size, most: MAX_BLOCK });
    }
    match &header.truncated {
        Some(why) if wanted => Err(RecordError::Truncated(why.clone())),
        _ => Ok(()),
    }
}

/// Passes over the empty lines between records; whether anything follows.
pub(super) fn skip_blank(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if blank < bytes.len() {
            input.consume(blank);
            return Ok(true);
        }
        input.consume(blank);
    }
}

fn header(input: &mut impl BufRead) -> Result<Header, RecordError> {
    let mut limited = Read::take(&mut *input, MAX_HEADER);
    let mut line = Vec::new();
    limited.read_until(b'\n', &mut line)?;
    if !line.starts_with(b"WARC/1.") {
        return Err(RecordError::NoRecord);
    }
    let mut header = Header::default();
    loop {
        line.clear();
        limited.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            return Err(RecordError::Header);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Ok(header);
        }
        // A line that begins with white space goes on with the field before, none of ours.
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim().to_owned();
        match name.trim_end().to_ascii_lowercase().as_str() {
            "warc-type" => header.kind = value.to_ascii_lowercase(),
            "content-length" => header.length = value.parse().ok(),
            "warc-target-uri" => header.target = Some(value),
            "warc-date" => header.date = Some(value),
            "content-type" => header.content = value,
            "warc-truncated" => header.truncated = Some(value),
            _ => {}
        }
    }
}

fn pass(input: &mut impl BufRead, length: u64) -> Result<(), RecordError> {
    let passed = io::copy(&mut Read::take(&mut *input, length), &mut io::sink())?;
    if passed < length { Err(RecordError::Short { missing: length - passed }) } else { Ok(()) }
}
