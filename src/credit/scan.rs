//! Cuts a line into tokens, in one pass, finding the lexicon's phrases on the way.
//!
//! A token is a phrase, a word, a number, a punctuation mark or a contact (an address, a link). A
//! phrase begins where a word begins and ends where one ends; in scripts without spaces every
//! character begins and ends a word. A small letter followed by a capital also ends a word if a
//! phrase begins there, because lines lose their spaces (`NAMEEditing by`, `vonNAME`).

use super::fold::{Folded, fold};
use super::lexicon::{Class, GLUE, Lexicon, Mask, SMALL_WORD, SUFFIX};
use super::script::{is_han, is_hangul, is_kana, is_prolonged, is_unspaced, is_word};

use super::token::{Kind, NONE, Token, punctuation, shape, shape_of};

/// Cuts a line into tokens.
pub(super) fn scan(lexicon: &Lexicon, text: &str) -> Vec<Token> {
    let folded = fold(text);
    let mut scanner = Scanner {
        lexicon,
        text,
        folded: &folded,
        tokens: Vec::with_capacity(text.len() / 5 + 4),
        newlines: 0,
        glued: false,
        has_address: text.contains('@') || text.contains("://") || text.contains("www."),
    };
    let mut at = 0;
    while at < folded.text.len() {
        let next = scanner.token(at);
        debug_assert!(next > at, "every token takes a byte at least");
        at = next.max(at + 1);
    }
    scanner.tokens
}

pub(super) struct Scanner<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) folded: &'a Folded,
    tokens: Vec<Token>,
    newlines: u8,
    glued: bool,
    has_address: bool,
}

