//! The log as two tables, for engines that read tables: records, and credits.
//!
//! FORMAT.md, section 8, has the columns. Rows come in log order, one at a time, each made from its
//! record alone but for version and status, which are found before ([`crate::lineage::status::all`]).

use std::borrow::Cow;
use std::io;

use crate::lineage::graph::{Entry, Graph};
use crate::lineage::status::{self, Status};
use crate::record::credit::Credit;
use crate::record::event::{Origin, Standing};
use crate::record::time::Timestamp;

/// What a column holds. All may be null but those that say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text in UTF-8.
    Text,
    /// A number below 2^32.
    Number,
    /// A number below 2^64, never null.
    Index,
    /// A moment in UTC, to the millisecond.
    Time,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Type,
}

/// What stands in a row and a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing: the record doesn't say, or seals it, or is not understood.
    Null,
    /// A text, never empty.
    Text(Cow<'a, str>),
    /// A number.
    Number(u64),
    /// A moment.
    Time(&'a Timestamp),
}

pub(super) const fn column(name: &'static str, holds: Type) -> Column {
    Column { name, holds }
}

/// The columns of records.
pub const RECORDS: &[Column] = &[
    column("index", Type::Index),
    column("leaf", Type::Text),
    column("recorded", Type::Time),
    column("event", Type::Text),
    column("origin", Type::Text),
    column("standing", Type::Text),
    column("article", Type::Text),
    column("version", Type::Number),
    column("previous", Type::Text),
    column("language", Type::Text),
    column("headline", Type::Text),
    column("dateline", Type::Text),
    column("publisher", Type::Text),
    column("provider", Type::Text),
    column("published", Type::Text),
    column("modified", Type::Text),
    column("body", Type::Text),
    column("paragraph_count", Type::Number),
    column("sources", Type::Number),
    column("status", Type::Text),
];

/// The columns of credits.
pub const CREDITS: &[Column] = &[
    column("index", Type::Index),
    column("n", Type::Number),
    column("role", Type::Text),
    column("name", Type::Text),
    column("kind", Type::Text),
    column("language", Type::Text),
    column("source_language", Type::Text),
    column("from", Type::Text),
    column("line", Type::Number),
];

/// Takes the rows of one table.
pub trait Rows {
    /// Takes a row: a cell for each column, in their order.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;
}

/// How many rows of each table there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Records.
    pub records: u64,
    /// Those of them of a newer format.
    pub not_understood: u64,
    /// Credits.
    pub credits: u64,
}

/// Gives each record's row, and the rows of its credits, to `each`, in log order.
///
/// # Errors
///
/// If `each` fails.
pub fn each(
    graph: &Graph,
    mut each: impl FnMut(&[Cell<'_>], &[Vec<Cell<'_>>]) -> io::Result<()>,
) -> io::Result<Count> {
    let carried = status::all(graph);
    let mut count = Count::default();
    for entry in graph.entries() {
        let credits = entry.record().map_or(&[][..], |record| &record.credits);
        let credits: Vec<Vec<Cell<'_>>> =
            (1..).zip(credits).map(|(n, one)| credit(entry.index, n, one)).collect();
        each(&record(entry, carried.get(&entry.index).copied()), &credits)?;
        count.records += 1;
        count.not_understood += u64::from(entry.record().is_none());
        count.credits += credits.len() as u64;
    }
    Ok(count)
}

/// Writes both tables, row by row.
///
/// # Errors
///
/// If a row can't be written.
pub fn write(graph: &Graph, records: &mut impl Rows, credits: &mut impl Rows) -> io::Result<Count> {
    each(graph, |record, own| {
        records.row(record)?;
        own.iter().try_for_each(|credit| credits.row(credit))
    })
}

/// A record's row.
fn record(entry: &Entry, carried: Option<(usize, Status)>) -> Vec<Cell<'_>> {
    let mut row = vec![Cell::Number(entry.index), Cell::Text(entry.leaf.to_string().into())];
    let Some(record) = entry.record() else {
        row.resize(RECORDS.len(), Cell::Null);
        return row;
    };
    let text = record.text.as_ref();
    row.extend([
        Cell::Time(&record.recorded),
        word(record.event.as_str()),
        record.origin.map(Origin::as_str).map_or(Cell::Null, word),
        record.standing.map(Standing::as_str).map_or(Cell::Null, word),
        stated(record.article.as_deref()),
        carried.map_or(Cell::Null, |(version, _)| Cell::Number(version as u64)),
        record.previous.map_or(Cell::Null, |leaf| Cell::Text(leaf.to_string().into())),
        stated(record.language.as_ref().map(crate::text::language::Language::as_str)),
        stated(record.headline.as_deref()),
        stated(record.dateline.as_deref()),
        stated(record.publisher.as_deref()),
        stated(record.provider.as_deref()),
        stated(record.published.as_deref()),
        stated(record.modified.as_deref()),
        text.map_or(Cell::Null, |text| Cell::Text(text.body.to_string().into())),
        text.map_or(Cell::Null, |text| Cell::Number(text.paragraph_count.into())),
        Cell::Number(record.sources.len() as u64),
        carried.map_or(Cell::Null, |(_, status)| word(status.as_str())),
    ]);
    row
}

/// The row of a record's credit, numbered from 1.
fn credit(index: u64, n: u64, credit: &Credit) -> Vec<Cell<'_>> {
    vec![
        Cell::Number(index),
        Cell::Number(n),
        word(credit.role.as_str()),
        stated(credit.name.as_deref()),
        word(credit.kind.as_str()),
        stated(credit.language.as_ref().map(crate::text::language::Language::as_str)),
        stated(credit.source_language.as_ref().map(crate::text::language::Language::as_str)),
        word(credit.from.as_str()),
        credit.line.map_or(Cell::Null, |line| Cell::Number(line.into())),
    ]
}

fn word(word: &'static str) -> Cell<'static> {
    Cell::Text(word.into())
}

fn stated(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Null, |text| Cell::Text(text.into()))
}
