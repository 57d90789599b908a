//! Filters of `log` and `stats`, and the figures themselves.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::limits::append_newer;

const EN: &str = "Council reopens the old bridge\n\n\
    LUGO, March 1 (Courier) - The council voted on Sunday to reopen the old bridge.\n\n\
    About 4,000 people cross it every day, its speaker said.\n\n\
    (Reporting by Ada Prell; Editing by Tomas Uhl)\n";
const FR: &str = "Le conseil rouvre le vieux pont\n\n\
    LUGO, 1er mars (Courier) - Le conseil a voté dimanche la réouverture du vieux pont.\n\n\
    Quelque 4.000 personnes l'empruntent chaque jour, selon son porte-parole.\n\n\
    (Ada Prell, version française Ilse Marchand, édité par Ilse Marchand)\n";
const DE: &str = "Der Rat öffnet die alte Brücke wieder\n\n\
    Der Rat hat am Sonntag beschlossen, die alte Brücke wieder zu öffnen.\n\n\
    Rund 4000 Menschen überqueren sie nach Angaben der Sprecherin jeden Tag.\n\n\
    (Redaktion: Night desk)\n";
const SHORT: &str = "A short word\n\nNobody has signed this text, which is short.\n";

/// A desk with an original, three translations, a text without credits, and what became of them.
///
/// | record | what |
/// |---|---|
/// | 0 | `en`, of the Courier, published in February |
/// | 1 | `fr` from it, translated and edited by one person |
/// | 2 | `de` from it, by a machine and a person, edited by a desk |
/// | 3 | `en`, corrected: a number |
/// | 4 | `de` is reviewed in full against that |
/// | 5 | `short`, with no credits |
/// | 6 | `es`, of a source outside the log, published on a day that can't be read |
pub fn desk() -> Desk {
    let desk = Desk::with_log();
    let settings = std::fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let house = "\n[credit]\nbureaus = [\"Night desk\"]\n\n[[people]]\nname = \"Ada Prell\"\n\
                 spellings = [\"A. Prell\", \"Ада Прелл\"]\n";
    desk.write("provenance.toml", settings + house);
    let record = |id: &str, text: &str, args: &[&str]| {
        let name = format!("{id}.txt");
        desk.write(&name, text);
        desk.ok(&[&["record", &name, "--id", id], args].concat());
    };
    record("en", EN, &["--publisher", "The Courier", "--published", "2026-02-28T23:30:00-01:00"]);
    record("fr", FR, &["--translation-of", "en", "--published", "2026-02-27"]);
    let machine = ["--machine", "Polyglot 3", "--language", "de", "--translation-of", "en"];
    let translator = ["--credit", "translator=A. Prell"];
    record("de", DE, &[machine.as_slice(), &translator].concat());
    let en = EN.replace("4,000", "40,000");
    record("en", &en, &["--correction", "40,000, not 4,000", "--publisher", "The Courier"]);
    desk.ok(&["review", "de", "--against", "en@2", "--by", "Lou Vidal"]);
    record("short", SHORT, &[]);
    let spanish = "El puente\n\nEl consejo reabre el puente viejo, dijo su portavoz el domingo.\n";
    let outside = ["--translation-of", "https://elsewhere.example/a", "--language", "es"];
    record("es", spanish, &[outside.as_slice(), &["--published", "last Sunday"]].concat());
    desk
}

/// The indices of the records that `log` lists, and what it says beside them.
#[track_caller]
fn listed(desk: &Desk, args: &[&str]) -> (Vec<u64>, String) {
    let run = desk.run(&[&["log", "--format", "ndjson"], args].concat());
    assert_eq!(run.code, 0, "{args:?}: {run:#?}");
    let index = |line: &str| {
        serde_json::from_str::<Value>(line).unwrap()["index"].as_u64().expect("an index")
    };
    (run.out.lines().map(index).collect(), run.err)
}

