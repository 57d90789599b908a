//! Credits and credit lines, as a record states them.

use serde::Deserialize;

use crate::article::reconcile::From;
use crate::credit::role::{Kind, Role};
use crate::text::digest::Digest;
use crate::text::language::Language;

/// A credit line: what the article itself says of who made it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditLine {
    /// The line, as read.
    pub text: Option<String>,
    /// In its place: the commitment to it.
    pub text_sealed: Option<Digest>,
}

/// One person or body in one role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// The role.
    pub role: Role,
    /// The name as written.
    pub name: Option<String>,
    /// In its place: the commitment to it.
    pub name_sealed: Option<Digest>,
    /// What bears the name.
    pub kind: Kind,
    /// Whether the name is given by initials ("bur-abc/def").
    #[serde(default)]
    pub initials: bool,
    /// The place that the line gives.
    pub place: Option<String>,
    /// The language version worked on.
    pub language: Option<Language>,
    /// The language translated from.
    pub source_language: Option<Language>,
    /// Where the credit was found.
    pub from: From,
    /// For `from` = `line`: the number of the credit line, from 1.
    pub line: Option<u32>,
    /// The bytes of the name in the line or byline, start and end.
    pub name_span: Option<[u32; 2]>,
    /// The bytes of the phrase that gives the role, likewise.
    pub phrase_span: Option<[u32; 2]>,
}

impl Credit {
    /// The name, or how a sealed one is shown.
    pub fn shown_name(&self) -> String {
        match (&self.name, &self.name_sealed) {
            (Some(name), _) => name.clone(),
            (None, Some(sealed)) => {
                format!("[sealed {}]", sealed.to_string().get(..8).unwrap_or_default())
            }
            (None, None) => String::new(),
        }
    }
}
