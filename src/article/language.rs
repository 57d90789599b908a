//! The language of a body, told from its words.

use whatlang::Lang;

use crate::text::language::Language;

/// The fewest letters from which a language is told: below, the guess is no better than chance.
const MIN_LETTERS: usize = 40;

/// How much of a text is looked at, in bytes: more tells nothing more, and costs time.
const MAX_SAMPLE: usize = 2000;

/// The language that a text is most likely in, by its beginning; `None` where it is too short or not clear.
pub fn detect(text: &str) -> Option<Language> {
    let text = text.get(..text.floor_char_boundary(MAX_SAMPLE)).unwrap_or(text);
    if text.chars().filter(|c| c.is_alphabetic()).take(MIN_LETTERS).count() < minimum(text) {
        return None;
    }
    let info = whatlang::detect(text)?;
    let tag = tag(info.lang(), text)?;
    (info.is_reliable() || info.confidence() > 0.5).then(|| Language::new(tag).ok())?
}

/// Letters say more where each is a word.
fn minimum(text: &str) -> usize {
    let ideographs = text.chars().filter(|&c| c >= '\u{2E80}').take(MIN_LETTERS).count();
    if ideographs >= MIN_LETTERS / 4 { MIN_LETTERS / 4 } else { MIN_LETTERS }
}

/// The BCP 47 tag of a language that the detector knows (ISO 639-1 where there is one).
fn tag(lang: Lang, text: &str) -> Option<&'static str> {
    Some(match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => return Some(chinese(text)),
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "no",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    })
}

/// Tells the scripts of Chinese apart by frequent characters that only one of them has.
fn chinese(text: &str) -> &'static str {
    let count = |set: &str| text.chars().filter(|&c| set.contains(c)).count();
    let simplified = count("这们为国说时来对会学发经现实见两么还进过开关问间长门书车东马");
    let traditional = count("這們為國說時來對會學發經現實見兩麼還進過開關問間長門書車東馬");
    if traditional > simplified { "zh-Hant" } else { "zh-Hans" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag_of(text: &str) -> Option<String> {
        detect(text).map(String::from)
    }

    #[test]
    fn common_languages_are_told() {
        for (want, text) in [
            (
                "en",
                "The council voted on Tuesday to reopen the old bridge after two years of repairs.",
            ),
            (
                "fr",
                "Le conseil a voté mardi la réouverture du vieux pont après deux ans de travaux.",
            ),
            (
                "zh-Hant",
                "市議會週二投票決定，經過兩年維修後重新開放這座老橋，這對當地居民來說是好消息。",
            ),
            (
                "zh-Hans",
                "市议会周二投票决定，经过两年维修后重新开放这座老桥，这对当地居民来说是好消息。",
            ),
            ("ja", "市議会は火曜日、二年間の修復工事を終えた古い橋を再び開通させることを決めた。"),
        ] {
            assert_eq!(tag_of(text).as_deref(), Some(want));
        }
    }

    #[test]
    fn too_little_text_tells_nothing() {
        assert_eq!(tag_of("OK"), None);
        assert_eq!(tag_of(""), None);
    }
}
