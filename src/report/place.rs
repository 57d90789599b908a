//! Where in a file a finding's words stand, for reports that point into files.

use crate::audit::finding::{Finding, Part, Place};

/// An article's file, and where in it a finding's words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The file's path in the workspace, with `/` between.
    pub path: String,
    /// The words, if they are found in the file.
    pub region: Option<Region>,
}

/// A place in a file, from its first character to after its last.
///
/// Lines end with LF and are numbered from 1; columns are UTF-16 code units, numbered from 1, a byte
/// order mark not counted (SARIF 2.1.0, section 3.30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Line and column of the first character.
    pub start: (usize, usize),
    /// Line and column after the last.
    pub end: (usize, usize),
}

/// Says where an article's file is and where in it a finding's words are.
pub type Locate<'l> = dyn Fn(&Finding) -> Option<Located> + 'l;

/// Finds a finding's words in a file's text.
///
/// The line is looked for whatever the white space in it, since a reader joins hard-wrapped lines: a
/// byline from the beginning, a credit line from the end. `None` where it isn't there, or where the
/// finding is about no words.
pub fn region(file: &str, finding: &Finding) -> Option<Region> {
    let (place, line) = (finding.place?, finding.line.as_deref()?);
    find(file.strip_prefix('\u{FEFF}').unwrap_or(file), line, place)
}

fn find(file: &str, line: &str, place: Place) -> Option<Region> {
    let dense = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let (hay, needle) = (dense(file), dense(line));
    let found = match place.part {
        Part::Byline => hay.find(&needle),
        Part::CreditLine(_) => hay.rfind(&needle),
    };
    let before = hay.get(..found.filter(|_| !needle.is_empty())?)?.chars().count();
    // The words, counted in characters that are not white space; all of the line where they are none.
    let chars = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let first = chars(line.get(..place.span.start())?);
    let words = chars(line.get(place.span.start()..place.span.end())?);
    let (first, words) = if words == 0 { (0, chars(line)) } else { (first, words) };
    let mut solid = file.char_indices().filter(|(_, c)| !c.is_whitespace()).skip(before + first);
    let (start, _) = solid.next()?;
    let (last, c) = if words > 1 {
        solid.nth(words - 2)?
    } else {
        file.get(start..)?.char_indices().next().map(|(_, c)| (start, c))?
    };
    Some(Region { start: position(file, start)?, end: position(file, last + c.len_utf8())? })
}

/// The line and the column of a byte.
fn position(file: &str, at: usize) -> Option<(usize, usize)> {
    let before = file.get(..at)?;
    let line = before.matches('\n').count() + 1;
    let own = before.rsplit('\n').next().unwrap_or_default();
    Some((line, own.encode_utf16().count() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;

    #[test]
    fn words_are_found_across_lines() {
        let line = "(Reporting by Ada Prell, edited by 𝔗omas Uhl)";
        let file = "Head (Reporting\n\nText.\r\n(Reporting by 𝔄 x\n(Reporting by Ada Prell,\n  edited by 𝔗omas Uhl)\n";
        let span = |words: &str| {
            let start = line.find(words).unwrap();
            Place { part: Part::CreditLine(1), span: Span::new(start, start + words.len()) }
        };
        let region = |words| find(file, line, span(words)).map(|region| (region.start, region.end));
        assert_eq!(region("Ada Prell"), Some(((5, 15), (5, 24))));
        assert_eq!(region("𝔗omas Uhl"), Some(((6, 13), (6, 23))));
        assert_eq!(region("Prell, edited"), Some(((5, 19), (6, 9))));
        assert_eq!(region(")"), Some(((6, 23), (6, 24))));
        let whole = Place { part: Part::CreditLine(1), span: Span::new(0, 0) };
        assert_eq!(find(file, line, whole).unwrap().start, (5, 1));
        assert_eq!(find("nothing of it", line, whole), None);
        assert_eq!(find(file, "", whole), None);
        let first = Place { part: Part::Byline, span: Span::new(0, 4) };
        assert_eq!(find("Von A\nVon A", "Von A", first).unwrap().start, (1, 1));
    }
}