#[test]
fn a_filter_leaves_what_is_asked_for() {
    let desk = desk();
    for (args, wanted) in [
        (&[][..], &[0, 1, 2, 3, 4, 5, 6][..]),
        // Every spelling leads to the person, whichever was credited.
        (&["--person", "Ada Prell"], &[0, 1, 2, 3]),
        (&["--person", "A. Prell"], &[0, 1, 2, 3]),
        (&["--person", "Ada\u{A0}Prell", "--role", "translator"], &[2]),
        (&["--person", "ada prell"], &[]),
        (&["--person", "Prell"], &[]),
        (&["--person", "Ilse Marchand", "--role", "editor"], &[1]),
        (&["--person", "Tomas Uhl", "--role", "translator"], &[]),
        (&["--role", "translator"], &[1, 2]),
        (&["--desk", "Night desk"], &[2]),
        (&["--desk", "Night desk", "--role", "translator"], &[]),
        (&["--desk", "Night desk", "--person", "A. Prell"], &[2]),
        (&["--desk", "Ada Prell"], &[]),
        (&["--pair", "en-fr"], &[1]),
        (&["--pair", "en:de"], &[2]),
        (&["--pair", "*-es"], &[6]),
        (&["--pair", "en-es"], &[]),
        (&["--pair", "en-*"], &[1, 2]),
        (&["--pair", "*-*"], &[1, 2, 6]),
        (&["--publisher", "The Courier"], &[0, 3]),
        (&["--publisher", "Courier"], &[0, 1, 3]),
        (&["--publisher", "Courier", "--role", "translator"], &[1]),
        (&["--since", "2026-03-02"], &[]),
        (&["--until", "2026-03-01"], &[]),
        (&["--since", "2026-03-01", "--until", "2026-03-02"], &[0, 1, 2, 3, 4, 5, 6]),
        (&["--by", "published", "--since", "2026-03-01T00:30:00Z"], &[0]),
        (&["--by", "published", "--until", "2026-03-01T00:30:00Z"], &[1]),
        (&["--by", "published", "--since", "2026-02-27", "--until", "2026-02-28"], &[1]),
        (&["--rule", "translator-edits-own-work"], &[1]),
        (&["--rule", "stale-translation"], &[1]),
        (&["--rule", "stale-translation", "--person", "A. Prell", "--role", "editor"], &[]),
        (&["en", "--person", "Tomas Uhl"], &[0, 3]),
        (&["de", "--since", "2026-03-01"], &[2, 4]),
        (&["de", "--pair", "en-de"], &[2]),
    ] {
        let (found, _) = listed(&desk, args);
        assert_eq!(found, wanted, "{args:?}");
        let (anew, _) = listed(&desk, &[args, &["--no-index"]].concat());
        assert_eq!(anew, wanted, "{args:?}, read whole");
    }
    // The two ends of a period: what it begins with is in it, what it ends with isn't.
    let times = desk.json(&["log", "en"]).0;
    let time = times["records"][0]["recorded"].as_str().unwrap();
    assert_eq!(listed(&desk, &["--since", time, "en"]).0, [0, 3]);
    assert_eq!(listed(&desk, &["--until", time]).0, [0; 0]);
}

#[test]
fn what_a_filter_can_not_judge_is_said() {
    let desk = desk();
    let (found, said) = listed(&desk, &["--by", "published", "--since", "2026-01-01"]);
    assert_eq!(found, [0, 1]);
    // Of the others with and without a text, none says when it was published.
    assert!(said.contains("states no time that can be read: 5 records"), "{said}");
    let (_, said) =
        listed(&desk, &["--by", "published", "--since", "2026-01-01", "--pair", "*-es"]);
    assert!(said.contains("states no time that can be read: 1 record"), "{said}");
    append_newer(&desk);
    for args in [&["log", "--role", "editor"][..], &["stats"], &["stats", "--role", "editor"]] {
        desk.fails(2, args, &["newer format: 1 record"]);
    }
    assert_eq!(desk.json(&["stats"]).0["records"], 8);
    assert_eq!(desk.json(&["stats", "--role", "editor"]).0["records"], 4);
}

