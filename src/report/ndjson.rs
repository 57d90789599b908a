//! Records as NDJSON: an object a line, its keys the columns of records and then `credits`, an array
//! of objects whose keys are the columns of credits but for `index`; null for a record of a newer
//! format.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::table::{CREDITS, Cell, Column, Count, RECORDS, each};
use crate::lineage::graph::Graph;

/// Writes all records of a log, line by line.
///
/// # Errors
///
/// If a line can't be written.
pub fn write(graph: &Graph, out: &mut (impl Write + ?Sized)) -> io::Result<Count> {
    let mut entries = graph.entries().iter();
    each(graph, |record, credits| {
        let mut line = object(RECORDS, record);
        let understood = entries.next().is_some_and(|entry| entry.record().is_some());
        let own = |credit: &Vec<Cell<'_>>| {
            let mut credit = object(CREDITS, credit);
            credit.shift_remove("index");
            Value::Object(credit)
        };
        let credits = if understood { credits.iter().map(own).collect() } else { Value::Null };
        line.insert("credits".to_owned(), credits);
        serde_json::to_writer(&mut *out, &Value::Object(line))?;
        out.write_all(b"\n")
    })
}

fn object(columns: &[Column], cells: &[Cell<'_>]) -> Map<String, Value> {
    let value = |cell: &Cell<'_>| match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => Value::from(text.as_ref()),
        Cell::Number(number) => Value::from(*number),
        Cell::Time(time) => Value::from(time.as_str()),
    };
    columns.iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), value(cell))).collect()
}
