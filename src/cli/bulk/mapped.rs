//! The map of a bulk: read and checked before anything is recorded, and asked for each input.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::error::Failure;
use crate::cli::metadata::Metadata;
use crate::cli::statement::Statement;
use crate::cli::workspace::Context;
use crate::ingest::map::{Map, Row};
use crate::text::language::Language;

/// The map, and where it lies.
#[derive(Debug)]
pub(super) struct Mapped {
    map: Map,
    /// As it was named.
    pub(super) path: PathBuf,
    directory: PathBuf,
}

impl Mapped {
    /// Reads a map, and checks what each line states.
    pub(super) fn open(context: &Context, path: &Path) -> Result<Self, Failure> {
        let bad = |why: String| {
            Failure::unanswered(why)
                .with_path(path)
                .hint("a map is CSV with a header; `siglum record --help` names its columns")
        };
        let full = context.absolute(path);
        let file = File::open(&full).map_err(|error| bad(format!("can't read it: {error}")))?;
        let map = Map::read(BufReader::new(file)).map_err(|error| bad(error.to_string()))?;
        let directory = full.parent().map(Path::to_owned).unwrap_or_default();
        let mapped = Self { map, path: path.to_owned(), directory };
        let mut wrong = HashMap::new();
        for (_, row) in mapped.map.rows() {
            if let Err(why) = mapped.metadata(row) {
                wrong.insert(row.line, why);
            }
        }
        // The first of the table, for the lines come in no order.
        match wrong.into_iter().min() {
            Some((line, why)) => Err(bad(format!("line {line}: {why}"))),
            None => Ok(mapped),
        }
    }

    /// What is stated of a file that goes by `name`; flags go before it.
    pub(super) fn of_file(
        &self,
        context: &Context,
        path: &Path,
        name: Option<&str>,
        statement: Statement,
    ) -> Result<(Statement, Option<Language>), Failure> {
        if !self.map.is_by_path() {
            return Ok((statement, None));
        }
        let full = context.absolute(path);
        let beside = full.strip_prefix(&self.directory).ok().and_then(Path::to_str);
        let keys = [beside, name, full.to_str()];
        self.with(statement, keys.into_iter().flatten().find_map(|key| self.map.meet(key)))
    }

    /// What is stated of an article that goes by `id`.
    pub(super) fn of_article(
        &self,
        id: &str,
        statement: Statement,
    ) -> Result<(Statement, Option<Language>), Failure> {
        let row = if self.map.is_by_path() { None } else { self.map.meet(id) };
        self.with(statement, row)
    }

    fn with(
        &self,
        statement: Statement,
        row: Option<&Row>,
    ) -> Result<(Statement, Option<Language>), Failure> {
        let Some(row) = row else { return Ok((statement, None)) };
        let line = |why| Failure::unanswered(format!("line {} of the map: {why}", row.line));
        let (metadata, request) = self.metadata(row).map_err(line)?;
        let (statement, language) = statement.with(metadata);
        Ok((statement.for_request(request), language))
    }

    fn metadata(&self, row: &Row) -> Result<(Metadata, Option<String>), String> {
        let mut stated = row.stated.clone();
        let request = match stated.remove("request") {
            Some(Value::String(request)) => Some(request),
            _ => None,
        };
        Ok((Metadata::of(Value::Object(stated))?.beside(&self.directory), request))
    }

    /// What lines are about nothing that there was.
    pub(super) fn unmet(&self) -> Vec<(usize, Failure)> {
        let (what, hint) = if self.map.is_by_path() {
            ("file", "paths are from the map's own directory, or from the one that is recorded")
        } else {
            ("article", "ids are those that articles take without the map")
        };
        let failure =
            |about| Failure::unanswered(format!("there is no {what} `{about}`")).hint(hint);
        let unmet = self.map.unmet().into_iter();
        unmet.map(|(line, about)| (usize::try_from(line).unwrap_or(0), failure(about))).collect()
    }
}
