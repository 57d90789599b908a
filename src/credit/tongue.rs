//! The language that most of a line's words are in, and what its small words mean there.

use super::lexicon::{Class, JOINING, Lexicon, Mask};
use super::phrase::STEM;
use super::scan::scan;
use super::token::{Kind, NONE, Token, shape};
use crate::text::language::Language;

/// The language that most of a line's words are in.
pub(super) fn tongue(
    lexicon: &Lexicon,
    text: &str,
    tokens: &[Token],
    hint: Option<&Language>,
) -> Option<u8> {
    let mut votes = [0_u32; 64];
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.mask != 0) {
        // "NAME de NAME" says nothing of the line.
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let within_name = token.is(Class::Particle)
            && before.is_some_and(|before| before.has(shape::CAPITAL) && !before.any(STRONG));
        if within_name {
            continue;
        }
        let weight = weight(token, tokens.get(at + 1));
        let mut tongues = lexicon.tongues(token.pattern);
        while tongues != 0 {
            let bit = tongues.trailing_zeros();
            if let Some(vote) = votes.get_mut(bit as usize) {
                *vote += weight * 4;
            }
            tongues &= tongues - 1;
        }
    }
    by_letters(lexicon, text, &mut votes);
    let hinted = hint.and_then(|hint| lexicon.tongue(hint));
    if let Some(vote) = hinted.and_then(|tongue| votes.get_mut(usize::from(tongue))) {
        *vote += 2 * 4;
    }
    let most = votes.iter().copied().max().filter(|&most| most > 0)?;
    votes.iter().position(|&vote| vote == most).and_then(|tongue| u8::try_from(tongue).ok())
}

/// Adds what the letters say to the votes of languages that have some: it decides only between equals.
fn by_letters(lexicon: &Lexicon, text: &str, votes: &mut [u32; 64]) {
    if text.is_ascii() || votes.iter().filter(|&&vote| vote > 0).count() < 2 {
        return;
    }
    for (tongue, letters) in lexicon.letters() {
        let vote = votes.get_mut(usize::from(*tongue));
        if let Some(vote) = vote.filter(|vote| **vote > 0)
            && text.contains(*letters)
        {
            *vote += 1;
        }
    }
}

/// How much a word says of the language: a stem with its mark most, for it may be a name otherwise.
fn weight(token: &Token, next: Option<&Token>) -> u32 {
    if !token.any(STRONG) {
        return if token.letters >= 5 { 2 } else { 1 };
    }
    let marked = next.is_some_and(|next| {
        next.kind == Kind::Colon
            || next.any(Class::By.bit() | Class::From.bit() | Class::Into.bit())
    });
    match (token.any(STEM), marked) {
        (true, true) => 6,
        (true, false) if token.any(Class::Noun.bit()) => 4,
        (true, false) => 2,
        // "La", "Story": a word for the article may be a name.
        (false, _) if token.any(STRONG & !Class::Subject.bit()) => 5,
        (false, _) if token.letters >= 8 || next.is_some_and(|next| next.is(Class::Verb)) => 4,
        (false, _) => 1,
    }
}

/// Takes from the tokens the small words' meanings in other languages than the line's. A phrase of
/// several words that means nothing then is its words again.
pub(super) fn keep_own_words(
    lexicon: &Lexicon,
    text: &str,
    tokens: &mut Vec<Token>,
    tongue: Option<u8>,
) {
    let Some(tongue) = tongue else { return };
    let own = Own::new(lexicon, tongue);
    let mut lost = false;
    for token in tokens.iter_mut().filter(|token| token.any(OWN | Class::Noun.bit())) {
        token.mask = own.mask(token);
        lost |= token.mask == 0 && is_several(text, token);
    }
    if lost {
        *tokens = tokens.iter().flat_map(|token| own.words(text, token)).collect();
    }
}

fn is_several(text: &str, token: &Token) -> bool {
    slice(text, token).contains(char::is_whitespace)
}

fn slice<'a>(text: &'a str, token: &Token) -> &'a str {
    text.get(token.start as usize..token.end as usize).unwrap_or_default()
}

/// What words mean in the line's own language.
struct Own<'a> {
    lexicon: &'a Lexicon,
    tongue: u8,
    /// Outlets of all countries have English names.
    english: Option<u8>,
    latin: bool,
}

impl<'a> Own<'a> {
    fn new(lexicon: &'a Lexicon, tongue: u8) -> Self {
        let language = lexicon.language(tongue);
        let latin = language.is_some_and(|language| !NOT_LATIN.contains(&language.primary()));
        Self { lexicon, tongue, english: lexicon.english(), latin }
    }

    fn mask(&self, token: &Token) -> Mask {
        if self.latin && token.has(shape::FOREIGN) {
            return token.mask;
        }
        let all = self.lexicon.meanings(token.pattern).iter();
        let own = all.filter(|meaning| {
            let bit = meaning.class.bit();
            bit & OWN == 0
                || meaning.tongue == self.tongue
                || meaning.tongue == u8::MAX
                || meaning.class == Class::Outlet && Some(meaning.tongue) == self.english
        });
        // A noun of another language needs a mark after it to count.
        own.fold(0, |mask, meaning| {
            let foreign = meaning.class == Class::Noun && meaning.tongue != self.tongue;
            mask | if foreign { Class::Label.bit() } else { meaning.class.bit() }
        })
    }

    /// The token, or the words of it if it means nothing.
    fn words(&self, text: &str, token: &Token) -> Vec<Token> {
        if token.pattern == NONE || token.mask != 0 || !is_several(text, token) {
            return vec![*token];
        }
        let mut out = Vec::new();
        let whole = slice(text, token);
        let mut from = 0;
        for word in whole.split_whitespace() {
            let at =
                whole.get(from..).and_then(|rest| rest.find(word)).map_or(from, |at| from + at);
            from = at + word.len();
            for mut part in scan(self.lexicon, word) {
                part.start += token.start + u32::try_from(at).unwrap_or(0);
                part.end += token.start + u32::try_from(at).unwrap_or(0);
                if out.is_empty() {
                    part.newlines = token.newlines;
                    part.shape |= token.shape & shape::GLUED;
                }
                part.mask =
                    if part.any(OWN | Class::Noun.bit()) { self.mask(&part) } else { part.mask };
                out.push(part);
            }
        }
        out
    }
}

/// Languages whose script is not the Latin one.
const NOT_LATIN: [&str; 15] =
    ["ru", "uk", "be", "bg", "sr", "el", "ar", "fa", "he", "ur", "hi", "zh", "ja", "ko", "th"];

/// Classes whose words count only in the line's own language.
const OWN: Mask = JOINING
    | Class::Version.bit()
    | Class::Subject.bit()
    | Class::Topic.bit()
    | Class::Job.bit()
    | Class::Word.bit()
    | Class::Title.bit()
    | Class::After.bit()
    | Class::Outlet.bit()
    | Class::Language.bit()
    | Class::Verb.bit();

const STRONG: Mask =
    STEM | Class::Before.bit() | Class::After.bit() | Class::Service.bit() | Class::Subject.bit();
