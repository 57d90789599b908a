//! Lines of a file that may have millions, each of bounded length.

use std::io::{self, BufRead, Read as _};

use crate::read::limits::MAX_BYTES;

/// The most bytes of a line: an article, and what is stated of it.
pub const MAX_LINE: usize = MAX_BYTES + 1024 * 1024;

/// A line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It is longer than [`MAX_LINE`], and was skipped.
    TooLong,
}

/// The lines of a file that aren't blank, with their numbers, from 1.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a file.
    pub fn new(input: R) -> Self {
        Self { input, number: 0 }
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_LINE).unwrap_or(u64::MAX);
        if (&mut self.input).take(most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if bytes.len() == MAX_LINE {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Bytes(bytes)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<(usize, Line)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.number += 1;
            match self.read() {
                Ok(Some(Line::Bytes(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(line) => return line.map(|line| Ok((self.number, line))),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_blank_ones_left_out() {
        let lines = Lines::new(b"a\n\n \r\nb".as_slice()).collect::<io::Result<Vec<_>>>().unwrap();
        assert_eq!(lines, [(1, Line::Bytes(b"a".to_vec())), (4, Line::Bytes(b"b".to_vec()))]);
    }

    #[test]
    fn a_line_without_end_is_skipped() {
        let endless = io::repeat(b'x').take(MAX_LINE as u64 + 9).chain(b"\nb\n".as_slice());
        let lines = Lines::new(io::BufReader::new(endless));
        let lines = lines.collect::<io::Result<Vec<_>>>().unwrap();
        assert_eq!(lines, [(1, Line::TooLong), (2, Line::Bytes(b"b".to_vec()))]);
    }
}
