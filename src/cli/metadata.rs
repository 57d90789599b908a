//! `--metadata FILE.json`: what a recorder states of an article, as a file.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::credit::role::{Kind, Role};
use crate::record::build;
use crate::record::credit::Credit;
use crate::record::event::Standing;
use crate::text::language::Language;
use crate::text::profile::Text;

/// The file: an object with the names of `record`'s flags. A flag that is given goes before it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Metadata {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) story: Option<String>,
    pub(super) language: Option<Language>,
    pub(super) standing: Option<Standing>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) observed_url: Option<String>,
    pub(super) translation_of: Option<String>,
    pub(super) source_file: Option<PathBuf>,
    pub(super) machine: Option<String>,
    pub(super) responsible: Option<String>,
    pub(super) credits: Vec<Stated>,
}

/// A credit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    role: Role,
    name: String,
    language: Option<Language>,
    kind: Option<Kind>,
}

impl Metadata {
    /// Reads the file's bytes; what is wrong with them in words.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let metadata: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        metadata.whole()
    }

    /// Reads it out of an object.
    pub(super) fn of(value: serde_json::Value) -> Result<Self, String> {
        let metadata: Self = serde_json::from_value(value).map_err(|error| error.to_string())?;
        metadata.whole()
    }

    /// The same, its files named from a directory.
    pub(super) fn beside(mut self, directory: &Path) -> Self {
        self.source_file = self.source_file.map(|path| directory.join(path));
        self
    }

    fn whole(self) -> Result<Self, String> {
        if self.has_empty() {
            return Err("a value is empty; leave it out".to_owned());
        }
        if self.source_file.is_some() && self.translation_of.is_none() {
            return Err("`source_file` is the text of what `translation_of` names".to_owned());
        }
        Ok(self)
    }

    fn has_empty(&self) -> bool {
        let texts = [
            &self.id,
            &self.url,
            &self.story,
            &self.publisher,
            &self.published,
            &self.observed_url,
            &self.translation_of,
            &self.machine,
            &self.responsible,
        ];
        let names = self.credits.iter().map(|credit| &credit.name);
        let mut all = texts.into_iter().flatten().chain(&self.aliases).chain(names);
        all.any(|text| Text::new(text).is_empty())
    }
}

impl Stated {
    /// As a record has it.
    pub(super) fn credit(self) -> Credit {
        let name = Text::new(&self.name).as_str().to_owned();
        let kind = self.kind.unwrap_or(Kind::Person);
        Credit { language: self.language, ..build::operator_credit(self.role, name, kind) }
    }
}
