//! Tables as Parquet, uncompressed, with dictionaries; a row group is held in memory at a time.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type as Schema;

use super::table::{Cell, Column, Rows, Type};

/// How many rows a row group has: some ten megabytes of records.
const GROUP: usize = 16_384;

/// Writes a table.
pub struct Parquet<W: Write + Send> {
    out: SerializedFileWriter<W>,
    columns: Vec<Held>,
    rows: usize,
}

/// A column of the row group that is being filled: its values without the nulls, and for each row
/// whether there is one.
struct Held {
    holds: Type,
    values: Values,
    there: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i32>),
    Longs(Vec<i64>),
}

impl<W: Write + Send> Parquet<W> {
    /// Begins a table.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn new(out: W, name: &str, columns: &[Column]) -> io::Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let schema =
            Schema::group_type_builder(name).with_fields(fields).build().map_err(failed)?;
        let made_by = format!("siglum {}", env!("CARGO_PKG_VERSION"));
        let properties = WriterProperties::builder().set_created_by(made_by).build();
        let out = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        let columns = columns.iter().map(|column| Held::new(column.holds)).collect();
        Ok(Self { out: out.map_err(failed)?, columns, rows: 0 })
    }

    /// Ends it.
    ///
    /// # Errors
    ///
    /// If what is still held can't be written.
    pub fn end(mut self) -> io::Result<()> {
        self.flush()?;
        self.out.close().map(drop).map_err(failed)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.out.next_row_group().map_err(failed)?;
        for held in &mut self.columns {
            if let Some(mut column) = group.next_column().map_err(failed)? {
                held.write(&mut column).map_err(failed)?;
                column.close().map_err(failed)?;
            }
            *held = Held::new(held.holds);
        }
        group.close().map_err(failed)?;
        self.rows = 0;
        Ok(())
    }
}

impl<W: Write + Send> Rows for Parquet<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (held, cell) in self.columns.iter_mut().zip(cells) {
            held.push(cell)?;
        }
        self.rows += 1;
        if self.rows == GROUP { self.flush() } else { Ok(()) }
    }
}

impl Held {
    fn new(holds: Type) -> Self {
        let values = match holds {
            Type::Text => Values::Texts(Vec::new()),
            Type::Number => Values::Numbers(Vec::new()),
            Type::Index | Type::Time => Values::Longs(Vec::new()),
        };
        Self { holds, values, there: Vec::new() }
    }

    fn push(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        let out_of_range = |_| io::Error::other("a number is beyond its column's range");
        match (&mut self.values, cell) {
            (_, Cell::Null) => {}
            (Values::Texts(texts), Cell::Text(text)) => texts.push(ByteArray::from(text.as_ref())),
            (Values::Numbers(numbers), Cell::Number(number)) => {
                // An unsigned number is stored as the signed one of the same bits.
                numbers.push(u32::try_from(*number).map_err(out_of_range)?.cast_signed());
            }
            (Values::Longs(longs), Cell::Number(number)) => longs.push(number.cast_signed()),
            (Values::Longs(longs), Cell::Time(time)) => {
                let moment = time.moment().ok_or_else(|| io::Error::other("a time is none"))?;
                longs.push(moment.timestamp_millis());
            }
            _ => return Err(io::Error::other("a cell is not of its column's type")),
        }
        self.there.push(i16::from(*cell != Cell::Null));
        Ok(())
    }

    fn write(&self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        // A column that is never null has no definition levels.
        let there = (self.holds != Type::Index).then_some(self.there.as_slice());
        match &self.values {
            Values::Texts(texts) => {
                column.typed::<ByteArrayType>().write_batch(texts, there, None)?;
            }
            Values::Numbers(numbers) => {
                column.typed::<Int32Type>().write_batch(numbers, there, None)?;
            }
            Values::Longs(longs) => {
                column.typed::<Int64Type>().write_batch(longs, there, None)?;
            }
        }
        Ok(())
    }
}

fn field(column: &Column) -> Result<Arc<Schema>, ParquetError> {
    let (physical, logical) = match column.holds {
        Type::Text => (Physical::BYTE_ARRAY, LogicalType::String),
        Type::Number => (Physical::INT32, LogicalType::integer(32, false)),
        Type::Index => (Physical::INT64, LogicalType::integer(64, false)),
        Type::Time => (Physical::INT64, LogicalType::timestamp(true, TimeUnit::MILLIS)),
    };
    let repetition = match column.holds {
        Type::Index => Repetition::REQUIRED,
        _ => Repetition::OPTIONAL,
    };
    Schema::primitive_type_builder(column.name, physical)
        .with_logical_type(Some(logical))
        .with_repetition(repetition)
        .build()
        .map(Arc::new)
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}
