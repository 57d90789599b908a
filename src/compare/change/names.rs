//! Names: words that a script marks as such.
//!
//! Where a script has case, a word with a capital is a name, unless it begins a sentence and is a
//! common opener of its language or stands in lower case elsewhere in either text. (So every noun
//! of German counts.) Elsewhere a name is known by a run of two or more Katakana, by a middle dot
//! between runs of letters, or by the title beside it. What none of these marks is not seen.

use std::collections::HashSet;

use unicode_script::{Script, UnicodeScript as _};

use super::signal::{Sign, Signal};
use crate::compare::lexicon::Words;
use crate::compare::words::Spoken;

/// The marks after which a word is written like a sentence's first.
const BEGINS: [char; 10] = [':', '“', '„', '«', '"', '‘', '—', '–', '•', '('];

/// A text, its words, and its sentences.
type Read<'a> = (&'a str, &'a Spoken<'a>, &'a [(usize, &'a str)]);

/// The sign, if the names of two texts differ, or their order.
pub(super) fn signal(old: Read<'_>, new: Read<'_>, lexicon: &Words) -> Option<Signal> {
    let lower: HashSet<&str> = [old.1, new.1]
        .into_iter()
        .flatten()
        .map(|(_, word)| *word)
        .filter(|word| !word.contains(char::is_uppercase))
        .collect();
    let names = |(text, words, sentences): Read<'_>| {
        let mut all = cased((text, words, sentences), lexicon, &lower);
        if !text.is_ascii() {
            all.extend(caseless(text, words, lexicon));
        }
        all
    };
    Signal::of_lists(Sign::Name, &names(old), &names(new))
}

/// The words with capitals, in order.
fn cased(
    (text, words, sentences): Read<'_>,
    lexicon: &Words,
    lower: &HashSet<&str>,
) -> Vec<String> {
    if !text.contains(char::is_uppercase) {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut starts = sentences.iter().map(|(at, _)| at).peekable();
    let mut after = 0;
    for (at, word) in words {
        let mut first = false;
        while starts.next_if(|start| *start <= at).is_some() {
            first = true;
        }
        // A quotation or what follows a colon begins like a sentence.
        first |= text.get(after..*at).is_some_and(|between| between.contains(BEGINS));
        after = at + word.len();
        if !word.contains(char::is_uppercase) {
            continue;
        }
        let small = word.to_lowercase();
        let only_first = !word.chars().skip(1).any(char::is_uppercase);
        let common = lexicon.opener.contains(&small) || lower.contains(small.as_str());
        if !(first && only_first && common) {
            names.push(stem(word).to_owned());
        }
    }
    names
}

/// A name without what an apostrophe joins to it: `Smith's`, `Ankara'da`, `l'Élysée`.
fn stem(word: &str) -> &str {
    let Some((head, tail)) = word.split_once(['\'', '’']) else { return word };
    let capital = |part: &str| part.contains(char::is_uppercase);
    match (capital(head), capital(tail)) {
        (true, false) if head.chars().count() >= 3 => head,
        (false, true) if head.chars().count() <= 2 => tail,
        _ => word,
    }
}

/// Names in scripts without case, as far as something marks them.
fn caseless(text: &str, words: &Spoken<'_>, lexicon: &Words) -> Vec<String> {
    let mut names = Vec::new();
    for run in text.split(|c: char| !(is_katakana(c) || c == 'ー')) {
        if run.chars().filter(|c| is_katakana(*c)).count() >= 2 {
            names.push(run.to_owned());
        }
    }
    if text.contains(is_dot) {
        let pieces = text.split(|c: char| !(is_dot(c) || c.script() == Script::Han));
        let dotted = |piece: &&str| {
            let bare = piece.trim_matches(is_dot);
            bare.contains(is_dot)
        };
        names.extend(pieces.filter(dotted).map(str::to_owned));
    }
    for pair in words.windows(2) {
        if let [(_, title), (_, name)] = pair
            && lexicon.before_name.contains(*title)
        {
            names.push((*name).to_owned());
        }
    }
    for title in &lexicon.after_name {
        for (at, _) in text.match_indices(title.as_str()) {
            let before = text.get(..at).unwrap_or_default().trim_end();
            names.extend(last_run(before).map(str::to_owned));
        }
    }
    names
}

/// The run of letters of one script at the end of a text, if it is of a caseless one.
fn last_run(text: &str) -> Option<&str> {
    let script = text.chars().next_back()?.script();
    if matches!(script, Script::Common | Script::Inherited | Script::Hiragana) {
        return None;
    }
    let run = text.trim_end_matches(|c: char| c.script() == script);
    text.get(run.len()..)
}

fn is_katakana(c: char) -> bool {
    c.script() == Script::Katakana
}

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '・' | '‧')
}
