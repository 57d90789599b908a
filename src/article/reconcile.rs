//! Brings together who is credited where: in lines, in the byline, in metadata, by hand.

use std::collections::HashMap;

use super::document::{Claim, Subject};
use crate::credit::lexicon::Lexicon;
use crate::credit::line;
use crate::credit::role::{Kind, Role};
use crate::text::language::Language;
use crate::text::profile::Text;
use crate::text::span::Span;
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// Where a credit was found.
    From, "place of a credit", {
        /// In a credit line.
        Line = "line",
        /// In the byline.
        Byline = "byline",
        /// In a format's metadata.
        Metadata = "metadata",
        /// Given by whoever recorded the article.
        Operator = "operator",
    }
}

/// A credit and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The credit.
    pub credit: line::Credit,
    /// Where it was found.
    pub from: From,
    /// For [`From::Line`]: the number of the credit line, from 0.
    pub line: Option<usize>,
}

/// The union of credits in reading order, one for each role and name.
///
/// The first place where a credit stands is kept; what a later one adds (a place, a language
/// version) fills what the first left open.
pub fn union(found: impl IntoIterator<Item = Found>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut places: HashMap<(Role, String), usize> = HashMap::new();
    for next in found {
        let key = (next.credit.role, next.credit.name.clone());
        if let Some(have) = places.get(&key).and_then(|&place| all.get_mut(place)) {
            let (have, next) = (&mut have.credit, next.credit);
            have.place = have.place.take().or(next.place);
            have.language = have.language.take().or(next.language);
            have.source_language = have.source_language.take().or(next.source_language);
        } else {
            places.insert(key, all.len());
            all.push(next);
        }
    }
    all
}

/// Adds what a format claims to what the article shows.
///
/// The visible line is the more precise: whom it names in any role, a claim of a general one (author,
/// creator, contributor) doesn't credit again. A claim of the same name in another special role does.
pub fn with_claims(
    visible: Vec<Found>,
    claims: &[Claim],
    lexicon: &Lexicon,
    language: Option<&Language>,
) -> Vec<Found> {
    let claimed: Vec<line::Credit> =
        claims.iter().flat_map(|claim| credits_of(claim, lexicon, language)).collect();
    // Special roles first: a list of authors may repeat the translator.
    let (general, special): (Vec<_>, Vec<_>) =
        claimed.into_iter().partition(|credit| is_general(credit.role));
    let mut all = visible;
    for mut credit in special.into_iter().chain(general) {
        let name = folded(&credit.name);
        let mut same = all.iter().filter(|have| folded(&have.credit.name) == name).peekable();
        if is_general(credit.role) && same.peek().is_some() {
            continue;
        }
        // One name has one spelling: the one that readers see.
        if let Some(have) = same.find(|have| have.credit.role == credit.role) {
            credit.name.clone_from(&have.credit.name);
        }
        all.push(Found { credit, from: From::Metadata, line: None });
    }
    union(all)
}

