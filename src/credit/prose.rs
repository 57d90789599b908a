//! Whether a block can be told for prose without being read as a credit line.
//!
//! Most blocks of an article are paragraphs of its body, and reading all of them for credits would
//! cost many times what reading the file does. One pass over a block's words, each looked up once,
//! tells most of them: words written small that no list knows are no names and no phrases, and so
//! stay unread. What this doesn't tell is read: the answer may be "no" for prose, and must never be
//! "yes" for a block that its reading would take for anything but a paragraph.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::fold::{Folded, fold};
use super::lexicon::{Class, GLUE, Lexicon, Mask};
use super::script::{is_hangul, is_unspaced, is_word};
use crate::text::profile;

/// The shortest block that is looked at, in bytes.
const MIN_BYTES: usize = 60;

/// The fewest letters and digits of prose in scripts without capitals, wide characters counted
/// thrice. A list of names that no phrase introduces is shorter.
const MIN_UNCASED: usize = 100;

/// The fewest words in a row, none of them in any list and no mark between them, that are more than
/// a place and a name; every character is one where words have no spaces between them.
const MIN_RUN: usize = 11;

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

/// Phrases that say it by themselves.
const WHOLE: Mask = Class::Before.bit() | Class::After.bit();

/// What makes stems say it.
const COMPLETE: Mask =
    Class::By.bit() | Class::From.bit() | Class::Into.bit() | Class::Language.bit();

/// Phrases that names may follow.
const OPENING: Mask = STEMS | WHOLE | COMPLETE | Class::Byline.bit() | Class::Material.bit();

/// Phrases with which any words after them count as read.
const RANGES: Mask = Class::Stop.bit() | Class::Source.bit() | Class::Subject.bit();

