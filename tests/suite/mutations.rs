//! No fold hides a meaning, and none takes a re-serialisation for a change.
//!
//! Invented articles in 12 languages are mutated in what an editor must see; each mutation must
//! come back as `changed`. And they are written otherwise without another meaning, which must not.
//! The seed is fixed. Every tenth goes the whole way, from bytes through the reader to the parts.

use std::collections::BTreeMap;
use std::fs;

use icu_normalizer::DecomposingNormalizerBorrowed;
use siglum::article::assemble;
use siglum::compare::verdict::{self, Verdict};
use siglum::credit::lexicon::Lexicon;
use siglum::read::detect::{self, Wish};
use siglum::text::language::Language;
use siglum::text::profile::Text;
use siglum::verify::article;
use siglum::verify::side::Side;

use crate::chance::Chance;
use crate::desk::project;

const TIMES: usize = 20_000;
const WHOLE_WAY: usize = 10;

struct Piece {
    language: Language,
    name: String,
    negation: String,
    mark: char,
    text: String,
}

fn pieces() -> Vec<Piece> {
    let mut pieces = Vec::new();
    for entry in fs::read_dir(project("tests/fixtures/mutations")).unwrap() {
        let path = entry.unwrap().path();
        let file = fs::read_to_string(&path).unwrap();
        let (header, text) = file.split_once("\n----\n").unwrap();
        let value = |key: &str| {
            let line = header.lines().find_map(|line| line.strip_prefix(key));
            line.unwrap_or_else(|| panic!("{}: no {key}", path.display())).to_owned()
        };
        let mark = u32::from_str_radix(&value("mark: "), 16).unwrap();
        pieces.push(Piece {
            language: Language::new(path.file_stem().unwrap().to_str().unwrap()).unwrap(),
            name: value("name: "),
            negation: value("negation: "),
            mark: char::from_u32(mark).unwrap(),
            text: text.to_owned(),
        });
    }
    pieces.sort_by(|a, b| a.language.cmp(&b.language));
    assert_eq!(pieces.len(), 12);
    pieces
}

/// The verdict over all parts, from bytes.
fn whole_way(old: &str, new: &str, language: &Language) -> Verdict {
    let side = |text: &str| {
        let document = detect::read(text.as_bytes(), &Wish::default()).unwrap();
        let article = assemble::assemble(document, Lexicon::builtin(), Some(language));
        Side::of_article(text.as_bytes(), &article)
    };
    article::between(&side(old), &side(new)).verdict
}

fn places(text: &str, is_one: impl Fn(char) -> bool) -> Vec<(usize, char)> {
    text.char_indices().filter(|(_, c)| is_one(*c)).collect()
}

fn replaced(text: &str, at: usize, old: char, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..])
}

const MUTATIONS: &[&str] = &[
    "digit",
    "sign",
    "case",
    "accent",
    "negation",
    "word order",
    "quote moved",
    "decimal separator",
    "letter of a name",
];

