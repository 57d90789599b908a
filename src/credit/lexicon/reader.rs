//! Reads the part of TOML that word lists are written in: tables of keys that are a string or a
//! list of strings.
//!
//! Each program start reads all of them, so less is done than to read any TOML; a test compares the
//! two on every list.

use std::borrow::Cow;

/// Says where a list is not as word lists are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: a word list has no such thing here; {wanted} is wanted")]
pub(super) struct NotAList {
    line: usize,
    wanted: &'static str,
}

/// A key of a list and the strings behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The table that it is in, empty before the first.
    pub(super) table: &'a str,
    pub(super) key: &'a str,
    pub(super) values: Vec<Cow<'a, str>>,
}

/// Reads all entries of a list, in its order.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, NotAList> {
    let mut reader = Reader { text, at: 0 };
    let mut table = "";
    let mut out: Vec<Entry<'_>> = Vec::with_capacity(64);
    loop {
        reader.gap();
        if reader.rest().is_empty() {
            return Ok(out);
        }
        if reader.takes('[') {
            table = reader.key()?;
            reader.wants(']', "`]`")?;
        } else {
            let key = reader.key()?;
            reader.wants('=', "`=`")?;
            if out.iter().any(|entry| entry.table == table && entry.key == key) {
                return Err(reader.bad("another key"));
            }
            out.push(Entry { table, key, values: reader.values()? });
        }
        reader.ends_line()?;
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn bad(&self, wanted: &'static str) -> NotAList {
        let read = self.text.as_bytes().get(..self.at).unwrap_or_default();
        NotAList { line: 1 + memchr::memchr_iter(b'\n', read).count(), wanted }
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let rest = self.rest().as_bytes();
        self.at += rest.iter().position(|&byte| !is_skipped(byte)).unwrap_or(rest.len());
    }

    /// Passes white space and comments.
    fn gap(&mut self) {
        loop {
            self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
            if !self.takes('#') {
                return;
            }
            self.skip(|byte| byte != b'\n');
        }
    }

    /// Passes white space up to the end of the line.
    fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t'));
    }

    fn takes(&mut self, c: char) -> bool {
        let is_there = self.rest().starts_with(c);
        self.at += if is_there { c.len_utf8() } else { 0 };
        is_there
    }

    fn wants(&mut self, c: char, named: &'static str) -> Result<(), NotAList> {
        self.space();
        if !self.takes(c) {
            return Err(self.bad(named));
        }
        self.space();
        Ok(())
    }

    fn ends_line(&mut self) -> Result<(), NotAList> {
        self.space();
        let ends = self.rest().is_empty() || self.rest().starts_with(['\n', '#']);
        if ends { Ok(()) } else { Err(self.bad("the end of the line")) }
    }

    /// A bare key or a quoted one.
    fn key(&mut self) -> Result<&'a str, NotAList> {
        self.space();
        if self.rest().starts_with('"') {
            return match self.string()? {
                Cow::Borrowed(key) => Ok(key),
                Cow::Owned(_) => Err(self.bad("a key without escapes")),
            };
        }
        let from = self.at;
        self.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
        let key = self.text.get(from..self.at).filter(|key| !key.is_empty());
        key.ok_or_else(|| self.bad("a key"))
    }

    /// One string, or those between brackets.
    fn values(&mut self) -> Result<Vec<Cow<'a, str>>, NotAList> {
        if !self.takes('[') {
            return Ok(vec![self.string()?]);
        }
        let mut values = Vec::new();
        loop {
            self.gap();
            if self.takes(']') {
                return Ok(values);
            }
            values.push(self.string()?);
            self.gap();
            if !self.takes(',') && !self.rest().starts_with(']') {
                return Err(self.bad("`,` or `]`"));
            }
        }
    }

    /// A string between double quotes, in which a quote or backslash may be escaped.
    fn string(&mut self) -> Result<Cow<'a, str>, NotAList> {
        if !self.takes('"') {
            return Err(self.bad("a string"));
        }
        let mut out = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let end = memchr::memchr3(b'"', b'\\', b'\n', rest.as_bytes());
            let Some((part, after)) = end.and_then(|end| rest.split_at_checked(end)) else {
                return Err(self.bad("a string that ends"));
            };
            if part.bytes().any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7F) {
                return Err(self.bad("a string without control characters"));
            }
            out += part;
            self.at += part.len();
            if self.takes('"') {
                return Ok(out);
            }
            let escaped = after.get(1..2).filter(|_| self.takes('\\'));
            let Some(escaped) = escaped.filter(|c| matches!(*c, "\"" | "\\")) else {
                return Err(self.bad("a string in one line, with no escapes but `\\\"` and `\\\\`"));
            };
            out += escaped;
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::FILES;
    use super::*;

    /// The same by a reader of all TOML; its tables and keys are sorted.
    fn by_toml(text: &str) -> Vec<(String, String, Vec<String>)> {
        let strings = |value: &toml::Value| match value {
            toml::Value::Array(all) => {
                all.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
            }
            one => vec![one.as_str().unwrap().to_owned()],
        };
        let mut out = Vec::new();
        for (key, value) in toml::from_str::<toml::Table>(text).unwrap() {
            match value {
                toml::Value::Table(table) => out.extend(
                    table.iter().map(|(own, value)| (key.clone(), own.clone(), strings(value))),
                ),
                value => out.push((String::new(), key, strings(&value))),
            }
        }
        out.sort();
        out
    }

    fn by_entries(text: &str) -> Vec<(String, String, Vec<String>)> {
        let mut out: Vec<_> = entries(text)
            .unwrap()
            .into_iter()
            .map(|entry| {
                let values = entry.values.into_iter().map(Cow::into_owned).collect();
                (entry.table.to_owned(), entry.key.to_owned(), values)
            })
            .collect();
        out.sort();
        out
    }

    #[test]
    fn every_list_is_read_as_toml_is() {
        for (name, text) in FILES {
            assert_eq!(by_entries(text), by_toml(text), "{name}");
        }
        let odd = "# a\n\ttag=\"x\"#b\n a = [ # c\n\"p\\\"q\\\\\" ,\n\"r\tés\", ] # d\n b=[]\n\n[ t ]\n\"k l\" = [\"\"]\n[u-1]";
        assert_eq!(by_entries(odd), by_toml(odd));
        assert_eq!(entries("").unwrap(), []);
    }

    #[test]
    fn what_is_no_toml_is_refused() {
        for (bad, line) in [
            ("a", 1),
            ("a = ", 1),
            ("\na = 'b'", 2),
            ("a = \"b", 1),
            ("a = \"b\nc\"", 1),
            ("a = \"b\u{1}\"", 1),
            ("a = \"\\n\"", 1),
            ("a = [\"b\" \"c\"]", 1),
            ("a = [\n\"b\",\n,]", 3),
            ("a = [\"b\"", 1),
            ("a = \"b\" c = \"d\"", 1),
            ("a = \"b\"\na = \"c\"", 2),
            ("a =\n\"b\"", 1),
            ("[t", 1),
            ("[t]]", 1),
            ("é = \"b\"", 1),
            ("a = \"b\" é", 1),
        ] {
            assert_eq!(entries(bad).unwrap_err().line, line, "{bad}");
        }
    }
}
