//! Sealed values: a commitment stands in the record, its opening lies outside the log.
//!
//! A name can so be erased, by destroying the opening, and the log still verifies. The salt makes
//! the value unguessable from the commitment.

use sha2::{Digest as _, Sha256};

use crate::text::digest::Digest;

/// What separates a commitment from every other use of SHA-256 here.
pub const LABEL: &str = "siglum-seal-1";

/// The commitment to a value: SHA-256(`siglum-seal-1` ‖ 0x00 ‖ 32-byte salt ‖ value).
pub fn commit(salt: &[u8; 32], value: &str) -> Digest {
    let mut hash = Sha256::new();
    hash.update(LABEL.as_bytes());
    hash.update([0]);
    hash.update(salt);
    hash.update(value.as_bytes());
    Digest::from_bytes(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by another program from the rule alone.
    #[test]
    fn a_commitment_is_the_hash_of_label_salt_and_value() {
        assert_eq!(
            commit(&[1; 32], "Ada Prell").to_string(),
            "3949a20310c2cbb6a820a3e12a300e5528e99cc54450ebc55b280acf77214123"
        );
    }

    #[test]
    fn salt_and_value_both_matter() {
        let sealed = commit(&[1; 32], "Ada Prell");
        assert_ne!(sealed, commit(&[2; 32], "Ada Prell"));
        assert_ne!(sealed, commit(&[1; 32], "Ada Prel"));
    }
}
