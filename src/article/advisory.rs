//! Advisories: what wire copy says to editors ("CORRECTED-", "UPDATE 2-", "(Corrige au §3 …)").

use std::sync::OnceLock;

use serde::Deserialize;

use crate::text::span::Span;

/// The words, compiled in.
#[derive(Deserialize)]
struct Words {
    slugs: Vec<String>,
    notes: Vec<String>,
    changes: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        toml::from_str(include_str!("advisory.toml")).expect("the list compiled in is valid TOML")
    })
}

/// The advisories before a headline: the bytes they take, white space after them included.
///
/// Several may follow each other: "CORRECTED-UPDATE 2-Oil falls".
pub fn before_headline(headline: &str) -> Option<Span> {
    let mut end = 0;
    while let Some(length) = headline.get(end..).and_then(slug) {
        end += length;
    }
    // A headline that is nothing but an advisory has no other text to keep.
    (end > 0).then(|| Span::new(0, end))
}

/// The bytes of one "WORD-", "WORD 2-" or "WORD: " at the start.
fn slug(text: &str) -> Option<usize> {
    let word = words()
        .slugs
        .iter()
        .filter_map(|slug| text.strip_prefix(slug.as_str()))
        .min_by_key(|rest| rest.len())?;
    let number = word.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if number.len() < word.trim_start().len() { number } else { word };
    let rest = rest.trim_start().strip_prefix(['-', '–', '—', ':'])?.trim_start();
    Some(text.len() - rest.len())
}

/// Whether a block above the body is a note to editors, wholly in parentheses.
pub fn is_note(block: &str) -> bool {
    let inner = block.trim().strip_prefix(['(', '（']).and_then(|t| t.strip_suffix([')', '）']));
    let first = inner.and_then(|text| text.split(|c: char| !c.is_alphabetic()).next());
    first.is_some_and(|word| {
        let word = word.to_lowercase();
        words().notes.contains(&word)
    })
}

/// Whether a paragraph tells readers that the text was changed ("Correction: …", "An earlier version of
/// this article …").
pub fn tells_of_change(paragraph: &str) -> bool {
    let text = paragraph.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_word = |word: &String| word.to_lowercase() == first;
    let words = words();
    let opens = |phrase: &String| text.starts_with(phrase.as_str());
    words.notes.iter().chain(&words.slugs).any(is_word) || words.changes.iter().any(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_before_headlines() {
        for (headline, rest) in [
            ("CORRECTED-Fed holds rates", "Fed holds rates"),
            ("UPDATE 2-Fed holds rates", "Fed holds rates"),
            ("CORRECTED-UPDATE 12-Fed holds rates", "Fed holds rates"),
            ("KILL: Fed holds rates", "Fed holds rates"),
            ("MAJ 1-La Fed maintient ses taux", "La Fed maintient ses taux"),
        ] {
            let span = before_headline(headline).unwrap();
            assert_eq!(&headline[span.end()..], rest);
        }
        for headline in
            ["COVID-19 cases rise", "EU-China talks", "UPDATED RULES FOR ALL", "Update 2-x"]
        {
            assert_eq!(before_headline(headline), None, "{headline}");
        }
    }

    #[test]
    fn notes_in_parentheses() {
        assert!(is_note("(Corrige au §3 le nombre de soldats)"));
        assert!(is_note("(Corrects paragraph 3 to read 40, not 400)"));
        assert!(!is_note("(Reporting by Ada Prell)"));
        assert!(!is_note("Corrects paragraph 3"));
    }

    #[test]
    fn paragraphs_that_tell_of_a_change() {
        for paragraph in [
            "Correction: 40 people waited, not 400.",
            "(Corrects paragraph 3)",
            "*An earlier version of this article gave a wrong number.",
            "Dans une première version, le nombre était faux.",
            "Korrektur: Es waren 40.",
            "訂正：400人ではなく40人でした。",
        ] {
            assert!(tells_of_change(paragraph), "{paragraph}");
        }
        assert!(!tells_of_change("Forty people waited for the correction of the timetable."));
        assert!(!tells_of_change(""));
    }
}
