//! What `text-1` folds, what it keeps, and that its Unicode data stays pinned.

use proptest::prelude::*;

use super::*;

#[test]
fn white_space_line_ends_and_invisible_characters_fold() {
    for (given, want) in [
        ("a\u{A0}\u{202F}b", "a b"),
        ("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f", "a\nb\nc\nd\ne\nf"),
        ("\u{FEFF} so\u{AD}ft \t\u{3000}x\u{200B}y\u{2060}z \n\n \n q ", "soft xyz\nq"),
        ("Be\u{301}lot", "Bélot"),
        ("e\u{AD}\u{301}", "é"),
        (" \n ", ""),
    ] {
        assert_eq!(Text::new(given).as_str(), want, "{given:?}");
    }
}

#[test]
fn what_carries_meaning_stays() {
    for kept in [
        "x²",
        "ＡＢ",
        "ﬁ",
        "“a”",
        "a\u{200D}b",
        "a\u{200C}b",
        "❤\u{FE0F}",
        "\u{202E}x",
        "–1",
        "I ı İ",
    ] {
        assert_eq!(Text::new(kept).as_str(), kept);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_place() {
    assert_eq!(utf8(b"ab\xFFcd"), Err(NotUtf8 { offset: 2 }));
    assert_eq!(utf8(b"ab\xC0\x80"), Err(NotUtf8 { offset: 2 }));
    assert_eq!(utf8(b"\xED\xA0\x80"), Err(NotUtf8 { offset: 0 }));
}

/// NFC of every code point, alone and before two marks of different classes: a crate that brings
/// other Unicode data changes this digest, and then it must not be taken up as it is.
#[test]
fn unicode_data_is_pinned() {
    let normalizer = ComposingNormalizerBorrowed::new_nfc();
    let mut all = String::new();
    for c in '\0'..=char::MAX {
        all.push_str(&normalizer.normalize(c.encode_utf8(&mut [0; 4])));
        all.push_str(&normalizer.normalize(&format!("a\u{345}{c}\u{301}\u{323}")));
    }
    assert_eq!(
        Digest::of_bytes(all.as_bytes()).to_string(),
        include_str!("nfc-18.0.sha256").trim()
    );
}

/// `is_white` and `is_line_break` together are the property `White_Space`.
#[test]
fn white_space_is_the_property() {
    for c in '\0'..=char::MAX {
        assert_eq!(is_white(c) || is_line_break(c), c.is_whitespace(), "U+{:04X}", c as u32);
    }
}

proptest! {
    #[test]
    fn canonical_form_is_a_fixed_point(text in any::<String>()) {
        let once = Text::new(&text);
        prop_assert_eq!(Text::new(once.as_str()), once.clone());
        prop_assert_eq!(Text::from_paragraphs(once.paragraphs()), once.clone());
        for line in once.paragraphs() {
            prop_assert!(!line.is_empty() && line.trim() == line);
        }
    }
}

/// Texts of all characters that a step treats, and of some that none does.
fn tricky(seed: u64) -> String {
    const SOME: [&str; 40] = [
        "a",
        "b",
        " ",
        "\n",
        "\t",
        "\r",
        "\u{B}",
        "\u{C}",
        "\u{85}",
        "\u{A0}",
        "\u{AD}",
        "\u{1680}",
        "\u{1681}",
        "\u{2000}",
        "\u{200A}",
        "\u{200B}",
        "\u{200C}",
        "\u{200D}",
        "\u{200E}",
        "\u{2028}",
        "\u{2029}",
        "\u{202F}",
        "\u{205F}",
        "\u{2060}",
        "\u{3000}",
        "\u{3001}",
        "\u{FEFF}",
        "\u{FEFE}",
        "e\u{301}",
        "é",
        "\u{301}",
        "\u{323}",
        "中",
        "한",
        "\u{1112}\u{1161}",
        "ن",
        "\u{37E}",
        "😀",
        ";",
        "«",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    (0..next() % 12).map(|_| SOME[next() % SOME.len()]).collect()
}

#[test]
fn the_quick_way_and_the_steps_give_the_same() {
    let mut quick_ones = 0;
    for seed in 0..200_000 {
        let text = tricky(seed);
        assert_eq!(Text::new(&text).as_str(), canonical(&text), "{text:?}");
        quick_ones += usize::from(quick::is_canonical(&text));
        if quick::is_canonical(&text) {
            assert_eq!(canonical(&text), text);
        }
    }
    assert!(quick_ones > 20_000, "{quick_ones}");
    for at in [2_046, 2_047, 2_048, 2_049] {
        for tricky in ["\u{A0}", "\u{2028}", "\u{3000}", "  ", "\t", "\u{AD}", " \n"] {
            for fill in ["x", "é"] {
                let text = format!("{}{tricky}x", fill.repeat(at / fill.len()));
                assert!(!quick::is_canonical(&text), "{at} {tricky:?}");
            }
        }
    }
}

#[test]
fn every_character_is_found_by_the_quick_way() {
    for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
        for text in [format!("{c}"), format!("é{c}é"), format!("xé{c}")] {
            if quick::is_canonical(&text) {
                assert_eq!(canonical(&text), text, "{c:?}");
            }
        }
    }
}
