//! A day at a desk: what is true of originals and their translations after each step.

use serde_json::{Value, json};

use crate::desk::Desk;

const EN: &str = "Council reopens the old bridge\n\n\
    LUGO, March 1 (Courier) - The council voted on Sunday to reopen the old bridge.\n\n\
    About 4,000 people cross it every day, its speaker said.\n\n\
    Repairs took two years and cost a great deal more than anybody had planned for.\n\n\
    (Reporting by Ada Prell; Editing by Tomas Uhl)\n";
const FR: &str = "Le conseil rouvre le vieux pont\n\n\
    LUGO, 1er mars (Courier) - Le conseil a voté dimanche la réouverture du vieux pont.\n\n\
    Quelque 4.000 personnes l'empruntent chaque jour, selon son porte-parole.\n\n\
    Les travaux ont duré deux ans et coûté bien plus cher que prévu par quiconque.\n\n\
    (Ada Prell, version française Ilse Marchand, édité par Noé Brun)\n";
const JA: &str = "市議会、旧橋の再開を決定\n\n\
    市議会は日曜日、旧橋の再開を可決した。\n\n\
    報道官によると、毎日約4000人が渡る。\n\n\
    修理には2年かかり、費用は誰の予想よりもはるかに多かった。\n\n\
    （翻訳：水野空、編集：林海）\n";

/// The rules and severities that an audit finds for an article, with their messages.
fn findings(desk: &Desk, article: &str, rule: &str) -> Vec<(String, String)> {
    let (audit, _) = desk.json(&["audit", article]);
    let all = audit["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["rule"] == rule)
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (text("severity"), text("message"))
        })
        .collect()
}

/// What `verify` says of a text: its version, status, exit code and what it says of its source.
fn verify(desk: &Desk, name: &str, text: &str) -> (Value, Value, i32, Value) {
    desk.write(name, text);
    let (report, code) = desk.json(&["verify", name]);
    let article = &report["articles"][0];
    (
        article["version"].clone(),
        article["status"].clone(),
        code,
        article["sources"][0]["freshness"].clone(),
    )
}

fn record(desk: &Desk, name: &str, text: &str, args: &[&str]) {
    desk.write(name, text);
    desk.ok(&[&["record", name], args].concat());
}

/// An original with a French and a Japanese translation of it.
fn translated() -> Desk {
    let desk = Desk::with_log();
    record(&desk, "en.txt", EN, &[]);
    record(&desk, "fr.txt", FR, &["--translation-of", "en.txt"]);
    record(&desk, "ja.txt", JA, &["--translation-of", "en.txt"]);
    desk
}

