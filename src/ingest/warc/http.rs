//! The HTTP response in a WARC record: its header, and its body as a browser has it (RFC 9112).

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::read::limits::MAX_BYTES;

/// A response.
#[derive(Debug, PartialEq, Eq)]
pub struct Response {
    /// Its status, such as 200.
    pub status: u16,
    /// What it is, in lower case and without parameters: `text/html`.
    pub kind: Option<String>,
    /// The character encoding that it names.
    pub charset: Option<String>,
    chunked: bool,
    coding: Option<String>,
}

/// Says why a response has no text to be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// It doesn't begin as a response of HTTP.
    #[error("the block is no response of HTTP")]
    NoResponse,
    /// A chunk is cut short or says no length.
    #[error("its chunks are broken")]
    Chunks,
    /// A coding that is not read.
    #[error("its content coding `{0}` is not read")]
    Coding(String),
    /// What was coded can't be had again.
    #[error("its content can't be unpacked: {0}")]
    Packed(String),
    /// It is longer than an article can be.
    #[error("its content has more than {MAX_BYTES} bytes")]
    TooLarge,
}

impl Response {
    /// Reads the header of a block, and gives where its body begins.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn parse(block: &[u8]) -> Result<(Self, &[u8]), HttpError> {
        let mut rest = block;
        let status = line(&mut rest).and_then(status).ok_or(HttpError::NoResponse)?;
        let mut response = Self { status, kind: None, charset: None, chunked: false, coding: None };
        // A header without a body may lack the empty line.
        while let Some(line) = line(&mut rest).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => response.kind(value),
                "transfer-encoding" => {
                    response.chunked = value.to_ascii_lowercase().contains("chunked");
                }
                "content-encoding" => {
                    let coding = value.to_ascii_lowercase();
                    response.coding =
                        Some(coding).filter(|coding| !matches!(coding.as_str(), "" | "identity"));
                }
                _ => {}
            }
        }
        Ok((response, rest))
    }

    fn kind(&mut self, value: &str) {
        let mut parts = value.split(';');
        let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        self.kind = Some(kind).filter(|kind| !kind.is_empty());
        let charset = parts.find_map(|part| {
            let (name, label) = part.split_once('=')?;
            let label = label.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("charset").then(|| label.to_owned())
        });
        self.charset = charset.filter(|label| !label.is_empty());
    }

    /// The body as it was before it was chunked and packed. Some crawlers undo either and leave its
    /// header: what doesn't begin so is taken as it is.
    ///
    /// # Errors
    ///
    /// If it is broken, or longer than an article can be.
    pub fn body(&self, body: &[u8]) -> Result<Vec<u8>, HttpError> {
        let body = if self.chunked { unchunk(body)? } else { body.to_vec() };
        let packed = body.as_slice();
        match self.coding.as_deref() {
            None if body.len() > MAX_BYTES => Err(HttpError::TooLarge),
            Some("gzip" | "x-gzip") if packed.starts_with(&[0x1F, 0x8B]) => {
                unpack(MultiGzDecoder::new(packed))
            }
            None | Some("gzip" | "x-gzip") => Ok(body),
            // RFC 9110, 8.4.1.2: some send it without the wrapping of zlib.
            Some("deflate") => {
                unpack(ZlibDecoder::new(packed)).or_else(|_| unpack(DeflateDecoder::new(packed)))
            }
            Some(other) => Err(HttpError::Coding(other.to_owned())),
        }
    }
}

/// The next line, without its end; `None` where there is no whole one.
fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = memchr::memchr(b'\n', rest)?;
    let (line, after) = rest.split_at_checked(end)?;
    *rest = after.split_first().map_or(&[][..], |(_, after)| after);
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

/// The status of `HTTP/1.1 200 OK`.
fn status(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line).ok().or_else(|| {
        // A reason in another encoding is beside the point.
        std::str::from_utf8(line.get(..12)?).ok()
    })?;
    let mut words = line.strip_prefix("HTTP/")?.split_ascii_whitespace();
    let (_, status) = (words.next()?, words.next()?);
    status.parse().ok()
}

fn unchunk(body: &[u8]) -> Result<Vec<u8>, HttpError> {
    let mut rest = body;
    let mut out = Vec::new();
    let mut any = false;
    loop {
        let size = line(&mut rest).and_then(|line| {
            let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        match size {
            None if !any => return Ok(body.to_vec()),
            None => return Err(HttpError::Chunks),
            Some(0) => return Ok(out),
            Some(size) => {
                let (chunk, after) = rest.split_at_checked(size).ok_or(HttpError::Chunks)?;
                out.extend_from_slice(chunk);
                rest = after.strip_prefix(b"\r").unwrap_or(after);
                rest = rest.strip_prefix(b"\n").ok_or(HttpError::Chunks)?;
                any = true;
            }
        }
    }
}

fn unpack(packed: impl Read) -> Result<Vec<u8>, HttpError> {
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut plain = Vec::new();
    let read = packed.take(most).read_to_end(&mut plain);
    read.map_err(|error| HttpError::Packed(error.to_string()))?;
    if plain.len() > MAX_BYTES { Err(HttpError::TooLarge) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn body(block: &[u8]) -> Result<Vec<u8>, HttpError> {
        let (response, body) = Response::parse(block)?;
        response.body(body)
    }

    #[test]
    fn headers_are_read() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"latin1\"\r\n\r\nhi";
        let (response, rest) = Response::parse(block).unwrap();
        assert_eq!((response.status, rest), (200, b"hi".as_slice()));
        assert_eq!(response.kind.as_deref(), Some("text/html"));
        assert_eq!(response.charset.as_deref(), Some("latin1"));
        assert_eq!(Response::parse(b"GET / HTTP/1.1\r\n\r\n"), Err(HttpError::NoResponse));
        assert_eq!(Response::parse(b""), Err(HttpError::NoResponse));
    }

    #[test]
    fn bodies_are_unchunked_and_unpacked() {
        let chunked = |rest: &str| {
            body(format!("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{rest}").as_bytes())
        };
        assert_eq!(chunked("3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").unwrap(), b"abcde");
        assert_eq!(chunked("3\r\nab"), Err(HttpError::Chunks));
        assert_eq!(chunked("ffffffffffffffff\r\nab"), Err(HttpError::Chunks));
        assert_eq!(chunked("<p>as it is").unwrap(), b"<p>as it is");
        let coded = |coding: &str, packed: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
            body(&[head.as_bytes(), packed].concat())
        };
        let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
        gz.write_all(b"text").unwrap();
        let gz = gz.finish().unwrap();
        assert_eq!(coded("gzip", &gz).unwrap(), b"text");
        assert!(matches!(coded("gzip", &gz[..gz.len() - 9]), Err(HttpError::Packed(_))));
        assert_eq!(coded("gzip", b"text").unwrap(), b"text");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"text").unwrap();
        assert_eq!(coded("deflate", &zlib.finish().unwrap()).unwrap(), b"text");
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(b"text").unwrap();
        assert_eq!(coded("deflate", &raw.finish().unwrap()).unwrap(), b"text");
        assert_eq!(coded("br", b"x"), Err(HttpError::Coding("br".to_owned())));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..=MAX_BYTES / zeros.len() {
            bomb.write_all(&zeros).unwrap();
        }
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        assert_eq!(
            body(&[head, bomb.finish().unwrap().as_slice()].concat()),
            Err(HttpError::TooLarge)
        );
    }
}
