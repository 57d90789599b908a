//! Whether a line credits anybody, by the credit parser; and a line without what is no credit:
//! addresses, dates, the site's name, and where its authors work.

use super::blocks::length;
use super::name;
use super::parts::POSTED_BY;
use super::tree::collapse;
use crate::credit::lexicon::Lexicon;
use crate::credit::line;
use crate::text::span::Span;

/// The longest place after a name, in words.
const MAX_PLACE: usize = 3;

/// How much may stand before the first credit, such as an agency's name, in letters.
const MAX_BEFORE: usize = 40;

/// The longest block of credits without brackets around it, in letters.
const MAX_CREDITS: usize = 800;

/// The share of a line's letters, in per cent, that may be left unread.
const MAX_UNREAD: usize = 20;

/// Stands between texts that stand apart.
pub(super) const MARK: char = '\u{1F}';

/// The texts of a line that stand apart, without addresses, dates and the site's name.
pub(super) fn split(text: &str, sites: &[String]) -> Vec<String> {
    let mut text = text.replace(['|', '•', '·', '\u{2016}', '●'], "\u{1F}");
    for dash in [" - ", " – ", " — "] {
        text = text.replace(dash, "\u{1F}");
    }
    text.split(MARK)
        .map(collapse)
        .map(|piece| {
            let words = piece.split(' ').filter(|word| !name::is_address(word));
            let piece = words.collect::<Vec<_>>().join(" ");
            without_place(without_date(&by(after_date(&piece)))).to_owned()
        })
        .map(|piece| piece.trim_matches(|c: char| " ,;/–—-".contains(c)).to_owned())
        .filter(|piece| piece.chars().any(char::is_alphabetic) && !name::is_date(piece))
        .filter(|piece| !name::is_site(piece, sites))
        .filter(|piece| !piece.split(' ').all(name::is_date_word))
        .collect()
}

/// A name without the place that it stands beside without a comma: "Ada Prell in Oslo".
fn without_place(piece: &str) -> &str {
    let name = [" in ", " aus ", " à ", " en ", " da ", " em ", " i "].iter().find_map(|word| {
        let (name, place) = piece.split_once(word)?;
        let is_place = place.chars().next().is_some_and(char::is_uppercase)
            && place.split(' ').count() <= MAX_PLACE;
        (is_place && name.contains(' ') && reading(name)?.is_name).then_some(name)
    });
    name.filter(|_| reading(piece).is_none()).unwrap_or(piece)
}

/// A piece whose words for putting something on a page are made "By".
fn by(piece: &str) -> String {
    let found = POSTED_BY.split(", ").find_map(|words| {
        let (start, rest) = piece.split_at_checked(words.len())?;
        (start.to_lowercase() == words && rest.starts_with([' ', ':'])).then_some(rest)
    });
    found.map_or_else(
        || piece.to_owned(),
        |rest| format!("By {}", rest.trim_start_matches([' ', ':'])),
    )
}

/// What stands after a date with digits that a piece begins with.
fn after_date(piece: &str) -> &str {
    let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let mut rest = piece;
    let mut digits = 0;
    while let Some((word, after)) = rest.split_once(' ') {
        let bare = word.chars().filter(|c| c.is_alphabetic()).count() <= 5;
        if !((has_digit(word) && bare) || (digits > 0 && name::is_date_word(word))) {
            break;
        }
        digits += usize::from(has_digit(word));
        rest = after.trim_start();
    }
    if digits > 0 && reading(rest).is_some() { rest } else { piece }
}

/// What stands before a date: before the first word with a digit and the words of dates before it,
/// if that reads as a line.
fn without_date(piece: &str) -> &str {
    let Some(digit) = piece.find(|c: char| c.is_ascii_digit()) else { return piece };
    let before = piece.get(..digit).unwrap_or_default();
    let mut before =
        before.get(..before.rfind(char::is_whitespace).unwrap_or(0)).unwrap_or_default();
    loop {
        before = before.trim_end_matches(|c: char| c.is_whitespace() || ",(:".contains(c));
        let at = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        match before.get(at..) {
            Some(last) if !last.is_empty() && name::is_date_word(last) => {
                before = before.get(..at).unwrap_or_default();
            }
            _ => break,
        }
    }
    if reading(before).is_some() { before } else { piece }
}

/// Whether a block of the text may credit somebody: it has words for what they did.
pub(super) fn may_credit(text: &str) -> bool {
    text.ends_with([')', '）'])
        || (length(text) <= MAX_CREDITS && reading(text).is_some_and(|read| read.by_phrase))
}

/// Whether a text ends as sentences do.
pub(super) fn ends(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '”', '"', '»', '。', '！', '？', '」', '।', '؟', '۔', ':'])
}

/// Whether a last block of the text may be nothing but names.
pub(super) fn may_sign(text: &str) -> bool {
    const SHORT: usize = 60;
    length(text) <= SHORT
        && !text.ends_with(['.', '!', '?', '。', '।', '؟'])
        && reading(text).is_some_and(|read| read.is_name)
}

/// How the credit parser reads a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// There is a word for what somebody did.
    pub(super) by_phrase: bool,
    /// There is a name, and hardly anything else.
    pub(super) is_name: bool,
    /// How many are credited.
    pub(super) credits: usize,
}

