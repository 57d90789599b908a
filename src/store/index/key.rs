//! What records are found by.

use sha2::{Digest as _, Sha256};

use crate::lineage::late;
use crate::record::fields::Record;
use crate::text::digest::Digest;
use crate::text::profile::Text;
use crate::verify::quote;

/// What a key is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// An article's id or alias.
    Article = 1,
    /// A record's leaf hash.
    Leaf,
    /// The digest of a body.
    Body,
    /// The digest of a paragraph, or of a run of them.
    Paragraph,
    /// The leaf hash, or the id, of a source: the records that name it.
    Citation,
    /// A request's id.
    Request,
    /// What was erased, by the digest that named it.
    Erasure,
    /// A change of the log's key.
    KeyChange,
    /// A credited name, in canonical form.
    Person,
    /// A body whose text was not kept when its record was indexed.
    NoText,
    /// A fingerprint of a kept text ([`quote::fingerprints`]).
    Passage,
    /// A record of a newer format, of which nothing else is known.
    Newer,
}

/// A key: its kind, then seven bytes.
///
/// Those of a digest are its first, so that a range of keys is a prefix; of anything else, the first
/// of its SHA-256. Two things may come to the same key, which costs a look at a record that is not
/// meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub(super) u64);

/// How many hexadecimal digits of a digest a key has.
const DIGITS: usize = 14;

impl Key {
    fn new(kind: Kind, bytes: &[u8; 32]) -> Self {
        let mut key = [0; 8];
        key.copy_from_slice(&bytes[..8]);
        // The kind goes before: the eighth byte makes way for it.
        Self(u64::from(kind as u8) << 56 | u64::from_be_bytes(key) >> 8)
    }

    /// The key of a text, such as an id.
    pub fn text(kind: Kind, text: &str) -> Self {
        Self::new(kind, &Sha256::digest(text.as_bytes()).into())
    }

    /// The key of a digest.
    pub fn digest(kind: Kind, digest: &Digest) -> Self {
        Self::new(kind, digest.as_bytes())
    }

    /// The key of a credited name.
    pub fn person(name: &str) -> Self {
        Self::text(Kind::Person, Text::new(name).as_str())
    }

    /// The key of a fingerprint.
    pub fn fingerprint(fingerprint: u64) -> Self {
        Self(u64::from(Kind::Passage as u8) << 56 | fingerprint >> 8)
    }

    /// The only key of a kind that has but one.
    pub fn lone(kind: Kind) -> Self {
        Self::new(kind, &[0; 32])
    }

    /// The first and the last key of the digests that begin with some lower-case hexadecimal
    /// digits; `None` where that is not what they are.
    pub fn beginning(kind: Kind, digits: &str) -> Option<(Self, Self)> {
        let digits = digits.get(..digits.len().min(DIGITS))?;
        let fill = |with: &str| {
            let whole = format!("{digits}{}", with.repeat(DIGITS - digits.len()));
            u64::from_str_radix(&whole, 16).ok()
        };
        let kind = u64::from(kind as u8) << 56;
        Some((Self(kind | fill("0")?), Self(kind | fill("f")?)))
    }
}

/// All keys that a record is found by. `kept` gives the text of a body, where it is kept.
pub fn of_record(
    record: Option<&Record>,
    leaf: &Digest,
    kept: impl FnOnce(&Digest) -> Option<String>,
    mut each: impl FnMut(Key),
) {
    each(Key::digest(Kind::Leaf, leaf));
    let Some(record) = record else { return each(Key::lone(Kind::Newer)) };
    for id in record.article.iter().chain(&record.aliases) {
        each(Key::text(Kind::Article, id));
    }
    if let Some(request) = &record.request {
        each(Key::text(Kind::Request, request));
    }
    for leaf in record.sources.iter().filter_map(|source| source.leaf) {
        each(Key::digest(Kind::Citation, &leaf));
    }
    for target in record.sources.iter().filter_map(|source| source.target.as_deref()) {
        late::names(target).for_each(|id| each(Key::text(Kind::Citation, id)));
    }
    if let Some(text) = &record.text {
        each(Key::digest(Kind::Body, &text.body));
        for paragraph in &text.paragraphs {
            each(Key::digest(Kind::Paragraph, paragraph));
        }
        match kept(&text.body) {
            None => each(Key::lone(Kind::NoText)),
            Some(body) => {
                for print in quote::fingerprints(&Text::new(&body)) {
                    each(Key::fingerprint(print));
                }
            }
        }
    }
    for name in record.credits.iter().filter_map(|credit| credit.name.as_deref()) {
        each(Key::person(name));
    }
    if let Some(erasure) = &record.erasure {
        each(Key::digest(Kind::Erasure, &erasure.digest));
        each(Key::lone(Kind::Erasure));
    }
    if record.key.is_some() {
        each(Key::lone(Kind::KeyChange));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_range_of_keys() {
        let digest = Digest::of_bytes(b"a record");
        let (key, hex) = (Key::digest(Kind::Leaf, &digest), digest.to_string());
        for length in [0, 1, 8, 13, 14, 15, 64] {
            let (first, last) = Key::beginning(Kind::Leaf, &hex[..length]).unwrap();
            assert!(first <= key && key <= last, "{length}");
            assert_eq!(first == last, length >= DIGITS);
        }
        let (first, _) = Key::beginning(Kind::Body, "").unwrap();
        assert!(first > key, "kinds lie apart");
        assert_eq!(Key::beginning(Kind::Leaf, "not hexadecimal"), None);
    }
}
