//! The journal's grammar: records in groups, each group closed by the tree's size and root.
//!
//! ```text
//! file   = 1*group
//! group  = 1*( "#@ " index SP length LF record ) "#= " size SP root LF
//! ```
//!
//! `index` and `size` are minimal decimals; `length` counts the record's bytes, final LF included,
//! 1 to 65,535; `root` is base64 in its one spelling. Indices follow each other, a group's `size`
//! is the index after its last. No other byte stands in a file. Framing does not depend on what a
//! record holds, and how records are grouped is no evidence of anything.

use super::checkpoint::parse_decimal;
use super::tree;
use crate::text::digest::Digest;
use crate::text::span::Span;

/// The most bytes a record may have (C2SP tlog-tiles, "Log entries": a 16-bit length).
pub const MAX_RECORD: usize = 65_535;

/// The most records in a journal file.
pub const FILE_RECORDS: u64 = 4096;

/// The longest header or commit line: "#= ", 20 digits, a space, 44 of base64, LF.
const MAX_LINE: usize = 3 + 20 + 1 + 44 + 1;

/// One part of a journal file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// A record.
    Record {
        /// Its index in the log.
        index: u64,
        /// Its bytes.
        bytes: &'a [u8],
        /// Where in the file they stand.
        span: Span,
    },
    /// The line that closes a group.
    Commit {
        /// The tree's size with the group.
        size: u64,
        /// The root at that size, as the line claims it.
        root: Digest,
        /// Where in the file the line stands.
        span: Span,
    },
}

/// Says what breaks the grammar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameProblem {
    /// Something else stands where a record's header or a commit line must.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A record has an index out of turn.
    #[error("expected record {expected}, found record {found}")]
    Index {
        /// The index whose turn it is.
        expected: u64,
        /// The index that the header gives.
        found: u64,
    },
    /// A commit line's size is not the number of records before it.
    #[error("expected a commit line for size {expected}, found one for {found}")]
    Size {
        /// The number of records.
        expected: u64,
        /// What the line says.
        found: u64,
    },
    /// A record is longer than allowed, or empty.
    #[error("a record of {0} bytes; 1 to {MAX_RECORD} are allowed")]
    Length(u64),
    /// A record doesn't end in a line feed where its header says it ends.
    #[error("the record does not end in a line feed where its header says it ends")]
    Ending,
    /// The file ends inside a group, and what there is of it is in order so far.
    #[error("the file ends inside a group")]
    Unfinished,
    /// More records than a file may hold.
    #[error("more than {FILE_RECORDS} records in a file")]
    Crowded,
}

/// A break of the grammar, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {problem}")]
pub struct FrameError {
    /// The offset in the file.
    pub offset: usize,
    /// What is wrong there.
    pub problem: FrameProblem,
}

/// A place in a journal file that is read part by part. After an error it moves no more.
#[derive(Debug, Clone)]
pub struct Cursor {
    at: usize,
    next: u64,
    end: u64,
    in_group: bool,
    failed: bool,
}

impl Cursor {
    /// The beginning of the journal file whose first record has the index `first`.
    pub fn new(first: u64) -> Self {
        let end = first.saturating_add(FILE_RECORDS);
        Self { at: 0, next: first, end, in_group: false, failed: false }
    }

