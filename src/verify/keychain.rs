//! Which keys follow a pinned one, by `key` records that both keys signed.
//!
//! A rotation is believed because the old key signed it, not because it is in the log: so it can be
//! followed before the checkpoint that the new key signs is checked.

use crate::log::key::VerifierKey;
use crate::record::fields::Record;
use crate::record::source::KeyChange;

/// The line by which a `key` record is known without reading it as TOML.
const MARK: &[u8] = b"\nevent = \"key\"\n";

/// How far into a record the line stands at most: after its header, format and time.
const MARK_WITHIN: usize = 128;

/// The keys that a log was and is signed with, as far as they were followed.
#[derive(Debug, Clone)]
pub struct Keychain {
    newest: VerifierKey,
    older: Vec<VerifierKey>,
}

impl Keychain {
    /// Begins with a pinned key.
    pub fn new(pinned: VerifierKey) -> Self {
        Self { newest: pinned, older: Vec::new() }
    }

    /// Takes the next record of the log, in order; follows it if it is a rotation from the newest
    /// key to another of the same name, signed by both.
    pub fn record(&mut self, bytes: &[u8]) {
        let head = bytes.get(..MARK_WITHIN.min(bytes.len())).unwrap_or_default();
        if !head.windows(MARK.len()).any(|window| window == MARK) {
            return;
        }
        let change = Record::decode(bytes).ok().and_then(|record| record.key);
        if let Some(next) = change.as_ref().and_then(|change| successor(&self.newest, change)) {
            self.older.push(std::mem::replace(&mut self.newest, next));
        }
    }

    /// The key that was followed to.
    pub fn newest(&self) -> &VerifierKey {
        &self.newest
    }

    /// The keys, newest first.
    pub fn keys(&self) -> impl Iterator<Item = &VerifierKey> {
        std::iter::once(&self.newest).chain(self.older.iter().rev())
    }

    /// Whether a key is the pinned one or was followed to.
    pub fn holds(&self, key: &str) -> bool {
        self.keys().any(|held| held.as_str() == key)
    }
}

/// The key that a rotation leads to from `current`; `None` unless both keys signed it.
fn successor(current: &VerifierKey, change: &KeyChange) -> Option<VerifierKey> {
    let new = VerifierKey::parse(&change.new).ok()?;
    let statement = KeyChange::statement(current.name().as_str(), &change.old, &change.new);
    let signed = change.old == current.as_str()
        && new.name() == current.name()
        && current.has_signed(&statement, &change.old_signature)
        && new.has_signed(&statement, &change.new_signature);
    signed.then_some(new)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::log::key::{LogKey, Origin};
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
        chain.record(&rotation(&key(2), &key(3), &key(2)));
        assert_eq!(chain.newest(), key(1).verifier(), "not from the newest key");
        chain.record(&rotation(&key(1), &key(2), &key(1)));
        chain.record(&rotation(&key(2), &key(3), &key(2)));
        assert_eq!(chain.newest(), key(3).verifier());
        assert!(chain.holds(key(2).verifier().as_str()));
    }

    #[test]
    fn nobody_else_can_rotate() {
        let mut chain = Keychain::new(key(1).verifier().clone());
        chain.record(&rotation(&key(1), &key(2), &key(2)));
        assert_eq!(chain.newest(), key(1).verifier());
    }
}
