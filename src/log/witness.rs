//! Requests to witnesses: a checkpoint and the proof that it continues an older one (C2SP
//! tlog-witness, `add-checkpoint`).
//!
//! ```text
//! old <size>
//! <consistency proof, a hash a line, base64>
//!
//! <checkpoint, as signed>
//! ```

use super::checkpoint::parse_decimal;
use super::proof::{self, MAX_HASHES};
use crate::text::digest::Digest;

/// The longest request that is read: `old ` with 20 digits and its line feed, a line of 44 digits of
/// base64 for each hash of the longest proof, a blank line, a checkpoint.
pub const MAX_BYTES: usize = 4 + 20 + 1 + MAX_HASHES * 45 + 1 + super::checkpoint::MAX_BYTES;

/// A request as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The size that the log continues.
    pub old: u64,
    /// The consistency proof.
    pub path: Vec<Digest>,
    /// The new checkpoint's note.
    pub checkpoint: Vec<u8>,
}

/// Says why bytes are no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("line {line}: {what}")]
pub struct RequestError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl Request {
    /// The request's text.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = format!("old {}\n", self.old);
        proof::write_lines(&mut out, &self.path);
        out.push('\n');
        let mut bytes = out.into_bytes();
        bytes.extend_from_slice(&self.checkpoint);
        bytes
    }

    /// Reads a request, taking only the one spelling that [`Request::to_bytes`] gives.
    ///
    /// # Errors
    ///
    /// If the bytes are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        let bad = |line, what| RequestError { line, what };
        if bytes.len() > MAX_BYTES {
            return Err(bad(1, "longer than any request"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| bad(1, "not text in UTF-8"))?;
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(bad(1, "no blank line before a checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| parse_decimal(line.strip_prefix("old ")?));
        let old = old.ok_or(bad(1, "no `old` line with a plain decimal"))?;
        let path = proof::read_lines(lines, 2).map_err(|(line, what)| bad(line, what))?;
        Ok(Self { old, path, checkpoint: checkpoint.as_bytes().to_vec() })
    }

    /// Whether the proof shows that the new tree continues the old one.
    pub fn continues(&self, old_root: Digest, new: u64, new_root: Digest) -> bool {
        proof::is_consistent(self.old, old_root, new, new_root, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::tree;

    #[test]
    fn requests_round_trip_and_have_one_spelling() {
        let request = Request {
            old: 2,
            path: vec![tree::leaf_hash(b"x")],
            checkpoint: b"desk.example\n3\nroot\n\n\xE2\x80\x94 desk.example AAAA\n".to_vec(),
        };
        let bytes = request.to_bytes();
        assert_eq!(Request::parse(&bytes), Ok(request));
        let text = String::from_utf8(bytes).unwrap();
        for bad in [
            text.replace("old 2", "old 02"),
            text.replace("old 2", "old"),
            text.replacen("=\n", "\n", 1),
            text.replace("\n\n", "\n"),
        ] {
            assert!(Request::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
