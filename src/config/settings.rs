//! The settings, and how they are read. `default.toml` beside this file documents every key.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use toml::Spanned;

use super::audit::AuditTable;
use super::credit::CreditTable;
use super::people::{self, PersonTable};
use super::place::ConfigError;
use crate::audit::finding::Severity;
use crate::audit::policy::Policy;
use crate::audit::rule::{Files, House};
use crate::credit::lexicon::Lexicon;
use crate::lineage::stale::Texts;
use crate::log::cosign::{CosignerKey, Quorum};
use crate::log::key::{Origin, VerifierKey};
use crate::people::roster::Roster;
use crate::record::event::Standing;
use crate::text::language::Language;
use crate::text::vocabulary::vocabulary;

/// The settings of a workspace, in the form that the layers take.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The log's name.
    pub origin: Option<Origin>,
    /// The key that its checkpoints are checked with.
    pub verifier: Option<VerifierKey>,
    /// The witnesses that are trusted, and how many of them must have cosigned.
    pub quorum: Quorum,
    /// What holds where a call doesn't say otherwise.
    pub defaults: Defaults,
    /// Which texts are kept.
    pub keep: Keep,
    /// What reads credit lines, where the house has words of its own.
    house: Option<Arc<Lexicon>>,
    /// Who goes by which names.
    pub roster: Roster,
    /// The file in the workspace that has more people, relative to it.
    pub people_file: Option<String>,
    /// From which severity on an audit fails.
    pub gate: Option<Severity>,
    /// What an audit asks of articles.
    pub policy: Policy,
}

/// What holds where a call doesn't say otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Defaults {
    /// Whose texts are recorded.
    pub standing: Option<Standing>,
    /// Who publishes them.
    pub publisher: Option<String>,
    /// Who holds editorial responsibility.
    pub responsible: Option<String>,
    /// Who records.
    pub recorded_by: Option<String>,
    /// Their language.
    pub language: Option<Language>,
}

vocabulary! {
    /// Which texts are kept beside the log.
    KeepTexts, "choice of texts", {
        /// Those of `own` standing.
        Own = "own",
        /// All.
        All = "all",
        /// None.
        None = "none",
    }
}

/// Which texts are kept beside the log.
#[derive(Debug, Clone, Copy)]
pub struct Keep(pub KeepTexts);

impl Default for Keep {
    fn default() -> Self {
        Self(KeepTexts::Own)
    }
}

impl Keep {
    /// Whether a text of this standing is kept.
    pub fn keeps(self, standing: Standing) -> bool {
        match self.0 {
            KeepTexts::Own => standing == Standing::Own,
            KeepTexts::All => true,
            KeepTexts::None => false,
        }
    }
}

/// The file's own shape.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct File {
    log: Log,
    defaults: Defaults,
    text: TextTable,
    credit: CreditTable,
    #[serde(rename = "people_file")]
    more_people: Option<Spanned<String>>,
    people: Vec<PersonTable>,
    audit: AuditTable,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Log {
    origin: Option<String>,
    verifier: Option<String>,
    witnesses: Vec<String>,
    quorum: usize,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct TextTable {
    keep: Option<KeepTexts>,
}

impl Settings {
    /// Reads the text of a `provenance.toml`.
    ///
    /// # Errors
    ///
    /// If it is not TOML, has a key that isn't known, or a value that is not of its kind.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            ConfigError::at(text, offset, error.message().trim())
        })?;
        let place = |value: &str, error: &dyn std::fmt::Display| {
            ConfigError::at_value(text, value, error.to_string())
        };
        let origin = file.log.origin.as_deref();
        let origin =
            origin.map(|name| Origin::new(name).map_err(|e| place(name, &e))).transpose()?;
        let verifier = file.log.verifier.as_deref();
        let verifier =
            verifier.map(|key| VerifierKey::parse(key).map_err(|e| place(key, &e))).transpose()?;
        if let (Some(origin), Some(verifier)) = (&origin, &verifier)
            && verifier.name() != origin
        {
            let message =
                format!("the verifier key is named {}, the log {origin}", verifier.name());
            return Err(ConfigError::at_value(text, verifier.as_str(), message));
        }
        let witnesses = file.log.witnesses.iter();
        let witnesses = witnesses
            .map(|key| CosignerKey::parse(key).map_err(|error| place(key, &error)))
            .collect::<Result<Vec<_>, _>>()?;
        let own = verifier.as_ref().and_then(VerifierKey::public);
        let quorum = Quorum::new(witnesses, file.log.quorum, own.as_ref())
            .map_err(|error| place("quorum", &error))?;
        let roster = people::roster(&Roster::default(), &file.people, text)?;
        let people_file = file.more_people.map(|path| inside(text, &path)).transpose()?;
        let house = file.credit.lexicon(text)?.map(Arc::new);
        Ok(Self {
            house,
            origin,
            verifier,
            quorum,
            defaults: file.defaults,
            keep: file.text.keep.map(Keep).unwrap_or_default(),
            roster,
            people_file,
            gate: file.audit.gate,
            policy: file.audit.policy(text)?,
        })
    }

    /// The same, with the people of the file that `people_file` names.
    ///
    /// # Errors
    ///
    /// If the file's text is not TOML, has anything but `[[people]]`, or gives a spelling to two people.
    pub fn with_people(self, text: &str) -> Result<Self, ConfigError> {
        let roster = people::roster(&self.roster, &people::parse(text)?, text)?;
        Ok(Self { roster, ..self })
    }

    /// What reads credit lines: the words compiled in, with the house's own where it has any.
    pub fn lexicon(&self) -> &Lexicon {
        self.house.as_deref().unwrap_or_else(|| Lexicon::builtin())
    }

    /// What an audit at a moment needs to know beside the log.
    pub fn house<'a>(
        &'a self,
        texts: &'a Texts<'a>,
        files: &'a Files<'a>,
        now: DateTime<Utc>,
    ) -> House<'a> {
        let (roster, lexicon, policy) = (&self.roster, self.lexicon(), &self.policy);
        House { roster, lexicon, texts, files, policy, today: policy.day(now) }
    }

    /// From which severity on an audit fails: errors, unless set.
    pub fn gate(&self) -> Severity {
        self.gate.unwrap_or(Severity::Error)
    }
}