impl Scanner<'_> {
    /// Reads one token or a space; gives the offset after it.
    fn token(&mut self, at: usize) -> usize {
        let c = self.folded.char_at(at);
        let after = at + c.len_utf8();
        if c == ' ' {
            self.space(at, after);
            return after;
        }
        let within_word = self.glued
            && self
                .tokens
                .last()
                .is_some_and(|last| matches!(last.kind, Kind::Word | Kind::Number));
        if self.has_address
            && !within_word
            && let Some(end) = self.address(at)
        {
            return self.push(at, end, Kind::Contact, NONE);
        }
        if c == '<'
            && let Some((end, kind)) = self.tag(at)
        {
            return self.push(at, end, kind, NONE);
        }
        if !is_word(c) || c == '_' {
            if let Some(end) = self.phrase(at, false) {
                return end;
            }
            return self.push(at, after, punctuation(c), NONE);
        }
        if c.is_ascii_digit() {
            return self.number(at);
        }
        if let Some(end) = self.phrase(at, false) {
            return end;
        }
        match self.elision(at) {
            Some(end) => self.push(at, end, Kind::Word, NONE),
            None => self.word(at),
        }
    }

    /// An elided article before an outlet, as in `l'agence`; gives the offset after it.
    fn elision(&self, at: usize) -> Option<usize> {
        let head = self.folded.text.as_bytes().get(at..)?;
        let mark = head.iter().take(5).position(|&byte| byte == b'\'')?;
        let letters = head.get(..mark)?;
        if mark == 0 || !letters.iter().all(u8::is_ascii_lowercase) || !self.is_small(at) {
            return None;
        }
        let after = at + mark + 1;
        let outlet = Class::Outlet.bit() | Class::Agency.bit();
        let folded = self.folded;
        let found = self.lexicon.longest_at(&folded.text, after, |end, mask| {
            mask & outlet != 0 && !is_word(folded.char_at(end))
        });
        found.map(|_| after)
    }

    fn space(&mut self, at: usize, after: usize) {
        self.glued = false;
        let (from, to) = (self.folded.origin(at), self.folded.origin(after));
        let ends = self.text.get(from..to).unwrap_or_default();
        // One line end may be written with two characters.
        let mut previous = ' ';
        for c in ends.chars() {
            let line_end = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
            if line_end && !(c == '\n' && previous == '\r') {
                self.newlines = self.newlines.saturating_add(1);
            }
            previous = c;
        }
    }

    pub(super) fn push(&mut self, at: usize, end: usize, kind: Kind, pattern: u32) -> usize {
        // Characters that come from one of the original stay together.
        let mut end = end;
        while end < self.folded.text.len()
            && self.folded.origin(end) <= self.folded.origin(end.saturating_sub(1))
        {
            end += self.folded.char_at(end).len_utf8();
        }
        let (start, stop) = (self.folded.origin(at), self.folded.origin(end));
        let original = self.text.get(start..stop).unwrap_or_default();
        // What folding dropped after the token is no part of it.
        let trimmed = original.trim_end_matches(is_dropped);
        let (mut shape, letters) = match kind {
            Kind::Word => shape_of(trimmed),
            _ => (0, 0),
        };
        if self.glued {
            shape |= shape::GLUED;
        }
        self.tokens.push(Token {
            start: offset(start),
            end: offset(start + trimmed.len()),
            kind,
            shape,
            letters,
            newlines: self.newlines,
            pattern,
            mask: if pattern == NONE { 0 } else { self.lexicon.mask(pattern) },
        });
        self.newlines = 0;
        self.glued = true;
        end
    }

    /// Reads the longest phrase at `at`, if one is there.
    fn phrase(&mut self, at: usize, inside_word: bool) -> Option<usize> {
        let folded = self.folded;
        let first_is_wide = is_unspaced(folded.char_at(at));
        let hangul_inside = inside_word && is_hangul(folded.char_at(at));
        let found = self.lexicon.longest_at(&folded.text, at, |end, mask| {
            if hangul_inside && mask & SUFFIX == 0 {
                return false;
            }
            if inside_word && !first_is_wide && !hangul_inside && mask & GLUE == 0 {
                return false;
            }
            let last = folded.char_before(end);
            let next = folded.char_at(end);
            if !is_word(last) {
                // "Dr." within a handle stays in it.
                let joined = is_word(next) || next == '-' && is_word(folded.char_at(end + 1));
                return !(last == '.' && mask & Class::Title.bit() != 0 && joined);
            }
            if is_unspaced(last) {
                // "翻訳された" goes on as a verb.
                let verb = matches!(
                    next,
                    'さ' | 'し'
                        | 'す'
                        | 'せ'
                        | 'っ'
                        | 'に'
                        | 'で'
                        | 'れ'
                        | 'ら'
                        | 'り'
                        | 'て'
                        | 'た'
                        | 'だ'
                        | 'も'
                );
                if verb && is_han(last) && mask & (GLUE | Class::After.bit()) != 0 {
                    return false;
                }
                return !(is_kana(last) && is_prolonged(next));
            }
            if mask & Class::Title.bit() != 0 && next == '.' && is_word(folded.char_at(end + 1)) {
                return false;
            }
            if mask & SMALL_WORD != 0 && self.goes_on_with_capital(at, end) {
                return false;
            }
            if next == '.' && folded.byte(end + 1) != b'.' && is_single(folded, at, end) {
                return false;
            }
            if mask & SMALL_WORD != 0 && matches!(next, '-' | '\'' | '.' | '_') {
                let beyond = folded.char_at(end + 1);
                // An elided article or preposition ends in its apostrophe.
                if is_word(beyond) {
                    return false;
                }
            }
            // A particle after a tool's name.
            let particle = matches!(next, '로' | '으' | '가' | '이' | '를' | '을');
            if mask & Class::Tool.bit() != 0 && is_hangul(last) && particle {
                return true;
            }
            if !is_word(next) || is_unspaced(next) || next == '_' {
                return next != '_';
            }
            if next.is_ascii_digit() {
                return mask & GLUE != 0;
            }
            mask & (GLUE | Class::By.bit()) != 0 && self.case_changes(end)
        })?;
        let phrase = folded.text.get(at..found.end).unwrap_or_default();
        let kind = if phrase.chars().any(is_word) { Kind::Word } else { Kind::Other };
        let end = found.end + possessive(folded, found.end, self.lexicon.mask(found.pattern));
        let extended = end > found.end;
        let end = self.push(at, end, kind, found.pattern);
        if let Some(token) = self.tokens.last_mut().filter(|_| !extended) {
            // "foto's" is a phrase, and no possessive.
            token.shape &= !shape::POSSESSIVE;
        }
        Some(end)
    }

    /// Whether small words of one phrase are written "en La", so that the capital begins a name.
    fn goes_on_with_capital(&self, at: usize, end: usize) -> bool {
        let from = self.folded.origin(at);
        let text = self.text.get(from..self.folded.origin(end)).unwrap_or_default();
        text.split_once(' ').is_some_and(|(head, tail)| {
            tail.chars().any(char::is_uppercase) && !head.chars().any(char::is_uppercase)
        })
    }

    /// Whether a small letter comes before `at` of the folded text and a capital follows.
    fn case_changes(&self, at: usize) -> bool {
        let here = self.folded.origin(at);
        let before = self.text.get(..here).and_then(|head| head.chars().next_back());
        let after = self.text.get(here..).and_then(|tail| tail.chars().next());
        let capitals = self.text.get(..here).is_some_and(|head| {
            let mut back = head.chars().rev();
            (0..4).all(|_| back.next().is_some_and(char::is_uppercase))
        });
        // "ÜBERSETZTvon"
        if capitals && after.is_some_and(char::is_lowercase) {
            return true;
        }
        before.is_some_and(|c| c.is_lowercase() || c == '.')
            && after.is_some_and(char::is_uppercase)
    }
}

/// Whether a phrase is one letter, so that a full stop after it makes an initial of it.
fn is_single(folded: &Folded, at: usize, end: usize) -> bool {
    folded.text.get(at..end).is_some_and(|phrase| phrase.chars().count() == 1)
}

/// The length of a possessive mark after an outlet or title that ends at `end`.
fn possessive(folded: &Folded, end: usize, mask: Mask) -> usize {
    if mask & SMALL_WORD != 0 || folded.byte(end) != b'\'' {
        return 0;
    }
    if folded.byte(end + 1) == b's' && !is_word(folded.char_at(end + 2)) {
        return 2;
    }
    usize::from(folded.char_before(end) == 's' && !is_word(folded.char_at(end + 1)))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
