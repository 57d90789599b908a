//! Whether two names may be one person's, why, and how sure that is.
//!
//! The words of the one are laid beside those of the other, in order or with the family name moved to
//! the other end. What has no counterpart on both sides makes them two people. No list of names is
//! used: what a name looks like is all there is to go by, so a nickname is not found.

use std::fmt;

use super::lay::{Laid, lay};
use super::letters::{self, Script};
use super::name::{Name, is_listed};
use super::typo::Slip;
use super::word::{How, Sound, Word};
use crate::text::vocabulary::vocabulary;

vocabulary! {
    /// How sure it is that two names are one person's.
    Sure, "certainty", {
        /// It may be.
        Possible = "possible",
        /// It is more likely than not.
        Likely = "likely",
        /// They differ only in how the name is written.
        VeryLikely = "very_likely",
    }
}

vocabulary! {
    /// Why two names may be one person's.
    Why, "reason", {
        /// Only letters' case, hyphens or spaces differ.
        Spelling = "spelling",
        /// One leaves marks out, or writes them as letters.
        Marks = "marks",
        /// The family name stands first in one.
        Order = "order",
        /// One is the other in another script.
        Script = "script",
        /// They may be two transliterations.
        Transliteration = "transliteration",
        /// One has initials.
        Initials = "initials",
        /// One has a name more in the middle.
        MiddleName = "middle_name",
        /// One has a family name more.
        FamilyName = "family_name",
        /// One has a particle more.
        Particle = "particle",
        /// They differ by a slip of the pen.
        Typo = "typo",
    }
}

/// Why two names may be one person's, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Of 100.
    pub score: u8,
    /// What differs between them, in the vocabulary's order.
    pub why: Vec<Why>,
    /// The two words that differ by a slip, in Latin letters without marks.
    pub(super) slip: Option<(String, String)>,
}

/// The lowest score that is worth saying.
pub const LOWEST: u8 = 50;

impl Likeness {
    /// How sure it is, in words.
    pub fn sure(&self) -> Sure {
        match self.score {
            85.. => Sure::VeryLikely,
            70..=84 => Sure::Likely,
            _ => Sure::Possible,
        }
    }
}

impl Why {
    /// What it says to an editor.
    pub fn said(self) -> &'static str {
        match self {
            Self::Spelling => "only case, hyphens or spaces differ",
            Self::Marks => "one leaves marks out or writes them as letters",
            Self::Order => "the family name stands first in one",
            Self::Script => "one is the other in another script",
            Self::Transliteration => "they may be two transliterations",
            Self::Initials => "one has initials",
            Self::MiddleName => "one has a middle name more",
            Self::FamilyName => "one has a family name more",
            Self::Particle => "one has a particle more",
            Self::Typo => "they differ by what may be a slip",
        }
    }
}

impl fmt::Display for Likeness {
    /// What differs, joined by semicolons.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<&str> = self.why.iter().map(|why| why.said()).collect();
        f.write_str(&said.join("; "))
    }
}

/// Compares two names; `None` where nothing suggests that they are one person's, or where they are the
/// same text. Costs about the product of their words, which are eight at most.
pub fn compare(one: &str, other: &str) -> Option<Likeness> {
    likeness(&Name::read(one)?, &Name::read(other)?)
}

/// The ways to write a word of a name in Latin letters without marks, the plainest first; a word of
/// another script loses its marks.
pub fn plain(word: &str) -> Vec<String> {
    letters::plain(&word.to_lowercase())
}

pub(super) fn likeness(one: &Name, other: &Name) -> Option<Likeness> {
    if one.generation != other.generation || are_too_different(one, other) {
        return None;
    }
    let length = other.words.len();
    let mut orders: Vec<usize> = vec![0, 1, length.saturating_sub(1)];
    if length > 3 {
        orders.push(length - 2);
    }
    orders.extend((length > 2).then_some(2));
    orders.dedup();
    let turned = orders.into_iter().filter(|turn| *turn < length).map(|turn| {
        let mut turned = other.clone();
        turned.words.rotate_left(turn);
        (turned, turn > 0)
    });
    // "Nguyễn Văn An" is "An Van Nguyen" abroad.
    let reversed = (length > 2).then(|| {
        let mut turned = other.clone();
        turned.words.reverse();
        (turned, true)
    });
    let in_order = turned
        .chain(reversed)
        .filter_map(|(turned, is_turned)| judge(one, &turned, &lay(one, &turned)?, is_turned));
    in_order.chain(as_one_word(one, other)).max_by_key(|likeness| likeness.score)
}

