//! Tables as CSV (RFC 4180): UTF-8 without a byte order mark, a header, CR LF after each row.
//!
//! Null is an empty field; no text is empty. Fields with a comma, a quote or a line's end are quoted,
//! no others. Nothing else is changed: a headline that a spreadsheet would take for a formula
//! (`=`, `+`, `-`, `@`) stands here as it is in the record.

use std::io::{self, Write};

use super::table::{Cell, Column, Rows};

/// Writes a table.
#[derive(Debug)]
pub struct Csv<W> {
    out: W,
}

impl<W: Write> Csv<W> {
    /// Begins a table with its header.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn new(mut out: W, columns: &[Column]) -> io::Result<Self> {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        write!(out, "{}\r\n", names.join(","))?;
        Ok(Self { out })
    }

    /// Ends it.
    ///
    /// # Errors
    ///
    /// If what is still held can't be written.
    pub fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Rows for Csv<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.out.write_all(b",")?;
            }
            match cell {
                Cell::Null => {}
                Cell::Number(number) => write!(self.out, "{number}")?,
                Cell::Time(time) => write!(self.out, "{time}")?,
                Cell::Text(text) if text.contains([',', '"', '\r', '\n']) => {
                    write!(self.out, "\"{}\"", text.replace('"', "\"\""))?;
                }
                Cell::Text(text) => self.out.write_all(text.as_bytes())?,
            }
        }
        self.out.write_all(b"\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Type;
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let mut out = Vec::new();
        let columns = ["a", "b", "c"].map(|name| Column { name, holds: Type::Text });
        let mut csv = Csv::new(&mut out, &columns).unwrap();
        let text = |text: &'static str| Cell::Text(text.into());
        csv.row(&[text("plain"), Cell::Null, Cell::Number(7)]).unwrap();
        csv.row(&[text("a, b"), text("a \"b\""), text("a\nb")]).unwrap();
        csv.row(&[text("=1+1"), text(" spaced "), text("'x'; \t")]).unwrap();
        csv.end().unwrap();
        let wanted = "a,b,c\r\nplain,,7\r\n\"a, b\",\"a \"\"b\"\"\",\"a\nb\"\r\n\
                      =1+1, spaced ,'x'; \t\r\n";
        assert_eq!(String::from_utf8(out).unwrap(), wanted);
    }
}
