//! What a line is cut into: tokens, the marks among them, and the shapes of words.

use super::lexicon::{Class, Mask};
use super::script::{is_han, is_hangul, is_kana};

/// No phrase.
pub(super) const NONE: u32 = u32::MAX;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Comma,
    Semicolon,
    Colon,
    /// A full stop, or another mark that ends a sentence.
    Stop,
    Slash,
    Dash,
    Pipe,
    Equal,
    Amp,
    Open,
    Close,
    Quote,
    Bullet,
    Contact,
    Other,
}

/// Facts about the letters of a word, as bits.
pub(super) mod shape {
    /// Begins with a capital.
    pub(in crate::credit) const CAPITAL: u32 = 1;
    /// Has two letters or more, all of them capitals.
    pub(in crate::credit) const CAPS: u32 = 1 << 1;
    /// Begins with a small letter.
    pub(in crate::credit) const SMALL: u32 = 1 << 2;
    /// Is in a script without case.
    pub(in crate::credit) const UNCASED: u32 = 1 << 3;
    /// Has Han characters.
    pub(in crate::credit) const HAN: u32 = 1 << 4;
    /// Has kana.
    pub(in crate::credit) const KANA: u32 = 1 << 5;
    /// Has Hangul syllables.
    pub(in crate::credit) const HANGUL: u32 = 1 << 6;
    /// Has a digit or an underscore.
    pub(in crate::credit) const DIGIT: u32 = 1 << 7;
    /// Is initials: single letters, each with its full stop.
    pub(in crate::credit) const INITIALS: u32 = 1 << 8;
    /// Is a host name, such as `example.org`.
    pub(in crate::credit) const HOST: u32 = 1 << 9;
    /// Is an `@handle`.
    pub(in crate::credit) const HANDLE: u32 = 1 << 10;
    /// Is joined to the token before it, with nothing between.
    pub(in crate::credit) const GLUED: u32 = 1 << 11;
    /// Ends in a possessive `'s` or `s'`.
    pub(in crate::credit) const POSSESSIVE: u32 = 1 << 12;
    /// Has a full stop at the end that belongs to it.
    pub(in crate::credit) const DOTTED: u32 = 1 << 13;
    /// Has a capital after a small letter.
    pub(in crate::credit) const CAMEL: u32 = 1 << 14;
    /// Begins with three capitals or more and goes on with small letters.
    pub(in crate::credit) const ACRONYM: u32 = 1 << 15;
    /// Begins with a letter of another script than the Latin one.
    pub(in crate::credit) const FOREIGN: u32 = 1 << 16;
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its first byte in the original.
    pub(super) start: u32,
    /// The byte after its last.
    pub(super) end: u32,
    /// What it is made of.
    pub(super) kind: Kind,
    /// Facts about its letters.
    pub(super) shape: u32,
    /// How many letters and digits it has, up to 255.
    pub(super) letters: u8,
    /// How many line ends came before it, up to 255.
    pub(super) newlines: u8,
    /// The phrase that it is, or [`NONE`].
    pub(super) pattern: u32,
    /// The phrase's classes.
    pub(super) mask: Mask,
}

impl Token {
    pub(super) fn is(&self, class: Class) -> bool {
        self.mask & class.bit() != 0
    }

    pub(super) fn any(&self, mask: Mask) -> bool {
        self.mask & mask != 0
    }

    pub(super) fn has(&self, bits: u32) -> bool {
        self.shape & bits != 0
    }
}

pub(super) fn punctuation(c: char) -> Kind {
    match c {
        ',' | '、' | '،' | '﹐' => Kind::Comma,
        ';' | '؛' | '；' => Kind::Semicolon,
        ':' | '：' | '︰' => Kind::Colon,
        '.' | '。' | '!' | '?' | '…' | '।' | '۔' => Kind::Stop,
        '/' | '\\' | '⁄' | '∕' => Kind::Slash,
        '-' | '–' | '—' | '―' | '−' | '~' | '～' | '─' => Kind::Dash,
        '|' | '¦' | '｜' | '│' => Kind::Pipe,
        '=' | '＝' => Kind::Equal,
        '&' | '+' | '・' => Kind::Amp,
        '(' | '[' | '{' | '<' | '【' | '〔' | '〈' | '《' | '「' | '『' | '［' => Kind::Open,
        ')' | ']' | '}' | '>' | '】' | '〕' | '〉' | '》' | '」' | '』' | '］' => {
            Kind::Close
        }
        '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '\'' => Kind::Quote,
        '•' | '*' | '⦁' | '·' | '●' | '■' | '▪' | '◆' | '►' | '▶' | '‣' | '_' | '#' | '†' | '※' => {
            Kind::Bullet
        }
        _ => Kind::Other,
    }
}

/// The shape of a word and its number of letters.
pub(super) fn shape_of(word: &str) -> (u32, u8) {
    let mut bits = 0;
    let (mut letters, mut capitals, mut smalls, mut dots) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut first = true;
    let mut previous_small = false;
    let mut last = '\0';
    for c in word.chars() {
        if c.is_alphabetic() {
            letters += 1;
            let (upper, lower) = (c.is_uppercase(), c.is_lowercase());
            capitals += u32::from(upper);
            if lower && smalls == 0 && capitals >= 4 {
                bits |= shape::ACRONYM;
            }
            smalls += u32::from(lower);
            if first {
                bits |= match (upper, lower) {
                    (true, _) => shape::CAPITAL,
                    (_, true) => shape::SMALL,
                    _ => shape::UNCASED,
                };
                first = false;
                if c >= '\u{370}' && !('\u{1E00}'..='\u{1EFF}').contains(&c) {
                    bits |= shape::FOREIGN;
                }
            }
            if upper && previous_small {
                bits |= shape::CAMEL;
            }
            previous_small = lower;
            if is_han(c) {
                bits |= shape::HAN;
            } else if is_kana(c) {
                bits |= shape::KANA;
            } else if is_hangul(c) {
                bits |= shape::HANGUL;
            }
        } else {
            previous_small = false;
            if c.is_numeric() || c == '_' {
                letters += u32::from(c.is_numeric());
                bits |= shape::DIGIT;
            }
            dots += u32::from(c == '.');
        }
        last = c;
    }
    if word.starts_with('@') {
        bits |= shape::HANDLE;
    }
    if capitals >= 2 && smalls == 0 {
        bits |= shape::CAPS;
    }
    if last == '.' {
        bits |= shape::DOTTED;
        if letters <= dots * 2 && capitals > 0 {
            bits |= shape::INITIALS;
        }
    } else if dots > 0 && is_host(word) {
        bits |= shape::HOST;
    }
    if is_possessive(word) {
        bits |= shape::POSSESSIVE;
    }
    (bits, u8::try_from(letters).unwrap_or(u8::MAX))
}

/// Whether a word with a full stop inside looks like `example.org`.
fn is_host(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(head, tail)| {
        head.chars().count() >= 2
            && (2..=6).contains(&tail.len())
            && tail.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

fn is_possessive(word: &str) -> bool {
    let mut back = word.chars().rev();
    let is_mark = |c: Option<char>| matches!(c, Some('\'' | '’' | 'ʼ' | '`'));
    match back.next() {
        Some('s' | 'S') => is_mark(back.next()) && back.next().is_some(),
        Some('\'' | '’') => matches!(back.next(), Some('s' | 'S')),
        _ => false,
    }
}
