//! Builds a lexicon from the lists compiled in and a house's own entries.

use std::collections::HashMap;

use super::Lexicon;
use super::entry::{Class, Roles};
use super::making::Making;
use super::share::MAX_PHRASE;
use crate::credit::role::Role;
use crate::text::language::Language;

/// Adds a house's own words to those compiled in.
#[derive(Debug, Default, Clone)]
pub struct LexiconBuilder {
    entries: Vec<House>,
}

#[derive(Debug, Clone)]
pub(super) struct House {
    pub(super) list: &'static str,
    pub(super) class: Class,
    pub(super) roles: Roles,
    pub(super) language: Option<Language>,
    pub(super) names: Option<Language>,
    pub(super) whose: Option<String>,
    pub(super) phrase: String,
}

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
    #[error("`{text}` is {len} bytes long, {MAX_PHRASE} at most can be taken")]
    TooLong {
        /// The entry.
        text: String,
        /// Its length in bytes.
        len: usize,
    },
    /// It is there already, with another meaning.
    #[error("`{0}` is there already, with another meaning")]
    Conflict(String),
    /// Its braces don't pair.
    #[error("`{0}` has an unpaired brace")]
    Brace(String),
    /// The lexicon has as many languages as it can.
    #[error("`{0}` is one language more than the 255 that a lexicon can have")]
    TooManyLanguages(Language),
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
        let class = match position {
            Position::Before => Class::Before,
            Position::After => Class::After,
        };
        self.add("phrases", class, Roles::one(role), language, text)
    }

    /// Adds a house title that is taken off names, with the role that it stands for.
    #[must_use]
    pub fn title(self, text: &str, role: Role) -> Self {
        self.add("titles", Class::Word, Roles::one(role), None, text)
    }

    /// Adds a house title that is taken off names and stands for no role.
    #[must_use]
    pub fn bare_title(self, text: &str) -> Self {
        self.add("titles", Class::Job, Roles::default(), None, text)
    }

    /// Adds a bureau or desk of the house, such as `Lugo newsroom`.
    #[must_use]
    pub fn bureau(self, text: &str) -> Self {
        self.add("bureaus", Class::Bureau, Roles::default(), None, text)
    }

    /// Adds a tool, so that it counts as software.
    #[must_use]
    pub fn tool(self, text: &str) -> Self {
        self.add("tools", Class::Tool, Roles::default(), None, text)
    }

    /// Says whose initials these are.
    #[must_use]
    pub fn initials(mut self, initials: &str, name: &str) -> Self {
        self = self.add("initials", Class::Initials, Roles::default(), None, initials);
        if let Some(last) = self.entries.last_mut() {
            last.whose = Some(name.to_owned());
        }
        self
    }

    /// Adds a word for a language, such as `frison` for `fy`.
    #[must_use]
    pub fn language(mut self, word: &str, language: &Language) -> Self {
        self = self.add("languages", Class::Language, Roles::one(Role::Translator), None, word);
        if let Some(last) = self.entries.last_mut() {
            last.names = Some(language.clone());
        }
        self
    }

    /// Builds the lexicon.
    ///
    /// # Errors
    ///
    /// If an entry can't be taken; the error says which.
    ///
    /// # Panics
    ///
    /// Never: the lists compiled in are read by a test.
    pub fn build(self) -> Result<Lexicon, EntryError> {
        let mut made = Making::of_lists();
        let mut counts: HashMap<&'static str, usize> = HashMap::new();
        for entry in self.entries {
            let index = counts.entry(entry.list).or_insert(0);
            let (list, at) = (entry.list, *index);
            *index += 1;
            made.take_house(entry).map_err(|fault| EntryError { list, index: at, fault })?;
        }
        Ok(made.finish())
    }

    fn add(
        mut self,
        list: &'static str,
        class: Class,
        roles: Roles,
        language: Option<&Language>,
        text: &str,
    ) -> Self {
        self.entries.push(House {
            list,
            class,
            roles,
            language: language.cloned(),
            names: None,
            whose: None,
            phrase: text.to_owned(),
        });
        self
    }
}