/// Whether two names of as many words can't be one person's because a word has no counterpart: then one
/// of the other's hasn't either. Most names that are compared end here.
fn are_too_different(one: &Name, other: &Name) -> bool {
    let all = || one.words.iter().chain(&other.words);
    if one.words.len() != other.words.len() || all().any(|word| word.particle || word.hyphened) {
        return false;
    }
    let is_alone = |word: &Word| !other.words.iter().any(|other| word.like(other).is_some());
    one.words.iter().any(is_alone)
}

/// What two names laid beside each other come to.
fn judge(one: &Name, other: &Name, laid: &Laid, turned: bool) -> Option<Likeness> {
    let has =
        |wanted: &dyn Fn(How) -> bool| laid.pairs.iter().filter(|(how, ..)| wanted(*how)).count();
    let initials = has(&|how| how == How::Initial);
    let full = laid.pairs.iter().filter(|(how, i, _)| {
        *how != How::Initial && one.words.get(*i).is_some_and(|word| !word.particle)
    });
    let full = full.count() + laid.joins.min(1);
    let letters = |(how, i, _): &(How, usize, usize)| {
        let word = one.words.get(*i).filter(|_| *how != How::Initial);
        word.map_or(0, |word| word.text.chars().count())
    };
    let slips: Vec<Slip> = laid
        .pairs
        .iter()
        .filter_map(|(how, ..)| if let How::Typo(slip) = how { Some(*slip) } else { None })
        .collect();
    let mut sounds = has(&|how| matches!(how, How::Sound(_)));
    // Among transliterations a letter more or less of two is one of them.
    let doubled = slips.iter().filter(|slip| **slip == Slip::Doubled).count();
    let slips = if sounds > 0 && doubled == slips.len() {
        sounds += doubled;
        Vec::new()
    } else {
        slips
    };
    if full == 0 || full + initials < 2 || laid.pairs.iter().map(letters).max() < Some(2) {
        return None;
    }
    let alone = left_alone(one, other, laid)?;
    let mut why = Vec::new();
    let mut score: u8 = 98;
    let mut take = |is: bool, reason: Why, points: u8| {
        if is {
            why.push(reason);
            score = score.saturating_sub(points);
        }
    };
    let scripts = has(&|how| how == How::Script);
    let marks = has(&|how| how == How::Marks) > 0;
    take(marks, Why::Marks, 3);
    let sure_order = one.tonal || other.tonal || marks || scripts > 0 || one.goes_by_syllables();
    take(turned, Why::Order, if sure_order { 8 } else { 15 });
    take(scripts > 0, Why::Script, 10);
    take(sounds > 0, Why::Transliteration, 20);
    take(initials > 0, Why::Initials, 20);
    take(alone.initial, Why::Initials, 15);
    take(alone.middle, Why::MiddleName, 22);
    take(alone.family, Why::FamilyName, 25);
    take(alone.particle, Why::Particle, 5);
    take(!slips.is_empty(), Why::Typo, if slips.contains(&Slip::Letter) { 40 } else { 33 });
    let weak =
        usize::from(initials > 0 || alone.initial) + usize::from(alone.middle || alone.family);
    if !slips.is_empty() && (slips.len() > 1 || weak + scripts + sounds > 0 || turned || full < 2)
        || sounds > 0 && !sounds_foreign(one, other, laid, sounds)
        || turned && (alone.middle || alone.family)
        || scripts > 0 && !enough_letters(one, other, laid)
    {
        return None;
    }
    if why.is_empty() {
        why.push(Why::Spelling);
    }
    why.sort_unstable();
    why.dedup();
    let slip = laid.pairs.iter().find(|(how, ..)| matches!(how, How::Typo(_)));
    let slip = slip.and_then(|(_, i, j)| {
        Some((one.words.get(*i)?.plain().to_owned(), other.words.get(*j)?.plain().to_owned()))
    });
    (score >= LOWEST).then_some(Likeness { score, why, slip })
}

/// What one name has more than the other.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a reason of its own")]
struct Alone {
    initial: bool,
    middle: bool,
    family: bool,
    particle: bool,
}

