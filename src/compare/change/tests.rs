//! Which signs a change has.

use super::*;

fn signs(tag: &str, old: &str, new: &str) -> Vec<Sign> {
    let language = Language::new(tag).unwrap();
    let weighed = weigh(old, new, Some(&language));
    assert_eq!(weighed.weight == Weight::Minor, weighed.signals.is_empty());
    weighed.signals.into_iter().map(|signal| signal.sign).collect()
}

#[test]
fn numbers() {
    assert_eq!(signs("en", "nearly 4,000 men.", "nearly 40,000 men."), [Sign::Number]);
    assert_eq!(signs("en", "minus −5 degrees", "minus 5 degrees"), [Sign::Number]);
    assert_eq!(signs("en", "from 3 to 5 per cent", "from 5 to 3 per cent"), [Sign::Number]);
    assert_eq!(signs("en", "in 2008, it fell", "it fell in 2008."), []);
    assert_eq!(signs("en", "four million people", "four billion people"), [Sign::Number]);
    assert_eq!(signs("ar", "قتل ٤ أشخاص", "قتل ٥ أشخاص"), [Sign::Number]);
    assert_eq!(signs("ar", "قتل ٤ أشخاص", "قتل 4 أشخاص"), []);
    assert_eq!(signs("ja", "三人が負傷した。", "五人が負傷した。"), [Sign::Number]);
}

#[test]
fn names() {
    assert_eq!(
        signs("en", "The mayor, Ilse Lind, left.", "The mayor, Ilse Lund, left."),
        [Sign::Name]
    );
    assert_eq!(signs("en", "Lind left early.", "Lund left early."), [Sign::Name]);
    assert_eq!(signs("en", "Lind met Orr.", "Orr met Lind."), [Sign::Name]);
    assert_eq!(signs("en", "The soldiers left.", "Soldiers left."), []);
    assert_eq!(signs("en", "Lind's office said so.", "The office of Lind said so."), []);
    assert_eq!(signs("ru", "Приехал Иванков.", "Приехал Иванцов."), [Sign::Name]);
    assert_eq!(
        signs("ja", "カメラマンのカルロスが来た。", "カメラマンのカルメンが来た。"),
        [Sign::Name]
    );
    assert_eq!(signs("ja", "田辺氏が述べた。", "田部氏が述べた。"), [Sign::Name]);
    assert_eq!(signs("zh", "安娜·林德到达。", "安妮·林德到达。"), [Sign::Name]);
}

#[test]
fn negations() {
    for (tag, old, new) in [
        ("en", "He did say he would go.", "He didn't say he would go."),
        ("en", "He did not say he would go.", "He did say he would not go."),
        ("en", "The order was lawful.", "The order was unlawful."),
        ("fr", "Il a dit oui.", "Il n'a pas dit oui."),
        ("de", "Er hat einen Plan.", "Er hat keinen Plan."),
        ("fi", "Hän tulee huomenna.", "Hän ei tule huomenna."),
        ("tr", "Başbakan geldi.", "Başbakan gelmedi."),
        ("ar", "وصل الوفد أمس.", "ولم يصل الوفد أمس."),
        ("ja", "首相は行く。", "首相は行かない。"),
        ("zh", "他同意。", "他不同意。"),
        ("ko", "그는 간다.", "그는 가지 않는다."),
        ("th", "เขาไปเชียงใหม่", "เขาไม่ไปเชียงใหม่"),
        ("hi", "वह आएगा।", "वह नहीं आएगा।"),
        ("el", "Θα έρθει αύριο.", "Δεν θα έρθει αύριο."),
        ("ru", "Он приедет завтра.", "Он не приедет завтра."),
    ] {
        assert!(signs(tag, old, new).contains(&Sign::Negation), "{tag}: {new}");
    }
    assert_eq!(signs("en", "It was not him.", "It wasn’t him."), []);
}

#[test]
fn quotations() {
    assert_eq!(signs("en", "he said no", "he said “no”"), [Sign::Quotation]);
    assert_eq!(signs("en", "he said \"stay\"", "he said “stay”"), []);
    assert_eq!(signs("en", "“we stay” he said", "“we leave” he said"), [Sign::Quotation]);
    assert_eq!(signs("en", "he “said we stay”", "he said “we stay”"), [Sign::Quotation]);
}

#[test]
fn sentences() {
    let old = "The bridge was shut on a windy night. The cars turned back.";
    assert_eq!(signs("en", old, "The bridge was shut on a windy night."), [Sign::Sentence]);
    assert_eq!(
        signs("en", old, "The bridge was shut on a windy night, and the cars turned back."),
        []
    );
    assert_eq!(
        signs("en", old, "The bridge was shut on a stormy night. The cars turned back."),
        []
    );
    let weighed = weigh_added("it is new");
    assert_eq!(
        (weighed.weight, weighed.similarity.to_bits()),
        (Weight::Substantive, 0f64.to_bits())
    );
}

#[test]
fn a_language_that_is_not_known_has_all_words() {
    let weighed = weigh("he came", "he nikdy came", None);
    assert_eq!(weighed.weight, Weight::Substantive);
    let same = weigh("he came", "he came", None);
    assert_eq!((same.weight, same.similarity.to_bits()), (Weight::Minor, 1f64.to_bits()));
}