/// How a line reads; none if it credits nobody, or leaves too much unread.
pub(super) fn reading(text: &str) -> Option<Reading> {
    let text = unbracketed(text);
    let line = line::parse(Lexicon::builtin(), text, None);
    let all = text.chars().filter(|c| c.is_alphanumeric()).count();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let left: usize = line.leftovers.iter().map(|one| letters(one.span.of(text))).sum();
    // What stands before everything that the parser speaks of is unread too.
    let spans = line.credits.iter().map(|credit| credit.phrase_span.unwrap_or(credit.name_span));
    let starts = spans.chain(line.leftovers.iter().map(|one| one.span)).map(Span::start);
    let first = starts.min().and_then(|start| text.get(..start)).map_or(0, letters);
    let unread = left + if first > MAX_BEFORE { first } else { 0 };
    if line.credits.is_empty() || unread * 100 > all * MAX_UNREAD {
        return None;
    }
    let by_phrase = line.credits.iter().any(|credit| credit.phrase_span.is_some());
    let is_name = line.credits.iter().all(|credit| {
        // A word alone is a rubric more often than a name, where letters are few to a word.
        credit.name.contains(' ') || !credit.name.is_ascii()
    });
    Some(Reading { by_phrase, is_name, credits: line.credits.len() })
}

/// A line without the brackets around it.
pub(super) fn unbracketed(text: &str) -> &str {
    text.trim_start_matches(['(', '（', '[', '［']).trim_end_matches([')', '）', ']', '］'])
}

/// Whether a line that a page calls its author's can be a name of ideographs or syllables: the
/// credit parser reads none without words beside it.
pub(super) fn is_short_name(text: &str) -> bool {
    let name = unbracketed(text);
    let is_letter =
        |c: char| matches!(c, '\u{3005}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{3000}' | ' ');
    (2..=10).contains(&name.chars().count()) && name.chars().all(is_letter)
}

/// A line without where its authors work: what follows a known name after a comma and is no name,
/// up to the next known one. A line that credits no more people than are known stays as it is.
pub(super) fn without_affiliations(text: &str, known: &[String]) -> String {
    let mut places: Vec<(usize, usize)> = known
        .iter()
        .filter_map(|name| text.find(name.as_str()).map(|at| (at, at + name.len())))
        .collect();
    places.sort_unstable();
    let credits = reading(text).map_or(0, |read| read.credits);
    if places.is_empty() || credits <= places.len() {
        return text.to_owned();
    }
    let mut kept =
        text.get(..places.first().map_or(0, |place| place.0)).unwrap_or_default().to_owned();
    let starts = places.iter().skip(1).map(|place| place.0).chain([text.len()]);
    for ((start, end), next) in places.iter().zip(starts) {
        kept.push_str(text.get(*start..*end).unwrap_or_default());
        let between = text.get(*end..next).unwrap_or_default();
        let first = between.trim_start().strip_prefix(',').map(|rest| {
            let (first, _) = rest.split_once(',').unwrap_or((rest, ""));
            first.trim()
        });
        // A name of one word, next to whole ones, is a title too.
        let is_title = |first: &str| {
            !first.is_empty()
                && !reading(first).is_some_and(|read| read.by_phrase || (read.is_name))
        };
        let ends = next == text.len();
        match first {
            Some(first) if is_title(first) => kept.push_str(if ends { "" } else { ", " }),
            _ => kept.push_str(between),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_what_is_no_credit() {
        let sites = ["Quay Courier".to_owned()];
        for (line, pieces) in [
            ("Posted by Ada Prell on Mon, 05/04/2026 - 09:12", ["By Ada Prell"].as_slice()),
            (
                "Por Ada Prell y Tomas Uhl | Oslo | 12/05/2026",
                &["Por Ada Prell y Tomas Uhl", "Oslo"],
            ),
            ("2026-09-12 08:30 记者：林若溪 陈牧", &["记者：林若溪 陈牧"]),
            ("Ada Prell in Ostmark · Quay Courier", &["Ada Prell"]),
            ("Thursday, May 7, 2026", &[]),
        ] {
            assert_eq!(split(line, &sites), pieces, "{line}");
        }
    }

    #[test]
    fn affiliations_go_and_further_names_stay() {
        let known = ["Ada Prell".to_owned()];
        for (line, want) in [
            (
                "By Ada Prell, Senior Technologist, Speech, Privacy, and Technology Project",
                "By Ada Prell",
            ),
            ("By Ada Prell, Tomas Uhl and Ines Kaplan", "By Ada Prell, Tomas Uhl and Ines Kaplan"),
            ("By Ada Prell and Tomas Uhl", "By Ada Prell and Tomas Uhl"),
            ("Nobody that is known", "Nobody that is known"),
        ] {
            assert_eq!(without_affiliations(line, &known), want);
        }
    }

    #[test]
    fn prose_credits_nobody() {
        let long = "He said that it would be the real test of all of them. ".repeat(20);
        assert!(may_credit("(Reporting by Ada Prell; Editing by Tomas Uhl)"));
        assert!(!may_credit(&format!("{long}In it she will star with Robert Quill.")));
        assert!(
            is_short_name("（高瀬みのり）") && !is_short_name("Ada Prell") && !is_short_name("記")
        );
    }
}
