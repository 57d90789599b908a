//! Findings.

use crate::text::digest::Digest;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// How much a finding weighs, from least to most.
    Severity, "severity", {
        /// Good to know.
        Note = "note",
        /// To be looked at.
        Warning = "warning",
        /// Not in order.
        Error = "error",
    }
}

/// What a rule has to say of an article, before it is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub severity: Severity,
    /// The people it concerns, as credited.
    pub people: Vec<String>,
    /// What is known, and from where.
    pub message: String,
}

/// What a rule found in a version of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Names the finding from one run to the next: the same rule, version and message.
    pub id: String,
    /// The rule's id.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The article's id.
    pub article: String,
    /// The version's number, from 1.
    pub version: usize,
    /// The index of its record.
    pub index: u64,
    /// The leaf hash of its record.
    pub leaf: Digest,
    /// The people it concerns, as credited.
    pub people: Vec<String>,
    /// What is known, and from where.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// The id of a finding: the first 12 digits of a digest over what makes it the same finding.
pub fn id(rule: &str, article: &str, leaf: &Digest, message: &str) -> String {
    let parts = [rule, article, &leaf.to_string(), message].join("\n");
    let digest = Digest::labelled("siglum-finding-1", parts.as_bytes()).to_string();
    digest.chars().take(12).collect()
}
