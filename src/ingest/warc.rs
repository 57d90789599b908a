//! WARC files (ISO 28500), as they are or packed with gzip record by record: the responses in them.
//!
//! Held is one record at a time. After one that can't be read, what follows is looked for: in a packed
//! file the next member that begins a record, in another the next line that does. A file that is one
//! member as a whole can't be gone on with after a record whose end is not known.

pub mod http;
pub mod record;

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::GzDecoder;
use memchr::memmem;
use record::{Capture, Next, RecordError};

/// How a member of gzip begins (RFC 1952, 2.3.1), packed in the one way there is.
const MEMBER: &[u8] = &[0x1F, 0x8B, 8];

/// How a record begins.
const RECORD: &[u8] = b"WARC/1.";

/// How many bytes are searched at once for what follows a bad record.
const WINDOW: usize = 64 * 1024;

/// How many places that look like the beginning of a member and are none end the search.
const MAX_TRIES: usize = 1000;

/// How often a file's bytes may be read anew, on average, to find what follows bad records; and how many
/// may be in any case.
const MAX_AGAIN: (u64, u64) = (16, 64 * 1024 * 1024);

/// Whether a file's name is that of a WARC file.
pub fn is_warc(path: &Path) -> bool {
    let ends = |path: &Path, with: &str| {
        path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(with))
    };
    let packed =
        || ends(path, "gz") && path.file_stem().is_some_and(|name| ends(Path::new(name), "warc"));
    ends(path, "warc") || packed()
}

/// The responses of a file, each with the offset of its record: of its member, where it is packed.
#[derive(Debug)]
pub struct Warc<R> {
    stream: Option<Stream<R>>,
    /// Where the search for what follows was given up.
    given_up: Option<u64>,
}

#[derive(Debug)]
enum Stream<R> {
    Plain(Counted<R>),
    /// Between two members.
    Packed(Counted<R>),
    Member {
        start: u64,
        content: Box<BufReader<GzDecoder<Counted<R>>>>,
    },
}

/// Bytes, how many of them were taken, how far, and how many were gone back.
#[derive(Debug)]
struct Counted<R> {
    input: BufReader<R>,
    taken: u64,
    furthest: u64,
    again: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.input.consume(amount);
    }
}

impl<R: Read + Seek> Counted<R> {
    fn seek(&mut self, to: u64) -> io::Result<()> {
        self.furthest = self.furthest.max(self.taken);
        self.again = self.again.saturating_add(self.taken.saturating_sub(to));
        self.input.seek(SeekFrom::Start(to))?;
        self.taken = to;
        Ok(())
    }

    /// Whether enough was read anew: a file may be made of records that each seem to be all that is left.
    fn is_tired(&self) -> bool {
        let (times, always) = MAX_AGAIN;
        self.again > self.furthest.saturating_mul(times).saturating_add(always)
    }

    /// Where a sign stands first, from an offset on.
    fn find(&mut self, sign: &[u8], from: u64) -> io::Result<Option<u64>> {
        self.seek(from)?;
        let (mut start, mut window) = (from, Vec::new());
        loop {
            let read = Read::take(&mut *self, WINDOW as u64).read_to_end(&mut window)?;
            if let Some(at) = memmem::find(&window, sign) {
                return Ok(Some(start + at as u64));
            }
            if read == 0 {
                return Ok(None);
            }
            // The sign may stand across the end.
            let done = window.len().saturating_sub(sign.len() - 1);
            window.drain(..done);
            start += done as u64;
        }
    }
}

impl<R: Read + Seek> Warc<R> {
    /// The responses of a file.
    ///
    /// # Errors
    ///
    /// If its beginning can't be read.
    pub fn new(input: R) -> io::Result<Self> {
        let input = BufReader::with_capacity(WINDOW, input);
        let mut input = Counted { input, taken: 0, furthest: 0, again: 0 };
        let packed = input.fill_buf()?.starts_with(&[0x1F, 0x8B]);
        let stream = if packed { Stream::Packed(input) } else { Stream::Plain(input) };
        Ok(Self { stream: Some(stream), given_up: None })
    }

