//! What somebody did for an article, and what sort of somebody it was.
//!
//! Both lists are closed: records, reports and house settings use these names and no others.

use crate::text::vocabulary::vocabulary;

vocabulary! {
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

vocabulary! {
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
