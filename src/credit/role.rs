//! What somebody did for an article, and what sort of somebody it was.
//!
//! Both lists are closed: records, reports and house settings use these names and no others.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Says that a string names no role or kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("`{given}` is no {what}; known are {known}")]
pub struct UnknownName {
    /// What was given.
    pub given: String,
    /// What it should have been: `role` or `kind`.
    pub what: &'static str,
    /// The names that are known, with commas between.
    pub known: String,
}

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// All of them, in the order in which reports list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in records and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            fn from_str(given: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == given).ok_or_else(|| UnknownName {
                    given: given.to_owned(),
                    what: $what,
                    known: Self::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

closed_list! {
    /// What somebody did for an article.
    Role, "role", {
        /// Gathered the facts.
        Reporter = "reporter",
        /// Helped with facts, files or material.
        Contributor = "contributor",
        /// Wrote the text.
        Writer = "writer",
        /// Made this language version from another.
        Translator = "translator",
        /// Answered for the text before it went out.
        Editor = "editor",
        /// Corrected its language.
        CopyEditor = "copy_editor",
        /// Took the photographs.
        Photographer = "photographer",
        /// Filmed or cut the video.
        Videographer = "videographer",
        /// Looked things up.
        Researcher = "researcher",
        /// Produced it.
        Producer = "producer",
        /// Put it together from others' material.
        Compiler = "compiler",
        /// Read it over, a translation against its source for instance.
        Reviewer = "reviewer",
        /// Checked the facts.
        FactChecker = "fact_checker",
        /// Interpreted what was spoken.
        Interpreter = "interpreter",
        /// Drew, designed or charted.
        Illustrator = "illustrator",
        /// Is the outlet or agency that it comes from.
        Publisher = "publisher",
        /// Signed with initials whose role nothing says.
        Unspecified = "unspecified",
    }
}

impl Role {
    /// The MARC relator code, for the roles that have one.
    ///
    /// See <https://www.loc.gov/marc/relators/relaterm.html>.
    #[must_use]
    pub fn marc(self) -> Option<&'static str> {
        match self {
            Self::Reporter => Some("rpt"),
            Self::Contributor => Some("ctb"),
            Self::Writer => Some("aut"),
            Self::Translator => Some("trl"),
            Self::Editor => Some("edt"),
            Self::Photographer => Some("pht"),
            Self::Videographer => Some("vdg"),
            Self::Researcher => Some("res"),
            Self::Producer => Some("pro"),
            Self::Compiler => Some("com"),
            Self::Illustrator => Some("ill"),
            Self::Publisher => Some("pbl"),
            Self::CopyEditor
            | Self::Reviewer
            | Self::FactChecker
            | Self::Interpreter
            | Self::Unspecified => None,
        }
    }
}

closed_list! {
    /// What sort of somebody a credit names.
    Kind, "kind", {
        /// A person, by name, initials or handle.
        Person = "person",
        /// An outlet, agency or company, or a team within one.
        Organization = "organization",
        /// A desk or bureau of the house, as its settings name them.
        Desk = "desk",
        /// A program.
        Software = "software",
        /// Somebody who is said to exist and not named.
        Anonymous = "anonymous",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse::<Role>().unwrap(), *role);
            assert_eq!(serde_json::to_string(role).unwrap(), format!("\"{role}\""));
        }
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse::<Kind>().unwrap(), *kind);
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
        }
        assert!("Editor".parse::<Role>().is_err());
    }
}