#[test]
fn a_whole_day() {
    let desk = translated();
    for article in ["fr.txt", "ja.txt"] {
        assert_eq!(findings(&desk, article, "stale-translation"), []);
        assert_eq!(findings(&desk, article, "source-unpinned"), []);
    }
    assert_eq!(verify(&desk, "fr.txt", FR), (json!(1), json!("current"), 0, json!("fresh")));

    // At noon the French desk corrects a number. Nothing becomes stale by that.
    let fr = FR.replace("4.000", "40.000");
    record(&desk, "fr.txt", &fr, &["--correction", "40.000 et non 4.000"]);
    assert_eq!(findings(&desk, "fr.txt", "stale-translation"), []);
    assert_eq!(verify(&desk, "old.txt", FR), (json!(1), json!("corrected"), 0, json!("fresh")));

    // An hour later the English is corrected: both translations were made from what was wrong.
    let en = EN.replace("4,000", "40,000");
    record(&desk, "en.txt", &en, &["--correction", "40,000, not 4,000"]);
    for (article, here) in [("fr.txt", "(here paragraph 2)"), ("ja.txt", "(here paragraph 2)")] {
        let found = findings(&desk, article, "stale-translation");
        let [(severity, message)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(severity, "warning");
        for words in [
            "made from en.txt version 1",
            "version 2 of that",
            "40,000, not 4,000",
            "paragraph 2 changed, number: 4,000 → 40,000",
            here,
        ] {
            assert!(message.contains(words), "{words:?} in {message}");
        }
    }
    assert_eq!(verify(&desk, "fr.txt", &fr), (json!(2), json!("current"), 0, json!("stale")));
    assert_eq!(verify(&desk, "old.txt", EN), (json!(1), json!("corrected"), 0, Value::Null));

    // A review of the spelling says nothing of the numbers; one of the numbers does.
    let review = |kind: &str| {
        let by = ["--by", "Lou Vidal", "--kind", kind];
        desk.ok(&[&["review", "fr.txt", "--against", "en.txt@2"], by.as_slice()].concat());
    };
    review("spelling");
    assert_eq!(findings(&desk, "fr.txt", "stale-translation").len(), 1);
    review("numbers");
    assert_eq!(findings(&desk, "fr.txt", "stale-translation"), []);
    assert_eq!(findings(&desk, "ja.txt", "stale-translation").len(), 1);
    assert_eq!(verify(&desk, "fr.txt", &fr), (json!(2), json!("current"), 0, json!("fresh")));

    // A spelling fix makes nothing stale, but is said.
    let spelt = en.replace("a great deal more", "a good deal more");
    record(&desk, "en.txt", &spelt, &[]);
    let found = findings(&desk, "fr.txt", "stale-translation");
    let [(severity, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(severity, "note", "{message}");
    assert!(message.contains("last reviewed on 2026-03-01"), "{message}");
    assert!(message.contains("paragraph 3 changed, in wording only"), "{message}");
    assert_eq!(verify(&desk, "fr.txt", &fr), (json!(2), json!("current"), 0, json!("minor")));
    // The reviews were of another source.
    let outdated = findings(&desk, "fr.txt", "review-outdated");
    assert_eq!(outdated[0].0, "note", "{outdated:?}");

    // Back to what it said in the morning: what was said at noon still needs a look.
    record(&desk, "en.txt", EN, &["--correction", "It was 4,000 after all"]);
    let found = findings(&desk, "ja.txt", "stale-translation");
    let [(severity, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(severity, "warning");
    assert!(message.contains("has been taken back since"), "{message}");
    let found = findings(&desk, "fr.txt", "stale-translation");
    assert_eq!(found[0].0, "warning", "{found:?}");

    // A new French version from the newest English one.
    record(&desk, "fr.txt", FR, &["--translation-of", "en.txt", "--correction", "4.000 en effet"]);
    assert_eq!(findings(&desk, "fr.txt", "stale-translation"), []);

    // A retraction reaches every translation.
    desk.ok(&["retract", "en.txt", "--note", "the vote was not held"]);
    let (audit, code) = desk.json(&["audit", "fr.txt", "ja.txt"]);
    assert_eq!(code, 1, "{audit}");
    for article in ["fr.txt", "ja.txt"] {
        let found = findings(&desk, article, "source-retracted");
        let [(severity, message)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(severity, "error");
        assert!(message.contains("en.txt"), "{message}");
        assert!(message.contains("the vote was not held"), "{message}");
    }
    let run = desk.run(&["verify", "ja.txt"]);
    assert!(run.out.contains("source en.txt was retracted"), "{run:#?}");
    desk.ok(&["retract", "fr.txt", "--note", "le vote n'a pas eu lieu"]);
    assert_eq!(findings(&desk, "fr.txt", "source-retracted"), []);
    assert_eq!(verify(&desk, "fr.txt", FR).1, json!("retracted"));

    insta::assert_snapshot!(desk.ok(&["log", "ja.txt", "--lineage"]));
    insta::assert_snapshot!(desk.ok(&["log", "en.txt", "--lineage=mermaid"]));
    insta::assert_snapshot!(desk.ok(&["log", "fr.txt", "--lineage=dot"]));
    let (family, _) = desk.json(&["log", "fr.txt", "--lineage"]);
    let count = |key: &str| family[key].as_array().unwrap().len();
    assert_eq!((count("nodes"), count("edges")), (12, 15), "{family:#}");
}

#[test]
fn a_translation_of_a_translation_is_reached() {
    let desk = translated();
    record(
        &desk,
        "es.txt",
        "El consejo reabre el puente\n\nEl consejo votó el domingo.\n\nPasan 4.000 al día.\n\n(Traducido por Eva Sol; editado por Leo Mar)\n",
        &["--translation-of", "fr.txt"],
    );
    desk.ok(&["withdraw", "en.txt"]);
    let found = findings(&desk, "es.txt", "source-retracted");
    assert_eq!(found[0].0, "warning", "{found:?}");
    assert!(found[0].1.contains("en.txt, which it goes back to, was withdrawn"), "{found:?}");
    let tree = desk.ok(&["log", "es.txt", "--lineage"]);
    assert!(tree.contains("en.txt [en]") && tree.contains("from fr.txt@1"), "{tree}");
}

#[test]
fn a_link_says_later_what_was_translated() {
    let desk = Desk::with_log();
    record(&desk, "fr.txt", FR, &[]);
    record(&desk, "en.txt", EN, &[]);
    record(&desk, "en.txt", &EN.replace("4,000", "40,000"), &[]);
    let unpinned = |desk: &Desk| findings(desk, "fr.txt", "source-unpinned");
    assert_eq!(unpinned(&desk)[0].0, "warning");
    assert_eq!(findings(&desk, "fr.txt", "language-pair-missing").len(), 1);
    // A bare URL is no version.
    desk.ok(&["link", "fr.txt", "--translation-of", "https://courier.example/bridge"]);
    assert!(unpinned(&desk)[0].1.contains("https://courier.example/bridge"));
    desk.ok(&["link", "fr.txt", "--translation-of", "en.txt@1"]);
    assert_eq!(findings(&desk, "fr.txt", "language-pair-missing"), []);
    assert_eq!(findings(&desk, "fr.txt", "stale-translation").len(), 1);
    // The newer statement about the same source holds.
    desk.ok(&["link", "fr.txt", "--translation-of", "en.txt@2"]);
    assert_eq!(findings(&desk, "fr.txt", "stale-translation"), []);
    desk.fails(2, &["link", "fr.txt", "--translation-of", "fr.txt"], &["the article itself"]);
    let before = desk.json(&["log"]).0["records"].as_array().unwrap().len();
    desk.ok(&["link", "fr.txt", "--translation-of", "en.txt@2"]);
    let after = desk.json(&["log"]).0["records"].as_array().unwrap().len();
    assert_eq!(before, after, "the same said twice adds nothing");
}

#[test]
fn a_source_outside_is_known_by_its_text() {
    let desk = Desk::with_log();
    desk.write("seen.txt", EN);
    let source =
        ["--translation-of", "https://courier.example/bridge", "--source-file", "seen.txt"];
    record(&desk, "fr.txt", FR, &source);
    let found = findings(&desk, "fr.txt", "stale-translation");
    assert_eq!(found[0].0, "note");
    assert!(found[0].1.contains("was not checked since 2026-03-01"), "{found:?}");
    assert_eq!(findings(&desk, "fr.txt", "source-unpinned"), []);
    // Once the source is in the log under that id, its later versions are known.
    record(&desk, "seen.txt", EN, &["--url", "https://courier.example/bridge"]);
    assert_eq!(findings(&desk, "fr.txt", "stale-translation"), []);
    let newer = EN.replace("two years", "three years");
    record(&desk, "seen.txt", &newer, &["--url", "https://courier.example/bridge"]);
    assert_eq!(findings(&desk, "fr.txt", "stale-translation")[0].0, "warning");
}

#[test]
fn what_a_machine_made_needs_a_person_who_read_it_all() {
    let desk = Desk::with_log();
    record(&desk, "en.txt", EN, &[]);
    record(&desk, "fr.txt", FR, &["--translation-of", "en.txt", "--machine", "LinguaPress 4"]);
    let unreviewed = |desk: &Desk| findings(desk, "fr.txt", "machine-translation-unreviewed");
    assert!(
        unreviewed(&desk)[0].1.contains("LinguaPress took part in this translation; no review")
    );
    desk.ok(&["review", "fr.txt", "--by", "Noé Brun", "--kind", "spelling"]);
    assert!(unreviewed(&desk)[0].1.contains("only a review of the spelling"));
    desk.ok(&["review", "fr.txt", "--by", "Noé Brun", "--outcome", "rejected"]);
    assert!(unreviewed(&desk)[0].1.contains("found it unfit"));
    desk.ok(&["review", "fr.txt", "--by", "Ilse Marchand"]);
    assert_eq!(unreviewed(&desk), []);
    // Who translated it reviewed it; and then somebody else did.
    assert_eq!(findings(&desk, "fr.txt", "reviewer-is-translator").len(), 0, "Noé Brun did too");
    let changed = FR.replace("dimanche", "lundi");
    record(&desk, "fr.txt", &changed, &[]);
    assert!(unreviewed(&desk)[0].1.contains("no longer holds"));
    assert_eq!(findings(&desk, "fr.txt", "review-outdated")[0].0, "warning");
    desk.ok(&["review", "fr.txt", "--by", "Ilse Marchand"]);
    assert_eq!(findings(&desk, "fr.txt", "reviewer-is-translator").len(), 1);
    // A translation made from this one inherits no review.
    record(
        &desk,
        "es.txt",
        "El puente\n\nEl consejo votó.\n\n(Traducido por Eva Sol)\n",
        &["--translation-of", "fr.txt", "--machine", "LinguaPress 4"],
    );
    assert!(findings(&desk, "es.txt", "machine-translation-unreviewed")[0].1.contains("no review"));
}

#[test]
fn texts_are_forgotten_and_the_log_says_so() {
    let desk = translated();
    let digest = |desk: &Desk, index: &str| {
        let shown = desk.ok(&["show", index]);
        let line = shown.lines().find(|line| line.starts_with("body = ")).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let body = digest(&desk, "1");
    assert!(desk.ok(&["show", "1", "--text"]).contains("dimanche"));
    desk.ok(&["forget", &body]);
    desk.fails(2, &["show", "1", "--text"], &["erased", "record 3"]);
    assert_eq!(desk.run(&["forget", &body]).code, 0);
    desk.fails(2, &["forget", &"0".repeat(64)], &["no text with the digest"]);
    // Verifying goes on, by digests alone.
    assert_eq!(verify(&desk, "fr.txt", FR).2, 0);
    assert_eq!(verify(&desk, "fr.txt", &FR.replace("4.000", "40.000")).2, 1);
    // Without the source's text nothing can be weighed, and nothing is excused.
    let body = digest(&desk, "0");
    desk.ok(&["forget", &body]);
    record(&desk, "en.txt", &EN.replace("a great deal", "a good deal"), &[]);
    let found = findings(&desk, "ja.txt", "stale-translation");
    assert_eq!(found[0].0, "warning");
    assert!(found[0].1.contains("its text is not kept"), "{found:?}");
    desk.ok(&["fsck"]);
}

#[test]
fn ids_and_requests_lead_to_one_article() {
    let desk = translated();
    desk.ok(&["alias", "en.txt", "urn:courier:77"]);
    assert!(desk.ok(&["show", "urn:courier:77"]).contains("Council"));
    desk.fails(2, &["alias", "fr.txt", "urn:courier:77"], &["en.txt"]);
    let note = ["--note", "out", "--request-id", "r1", "--format", "json"];
    let first = desk.ok(&[&["withdraw", "ja.txt"], note.as_slice()].concat());
    let again = desk.ok(&[&["withdraw", "ja.txt"], note.as_slice()].concat());
    let index = |out: &str| {
        let value: Value = serde_json::from_str(out).unwrap();
        (value["records"][0]["index"].clone(), value["records"][0]["appended"].clone())
    };
    assert_eq!(index(&first).0, index(&again).0);
    assert_eq!((index(&first).1, index(&again).1), (json!(true), json!(false)));
    // What was withdrawn and is published again, word for word, is news.
    record(&desk, "ja.txt", JA, &[]);
    assert_eq!(verify(&desk, "ja.txt", JA), (json!(2), json!("current"), 0, json!("fresh")));
    desk.fails(2, &["retract", "nothing.txt", "--note", "x"], &["nothing called"]);
    desk.fails(2, &["review", "en.txt", "--by", " "], &["name"]);
    desk.fails(
        2,
        &["review", "en.txt", "--by", "Lou Vidal", "--against", "en.txt"],
        &["against its source"],
    );
}
