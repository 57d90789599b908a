//! Four eyes: whether somebody else than who made a text is credited with having edited it.

use crate::credit::role::{Kind, Role};
use crate::lineage::basis;
use crate::lineage::filter;
use crate::lineage::graph::{Article, Graph, Version};
use crate::people::roster::Roster;
use crate::record::credit::Credit;
use crate::record::fields::Record;
use crate::text::profile::Text;

/// What a version's credits say of a second reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Eyes {
    /// Somebody who edited it is not among those who made it.
    Four,
    /// Nobody else is credited with having edited it.
    Two,
    /// Somebody may be: names are sealed, withheld, or initials that the roster doesn't have.
    Unclear,
    /// The credits don't say who made it.
    NoMaker,
}

/// Judges a version by its credits alone, not by reviews.
///
/// Who made it are its translators; where none are credited and it is no translation, its writers,
/// or where there are none, its reporters. Who edited it are its editors and copy editors. A credit
/// of another language version counts for neither. Names are compared by the roster's names.
pub fn judge<'a>(
    graph: &'a Graph,
    article: Article<'a>,
    version: Version<'a>,
    roster: &Roster,
) -> Eyes {
    let record = version.record;
    let of_this = |credit: &&Credit| match (&credit.language, &record.language) {
        (Some(credited), Some(text)) => credited.same_language(text),
        _ => true,
    };
    let names = |roles: &[Role]| -> Vec<Option<String>> {
        let credits = record.credits.iter().filter(of_this);
        credits.filter(|c| roles.contains(&c.role)).map(|c| known(c, record, roster)).collect()
    };
    let mut makers = names(&[Role::Translator]);
    if makers.is_empty() && !basis::is_translation(graph, article, version) {
        let writers = names(&[Role::Writer]);
        makers = if writers.is_empty() { names(&[Role::Reporter]) } else { writers };
    }
    if makers.is_empty() {
        return Eyes::NoMaker;
    }
    let editors = names(&[Role::Editor, Role::CopyEditor]);
    let all_known = makers.iter().all(Option::is_some);
    let others: Vec<&Option<String>> =
        editors.iter().filter(|editor| editor.is_none() || !makers.contains(editor)).collect();
    if others.is_empty() {
        Eyes::Two
    } else if all_known && others.iter().any(|editor| editor.is_some()) {
        Eyes::Four
    } else {
        Eyes::Unclear
    }
}

/// Whom a credit names, by the roster's name; `None` where that can't be told.
fn known(credit: &Credit, record: &Record, roster: &Roster) -> Option<String> {
    let name = credit.name.as_deref()?;
    match roster.person_at(name, filter::credited_at(record)) {
        Some(person) => Some(Text::new(&person.name).as_str().to_owned()),
        None if credit.initials || credit.kind == Kind::Anonymous => None,
        None => Some(Text::new(name).as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::article::reconcile::From;
    use crate::lineage::graph::{Content, Entry};
    use crate::people::roster::Person;
    use crate::record::event::Event;
    use crate::record::time::Timestamp;
    use crate::text::digest::Digest;

    fn credit(role: Role, name: &str) -> Credit {
        Credit {
            role,
            name: (!name.is_empty()).then(|| name.to_owned()),
            name_sealed: name.is_empty().then(|| Digest::of_bytes(b"a name")),
            kind: if name == "a colleague" { Kind::Anonymous } else { Kind::Person },
            initials: name.len() == 2,
            place: None,
            language: None,
            source_language: None,
            from: From::Operator,
            line: None,
            name_span: None,
            phrase_span: None,
        }
    }

    /// Whether a text has a second reader by its writer and its editors; "" is a sealed name.
    fn judged(writer: &str, editors: &[&str]) -> Eyes {
        let mut record = Record::new(Event::Published, Timestamp::new(DateTime::UNIX_EPOCH));
        record.article = Some("a".to_owned());
        record.credits.push(credit(Role::Writer, writer));
        record.credits.extend(editors.iter().map(|name| credit(Role::Editor, name)));
        let leaf = Digest::of_bytes(b"a record");
        let content = Content::Record(Box::new(record));
        let graph = Graph::new(vec![Entry { index: 0, leaf, content }]);
        let person = |name: &str, initials: &str| Person {
            name: name.to_owned(),
            spellings: vec![initials.to_owned()],
            ..Person::default()
        };
        let roster = Roster::new(&[person("Ada Prell", "ap"), person("Tomas Uhl", "tu")]).unwrap();
        let article = graph.article("a").unwrap();
        judge(&graph, article, article.newest().unwrap(), &roster)
    }

    #[test]
    fn nobody_is_taken_for_another_or_for_the_same_by_guessing() {
        for (writer, editors, wanted) in [
            ("Ada Prell", &["Ivo Pahl"][..], Eyes::Four),
            ("Ada Prell", &[""], Eyes::Unclear),
            ("Ada Prell", &["a colleague"], Eyes::Unclear),
            ("Ada Prell", &["ip"], Eyes::Unclear),
            ("Ada Prell", &["tu"], Eyes::Four),
            ("Ada Prell", &["ap"], Eyes::Two),
            ("Ada Prell", &["ip", "Ivo Pahl"], Eyes::Four),
            ("", &["Ivo Pahl"], Eyes::Unclear),
            ("", &[], Eyes::Two),
            ("ip", &["Ivo Pahl"], Eyes::Unclear),
            ("ap", &["Ivo Pahl"], Eyes::Four),
        ] {
            assert_eq!(judged(writer, editors), wanted, "{writer:?}, {editors:?}");
        }
    }
}
