//! Cosignatures: witnesses' statements that a log only grew (C2SP tlog-cosignature, Ed25519).
//!
//! A cosigner signs `cosignature/v1` LF `time <seconds>` LF and the checkpoint's text. Its key is
//! not a log's key: the encoded key says 0x04 where a log's says 0x01, so their ids differ, and the
//! signed messages do too.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use signed_note::{Signature, Verifier, key_id};

use super::checkpoint::SignedCheckpoint;
use super::key::{KeyError, Origin};
use super::note;

/// The byte that says "Ed25519 cosignature/v1" in an encoded key.
const COSIGNATURE: u8 = 4;

/// The latest moment a cosignature may state (tlog-cosignature, "Format").
const MAX_TIME: u64 = i64::MAX as u64;

/// A witness's public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerKey {
    name: Origin,
    encoded: String,
    key: VerifyingKey,
}

/// A witness's private key with its name. Never shown.
pub struct Cosigner {
    key: CosignerKey,
    secret: SigningKey,
    encoded: String,
}

/// A cosignature that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness.
    pub by: CosignerKey,
    /// When it cosigned, in seconds since 1970, by its own clock.
    pub time: u64,
}

impl CosignerKey {
    /// Reads a verifier key of type 0x04, taking only its one spelling.
    ///
    /// # Errors
    ///
    /// If the text is no such key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let name = text.split('+').next().unwrap_or_default();
        let base64 = text.splitn(3, '+').nth(2).ok_or(KeyError::Cosigner)?;
        let bytes = BASE64_STANDARD.decode(base64).map_err(|_| KeyError::Cosigner)?;
        let [COSIGNATURE, key @ ..] = bytes.as_slice() else { return Err(KeyError::Cosigner) };
        let key = key.try_into().map_err(|_| KeyError::Cosigner)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Cosigner)?;
        let made = Self::new(Origin::new(name)?, key);
        if made.encoded == text { Ok(made) } else { Err(KeyError::Cosigner) }
    }

    fn new(name: Origin, key: VerifyingKey) -> Self {
        let bytes = [&[COSIGNATURE], key.as_bytes().as_slice()].concat();
        let id = key_id(name.as_str(), &bytes);
        let encoded = format!("{name}+{id:08x}+{}", BASE64_STANDARD.encode(&bytes));
        Self { name, encoded, key }
    }

    /// The witness's name.
    pub fn name(&self) -> &Origin {
        &self.name
    }

    /// The encoded key.
    pub fn as_str(&self) -> &str {
        &self.encoded
    }

    /// The 32 bytes of the public key, by which the same key is known under another name or role.
    pub fn public(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    fn id(&self) -> u32 {
        key_id(self.name.as_str(), &[&[COSIGNATURE], self.key.as_bytes().as_slice()].concat())
    }

    /// The witness's cosignature on a checkpoint, if it has one.
    ///
    /// # Errors
    ///
    /// If a line in its name and id is no valid cosignature of the text.
    pub fn cosignature_on(
        &self,
        checkpoint: &SignedCheckpoint,
    ) -> Result<Option<Cosignature>, CosignError> {
        let text = std::str::from_utf8(checkpoint.as_bytes()).ok().and_then(note::split);
        let note = text.ok_or(CosignError::Malformed)?;
        let mut found = None;
        for line in &note.signatures {
            let line =
                Signature::from_bytes(line.as_bytes()).map_err(|_| CosignError::Malformed)?;
            if line.name() != self.name.as_str() || line.id() != self.id() {
                continue;
            }
            // Every line in its name and id must be right, not only the first.
            if !self.verify(note.text.as_bytes(), line.signature()) {
                return Err(CosignError::BadSignature(self.encoded.clone()));
            }
            let time = line.signature().first_chunk::<8>().map(|time| u64::from_be_bytes(*time));
            found = found.or(time.map(|time| Cosignature { by: self.clone(), time }));
        }
        Ok(found)
    }
}

impl Verifier for CosignerKey {
    fn name(&self) -> &str {
        self.name.as_str()
    }

    fn key_id(&self) -> u32 {
        self.id()
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        let Some((time, signature)) = signature.split_first_chunk::<8>() else { return false };
        let time = u64::from_be_bytes(*time);
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        time <= MAX_TIME && self.key.verify_strict(&message(text, time), &signature).is_ok()
    }
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.encoded)
    }
}