    /// Reads on until there is a response or an error; `None` at the end.
    fn advance(&mut self) -> Option<(u64, Result<Capture, RecordError>)> {
        loop {
            let Some(stream) = self.stream.take() else {
                return self.given_up.take().map(|at| (at, Err(RecordError::GivenUp)));
            };
            let (at, read) = match stream {
                Stream::Plain(mut input) => {
                    let begun = record::skip_blank(&mut input);
                    let at = input.taken;
                    let read =
                        begun.map_err(RecordError::from).and_then(|_| record::read(&mut input));
                    let lost = read.as_ref().is_err_and(RecordError::is_lost);
                    if lost && input.is_tired() {
                        self.given_up = Some(at);
                    } else {
                        let next = if lost { after(input, at) } else { Some(input) };
                        self.stream = next.map(Stream::Plain);
                    }
                    (at, read)
                }
                Stream::Packed(mut input) => {
                    // What can't be read of it is told by the member's reading.
                    if matches!(input.fill_buf(), Ok([])) {
                        return None;
                    }
                    let start = input.taken;
                    let content = BufReader::with_capacity(WINDOW, GzDecoder::new(input));
                    let content = Box::new(content);
                    self.stream = Some(Stream::Member { start, content });
                    continue;
                }
                Stream::Member { start, mut content } => {
                    let read = member(&mut content);
                    let mut end = matches!(read, Ok(Next::End));
                    if let Err(error) = &read
                        && error.is_lost()
                    {
                        let input = content.into_inner().into_inner();
                        if input.is_tired() {
                            self.given_up = Some(start);
                        } else {
                            self.stream = next_member(input, start).map(Stream::Packed);
                        }
                    } else {
                        end = end || matches!(content.fill_buf(), Ok([]));
                        self.stream = Some(if end {
                            Stream::Packed(content.into_inner().into_inner())
                        } else {
                            Stream::Member { start, content }
                        });
                    }
                    if end && matches!(read, Ok(Next::End)) {
                        continue;
                    }
                    (start, read)
                }
            };
            match read {
                Ok(Next::Capture(capture)) => return Some((at, Ok(capture))),
                Ok(Next::Other) => {}
                Ok(Next::End) => return None,
                Err(error) => return Some((at, Err(error))),
            }
        }
    }
}

/// The next record of a member. One that ends the member counts only once its checksum was found
/// right.
fn member<R: Read>(content: &mut BufReader<GzDecoder<Counted<R>>>) -> Result<Next, RecordError> {
    let read = record::read(content);
    if read.is_ok() {
        record::skip_blank(content)?;
    }
    read
}

/// The file from the next record after a bad one on.
fn after<R: Read + Seek>(mut input: Counted<R>, bad: u64) -> Option<Counted<R>> {
    let sign = [b"\n", RECORD].concat();
    let at = input.find(&sign, bad + 1).ok()??;
    input.seek(at + 1).ok()?;
    Some(input)
}

/// The file from the next member after a bad one on.
fn next_member<R: Read + Seek>(mut input: Counted<R>, bad: u64) -> Option<Counted<R>> {
    let mut from = bad + 1;
    for _ in 0..MAX_TRIES {
        let at = input.find(MEMBER, from).ok()??;
        input.seek(at).ok()?;
        let mut begins = [0; RECORD.len()];
        let read = GzDecoder::new(&mut input).read_exact(&mut begins);
        if read.is_ok() && begins == RECORD {
            input.seek(at).ok()?;
            return Some(input);
        }
        from = at + 1;
    }
    None
}

impl<R: Read + Seek> Iterator for Warc<R> {
    type Item = (u64, Result<Capture, RecordError>);

    fn next(&mut self) -> Option<Self::Item> {
        self.advance()
    }
}

#[cfg(test)]
mod tests;
