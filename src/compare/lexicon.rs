//! The words by which a change of meaning is known, a table a language in `lexicon.toml`.
//!
//! Adding a language is adding a table; every key is optional. Where a text's language isn't known
//! or has no table, the words of all languages are looked for: rather a signal too many.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::language::Language;

/// A language's table. Words are in lower case and NFC, their apostrophes are U+0027.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Words {
    /// Words that negate.
    pub(super) negation: HashSet<String>,
    /// What a negating word begins with, such as French `n'`.
    pub(super) negation_begins: Vec<String>,
    /// What a negating word ends with, such as English `n't`.
    pub(super) negation_ends: Vec<String>,
    /// What negates wherever it stands, in scripts without spaces and in agglutinated forms;
    /// the longer first.
    pub(super) negation_inside: Vec<String>,
    /// What turns a word into its opposite when put before it, such as English `un`.
    pub(super) opposite: Vec<String>,
    /// What is written together with the word that follows, such as Arabic `و`.
    pub(super) proclitic: Vec<String>,
    /// Words for numbers.
    pub(super) number: HashSet<String>,
    /// Characters that write numbers in words, such as `三` and `万`.
    pub(super) numeral: HashSet<char>,
    /// Words that often begin a sentence and are no names.
    pub(super) opener: HashSet<String>,
    /// Titles before a name, in scripts without case.
    pub(super) before_name: HashSet<String>,
    /// Titles after a name, in scripts without case; the longer first.
    pub(super) after_name: Vec<String>,
}

impl Words {
    fn add(&mut self, other: &Self) {
        self.negation.extend(other.negation.iter().cloned());
        self.negation_begins.extend(other.negation_begins.iter().cloned());
        self.negation_ends.extend(other.negation_ends.iter().cloned());
        self.negation_inside.extend(other.negation_inside.iter().cloned());
        self.opposite.extend(other.opposite.iter().cloned());
        self.number.extend(other.number.iter().cloned());
        self.numeral.extend(&other.numeral);
        self.opener.extend(other.opener.iter().cloned());
        self.before_name.extend(other.before_name.iter().cloned());
        self.after_name.extend(other.after_name.iter().cloned());
    }

    /// Puts what is looked for by its length into order.
    fn sorted(mut self) -> Self {
        for list in [&mut self.negation_inside, &mut self.after_name] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        self
    }
}

/// The tables, and all of them in one.
struct Tables {
    by_language: BTreeMap<String, Words>,
    all: Words,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    // A file that couldn't be read would give no words; a test reads it.
    let read: BTreeMap<String, Words> =
        toml::from_str(include_str!("lexicon.toml")).unwrap_or_default();
    let mut all = Words::default();
    for words in read.values() {
        all.add(words);
    }
    let by_language = read.into_iter().map(|(tag, words)| (tag, words.sorted())).collect();
    Tables { by_language, all: all.sorted() }
});

/// The words of a language; of all languages where it has no table.
pub(super) fn of(language: Option<&Language>) -> &'static Words {
    language.and_then(|language| TABLES.by_language.get(language.primary())).unwrap_or(&TABLES.all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::profile::Text;

    #[test]
    fn the_file_is_read_and_its_words_can_be_found() {
        let read: BTreeMap<String, Words> =
            toml::from_str(include_str!("lexicon.toml")).expect("lexicon.toml is in order");
        assert!(read.len() >= 30, "{} languages", read.len());
        for (tag, words) in &read {
            assert!(Language::new(tag).is_ok(), "{tag}");
            let negates = words.negation.len() + words.negation_inside.len();
            assert!(negates > 0, "{tag} has no negation");
            let all = words.negation.iter().chain(&words.number).chain(&words.opener);
            for word in all.chain(&words.negation_inside).chain(&words.negation_ends) {
                assert_eq!(*word, word.to_lowercase(), "{tag}");
                assert_eq!(word, Text::new(word).as_str(), "{tag}");
                assert!(!word.contains('’'), "{tag}: {word}");
            }
        }
    }
}
