//! Readers never panic: every door's bytes, changed at random from fixed seeds.

use siglum::article::assemble::assemble;
use siglum::credit::lexicon::Lexicon;
use siglum::read::detect::{self, Format, Wish};

use super::doors::doors;
use super::stories::STORIES;
use crate::chance::Chance;

const PIECES: &[&str] = &[
    "<",
    ">",
    "&",
    "</p>",
    "<p>",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "\\u0000",
    "<!--",
    "]]>",
    "<![CDATA[",
    "&#x0;",
    "&nosuch;",
    "---\n",
    "+++\n",
    "\u{FEFF}",
    "\u{2}",
    "^",
    "#",
    "|",
    "(",
    ")",
    "\n\n",
    "\u{202E}",
    "Ⱥ",
    "İ",
    "ß",
    "by ",
    "in ",
    "; ",
    " and ",
    "（",
    "、",
    "=",
    "*",
    "_",
    "[^1]: ",
    "%",
];

fn mutate(bytes: &[u8], numbers: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(out.len());
        match numbers.below(6) {
            0 => out.truncate(at),
            1 => {
                let end = (at + numbers.below(40)).min(out.len());
                out.drain(at..end);
            }
            2 => {
                let from = numbers.below(out.len());
                let piece: Vec<u8> = out.iter().skip(from).take(60).copied().collect();
                out.splice(at..at, piece);
            }
            3 => {
                if let Some(byte) = out.get_mut(at) {
                    *byte = u8::try_from(numbers.below(256)).unwrap();
                }
            }
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())];
                out.splice(at..at, piece.bytes());
            }
        }
    }
    out
}

#[test]
fn no_reader_panics() {
    let mut numbers = Chance(0x5167_6C75_6D00_0006);
    let mut read = 0;
    for story in STORIES {
        for (_, format, bytes) in doors(story) {
            for round in 0..30 {
                let bytes = mutate(&bytes, &mut numbers);
                // Half of them are read as what they no longer show.
                let forced = if round % 2 == 0 { None } else { Some(format) };
                let wish = Wish { format: forced, encoding: None };
                if let Ok(document) = detect::read(&bytes, &wish) {
                    read += 1;
                    let _ = assemble(document, Lexicon::builtin(), None);
                }
            }
        }
    }
    assert!(read > 100, "only {read} were read at all");
}

#[test]
fn every_reader_takes_every_other_format_s_bytes() {
    for story in STORIES {
        for (_, _, bytes) in doors(story) {
            for format in Format::ALL {
                let _ = detect::read(&bytes, &Wish { format: Some(*format), encoding: None });
            }
        }
    }
}
