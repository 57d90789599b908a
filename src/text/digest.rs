//! SHA-256 digests of texts and files.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits (what `sha256sum` prints).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

/// What [`HALVES`] has for what is no digit: more than four bits.
const NO_DIGIT: u8 = 0x80;

/// The value of each byte that is a lower-case hexadecimal digit.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling")]
const HALVES: [u8; 256] = {
    let mut halves = [NO_DIGIT; 256];
    let mut digit: u8 = 0;
    while digit < 16 {
        let byte = if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
        halves[byte as usize] = digit;
        digit += 1;
    }
    halves
};

/// Says why a string is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{0}` is not a digest of 64 lower-case hexadecimal digits")]
pub struct DigestError(String);

impl Digest {
    /// Takes the 32 bytes of a digest made elsewhere.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest of bytes as they are: SHA-256(`bytes`).
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of `text` under a label: SHA-256(`label` ‖ 0x00 ‖ `text`).
    ///
    /// The label keeps digests of one purpose from being taken for another's.
    pub fn labelled(label: &str, text: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(label.as_bytes());
        hash.update([0]);
        hash.update(text);
        Self(hash.finalize().into())
    }

    /// Whether it is written with these digits at its beginning.
    pub fn begins_with(&self, digits: &str) -> bool {
        let halves = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let asked = digits.bytes().map(|byte| HALVES.get(usize::from(byte)).copied());
        digits.len() <= 64 && halves.zip(asked).all(|(half, digit)| digit == Some(half))
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not by `write!`: records hold dozens of digests, and formatting each byte takes longer than
        // all else that is done with them.
        let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' - 10 + half };
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        f.write_str(std::str::from_utf8(&hex).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(hex: &str) -> Result<Self, Self::Err> {
        let bad = || DigestError(hex.chars().take(80).collect());
        // Branches on digits are as good as random, so there are none: what is no digit is found at
        // the end, by the bits that none has.
        let digit = |byte: u8| HALVES.get(usize::from(byte)).copied().unwrap_or(NO_DIGIT);
        if hex.len() != 64 {
            return Err(bad());
        }
        let (mut bytes, mut all) = ([0; 32], 0);
        for (slot, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            let [high, low] = pair else { return Err(bad()) };
            let (high, low) = (digit(*high), digit(*low));
            all |= high | low;
            *slot = high << 4 | low;
        }
        if all >= NO_DIGIT { Err(bad()) } else { Ok(Self(bytes)) }
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Hex)
    }
}

/// Reads a digest without a string of its own: records hold dozens.
struct Hex;

impl Visitor<'_> for Hex {
    type Value = Digest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest of 64 lower-case hexadecimal digits")
    }

    fn visit_str<E: de::Error>(self, hex: &str) -> Result<Digest, E> {
        hex.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trips_and_has_one_spelling() {
        let digest = Digest::of_bytes(b"abc");
        let hex = digest.to_string();
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(digest.begins_with("") && digest.begins_with("ba781") && digest.begins_with(&hex));
        for other in ["ba780", "BA78", "ba78g", "é", &format!("{hex}0")] {
            assert!(!digest.begins_with(other), "{other}");
        }
        assert_eq!(hex.parse(), Ok(digest));
        assert!(hex.to_uppercase().parse::<Digest>().is_err());
        assert!(hex[1..].parse::<Digest>().is_err());
    }
}
