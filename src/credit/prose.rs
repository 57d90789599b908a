//! Whether a block can be told for prose without being read as a credit line.
//!
//! Most blocks of an article are paragraphs of its body, and reading all of them for credits would
//! cost many times what reading the file does. One pass over a block's words, each looked up once,
//! tells most of them: words written small that no list knows are no names and no phrases, and so
//! stay unread. What this doesn't tell is read: the answer may be "no" for prose, and must never be
//! "yes" for a block that its reading would take for anything but a paragraph.

mod around;
mod form;
mod votes;

use super::eight::{below, eight};
use super::fold::Folded;
use super::lexicon::{Begins, Class, Found, Lexicon, Mask, Word, cut, cut_wide};
use super::script::{fact, facts, has_no_case, is_hangul, is_unspaced, is_word, weight};
use around::{after_space, is_colon};

pub(super) use form::Form;
use form::fold_prose;
pub(super) use votes::Votes;

/// The fewest letters and digits of prose in scripts without capitals, wide characters counted
/// thrice. A list of names that no phrase introduces is shorter.
const MIN_UNCASED: usize = 100;

/// The fewest words in a row, none of them in any list and no mark between them, that are more than
/// a place and a name; every character is one where words have no spaces between them.
const MIN_RUN: usize = 11;

/// The same in a sentence: with words among them that names have not, and its mark at the end.
const MIN_RUN_OF_PROSE: usize = 5;

/// The fewest words, such as articles, that prose has and names have not; and one in ten words.
const MIN_FUNCTION: usize = 3;

/// How many words at the start hold no two credits: the shortest are a phrase, two names and what
/// joins them.
const MAX_OPENING: usize = 3;

/// Phrases that say who did what with a by-word, a mark or a language after them.
const STEMS: Mask = Class::Verb.bit()
    | Class::Noun.bit()
    | Class::Label.bit()
    | Class::Version.bit()
    | Class::Service.bit();

/// Those of them that are words of any sentence, too.
const QUIET: Mask = Class::Label.bit() | Class::Service.bit();

/// Phrases that say it by themselves.
const WHOLE: Mask = Class::Before.bit() | Class::After.bit();

/// What makes stems say it.
const COMPLETE: Mask =
    Class::By.bit() | Class::From.bit() | Class::Into.bit() | Class::Language.bit();

/// Phrases that names may follow.
const OPENING: Mask = STEMS | WHOLE | COMPLETE | Class::Byline.bit() | Class::Material.bit();

/// Words that prose has and names have not.
const SMALL: Mask = Class::Function.bit() | Class::Topic.bit();

/// Phrases with which any words after them count as read.
const RANGES: Mask = Class::Stop.bit() | Class::Source.bit() | Class::Subject.bit();

/// Whether a block is prose, of at least `least` letters and digits; if it is, its small words vote
/// for their languages.
pub(super) fn is_prose(
    lexicon: &Lexicon,
    (block, form): (&str, Form),
    least: usize,
    votes: &mut Votes,
) -> bool {
    let Some(folded) = fold_prose(block, form) else { return false };
    let mut count = Count::of(lexicon, block, &folded);
    let is_prose = count.walk() && count.size >= least && count.is_prose();
    if is_prose {
        votes.join(&count.votes, count.words);
    }
    is_prose
}

/// What the words of a block come to.
#[allow(clippy::struct_excessive_bools, reason = "facts that don't depend on each other")]
struct Count<'a> {
    lexicon: &'a Lexicon,
    block: &'a str,
    folded: &'a Folded,
    /// Letters and digits, wide characters counted thrice.
    size: usize,
    /// Those of words that are written small and in no list.
    prose: usize,
    /// Those in scripts that have no capitals.
    uncased: usize,
    /// Words so far.
    words: usize,
    /// How many of the last ones are in no list, and the most that ever were.
    run: usize,
    longest: usize,
    /// Whether a word that is written small and in no list came yet.
    begun: bool,
    /// Whether a phrase came before it that names may follow.
    phrase: bool,
    /// Whether what came before it may be credits, or the names and marks of a dateline.
    opening: bool,
    /// Articles and the like.
    function: usize,
    /// All classes of all phrases found.
    classes: Mask,
    /// Whether a name follows a possessive, before which any words may be whom it belongs to.
    owned: bool,
    /// Whether marks stand in it that part names: brackets, dashes, colons.
    marks: bool,
    /// Whether a phrase says who did what.
    credits: bool,
    /// The classes of the phrase just before, if one is.
    before: Mask,
    /// Whether the token before is a phrase, or a mark that ends a sentence or part of one.
    known: bool,
    /// The languages of articles and the like.
    votes: Votes,
}

