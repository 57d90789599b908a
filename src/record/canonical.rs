//! Reads the one spelling of a record, and nothing else: a line a key, by the grammar of
//! [`super::encode`].
//!
//! A log is read record by record, and a TOML parser takes some ten times as long for what the
//! canonical form can have. Whatever is not of that form is for the parser, which says what is wrong
//! with it. That nothing is read otherwise than it stands needs no trust in this: the caller writes
//! the record again and compares ([`super::decode`]).

use std::borrow::Cow;
use std::vec::IntoIter;

use memchr::{memchr, memchr2};
use serde::Deserialize as _;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::fields::Record;

/// The record that a text is; `None` if it is none, or not in the canonical form.
pub(super) fn read(text: &str) -> Option<Record> {
    let table = document(text)?;
    Record::deserialize(Value::Table(table)).ok()
}

/// A table's keys and values, in order.
pub(super) type Table<'t> = Vec<(&'t str, Value<'t>)>;

/// What stands behind a key.
#[derive(Debug)]
pub(super) enum Value<'t> {
    Text(Cow<'t, str>),
    Number(u32),
    True,
    List(Vec<Value<'t>>),
    Table(Table<'t>),
}

fn document(text: &str) -> Option<Table<'_>> {
    let mut rest = text.strip_prefix("[[record]]\n")?;
    let mut record = Table::new();
    // The table that lines belong to: the record itself until another begins.
    let mut header: Option<(Header, &str)> = None;
    let mut table = Table::with_capacity(24);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            close(&mut record, header.take(), std::mem::take(&mut table))?;
            let (line, next) = after.split_once('\n')?;
            header = Some(match line.strip_prefix('[') {
                Some(name) => (Header::OneOfMany, name.strip_suffix("]]")?),
                None => (Header::Only, line.strip_suffix(']')?),
            });
            rest = next;
        } else {
            let (key, after) = rest.split_at(memchr(b' ', rest.as_bytes())?);
            let (value, next) = value(after.strip_prefix(" = ")?)?;
            table.push((key, value));
            rest = next.strip_prefix('\n')?;
        }
    }
    close(&mut record, header, table)?;
    Some(record)
}

/// How a table's header says whether there may be others of its name.
#[derive(Debug, Clone, Copy)]
enum Header {
    /// `[record.name]`
    Only,
    /// `[[record.name]]`
    OneOfMany,
}

/// Puts a table that ends in its place: the record's own keys come first and have no header.
fn close<'t>(
    record: &mut Table<'t>,
    header: Option<(Header, &'t str)>,
    table: Table<'t>,
) -> Option<()> {
    let Some((header, name)) = header else {
        *record = table;
        return Some(());
    };
    let name = name.strip_prefix("record.")?;
    match (header, record.last_mut()) {
        (Header::OneOfMany, Some((last, Value::List(tables)))) if *last == name => {
            tables.push(Value::Table(table));
        }
        (Header::OneOfMany, _) => record.push((name, Value::List(vec![Value::Table(table)]))),
        (Header::Only, _) => record.push((name, Value::Table(table))),
    }
    Some(())
}

/// The value that a text begins with, and what follows it.
pub(super) fn value(text: &str) -> Option<(Value<'_>, &str)> {
    match text.bytes().next()? {
        b'"' => {
            let (string, rest) = string(text.get(1..)?)?;
            Some((Value::Text(string), rest))
        }
        b'0'..=b'9' => {
            let (digits, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
            Some((Value::Number(digits.parse().ok()?), rest))
        }
        b'[' => list(text.get(1..)?),
        _ => Some((Value::True, text.strip_prefix("true")?)),
    }
}

/// The rest of a list, and what follows it.
fn list(mut text: &str) -> Option<(Value<'_>, &str)> {
    let mut values = Vec::new();
    loop {
        let (item, rest) = value(text)?;
        if matches!(item, Value::List(_)) {
            return None;
        }
        values.push(item);
        if let Some(after) = rest.strip_prefix(']') {
            return Some((Value::List(values), after));
        }
        text = rest.strip_prefix(", ")?;
    }
}

/// The rest of a string, and what follows it.
fn string(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut out = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at(memchr2(b'"', b'\\', rest.as_bytes())?);
        if out.is_empty() {
            out = Cow::Borrowed(plain);
        } else {
            out.to_mut().push_str(plain);
        }
        if let Some(after) = after.strip_prefix('"') {
            return Some((out, after));
        }
        let (c, after) = escaped(after.strip_prefix('\\')?)?;
        out.to_mut().push(c);
        rest = after;
    }
}

/// The character of an escape, and what follows it.
fn escaped(text: &str) -> Option<(char, &str)> {
    let mut rest = text.chars();
    let c = match rest.next()? {
        c @ ('"' | '\\') => c,
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'f' => '\u{C}',
        'r' => '\r',
        'u' => {
            let (digits, after) = rest.as_str().split_at_checked(4)?;
            rest = after.chars();
            char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
        }
        _ => return None,
    };
    Some((c, rest.as_str()))
}

impl<'t> IntoDeserializer<'t> for Value<'t> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Number(number) => visitor.visit_u32(number),
            Self::True => visitor.visit_bool(true),
            Self::List(values) => visitor
                .visit_seq(SeqDeserializer::<IntoIter<Value<'de>>, Error>::new(values.into_iter())),
            Self::Table(table) => visitor.visit_map(MapDeserializer::new(table.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_enum(text.into_deserializer()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of `tests/vectors/record`.
    const VECTORS: [&str; 6] = [
        include_str!("../../tests/vectors/record/valid-every-open-key.toml"),
        include_str!("../../tests/vectors/record/valid-every-sealed-key.toml"),
        include_str!("../../tests/vectors/record/valid-escape-c0.toml"),
        include_str!("../../tests/vectors/record/valid-escape-bidi.toml"),
        include_str!("../../tests/vectors/record/valid-aliases-prefix-first.toml"),
        include_str!("../../tests/vectors/record/valid-erasure-seal.toml"),
    ];

    #[test]
    fn whatever_is_a_record_is_read_here_and_as_the_toml_parser_reads_it() {
        let both = |text: &str| {
            let is_canonical = |r: &Record| r.encode().is_ok_and(|r| r == text.as_bytes());
            (read(text).filter(is_canonical), Record::by_toml(text).ok())
        };
        for vector in VECTORS {
            let (_, text) = vector.split_once("----\n").unwrap();
            let (own, parsed) = both(text);
            assert!(own.is_some() && own == parsed, "{text}");
            for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
                for with in ["", "0", "\"", "\\", "\n", " = ", "[", "]"] {
                    let changed =
                        format!("{}{with}{}", &text[..at], text[at..].get(1..).unwrap_or(""));
                    let (own, parsed) = both(&changed);
                    assert_eq!(own, parsed, "{changed}");
                }
            }
        }
    }

    #[test]
    fn what_breaks_off_or_goes_on_is_none() {
        let whole = "[[record]]\na = [\"x\\u00e9\\\\\", \"y\"]\nb = [1, 2]\n[record.c]\nd = true\n[[record.e]]\nf = 7\n";
        assert_eq!(document(whole).unwrap().len(), 4);
        for end in 1..whole.len() {
            let part = &whole[..end];
            if !part.ends_with('\n') {
                assert!(document(part).is_none(), "{part}");
            }
        }
        for odd in
            ["x", "[[record]]", "[[record]]\na=1\n", "[[record]]\na = [[1]]\n", "[[record]]\n[c]\n"]
        {
            assert!(document(odd).is_none(), "{odd}");
        }
    }
}
