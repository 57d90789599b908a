//! `[audit]`: what a house asks of its articles.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use chrono::{FixedOffset, NaiveDate, Offset as _, Utc};
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::place::ConfigError;
use crate::audit::exemption::Exemption;
use crate::audit::finding::Severity;
use crate::audit::machine::MachinePolicy;
use crate::audit::pattern::Pattern;
use crate::audit::policy::{Policy, Scope, Weight, Weights};
use crate::audit::rule::{self, Rule};
use crate::text::profile::Text;

/// The table as it stands in the file.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AuditTable {
    pub(super) gate: Option<Severity>,
    time_zone: Option<Spanned<String>>,
    rules: WeightsTable,
    #[serde(rename = "for")]
    scopes: Vec<ScopeTable>,
    exempt: Vec<Spanned<ExemptTable>>,
    machine: Vec<MachineTable>,
}

type WeightsTable = BTreeMap<Spanned<String>, Spanned<String>>;

/// `[[audit.for]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeTable {
    #[serde(default)]
    language: Strings,
    #[serde(default)]
    desk: Strings,
    rules: WeightsTable,
}

/// `[[audit.exempt]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExemptTable {
    rule: Spanned<String>,
    #[serde(default)]
    article: Strings,
    #[serde(default)]
    person: Strings,
    #[serde(default)]
    desk: Strings,
    reason: Spanned<String>,
    until: Option<Spanned<Datetime>>,
}

/// `[[audit.machine]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MachineTable {
    name: Spanned<String>,
    from: Spanned<Datetime>,
    requires: Vec<Spanned<String>>,
    reviews: Option<Vec<Spanned<String>>>,
    severity: Option<Severity>,
}

/// One string, or a list of them.
#[derive(Default)]
struct Strings(Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            One(String),
            Many(Vec<String>),
        }
        // What stands in several forms has one place: where it begins.
        let either = Spanned::<Either>::deserialize(deserializer)?;
        let span = either.span();
        let all = match either.into_inner() {
            Either::One(one) => vec![one],
            Either::Many(many) => many,
        };
        Ok(Self(all.into_iter().map(|one| Spanned::new(span.clone(), one)).collect()))
    }
}

impl AuditTable {
    /// The policy that the table, in the file of `text`, is.
    ///
    /// # Errors
    ///
    /// If a value is not what its key asks for, with its place.
    pub(super) fn policy(self, text: &str) -> Result<Policy, ConfigError> {
        let zone = self.time_zone.as_ref().map(|zone| read(text, zone)).transpose()?;
        let mut machine = Vec::new();
        for table in self.machine {
            machine.push((table.from.span(), table.read(text)?));
        }
        machine.sort_by_key(|(_, policy)| policy.from);
        for pair in machine.windows(2) {
            if let [(_, one), (place, other)] = pair
                && one.from == other.from
            {
                let message = "another [[audit.machine]] begins on the same day";
                return Err(ConfigError::at(text, place.start, message));
            }
        }
        let exemptions = self.exempt.into_iter().map(|table| exemption(text, table));
        Ok(Policy {
            weights: weights(text, &self.rules)?,
            scopes: self.scopes.iter().map(|scope| scope.read(text)).collect::<Result<_, _>>()?,
            exemptions: exemptions.collect::<Result<_, _>>()?,
            machine: machine.into_iter().map(|(_, policy)| policy).collect(),
            zone: zone.map_or_else(|| Utc.fix(), |Zone(zone)| zone),
        })
    }
}

impl ScopeTable {
    fn read(&self, text: &str) -> Result<Scope, ConfigError> {
        Ok(Scope {
            languages: self
                .language
                .0
                .iter()
                .map(|tag| read(text, tag))
                .collect::<Result<_, _>>()?,
            desks: texts(&self.desk),
            weights: weights(text, &self.rules)?,
        })
    }
}

impl MachineTable {
    fn read(self, text: &str) -> Result<MachinePolicy, ConfigError> {
        let name = filled(text, &self.name, "the policy's name")?;
        let requires = self.requires.iter().map(|fact| read(text, fact));
        let builtin = MachinePolicy::builtin();
        let reviews = match &self.reviews {
            Some(kinds) => kinds.iter().map(|kind| read(text, kind)).collect::<Result<_, _>>()?,
            None => builtin.reviews,
        };
        Ok(MachinePolicy {
            name,
            from: Some(day(text, &self.from)?),
            requires: requires.collect::<Result<_, _>>()?,
            reviews,
            severity: self.severity.unwrap_or(builtin.severity),
        })
    }
}

