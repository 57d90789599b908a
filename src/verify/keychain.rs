//! Which keys follow a pinned one, by `key` records that both keys signed.
//!
//! A rotation is believed because the old key signed it, not because it is in the log: so it can be
//! followed before the checkpoint that the new key signs is checked.

use crate::log::checkpoint::SignedCheckpoint;
use crate::log::key::VerifierKey;
use crate::record::fields::Record;
use crate::record::source::KeyChange;

/// The line by which a `key` record is known without reading it as TOML: the fourth, after its header,
/// format and time.
const MARK: &[u8] = b"\nevent = \"key\"\n";

/// Whether a record is a `key` record, by its looks.
pub fn is_key(bytes: &[u8]) -> bool {
    let third = memchr::memchr_iter(b'\n', bytes).nth(2);
    third.and_then(|end| bytes.get(end..)).is_some_and(|rest| rest.starts_with(MARK))
}

/// The keys that a log was and is signed with, as far as they lead to a pinned one or from it.
#[derive(Debug, Clone)]
pub struct Keychain {
    pinned: VerifierKey,
    /// Every rotation that both its keys signed, in log order.
    rotations: Vec<Rotation>,
}

#[derive(Debug, Clone)]
struct Rotation {
    /// The record's index: the old key signs no checkpoint that covers it, but along with the new.
    index: u64,
    old: VerifierKey,
    new: VerifierKey,
}

impl Keychain {
    /// Begins with a pinned key.
    pub fn new(pinned: VerifierKey) -> Self {
        Self { pinned, rotations: Vec::new() }
    }

    /// Takes a record of the log, in order, and keeps it if it is a rotation between two
    /// keys of the log's name, signed by both.
    pub fn record(&mut self, index: u64, bytes: &[u8]) {
        let change = Record::decode(bytes).ok().and_then(|record| record.key);
        let keys = change.as_ref().and_then(|change| rotation(&self.pinned, change));
        self.rotations.extend(keys.map(|(old, new)| Rotation { index, old, new }));
    }

    /// The key that the pinned one's rotations lead to.
    pub fn newest(&self) -> &VerifierKey {
        let mut key = &self.pinned;
        for Rotation { old, new, .. } in &self.rotations {
            if key == old {
                key = new;
            }
        }
        key
    }

    /// The key that the newest one took the place of, where no checkpoint of `signed` records covers
    /// that yet: the next checkpoint is to be signed by both.
    pub fn unsigned_rotation(&self, signed: u64) -> Option<&VerifierKey> {
        let newest = self.newest();
        let last = self.rotations.iter().rev().find(|rotation| rotation.new == *newest)?;
        (last.index >= signed).then_some(&last.old)
    }

    /// The keys, newest first: those that the pinned key leads to, itself, and those that led to it.
    /// The newer key of a rotation signed it too, and so vouches for the older.
    ///
    /// With each key the most records that a checkpoint it signed alone can cover; `None` for the
    /// newest, which has no end yet.
    fn keys(&self) -> Vec<(&VerifierKey, Option<u64>)> {
        let mut chain = vec![(self.newest(), None)];
        for Rotation { index, old, new } in self.rotations.iter().rev() {
            if chain.last().is_some_and(|(key, _)| *key == new) {
                chain.push((old, Some(*index)));
            }
        }
        chain
    }

    /// Reads a checkpoint that one of the keys signed, in its time.
    pub fn verify(&self, note: &[u8]) -> Option<SignedCheckpoint> {
        self.keys().into_iter().find_map(|(key, until)| {
            let signed = SignedCheckpoint::verify(note, key).ok()?;
            until.is_none_or(|until| signed.size() <= until).then_some(signed)
        })
    }

    /// Whether a key leads to the pinned one, or the pinned one to it.
    pub fn holds(&self, key: &str) -> bool {
        self.keys().iter().any(|(held, _)| held.as_str() == key)
    }
}

