//! The words of a name, and how two of them may be one.

use super::letters::{self, Script, Spelling};
use super::typo::{self, Slip};

/// A word of a name.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// In small letters.
    pub(super) text: String,
    /// In Latin letters without marks, the plainest or commonest way first. One at least.
    pub(super) forms: Vec<String>,
    /// How it may be written in Latin letters, if it isn't.
    pub(super) spelling: Spelling,
    /// Its script.
    pub(super) script: Script,
    /// Whether it is a first letter only.
    pub(super) initial: bool,
    /// Whether it may be left out ("van", "de", "al").
    pub(super) particle: bool,
    /// Whether a hyphen stands before it.
    pub(super) hyphened: bool,
}

/// How two words may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// They are the same.
    Same,
    /// But for marks.
    Marks,
    /// One is the other in another script.
    Script,
    /// They may be one word of another script.
    Sound(Sound),
    /// One is the other's first letter.
    Initial,
    /// They differ by a slip of the pen.
    Typo(Slip),
}

/// Of which script two Latin words may be one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    /// Of Cyrillic.
    Slavic,
    /// Of one that leaves vowels out.
    Vowels,
}

impl Word {
    /// A word as written.
    pub(super) fn new(written: &str) -> Self {
        // A capital dotted i loses its dot; what is left of it is a mark of its own.
        let text = written.to_lowercase().replace("i\u{307}", "i");
        let script = Script::of(&text);
        let (forms, spelling) = match script {
            Script::Latin => (letters::plain(&text), Spelling::new()),
            Script::Other => (vec![text.clone()], Spelling::new()),
            _ => {
                let spelling = letters::spelling(&text, script);
                (vec![letters::commonest(&spelling)], spelling)
            }
        };
        let cased = written.chars().all(|c| c.is_uppercase() || c.is_lowercase());
        let initial = cased && text.chars().count() == 1;
        Self { text, forms, spelling, script, initial, particle: false, hyphened: false }
    }

    /// Two words written as one.
    pub(super) fn joined(&self, next: &Self) -> Self {
        let same = self.script == next.script;
        let forms = self
            .forms
            .iter()
            .flat_map(|one| next.forms.iter().map(move |other| format!("{one}{other}")));
        Self {
            text: format!("{}{}", self.text, next.text),
            forms: forms.take(16).collect(),
            spelling: if same {
                self.spelling.iter().chain(&next.spelling).copied().collect()
            } else {
                Spelling::new()
            },
            script: self.script,
            initial: false,
            particle: false,
            hyphened: self.hyphened,
        }
    }

    /// The plainest way to write it in Latin letters.
    pub(super) fn plain(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }

    /// How many letters of it are no vowels, in Latin.
    pub(super) fn consonants(&self) -> usize {
        self.plain().bytes().filter(|letter| !letters::is_vowel(*letter)).count()
    }

    /// How many vowels or runs of them it has, in Latin.
    pub(super) fn syllables(&self) -> usize {
        let mut count = 0;
        let mut before = false;
        for letter in self.plain().bytes() {
            let vowel = letters::is_vowel(letter);
            count += usize::from(vowel && !before);
            before = vowel;
        }
        count
    }

    /// How this word and another may be one, if they may.
    pub(super) fn like(&self, other: &Self) -> Option<How> {
        if self.initial || other.initial {
            return self.begins(other).then_some(How::Initial);
        }
        if self.text == other.text {
            return Some(How::Same);
        }
        match (self.script, other.script) {
            (Script::Latin, Script::Latin) => self.like_in_latin(other),
            (one, two) if one == two => {
                let same =
                    letters::without_marks(&self.text) == letters::without_marks(&other.text);
                same.then_some(How::Marks)
            }
            (_, Script::Other) | (Script::Other, _) => None,
            (Script::Latin, _) => other.written_as(self).then_some(How::Script),
            _ => self.written_as(other).then_some(How::Script),
        }
    }

    fn written_as(&self, latin: &Self) -> bool {
        latin.forms.iter().any(|form| letters::matches(&self.spelling, self.script, form))
    }

    fn like_in_latin(&self, other: &Self) -> Option<How> {
        let common = self.forms.iter().any(|form| other.forms.contains(form));
        if common {
            let marked = |word: &Self| !word.text.is_ascii();
            let conflict = marked(self) && marked(other) && self.marks_differ(other);
            return (!conflict).then_some(How::Marks);
        }
        let (one, two) = (self.plain(), other.plain());
        if let Some(slip) = typo::slip(one, two) {
            return Some(How::Typo(slip));
        }
        if letters::one_in_cyrillic(one, two) {
            return Some(How::Sound(Sound::Slavic));
        }
        same_consonants(one, two).then_some(How::Sound(Sound::Vowels))
    }

    /// Whether a letter has marks in both words, and others.
    fn marks_differ(&self, other: &Self) -> bool {
        let letters = self.text.chars().zip(other.text.chars());
        let differ = |(one, two): (char, char)| one != two && !one.is_ascii() && !two.is_ascii();
        self.text.chars().count() != other.text.chars().count() || letters.into_iter().any(differ)
    }

    /// Whether one is the other's first letter, or both are the same letter.
    fn begins(&self, other: &Self) -> bool {
        let (short, long) = if self.initial { (self, other) } else { (other, self) };
        let ways = |word: &Self| -> Vec<String> {
            match word.spelling.first() {
                Some(ways) => ways.to_vec(),
                None => word.forms.clone(),
            }
        };
        let same = short.script == long.script;
        if same && short.script != Script::Latin {
            return long.text.starts_with(&short.text);
        }
        ways(short).iter().any(|one| {
            !one.is_empty()
                && ways(long).iter().any(|two| {
                    two.starts_with(one.as_str())
                        || !two.is_empty() && one.starts_with(two.as_str())
                })
        })
    }
}

/// Whether two Latin words have the same consonants in a row, and end alike: two ways to write a word
/// of a script that leaves vowels out.
fn same_consonants(one: &str, two: &str) -> bool {
    let bones = |word: &str| {
        let mut bones: Vec<u8> = Vec::new();
        let mut vowel = true;
        for letter in word.bytes() {
            let now = letters::is_vowel(letter);
            if !now && (vowel || bones.last() != Some(&letter)) {
                bones.push(letter);
            }
            vowel = now;
        }
        bones
    };
    let ends =
        |word: &str| word.trim_end_matches('h').bytes().last().is_some_and(letters::is_vowel);
    let begins = |word: &str| word.bytes().next().filter(|letter| !letters::is_vowel(*letter));
    let bare = bones(one);
    bare.len() >= 2 && bare == bones(two) && ends(one) == ends(two) && begins(one) == begins(two)
}
