//! What holds for any string: the bodies are the fuzz targets.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use proptest::prelude::*;
use siglum::credit::explain::explain;
use siglum::credit::find::find;
use siglum::credit::lexicon::Lexicon;
use siglum::credit::line::{Line, PieceKind, parse};
use siglum::credit::name::split_names;

/// Words that lines are made of, so that strings reach the depths of the grammar.
const WORDS: &[&str] = &[
    "Reporting",
    "by",
    "Editing",
    "and",
    "in",
    "from",
    "Oslo",
    "Tarquin",
    "Bellweather",
    ",",
    ";",
    "(",
    ")",
    ".",
    ":",
    "/",
    "-",
    "—",
    "'s",
    "\n",
    "\n\n",
    "  ",
    "contributed to this report",
    "reported",
    "édité par",
    "traduit",
    "de l'",
    "anglais",
    "version française",
    "Übersetzt",
    "von",
    "übersetzt",
    "wurde",
    "编译",
    "审校",
    "记者",
    "报导",
    "李",
    "渥太华",
    "が翻訳しました",
    "は",
    "기자",
    "번역",
    "إعداد",
    "للنشرة العربية",
    "و",
    "DeepL",
    "mit",
    "machine translation",
    "Source",
    "Source link",
    "https://example.org/a?b=c",
    "a@example.org",
    "[",
    "](",
    "<a href=\"http://x\">",
    "2021",
    "12",
    "May",
    "Our Standards:",
    "Reuters",
    "AP",
    "writer",
    "Dr.",
    "Jr.",
    "van",
    "“",
    "”",
    "\u{200B}",
    "\u{AD}",
    "\u{301}",
    "e\u{301}",
    "İ",
    "ß",
    "©",
    "#",
    "_",
    "|",
    "=",
    "@x",
    "bur-ab/cd",
    "The Herald",
    "THE HERALD",
    "Va.",
    "'t",
    "&",
    "Text:",
    "Foto",
    "Chefredakteur:",
];

fn lines() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[A-Z][a-z]{0,5}",
    ];
    let space = prop::sample::select(&["", " ", " ", " ", "\u{A0}", "\n"][..]);
    prop::collection::vec((word, space), 0..24).prop_map(|parts| {
        parts.into_iter().flat_map(|(word, space)| [word, space.to_owned()]).collect()
    })
}

/// Reads a line and checks all that a reading promises.
fn reads(text: &str) -> Line {
    let line = parse(Lexicon::builtin(), text, None);
    let mut at = 0;
    for piece in &line.pieces {
        assert_eq!(piece.span.start(), at, "a gap or an overlap");
        assert!(!piece.span.is_empty());
        assert!(text.get(piece.span.start()..piece.span.end()).is_some(), "inside a character");
        at = piece.span.end();
    }
    assert_eq!(at, text.len(), "the end is not covered");
    let left: Vec<_> =
        line.pieces.iter().filter(|piece| piece.kind == PieceKind::Leftover).collect();
    assert_eq!(left.len(), line.leftovers.len());
    for credit in &line.credits {
        assert!(text.get(credit.name_span.start()..credit.name_span.end()).is_some());
        assert!(!credit.name.is_empty());
        if let Some(phrase) = credit.phrase_span {
            assert!(!phrase.of(text).is_empty());
        }
    }
    for source in &line.sources {
        assert!(!source.span.of(text).is_empty());
    }
    assert!(explain(&line, text).len() <= line.pieces.len());
    line
}

fn credited(line: &Line) -> Vec<(String, String, Option<String>)> {
    let credits = line.credits.iter();
    credits.map(|one| (one.role.to_string(), one.name.clone(), one.place.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_line_of_words_is_covered(text in lines()) {
        reads(&text);
    }

    #[test]
    fn any_string_is_covered(text in "\\PC{0,200}") {
        reads(&text);
    }

    #[test]
    fn normal_forms_give_the_same_credits(text in lines()) {
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned();
        let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&text).into_owned();
        prop_assert_eq!(credited(&reads(&composed)), credited(&reads(&decomposed)));
    }

    #[test]
    fn any_article_has_a_kind_a_block(blocks in prop::collection::vec(lines(), 0..8)) {
        let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
        prop_assert_eq!(find(Lexicon::builtin(), &blocks, None).kinds.len(), blocks.len());
    }

    #[test]
    fn any_list_is_split_into_its_own_words(text in lines()) {
        for (name, _, span) in split_names(Lexicon::builtin(), &text) {
            prop_assert!(!name.is_empty());
            prop_assert!(!span.of(&text).is_empty());
        }
    }
}
