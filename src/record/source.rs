//! What a text was made from and by what: sources, machines, reviews; and the log's own events.

use serde::Deserialize;

use super::event::{Erased, Outcome, ReviewKind};
use crate::text::digest::Digest;

/// A source of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// How the article calls it ("Original article").
    pub label: Option<String>,
    /// Where it is: a URL, or an id in the log.
    pub target: Option<String>,
    /// For a source in a log: the leaf hash of the record of the version used.
    pub leaf: Option<Digest>,
    /// For one in another log: that log's origin.
    pub log: Option<String>,
    /// And the verifier key that its checkpoints are checked with.
    pub verifier: Option<String>,
    /// For a source outside any log: the `text-1` digest of its body.
    pub digest: Option<Digest>,
}

impl Source {
    /// Whether its recorder states it: one that the article itself names has a label.
    pub fn is_stated(&self) -> bool {
        self.label.is_none()
    }

    /// Whether it says which version was used, and not only where one is.
    pub fn is_pinned(&self) -> bool {
        self.leaf.is_some() || self.digest.is_some()
    }
}

/// A machine that took part. Without a tool: some machine did, the article doesn't say which.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The tool's name.
    pub tool: Option<String>,
    /// Its version.
    pub version: Option<String>,
}

/// A person's review of a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who reviewed.
    pub by: Option<String>,
    /// In its place: the commitment to the name.
    pub by_sealed: Option<Digest>,
    /// What was reviewed of it.
    pub kind: ReviewKind,
    /// How it ended.
    pub outcome: Outcome,
    /// The `text-1` digest of the body that was reviewed.
    pub body: Digest,
    /// The `text-1` digest of the source's body that it was reviewed against.
    pub source: Option<Digest>,
}

/// A change of the log's key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyChange {
    /// The verifier key until now.
    pub old: String,
    /// The verifier key from now on.
    pub new: String,
    /// The old key's signature over [`KeyChange::statement`], base64.
    pub old_signature: String,
    /// The new key's signature over it, base64.
    pub new_signature: String,
}

impl KeyChange {
    /// What both keys sign, separated from all else they sign by its first line.
    pub fn statement(origin: &str, old: &str, new: &str) -> String {
        format!("siglum-key-1\n{origin}\n{old}\n{new}\n")
    }
}

/// The erasure of something kept beside the log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// What was erased.
    pub what: Erased,
    /// The digest that named it: of the text, or the commitment.
    pub digest: Digest,
}