impl Cosigner {
    /// Makes the key of a 32-byte seed, which must come from a cryptographic source.
    pub fn from_seed(name: Origin, seed: &[u8; 32]) -> Self {
        let secret = SigningKey::from_bytes(seed);
        let key = CosignerKey::new(name, secret.verifying_key());
        let private = [&[COSIGNATURE], seed.as_slice()].concat();
        let encoded = format!(
            "PRIVATE+KEY+{}+{:08x}+{}",
            key.name,
            key.id(),
            BASE64_STANDARD.encode(private)
        );
        Self { key, secret, encoded }
    }

    /// Reads a private key (`PRIVATE+KEY+<name>+<key id>+<base64 of 0x04 ‖ seed>`).
    ///
    /// # Errors
    ///
    /// If the text is no such key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Cosigner)?;
        let name = rest.split('+').next().unwrap_or_default();
        let base64 = rest.splitn(3, '+').nth(2).ok_or(KeyError::Cosigner)?;
        let bytes = BASE64_STANDARD.decode(base64).map_err(|_| KeyError::Cosigner)?;
        let [COSIGNATURE, seed @ ..] = bytes.as_slice() else { return Err(KeyError::Cosigner) };
        let seed: &[u8; 32] = seed.try_into().map_err(|_| KeyError::Cosigner)?;
        let made = Self::from_seed(Origin::new(name)?, seed);
        if made.encoded == text { Ok(made) } else { Err(KeyError::Cosigner) }
    }

    /// The public half.
    pub fn key(&self) -> &CosignerKey {
        &self.key
    }

    /// The private key's text, for the file that keeps it.
    pub fn secret_text(&self) -> &str {
        &self.encoded
    }

    /// The signature line over a checkpoint's text, as of `time` seconds since 1970.
    pub fn cosign(&self, text: &str, time: u64) -> String {
        let time = time.min(MAX_TIME);
        let signature = self.secret.sign(&message(text.as_bytes(), time));
        let bytes =
            [self.key.id().to_be_bytes().as_slice(), &time.to_be_bytes(), &signature.to_bytes()]
                .concat();
        format!("— {} {}", self.key.name, BASE64_STANDARD.encode(bytes))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner(of {})", self.key)
    }
}

/// What a cosigner signs.
fn message(text: &[u8], time: u64) -> Vec<u8> {
    [format!("cosignature/v1\ntime {time}\n").as_bytes(), text].concat()
}

/// Says why a checkpoint's cosignatures can't be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CosignError {
    /// The bytes are no note.
    #[error("not a signed note")]
    Malformed,
    /// A line in a witness's name is not its cosignature of this text.
    #[error("the cosignature in the name of {0} is not of this checkpoint")]
    BadSignature(String),
}

/// The witnesses that are trusted, and how many of them must have cosigned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quorum {
    witnesses: Vec<CosignerKey>,
    needed: usize,
}

/// Says why witnesses make no quorum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuorumError {
    /// More are needed than there are.
    #[error("a quorum of {needed} of {witnesses} witnesses can't be reached")]
    TooMany {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        witnesses: usize,
    },
    /// A name or a key stands twice, or the log's own key is a witness.
    #[error("{0} is not a witness of its own: one key, one role, one name")]
    Twice(String),
}

impl Quorum {
    /// Trusts witnesses, of which `needed` must have cosigned. `log` is the log's own public key.
    ///
    /// # Errors
    ///
    /// If a name or key stands twice or is the log's, or more are needed than there are.
    pub fn new(
        witnesses: Vec<CosignerKey>,
        needed: usize,
        log: Option<&[u8; 32]>,
    ) -> Result<Self, QuorumError> {
        for (place, one) in witnesses.iter().enumerate() {
            let before = witnesses.iter().take(place);
            let twice = before.clone().any(|o| o.name == one.name || o.public() == one.public());
            if twice || log == Some(one.public()) {
                return Err(QuorumError::Twice(one.encoded.clone()));
            }
        }
        if needed > witnesses.len() {
            return Err(QuorumError::TooMany { needed, witnesses: witnesses.len() });
        }
        Ok(Self { witnesses, needed })
    }