fn exemption(text: &str, table: Spanned<ExemptTable>) -> Result<Exemption, ConfigError> {
    let place = table.span();
    let table = table.into_inner();
    if table.article.0.is_empty() && table.person.0.is_empty() && table.desk.0.is_empty() {
        let message = "an exemption names an article, a person or a desk; \
                       a rule that nobody wants is set \"off\" in [audit.rules]";
        return Err(ConfigError::at(text, place.start, message));
    }
    Ok(Exemption {
        rule: rule(text, &table.rule)?.id,
        articles: table.article.0.iter().map(|one| Pattern::new(one.get_ref())).collect(),
        people: table.person.0.into_iter().map(Spanned::into_inner).collect(),
        desks: texts(&table.desk),
        reason: filled(text, &table.reason, "the exemption's reason")?,
        until: table.until.as_ref().map(|until| day(text, until)).transpose()?,
    })
}

/// What rules weigh.
fn weights(text: &str, table: &WeightsTable) -> Result<Weights, ConfigError> {
    let mut weights = Weights::new();
    for (id, weight) in table {
        let set = match weight.get_ref().as_str() {
            "off" => Weight::Off,
            word => Weight::At(word.parse().map_err(|_| {
                let message =
                    format!("`{word}` is no severity; known are off, note, warning, error");
                at(text, weight.span(), &message)
            })?),
        };
        weights.insert(rule(text, id)?.id, set);
    }
    Ok(weights)
}

fn rule(text: &str, id: &Spanned<String>) -> Result<&'static Rule, ConfigError> {
    rule::by_id(id.get_ref()).ok_or_else(|| {
        let known: Vec<&str> = rule::ALL.iter().map(|rule| rule.id).collect();
        let message =
            format!("there is no rule `{}`; known are {}", id.get_ref(), known.join(", "));
        at(text, id.span(), &message)
    })
}

fn texts(strings: &Strings) -> Vec<Text> {
    strings.0.iter().map(|one| Text::new(one.get_ref())).collect()
}

/// A string that says something.
fn filled(text: &str, value: &Spanned<String>, what: &str) -> Result<String, ConfigError> {
    let said = value.get_ref().trim();
    if said.is_empty() {
        return Err(at(text, value.span(), &format!("{what} is empty")));
    }
    Ok(said.to_owned())
}

/// A day, without a time.
fn day(text: &str, value: &Spanned<Datetime>) -> Result<NaiveDate, ConfigError> {
    let datetime = value.get_ref();
    let date = datetime.date.filter(|_| datetime.time.is_none()).and_then(|date| {
        NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
    });
    date.ok_or_else(|| {
        at(text, value.span(), &format!("`{datetime}` is no day such as 2026-01-31"))
    })
}

/// An offset from UTC.
struct Zone(FixedOffset);

impl FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if matches!(text, "UTC" | "Z") {
            return Ok(Self(Utc.fix()));
        }
        let minutes = || {
            let (sign, digits) = (text.get(..1)?, text.get(1..)?);
            let (hours, minutes) = digits.split_once(':')?;
            let two = |digits: &str| {
                let good = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
                digits.parse::<i32>().ok().filter(|_| good)
            };
            let (hours, minutes) = (two(hours)?, two(minutes)?);
            let seconds = (hours * 60 + minutes) * 60;
            match sign {
                "+" if hours < 15 && minutes < 60 => FixedOffset::east_opt(seconds),
                "-" if hours < 15 && minutes < 60 => FixedOffset::west_opt(seconds),
                _ => None,
            }
        };
        minutes().map(Self).ok_or_else(|| {
            format!(
                "`{text}` is no offset from UTC such as \"+01:00\"; zones by name are not known"
            )
        })
    }
}

/// A value in the form that its layer takes.
fn read<T: FromStr<Err: Display>>(text: &str, value: &Spanned<String>) -> Result<T, ConfigError> {
    value.get_ref().parse().map_err(|error: T::Err| at(text, value.span(), &error.to_string()))
}