/// Whether a role says no more than that somebody took part in the text.
fn is_general(role: Role) -> bool {
    matches!(role, Role::Writer | Role::Contributor | Role::Publisher | Role::Unspecified)
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// The credits of a claim. Its value is split as a line of names is; a role phrase in it ("By A,
/// photographs by B") goes before the role that is claimed.
fn credits_of(claim: &Claim, lexicon: &Lexicon, hint: Option<&Language>) -> Vec<line::Credit> {
    let role = match claim.subject {
        Subject::Credit(role) => Some(role),
        Subject::CreditLine => None,
        _ => return Vec::new(),
    };
    let value = Text::new(&claim.value);
    let value = value.as_str().replace('\n', ", ");
    // Profiles stand where names should.
    if value.contains("://") || value.is_empty() {
        return Vec::new();
    }
    let read = line::parse(lexicon, &value, hint);
    let Some(role) = role else { return read.credits };
    // What isn't read as names at all is one name, as the format says.
    let split = read.leftovers.is_empty() && !read.credits.is_empty();
    if !split && !read.credits.iter().any(|credit| credit.phrase_span.is_some()) {
        let kind = kind_of(&value, lexicon);
        return vec![whole(role, value, kind)];
    }
    let mut credits = read.credits;
    for credit in &mut credits {
        let outlet = credit.kind != Kind::Person && is_general(role);
        if credit.phrase_span.is_none() && !outlet {
            credit.role = role;
        }
    }
    credits
}

/// Whom a value names, read as if a phrase said that it is a name: by itself an agency's is not read as one.
fn kind_of(value: &str, lexicon: &Lexicon) -> Kind {
    let said = format!("Reporting by {value}");
    match line::parse(lexicon, &said, None).credits.as_slice() {
        [one] if one.name == value => one.kind,
        _ => Kind::Person,
    }
}

/// A credit of a whole value.
fn whole(role: Role, name: String, kind: Kind) -> line::Credit {
    line::Credit {
        role,
        kind,
        initials: false,
        place: None,
        language: None,
        source_language: None,
        name_span: Span::new(0, name.len()),
        phrase_span: None,
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits(line: &str, claims: &[(Subject, &str)]) -> Vec<String> {
        let lexicon = Lexicon::builtin();
        let found = |credit| Found { credit, from: From::Line, line: Some(0) };
        let visible = line::parse(lexicon, line, None).credits.into_iter().map(found).collect();
        let claim = |(subject, value): &(Subject, &str)| Claim {
            subject: *subject,
            value: (*value).to_owned(),
            place: String::new(),
        };
        let claims: Vec<Claim> = claims.iter().map(claim).collect();
        let all = with_claims(visible, &claims, lexicon, None);
        all.iter().map(|f| format!("{} {} {}", f.credit.role, f.credit.name, f.from)).collect()
    }

    const AUTHOR: Subject = Subject::Credit(Role::Writer);

    #[test]
    fn names_in_claims_are_split() {
        assert_eq!(
            credits("", &[(AUTHOR, "Ada Prell, Tomas Uhl and Nina Rask")]),
            ["writer Ada Prell metadata", "writer Tomas Uhl metadata", "writer Nina Rask metadata"]
        );
        assert_eq!(
            credits("", &[(AUTHOR, "https://example.org/ada-prell"), (AUTHOR, "By Ada Prell")]),
            ["writer Ada Prell metadata"]
        );
    }

    #[test]
    fn an_agency_in_a_claim_is_no_person() {
        for (value, wanted) in [
            ("Valmora Press Agency", Kind::Organization),
            ("Lugo newsroom", Kind::Organization),
            ("Ada Prell", Kind::Person),
            ("X Æ 12 Ö", Kind::Person),
        ] {
            let claim = Claim { subject: AUTHOR, value: value.to_owned(), place: String::new() };
            let all = with_claims(Vec::new(), &[claim], Lexicon::builtin(), None);
            let kinds: Vec<Kind> = all.iter().map(|found| found.credit.kind).collect();
            assert_eq!(kinds, [wanted], "{value}");
        }
    }

    #[test]
    fn the_visible_line_is_the_more_precise() {
        assert_eq!(
            credits(
                "Reporting by Ada Prell; Editing by Tomas Uhl",
                &[
                    (AUTHOR, "ADA PRELL"),
                    (AUTHOR, "Nina Rask"),
                    (Subject::Credit(Role::Translator), "Tomas Uhl"),
                ]
            ),
            [
                "reporter Ada Prell line",
                "editor Tomas Uhl line",
                "translator Tomas Uhl metadata",
                "writer Nina Rask metadata"
            ]
        );
        assert_eq!(
            credits("", &[(AUTHOR, "Ada Prell"), (Subject::Credit(Role::Translator), "Ada Prell")]),
            ["translator Ada Prell metadata"]
        );
    }

    #[test]
    fn lines_in_metadata_are_read_as_lines() {
        assert_eq!(
            credits("", &[(Subject::CreditLine, "Reporting by Ada Prell; Editing by Tomas Uhl")]),
            ["reporter Ada Prell metadata", "editor Tomas Uhl metadata"]
        );
    }
}
