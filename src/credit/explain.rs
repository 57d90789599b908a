//! Why a line was read as it was: a label for every piece that means something.
//!
//! Labels are data; drawing them under the line is the terminal's business.

use super::line::{Expected, Line, PieceKind};
use crate::text::span::Span;

/// What to say about a stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The bytes.
    pub span: Span,
    /// What they were read as.
    pub kind: PieceKind,
    /// A few words: the roles of a phrase, the roles of a name, what was expected of a leftover.
    pub text: String,
}

/// Labels the pieces of a line in order; separators get none.
#[must_use]
pub fn explain(line: &Line, text: &str) -> Vec<Label> {
    line.pieces
        .iter()
        .filter(|piece| piece.kind != PieceKind::Separator)
        .map(|piece| Label {
            span: piece.span,
            kind: piece.kind,
            text: words(line, text, piece.span, piece.kind),
        })
        .collect()
}

fn words(line: &Line, text: &str, span: Span, kind: PieceKind) -> String {
    match kind {
        PieceKind::Phrase => {
            let roles = list(line.credits.iter().filter_map(|credit| {
                let own = credit.phrase_span.is_some_and(|phrase| phrase.overlaps(span));
                own.then(|| match (&credit.language, &credit.source_language) {
                    (Some(language), Some(source)) => {
                        format!("{} ({source} to {language})", credit.role)
                    }
                    (Some(language), None) => format!("{} ({language})", credit.role),
                    _ => credit.role.to_string(),
                })
            }));
            if roles.is_empty() { "a phrase that claims no name".to_owned() } else { roles }
        }
        PieceKind::Name => {
            let roles = list(line.credits.iter().filter_map(|credit| {
                let own = credit.name_span.overlaps(span);
                own.then(|| match &credit.place {
                    Some(place) => format!("{} {} in {place}", credit.kind, credit.role),
                    None => format!("{} {}", credit.kind, credit.role),
                })
            }));
            if roles.is_empty() { "affiliation".to_owned() } else { roles }
        }
        PieceKind::Leftover => {
            let expected = line
                .leftovers
                .iter()
                .find(|leftover| leftover.span == span)
                .map_or(Expected::Phrase, |leftover| leftover.expected);
            match expected {
                Expected::NameAfter(phrase) => {
                    format!("expected a name after `{}`", phrase.of(text))
                }
                Expected::NameBefore(phrase) => {
                    format!("expected a name before `{}`", phrase.of(text))
                }
                Expected::EndAfter(name) => {
                    format!("expected a separator or the end after `{}`", name.of(text))
                }
                Expected::Phrase => expected.to_string(),
            }
        }
        other => other.as_str().to_owned(),
    }
}

/// Different words with commas between.
fn list(words: impl Iterator<Item = String>) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credit::lexicon::Lexicon;
    use crate::credit::line::parse;

    #[test]
    fn every_piece_says_why() {
        let text = "Reporting by Ragnhild Osterwick in Bergen, edited by";
        let line = parse(Lexicon::builtin(), text, None);
        let said: Vec<_> = explain(&line, text).into_iter().map(|label| label.text).collect();
        assert_eq!(said.first().map(String::as_str), Some("reporter"));
        assert_eq!(said.get(1).map(String::as_str), Some("person reporter in Bergen"));
        assert_eq!(said.get(2).map(String::as_str), Some("place"));
    }
}
