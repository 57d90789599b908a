//! Quotations: what stands inside quotation marks, whatever their shape.

use super::signal::{Sign, Signal};
use crate::text::loose;
use crate::text::profile::Text;

/// The sign, if what is quoted differs.
pub(super) fn signal(old: &str, new: &str) -> Option<Signal> {
    Signal::of_lists(Sign::Quotation, &quoted(old), &quoted(new))
}

/// What stands inside quotation marks, in order, without regard to typography. A quotation that is
/// not closed goes on to the paragraph's end, as one that the next paragraph continues does.
fn quoted(text: &str) -> Vec<String> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (place, &(at, c)) in chars.iter().enumerate() {
        let near = |at: Option<usize>| at.and_then(|at| chars.get(at)).map(|(_, c)| *c);
        let before = near(place.checked_sub(1)).unwrap_or(' ');
        let after = near(Some(place + 1)).unwrap_or(' ');
        match open {
            Some((mark, start)) if closes(mark, c, after) => {
                found.extend(inner(text, start, at));
                open = None;
            }
            None if opens(c, before, after) => open = Some((c, at + c.len_utf8())),
            Some(_) | None => {}
        }
    }
    if let Some((_, start)) = open {
        found.extend(inner(text, start, text.len()));
    }
    found
}

/// A quotation's words: without the comma or stop that houses put on either side of the mark.
fn inner(text: &str, start: usize, end: usize) -> Option<String> {
    let text = Text::new(text.get(start..end)?);
    let folded = loose::fold(&text);
    let bare = folded
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '、' | '。' | '，'));
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// Whether a mark opens a quotation there. Marks that are apostrophes too open one only before a
/// word and after none.
fn opens(c: char, before: char, after: char) -> bool {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '『' | '《' | '＂' | '〝' => {
            true
        }
        '‘' | '‚' | '\'' | '‹' | '›' => {
            !before.is_alphanumeric() && after.is_alphanumeric()
        }
        _ => false,
    }
}

/// Whether `c` closes what `mark` opened: any mark of the same strength does, for languages close
/// with each other's opening marks.
fn closes(mark: char, c: char, after: char) -> bool {
    match mark {
        '"' | '“' | '”' | '„' | '‟' | '＂' | '〝' => {
            matches!(c, '"' | '“' | '”' | '‟' | '＂' | '〞' | '〟')
        }
        '«' => c == '»',
        '»' => c == '«' || c == '»',
        '「' => c == '」',
        '『' => c == '』',
        '《' => c == '》',
        '‘' | '‚' | '\'' => matches!(c, '’' | '‘' | '\'') && !after.is_alphanumeric(),
        '‹' => c == '›',
        '›' => c == '‹' || c == '›',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_found_whatever_the_marks() {
        for (text, want) in [
            ("He said “we go,” and left.", vec!["we go"]),
            ("Er sagte: „Wir gehen“, und ging.", vec!["Wir gehen"]),
            ("Il a dit « on y va » hier.", vec!["on y va"]),
            ("彼は「行く」と言った。", vec!["行く"]),
            ("It's the dogs' day, 'so be it'.", vec!["so be it"]),
            ("“One” and \"two", vec!["One", "two"]),
            ("none", vec![]),
        ] {
            assert_eq!(quoted(text), want, "{text}");
        }
    }
}
