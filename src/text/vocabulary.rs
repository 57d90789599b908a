//! Closed vocabularies: enums whose values are words, the same in records, in JSON and on the
//! command line.

/// Says that a word is none of a vocabulary's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{given}` is no {what}; known are {known}")]
pub struct UnknownWord {
    /// What was given.
    pub given: String,
    /// What it should have been, such as `role`.
    pub what: &'static str,
    /// The words that are known, with commas between.
    pub known: String,
}

/// Defines a vocabulary's enum; `"role"` is what an error calls it.
macro_rules! vocabulary {
    (
        $(#[$doc:meta])* $name:ident, $what:literal,
        { $($(#[$value_doc:meta])* $value:ident = $text:literal),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$value_doc])* $value),+
        }

        impl $name {
            /// All of them, in the order in which reports list them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word that stands for the value.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::vocabulary::UnknownWord;

            fn from_str(given: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == given).ok_or_else(|| {
                    $crate::text::vocabulary::UnknownWord {
                        given: given.to_owned(),
                        what: $what,
                        known: Self::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }
    };
}

pub(crate) use vocabulary;