impl<'a> Count<'a> {
    fn of(lexicon: &'a Lexicon, block: &'a str, folded: &'a Folded) -> Self {
        Self {
            lexicon,
            block,
            folded,
            size: 0,
            prose: 0,
            uncased: 0,
            words: 0,
            run: 0,
            longest: 0,
            begun: false,
            phrase: false,
            opening: false,
            function: 0,
            classes: 0,
            owned: false,
            marks: false,
            credits: false,
            before: 0,
            known: true,
            votes: Votes::default(),
        }
    }

    /// Whether the words told so far are those of prose.
    fn is_prose(&self) -> bool {
        let stems = self.classes & STEMS & !Class::Service.bit() != 0;
        if self.credits {
            return false;
        }
        if self.uncased * 2 > self.size {
            let function = self.function >= MIN_FUNCTION && self.function * 20 >= self.words;
            let sentence =
                function && self.block.ends_with(['.', '!', '?', '؟', '।', '۔', '。', '」']);
            let run = if sentence { MIN_RUN_OF_PROSE } else { MIN_RUN };
            let short = self.size < MIN_UNCASED || self.longest < run;
            // A label says nothing without its mark.
            let stems = stems && !(sentence && self.classes & STEMS & !QUIET == 0);
            let names =
                stems || self.marks || self.owned || self.classes & Class::Byline.bit() != 0;
            return !names && !short;
        }
        let owned = self.owned && self.size < 2 * MIN_UNCASED;
        if self.opening || owned || self.uncased * 10 > self.size {
            return false;
        }
        if !stems {
            return self.prose * 3 >= self.size;
        }
        let function = self.function >= MIN_FUNCTION && self.function * 10 >= self.words;
        function && self.prose * 20 >= self.size * 7
    }

    /// Looks at every word; `false` where one of them may make other words count as read.
    fn walk(&mut self) -> bool {
        let mut at = 0;
        while at < self.folded.text.len() {
            let c = self.folded.char_at(at);
            if c == ' ' {
                at += 1;
                continue;
            }
            let Some(next) = self.step(at, c) else { return false };
            debug_assert!(next > at, "every step takes a byte at least");
            at = next.max(at + 1);
        }
        true
    }

    /// Takes what begins at `at`; gives the offset after it, or nothing as [`Self::walk`] says.
    fn step(&mut self, at: usize, c: char) -> Option<usize> {
        let folded = self.folded;
        let kind = facts(c) & (fact::WORD | fact::WIDE);
        let word = match kind {
            fact::WORD => cut(&folded.text, at),
            0 | fact::WIDE => return self.other(at, c),
            _ => cut_wide(&folded.text, at, c),
        };
        let wide = kind & fact::WIDE != 0;
        // What follows may end a phrase within the word.
        let whole = wide || !word.digit && !is_unspaced(folded.char_at(word.end));
        let begins = if whole { self.lexicon.begins(&folded.text, word) } else { Begins::More };
        match begins {
            Begins::Nothing => {}
            Begins::Alone(pattern) => {
                let found = Found { pattern, end: word.end };
                self.phrase(at, found, self.lexicon.mask(pattern))?;
                self.words += 1;
                self.weigh(word.size, word.uncased);
                return Some(word.end);
            }
            Begins::More => {
                if let Some((found, all)) = self.longest(at) {
                    return self.long_phrase(at, found, all);
                }
            }
        }
        self.weigh(word.size, word.uncased);
        if !wide {
            self.word(word)?;
        }
        self.before = 0;
        self.known = false;
        // The syllables of a Korean word are one word.
        if !(wide && is_hangul(c) && is_hangul(folded.char_before(at))) {
            self.words += 1;
            self.run += 1;
            self.longest = self.longest.max(self.run);
        }
        Some(word.end)
    }

    /// Takes what begins with a character that is part of no word.
    fn other(&mut self, at: usize, c: char) -> Option<usize> {
        match self.longest(at) {
            Some((found, all)) => self.long_phrase(at, found, all),
            None => Some(self.sign(at, c)),
        }
    }