fn at(text: &str, place: Range<usize>, message: &str) -> ConfigError {
    ConfigError::at(text, place.start, format!("[audit] {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::machine::Fact;
    use crate::config::settings::Settings;
    use crate::record::event::ReviewKind;

    #[test]
    fn an_editor_s_settings_are_read() {
        let text = "[audit]\ntime_zone = \"-03:30\"\n[audit.rules]\nmissing-editor = \"off\"\n\
                    [[audit.for]]\nlanguage = \"pt-BR\"\nrules = { missing-editor = \"error\" }\n\
                    [[audit.exempt]]\nrule = \"missing-editor\"\narticle = [\"a*\", \"b\"]\n\
                    reason = \"x\"\nuntil = 2026-12-31\n\
                    [[audit.machine]]\nname = \"two\"\nfrom = 2026-08-02\nrequires = [\"tool\"]\n\
                    reviews = [\"numbers\", \"full\"]\nseverity = \"error\"\n\
                    [[audit.machine]]\nname = \"one\"\nfrom = 2026-01-01\nrequires = []\n";
        let policy = Settings::parse(text).unwrap().policy;
        assert_eq!(policy.zone.local_minus_utc(), -(3 * 60 + 30) * 60);
        assert_eq!(policy.weights.get("missing-editor"), Some(&Weight::Off));
        let [scope] = policy.scopes.as_slice() else { panic!() };
        assert_eq!(scope.weights.get("missing-editor"), Some(&Weight::At(Severity::Error)));
        let [exemption] = policy.exemptions.as_slice() else { panic!() };
        assert_eq!(exemption.until, NaiveDate::from_ymd_opt(2026, 12, 31));
        assert_eq!(exemption.articles, [Pattern::new("a*"), Pattern::new("b")]);
        let names: Vec<&str> = policy.machine.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["one", "two"], "by day, however they stand");
        let two = &policy.machine[1];
        assert_eq!((two.requires.as_slice(), two.severity), (&[Fact::Tool][..], Severity::Error));
        assert_eq!(two.reviews, [ReviewKind::Numbers, ReviewKind::Full]);
    }

    #[test]
    fn what_is_wrong_is_placed() {
        let exempt = "[[audit.exempt]]\nreason = \"x\"\nrule = \"missing-editor\"\n";
        let machine = "[[audit.machine]]\nname = \"x\"\nrequires = []\n";
        for (text, line, column, says) in [
            ("[audit.rules]\nmising-editor = \"off\"\n", 2, 1, "there is no rule `mising-editor`"),
            ("[audit.rules]\nmissing-editor = \"of\"\n", 2, 18, "known are off, note"),
            ("[audit]\ntime_zone = \"Europe/Lisbon\"\n", 2, 13, "zones by name are not known"),
            ("[audit]\ntime_zone = \"+1:00\"\n", 2, 13, "no offset"),
            ("[audit]\ntime_zone = \"+15:00\"\n", 2, 13, "no offset"),
            ("[[audit.for]]\nlanguage = [\"french!\"]\nrules = {}\n", 2, 12, "french!"),
            ("[[audit.for]]\ndesk = 7\nrules = {}\n", 2, 8, ""),
            (exempt, 1, 1, "names an article, a person or a desk"),
            (&format!("{exempt}article = \"a\"\nuntil = 2026-12-31T10:00:00\n"), 5, 9, "no day"),
            (&format!("{exempt}article = \"a\"\nuntl = 2026-12-31\n"), 5, 1, "untl"),
            (&exempt.replace("\"x\"", "\" \"\nperson = \"a\""), 2, 10, "reason is empty"),
            (&format!("{machine}from = 10:00:00\n"), 4, 8, "no day"),
            (
                &format!("{machine}from = 2026-01-01\n{machine}from = 2026-01-01\n"),
                8,
                8,
                "same day",
            ),
            (
                &machine.replace("[]", "[\"blessing\"]\nfrom = 2026-01-01"),
                3,
                13,
                "no fact about machine translation",
            ),
        ] {
            let error = Settings::parse(text).unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
            assert!(error.message.contains(says), "{text}: {error}");
        }
    }
}
