//! Reads the lists in shares, each of which a thread can read by itself.

use super::entry::{Class, Roles};
use super::load::{ListFault, WordList, alternatives};
use super::spellings::Spellings;
use crate::credit::fold::{fold_phrase, without_accents};
use crate::text::language::Language;

/// The longest phrase that is taken, in bytes: it bounds the work at each place of a line.
pub(super) const MAX_PHRASE: usize = 120;

/// How many phrases a share has at most, to make room for them at once.
const ROOM: usize = 20_000;

/// What some of the lists say.
#[derive(Default)]
pub(super) struct Share {
    /// The languages of the lists, in their order.
    pub(super) languages: Vec<Option<Language>>,
    /// What the phrases mean.
    pub(super) senses: Vec<Sense>,
    /// The phrases, folded and sorted.
    pub(super) phrases: Spellings,
}

/// What the phrases of one group mean.
pub(super) struct Sense {
    pub(super) class: Class,
    pub(super) roles: Roles,
    /// Which of the share's lists it is in.
    pub(super) list: usize,
    /// The language that they name.
    pub(super) names: Option<&'static str>,
}

impl Share {
    /// Reads lists, given with their names.
    pub(super) fn of(files: &[(&str, &'static str)]) -> Result<Self, ListFault> {
        let mut share = Self { phrases: Spellings::with_capacity(ROOM), ..Self::default() };
        for (_, text) in files {
            share.take(WordList::parse(text)?);
        }
        share.phrases.sort();
        Ok(share)
    }

    fn take(&mut self, list: WordList<'static>) {
        let language = Language::new(&list.tag).ok();
        let plain = drops_accents(language.as_ref());
        for group in list.groups.into_iter().filter(|group| !group.phrases.is_empty()) {
            let sense = u32::try_from(self.senses.len()).unwrap_or(u32::MAX);
            let list = self.languages.len();
            let (class, roles, names) = (group.class, group.roles, group.names);
            self.senses.push(Sense { class, roles, list, names });
            for phrase in &group.phrases {
                alternatives(phrase, |phrase| {
                    spellings(phrase, plain, |one| self.phrases.push(one, sense));
                });
            }
        }
        self.languages.push(language);
    }
}

/// The folded spellings under which a phrase is known: perhaps one without accents, and its own.
pub(super) fn spellings(phrase: &str, drops_accents: bool, mut each: impl FnMut(&str)) {
    let folded = fold_phrase(phrase.trim_end_matches(':'));
    if folded.is_empty() || folded.len() > MAX_PHRASE * 2 {
        return;
    }
    if drops_accents
        && !folded.is_ascii()
        && folded.chars().count() >= 6
        && let Some(plain) = without_accents(&folded)
    {
        each(&plain);
    }
    each(&folded);
}

/// Whether writers of the language leave accents out rather than write `ae` or `oe`.
pub(super) fn drops_accents(language: Option<&Language>) -> bool {
    language.is_none_or(|language| {
        !matches!(language.as_str(), "de" | "sv" | "da" | "no" | "fi" | "et" | "nl" | "en")
    })
}