    /// Takes a phrase of any length; nothing as [`Self::phrase`] says.
    fn long_phrase(&mut self, at: usize, found: Found, all: Mask) -> Option<usize> {
        let phrase = self.folded.text.get(at..found.end)?;
        self.phrase(at, found, all)?;
        self.words += 1 + memchr::memchr_iter(b' ', phrase.as_bytes()).count();
        for c in phrase.chars() {
            let facts = facts(c);
            if facts & fact::WORD != 0 && !matches!(c, '_' | '@') {
                let weight = weight(c);
                self.weigh(weight, if facts & fact::UNCASED == 0 { 0 } else { weight });
            }
        }
        Some(found.end)
    }

    /// Takes a phrase but for its letters; nothing if it may make other words count as read.
    fn phrase(&mut self, at: usize, found: Found, all: Mask) -> Option<()> {
        let folded = self.folded;
        if all & RANGES != 0 && self.may_range(at, folded.text.get(at..found.end)?, all) {
            return None;
        }
        if all & Class::Job.bit() != 0 && is_colon(after_space(folded, found.end)) {
            return None;
        }
        self.classes |= all;
        self.credits |= all & WHOLE != 0 || self.before & STEMS != 0 && all & COMPLETE != 0;
        self.before = all;
        self.run = 0;
        if all & Class::Service.bit() != 0 && self.names_service(found.pattern) {
            self.credits = true;
        }
        self.phrase |= all & OPENING != 0;
        if all & SMALL != 0 {
            self.function += 1;
            self.votes.add(self.lexicon.function(found.pattern));
        }
        self.known = true;
        Some(())
    }

    /// Takes a mark; gives the offset after it.
    fn sign(&mut self, at: usize, c: char) -> usize {
        let folded = self.folded;
        let end = at + c.len_utf8();
        let within = folded.byte(end) != b' ' && is_word(folded.char_before(at));
        self.credits |= self.before & STEMS != 0 && !matches!(c, '.' | ',' | '\'' | '"' | '”');
        self.before = 0;
        self.run = 0;
        self.known = !(matches!(c, ',' | '&') || within && matches!(c, '-' | '\''));
        let owned = matches!(folded.char_at(end), 's' | ' ') && within && c == '\'';
        self.owned |= owned && self.name_at(end + 1);
        let decimal = || folded.byte(end).is_ascii_digit();
        let quiet = within && (c == '-' || matches!(c, '.' | ',') && decimal())
            || matches!(c, ',' | '\'' | '"' | '“' | '”' | '„' | '«' | '»');
        self.opening |= !self.begun && !quiet;
        self.marks |= !quiet && !matches!(c, '.' | '。' | '、' | '，' | '،' | '।' | '「' | '」');
        end
    }

    /// Takes a word that is in no list but for its letters; nothing if it may be two that lost their
    /// space.
    fn word(&mut self, word: Word) -> Option<()> {
        if self.is_small(word)? {
            self.prose += word.size;
            self.opening |= !self.begun && self.phrase && self.words > MAX_OPENING;
            self.begun = true;
        }
        Some(())
    }

    /// Whether a word is written small, for nothing but letters that have a capital tells a name;
    /// nothing if a capital stands in it after a small letter.
    #[inline]
    fn is_small(&self, word: Word) -> Option<bool> {
        if word.uncased == word.size {
            return Some(false);
        }
        // Folding makes small letters and nothing else.
        let (start, len) = (self.folded.origin(word.start), word.end - word.start);
        let same = |key| eight(self.block.as_bytes(), start) & below(len) == key;
        let whole = self.folded.origin(word.end) == start + len;
        if word.small && whole && word.key().is_some_and(same) {
            return Some(true);
        }
        self.is_written_small(word)
    }

    /// The same, letter by letter.
    fn is_written_small(&self, word: Word) -> Option<bool> {
        let folded = self.folded.text.get(word.start..word.end)?;
        let original =
            self.block.get(self.folded.origin(word.start)..self.folded.origin(word.end))?;
        if word.small && original == folded {
            return Some(true);
        }
        let (mut small, mut before) = (true, false);
        for c in original.chars() {
            let lower = if c.is_ascii() { c.is_ascii_lowercase() } else { is_small(c) };
            if before && !lower && is_capital(c) {
                return None;
            }
            small &= lower;
            before = lower;
        }
        Some(small)
    }

    #[inline]
    fn weigh(&mut self, size: usize, uncased: usize) {
        self.size += size;
        self.uncased += uncased;
    }
}

fn is_small(c: char) -> bool {
    !has_no_case(c) && c.is_lowercase()
}

fn is_capital(c: char) -> bool {
    !has_no_case(c) && c.is_uppercase()
}

#[cfg(test)]
mod tests;
