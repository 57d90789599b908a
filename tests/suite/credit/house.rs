//! A house's own phrases, titles, bureaus, tools, initials and languages.

use siglum::credit::lexicon::{EntryFault, Lexicon, LexiconBuilder, Position};
use siglum::credit::line::{Credit, parse};
use siglum::credit::role::{Kind, Role};
use siglum::text::language::Language;

fn credits(builder: LexiconBuilder, text: &str) -> Vec<Credit> {
    parse(&builder.build().unwrap(), text, None).credits
}

fn pairs(credits: &[Credit]) -> Vec<(Role, &str)> {
    credits.iter().map(|credit| (credit.role, credit.name.as_str())).collect()
}

#[test]
fn phrases_stand_before_names_or_after_them() {
    let german = Language::new("de").unwrap();
    let house = Lexicon::builder()
        .phrase("Ins Reine gebracht von", Position::Before, Role::CopyEditor, Some(&german))
        .phrase("wuchtete die Daten", Position::After, Role::Researcher, Some(&german));
    let found = credits(house.clone(), "Ins Reine gebracht von Tarquin Bellweather");
    assert_eq!(pairs(&found), [(Role::CopyEditor, "Tarquin Bellweather")]);
    let found = credits(house, "Tarquin Bellweather wuchtete die Daten.");
    assert_eq!(pairs(&found), [(Role::Researcher, "Tarquin Bellweather")]);
}

#[test]
fn titles_are_taken_off_names_and_may_give_the_role() {
    let house = Lexicon::builder().title("Nachtwache", Role::Editor).bare_title("Kapitän");
    let found = credits(house.clone(), "Nachtwache Tarquin Bellweather");
    assert_eq!(pairs(&found), [(Role::Editor, "Tarquin Bellweather")]);
    let found = credits(house, "Reporting by Kapitän Tarquin Bellweather");
    assert_eq!(pairs(&found), [(Role::Reporter, "Tarquin Bellweather")]);
}

#[test]
fn bureaus_are_desks_and_tools_are_software() {
    let house = Lexicon::builder().bureau("Night Owls").tool("Polyglotta");
    let found = credits(house.clone(), "Edited by Night Owls");
    assert_eq!(found[0].kind, Kind::Desk);
    let line = parse(&house.build().unwrap(), "Translated by Polyglotta", None);
    assert_eq!(line.credits[0].kind, Kind::Software);
    assert_eq!(line.machines[0].tool.as_deref(), Some("Polyglotta"));
}

#[test]
fn initials_stand_for_people() {
    let house = Lexicon::builder().initials("tbw", "Tarquin Bellweather");
    let found = credits(house, "(tbw/xyz)");
    assert_eq!(
        pairs(&found),
        [(Role::Unspecified, "Tarquin Bellweather"), (Role::Unspecified, "xyz")]
    );
    assert!(!found[0].initials && found[1].initials);
}

#[test]
fn a_house_may_name_a_language() {
    let frisian = Language::new("fy").unwrap();
    let house = Lexicon::builder().language("Stadsfrisian", &frisian);
    let found = credits(house, "Translated from the Stadsfrisian by Tarquin Bellweather");
    assert_eq!(found[0].source_language, Some(frisian));
}

#[test]
fn a_bad_entry_is_refused_with_its_place() {
    let refused = |builder: LexiconBuilder| {
        let error = builder.build().unwrap_err();
        (error.list, error.index, error.fault)
    };
    let (list, index, fault) = refused(Lexicon::builder().tool("Polyglotta").tool("42"));
    assert_eq!((list, index), ("tools", 1));
    assert!(matches!(fault, EntryFault::NoLetter(_)));
    let (list, index, fault) = refused(Lexicon::builder().bureau(&"x".repeat(200)));
    assert_eq!((list, index), ("bureaus", 0));
    assert!(matches!(fault, EntryFault::TooLong { len: 200, .. }));
    let braces = Lexicon::builder().phrase("{a|b", Position::Before, Role::Editor, None);
    assert!(matches!(refused(braces).2, EntryFault::Brace(_)));
    let twice = Lexicon::builder().initials("ab", "Tarquin Bellweather").initials("ab", "Odile");
    let (list, index, fault) = refused(twice);
    assert_eq!((list, index), ("initials", 1));
    assert!(matches!(fault, EntryFault::Conflict(_)));
}

#[test]
fn the_digest_says_which_words_were_known() {
    let plain = Lexicon::builder().build().unwrap().digest();
    assert_eq!(plain, Lexicon::builtin().digest());
    let tool = Lexicon::builder().tool("Polyglotta").build().unwrap().digest();
    let bureau = Lexicon::builder().bureau("Polyglotta").build().unwrap().digest();
    assert!(plain != tool && tool != bureau);
}
