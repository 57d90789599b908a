//! What a graph was asked for that it does not have, where it has a part of its log.
//!
//! Who decides about an article asks for it, for what has its names, for its sources. Nobody needs to
//! know beforehand what that will be: it is asked, what is missing is fetched, and it is asked again.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

/// Something that a graph was asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// The article with an id or alias.
    Article(String),
    /// The record with an index.
    Record(u64),
    /// The records whose leaf hash begins with these hexadecimal digits.
    Leaf(String),
    /// The record that was made for a request.
    Request(String),
}

/// Notes what was asked for in vain, and which records are here.
#[derive(Debug, Default)]
pub(super) struct Notes {
    asked: Mutex<BTreeSet<Asked>>,
    pub(super) here: HashSet<u64>,
}

impl Notes {
    pub(super) fn note(&self, asked: Asked) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(asked);
    }

    pub(super) fn take(&mut self) -> BTreeSet<Asked> {
        std::mem::take(self.asked.get_mut().unwrap_or_else(PoisonError::into_inner))
    }
}
