//! Datelines: where and when a report was filed, and for which agency.
//!
//! ```text
//! dateline = ( [ places ] [ "," date ] [ agency ] / bracket ) dash
//! bracket  = "[" 3*4 words: places, one with a digit for the date, the agency "]"
//! places   = place *( ( "," / "/" / ";" / and ) place )
//! place    = 1*5 words, each begun with a capital, or in a script without case
//! date     = a part of at most three words with a digit in one of them
//! agency   = "(" 1*5 words without digits ")"
//! dash     = "–" / "—" / "―" / "--" / " -" / ".-", then white space or the end
//! ```
//!
//! Without an agency, the places must be in capitals throughout: "Kabul - a city of five million"
//! is no dateline. Sources: the Reuters, AP, AFP, EFE and dpa style guides.

use crate::text::span::Span;

/// The longest dateline that is looked for, in bytes.
const MAX_BYTES: usize = 160;

/// A dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The dateline as written, without its dash: `BRUSSELS (Reuters)`.
    pub text: String,
    /// The places, as written.
    pub places: Vec<String>,
    /// The agency.
    pub agency: Option<String>,
    /// The date, as written.
    pub date: Option<String>,
    /// The bytes it takes, dash and white space after it included.
    pub span: Span,
}

/// The dateline that `paragraph` begins with.
pub fn parse(paragraph: &str) -> Option<Dateline> {
    let start = paragraph.len() - paragraph.trim_start().len();
    let (text, end) = before_dash(paragraph.get(start..)?)?;
    let (places, date, agency) = if let Some(parts) = bracketed(text) {
        parts
    } else {
        let (head, agency) = split_agency(text)?;
        let (places, date) = split_places(head)?;
        (places, date, agency)
    };
    let shouted = places.iter().all(|place| is_shouted(place));
    let acceptable = match (&agency, places.is_empty()) {
        (Some(_), true) => date.is_none(),
        (Some(_), false) => true,
        (None, true) => false,
        (None, false) => shouted,
    };
    acceptable.then(|| Dateline {
        text: text.to_owned(),
        places: places.into_iter().map(str::to_owned).collect(),
        agency: agency.map(str::to_owned),
        date: date.map(str::to_owned),
        span: Span::new(0, start + end),
    })
}

/// The dateline that a format marks as such: whatever it says, without a body after it.
pub fn of_marked(text: &str) -> Dateline {
    let text = text.trim().trim_end_matches(['-', '–', '—', '_']).trim_end();
    let whole = Span::new(0, 0);
    if let Some(dateline) = parse(&format!("{text} –")) {
        return Dateline { span: whole, ..dateline };
    }
    let (places, date) = split_places(text).unwrap_or_else(|| (vec![text], None));
    let places = places.into_iter().map(str::to_owned).collect();
    Dateline {
        text: text.to_owned(),
        places,
        agency: None,
        date: date.map(str::to_owned),
        span: whole,
    }
}

/// What stands before the first dash that can end a dateline, and where the body begins.
fn before_dash(text: &str) -> Option<(&str, usize)> {
    let mut previous = ' ';
    let mut chars = text.char_indices().take_while(|(at, _)| *at < MAX_BYTES).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let mut end = at + c.len_utf8();
        let dash = match c {
            '–' | '—' | '―' => true,
            '-' if next == Some('-') => {
                chars.next();
                end += 1;
                true
            }
            '-' => previous.is_whitespace() || previous == ')' || previous == '.',
            '\n' | '\r' => return None,
            _ => false,
        };
        let rest = text.get(end..)?;
        if dash && (rest.is_empty() || rest.starts_with(char::is_whitespace) || c != '-') {
            let head = text.get(..at)?.trim_end().trim_end_matches('.').trim_end();
            let gap = rest.len() - rest.trim_start().len();
            return (!head.is_empty()).then_some((head, end + gap));
        }
        previous = c;
    }
    None
}

/// Takes "[City Date Agency]" apart, as Japanese copy has it.
fn bracketed(text: &str) -> Option<(Vec<&str>, Option<&str>, Option<&str>)> {
    let inner = text.strip_prefix(['[', '［', '【'])?.strip_suffix([']', '］', '】'])?;
    let words: Vec<&str> = inner.split_whitespace().collect();
    let (agency, rest) = words.split_last().filter(|_| (3..=4).contains(&words.len()))?;
    let dated = |word: &&str| word.contains(char::is_numeric);
    let date = rest.iter().copied().find(dated)?;
    let places: Vec<&str> = rest.iter().copied().filter(|word| !dated(word)).collect();
    (!dated(agency) && !places.is_empty()).then_some((places, Some(date), Some(*agency)))
}

