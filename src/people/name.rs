//! A name taken apart: words, initials, particles, what stands beside them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::letters::{self, Script};
use super::word::Word;
use crate::text::flags::is_bidi_control;
use crate::text::profile::Text;

/// The most words that a name is compared with; longer ones are nobody's name.
const MAX_WORDS: usize = 8;

/// Words around names, by the lists of `words.toml`.
static WORDS: LazyLock<HashMap<String, Vec<String>>> =
    // A list that can't be read would be empty; a test reads them.
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// Whether a word, in small letters without marks, is in a list of `words.toml`.
pub(super) fn is_listed(list: &str, word: &str) -> bool {
    WORDS.get(list).is_some_and(|words| words.iter().any(|known| known == word))
}

/// A name, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Its words, in the order in which they are written; after a comma, the given name first.
    pub(super) words: Vec<Word>,
    /// Which of several of one name.
    pub(super) generation: Option<String>,
    /// Whether its marks tell words apart, as those of Vietnamese do.
    pub(super) tonal: bool,
}

impl Name {
    /// Takes a name apart; `None` for what has no letters, or more words than names have.
    pub(super) fn read(name: &str) -> Option<Self> {
        let text = Text::new(name);
        let mut generation = None;
        let mut words: Vec<Word> = Vec::new();
        let mut parts: Vec<Vec<Word>> = Vec::new();
        // What turns the direction or joins letters is no letter of a name.
        let shown = |c: &char| !is_bidi_control(*c) && !matches!(c, '\u{200C}' | '\u{200D}');
        let seen: String = text.as_str().chars().filter(shown).collect();
        for part in seen.split([',', '，']) {
            let mut found = Vec::new();
            for token in outside_quotes(part).split_whitespace() {
                take(token, parts.is_empty(), &mut found, &mut generation);
            }
            if !found.is_empty() {
                parts.push(found);
            }
        }
        // "Prell, Ada" has the family name first.
        if parts.len() == 2 {
            parts.reverse();
        }
        words.extend(parts.into_iter().flatten());
        if let Some(at) = words.iter().position(|word| is_listed("before_marriage", word.plain()))
            && at > 0
            && at + 1 < words.len()
        {
            words.remove(at);
        }
        let tonal = text
            .as_str()
            .chars()
            .any(|c| matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'ă' | 'Ă'));
        (1..=MAX_WORDS).contains(&words.len()).then_some(Self { words, generation, tonal })
    }

    /// The words that aren't particles.
    pub(super) fn bearing(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.particle)
    }

    /// Whether every word has one syllable or goes by syllables, as in Chinese, Korean and Vietnamese:
    /// leaving one out makes another name.
    pub(super) fn goes_by_syllables(&self) -> bool {
        let mut full = self.bearing().filter(|word| !word.initial).peekable();
        full.peek().is_some() && full.all(|word| word.syllables() <= 1)
    }

    /// All of its words as one.
    pub(super) fn joined(&self, from: usize) -> Option<Word> {
        let (tail, head) = self.words.split_at_checked(from)?;
        let mut words = head.iter().chain(tail);
        let first = words.next()?.clone();
        Some(words.fold(first, |joined, word| joined.joined(word)))
    }
}

/// A name without nicknames in quotation marks or brackets.
fn outside_quotes(text: &str) -> String {
    let mut out = String::new();
    let mut within = None;
    for c in text.chars() {
        match (within, c) {
            (None, '"' | '“' | '„' | '«') => within = Some('"'),
            (None, '(' | '（') => within = Some(')'),
            (Some('"'), '"' | '”' | '“' | '»') | (Some(')'), ')' | '）') => within = None,
            (None, c) => out.push(c),
            (Some(_), _) => {}
        }
    }
    // What is opened and not closed is no nickname.
    if within.is_some() { text.to_owned() } else { out }
}

/// Takes a token apart at points and hyphens.
fn take(token: &str, first_part: bool, words: &mut Vec<Word>, generation: &mut Option<String>) {
    let token: String =
        token.chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ' | '`' | 'ʻ' | 'ʹ' | 'ʿ')).collect();
    let whole = letters::without_marks(&token.to_lowercase()).replace('.', "");
    if !(first_part && words.is_empty()) && is_listed("generations", &whole) {
        let junior = matches!(whole.as_str(), "junior").then(|| "jr".to_owned());
        *generation = Some(junior.unwrap_or(whole));
        return;
    }
    if first_part && words.is_empty() && is_listed("titles", &whole) {
        return;
    }
    for pointed in token.split(['.', '·', '・', '＝']) {
        for (place, part) in pointed.split(['-', '\u{2010}', '\u{2011}', '–', '־']).enumerate() {
            let hyphened = place > 0;
            if !part.chars().any(char::is_alphabetic) {
                continue;
            }
            // "JK" is two initials, "KIM" and "LI" are words.
            let two = part.chars().count() == 2
                && part
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() && !letters::is_vowel(b.to_ascii_lowercase()));
            if two {
                words.extend(part.chars().map(|c| Word::new(c.encode_utf8(&mut [0; 4]))));
                continue;
            }
            let article = part.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2);
            if let Some(rest) = article.filter(|_| Script::of(part) == Script::Arabic) {
                words.push(Word { particle: true, ..Word::new("ال") });
                words.push(Word::new(rest));
                continue;
            }
            let word = Word { hyphened, ..Word::new(part) };
            let short = word.text.chars().count() == 1;
            let particle = !words.is_empty() || pointed.contains('-');
            let particle = particle
                && word.text.is_ascii()
                && is_listed("particles", &word.text)
                && !(short && part.chars().any(char::is_uppercase));
            let initial = word.initial && !particle;
            words.push(Word { initial, particle, ..word });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let words = |name: &str| -> Vec<String> {
            let name = Name::read(name).unwrap();
            name.words.iter().map(|word| word.text.clone()).collect()
        };
        assert_eq!(words("J.R. Tarbell"), ["j", "r", "tarbell"]);
        assert_eq!(words("Prell, Ada"), ["ada", "prell"]);
        assert_eq!(words("Dr. Sean O’Farrelly, Jr."), ["sean", "ofarrelly"]);
        assert_eq!(words("Robert \"Bo\" Tarbell"), ["robert", "tarbell"]);
        assert_eq!(words("Kim Min-ji"), ["kim", "min", "ji"]);
        assert!(Name::read("—").is_none() && Name::read("").is_none());
        assert_eq!(Name::read("Ada Prell, Junior").unwrap().generation.as_deref(), Some("jr"));
        for list in ["generations", "particles", "titles", "before_marriage", "slavic"] {
            assert!(WORDS.contains_key(list), "{list}");
        }
    }
}
