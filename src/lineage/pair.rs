//! Pairs of languages: what was translated from which into which, and what is asked for.

use std::fmt;
use std::str::FromStr;

use super::basis::{self, Basis};
use super::graph::{Article, Graph, Version};
use crate::credit::role::Role;
use crate::record::credit::Credit;
use crate::record::fields::Record;
use crate::text::language::Language;

/// From which language into which, each where it is known.
pub type Known<'a> = (Option<&'a Language>, Option<&'a Language>);

/// A language range (RFC 4647, section 2.1): a tag, or `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Range {
    /// Any language, known or not.
    Any,
    /// A language, in any script and region unless the range has one.
    Tag(Language),
}

/// A pair of language ranges, such as `en-fr`, `*-fr` or `zh-Hans:pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    from: Range,
    to: Range,
}

/// Says why a text is no [`Pair`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{0}` is not a pair of languages such as en-fr, *-fr or zh-Hans:pt-BR")]
pub struct PairError(String);

impl Range {
    fn parse(text: &str) -> Option<Self> {
        if text == "*" { Some(Self::Any) } else { Language::new(text).ok().map(Self::Tag) }
    }

    /// Whether a language is in the range, by basic filtering (RFC 4647, section 3.3.1).
    fn holds(&self, language: Option<&Language>) -> bool {
        match (self, language) {
            (Self::Any, _) => true,
            (Self::Tag(_), None) => false,
            (Self::Tag(range), Some(tag)) => {
                let rest = tag.as_str().strip_prefix(range.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }
        }
    }
}

impl Pair {
    /// Whether a pair is one of those that are meant.
    pub fn holds(&self, (from, to): Known<'_>) -> bool {
        self.from.holds(from) && self.to.holds(to)
    }
}

impl FromStr for Pair {
    type Err = PairError;

    /// Reads `FROM-TO`, or `FROM:TO` where a tag has a hyphen itself.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once(':').or_else(|| text.split_once('-'));
        let pair = parts.and_then(|(from, to)| {
            // `zh-Hans-pt` could be cut in two places.
            let plain = text.contains(':') || !to.contains('-');
            Some(Self { from: Range::parse(from)?, to: Range::parse(to).filter(|_| plain)? })
        });
        pair.ok_or_else(|| PairError(text.to_owned()))
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |range: &Range| match range {
            Range::Any => "*".to_owned(),
            Range::Tag(tag) => tag.to_string(),
        };
        write!(f, "{}:{}", shown(&self.from), shown(&self.to))
    }
}

/// All pairs that a version tells of: of what it was made from, and of its translators.
pub fn of<'a>(graph: &'a Graph, article: Article<'a>, version: Version<'a>) -> Vec<Known<'a>> {
    let bases = basis::of(graph, article, version);
    let record = version.record;
    let mut pairs: Vec<Known<'a>> =
        bases.iter().map(|basis| (language(basis), record.language.as_ref())).collect();
    if pairs.is_empty() && basis::is_translation(graph, article, version) {
        pairs.push((None, record.language.as_ref()));
    }
    let translators = record.credits.iter().filter(|credit| credit.role == Role::Translator);
    pairs.extend(translators.map(|credit| of_credit(credit, record, &bases)));
    pairs
}

/// The pair that a translator worked on: as the credit says, else into the text's language, from
/// that of what the text was made from.
pub fn of_credit<'a>(credit: &'a Credit, record: &'a Record, bases: &[Basis<'a>]) -> Known<'a> {
    let to = credit.language.as_ref().or(record.language.as_ref());
    let this = match (&credit.language, &record.language) {
        (Some(credited), Some(text)) => credited.same_language(text),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let source = || bases.iter().filter(|_| this).find_map(language);
    (credit.source_language.as_ref().or_else(source), to)
}

fn language<'a>(basis: &Basis<'a>) -> Option<&'a Language> {
    basis.version?.1.record.language.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_they_name() {
        let tag = |text: &str| Language::new(text).unwrap();
        let (en, fr, canada) = (tag("en"), tag("fr"), tag("fr-CA"));
        for (pair, from, to, holds) in [
            ("en-fr", Some(&en), Some(&fr), true),
            ("en-fr", Some(&en), Some(&canada), true),
            ("en:fr-CA", Some(&en), Some(&fr), false),
            ("EN:FR-ca", Some(&en), Some(&canada), true),
            ("en-f", Some(&en), Some(&fr), false),
            ("*-fr", None, Some(&fr), true),
            ("en-*", Some(&en), None, true),
            ("en-fr", None, Some(&fr), false),
            ("fr-en", Some(&en), Some(&fr), false),
        ] {
            let read = pair.parse::<Pair>();
            assert_eq!(read.is_ok_and(|read| read.holds((from, to))), holds, "{pair}");
        }
    }

    #[test]
    fn a_pair_is_cut_in_one_place() {
        for bad in ["", "en", "en-", "-fr", "zh-Hans-pt", "en-fr-de", "en:", "e-fr", "en→fr"] {
            assert!(bad.parse::<Pair>().is_err(), "{bad}");
        }
        assert_eq!("zh-hans:PT-br".parse::<Pair>().unwrap().to_string(), "zh-Hans:pt-BR");
    }
}
