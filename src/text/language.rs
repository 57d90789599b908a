//! Language tags.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language tag as in BCP 47 (RFC 5646, section 2.1), such as `fr`, `zh-Hans` or `pt-BR`.
///
/// Only the shape is checked: a primary subtag of two to eight letters, then subtags of one to
/// eight letters and digits, 35 bytes at most (RFC 5646, section 4.4.1). Case is made the
/// recommended one (section 2.1.1): language lower, script title, region upper, and everything from
/// a subtag of one letter or digit on lower.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// Says why a string is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{0}` is not a language tag such as fr, zh-Hans or pt-BR")]
pub struct LanguageError(String);

/// The longest tag that is taken, in bytes.
const MAX_LEN: usize = 35;

/// English names of languages, by primary subtag (CLDR 49, `en`).
const NAMES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bn", "Bangla"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ka", "Georgian"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("mk", "Macedonian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

impl Language {
    /// Reads a tag, putting its letters in the recommended case.
    ///
    /// # Errors
    ///
    /// If `tag` hasn't the shape of one.
    pub fn new(tag: &str) -> Result<Self, LanguageError> {
        let bad = || LanguageError(tag.to_owned());
        if tag.len() > MAX_LEN {
            return Err(bad());
        }
        let mut out = String::with_capacity(tag.len());
        let mut after_singleton = false;
        for (place, part) in tag.split('-').enumerate() {
            let alphabetic = part.bytes().all(|b| b.is_ascii_alphabetic());
            let shaped = match place {
                0 => (2..=8).contains(&part.len()) && alphabetic,
                _ => {
                    (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
                }
            };
            if !shaped {
                return Err(bad());
            }
            if place > 0 {
                out.push('-');
            }
            after_singleton |= place > 0 && part.len() == 1;
            match (place, part.len(), alphabetic) {
                (0, ..) => out.push_str(&part.to_ascii_lowercase()),
                _ if after_singleton => out.push_str(&part.to_ascii_lowercase()),
                (_, 2, true) => out.push_str(&part.to_ascii_uppercase()),
                (_, 4, true) => {
                    let (head, tail) = part.split_at(1);
                    out.push_str(&head.to_ascii_uppercase());
                    out.push_str(&tail.to_ascii_lowercase());
                }
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(out))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `zh` of `zh-Hans`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The language's name in English, or the tag where it isn't one of the common ones.
    pub fn name(&self) -> &str {
        NAMES
            .iter()
            .find(|(tag, _)| *tag == self.primary())
            .map_or(self.as_str(), |(_, name)| *name)
    }

    /// Whether both name the same language, scripts and regions apart.
    pub fn same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::new(tag)
    }
}

impl TryFrom<String> for Language {
    type Error = LanguageError;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::new(&tag)
    }
}

impl From<Language> for String {
    fn from(tag: Language) -> Self {
        tag.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_the_recommended_one() {
        for (given, want) in
            [("FR", "fr"), ("zh-hANS", "zh-Hans"), ("pt-br", "pt-BR"), ("en-ca-X-CA", "en-CA-x-ca")]
        {
            assert_eq!(Language::new(given).unwrap().as_str(), want);
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        for bad in ["", "f", "fr_FR", "fr-", "-fr", "français", "a1", "fr-toolongsubtag"] {
            assert!(Language::new(bad).is_err(), "{bad}");
        }
    }
}
