//! What ties a record to others, without reading the rest of it.

use std::borrow::Cow;

use super::canonical::{self, Value};

/// What a tie is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An id or a leaf hash that the record, or its article, goes by.
    Own,
    /// One that it names as a source's.
    Source,
    /// A source's name of which no version, no text and no other log is said.
    Open,
    /// The request that it was made for.
    Request,
    /// The digest of the body that it is of.
    Body,
}

/// Something that a record has in common with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie<'r> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: Cow<'r, str>,
}

/// The table of the record's own keys, that of its text, and that of a source.
const RECORD: &str = "[[record]]";
const TEXT: &str = "[record.text]";
const SOURCE: &str = "[[record.source]]";

/// How lines begin that have ties, in which table.
const KEYS: [(&str, &str, Kind); 6] = [
    (RECORD, "request = ", Kind::Request),
    (RECORD, "article = ", Kind::Own),
    (RECORD, "aliases = ", Kind::Own),
    (TEXT, "body = ", Kind::Body),
    (SOURCE, "target = ", Kind::Source),
    (SOURCE, "leaf = ", Kind::Source),
];

/// How lines of a source's table begin that say what exactly is meant.
const PINS: [&str; 3] = ["leaf = ", "digest = ", "log = "];

/// The ties of a record of format 1 in its canonical form, but for its own leaf hash. Of what is no such
/// record come some, or none: whoever decodes it says what is wrong.
pub fn of(record: &[u8]) -> Vec<Tie<'_>> {
    let (mut ties, mut table) = (Vec::new(), RECORD);
    let mut open = None;
    for line in std::str::from_utf8(record).unwrap_or_default().lines() {
        if line.starts_with('[') {
            table = line;
            ties.extend(open.take());
            continue;
        }
        if table == SOURCE && PINS.iter().any(|pin| line.starts_with(pin)) {
            open = None;
        }
        let value = |&(within, key, kind): &(&str, &str, Kind)| {
            Some((line.strip_prefix(key).filter(|_| within == table)?, kind))
        };
        let Some((text, kind)) = KEYS.iter().find_map(value) else { continue };
        let values = match canonical::value(text) {
            Some((Value::List(items), _)) => items,
            Some((value, _)) => vec![value],
            None => Vec::new(),
        };
        ties.extend(values.into_iter().filter_map(|value| match value {
            Value::Text(text) => Some(Tie { kind, text }),
            _ => None,
        }));
        if line.starts_with("target = ") {
            let target = ties.last().filter(|tie| tie.kind == Kind::Source);
            open = target.map(|tie| Tie { kind: Kind::Open, text: tie.text.clone() });
        }
    }
    ties.extend(open);
    ties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_told_apart_and_nothing_else_is_taken() {
        let record = "[[record]]\nformat = 1\nrequest = \"r\"\narticle = \"a \\\"b\\\"\"\n\
            aliases = [\"x\", \"y\"]\nprevious = \"00\"\nheadline = \"article = \\\"no\\\"\"\n\
            [record.text]\nraw = \"22\"\nbody = \"33\"\n\
            [[record.source]]\nlabel = \"leaf\"\ntarget = \"https://a.example/\"\n\
            [[record.source]]\ntarget = \"id:b\"\nleaf = \"11\"\n\
            [[record.source]]\ntarget = \"id:c\"\nlog = \"z.example\"\n[record.review]\nbody = \"44\"\n";
        let found: Vec<_> = of(record.as_bytes()).into_iter().map(|t| (t.kind, t.text)).collect();
        let all = [
            (Kind::Request, "r"),
            (Kind::Own, "a \"b\""),
            (Kind::Own, "x"),
            (Kind::Own, "y"),
            (Kind::Body, "33"),
            (Kind::Source, "https://a.example/"),
            (Kind::Open, "https://a.example/"),
            (Kind::Source, "id:b"),
            (Kind::Source, "11"),
            (Kind::Source, "id:c"),
        ];
        assert_eq!(found, all.map(|(kind, text)| (kind, Cow::Borrowed(text))));
        assert_eq!(of(b"article = \"a\nleaf = 7\n\xFF"), []);
    }
}