/// Whether a block is prose, of at least `least` letters and digits.
pub(super) fn is_prose(lexicon: &Lexicon, block: &str, least: usize) -> bool {
    let bytes = block.as_bytes();
    // Addresses, tags and rates are read in ways of their own, and so are brackets around it all.
    let own = memchr::memchr3(b'@', b'<', b'=', bytes).is_some()
        || memchr::memchr(b'_', bytes).is_some()
        || memchr::memmem::find(bytes, b"://").is_some()
        || block.contains(profile::is_line_break)
        || block.starts_with(['(', '[', '（', '［', '【']);
    if block.len() < MIN_BYTES || own {
        return false;
    }
    if !block.is_ascii() && !ComposingNormalizerBorrowed::new_nfc().is_normalized(block) {
        return false;
    }
    let folded = fold(block);
    let mut count = Count::of(lexicon, block, &folded);
    count.walk() && count.size >= least && count.is_prose()
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
        }
    }

    /// Whether the words told so far are those of prose.
    fn is_prose(&self) -> bool {
        let stems = self.classes & (STEMS & !Class::Service.bit()) != 0;
        if self.credits {
            return false;
        }
        if self.uncased * 2 > self.size {
            let short = self.size < MIN_UNCASED || self.longest < MIN_RUN;
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
        let mut all = 0;
        let folded = self.folded;
        let mut end = at;
        let spaced = is_word(c) && !is_unspaced(c) && !is_hangul(c);
        let found = if spaced {
            end = word_end(folded, at);
            let word = folded.text.as_bytes().get(at..end)?;
            // What follows may end a phrase within the word.
            let ends = !is_unspaced(folded.char_at(end)) && !word.iter().any(u8::is_ascii_digit);
            if ends && !self.lexicon.may_begin(word) { None } else { Some(()) }
        } else {
            Some(())
        };
        let found = found.and_then(|()| {
            self.lexicon.longest_at(&folded.text, at, |end, mask| {
                let fits = ends_word(folded, end, mask);
                all |= if fits { mask } else { 0 };
                fits
            })
        });
        if let Some(found) = found {
            let phrase = folded.text.get(at..found.end)?;
            if all & RANGES != 0 && self.may_range(at, phrase, all) {
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
            self.function += usize::from(all & Class::Function.bit() != 0);
            self.words += phrase.split(' ').count();
            self.weigh(phrase);
            self.known = true;
            return Some(found.end);
        }
        if !is_word(c) {
            let end = at + c.len_utf8();
            let within = folded.byte(end) != b' ' && is_word(folded.char_before(at));
            self.credits |= self.before & STEMS != 0 && !matches!(c, '.' | ',' | '\'' | '"' | '”');
            self.before = 0;
            self.run = 0;
            self.known = !(matches!(c, ',' | '&') || within && matches!(c, '-' | '\''));
            let owned = matches!(folded.char_at(end), 's' | ' ') && within && c == '\'';
            self.owned |= owned && self.name_at(end + 1);
            let quiet =
                within && c == '-' || matches!(c, ',' | '\'' | '"' | '“' | '”' | '„' | '«' | '»');
            self.opening |= !self.begun && !quiet;
            self.marks |=
                !quiet && !matches!(c, '.' | '。' | '、' | '，' | '،' | '।' | '「' | '」');
            return Some(at + c.len_utf8());
        }
        if spaced {
            self.word(at, end)?;
        } else {
            end = at + c.len_utf8();
            self.weigh(folded.text.get(at..end)?);
        }
        self.before = 0;
        self.known = false;
        // The syllables of a Korean word are one word.
        let goes_on = is_hangul(c) && is_hangul(folded.char_before(at));
        self.words += usize::from(!goes_on);
        self.run += usize::from(!goes_on);
        self.longest = self.longest.max(self.run);
        Some(end)
    }

    /// Takes a word that is in no list; nothing if it may be two that lost their space.
    fn word(&mut self, at: usize, end: usize) -> Option<()> {
        let original = self.block.get(self.folded.origin(at)..self.folded.origin(end))?;
        let mut small = true;
        let mut before = false;
        for c in original.chars() {
            // Nothing but letters that have a capital tells a name.
            let lower = if c.is_ascii() { c.is_ascii_lowercase() } else { c.is_lowercase() };
            if before && !lower && c.is_uppercase() {
                return None;
            }
            small &= lower;
            before = lower;
        }
        let size = self.weigh(self.folded.text.get(at..end)?);
        if small {
            self.prose += size;
            self.opening |= !self.begun && self.phrase && self.words > MAX_OPENING;
            self.begun = true;
        }
        Some(())
    }

    fn weigh(&mut self, text: &str) -> usize {
        if text.is_ascii() {
            let size = text.bytes().filter(u8::is_ascii_alphanumeric).count();
            self.size += size;
            return size;
        }
        let (mut size, mut uncased) = (0, 0);
        for c in text.chars().filter(|c| is_word(*c)) {
            let weight = if ('\u{2E80}'..='\u{FFEF}').contains(&c) { 3 } else { 1 };
            size += weight;
            // Of the letters before U+0590 nearly all have two cases.
            let cased = c < '\u{590}' || c.is_lowercase() || c.is_uppercase();
            uncased += if cased { 0 } else { weight };
        }
        self.size += size;
        self.uncased += uncased;
        size
    }

    /// Whether a phrase that makes others count as read stands where it does: not within a sentence,
    /// or after a phrase.
    fn may_range(&self, at: usize, phrase: &str, mask: Mask) -> bool {
        let glued = at.checked_sub(1).is_some_and(|before| self.folded.byte(before) != b' ');
        if !self.known && !glued {
            return false;
        }
        // A single word begins a sentence about the article only before a participle.
        let alone =
            mask & RANGES == Class::Subject.bit() && phrase.is_ascii() && !phrase.contains(' ');
        !alone || self.verb_at(at + phrase.len())
    }

    /// Whether the word at `at`, or after the space there, is not written small.
    fn name_at(&self, at: usize) -> bool {
        let original = self.block.get(self.folded.origin(at)..).unwrap_or_default();
        original.trim_start().starts_with(|c: char| !c.is_lowercase())
    }

    /// Whether a phrase for a language service names the language itself.
    fn names_service(&self, pattern: u32) -> bool {
        let meanings = self.lexicon.meanings(pattern).iter();
        meanings.into_iter().any(|one| one.class == Class::Service && one.names.is_some())
    }

    fn verb_at(&self, at: usize) -> bool {
        let at = if self.folded.byte(at) == b' ' { at + 1 } else { at };
        let folded = self.folded;
        let verb = self.lexicon.longest_at(&folded.text, at, |end, mask| {
            mask & Class::Verb.bit() != 0 && ends_word(folded, end, mask)
        });
        verb.is_some()
    }
}

/// Where the letters and digits end that begin at `at`, in a script that parts its words by spaces.
fn word_end(folded: &Folded, at: usize) -> usize {
    let rest = folded.text.get(at..).unwrap_or_default();
    let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mut end = at + ascii;
    loop {
        let c = folded.char_at(end);
        if !is_word(c) || is_unspaced(c) {
            return end;
        }
        end += c.len_utf8();
    }
}

/// Whether a phrase may end at `end`, as far as can be told without looking at capitals.
fn ends_word(folded: &Folded, end: usize, mask: Mask) -> bool {
    let (last, next) = (folded.char_before(end), folded.char_at(end));
    !is_word(last)
        || is_unspaced(last)
        || is_hangul(last)
        || !is_word(next)
        || is_unspaced(next)
        || next.is_ascii_digit() && mask & GLUE != 0
}

fn after_space(folded: &Folded, at: usize) -> char {
    let next = folded.char_at(at);
    if next == ' ' { folded.char_at(at + 1) } else { next }
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

#[cfg(test)]
mod tests;
