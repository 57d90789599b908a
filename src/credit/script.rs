//! Scripts: which characters belong to words, and which words have no spaces between them.

use std::sync::LazyLock;

/// Facts about a character, as bits.
pub(super) mod fact {
    /// It belongs to a word.
    pub(in crate::credit) const WORD: u8 = 1;
    /// It goes on with a word of a script that parts its words by spaces.
    pub(in crate::credit) const SPACED: u8 = 1 << 1;
    /// A phrase may begin and end with it inside a word: its script has no spaces, or is Hangul.
    pub(in crate::credit) const WIDE: u8 = 1 << 2;
    /// Its script has no capitals.
    pub(in crate::credit) const UNCASED: u8 = 1 << 3;
    /// It is a small letter of a script that has capitals.
    pub(in crate::credit) const SMALL: u8 = 1 << 4;
}

/// How many characters, the first ones, are looked up in a table: all from Latin to Tibetan.
const TABLE: u16 = 0x1000;

static FACTS: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..TABLE).map(|c| char::from_u32(c.into()).map_or(0, told)).collect());

/// The facts about characters, for one who asks for many.
#[derive(Clone, Copy)]
pub(super) struct Facts(&'static [u8]);

impl Facts {
    /// All of them.
    #[inline]
    pub(super) fn table() -> Self {
        Self(&FACTS)
    }

    /// Those about a character.
    #[inline]
    pub(super) fn of(self, c: char) -> u8 {
        self.0.get(c as usize).copied().unwrap_or_else(|| facts_beyond(c))
    }
}

/// The facts about a character.
#[inline]
pub(super) fn facts(c: char) -> u8 {
    Facts::table().of(c)
}

/// The facts about a character that is not in the table.
fn facts_beyond(c: char) -> u8 {
    match c {
        '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | 'ー'
        | '々' => fact::WORD | fact::WIDE | fact::UNCASED,
        '\u{AC00}'..='\u{D7A3}' => fact::WORD | fact::SPACED | fact::WIDE | fact::UNCASED,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3011}' => {
            fact::UNCASED
        }
        _ => told(c),
    }
}

/// The facts about a character, told one by one.
fn told(c: char) -> u8 {
    let word = is_word(c);
    let spaced = word && !is_unspaced(c) && !matches!(c, '_' | '@');
    let small = !has_no_case(c) && c.is_lowercase();
    let bits = [
        (fact::WORD, word),
        (fact::SPACED, spaced),
        (fact::WIDE, is_unspaced(c) || is_hangul(c)),
        (fact::UNCASED, has_no_case(c)),
        (fact::SMALL, small),
    ];
    bits.iter().filter(|(_, holds)| *holds).fold(0, |bits, (bit, _)| bits | bit)
}

/// How much a character counts for beside a Latin letter.
#[inline]
pub(super) fn weight(c: char) -> usize {
    if ('\u{2E80}'..='\u{FFEF}').contains(&c) { 3 } else { 1 }
}

#[inline]
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_' || c == '@';
    }
    matches!(c, '\u{300}'..='\u{36F}' | '々' | 'ー' | '\u{93A}'..='\u{94F}'
        | '\u{900}'..='\u{903}' | '\u{980}'..='\u{DF3}' | '\u{E31}'..='\u{E4E}' | '\u{5B0}'..='\u{5C7}')
        || is_alphanumeric(c)
}

/// Whether a character is a letter or digit, as the standard library says it.
#[inline]
pub(super) fn is_alphanumeric(c: char) -> bool {
    known(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether a character belongs to a script without capitals, or to none: from Hebrew to Myanmar
/// letters, and the scripts of East Asia.
#[inline]
pub(super) fn has_no_case(c: char) -> bool {
    match c {
        '\0'..='\u{58F}' => false,
        '\u{590}'..='\u{109F}' | '\u{2E80}'..='\u{A63F}' | '\u{AC00}'..='\u{D7FF}' => true,
        _ => !c.is_lowercase() && !c.is_uppercase(),
    }
}

/// Whether one of the characters that most texts are made of is a letter; nothing for others, which
/// are looked up.
fn known(c: char) -> Option<bool> {
    match c {
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}'
        | '\u{3A3}'..='\u{3F5}'
        | '\u{400}'..='\u{481}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{904}'..='\u{939}'
        | '\u{620}'..='\u{64A}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => Some(true),
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' => Some(false),
        _ => None,
    }
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}')
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}')
}

pub(super) fn is_prolonged(c: char) -> bool {
    c == 'ー'
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々')
}

/// Whether words of this character's script have no spaces between them.
#[inline]
pub(super) fn is_unspaced(c: char) -> bool {
    c >= '\u{E00}' && is_unspaced_beyond(c)
}

fn is_unspaced_beyond(c: char) -> bool {
    is_han(c)
        || is_kana(c)
        || matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Unspaced,
    Kana,
    Hangul,
    Other,
}

pub(super) fn script_of(c: char) -> Script {
    if c.is_ascii() {
        Script::Other
    } else if is_kana(c) {
        Script::Kana
    } else if is_unspaced(c) {
        Script::Unspaced
    } else if is_hangul(c) {
        Script::Hangul
    } else {
        Script::Other
    }
}

/// Whether a change between the two ends a word.
pub(super) fn is_spaced_apart(one: Script, other: Script) -> bool {
    one != other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_what_would_be_looked_up() {
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            assert!(known(c).is_none_or(|known| known == c.is_alphanumeric()), "{c:?}");
            let no_case = c >= '\u{590}' && !c.is_lowercase() && !c.is_uppercase();
            assert_eq!(has_no_case(c), no_case, "{c:?}");
            assert_eq!(facts(c), told(c), "{c:?}");
            assert!(told(c) & (fact::WIDE | fact::UNCASED) != fact::WIDE, "{c:?}");
        }
    }
}