#[test]
fn a_log_in_figures() {
    let desk = desk();
    let (stats, code) = desk.json(&["stats"]);
    assert_eq!(code, 0);
    insta::assert_json_snapshot!(stats);
    insta::assert_snapshot!(desk.ok(&["stats"]));
}

#[test]
fn figures_are_of_what_is_asked_for() {
    let desk = desk();
    let stats = |args: &[&str]| desk.json(&[&["stats"], args].concat()).0;
    let french = stats(&["--pair", "en-fr"]);
    assert_eq!((&french["articles"], &french["records"]), (&json!(1), &json!(1)));
    assert_eq!(french["four_eyes"]["two"], 1);
    // An article is counted by the version that is asked for, and judged as it stands today.
    let time = desk.json(&["show", "0"]).0["recorded"].clone();
    let until = time.as_str().unwrap().replace(".000Z", ".001Z");
    let first = stats(&["--until", &until]);
    assert_eq!((&first["articles"], &first["versions"]), (&json!(1), &json!(1)));
    let nothing = stats(&["--person", "Nobody"]);
    assert_eq!(nothing["articles"], 0);
    assert_eq!(nothing["four_eyes"]["share"], Value::Null);
    assert_eq!(nothing["delay"]["seconds"], Value::Null);
    let months = stats(&["--by", "published"])["credits"]["by_month"].clone();
    assert_eq!(months[0]["month"], Value::Null, "{months:#}");
    assert_eq!(months[1]["month"], "2026-02", "{months:#}");
}

/// How `stats` judges the one text of a log that has these credits.
#[track_caller]
fn eyes(text_language: &str, credits: &[&str], more: &[&str], wanted: &str) {
    let desk = Desk::with_log();
    let settings = std::fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
    let people = "\n[[people]]\nname = \"Ada Prell\"\nspellings = [\"A. Prell\", \"ap\"]\n";
    desk.write("provenance.toml", settings + people);
    desk.write("a.txt", SHORT);
    let mut args = vec!["record", "a.txt", "--language", text_language];
    args.extend(credits.iter().flat_map(|credit| ["--credit", credit]));
    args.extend(more);
    desk.ok(&args);
    let judged = desk.json(&["stats"]).0["four_eyes"].clone();
    assert_eq!(judged[wanted], 1, "{credits:?}: {judged:#}");
}

#[test]
fn four_eyes_are_two_people_of_this_version() {
    let translated = ["--translation-of", "https://elsewhere.example/a"];
    for (credits, more, wanted) in [
        (&["writer=Ada Prell", "editor=Tomas Uhl"][..], &[][..], "four"),
        (&["reporter=Ada Prell", "copy_editor=Tomas Uhl"], &[], "four"),
        (&["reporter=Ada Prell", "writer=Tomas Uhl", "editor=Ada Prell"], &[], "four"),
        (&["writer=Ada Prell", "editor=A. Prell"], &[], "two"),
        (&["writer=Ada Prell"], &[], "two"),
        (&["writer=Ada Prell", "editor[fr]=Tomas Uhl"], &[], "two"),
        (&["writer=Ada Prell", "reviewer=Tomas Uhl"], &[], "two"),
        (&["editor=Tomas Uhl"], &[], "no_maker"),
        (&["translator[fr]=Ilse Marchand", "editor=Tomas Uhl"], &[], "no_maker"),
        // Who wrote the original did not make the translation.
        (&["writer=Ada Prell", "editor=Tomas Uhl"], &translated, "no_maker"),
        (&["translator=Ilse Marchand", "editor=Ada Prell"], &translated, "four"),
        (&["translator=Ilse Marchand", "editor=Ilse Marchand"], &translated, "two"),
        (
            &["translator=Ilse Marchand", "translator=Ada Prell", "editor=Ada Prell"],
            &translated,
            "two",
        ),
    ] {
        eyes("en", credits, more, wanted);
    }
}