/// What one name has more than the other; `None` where that makes it another name.
fn left_alone(one: &Name, other: &Name, laid: &Laid) -> Option<Alone> {
    let mut alone = Alone::default();
    let mut words = 0;
    for (name, list) in [(one, laid.alone.first()?), (other, laid.alone.last()?)] {
        for &at in list {
            let word = name.words.get(at)?;
            if word.particle {
                alone.particle = true;
                continue;
            }
            let last = name.words.len() - 1;
            // A name without its first word is somebody else's.
            if at == 0 {
                return None;
            }
            if word.initial {
                alone.initial = true;
                continue;
            }
            words += 1;
            let next = name.words.get(at + 1);
            let compound = word.hyphened || next.is_some_and(|next| next.hyphened);
            let compound_ends =
                at == last || at + 1 == last && next.is_some_and(|next| next.hyphened);
            let in_family_name = compound && compound_ends && at + usize::from(word.hyphened) >= 1;
            // "Jean-Pierre" is not Jean, "Min-ji" not Min.
            if compound && (!in_family_name || at == 1 && word.hyphened) {
                return None;
            }
            if at == last || compound { alone.family = true } else { alone.middle = true }
        }
    }
    let by_syllables = one.goes_by_syllables() || other.goes_by_syllables();
    let too_much = words > 2 || words > 0 && by_syllables;
    (!too_much).then_some(alone)
}

/// Whether something speaks for names of another script: otherwise two Latin names that sound alike are
/// two names.
fn sounds_foreign(one: &Name, other: &Name, laid: &Laid, sounds: usize) -> bool {
    let words = || one.words.iter().chain(&other.words);
    let slavic = |word: &Word| {
        word.text.len() >= 5
            && (2..=5).any(|length| {
                let tail = word.text.len().checked_sub(length);
                tail.and_then(|at| word.text.get(at..))
                    .is_some_and(|tail| is_listed("slavic", tail))
            })
    };
    let arabic = |word: &Word| {
        word.particle && matches!(word.text.as_str(), "al" | "el" | "bin" | "ibn" | "abu" | "bint")
            || ["kh", "gh", "dh"].iter().any(|pair| word.text.contains(pair))
    };
    let all = laid.pairs.iter().filter(|(how, ..)| *how != How::Initial).count();
    let vowels = laid.pairs.iter().any(|(how, ..)| *how == How::Sound(Sound::Vowels));
    let known = if vowels { words().any(arabic) } else { words().any(slavic) };
    known || sounds >= 2 && sounds == all
}

/// Whether what is matched across scripts has consonants enough not to be chance.
fn enough_letters(one: &Name, other: &Name, laid: &Laid) -> bool {
    let matched = laid.pairs.iter().filter(|(how, ..)| *how != How::Initial);
    let consonants = |(_, i, j): &(How, usize, usize)| {
        let of = |name: &Name, at: usize| name.words.get(at).map_or(0, Word::consonants);
        of(one, *i).min(of(other, *j))
    };
    matched.map(consonants).sum::<usize>() >= 4
}

/// Names of which one is written without spaces.
fn as_one_word(one: &Name, other: &Name) -> Option<Likeness> {
    let (single, many) = match (one.words.as_slice(), other.words.len()) {
        ([single], 2..) => (single, other),
        (_, 1) if one.words.len() > 1 => (other.words.first()?, one),
        _ => return None,
    };
    let enough = match single.script {
        Script::Latin => single.text.len() >= 6,
        Script::Hangul => single.spelling.len() >= 4,
        Script::Kana => single.spelling.len() >= 3,
        _ => false,
    };
    if !enough || many.words.iter().any(|word| word.initial) {
        return None;
    }
    let found = (0..many.words.len()).find_map(|from| {
        let how = many.joined(from)?.like(single)?;
        matches!(how, How::Same | How::Marks | How::Script).then_some((how, from))
    });
    let (how, from) = found?;
    let mut why = vec![if how == How::Script { Why::Script } else { Why::Spelling }];
    why.extend((how == How::Marks).then_some(Why::Marks));
    why.extend((from > 0 && how != How::Script).then_some(Why::Order));
    Some(Likeness { score: if how == How::Script { 85 } else { 72 }, why, slip: None })
}
