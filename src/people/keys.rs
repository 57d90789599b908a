//! Keys under which names that may be one person's meet, so that not every two need be compared.
//!
//! A key is the consonants of one word and the kind of letter that another begins with: whatever two
//! names may differ in, that much they share. Letters that transliterations confuse are of one class,
//! vowels, `h` and `y` of none; where a letter may be of two classes, there is a key for each.

use std::collections::BTreeSet;

use super::letters;
use super::name::Name;
use super::word::Word;

/// The most ways that the consonants of a word are read in.
const MOST: usize = 12;

/// Latin letters and the classes that they may be of; longer ones first.
const CLASSES: &[(&str, &[&str])] = &[
    ("chtch", &["S"]),
    ("shch", &["S"]),
    ("tsch", &["S"]),
    ("tch", &["S"]),
    ("sch", &["S"]),
    ("sht", &["S", "ST"]),
    ("sh", &["S"]),
    ("zh", &["S"]),
    ("ts", &["S"]),
    ("tz", &["S"]),
    ("tc", &["S"]),
    ("cz", &["S"]),
    ("dz", &["S"]),
    ("dj", &["S", "T"]),
    ("ch", &["S", "K"]),
    ("ck", &["K"]),
    ("kh", &["K"]),
    ("gh", &["K"]),
    ("ng", &["N", "NK"]),
    ("x", &["KS", "K"]),
    ("q", &["K"]),
    ("k", &["K"]),
    ("g", &["K", "S", ""]),
    ("c", &["K", "S"]),
    ("j", &["", "S"]),
    ("w", &["", "B"]),
    ("v", &["B", ""]),
    ("b", &["B"]),
    ("p", &["B"]),
    ("f", &["B"]),
    ("d", &["T"]),
    ("t", &["T"]),
    ("s", &["S"]),
    ("z", &["S"]),
    ("m", &["M"]),
    ("n", &["N"]),
    ("l", &["L"]),
    ("r", &["R"]),
];

/// The keys of a name.
pub(super) fn of(name: &Name) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let words: Vec<&Word> = name.bearing().collect();
    let first: Vec<BTreeSet<String>> = words.iter().map(|word| begins(word)).collect();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.initial) {
        let bones = bones(word);
        for (_, letters) in first.iter().enumerate().filter(|(other, _)| *other != at) {
            for letter in letters {
                keys.extend(bones.iter().map(|bones| format!("{bones} {letter}")));
            }
        }
    }
    // Names that may be written as one word meet as one.
    if !words.iter().any(|word| word.initial) && name.words.len() <= 4 {
        for from in 0..name.words.len() {
            let joined = name.joined(from);
            keys.extend(joined.iter().flat_map(bones).map(|bones| format!("={bones}")));
        }
    }
    keys
}

/// The consonants of a word, in every way that they may be read.
fn bones(word: &Word) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    if word.spelling.is_empty() {
        for form in word.forms.iter().take(2) {
            all.extend(read(form));
        }
    } else {
        let mut ways = vec![String::new()];
        for letter in &word.spelling {
            let classes: BTreeSet<String> = letter.iter().flat_map(|way| read(way)).collect();
            ways = grow(&ways, classes.iter().map(String::as_str));
        }
        all.extend(ways.iter().map(|way| once(way)));
    }
    all
}

/// The kinds of letter that a word may begin with.
fn begins(word: &Word) -> BTreeSet<String> {
    let ways: Vec<String> = match word.spelling.first() {
        Some(ways) => ways.to_vec(),
        None => word.forms.clone(),
    };
    let first = |way: &String| -> Vec<String> {
        let initial = way.bytes().next();
        let vowel = initial.is_none_or(|letter| letters::is_vowel(letter) || letter == b'h');
        let mut kinds: Vec<String> = if vowel { vec![String::new()] } else { Vec::new() };
        let one = way.chars().next();
        let digraph = classes(way).map(|(_, kinds)| kinds);
        let letter = one.and_then(|c| classes(c.encode_utf8(&mut [0; 4]))).map(|(_, kinds)| kinds);
        for kind in digraph.into_iter().chain(letter).flatten() {
            kinds.push(kind.chars().take(1).collect());
        }
        // A script of which nothing is known goes by its letters.
        kinds.extend(one.filter(|c| !c.is_ascii()).map(String::from));
        kinds
    };
    ways.iter().flat_map(first).collect()
}

fn classes(rest: &str) -> Option<(&'static str, &'static [&'static str])> {
    CLASSES.iter().find(|(letters, _)| rest.starts_with(letters)).copied()
}

/// The classes of a Latin word's consonants.
fn read(form: &str) -> Vec<String> {
    let mut ways = vec![String::new()];
    let mut rest = form;
    while let Some(c) = rest.chars().next() {
        if let Some((letters, kinds)) = classes(rest) {
            ways = grow(&ways, kinds.iter().copied());
            rest = rest.get(letters.len()..).unwrap_or_default();
            continue;
        }
        if !c.is_ascii() {
            ways = grow(&ways, std::iter::once(c.encode_utf8(&mut [0; 4]) as &str));
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    ways.iter().map(|way| once(way)).collect()
}

fn grow<'a>(ways: &[String], kinds: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let mut out: Vec<String> =
        kinds.flat_map(|kind| ways.iter().map(move |way| format!("{way}{kind}"))).collect();
    out.truncate(MOST);
    out
}

/// Without a class twice in a row.
fn once(way: &str) -> String {
    let mut out = String::new();
    for c in way.chars().filter(|c| !c.is_whitespace()) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
