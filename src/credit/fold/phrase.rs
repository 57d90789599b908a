//! Folding phrases of the lexicon: tens of thousands at each start, nearly all folded as written.

use std::borrow::Cow;

use super::{Composed, fold, fold_char, skip_plain};

/// Folds a phrase of the lexicon.
pub(in crate::credit) fn fold_phrase(phrase: &str) -> Cow<'_, str> {
    if is_folded(phrase) {
        return Cow::Borrowed(phrase);
    }
    let composed = Composed::of(phrase);
    fold(composed.as_ref().map_or(phrase, |composed| composed.text.as_str()).trim()).text.into()
}

/// Whether a phrase is made of characters that stay as they are, next to whatever other of them,
/// with single spaces between; then folding leaves it as it is.
fn is_folded(phrase: &str) -> bool {
    let bytes = phrase.as_bytes();
    let mut spaced = true;
    if phrase.is_ascii() {
        let is_plain = skip_plain(bytes, 0, &mut spaced) == bytes.len();
        return is_plain && !spaced && !bytes.iter().any(u8::is_ascii_uppercase);
    }
    for c in phrase.chars() {
        if !stays(c) || c == ' ' && spaced {
            return false;
        }
        spaced = c == ' ';
    }
    !spaced
}

/// Whether a character folds to itself and composes with none before it: small letters of ASCII,
/// its digits and signs, and letters of the scripts that most phrases are written in.
fn stays(c: char) -> bool {
    match c {
        ' '..='@' | '['..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='龥' | '가'..='힣' => {
            true
        }
        'ß'..='ɏ' | 'ά'..='ώ' | 'а'..='џ' | 'א'..='ת' | 'ء'..='ي' | 'Ḁ'..='ỿ' => {
            fold_char(c) == Some(c)
        }
        _ => false,
    }
}

/// The phrase without its Latin accents, if that differs: capitals are often set without them.
pub(in crate::credit) fn without_accents(folded: &str) -> Option<String> {
    let has_accents = folded.chars().any(|c| plain_letter(c) != c);
    has_accents.then(|| folded.chars().map(plain_letter).collect())
}

fn plain_letter(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ő' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ů' | 'ū' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' | 'ș' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ř' => 'r',
        'ț' | 'ť' => 't',
        'ł' => 'l',
        'ğ' => 'g',
        'đ' | 'ď' => 'd',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
    use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

    use super::*;
    use crate::credit::lexicon::Lexicon;

    #[test]
    fn composed_and_decomposed_fold_alike() {
        assert_eq!(fold_phrase("E\u{301}DITE\u{301} PAR"), fold_phrase("ÉDITÉ PAR"));
        assert_eq!(fold_phrase("  l\u{2019}E\u{301}tat "), "l'état");
    }

    #[test]
    fn what_stays_is_what_folding_leaves() {
        let (nfc, nfd) =
            (ComposingNormalizerBorrowed::new_nfc(), DecomposingNormalizerBorrowed::new_nfd());
        let classes = CanonicalCombiningClassMapBorrowed::new();
        let all = || (0..=0x0010_FFFF).filter_map(char::from_u32);
        let composing: HashSet<char> = all()
            .flat_map(|c| nfd.normalize(&c.to_string()).chars().skip(1).collect::<Vec<_>>())
            .collect();
        for c in all().filter(|&c| stays(c)) {
            let text = c.to_string();
            assert!(nfc.is_normalized(&text), "{c:?}");
            assert!(!composing.contains(&c) && classes.get_u8(c) == 0, "{c:?}");
            assert_eq!(fold(&text).text, text);
        }
    }

    #[test]
    fn every_phrase_is_what_folding_makes_of_it() {
        let phrases: Vec<&str> = Lexicon::builtin().phrases().collect();
        let odd = ["", " ", "a ", " a", "a  b", "A", "a\tb", "é", "e\u{301}", "ё", "a\u{AD}b"];
        for phrase in phrases.iter().chain(&odd) {
            let composed = nfc(phrase);
            assert_eq!(fold_phrase(phrase), fold(composed.trim()).text, "{phrase:?}");
        }
        assert!(phrases.iter().filter(|phrase| is_folded(phrase)).count() * 10 > phrases.len() * 8);
    }

    fn nfc(text: &str) -> Cow<'_, str> {
        ComposingNormalizerBorrowed::new_nfc().normalize(text)
    }
}
