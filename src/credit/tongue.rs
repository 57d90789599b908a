//! The language that most of a line's words are in, and what its small words mean there.

use super::lexicon::{Class, Lexicon, Mask};
use super::phrase::STEM;
use super::token::{Token, shape};
use crate::text::language::Language;

/// The language that most of a line's words are in.
pub(super) fn tongue(lexicon: &Lexicon, tokens: &[Token], hint: Option<&Language>) -> Option<u8> {
    let mut votes = [0_u32; 64];
    for token in tokens.iter().filter(|token| token.mask != 0) {
        let weight = if token.any(STRONG) { 4 } else { 1 };
        let mut tongues = lexicon.tongues(token.pattern);
        while tongues != 0 {
            let bit = tongues.trailing_zeros();
            if let Some(vote) = votes.get_mut(bit as usize) {
                *vote += weight;
            }
            tongues &= tongues - 1;
        }
    }
    let hinted = hint.and_then(|hint| lexicon.tongue(hint));
    if let Some(vote) = hinted.and_then(|tongue| votes.get_mut(usize::from(tongue))) {
        *vote += 2;
    }
    let most = votes.iter().copied().max().filter(|&most| most > 0)?;
    votes.iter().position(|&vote| vote == most).and_then(|tongue| u8::try_from(tongue).ok())
}

/// Takes from the tokens the small words' meanings in other languages than the line's.
pub(super) fn keep_own_words(lexicon: &Lexicon, tokens: &mut [Token], tongue: Option<u8>) {
    let Some(tongue) = tongue else { return };
    let latin =
        lexicon.language(tongue).is_some_and(|language| !NOT_LATIN.contains(&language.primary()));
    // Outlets of all countries have English names.
    let english = Language::new("en").ok().and_then(|english| lexicon.tongue(&english));
    for token in tokens.iter_mut().filter(|token| token.any(OWN | Class::Noun.bit())) {
        if latin && token.has(shape::FOREIGN) {
            continue;
        }
        let own = lexicon.meanings(token.pattern).iter().filter(|meaning| {
            let bit = meaning.class.bit();
            bit & OWN == 0
                || meaning.tongue == tongue
                || meaning.tongue == u8::MAX
                || meaning.class == Class::Outlet && Some(meaning.tongue) == english
        });
        // A noun of another language needs a mark after it to count.
        token.mask = own.fold(0, |mask, meaning| {
            let foreign = meaning.class == Class::Noun && meaning.tongue != tongue;
            mask | if foreign { Class::Label.bit() } else { meaning.class.bit() }
        });
    }
}

/// Languages whose script is not the Latin one.
const NOT_LATIN: [&str; 15] =
    ["ru", "uk", "be", "bg", "sr", "el", "ar", "fa", "he", "ur", "hi", "zh", "ja", "ko", "th"];

/// Classes whose words count only in the line's own language.
const OWN: Mask = Class::By.bit()
    | Class::Byline.bit()
    | Class::And.bit()
    | Class::At.bit()
    | Class::Of.bit()
    | Class::From.bit()
    | Class::Into.bit()
    | Class::With.bit()
    | Class::Material.bit()
    | Class::Version.bit()
    | Class::Subject.bit()
    | Class::Topic.bit()
    | Class::Function.bit()
    | Class::Job.bit()
    | Class::Word.bit()
    | Class::Title.bit()
    | Class::After.bit()
    | Class::Outlet.bit()
    | Class::Verb.bit();

const STRONG: Mask =
    STEM | Class::Before.bit() | Class::After.bit() | Class::Service.bit() | Class::Subject.bit();