/// A text with another meaning; none where the language has no such thing.
fn mutated(piece: &Piece, kind: &str, chance: &mut Chance) -> Option<String> {
    let text = piece.text.as_str();
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    match kind {
        "digit" => {
            let (at, c) = chance.of(&places(text, char::is_numeric))?;
            // Scripts have their digits in a row; the one before or after is another digit.
            let digits: Vec<char> = (1..10)
                .flat_map(|by| [u32::from(c) + by, u32::from(c) - by])
                .filter_map(char::from_u32)
                .filter(|other| other.is_numeric() && other.len_utf8() == c.len_utf8())
                .collect();
            Some(replaced(text, at, c, &chance.of(&digits)?.to_string()))
        }
        "sign" => match chance.of(&places(text, |c| c == '-' || c.is_numeric()))? {
            (at, '-') => Some(replaced(text, at, '-', chance.of(&["", "+", "−"])?)),
            (at, _) => {
                Some(format!("{}{}{}", &text[..at], chance.of(&["-", "−", "+"])?, &text[at..]))
            }
        },
        "case" => {
            let other = |c: char| -> String {
                if c.is_lowercase() {
                    c.to_uppercase().collect()
                } else {
                    c.to_lowercase().collect()
                }
            };
            let (at, c) = chance.of(&places(text, |c| other(c) != c.to_string()))?;
            Some(replaced(text, at, c, &other(c)))
        }
        "accent" => {
            let (at, c) = chance.of(&places(text, char::is_alphabetic))?;
            let plain: String = DecomposingNormalizerBorrowed::new_nfd()
                .normalize(&c.to_string())
                .chars()
                .take(1)
                .collect();
            let accented = format!("{c}{}", piece.mark);
            let new = if plain == c.to_string() || chance.below(2) == 0 { accented } else { plain };
            Some(replaced(text, at, c, &new))
        }
        "negation" => {
            let letters =
                || places(text, char::is_alphabetic).into_iter().map(|(at, _)| at).collect();
            let at = chance.of(&if starts.is_empty() { letters() } else { starts })?;
            Some(format!("{}{}{}", &text[..at], piece.negation, &text[at..]))
        }
        "word order" => {
            let spaced = text.split(' ').count() > 2;
            let words: Vec<&str> = if spaced {
                text.split_inclusive(' ').collect()
            } else {
                text.split("").filter(|c| !c.is_empty()).collect()
            };
            let at = chance.below(words.len() - 1);
            let mut swapped: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            swapped.swap(at, at + 1);
            let swapped = swapped.concat();
            (Text::new(&swapped) != Text::new(text)).then_some(swapped)
        }
        "quote moved" => {
            let (at, c) = chance.of(&places(text, |c| matches!(c, '“' | '”' | '„' | '«' | '»')))?;
            let without = replaced(text, at, c, "");
            let spots: Vec<usize> = places(&without, char::is_alphabetic)
                .into_iter()
                .map(|(spot, _)| spot)
                .filter(|spot| spot.abs_diff(at) > 8)
                .collect();
            let spot = chance.of(&spots)?;
            Some(format!("{}{c}{}", &without[..spot], &without[spot..]))
        }
        "decimal separator" => {
            let between = |at: usize| {
                let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
                digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next())
            };
            let marks = places(text, |c| matches!(c, '.' | ','));
            let marks: Vec<_> = marks.into_iter().filter(|(at, _)| between(*at)).collect();
            let (at, c) = chance.of(&marks)?;
            Some(replaced(text, at, c, if c == '.' { "," } else { "." }))
        }
        _ => {
            let start = text.find(&piece.name)?;
            let letters = places(&piece.name, char::is_alphabetic);
            let (at, c) = chance.of(&letters)?;
            let near: Vec<char> = (1..6)
                .flat_map(|by| [u32::from(c) + by, u32::from(c) - by])
                .filter_map(char::from_u32)
                .filter(|other| other.is_alphabetic())
                .collect();
            Some(replaced(text, start + at, c, &chance.of(&near)?.to_string()))
        }
    }
}

#[test]
fn no_fold_hides_a_meaning() {
    let pieces = pieces();
    let mut chance = Chance(0x5EED_0001);
    let mut done: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut times = 0;
    while times < TIMES {
        let piece = &pieces[chance.below(pieces.len())];
        let kind = MUTATIONS[chance.below(MUTATIONS.len())];
        let Some(new) = mutated(piece, kind, &mut chance) else { continue };
        let said = verdict::of_texts(&Text::new(&piece.text), &Text::new(&new));
        assert_eq!(said, Verdict::Changed, "{} {kind}:\n{new}", piece.language);
        if times % WHOLE_WAY == 0 {
            let said = whole_way(&piece.text, &new, &piece.language);
            assert!(said >= Verdict::Changed, "{} {kind}: {said}:\n{new}", piece.language);
        }
        *done.entry((piece.language.primary(), kind)).or_default() += 1;
        times += 1;
    }
    for piece in &pieces {
        let kinds =
            MUTATIONS.iter().filter(|kind| done.contains_key(&(piece.language.primary(), **kind)));
        // Scripts without case have no mutation of it.
        assert!(kinds.count() >= MUTATIONS.len() - 1, "{}: {done:?}", piece.language);
    }
}

