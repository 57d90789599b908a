//! A map: what is stated of many articles, as a table in CSV (RFC 4180), a line an article.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Map as Object, Value};

/// What can be stated in a column.
pub const FACTS: &[&str] = &[
    "id",
    "url",
    "alias",
    "language",
    "story",
    "standing",
    "published",
    "publisher",
    "responsible",
    "observed_url",
    "translation_of",
    "source_file",
    "machine",
    "request",
];

/// The table, by what each line is about.
#[derive(Debug)]
pub struct Map {
    by_path: bool,
    rows: HashMap<String, Row>,
}

/// A line of it.
#[derive(Debug)]
pub struct Row {
    /// The number of its line, from 1.
    pub line: u64,
    /// What it states: an object of facts, `alias` as the array `aliases`.
    pub stated: Object<String, Value>,
    met: AtomicBool,
}

/// Says what is wrong with a map.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MapError {
    /// It is no CSV, or no UTF-8.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A column of which nothing is known.
    #[error("unknown column `{column}`; there are path, {}", FACTS.join(", "))]
    UnknownColumn {
        /// Its name.
        column: String,
    },
    /// A column that is there twice, other than `alias`.
    #[error("the column `{0}` is there twice")]
    TwiceColumn(String),
    /// No column says what a line is about.
    #[error("it has neither a column `path` nor a column `id`")]
    NoKey,
    /// A line that says not what it is about.
    #[error("line {line}: `{column}` is empty")]
    EmptyKey {
        /// The line.
        line: u64,
        /// The column.
        column: &'static str,
    },
    /// Two lines about one thing.
    #[error("line {line}: line {before} is about `{key}` too")]
    Twice {
        /// The second.
        line: u64,
        /// The first.
        before: u64,
        /// What both are about.
        key: String,
    },
}

impl Map {
    /// Reads a table. Each line is about the file in its column `path`; where there is no such column,
    /// about the article in its column `id`. An empty cell states nothing.
    ///
    /// # Errors
    ///
    /// If it is no table, has a column that is unknown, or two lines are about one thing.
    pub fn read(input: impl io::Read) -> Result<Self, MapError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let columns: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        for (at, column) in columns.iter().enumerate() {
            if column != "path" && !FACTS.contains(&column.as_str()) {
                return Err(MapError::UnknownColumn { column: column.clone() });
            }
            if column != "alias" && columns.iter().take(at).any(|before| before == column) {
                return Err(MapError::TwiceColumn(column.clone()));
            }
        }
        let has = |name: &str| columns.iter().any(|column| column == name);
        let key = match (has("path"), has("id")) {
            (true, _) => "path",
            (false, true) => "id",
            (false, false) => return Err(MapError::NoKey),
        };
        let mut rows: HashMap<String, Row> = HashMap::new();
        for record in reader.records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            let (mut about, mut stated, mut aliases) = (None, Object::new(), Vec::new());
            let cells = columns.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
            for (column, cell) in cells {
                if column == key {
                    about = Some(cell.to_owned());
                } else if column == "alias" {
                    aliases.push(Value::from(cell));
                } else {
                    stated.insert(column.clone(), Value::from(cell));
                }
            }
            if !aliases.is_empty() {
                stated.insert("aliases".to_owned(), Value::Array(aliases));
            }
            let about = about.ok_or(MapError::EmptyKey { line, column: key })?;
            let row = Row { line, stated, met: AtomicBool::new(false) };
            if let Some(before) = rows.insert(about.clone(), row) {
                return Err(MapError::Twice { line, before: before.line, key: about });
            }
        }
        Ok(Self { by_path: key == "path", rows })
    }

    /// Whether its lines are about files.
    pub fn is_by_path(&self) -> bool {
        self.by_path
    }

    /// Its lines, with what each is about, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.rows.iter().map(|(about, row)| (about.as_str(), row))
    }

    /// The line about something, which now was met.
    pub fn meet(&self, about: &str) -> Option<&Row> {
        let row = self.rows.get(about)?;
        row.met.store(true, Ordering::Relaxed);
        Some(row)
    }

    /// The lines that are about nothing that was met, in the order of the table.
    pub fn unmet(&self) -> Vec<(u64, &str)> {
        let unmet = self.rows.iter().filter(|(_, row)| !row.met.load(Ordering::Relaxed));
        let mut unmet: Vec<_> = unmet.map(|(about, row)| (row.line, about.as_str())).collect();
        unmet.sort_unstable();
        unmet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str) -> String {
        Map::read(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn lines_are_about_paths_or_ids() {
        let text = "\u{feff}path, id,alias,alias\na.txt,one,\"x,y\",z\nb.txt,,,\n";
        let map = Map::read(text.as_bytes()).unwrap();
        assert!(map.is_by_path() && map.meet("c.txt").is_none());
        let row = map.meet("a.txt").unwrap();
        assert_eq!((row.line, row.stated["id"].as_str()), (2, Some("one")));
        assert_eq!(row.stated["aliases"], serde_json::json!(["x,y", "z"]));
        assert_eq!(map.unmet(), [(3, "b.txt")]);
        assert!(!Map::read("id,story\nn1,s\n".as_bytes()).unwrap().is_by_path());
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(fails("path,colour\n").contains("unknown column `colour`"));
        assert!(fails("path,url,url\n").contains("`url` is there twice"));
        assert!(fails("url\n").contains("neither"));
        assert!(fails("path,url\n,x\n").contains("line 2: `path` is empty"));
        assert!(fails("path\na\na\n").contains("line 3: line 2 is about `a` too"));
        assert!(fails("path,url\na\n").contains("line: 2"));
        assert!(Map::read(b"path\n\xff\n".as_slice()).is_err());
    }
}
