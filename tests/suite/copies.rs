//! Copies of a recorded article, each with the verdict, the status and the exit code that are true of
//! it; and `diff` between files, records and versions.

use serde_json::Value;

use crate::desk::Desk;

const FIRST: &str = "Ferry returns to the northern quay\n\n\
    The ferry came back to the northern quay on Tuesday after its engine failed.\n\n\
    It had 4,000 crates and forty people on board, said Anna Lindqvist, who keeps the harbour.\n\n\
    Divers will look at the hull before the crossing resumes in the spring.\n\n\
    (Reporting by Ada Prell; Editing by Tomas Uhl)\n";

/// A desk with two versions of an article, the second a correction.
fn desk() -> Desk {
    let desk = Desk::with_log();
    desk.write("ferry.txt", FIRST);
    desk.ok(&["record", "ferry.txt"]);
    desk.write("ferry.txt", second());
    desk.ok(&["record", "ferry.txt", "--correction", "4,400 crates, not 4,000"]);
    desk
}

fn second() -> String {
    FIRST.replace("4,000", "4,400")
}

/// The answer on a copy, and that its words never say "verified" alone.
fn verified(desk: &Desk, args: &[&str]) -> (Value, i32) {
    let human = desk.run(&[&["verify"], args].concat());
    assert!(!human.out.to_lowercase().contains("verified"), "{human:#?}");
    let (answer, code) = desk.json(&[&["verify"], args].concat());
    assert_eq!(human.code, code);
    assert_eq!(answer["ok"], code == 0);
    (answer["articles"][0].clone(), code)
}

#[test]
fn an_accurate_copy_of_an_old_version_is_that_and_corrected() {
    let desk = desk();
    desk.write("copy/old.txt", FIRST);
    let (copy, code) = verified(&desk, &["copy/old.txt"]);
    assert_eq!((copy["verdict"].as_str(), code), (Some("identical"), 0));
    assert_eq!((copy["version"].as_u64(), copy["status"].as_str()), (Some(1), Some("corrected")));
    assert_eq!(copy["found_by"], "digest");
}

#[test]
fn a_copy_under_a_new_name_is_found_by_its_text() {
    let desk = desk();
    desk.write("elsewhere.txt", second().replace('\n', "\r\n"));
    let (copy, code) = verified(&desk, &["elsewhere.txt"]);
    assert_eq!((copy["verdict"].as_str(), code), (Some("same_text"), 0));
    assert_eq!((copy["version"].as_u64(), copy["status"].as_str()), (Some(2), Some("current")));
    assert_eq!((&copy["found_by"], &copy["article"]), (&"digest".into(), &"ferry.txt".into()));
}

#[test]
fn a_tampered_copy_is_changed_where_it_was() {
    let desk = desk();
    desk.write("tampered.txt", second().replace("4,400", "44,000"));
    let (copy, code) = verified(&desk, &["tampered.txt"]);
    assert_eq!((copy["verdict"].as_str(), code), (Some("changed"), 1));
    let change = &copy["paragraphs"][0];
    assert_eq!(
        (&change["kind"], &change["old"], &change["new"]),
        (&"changed".into(), &2.into(), &2.into())
    );
    assert_eq!(copy["parts"]["credits"], "same_text");
    assert_eq!(copy["parts"]["headline"], "same_text");
}

#[test]
fn a_copy_cut_short_is_cut() {
    let desk = desk();
    let end = second().find("Divers").unwrap();
    desk.write("short.txt", &second()[..end]);
    let (copy, code) = verified(&desk, &["short.txt"]);
    assert_eq!((copy["verdict"].as_str(), code), (Some("changed"), 1));
    assert_eq!(copy["paragraphs"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&copy["paragraphs"][0]["kind"], &copy["paragraphs"][0]["old"]),
        (&"cut".into(), &3.into())
    );
    assert_eq!(copy["credits"]["removed"].as_array().unwrap().len(), 2);
}

#[test]
fn another_headline_or_byline_leaves_the_body_as_it_is() {
    let desk = desk();
    desk.write("typed.txt", second().replace("Ferry returns", "FERRY IS BACK, returns"));
    let (copy, code) = verified(&desk, &["typed.txt"]);
    assert_eq!((copy["verdict"].as_str(), code), (Some("changed"), 1));
    assert_eq!(
        (&copy["parts"]["headline"], &copy["parts"]["body"]),
        (&"changed".into(), &"same_text".into())
    );
    let (_, code) = verified(&desk, &["typed.txt", "--only", "body"]);
    assert_eq!(code, 0);

    desk.write("bylined.txt", second().replace("Ada Prell", "Ida Kroll"));
    let (copy, code) = verified(&desk, &["bylined.txt"]);
    assert_eq!((copy["verdict"].as_str(), code), (Some("changed"), 1));
    assert_eq!(
        (&copy["parts"]["credits"], &copy["parts"]["body"]),
        (&"changed".into(), &"same_text".into())
    );
    assert_eq!(copy["credits"]["added"][0]["name"], "Ida Kroll");
    assert_eq!(copy["credits"]["removed"][0]["name"], "Ada Prell");
}

#[test]
fn versions_are_compared_by_word_where_their_text_is_kept_and_by_digest_elsewhere() {
    let desk = desk();
    let (by_digest, code) = desk.json(&["diff", "ferry.txt@1", "ferry.txt@2"]);
    assert_eq!((by_digest["verdict"].as_str(), code), (Some("changed"), 1));
    let kept = by_digest["old"]["words"] == "kept";
    let change = &by_digest["paragraphs"][0];
    assert_eq!((change["kind"].as_str(), change["old"].as_u64()), (Some("changed"), Some(2)));
    assert_eq!(change["weight"].is_null(), !kept);
    // Files are at hand.
    desk.write("a.txt", FIRST);
    desk.write("b.txt", second());
    let (files, code) = desk.json(&["diff", "a.txt", "b.txt"]);
    assert_eq!((files["weight"].as_str(), code), (Some("substantive"), 1));
    let signal = &files["paragraphs"][0]["signals"][0];
    assert_eq!(signal["sign"], "number");
    assert_eq!((&signal["old"][0], &signal["new"][0]), (&"4,000".into(), &"4,400".into()));
    let words = &files["paragraphs"][0]["words"];
    assert_eq!(words.as_array().unwrap().len(), 1);
    for layout in ["--unified", "--side-by-side"] {
        let shown = desk.fails(1, &["diff", "a.txt", "b.txt", layout], &["[-4,000-]", "{+4,400+}"]);
        let lines: Vec<&str> = shown.out.lines().collect();
        assert!(lines[1].contains("substantive paragraph 2: number 4,000 → 4,400"), "{shown:#?}");
        assert_eq!(lines.iter().any(|line| line.contains(" │ ")), layout == "--side-by-side");
    }
}

#[test]
fn diff_answers_by_its_exit_code() {
    let desk = desk();
    desk.write("same.txt", second().replace('\n', "\r\n"));
    desk.write("quotes.txt", second().replace("said Anna", "“said” Anna"));
    desk.write("straight.txt", second().replace("said Anna", "\"said\" Anna"));
    desk.ok(&["diff", "ferry.txt", "same.txt"]);
    let (set, code) = desk.json(&["diff", "quotes.txt", "straight.txt"]);
    assert_eq!((set["verdict"].as_str(), code), (Some("typography"), 0));
    desk.fails(1, &["diff", "id:ferry.txt", "quotes.txt"], &["changed"]);
    desk.fails(2, &["diff", "ferry.txt", "nowhere.txt"], &["nowhere.txt"]);
    desk.fails(2, &["diff", "ferry.txt"], &["required"]);
}
