//! Signing and verifier keys: Ed25519 under a name (C2SP signed-note, "Verifier keys").

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::SigningKey;
use signed_note::{
    Signer as _, StandardSigner, StandardVerifier, Verifier as _, is_key_name_valid, key_id,
    new_ed25519_verifier_key,
};

/// The byte that says "Ed25519" in an encoded key.
const ED25519: u8 = 1;

/// Says why a key, or a key's name, is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The name has white space or a plus, a control character, or is empty.
    #[error("`{0}` can't name a key or a log: no white space, no plus, and not empty")]
    Name(String),
    /// The text is no verifier key in its one spelling.
    #[error("not a verifier key such as `name+1a2b3c4d+AbCd…`")]
    Verifier,
    /// The text is no cosigner's key in its one spelling.
    #[error("not a cosigner's key: its encoded bytes must begin with 0x04")]
    Cosigner,
    /// The text is no signing key in its one spelling.
    #[error("not a signing key such as `PRIVATE+KEY+name+1a2b3c4d+AbCd…`")]
    Signing,
}

/// The name of a log and of the key that signs for it (C2SP tlog-checkpoint, "origin").
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(String);

impl Origin {
    /// Takes a name: not empty, no Unicode white space, no plus, no control character.
    ///
    /// # Errors
    ///
    /// If it isn't such a name.
    pub fn new(name: &str) -> Result<Self, KeyError> {
        if is_key_name_valid(name) && !name.contains(char::is_control) {
            Ok(Self(name.to_owned()))
        } else {
            Err(KeyError::Name(name.to_owned()))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A public key with its name: what anybody needs to check a log's signatures.
///
/// Shown in the encoding `<name>+<key id>+<base64>`.
#[derive(Clone)]
pub struct VerifierKey {
    name: Origin,
    encoded: String,
    /// Boxed: it holds a decompressed curve point, and errors carry keys about.
    verifier: Box<StandardVerifier>,
}

impl VerifierKey {
    /// Reads a verifier key, taking only its one spelling.
    ///
    /// # Errors
    ///
    /// If the text is no such key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let verifier = StandardVerifier::new(text).map_err(|_| KeyError::Verifier)?;
        let name = Origin::new(verifier.name())?;
        // `+` is also a digit of base64, so the parts are counted from the front.
        let mut parts = text.splitn(3, '+').skip(1);
        let (id, base64) = parts.next().zip(parts.next()).ok_or(KeyError::Verifier)?;
        let one_spelling = id == format!("{:08x}", verifier.key_id())
            && BASE64_STANDARD
                .decode(base64)
                .is_ok_and(|bytes| BASE64_STANDARD.encode(bytes) == base64);
        if !one_spelling {
            return Err(KeyError::Verifier);
        }
        Ok(Self { name, encoded: text.to_owned(), verifier: Box::new(verifier) })
    }

    /// The name: the origin of the log that the key signs for.
    pub fn name(&self) -> &Origin {
        &self.name
    }

    /// The encoded key.
    pub fn as_str(&self) -> &str {
        &self.encoded
    }

    /// Whether the key signed a statement: its Ed25519 signature, 64 bytes in base64.
    pub fn has_signed(&self, statement: &str, signature: &str) -> bool {
        BASE64_STANDARD
            .decode(signature)
            .is_ok_and(|signature| self.verifier.verify(statement.as_bytes(), &signature))
    }

    /// The 32 bytes of the public key, by which the same key is known in another role.
    pub fn public(&self) -> Option<[u8; 32]> {
        let base64 = self.encoded.splitn(3, '+').nth(2)?;
        BASE64_STANDARD.decode(base64).ok()?.get(1..)?.try_into().ok()
    }

    /// The verifier, for [`signed_note`].
    pub(crate) fn verifier(&self) -> &StandardVerifier {
        &self.verifier
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.encoded)
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({})", self.encoded)
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &Self) -> bool {
        self.encoded == other.encoded
    }
}

impl Eq for VerifierKey {}

/// A private key with its name. Never shown: [`fmt::Debug`] leaves it out.
pub struct LogKey {
    signer: StandardSigner,
    verifier: VerifierKey,
    encoded: String,
}

impl LogKey {
    /// Makes the key of a 32-byte seed (RFC 8032, section 5.1.5), which must come from a
    /// cryptographic source.
    ///
    /// # Errors
    ///
    /// If the name can't name a key.
    pub fn from_seed(name: &Origin, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = [&[ED25519], secret.verifying_key().as_bytes().as_slice()].concat();
        let private = [&[ED25519], seed.as_slice()].concat();
        Self::parse(&format!(
            "PRIVATE+KEY+{name}+{:08x}+{}",
            key_id(name.as_str(), &public),
            BASE64_STANDARD.encode(private)
        ))
    }

    /// Reads a signing key (`PRIVATE+KEY+<name>+<key id>+<base64>`).
    ///
    /// # Errors
    ///
    /// If the text is no such key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let signer = StandardSigner::new(text).map_err(|_| KeyError::Signing)?;
        let base64 = text.splitn(5, '+').nth(4).ok_or(KeyError::Signing)?;
        let private = BASE64_STANDARD.decode(base64).map_err(|_| KeyError::Signing)?;
        let seed: &[u8; 32] =
            private.get(1..).and_then(|seed| seed.try_into().ok()).ok_or(KeyError::Signing)?;
        let public = SigningKey::from_bytes(seed).verifying_key();
        let verifier = VerifierKey::parse(&new_ed25519_verifier_key(signer.name(), &public))?;
        Ok(Self { signer, verifier, encoded: text.to_owned() })
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The private key's text, for the file that keeps it.
    pub fn secret_text(&self) -> &str {
        &self.encoded
    }

    /// Signs a statement that is no note: its Ed25519 signature in base64. What it says must begin
    /// with words that no other use of the key has.
    pub fn sign_statement(&self, statement: &str) -> String {
        // Ed25519 signing has no failure; the trait allows for one.
        BASE64_STANDARD.encode(self.signer.sign(statement.as_bytes()).unwrap_or_default())
    }

    /// The signer, for [`signed_note`].
    pub(crate) fn signer(&self) -> &StandardSigner {
        &self.signer
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogKey(of {})", self.verifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_round_trip_and_have_one_spelling() {
        let key = LogKey::from_seed(&Origin::new("desk.example").unwrap(), &[7; 32]).unwrap();
        let text = key.verifier().to_string();
        assert_eq!(VerifierKey::parse(&text).unwrap(), *key.verifier());
        assert_eq!(LogKey::parse(key.secret_text()).unwrap().verifier(), key.verifier());
        for other in
            [format!("{text}="), text.replacen("+2c", "+2C", 1), text.replacen('A', "B", 1)]
        {
            assert_ne!(other, text);
            assert_eq!(VerifierKey::parse(&other), Err(KeyError::Verifier), "{other}");
        }
        assert!(!format!("{key:?}").contains("PRIVATE"));
    }

    #[test]
    fn names_are_checked() {
        for bad in ["", "a b", "a+b", "a\u{A0}b", "a\nb", "a\u{7}b"] {
            assert!(Origin::new(bad).is_err(), "{bad:?}");
        }
    }
}
