//! `[credit]`: a house's own words for the credit parser.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::place::ConfigError;
use crate::credit::lexicon::{Lexicon, LexiconBuilder, Position};
use crate::credit::role::Role;
use crate::text::language::Language;

/// The table as it stands in the file.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CreditTable {
    phrases: Vec<Phrase>,
    titles: BTreeMap<Spanned<String>, Role>,
    honorifics: Vec<Spanned<String>>,
    bureaus: Vec<Spanned<String>>,
    tools: Vec<Spanned<String>>,
    initials: BTreeMap<Spanned<String>, String>,
    languages: BTreeMap<Spanned<String>, Language>,
}

/// A role phrase.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    text: Spanned<String>,
    role: Role,
    #[serde(default)]
    position: Stands,
    language: Option<Language>,
}

/// Where a phrase stands.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Stands {
    /// Before the names.
    #[default]
    Before,
    /// After them.
    After,
}

impl CreditTable {
    /// Adds the house's words to those compiled in; `None` where it has none of its own.
    ///
    /// # Errors
    ///
    /// If an entry can't be taken, with its place in `text`.
    pub(super) fn lexicon(&self, text: &str) -> Result<Option<Lexicon>, ConfigError> {
        let mut adding = Adding { builder: Lexicon::builder(), places: HashMap::new(), any: false };
        for phrase in &self.phrases {
            let position = match phrase.position {
                Stands::Before => Position::Before,
                Stands::After => Position::After,
            };
            adding.add("phrases", &phrase.text, |builder, text| {
                builder.phrase(text, position, phrase.role, phrase.language.as_ref())
            });
        }
        for (title, role) in &self.titles {
            adding.add("titles", title, |builder, text| builder.title(text, *role));
        }
        for title in &self.honorifics {
            adding.add("titles", title, LexiconBuilder::bare_title);
        }
        for bureau in &self.bureaus {
            adding.add("bureaus", bureau, LexiconBuilder::bureau);
        }
        for tool in &self.tools {
            adding.add("tools", tool, LexiconBuilder::tool);
        }
        for (initials, name) in &self.initials {
            adding.add("initials", initials, |builder, text| builder.initials(text, name));
        }
        for (word, language) in &self.languages {
            adding.add("languages", word, |builder, text| builder.language(text, language));
        }
        adding.build(text)
    }
}

/// A lexicon in the making, and where each of its entries stands in the file.
struct Adding {
    builder: LexiconBuilder,
    places: HashMap<&'static str, Vec<Range<usize>>>,
    any: bool,
}

impl Adding {
    fn add(
        &mut self,
        list: &'static str,
        entry: &Spanned<String>,
        add: impl FnOnce(LexiconBuilder, &str) -> LexiconBuilder,
    ) {
        self.any = true;
        self.places.entry(list).or_default().push(entry.span());
        self.builder = add(std::mem::take(&mut self.builder), entry.get_ref());
    }

    fn build(self, text: &str) -> Result<Option<Lexicon>, ConfigError> {
        if !self.any {
            return Ok(None);
        }
        self.builder.build().map(Some).map_err(|error| {
            let places = self.places.get(error.list);
            let place = places.and_then(|places| places.get(error.index));
            let offset = place.map_or(0, |place| place.start);
            ConfigError::at(text, offset, format!("[credit] {error}"))
        })
    }
}
