//! What a reader gives: the visible blocks of a file, in order, and what its format claims.

use crate::credit::role::Role;

/// A file, taken apart by a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The visible blocks of text, in order.
    pub blocks: Vec<Block>,
    /// What the format says about the text beside showing it.
    pub claims: Vec<Claim>,
    /// Which reader took it apart.
    pub reader: Reader,
}

/// A visible block of text: a heading, a paragraph, a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The text. White space is as read.
    pub text: String,
    /// What the format marks it as, if it does.
    pub mark: Option<Mark>,
}

/// What a format marks a block as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mark {
    /// The headline.
    Headline,
    /// A byline.
    Byline,
    /// Where and when it was filed, apart from the first paragraph.
    Dateline,
    /// A paragraph of the body.
    Body,
}

/// Something a format says about a text, such as "its language is French".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub value: String,
    /// Where in the file it stands, in the format's own terms (`headlines[0].value`).
    pub place: String,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// The language, as a tag.
    Language,
    /// The article's id.
    Id,
    /// Its canonical URL.
    Url,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
    /// Who published it.
    Publisher,
    /// Who has a role in it: names as written, split by nobody yet.
    Credit(Role),
    /// A line of credits, in words.
    CreditLine,
    /// What it was translated from: a URL or an id.
    TranslationOf,
    /// The same article in another language: its tag, a space, its URL.
    Alternate,
    /// What was corrected, in words.
    Correction,
    /// A manifest embedded in the text, which was kept out of the blocks.
    Manifest,
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Language => "language",
            Self::Id => "id",
            Self::Url => "url",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Publisher => "publisher",
            Self::Credit(role) => role.as_str(),
            Self::CreditLine => "credit line",
            Self::TranslationOf => "translation of",
            Self::Alternate => "language version",
            Self::Correction => "correction",
            Self::Manifest => "manifest",
        })
    }
}

/// Which reader took a file apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Its name: the format.
    pub name: &'static str,
    /// Its version. A new one may find other blocks in the same bytes.
    pub version: u32,
    /// Its settings, where they weren't the usual ones.
    pub settings: Vec<String>,
    /// The character encoding.
    pub encoding: String,
}

impl Document {
    /// The first claim about a subject.
    pub fn claim(&self, subject: Subject) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.subject == subject)
    }
}