/// Takes "(Agency)" off the end; `None` where parentheses stand anywhere else.
fn split_agency(text: &str) -> Option<(&str, Option<&str>)> {
    let open = ['(', '（'];
    let close = [')', '）'];
    let Some(inner) = text.strip_suffix(close) else {
        return (!text.contains(open) && !text.contains(close)).then_some((text, None));
    };
    let (head, agency) = inner.rsplit_once(open)?;
    let lower = agency.split_whitespace().filter(|word| word.starts_with(char::is_lowercase));
    // "dpa" and "ots" write themselves small; a gloss has more small words than one.
    let named = lower.count() <= 1
        && !agency.trim().is_empty()
        && agency.split_whitespace().count() <= 5
        && !agency.contains(|c: char| c.is_ascii_digit())
        && agency.contains(char::is_alphabetic);
    (named && !head.contains(open)).then_some((head.trim_end(), Some(agency.trim())))
}

/// Takes places and a date apart; `None` where something is neither.
fn split_places(head: &str) -> Option<(Vec<&str>, Option<&str>)> {
    let mut places = Vec::new();
    let mut date = None;
    for part in head.split([',', '/', ';', '、', '،']).flat_map(split_and).map(str::trim) {
        let words = part.split_whitespace().count();
        if part.contains(|c: char| c.is_numeric()) {
            if words > 4 || date.is_some() {
                return None;
            }
            date = Some(part);
        } else if (1..=5).contains(&words) && part.split_whitespace().all(is_place_word) {
            places.push(part);
        } else if !part.is_empty() {
            return None;
        }
    }
    Some((places, date))
}

/// Splits "ROME and PARIS" and the like: a short lower-case word between two capitalised ones.
fn split_and(part: &str) -> Vec<&str> {
    for joint in [" and ", " et ", " und ", " y ", " e ", " en ", " i ", " и ", " og ", " och "] {
        if let Some((left, right)) = part.split_once(joint) {
            return vec![left, right];
        }
    }
    vec![part]
}

/// Whether a word can stand in a place's name: "New", "de", "l'Aquila", "東京".
fn is_place_word(word: &str) -> bool {
    let particles = [
        "de", "del", "della", "di", "da", "do", "la", "le", "les", "sur", "am", "an", "der", "den",
        "upon", "of", "el", "al", "ob", "bei", "im", "sous", "en", "na", "nad",
    ];
    let first = word.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| !c.is_lowercase() || word.contains(['\'', '’']))
        || particles.contains(&word)
}

/// Whether all its letters are capitals, and there are at least two.
fn is_shouted(place: &str) -> bool {
    place.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<String>, Option<String>, String)> {
        parse(text).map(|line| {
            let rest = text[line.span.end()..].to_owned();
            (line.places.join("|"), line.agency, line.date, rest)
        })
    }

    #[test]
    fn agencies_datelines_are_read() {
        for (text, places, agency, date) in [
            ("BRUSSELS (Reuters) – Ministers met.", "BRUSSELS", "Reuters", ""),
            ("PARIS, 3 mars (Reuters) - Ministers met.", "PARIS", "Reuters", "3 mars"),
            ("Madrid, 3 mar (EFE).- Ministers met.", "Madrid", "EFE", "3 mar"),
            ("Berlin (dpa) - Ministers met.", "Berlin", "dpa", ""),
            ("NEW YORK (AP) — Ministers met.", "NEW YORK", "AP", ""),
            ("WASHINGTON — Ministers met.", "WASHINGTON", "", ""),
            (
                "LONDON/PARIS, July 3 (Reuters) - Ministers met.",
                "LONDON|PARIS",
                "Reuters",
                "July 3",
            ),
            ("ROME and ATHENS (AFP) -- Ministers met.", "ROME|ATHENS", "AFP", ""),
            ("(Reuters) - Ministers met.", "", "Reuters", ""),
            ("Rio de Janeiro (AFP) – Ministers met.", "Rio de Janeiro", "AFP", ""),
            ("[ロンドン　３日　ロイター] - Ministers met.", "ロンドン", "ロイター", "３日"),
        ] {
            let (got_places, got_agency, got_date, rest) =
                read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(got_places, places, "{text}");
            assert_eq!(got_agency.unwrap_or_default(), agency, "{text}");
            assert_eq!(got_date.unwrap_or_default(), date, "{text}");
            assert_eq!(rest, "Ministers met.", "{text}");
        }
    }

    #[test]
    fn sentences_are_not() {
        for text in [
            "Kabul - a city of five million - woke early.",
            "The minister (left) – no friend of hers – spoke.",
            "She said – twice – no.",
            "In 2008 (the year of the crash) - as before - prices fell.",
            "[See the note] - said the minister.",
            "Well-known",
            "",
            "–",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
