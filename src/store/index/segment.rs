//! A file of sorted postings.
//!
//! Blocks of 4,096 bytes, the last may be shorter: 16 bytes of a checksum, then at most 255 postings
//! of 16 bytes, each a key and a record's index, big-endian. The checksum is the beginning of
//! SHA-256(salt ‖ the block's number, 8 bytes ‖ postings); the salt is the segment's, so that no other
//! segment's block passes for one of it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::key::Key;
use crate::store::error::StoreError;
use crate::text::digest::Digest;

/// A key, and the index of a record that has it, as one number: so they are sorted.
pub(super) type Posting = u128;

const CHECKSUM: usize = 16;
const POSTING: usize = 16;
const IN_BLOCK: usize = 255;
const BLOCK: usize = CHECKSUM + IN_BLOCK * POSTING;

/// A posting.
pub(super) fn posting(key: Key, record: u64) -> Posting {
    Posting::from(key.0) << 64 | Posting::from(record)
}

/// The index of the record that a posting names.
fn record_of(posting: Posting) -> u64 {
    u64::try_from(posting & Posting::from(u64::MAX)).unwrap_or(u64::MAX)
}

/// Says that a segment is not as it was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Damage {
    /// It can't be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A block's checksum or a length is wrong.
    #[error("not as it was written")]
    Content,
}

fn checksum(salt: &Digest, block: u64, postings: &[u8]) -> [u8; CHECKSUM] {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update(block.to_be_bytes());
    hash.update(postings);
    let hash: [u8; 32] = hash.finalize().into();
    let mut short = [0; CHECKSUM];
    short.copy_from_slice(&hash[..CHECKSUM]);
    short
}

/// Writes sorted postings to a file. Answers how many.
///
/// Not synced: what a power cut leaves of it has no checksum that is right.
pub(super) fn write(
    path: &Path,
    salt: &Digest,
    postings: impl Iterator<Item = Result<Posting, StoreError>>,
) -> Result<u64, StoreError> {
    let failed = || StoreError::io("write", path);
    let mut out = BufWriter::with_capacity(64 * BLOCK, File::create(path).map_err(failed())?);
    let (mut body, mut number, mut count) = (Vec::with_capacity(BLOCK), 0, 0);
    let mut flush = |body: &mut Vec<u8>| {
        out.write_all(&checksum(salt, number, body))?;
        out.write_all(body)?;
        number += 1;
        body.clear();
        Ok::<_, io::Error>(())
    };
    for posting in postings {
        body.extend_from_slice(&posting?.to_be_bytes());
        count += 1;
        if body.len() == IN_BLOCK * POSTING {
            flush(&mut body).map_err(failed())?;
        }
    }
    if !body.is_empty() {
        flush(&mut body).map_err(failed())?;
    }
    out.flush().map_err(failed())?;
    Ok(count)
}

/// A segment, open for look-ups.
#[derive(Debug)]
pub(super) struct Segment {
    file: File,
    path: PathBuf,
    salt: Digest,
    count: u64,
}

impl Segment {
    /// Opens a segment that must hold `count` postings.
    pub(super) fn open(path: PathBuf, salt: Digest, count: u64) -> Result<Self, Damage> {
        let file = File::open(&path)?;
        let blocks = count.div_ceil(IN_BLOCK as u64);
        let length = blocks * CHECKSUM as u64 + count * POSTING as u64;
        if file.metadata()?.len() != length {
            return Err(Damage::Content);
        }
        Ok(Self { file, path, salt, count })
    }

    fn blocks(&self) -> u64 {
        self.count.div_ceil(IN_BLOCK as u64)
    }

    /// The postings of a block, checked.
    fn block(&self, number: u64) -> Result<Vec<Posting>, Damage> {
        let before = number * IN_BLOCK as u64;
        let count = usize::try_from(self.count.saturating_sub(before)).unwrap_or(IN_BLOCK);
        let mut bytes = vec![0; CHECKSUM + count.min(IN_BLOCK) * POSTING];
        let mut file = &self.file;
        file.seek(SeekFrom::Start(number * BLOCK as u64))?;
        file.read_exact(&mut bytes)?;
        let (sum, body) = bytes.split_at(CHECKSUM);
        if sum != checksum(&self.salt, number, body) {
            return Err(Damage::Content);
        }
        Ok(body.as_chunks().0.iter().map(|bytes| Posting::from_be_bytes(*bytes)).collect())
    }

    /// The records of a range of keys, in the order of keys, at most `most` of them.
    pub(super) fn find(
        &self,
        keys: RangeInclusive<Key>,
        most: usize,
        found: &mut Vec<u64>,
    ) -> Result<(), Damage> {
        let first = posting(*keys.start(), 0);
        let last = posting(*keys.end(), u64::MAX);
        // The first block that ends at or beyond the first posting that is asked for.
        let (mut low, mut high) = (0, self.blocks());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.block(middle)?.last().is_some_and(|end| *end < first) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for number in low..self.blocks() {
            for posting in self.block(number)? {
                if posting > last || found.len() >= most {
                    return Ok(());
                }
                if posting >= first {
                    found.push(record_of(posting));
                }
            }
        }
        Ok(())
    }

    /// All its postings, in order.
    pub(super) fn postings(&self) -> impl Iterator<Item = Result<Posting, Damage>> + '_ {
        (0..self.blocks()).flat_map(|number| {
            let (postings, damage) = match self.block(number) {
                Ok(postings) => (postings, None),
                Err(damage) => (Vec::new(), Some(Err(damage))),
            };
            postings.into_iter().map(Ok).chain(damage)
        })
    }

    /// Removes its file.
    pub(super) fn remove(self) {
        // One that stays does no harm: no head names it, and the next of its name replaces it.
        let _ = fs::remove_file(&self.path);
    }
}
