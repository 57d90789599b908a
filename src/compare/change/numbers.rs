//! Numbers: digits of every script with their signs, separators, units of money and per cent, and
//! a language's words for numbers.
//!
//! Digits are compared by their value, `٤` as 4. Separators are compared as they are: 4.000 is not
//! 4,000. A minus is a minus however it is drawn. The order counts: "from 3 to 5" is not "from 5
//! to 3".

use super::signal::{Sign, Signal};
use crate::compare::lexicon::Words;
use crate::compare::words::Spoken;

/// The zeros of all scripts' decimal digits (`General_Category` Nd, Unicode 14.0; the nine digits
/// after each follow it).
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0,
    0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The sign, if the numbers of two texts differ.
pub(super) fn signal(
    (old, old_words): (&str, &Spoken<'_>),
    (new, new_words): (&str, &Spoken<'_>),
    lexicon: &Words,
) -> Option<Signal> {
    let digits = Signal::of_lists(Sign::Number, &of_digits(old), &of_digits(new));
    let old_in_words = in_words(old, old_words, lexicon);
    let new_in_words = in_words(new, new_words, lexicon);
    let words = Signal::of_lists(Sign::Number, &old_in_words, &new_in_words);
    match (digits, words) {
        (Some(mut digits), Some(words)) => {
            digits.old.extend(words.old);
            digits.new.extend(words.new);
            Some(digits)
        }
        (one, other) => one.or(other),
    }
}

/// The numbers written in digits, in order, in one spelling.
pub(super) fn of_digits(text: &str) -> Vec<String> {
    if !text.contains(|c: char| digit(c).is_some()) {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |place: usize| chars.get(place).copied();
    let mut numbers = Vec::new();
    let mut place = 0;
    while let Some(c) = at(place) {
        let Some(first) = digit(c) else {
            place += 1;
            continue;
        };
        let start = place;
        let mut number = first.to_string();
        let mut group = 1;
        place += 1;
        loop {
            let next = at(place);
            if let Some(more) = next.and_then(digit) {
                number.push(more);
                group += 1;
                place += 1;
            } else if let (Some(mark), Some(_)) =
                (next.and_then(separator), at(place + 1).and_then(digit))
            {
                number.push(mark);
                group = 0;
                place += 1;
            } else if next == Some(' ') && group <= 3 && three_digits_at(&chars, place + 1) {
                number.push(' ');
                group = 0;
                place += 1;
            } else {
                break;
            }
        }
        numbers.push(dress(&chars, start, place, &number));
    }
    numbers
}

/// Adds what stands around a number and belongs to it: sign, money, per cent.
fn dress(chars: &[char], start: usize, end: usize, number: &str) -> String {
    let before = |back: usize| start.checked_sub(back).and_then(|at| chars.get(at)).copied();
    let after = |ahead: usize| chars.get(end + ahead).copied();
    let mut dressed = String::new();
    let mut back = 1;
    let money_before =
        before(1).filter(|c| is_money(*c)).or_else(|| match (before(2), before(1)) {
            (Some(money), Some(' ')) if is_money(money) => {
                back = 2;
                Some(money)
            }
            _ => None,
        });
    if money_before.is_some() {
        back += 1;
    }
    let opens = before(back + 1).is_none_or(|c| !c.is_alphanumeric() && digit(c).is_none());
    match before(back) {
        Some('-' | '−' | '–' | '－' | '﹣') if opens => dressed.push('-'),
        Some(sign @ ('+' | '±')) if opens => dressed.push(sign),
        _ => {}
    }
    dressed.extend(money_before);
    dressed.push_str(number);
    let unit = |c: char| is_money(c) || matches!(c, '%' | '‰' | '٪' | '％' | '°');
    match (after(0), after(1)) {
        (Some(' '), Some(c)) | (Some(c), _) if unit(c) => {
            dressed.push(if matches!(c, '٪' | '％') { '%' } else { c });
        }
        _ => {}
    }
    dressed
}

/// Whether exactly three digits stand there.
fn three_digits_at(chars: &[char], place: usize) -> bool {
    let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
    (place..place + 3).all(is_digit) && !is_digit(place + 3)
}

/// A digit in ASCII; any other numeric character, such as `½`, as it is.
fn digit(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    if c.is_ascii() || !c.is_numeric() {
        return None;
    }
    let code = u32::from(c);
    let zero = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1);
    let value = zero.and_then(|at| ZEROS.get(at)).map(|zero| code - zero);
    Some(
        value
            .filter(|value| *value < 10)
            .and_then(|value| char::from_digit(value, 10))
            .unwrap_or(c),
    )
}

/// What can stand between two digits of a number, in one spelling.
fn separator(c: char) -> Option<char> {
    match c {
        '.' | ',' | ':' | '/' | '٫' | '٬' | '·' => Some(c),
        '．' => Some('.'),
        '，' => Some(','),
        '：' => Some(':'),
        '\'' | '’' => Some('\''),
        '-' | '‐' | '‑' | '–' | '−' | '〜' | '～' => Some('-'),
        _ => None,
    }
}

/// Whether the character is a sign of money (`General_Category` Sc).
fn is_money(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '֏' | '؋' | '৲' | '৳' | '૱' | '௹' | '฿' | '៛'
        | '\u{20A0}'..='\u{20CF}' | '﷼' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦')
}

/// The words for numbers, in order.
fn in_words(text: &str, words: &Spoken<'_>, lexicon: &Words) -> Vec<String> {
    let mut found: Vec<String> = words
        .iter()
        .map(|(_, word)| word.to_lowercase())
        .filter(|word| lexicon.number.contains(word))
        .collect();
    if !text.is_ascii() {
        let is_numeral = |c: char| lexicon.numeral.contains(&c);
        let runs = text.split(|c: char| !is_numeral(c)).filter(|run| !run.is_empty());
        found.extend(runs.map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        for (text, want) in [
            ("nearly 4,000 men.", vec!["4,000"]),
            ("4 000 men in 2008 alone", vec!["4 000", "2008"]),
            ("−5 °C, -5, –5; 3–5; B-52", vec!["-5°", "-5", "-5", "3-5", "52"]),
            ("costs $5, € 7.50, -$3, 9 €", vec!["$5", "€7.50", "-$3", "9€"]),
            ("٤٬٠٠٠ رجل و٥٪", vec!["4٬000", "5%"]),
            ("１２．５％ और १५", vec!["12.5%", "15"]),
            ("½ of 3² at 14:05", vec!["½", "3²", "14:05"]),
            ("no number", vec![]),
        ] {
            assert_eq!(of_digits(text), want, "{text}");
        }
    }
}