/// The two keys of a rotation, if they have the log's name and both signed it.
fn rotation(pinned: &VerifierKey, change: &KeyChange) -> Option<(VerifierKey, VerifierKey)> {
    let (old, new) = (VerifierKey::parse(&change.old).ok()?, VerifierKey::parse(&change.new).ok()?);
    let statement = KeyChange::statement(pinned.name().as_str(), &change.old, &change.new);
    let signed = old.name() == pinned.name()
        && new.name() == pinned.name()
        && old.has_signed(&statement, &change.old_signature)
        && new.has_signed(&statement, &change.new_signature);
    signed.then_some((old, new))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{KeyChange, Keychain, Record};
    use crate::log::checkpoint::Checkpoint;
    use crate::log::key::{LogKey, Origin};
    use crate::log::tree;
    use crate::record::event::Event;
    use crate::record::time::Timestamp;

    fn key(seed: u8) -> LogKey {
        LogKey::from_seed(&Origin::new("desk.example").unwrap(), &[seed; 32]).unwrap()
    }

    fn rotation(old: &LogKey, new: &LogKey, by: &LogKey) -> Vec<u8> {
        let (from, to) = (old.verifier().as_str(), new.verifier().as_str());
        let statement = KeyChange::statement("desk.example", from, to);
        let mut record = Record::new(Event::Key, Timestamp::new(DateTime::UNIX_EPOCH));
        record.key = Some(KeyChange {
            old: from.to_owned(),
            new: to.to_owned(),
            old_signature: by.sign_statement(&statement),
            new_signature: new.sign_statement(&statement),
        });
        record.encode().unwrap()
    }

    #[test]
    fn rotations_are_followed_in_order() {
        let mut chain = Keychain::new(key(1).verifier().clone());
        chain.record(1, &rotation(&key(2), &key(3), &key(2)));
        assert_eq!(chain.newest(), key(1).verifier(), "not from the newest key");
        chain.record(2, &rotation(&key(1), &key(2), &key(1)));
        chain.record(3, &rotation(&key(2), &key(3), &key(2)));
        assert_eq!(chain.newest(), key(3).verifier());
        assert!(chain.holds(key(2).verifier().as_str()));
        let mut pinned_late = Keychain::new(key(3).verifier().clone());
        pinned_late.record(4, &rotation(&key(1), &key(2), &key(1)));
        pinned_late.record(5, &rotation(&key(2), &key(3), &key(2)));
        assert!(pinned_late.holds(key(1).verifier().as_str()));
        assert!(!pinned_late.holds(key(4).verifier().as_str()));
    }

    #[test]
    fn an_old_key_signs_nothing_that_covers_its_rotation() {
        let mut chain = Keychain::new(key(1).verifier().clone());
        chain.record(5, &rotation(&key(1), &key(2), &key(1)));
        let signed = |size, keys: &[&LogKey]| {
            let origin = Origin::new("desk.example").unwrap();
            let note = Checkpoint { origin, size, root: tree::leaf_hash(b"x") }.sign_with(keys);
            note.unwrap().as_bytes().to_vec()
        };
        assert!(chain.verify(&signed(5, &[&key(1)])).is_some());
        assert!(chain.verify(&signed(6, &[&key(1)])).is_none());
        assert!(chain.verify(&signed(6, &[&key(1), &key(2)])).is_some());
        assert!(chain.verify(&signed(6, &[&key(2)])).is_some());
        assert!(chain.verify(&signed(6, &[&key(3)])).is_none());
        assert_eq!(chain.unsigned_rotation(5), Some(key(1).verifier()));
        assert_eq!(chain.unsigned_rotation(6), None);
    }

    #[test]
    fn nobody_else_can_rotate() {
        let mut chain = Keychain::new(key(1).verifier().clone());
        chain.record(6, &rotation(&key(1), &key(2), &key(2)));
        assert_eq!(chain.newest(), key(1).verifier());
    }
}
