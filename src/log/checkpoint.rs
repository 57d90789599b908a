//! Checkpoints: a log's name, size and root, signed (C2SP tlog-checkpoint over signed-note).
//!
//! ```text
//! <origin>
//! <size, decimal>
//! <root, base64>
//!
//! — <origin> <base64 of key id ‖ signature>
//! ```

use signed_note::{Note, Signature, Verifier as _};

use super::key::{LogKey, Origin, VerifierKey};
use super::{note, tree};
use crate::text::digest::Digest;

/// The longest checkpoint that is read, in bytes. A verifier must take 16 signatures (C2SP
/// signed-note, "Verification"), of which the largest in use, ML-DSA-87's, are 6.2 kB in base64; this
/// holds forty of them.
pub const MAX_BYTES: usize = 256 * 1024;

/// What a checkpoint says. It is only a claim until a [`SignedCheckpoint`] carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: Origin,
    /// The number of records.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
}

/// Says why a checkpoint can't be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The bytes are no signed note with a checkpoint in its text.
    #[error("not a signed checkpoint: {0}")]
    Malformed(&'static str),
    /// The checkpoint is another log's.
    #[error("the checkpoint is of `{found}`, not of `{expected}`")]
    Origin {
        /// The log that was asked for.
        expected: Origin,
        /// The log it is of.
        found: String,
    },
    /// No signature is by the key that is trusted.
    #[error("no signature by {0}")]
    NotSigned(VerifierKey),
    /// A signature in that key's name is wrong.
    #[error("the signature by {0} is not of this text")]
    BadSignature(VerifierKey),
}

impl CheckpointError {
    /// Whether the bytes could not be read as a checkpoint at all, so that nothing is known.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Malformed(_))
    }
}

impl Checkpoint {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, tree::to_base64(&self.root))
    }

    /// Reads the text of a checkpoint.
    ///
    /// # Errors
    ///
    /// If it isn't one, in the one spelling that [`Checkpoint::to_text`] gives, extension lines
    /// apart.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let mut lines = text.split_inclusive('\n').map(|line| line.strip_suffix('\n'));
        let mut line = |what| lines.next().flatten().ok_or(malformed(what));
        let origin = Origin::new(line("no origin line")?)
            .map_err(|_| malformed("the first line names no log"))?;
        let size = parse_decimal(line("no size line")?)
            .ok_or(malformed("the second line is not a size in decimal"))?;
        let root = tree::from_base64(line("no root line")?)
            .ok_or(malformed("the third line is not a root hash in base64"))?;
        if lines.any(|extension| extension.is_none_or(str::is_empty)) {
            return Err(malformed("an extension line is empty or unfinished"));
        }
        Ok(Self { origin, size, root })
    }

    /// Signs the checkpoint.
    ///
    /// # Errors
    ///
    /// If the key is not in the log's name.
    pub fn sign(self, key: &LogKey) -> Result<SignedCheckpoint, CheckpointError> {
        self.sign_with(&[key])
    }

    /// Signs the checkpoint with several keys of the log, as after a rotation; the last is the one
    /// it is checked with.
    ///
    /// # Errors
    ///
    /// If there is no key, or one is not in the log's name.
    pub fn sign_with(self, keys: &[&LogKey]) -> Result<SignedCheckpoint, CheckpointError> {
        let key = keys.last().ok_or(CheckpointError::Malformed("there is no key to sign with"))?;
        if *key.verifier().name() != self.origin {
            return Err(CheckpointError::Origin {
                expected: key.verifier().name().clone(),
                found: self.origin.to_string(),
            });
        }
        let malformed = |_| CheckpointError::Malformed("its text can't be signed");
        let mut note = Note::new(self.to_text().as_bytes(), &[]).map_err(malformed)?;
        for key in keys {
            note.add_sigs(&[key.signer()]).map_err(malformed)?;
        }
        SignedCheckpoint::verify(&note.to_bytes(), key.verifier())
    }
}

/// A checkpoint with a valid signature by a trusted key. Only checking makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    signed_by: VerifierKey,
    bytes: Vec<u8>,
}

