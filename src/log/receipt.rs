//! Receipts: one file that proves a record is in a log (C2SP tlog-proof).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra <base64 of the record's bytes>
//! index <index>
//! <inclusion proof, a hash a line, base64>
//!
//! <checkpoint, as signed>
//! ```
//!
//! `extra` is not authenticated by the format; here it is the record itself, and believed only once
//! its leaf hash was proved to be in the signed tree.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::checkpoint::{CheckpointError, SignedCheckpoint, parse_decimal};
use super::frame::MAX_RECORD;
use super::key::VerifierKey;
use super::proof::{self, MAX_HASHES};
use super::tree;
use crate::text::digest::Digest;

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The longest receipt that is read: the header and its line feed; `extra ` with the longest record
/// in base64; `index ` with 20 digits; a line of 44 digits of base64 for each hash of the longest
/// proof; a blank line; a checkpoint.
pub const MAX_BYTES: usize = (HEADER.len() + 1)
    + (6 + MAX_RECORD.div_ceil(3) * 4 + 1)
    + (6 + 20 + 1)
    + MAX_HASHES * 45
    + 1
    + super::checkpoint::MAX_BYTES;

/// A receipt as it was read: claims, until [`Receipt::verify`] checks them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    record: Vec<u8>,
    index: u64,
    path: Vec<Digest>,
    checkpoint: Vec<u8>,
}

/// A record that was proved to be in a log. Only checking makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvedRecord {
    bytes: Vec<u8>,
    index: u64,
    checkpoint: SignedCheckpoint,
}

/// Says why a receipt proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiptError {
    /// The bytes are no receipt.
    #[error("line {line}: {what}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: &'static str,
    },
    /// Its checkpoint can't be believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The record is not at this index of the log.
    #[error("the record is not record {index} of the {size} that were signed")]
    NotIncluded {
        /// The index claimed.
        index: u64,
        /// The size of the signed tree.
        size: u64,
    },
}

impl ReceiptError {
    /// Whether the bytes could not be read as a receipt, so that nothing is known.
    pub fn is_unreadable(&self) -> bool {
        match self {
            Self::Malformed { .. } => true,
            Self::Checkpoint(error) => error.is_unreadable(),
            Self::NotIncluded { .. } => false,
        }
    }
}

impl Receipt {
    /// Puts a receipt together.
    pub fn new(
        record: Vec<u8>,
        index: u64,
        path: Vec<Digest>,
        checkpoint: &SignedCheckpoint,
    ) -> Self {
        Self { record, index, path, checkpoint: checkpoint.as_bytes().to_vec() }
    }

    /// The receipt's text.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = format!(
            "{HEADER}\nextra {}\nindex {}\n",
            BASE64_STANDARD.encode(&self.record),
            self.index
        );
        proof::write_lines(&mut out, &self.path);
        out.push('\n');
        let mut bytes = out.into_bytes();
        bytes.extend_from_slice(&self.checkpoint);
        bytes
    }

    /// Reads a receipt, taking only the one spelling that [`Receipt::to_bytes`] gives.
    ///
    /// # Errors
    ///
    /// If the bytes are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        let malformed = |line, what| ReceiptError::Malformed { line, what };
        if bytes.len() > MAX_BYTES {
            return Err(malformed(1, "longer than any receipt"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed(1, "not text in UTF-8"))?;
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(malformed(1, "no blank line before a checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(malformed(1, "not the header `c2sp.org/tlog-proof@v1`"));
        }
        let extra = lines.next().and_then(|line| line.strip_prefix("extra "));
        let extra = extra.ok_or(malformed(2, "no `extra` line with the record"))?;
        let record = BASE64_STANDARD
            .decode(extra)
            .ok()
            .filter(|record| BASE64_STANDARD.encode(record) == extra)
            .filter(|record| (1..=MAX_RECORD).contains(&record.len()))
            .ok_or(malformed(2, "`extra` is not a record in base64"))?;
        let index = lines.next().and_then(|line| parse_decimal(line.strip_prefix("index ")?));
        let index = index.ok_or(malformed(3, "no `index` line with a plain decimal"))?;
        let path = proof::read_lines(lines, 4).map_err(|(line, what)| malformed(line, what))?;
        Ok(Self { record, index, path, checkpoint: checkpoint.as_bytes().to_vec() })
    }

    /// Checks the receipt against a log's key.
    ///
    /// # Errors
    ///
    /// If the checkpoint is not signed by it, or the record not proved to be in its tree.
    pub fn verify(self, key: &VerifierKey) -> Result<ProvedRecord, ReceiptError> {
        let checkpoint = SignedCheckpoint::verify(&self.checkpoint, key)?;
        let leaf = tree::leaf_hash(&self.record);
        let size = checkpoint.size();
        if proof::root_from_inclusion(leaf, self.index, size, &self.path) != Some(checkpoint.root())
        {
            return Err(ReceiptError::NotIncluded { index: self.index, size });
        }
        Ok(ProvedRecord { bytes: self.record, index: self.index, checkpoint })
    }
}

impl ProvedRecord {
    /// The record's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its leaf hash.
    pub fn leaf(&self) -> Digest {
        tree::leaf_hash(&self.bytes)
    }

    /// Its index.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint it is proved by.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::checkpoint::Checkpoint;
    use crate::log::key::{LogKey, Origin};

    fn key() -> LogKey {
        LogKey::from_seed(&Origin::new("desk.example").unwrap(), &[1; 32]).unwrap()
    }

    /// A receipt for the second of two records.
    fn receipt() -> Receipt {
        let (one, two) = (b"one\n".to_vec(), b"two\n".to_vec());
        let left = tree::leaf_hash(&one);
        let root = tree::node_hash(&left, &tree::leaf_hash(&two));
        let origin = Origin::new("desk.example").unwrap();
        let signed = Checkpoint { origin, size: 2, root }.sign(&key()).unwrap();
        Receipt::new(two, 1, vec![left], &signed)
    }

    #[test]
    fn a_receipt_proves_its_record() {
        let bytes = receipt().to_bytes();
        let read = Receipt::parse(&bytes).unwrap();
        assert_eq!(read, receipt());
        let proved = read.verify(key().verifier()).unwrap();
        assert_eq!((proved.bytes(), proved.index()), (b"two\n".as_slice(), 1));
    }

    #[test]
    fn any_changed_byte_proves_nothing() {
        let bytes = receipt().to_bytes();
        for at in 0..bytes.len() {
            for flip in [1, 0x20, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                let verified = Receipt::parse(&changed).and_then(|r| r.verify(key().verifier()));
                assert!(verified.is_err(), "byte {at}");
            }
        }
    }
}
