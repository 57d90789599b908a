//! Notices what a reader's eye can't: bidi controls, and words that mix scripts.
//!
//! A flag is no fault. It says that the text may not read as it looks (Unicode Technical
//! Report #36, sections 2.1 and 3.1).

use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::span::Span;

/// Something in a text that may deceive the eye.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flag {
    /// A character that changes the direction in which what follows is shown.
    BidiControl {
        /// The character.
        control: char,
        /// Where it stands.
        span: Span,
    },
    /// A word with letters of scripts that no language mixes, such as a Latin `a` in a Cyrillic
    /// word.
    MixedScript {
        /// The word.
        word: String,
        /// Where it stands.
        span: Span,
    },
}

impl Flag {
    /// Where in the text it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::BidiControl { span, .. } | Self::MixedScript { span, .. } => *span,
        }
    }
}

/// Whether the character is one of the explicit directional formatting characters (UAX #9,
/// section 2) or U+061C, U+200E, U+200F.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The flags of a text, in order of place.
pub fn flags(text: &str) -> Vec<Flag> {
    let mut all = Vec::new();
    if text.is_ascii() {
        return all;
    }
    let mut start = 0;
    // Letters of one system alone can deceive nobody, and most lines have no others.
    for line in text.split('\n') {
        let systems = quick::systems(line);
        if systems & quick::OTHER != 0 || systems.count_ones() > 1 {
            look(line, start, &mut all);
        }
        start += line.len() + 1;
    }
    all
}

/// Adds the flags of a line that begins at `start`.
fn look(line: &str, start: usize, all: &mut Vec<Flag>) {
    let begun = all.len();
    let controls = line.char_indices().filter(|&(_, c)| is_bidi_control(c));
    all.extend(controls.map(|(at, control)| Flag::BidiControl {
        control,
        span: Span::new(start + at, start + at + control.len_utf8()),
    }));
    // No word goes beyond white space, and what stands between has letters of one system mostly.
    for (from, part) in parts(line).filter(|(_, part)| mixes_scripts(part)) {
        let from = start + from;
        let words = part.unicode_word_indices().filter(|(_, word)| mixes_scripts(word));
        all.extend(words.map(|(at, word)| Flag::MixedScript {
            word: word.to_owned(),
            span: Span::new(from + at, from + at + word.len()),
        }));
    }
    if let Some(own) = all.get_mut(begun..) {
        own.sort_by_key(Flag::span);
    }
}

/// What stands between spaces, and where.
fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split(' ').map(move |part| {
        let at = start;
        start += part.len() + 1;
        (at, part)
    })
}

/// Whether letters of more than one writing system stand in a text.
fn mixes_scripts(text: &str) -> bool {
    let letters = text.chars().filter(|c| !is_bidi_control(*c));
    let mut systems = letters.filter_map(system_of);
    systems.next().is_some_and(|first| systems.any(|other| other != first))
}

/// The writing system of a character: those that most texts are made of at once.
fn system_of(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(Script::Latin),
        '\0'..='@' | '['..='`' | '{'..='\u{A9}' => None,
        '\u{400}'..='\u{481}' => Some(Script::Cyrillic),
        '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' => Some(Script::Arabic),
        '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => Some(Script::Han),
        _ => system(c.script()),
    }
}

/// The script, with those that one language uses together taken as one (UTS #39, section 5.1).
fn system(script: Script) -> Option<Script> {
    match script {
        Script::Common | Script::Inherited | Script::Unknown => None,
        Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Hangul => {
            Some(Script::Han)
        }
        other => Some(other),
    }
}

mod quick;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_mixed_words_are_flagged_with_their_place() {
        let found = flags("a \u{202E}b Pаris");
        assert_eq!(
            found,
            [
                Flag::BidiControl { control: '\u{202E}', span: Span::new(2, 5) },
                Flag::MixedScript { word: "Pаris".to_owned(), span: Span::new(7, 13) },
            ]
        );
    }

    #[test]
    fn what_is_told_at_once_is_what_would_be_looked_up() {
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            assert_eq!(system_of(c), system(c.script()), "{c:?}");
        }
    }

    #[test]
    fn lines_are_looked_at_one_by_one() {
        let found = flags("Pаris\nМосква\n東京 \u{202E}x\nTokyo Pаris");
        let spans: Vec<usize> = found.iter().map(|flag| flag.span().start()).collect();
        let text = "Pаris\nМосква\n東京 \u{202E}x\nTokyo Pаris";
        let at = |what: &str| text.find(what).unwrap();
        assert_eq!(spans, [0, at("\u{202E}"), text.rfind("Pаris").unwrap()]);
    }

    #[test]
    fn ordinary_texts_are_not() {
        for text in ["東京のカメラ、韓国", "Élan vital 3e", "Київ", "5G-сети", "한국어漢字"]
        {
            assert_eq!(flags(text), [], "{text}");
        }
    }
}