impl SignedCheckpoint {
    /// Checks that `bytes` are a checkpoint of the key's log, signed by the key. Signature lines
    /// of other signers are neither checked nor counted.
    ///
    /// # Errors
    ///
    /// If they aren't.
    pub fn verify(bytes: &[u8], key: &VerifierKey) -> Result<Self, CheckpointError> {
        if bytes.len() > MAX_BYTES {
            return Err(CheckpointError::Malformed("longer than 262,144 bytes"));
        }
        let malformed = CheckpointError::Malformed;
        let note = Note::from_bytes(bytes)
            .map_err(|_| malformed("not a signed note: text, a blank line, signature lines"))?;
        if note.to_bytes() != bytes {
            return Err(malformed("not in a signed note's one spelling"));
        }
        let lines = std::str::from_utf8(bytes).ok().and_then(note::split);
        let lines = lines.ok_or(malformed("not a signed note"))?;
        let verifier = key.verifier();
        let mut signed = false;
        for line in &lines.signatures {
            let signature = Signature::from_bytes(line.as_bytes())
                .map_err(|_| malformed("a signature line is not one"))?;
            if signature.name() == verifier.name() && signature.id() == verifier.key_id() {
                // Every signature in the key's name must be right, not only one of them.
                if !verifier.verify(note.text(), signature.signature()) {
                    return Err(CheckpointError::BadSignature(key.clone()));
                }
                signed = true;
            }
        }
        if !signed {
            return Err(CheckpointError::NotSigned(key.clone()));
        }
        let checkpoint = Checkpoint::parse(lines.text)?;
        if checkpoint.origin != *key.name() {
            return Err(CheckpointError::Origin {
                expected: key.name().clone(),
                found: checkpoint.origin.to_string(),
            });
        }
        Ok(Self { checkpoint, signed_by: key.clone(), bytes: bytes.to_vec() })
    }

    /// The number of records.
    pub fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// The root over them.
    pub fn root(&self) -> Digest {
        self.checkpoint.root
    }

    /// What was signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The key whose signature was checked.
    pub fn signed_by(&self) -> &VerifierKey {
        &self.signed_by
    }

    /// The note as it was read.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A number in the one decimal spelling: no sign, no leading zero.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let minimal = text == "0" || !text.starts_with('0');
    if plain && minimal { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> LogKey {
        LogKey::from_seed(&Origin::new("desk.example").unwrap(), &[seed; 32]).unwrap()
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            origin: Origin::new("desk.example").unwrap(),
            size: 12,
            root: tree::leaf_hash(b"x"),
        }
    }

    #[test]
    fn signed_and_verified() {
        let signed = checkpoint().sign(&key(1)).unwrap();
        assert_eq!(
            SignedCheckpoint::verify(signed.as_bytes(), key(1).verifier()),
            Ok(signed.clone())
        );
        assert_eq!(
            SignedCheckpoint::verify(signed.as_bytes(), key(2).verifier()),
            Err(CheckpointError::NotSigned(key(2).verifier().clone()))
        );
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let signed = checkpoint().sign(&key(1)).unwrap();
        for at in 0..signed.as_bytes().len() {
            for flip in [1, 0x20, 0x80] {
                let mut bytes = signed.as_bytes().to_vec();
                bytes[at] ^= flip;
                assert!(SignedCheckpoint::verify(&bytes, key(1).verifier()).is_err(), "{at}");
            }
        }
    }

    #[test]
    fn an_unknown_signers_line_is_not_counted() {
        let signed = checkpoint().sign(&key(1)).unwrap();
        let mut note = Note::from_bytes(signed.as_bytes()).unwrap();
        note.add_sigs(&[key(3).signer()]).unwrap();
        assert!(SignedCheckpoint::verify(&note.to_bytes(), key(1).verifier()).is_ok());
    }

    #[test]
    fn length_and_signatures_have_limits() {
        let text = checkpoint().to_text();
        let read = |note: &Note| SignedCheckpoint::verify(&note.to_bytes(), key(1).verifier());
        let mut note = Note::new(text.as_bytes(), &[]).unwrap();
        note.add_sigs(&[key(1).signer()]).unwrap();
        for other in 101..200 {
            note.add_sigs(&[key(other).signer()]).unwrap();
        }
        assert!(read(&note).is_ok(), "a hundred signatures");
        let mut bytes = note.to_bytes();
        let line = bytes.split_inclusive(|byte| *byte == b'\n').next_back().unwrap().to_vec();
        bytes.extend(line);
        assert!(SignedCheckpoint::verify(&bytes, key(1).verifier()).is_err(), "one more");
        let of_length = |extension: usize| {
            let text = format!("{text}{}\n", "x".repeat(extension));
            let mut note = Note::new(text.as_bytes(), &[]).unwrap();
            note.add_sigs(&[key(1).signer()]).unwrap();
            note
        };
        let rest = of_length(1).to_bytes().len() - 1;
        assert!(read(&of_length(MAX_BYTES - rest)).is_ok());
        assert!(read(&of_length(MAX_BYTES - rest + 1)).is_err());
    }

    #[test]
    fn sizes_and_roots_have_one_spelling() {
        let root = tree::to_base64(&tree::leaf_hash(b"x"));
        for bad in ["012", "+12", "-1", "", "1 "] {
            assert!(Checkpoint::parse(&format!("desk.example\n{bad}\n{root}\n")).is_err());
        }
        assert!(Checkpoint::parse(&format!("desk.example\n12\n{root}\n")).is_ok());
        assert!(Checkpoint::parse(&format!("desk.example\n12\n{root}\nmore\n")).is_ok());
        assert!(Checkpoint::parse(&format!("desk.example\n12\n{root}\n\n")).is_err());
        assert!(Checkpoint::parse(&format!("desk.example\n12\n{root}")).is_err());
    }
}