/// The same text, written otherwise.
fn rewritten(text: &str, chance: &mut Chance) -> String {
    let mut new = text.to_owned();
    for _ in 0..=chance.below(3) {
        new = match chance.below(8) {
            0 => {
                let end = chance.of(&["\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]).unwrap();
                new.replace("\r\n", "\n").replace('\n', end)
            }
            1 => DecomposingNormalizerBorrowed::new_nfd().normalize(&new).into_owned(),
            2 => {
                let space = chance.of(&["\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}", "  ", "\t"]);
                new.replace(' ', space.unwrap())
            }
            3 if !new.starts_with('\u{FEFF}') => format!("\u{FEFF}{new}"),
            4 => new.replace('\n', " \t\n"),
            5 => {
                let letters = places(&new, char::is_alphabetic);
                let (at, _) = chance.of(&letters).unwrap();
                let hidden = chance.of(&["\u{AD}", "\u{200B}", "\u{2060}"]).unwrap();
                format!("{}{hidden}{}", &new[..at], &new[at..])
            }
            6 => unescaped(&escaped(&new, chance)),
            _ => format!("\n\n{new}\n \n"),
        };
    }
    new
}

fn escaped(text: &str, chance: &mut Chance) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            ' ' if chance.below(3) == 0 => out.push_str("&nbsp;"),
            c if !c.is_ascii() && chance.below(2) == 0 => {
                out.extend(["&#", &u32::from(c).to_string(), ";"]);
            }
            c if !c.is_ascii() => out.extend(["&#x", &format!("{:X}", u32::from(c)), ";"]),
            c => out.push(c),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').unwrap();
        let c = match entity {
            "amp" => '&',
            "lt" => '<',
            "quot" => '"',
            "nbsp" => '\u{A0}',
            number => {
                let number = number.strip_prefix('#').unwrap();
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.unwrap()).unwrap()
            }
        };
        out.push(c);
        out.push_str(rest);
    }
    out
}

/// The same words with other typography.
fn reset(text: &str, chance: &mut Chance) -> Option<String> {
    let sets: [&[char]; 3] = [&['“', '”', '„', '"', '″'], &['’', '‘', '\''], &['–', '—', '‑', '-']];
    let spaced = |text: &str| text.replace("« ", "«").replace(" »", "»");
    match chance.below(4) {
        3 => {
            let new = text.replace(" ;", ";").replace(';', "\u{202F};").replace('…', "...");
            let new = if chance.below(2) == 0 { spaced(&new) } else { new };
            Some(new)
        }
        set => {
            let set = sets[set];
            // A hyphen before a digit is a sign; the profile keeps it apart from U+2212 alone.
            let (at, c) = chance.of(&places(text, |c| set.contains(&c)))?;
            let others: Vec<char> = set.iter().copied().filter(|other| *other != c).collect();
            Some(replaced(text, at, c, &chance.of(&others)?.to_string()))
        }
    }
}

#[test]
fn writing_otherwise_is_no_change() {
    let pieces = pieces();
    let mut chance = Chance(0x5EED_0002);
    for times in 0..TIMES {
        let piece = &pieces[chance.below(pieces.len())];
        let new = rewritten(&piece.text, &mut chance);
        let said = verdict::of_texts(&Text::new(&piece.text), &Text::new(&new));
        assert_eq!(said, Verdict::SameText, "{}: {new:?}", piece.language);
        if times % WHOLE_WAY == 0 {
            let said = whole_way(&piece.text, &new, &piece.language);
            assert!(said <= Verdict::SameText, "{}: {said}: {new:?}", piece.language);
        }
    }
}

#[test]
fn typography_is_told_as_such() {
    let pieces = pieces();
    let mut chance = Chance(0x5EED_0003);
    let mut times = 0;
    for _ in 0..TIMES {
        let piece = &pieces[chance.below(pieces.len())];
        let Some(new) = reset(&piece.text, &mut chance) else { continue };
        let same = Text::new(&piece.text) == Text::new(&new);
        let said = verdict::of_texts(&Text::new(&piece.text), &Text::new(&new));
        let want = if same { Verdict::SameText } else { Verdict::Typography };
        assert_eq!(said, want, "{}:\n{new}", piece.language);
        if times % WHOLE_WAY == 0 {
            let said = whole_way(&piece.text, &new, &piece.language);
            assert!(said <= Verdict::Typography, "{}: {said}:\n{new}", piece.language);
        }
        times += usize::from(!same);
    }
    assert!(times > TIMES / 4, "{times}");
}