    /// The part at the place, in a file of which `bytes` are all; `None` at its end.
    pub fn part<'a>(&mut self, bytes: &'a [u8]) -> Option<Result<Item<'a>, FrameError>> {
        let at_end = self.at >= bytes.len();
        if self.failed || (at_end && !self.in_group && self.at > 0) {
            return None;
        }
        let offset = self.at;
        let part = self.read(bytes).map_err(|problem| FrameError { offset, problem });
        self.failed = part.is_err();
        Some(part)
    }

    /// The part at the place, in a file that may go on after `bytes`; `None` until so much of it is
    /// there that what follows can't change the answer.
    pub fn part_so_far<'a>(&mut self, bytes: &'a [u8]) -> Option<Result<Item<'a>, FrameError>> {
        let there = bytes.len().saturating_sub(self.at);
        if there < MAX_LINE + MAX_RECORD { None } else { self.part(bytes) }
    }

    fn read<'a>(&mut self, bytes: &'a [u8]) -> Result<Item<'a>, FrameProblem> {
        let rest = bytes.get(self.at..).unwrap_or_default();
        let head = rest.get(..MAX_LINE).unwrap_or(rest);
        let line = memchr::memchr(b'\n', head).and_then(|end| head.get(..end));
        let start = self.at + line.map_or(0, |line| line.len() + 1);
        // Two words; a third leaves a space in the second, which no number or root has.
        let words = |mark: &[u8]| {
            let words = std::str::from_utf8(line?.strip_prefix(mark)?).ok()?;
            words.split_once(' ').filter(|(_, second)| !second.contains(' '))
        };
        if let Some((index, length)) = words(b"#@ ") {
            self.record(bytes, start, index, length)
        } else if let Some((size, root)) = words(b"#= ").filter(|_| self.in_group) {
            self.commit(start, size, root)
        } else if self.may_go_on(rest) {
            Err(FrameProblem::Unfinished)
        } else if self.in_group {
            Err(FrameProblem::Expected(
                "the next record's header `#@ INDEX LENGTH` or a commit line `#= SIZE ROOT`",
            ))
        } else {
            Err(FrameProblem::Expected("a record's header `#@ INDEX LENGTH`"))
        }
    }

    /// The record that begins at `start`, after its header.
    fn record<'a>(
        &mut self,
        bytes: &'a [u8],
        start: usize,
        index: &str,
        length: &str,
    ) -> Result<Item<'a>, FrameProblem> {
        let header = FrameProblem::Expected("a header `#@ INDEX LENGTH` in plain decimals");
        let (Some(index), Some(length)) = (parse_decimal(index), parse_decimal(length)) else {
            return Err(header);
        };
        if index != self.next {
            return Err(FrameProblem::Index { expected: self.next, found: index });
        }
        if self.next == self.end {
            return Err(FrameProblem::Crowded);
        }
        let size = usize::try_from(length)
            .ok()
            .filter(|size| (1..=MAX_RECORD).contains(size))
            .ok_or(FrameProblem::Length(length))?;
        let span = Span::new(start, start + size);
        let bytes = bytes.get(span.start()..span.end()).ok_or(FrameProblem::Unfinished)?;
        if bytes.last() != Some(&b'\n') {
            return Err(FrameProblem::Ending);
        }
        self.at = span.end();
        self.next += 1;
        self.in_group = true;
        Ok(Item::Record { index, bytes, span })
    }

    /// The commit line that ends before `end`.
    fn commit<'a>(&mut self, end: usize, size: &str, root: &str) -> Result<Item<'a>, FrameProblem> {
        let (Some(size), Some(root)) = (parse_decimal(size), tree::from_base64(root)) else {
            return Err(FrameProblem::Expected("a commit line `#= SIZE ROOT`"));
        };
        if size != self.next {
            return Err(FrameProblem::Size { expected: self.next, found: size });
        }
        let span = Span::new(self.at, end);
        self.at = end;
        self.in_group = false;
        Ok(Item::Commit { size, root, span })
    }

    /// Whether `rest` is the beginning of a header or, in a group, of a commit line.
    fn may_go_on(&self, rest: &[u8]) -> bool {
        let begins = |head: String, is_tail: fn(&[u8]) -> bool| {
            let head = head.as_bytes();
            rest.strip_prefix(head).map_or(head.starts_with(rest), is_tail)
        };
        let is_length = |tail: &[u8]| {
            let length = std::str::from_utf8(tail).ok().and_then(parse_decimal);
            tail.is_empty() || length.is_some_and(|n| (1..=MAX_RECORD as u64).contains(&n))
        };
        let is_root = |tail: &[u8]| {
            let (digits, padding) = tail.split_at(tail.len().min(43));
            let is_digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
            digits.iter().all(is_digit) && matches!(padding, b"" | b"=")
        };
        begins(format!("#@ {} ", self.next), is_length)
            || (self.in_group && begins(format!("#= {} ", self.next), is_root))
    }
}

/// Reads a journal file that is wholly there, part by part. After an error it ends.
#[derive(Debug, Clone)]
pub struct Frames<'a> {
    bytes: &'a [u8],
    cursor: Cursor,
}

impl<'a> Frames<'a> {
    /// Reads `bytes` as the journal file whose first record has the index `first`.
    pub fn new(bytes: &'a [u8], first: u64) -> Self {
        Self { bytes, cursor: Cursor::new(first) }
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Result<Item<'a>, FrameError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.cursor.part(self.bytes)
    }
}

/// Writes a group: `records` from the index `first` on, and the root of the tree with them. Gives the
/// records' places in `out`.
pub fn write_group(out: &mut Vec<u8>, first: u64, records: &[Vec<u8>], root: &Digest) -> Vec<Span> {
    let mut index = first;
    let mut spans = Vec::with_capacity(records.len());
    out.reserve(records.iter().map(|record| MAX_LINE + record.len()).sum::<usize>() + MAX_LINE);
    for record in records {
        out.extend_from_slice(format!("#@ {index} {}\n", record.len()).as_bytes());
        let start = out.len();
        out.extend_from_slice(record);
        spans.push(Span::new(start, out.len()));
        index += 1;
    }
    out.extend_from_slice(format!("#= {index} {}\n", tree::to_base64(root)).as_bytes());
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let mut out = Vec::new();
        write_group(&mut out, 5, &[b"a\n".to_vec(), b"#= 6 \n".to_vec()], &tree::leaf_hash(b"x"));
        write_group(&mut out, 7, &[b"c\n".to_vec()], &tree::leaf_hash(b"y"));
        out
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = file();
        let items: Vec<_> = Frames::new(&bytes, 5).collect::<Result<_, _>>().unwrap();
        let records: Vec<&[u8]> = items
            .iter()
            .filter_map(|item| match item {
                Item::Record { bytes, .. } => Some(*bytes),
                Item::Commit { .. } => None,
            })
            .collect();
        assert_eq!(records, [b"a\n".as_slice(), b"#= 6 \n", b"c\n"]);
        assert_eq!(items.len(), 5);
    }

    #[test]
    fn cut_anywhere_but_after_a_group_it_is_refused() {
        let bytes = file();
        let mut whole = 0;
        for cut in 0..=bytes.len() {
            let read: Result<Vec<_>, _> = Frames::new(&bytes[..cut], 5).collect();
            whole += usize::from(read.is_ok());
        }
        assert_eq!(whole, 2);
    }

    #[test]
    fn second_spellings_are_refused() {
        for bad in ["#@ 05 2\na\n", "#@ 5 02\na\n", "#@  5 2\na\n", "#@ 5 2 \na\n", "#@ 5 2\r\na\n"]
        {
            let first = Frames::new(bad.as_bytes(), 5).next().unwrap();
            assert!(first.is_err(), "{bad:?}");
        }
    }
}
