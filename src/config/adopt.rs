//! Writes spellings that somebody confirmed into `[[people]]`, and leaves all else as it stands:
//! comments, order, spaces.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, value};

use crate::text::profile::Text;

/// Says why spellings can't be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptError {
    /// The file is not TOML.
    #[error("not TOML: {0}")]
    NotToml(String),
    /// A key holds something else than it should.
    #[error("`{0}` is not a list")]
    NotAList(&'static str),
}

/// Whether a file has an entry for the person of a name.
pub fn has(text: &str, name: &str) -> bool {
    let document = text.parse::<DocumentMut>();
    document.is_ok_and(|mut document| entry(&mut document, name).is_some())
}

/// The text of a file with spellings added to the person of a name, who is added where they aren't
/// there. A spelling that they have already is not added again.
///
/// # Errors
///
/// If the text is not TOML, or `people` or `spellings` is not a list. Whether somebody else has the
/// spelling is for [`super::settings::Settings::parse`] to say, which must read the result before it is
/// written.
pub fn adopt(text: &str, name: &str, spellings: &[String]) -> Result<String, AdoptError> {
    let parsed = text.parse::<DocumentMut>();
    let mut document = parsed.map_err(|error| AdoptError::NotToml(error.message().to_owned()))?;
    if entry(&mut document, name).is_none() {
        add_person(&mut document, name)?;
    }
    let person = entry(&mut document, name).ok_or(AdoptError::NotAList("people"))?;
    if person.get("spellings").is_none() {
        person.insert("spellings", value(Array::new()));
    }
    let list = person.get_mut("spellings").and_then(Item::as_array_mut);
    let list = list.ok_or(AdoptError::NotAList("spellings"))?;
    for spelling in spellings {
        let known = list.iter().any(|known| known.as_str().is_some_and(|k| same(k, spelling)));
        if !known && !same(spelling, name) {
            push(list, spelling);
        }
    }
    Ok(document.to_string())
}

fn add_person(document: &mut DocumentMut, name: &str) -> Result<(), AdoptError> {
    let people = document.entry("people").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    match people {
        Item::ArrayOfTables(tables) => {
            let mut table = Table::new();
            table.insert("name", value(name));
            table.decor_mut().set_prefix("\n");
            tables.push(table);
        }
        item => {
            let list = item.as_array_mut().ok_or(AdoptError::NotAList("people"))?;
            let mut table = toml_edit::InlineTable::new();
            table.insert("name", name.into());
            list.push(table);
        }
    }
    Ok(())
}

/// Adds to a list in its own layout: on a line of its own where its last stands so.
fn push(list: &mut Array, spelling: &str) {
    let before = list.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let before = before.map(|before| {
        // Comments above the last are about the last.
        if before.contains('\n') {
            let indent: String = before.rsplit('\n').next().unwrap_or_default().to_owned();
            format!("\n{indent}")
        } else {
            before.to_owned()
        }
    });
    match before.filter(|_| list.len() > 1 || list.iter().any(is_on_its_own_line)) {
        Some(before) => {
            let mut new = toml_edit::Value::from(spelling);
            new.decor_mut().set_prefix(before);
            list.push_formatted(new);
        }
        None => list.push(spelling),
    }
}

fn is_on_its_own_line(one: &toml_edit::Value) -> bool {
    one.decor().prefix().and_then(|before| before.as_str()).is_some_and(|b| b.contains('\n'))
}

/// The entry of the person of a name.
fn entry<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    let is = |table: &dyn TableLike| {
        table.get("name").and_then(Item::as_str).is_some_and(|known| same(known, name))
    };
    match document.get_mut("people")? {
        Item::ArrayOfTables(tables) => {
            tables.iter_mut().map(|table| table as &mut dyn TableLike).find(|table| is(*table))
        }
        item => item
            .as_array_mut()?
            .iter_mut()
            .filter_map(|one| one.as_inline_table_mut())
            .map(|table| table as &mut dyn TableLike)
            .find(|table| is(*table)),
    }
}

fn same(one: &str, other: &str) -> bool {
    Text::new(one) == Text::new(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adopted(text: &str, name: &str, spellings: &[&str]) -> String {
        let spellings: Vec<String> = spellings.iter().map(|s| (*s).to_owned()).collect();
        adopt(text, name, &spellings).unwrap()
    }

    #[test]
    fn all_else_stays_as_it_stands() {
        let text = "# A house.\n[text]\nkeep = \"all\" # of them\n\n# Ada came first.\n[[people]]\nname = \"Ada Prell\" # since 2020\n\
                    spellings = [\n  # in the archive\n  \"A. Prell\",\n]\ndesk = \"Night\"\n\n[[people]]\nname = \"Ivo Pahl\"\n# the end\n";
        let new = adopted(text, "Ada\u{A0}Prell", &["Ada Prél", "A. Prell", "Ada Prell"]);
        let wanted = text.replace("  \"A. Prell\",\n", "  \"A. Prell\",\n  \"Ada Prél\",\n");
        assert_eq!(new, wanted);
        let new = adopted(text, "Ivo Pahl", &["I. Pahl"]);
        let wanted = text
            .replace("name = \"Ivo Pahl\"\n", "name = \"Ivo Pahl\"\nspellings = [\"I. Pahl\"]\n");
        assert_eq!(new, wanted);
    }

    #[test]
    fn somebody_new_is_added_at_the_end() {
        let text = "[text]\nkeep = \"all\"\n";
        let new = adopted(text, "Ada Prell", &["A. Prell"]);
        assert_eq!(
            new,
            format!("{text}\n[[people]]\nname = \"Ada Prell\"\nspellings = [\"A. Prell\"]\n")
        );
        assert!(has(&new, "Ada Prell") && !has(&new, "A. Prell"));
        let list = adopted("people = [{ name = \"Ivo Pahl\" }]\n", "Ivo Pahl", &["I. Pahl"]);
        assert!(list.contains("spellings = [\"I. Pahl\"]"), "{list}");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for bad in
            ["people = 1\n", "[people]\n", "[[people]]\nname = \"Ada\"\nspellings = 1\n", "="]
        {
            assert!(adopt(bad, "Ada", &["A.".to_owned()]).is_err(), "{bad}");
        }
    }
}