/// A path within the workspace: a workspace that somebody else made can't have other files read.
fn inside(text: &str, path: &Spanned<String>) -> Result<String, ConfigError> {
    let name = path.get_ref();
    let leaves = name.is_empty()
        || name.contains(['\\', ':'])
        || name.split('/').any(|part| part.is_empty() || part == "..");
    if leaves {
        let message = format!(
            "people_file `{name}` is not a file below the workspace; give its path from there"
        );
        return Err(ConfigError::at(text, path.span().start, message));
    }
    Ok(name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_defaults_are_the_defaults() {
        let settings = Settings::parse(include_str!("default.toml")).unwrap();
        assert_eq!(settings.gate(), Settings::default().gate());
        assert_eq!(settings.keep.0, Keep::default().0);
        assert!(settings.origin.is_none() && settings.verifier.is_none());
    }

    #[test]
    fn every_documented_key_is_known() {
        let all: String = include_str!("default.toml")
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .fold(String::new(), |all, line| all + line + "\n");
        Settings::parse(&all).unwrap();
    }

    #[test]
    fn a_house_reads_lines_in_its_own_words() {
        let text = "[credit]\ntools = [\"LinguaPress\"]\n[credit.titles]\n\"Nachtdienst\" = \"editor\"\n\
                    [[credit.phrases]]\ntext = \"Durchgesehen am Tisch von\"\nrole = \"reviewer\"\nlanguage = \"de\"\n";
        let settings = Settings::parse(text).unwrap();
        let read = |line: &str| {
            let line = crate::credit::line::parse(settings.lexicon(), line, None);
            line.credits.iter().map(|c| (c.role.as_str(), c.name.clone())).collect::<Vec<_>>()
        };
        let want = vec![("reviewer", "Ilse Marchand".to_owned())];
        assert_eq!(read("Durchgesehen am Tisch von Ilse Marchand"), want);
        assert_ne!(settings.lexicon().digest(), Lexicon::builtin().digest());
        assert_eq!(Settings::default().lexicon().digest(), Lexicon::builtin().digest());
    }

    #[test]
    fn a_bad_house_word_is_placed() {
        let error = Settings::parse("[credit]\nbureaus = [\"Lugo\", \"--\"]\n").unwrap_err();
        assert_eq!((error.line, error.column), (2, 20));
        assert!(error.message.contains("no letter"), "{error}");
        let role = Settings::parse("[credit.titles]\nChef = \"baker\"\n").unwrap_err();
        assert_eq!(role.line, 2);
    }

    #[test]
    fn people_have_names_for_a_time() {
        let text = "[[people]]\nname = \"Ada Prell\"\nformer = [{ name = \"Ada Uhl\", until = 2020-05-01 }]\n\
                    initials = [\"apr\", { name = \"ap\", until = \"2024-01-01\" }]\n\
                    desk = \"Night desk\"\nroles = [\"translator\"]\nlanguages = [\"en\"]\n";
        let settings = Settings::parse(text).unwrap();
        let at = |name: &str, day: &str| {
            settings.roster.person_at(name, crate::record::time::stated(day)).is_some()
        };
        assert!(at("Ada Uhl", "2020-04-30") && !at("Ada Uhl", "2020-05-01"));
        assert!(at("apr", "2026-01-01") && at("ap", "2023-01-01") && !at("ap", "2024-01-01"));
        let more = "[[people]]\nname = \"Anton Pahl\"\ninitials = [{ name = \"ap\", from = 2024-01-01 }]\n";
        assert_eq!(settings.clone().with_people(more).unwrap().roster.people().len(), 2);
        let error = settings.clone().with_people(&more.replace("2024", "2023")).unwrap_err();
        assert_eq!((error.line, error.column), (3, 13), "{error}");
        assert!(error.message.contains("both Ada Prell and Anton Pahl"), "{error}");
        for (bad, line) in [
            ("[[people]]\nname = \"A\"\ninitials = [{ name = \"a\", from = \"May\" }]\n", 3),
            (
                "[[people]]\nname = \"A\"\nformer = [{ name = \"B\", from = 2024-01-01, until = 2024-01-01 }]\n",
                3,
            ),
            ("[[people]]\nname = \"A\"\ninitials = [7]\n", 3),
            ("[[people]]\nname = \"A\"\n[[people]]\nname = \"A\"\n", 4),
            ("people_file = \"../people.toml\"\n", 1),
            ("people_file = \"/people.toml\"\n", 1),
        ] {
            let error = Settings::parse(bad).unwrap_err();
            assert_eq!(error.line, line, "{bad}: {error}");
        }
        let other = settings.with_people("[log]\n").unwrap_err();
        assert_eq!(other.line, 1, "{other}");
    }

    #[test]
    fn errors_have_places() {
        let unknown = Settings::parse("[text]\nkeep = \"own\"\nkept = 1\n").unwrap_err();
        assert_eq!((unknown.line, unknown.column), (3, 1));
        let value = Settings::parse("[text]\nkeep = \"some\"\n").unwrap_err();
        assert_eq!(value.line, 2);
        let origin = Settings::parse("[log]\norigin = \"a b\"\n").unwrap_err();
        assert_eq!((origin.line, origin.column), (2, 11));
    }
}
