//! Where a word ends: at a mark that joins nothing, where the script changes, where a phrase begins.

use super::lexicon::{Class, GLUE, SUFFIX};
use super::scan::Scanner;
use super::script::{Script, is_hangul, is_spaced_apart, is_unspaced, is_word, script_of};
use super::token::{Kind, NONE};

impl Scanner<'_> {
    /// Reads a word that is no phrase.
    pub(super) fn word(&mut self, from: usize) -> usize {
        let folded = self.folded;
        let mut at = from + folded.char_at(from).len_utf8();
        let script = script_of(folded.char_at(from));
        let mut small_run = u32::from(self.is_small(from));
        while at < folded.text.len() {
            let c = folded.char_at(at);
            if is_word(c) {
                if script_of(c) != script && is_spaced_apart(script, script_of(c)) {
                    break;
                }
                let may_begin = match script {
                    Script::Unspaced | Script::Kana | Script::Hangul => true,
                    Script::Other => {
                        let capital = !self.is_small(at) && !c.is_ascii_digit();
                        capital && small_run > 0
                    }
                };
                let place = script == Script::Unspaced
                    && at >= from + 6
                    && (self.begins_place(at) || self.ends_with_phrase(at));
                if place || may_begin && self.begins_phrase(at, script) {
                    break;
                }
                small_run = if self.is_small(at) { small_run + 1 } else { 0 };
                at += c.len_utf8();
                continue;
            }
            match self.connector(at, small_run) {
                Some(end) => {
                    small_run = 0;
                    at = end;
                }
                None => break,
            }
        }
        // A full stop belongs to initials.
        if folded.byte(at) == b'.' && self.is_initial(from, at) {
            at += 1;
        }
        self.push(from, at, Kind::Word, NONE)
    }

    pub(super) fn is_small(&self, at: usize) -> bool {
        let here = self.folded.origin(at);
        match self.text.as_bytes().get(here) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_lowercase(),
            Some(_) => self
                .text
                .get(here..)
                .and_then(|tail| tail.chars().next())
                .is_some_and(char::is_lowercase),
            None => false,
        }
    }

    /// Whether a place of two characters or more begins at `at`.
    fn begins_place(&self, at: usize) -> bool {
        let place = Class::Region.bit() | Class::Place.bit();
        self.lexicon
            .longest_at(&self.folded.text, at, |end, mask| mask & place != 0 && end - at >= 6)
            .is_some()
    }

    /// Whether a single character that follows names ends the word at `at`: "顾长风译".
    fn ends_with_phrase(&self, at: usize) -> bool {
        let folded = self.folded;
        let end = at + folded.char_at(at).len_utf8();
        !is_unspaced(folded.char_at(end))
            && self
                .lexicon
                .longest_at(&folded.text, at, |stop, mask| {
                    stop == end && mask & Class::After.bit() != 0
                })
                .is_some()
    }

    fn begins_phrase(&self, at: usize, script: Script) -> bool {
        let folded = self.folded;
        self.lexicon
            .longest_at(&folded.text, at, |end, mask| {
                let next = folded.char_at(end);
                match script {
                    Script::Unspaced | Script::Kana => {
                        mask & !(Class::Particle.bit() | Class::Region.bit() | Class::Place.bit())
                            != 0
                            && !(end - at <= 3
                                && mask & Class::And.bit() == 0
                                && mask
                                    & (Class::Title.bit()
                                        | Class::Byline.bit()
                                        | Class::Topic.bit())
                                    == 0)
                    }
                    Script::Hangul => mask & SUFFIX != 0 && !is_word(next),
                    Script::Other => mask & GLUE != 0 && !is_word(next),
                }
            })
            .is_some()
    }

    /// Whether the mark at `at` joins two parts of one word; gives the offset after it.
    fn connector(&self, at: usize, small_run: u32) -> Option<usize> {
        let folded = self.folded;
        let c = folded.char_at(at);
        let after = at + c.len_utf8();
        let next = folded.char_at(after);
        match c {
            '\'' | '-' | '_' | '\u{b7}' if is_word(next) => {
                (c != '\u{b7}' || next.is_alphabetic() && !is_hangul(next)).then_some(after)
            }
            '\'' if folded.char_before(at) == 's' => Some(after),
            '_' => Some(after),
            // "M.-C."
            '.' if next == '-' && small_run == 0 && is_word(folded.char_at(after + 1)) => {
                Some(after + 1)
            }
            // A lost space: a sentence ends where a capital follows a longer word.
            '.' if is_word(next) && (small_run < 3 || self.is_small(after)) => Some(after),
            _ => None,
        }
    }

    fn is_initial(&self, from: usize, at: usize) -> bool {
        let word = self.folded.text.get(from..at).unwrap_or_default();
        word.split('.').all(|part| part.chars().count() == 1)
            || word.split('.').count() > 1 && word.split('.').all(|part| part.chars().count() <= 2)
    }

    pub(super) fn number(&mut self, from: usize) -> usize {
        let bytes = self.folded.text.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if byte.is_ascii_digit()
                || (matches!(byte, b'.' | b',' | b':' | b'/' | b'-') && next_is_digit)
            {
                at += 1;
            } else {
                break;
            }
        }
        self.push(from, at, Kind::Number, NONE)
    }
}
