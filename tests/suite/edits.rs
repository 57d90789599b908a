//! Written edits, a file each under `tests/fixtures/edits/`: a text before, after, and what is to be
//! told of it. Adding a case is adding a file; its header is
//!
//!     why: what was edited
//!     language: the texts' language
//!     verdict: same_text, typography or changed
//!     report: KIND OLD NEW WEIGHT SIGN,SIGN     one a paragraph that differs; `-` for none
//!
//! then `---- before`, the text, `---- after`, the text.

use std::collections::BTreeSet;
use std::fs;

use siglum::compare::difference::{self, Paragraph};
use siglum::compare::verdict;
use siglum::text::language::Language;
use siglum::text::profile::Text;

use crate::desk::project;

struct Edit {
    language: Language,
    verdict: String,
    report: Vec<String>,
    before: Text,
    after: Text,
}

fn read(name: &str, file: &str) -> Edit {
    let (header, texts) = file.split_once("---- before\n").expect(name);
    let (before, after) = texts.split_once("\n---- after\n").expect(name);
    let values = |key: &str| -> Vec<String> {
        let lines = header.lines().filter_map(|line| line.strip_prefix(key));
        lines.map(|value| value.trim().to_owned()).collect()
    };
    let one = |key: &str| values(key).into_iter().next().unwrap_or_else(|| panic!("{name}: {key}"));
    assert!(!one("why:").is_empty(), "{name}");
    Edit {
        language: Language::new(&one("language:")).expect(name),
        verdict: one("verdict:"),
        report: values("report:"),
        before: Text::new(before),
        after: Text::new(after),
    }
}

fn line(paragraph: &Paragraph) -> String {
    let place = |first: Option<usize>, count: usize| match first {
        None => "-".to_owned(),
        Some(first) if count > 1 => format!("{first}-{}", first + count - 1),
        Some(first) => first.to_string(),
    };
    let weighed = paragraph.weighed.as_ref().expect("both texts are at hand");
    let signs: Vec<&str> = weighed.signals.iter().map(|signal| signal.sign.as_str()).collect();
    let line = format!(
        "{} {} {} {} {}",
        paragraph.kind,
        place(paragraph.old, paragraph.olds),
        place(paragraph.new, paragraph.news),
        weighed.weight,
        signs.join(",")
    );
    line.trim_end().to_owned()
}

#[test]
fn each_edit_is_told_as_its_file_says() {
    let mut wrong = Vec::new();
    let (mut languages, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    let mut count = 0;
    for entry in fs::read_dir(project("tests/fixtures/edits")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let edit = read(&name, &fs::read_to_string(&path).unwrap());
        let found = difference::of_texts(&edit.before, &edit.after, Some(&edit.language));
        let lines: Vec<String> = found.iter().map(line).collect();
        let verdict = verdict::of_texts(&edit.before, &edit.after).to_string();
        if verdict != edit.verdict || lines != edit.report {
            let signals: Vec<_> =
                found.iter().flat_map(|p| &p.weighed).map(|w| &w.signals).collect();
            wrong.push(format!(
                "{name}: expected {} {:?}, found {verdict} {lines:?} {signals:?}",
                edit.verdict, edit.report
            ));
        }
        languages.insert(edit.language.primary().to_owned());
        kinds.extend(found.iter().map(|paragraph| paragraph.kind.as_str()));
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 60, "{count} edits");
    assert!(languages.len() >= 15, "{languages:?}");
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}