    /// Whether any witness is needed at all.
    pub fn is_asked(&self) -> bool {
        self.needed > 0
    }

    /// How many witnesses must have cosigned.
    pub fn needed(&self) -> usize {
        self.needed
    }

    /// The witnesses that are trusted.
    pub fn witnesses(&self) -> &[CosignerKey] {
        &self.witnesses
    }

    /// The cosignatures of trusted witnesses on a checkpoint.
    ///
    /// # Errors
    ///
    /// If a line in the name of one of them is no cosignature of it.
    pub fn cosignatures(
        &self,
        checkpoint: &SignedCheckpoint,
    ) -> Result<Vec<Cosignature>, CosignError> {
        let found = self.witnesses.iter().map(|witness| witness.cosignature_on(checkpoint));
        Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::checkpoint::Checkpoint;
    use crate::log::key::LogKey;
    use crate::log::tree;

    fn witness(name: &str, seed: u8) -> Cosigner {
        Cosigner::from_seed(Origin::new(name).unwrap(), &[seed; 32])
    }

    fn checkpoint() -> SignedCheckpoint {
        let origin = Origin::new("desk.example").unwrap();
        let key = LogKey::from_seed(&origin, &[1; 32]).unwrap();
        Checkpoint { origin, size: 3, root: tree::leaf_hash(b"x") }.sign(&key).unwrap()
    }

    fn cosigned(by: &Cosigner, time: u64) -> SignedCheckpoint {
        let signed = checkpoint();
        let text = std::str::from_utf8(signed.as_bytes()).unwrap();
        let lines = note::split(text).unwrap();
        let with = note::with_signature(&lines, &by.cosign(lines.text, time));
        SignedCheckpoint::verify(with.as_bytes(), signed.signed_by()).unwrap()
    }

    #[test]
    fn a_cosignature_is_made_and_checked() {
        let by = witness("w.example/1", 7);
        let signed = cosigned(&by, 1_700_000_000);
        let found = by.key().cosignature_on(&signed).unwrap().unwrap();
        assert_eq!(found.time, 1_700_000_000);
        assert_eq!(by.key().cosignature_on(&checkpoint()), Ok(None));
        assert_eq!(witness("w.example/1", 8).key().cosignature_on(&signed), Ok(None));
    }

    #[test]
    fn a_cosignature_of_another_time_is_not_one() {
        let by = witness("w.example/1", 7);
        let line = by.cosign(&checkpoint().checkpoint().to_text(), 5);
        let (name, base64) = line.trim_start_matches("— ").split_once(' ').unwrap();
        let mut bytes = BASE64_STANDARD.decode(base64).unwrap();
        bytes[11] ^= 1;
        let changed = format!("— {name} {}", BASE64_STANDARD.encode(bytes));
        let signed = checkpoint();
        let text = std::str::from_utf8(signed.as_bytes()).unwrap();
        let with = note::with_signature(&note::split(text).unwrap(), &changed);
        let signed = SignedCheckpoint::verify(with.as_bytes(), signed.signed_by()).unwrap();
        assert!(by.key().cosignature_on(&signed).is_err());
    }

    #[test]
    fn keys_have_one_spelling_and_one_role() {
        let by = witness("w.example/1", 7);
        assert_eq!(CosignerKey::parse(by.key().as_str()).unwrap(), *by.key());
        assert_eq!(Cosigner::parse(by.secret_text()).unwrap().key(), by.key());
        assert!(CosignerKey::parse(checkpoint().signed_by().as_str()).is_err());
        assert!(!format!("{by:?}").contains("PRIVATE"));
    }

    #[test]
    fn a_quorum_counts_each_witness_once() {
        let (one, two) = (witness("w.example/1", 7), witness("w.example/2", 8));
        let both = || vec![one.key().clone(), two.key().clone()];
        assert!(Quorum::new(both(), 3, None).is_err());
        assert!(Quorum::new(both(), 2, Some(one.key().public())).is_err());
        assert!(
            Quorum::new(vec![one.key().clone(), witness("w.example/9", 7).key().clone()], 1, None)
                .is_err()
        );
        let quorum = Quorum::new(both(), 1, None).unwrap();
        assert_eq!(quorum.cosignatures(&cosigned(&two, 9)).unwrap().len(), 1);
    }
}
