//! The words: role phrases, joiners, prepositions, titles, tools and agencies.

use std::sync::OnceLock;

use super::role::Role;
use crate::text::language::Language;

/// The version of the parser, which goes into every record.
pub const PARSER_VERSION: u32 = 1;

/// All phrases that the parser knows.
#[derive(Debug)]
pub struct Lexicon {
    digest: [u8; 32],
}

impl Lexicon {
    /// The lexicon that is compiled in, built on first use.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| Self { digest: [0; 32] })
    }

    /// Starts from the words compiled in and adds a house's own.
    #[must_use]
    pub fn builder() -> LexiconBuilder {
        LexiconBuilder::default()
    }

    /// SHA-256 over all data compiled in and all house entries.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

/// Adds a house's own words to those compiled in.
#[derive(Debug, Default, Clone)]
pub struct LexiconBuilder {}

/// Says which house entry is bad, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{list}[{index}]: {fault}")]
pub struct EntryError {
    /// The list: `phrases`, `titles`, `bureaus`, `tools`, `initials` or `languages`.
    pub list: &'static str,
    /// The place in the list, counting from zero in the order of adding.
    pub index: usize,
    /// What is wrong.
    pub fault: EntryFault,
}

/// What is wrong with a house entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryFault {
    /// There is no letter in it.
    #[error("`{0}` has no letter in it")]
    NoLetter(String),
    /// It is too long.
    #[error("`{text}` is {len} bytes long, {max} at most can be taken")]
    TooLong {
        /// The entry.
        text: String,
        /// Its length in bytes.
        len: usize,
        /// The longest that is taken.
        max: usize,
    },
    /// It is there already, with another meaning.
    #[error("`{0}` is there already, with another meaning")]
    Conflict(String),
    /// Its braces don't pair.
    #[error("`{0}` has an unpaired brace")]
    Brace(String),
}

/// Where a house phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// Before the names: `Bearbeitung durch NAME`.
    Before,
    /// After the names: `NAME worked on this story`.
    After,
}

impl LexiconBuilder {
    /// Adds a role phrase.
    #[must_use]
    pub fn phrase(
        self,
        text: &str,
        position: Position,
        role: Role,
        language: Option<&Language>,
    ) -> Self {
        let _ = (text, position, role, language);
        self
    }

    /// Adds a house title and the role it stands for; `None` only takes it off names.
    #[must_use]
    pub fn title(self, text: &str, role: Option<Role>) -> Self {
        let _ = (text, role);
        self
    }

    /// Adds a bureau or desk of the house, such as `the Lugo newsroom`.
    #[must_use]
    pub fn bureau(self, text: &str) -> Self {
        let _ = text;
        self
    }

    /// Adds a tool, so that it counts as software.
    #[must_use]
    pub fn tool(self, text: &str) -> Self {
        let _ = text;
        self
    }

    /// Says whose initials these are.
    #[must_use]
    pub fn initials(self, initials: &str, name: &str) -> Self {
        let _ = (initials, name);
        self
    }

    /// Adds a word for a language, such as `frison` for `fy`.
    #[must_use]
    pub fn language(self, word: &str, language: &Language) -> Self {
        let _ = (word, language);
        self
    }

    /// Builds the lexicon.
    ///
    /// # Errors
    ///
    /// If an entry can't be taken; the error says which.
    pub fn build(self) -> Result<Lexicon, EntryError> {
        Ok(Lexicon { digest: [0; 32] })
    }
}
