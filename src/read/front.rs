//! Front matter → JSON values: YAML (scalars as text, no aliases) and TOML.

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

use super::error::ReadError;
use super::limits::MAX_DEPTH;

/// The most values of a front matter.
const MAX_VALUES: usize = 10_000;

/// The longest front matter, in bytes.
const MAX_FRONT: usize = 64 * 1024;

/// Reads YAML. Every scalar is a text; a key that is none is left out.
///
/// # Errors
///
/// If it is broken, too long or deep, or uses aliases, which could expand without end.
pub(super) fn yaml(text: &str) -> Result<Value, ReadError> {
    check(text)?;
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut values = 0;
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| broken(error.to_string()))?;
        values += 1;
        if values > MAX_VALUES {
            return Err(ReadError::TooMuch { what: "values of front matter", limit: MAX_VALUES });
        }
        let value = match event {
            Event::MappingStart(..) => {
                open.push(Open::Map(Map::new(), None));
                None
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                None
            }
            Event::Scalar(text, ..) => Some(Value::String(text.into_owned())),
            Event::MappingEnd | Event::SequenceEnd => open.pop().map(Open::close),
            Event::Alias(_) => return Err(broken("it uses an alias".to_owned())),
            _ => None,
        };
        if open.len() > MAX_DEPTH {
            return Err(ReadError::TooMuch { what: "levels of nesting", limit: MAX_DEPTH });
        }
        if let Some(value) = value {
            match open.last_mut() {
                Some(parent) => parent.add(value),
                None => root = root.or(Some(value)),
            }
        }
    }
    Ok(root.unwrap_or(Value::Null))
}

/// A map with the key that waits for its value, or a list.
enum Open {
    Map(Map<String, Value>, Option<String>),
    List(Vec<Value>),
}

impl Open {
    fn add(&mut self, value: Value) {
        match self {
            Self::List(items) => items.push(value),
            Self::Map(map, key) => match (key.take(), value) {
                (Some(key), value) => {
                    map.insert(key, value);
                }
                (None, Value::String(text)) => *key = Some(text),
                (None, _) => *key = Some(String::new()),
            },
        }
    }

    fn close(self) -> Value {
        match self {
            Self::Map(map, _) => Value::Object(map),
            Self::List(items) => Value::Array(items),
        }
    }
}

/// Reads TOML. Dates and numbers are texts.
///
/// # Errors
///
/// If it is broken or too long.
pub(super) fn toml(text: &str) -> Result<Value, ReadError> {
    check(text)?;
    let table: toml::Table =
        toml::from_str(text).map_err(|error| broken(error.message().to_owned()))?;
    Ok(value(toml::Value::Table(table)))
}

fn value(given: toml::Value) -> Value {
    match given {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(value).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, one)| (key, value(one))).collect())
        }
        toml::Value::Integer(number) => Value::String(number.to_string()),
        toml::Value::Float(number) => Value::String(number.to_string()),
        toml::Value::Boolean(flag) => Value::String(flag.to_string()),
    }
}

fn check(text: &str) -> Result<(), ReadError> {
    if text.len() > MAX_FRONT {
        return Err(ReadError::TooMuch { what: "bytes of front matter", limit: MAX_FRONT });
    }
    Ok(())
}

fn broken(reason: String) -> ReadError {
    ReadError::Broken { format: "front matter", reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same() {
        let one =
            yaml("title: A bridge\nauthor: [Ada Prell, Tomas Uhl]\ndate: 2026-05-12\n").unwrap();
        let other =
            toml("title = 'A bridge'\nauthor = ['Ada Prell', 'Tomas Uhl']\ndate = 2026-05-12\n");
        assert_eq!(one["author"][1], "Tomas Uhl");
        assert_eq!(one["date"], other.as_ref().unwrap()["date"]);
        assert_eq!(one["title"], other.unwrap()["title"]);
    }

    #[test]
    fn bombs_are_refused() {
        assert!(yaml("a: &a [x]\nb: [*a, *a]").is_err());
        assert!(yaml(&"[".repeat(1000)).is_err());
        assert!(yaml(&"a: {".repeat(30_000)).is_err());
        assert!(toml(&"[[a]]\n".repeat(30_000)).is_err());
    }
}
