//! What is told for prose is a paragraph when it is read, too.

use super::*;
use crate::credit::find::Reading;
use crate::credit::line::parse;

/// What [`crate::credit::find`] asks for.
const LEAST: usize = 60;

/// How many mixtures are tried.
const ROUNDS: usize = 60_000;

/// A small generator of numbers, the same on every run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(value).unwrap_or_default() % limit.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }
}

/// Whether it is told for prose; the readings of all that are must say the same.
#[track_caller]
fn told(text: &str, wrong: &mut Vec<String>) -> bool {
    let lexicon = Lexicon::builtin();
    let block = text.trim();
    let told = is_prose(lexicon, (block, Form::Unknown), LEAST, &mut Votes::default());
    if told && !Reading::read(parse(lexicon, block, None).into(), block).is_paragraph() {
        wrong.push(format!("{block:?}"));
    }
    told
}

macro_rules! fixtures {
    ($($name:literal),+ $(,)?) => {
        [$(include_str!(concat!("../../../tests/fixtures/", $name))),+]
    };
}

/// Lines of credits and of prose in many languages.
const FIXTURES: &[&str] = &fixtures![
    "credits/ar.jsonl",
    "credits/bg.jsonl",
    "credits/ca.jsonl",
    "credits/cs.jsonl",
    "credits/de.jsonl",
    "credits/el.jsonl",
    "credits/en.jsonl",
    "credits/es.jsonl",
    "credits/fr.jsonl",
    "credits/hi.jsonl",
    "credits/id.jsonl",
    "credits/it.jsonl",
    "credits/ja.jsonl",
    "credits/ko.jsonl",
    "credits/pl.jsonl",
    "credits/pt.jsonl",
    "credits/ru.jsonl",
    "credits/tr.jsonl",
    "credits/vi.jsonl",
    "credits/zh.jsonl",
    "mutations/ar.txt",
    "mutations/de.txt",
    "mutations/el.txt",
    "mutations/en.txt",
    "mutations/es.txt",
    "mutations/fr.txt",
    "mutations/hi.txt",
    "mutations/ja.txt",
    "mutations/ru.txt",
    "mutations/th.txt",
    "mutations/tr.txt",
    "mutations/zh.txt",
    "edits/en-cut.txt",
    "edits/en-everything.txt",
];

#[test]
fn every_line_at_hand_is_told_as_it_is_read() {
    let all: Vec<String> = FIXTURES
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| {
            let read = serde_json::from_str::<serde_json::Value>(line).ok();
            let own = read.and_then(|value| value.get("text")?.as_str().map(str::to_owned));
            own.unwrap_or_else(|| line.to_owned())
        })
        .collect();
    let mut wrong = Vec::new();
    let mut prose = 0;
    let mut numbers = Numbers(0x7072_6F73_6500_0001);
    for line in &all {
        prose += usize::from(told(line, &mut wrong));
        let other = all.get(numbers.below(all.len())).cloned().unwrap_or_default();
        told(&format!("{line} {other}"), &mut wrong);
        told(&format!("{line}. {}.", other.to_lowercase()), &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert!(prose > 25, "{prose} of {} are prose", all.len());
}

/// Words of prose and names, a script each.
const SCRIPTS: &[(&[&str], &[&str])] = &[
    (
        &[
            "bridge", "repairs", "council", "voted", "it", "was", "the", "a", "and", "12",
            "Tuesday", "closed",
        ],
        &["Ada Prell", "Jonas Vetter", "tomas uhl", "Nina", "NINA RASK", "Oskar Lind-Moe"],
    ),
    (
        &[
            "ouvriers",
            "pont",
            "fermé",
            "travaux",
            "le",
            "la",
            "du",
            "et",
            "a voté",
            "municipal",
            "Brücke",
            "die",
        ],
        &["Étienne Prell", "Zoë Vetter", "éloi uhl", "Inês"],
    ),
    (
        &[
            "постройка",
            "дороги",
            "совет",
            "открыть",
            "на",
            "и",
            "старого",
            "моста",
            "κυβέρνηση",
            "το",
        ],
        &["Іван Гай", "Нина Раск", "ада прелл"],
    ),
    (
        &["الجسر", "الترميم", "وقال", "مجلس", "المدينة", "في", "على", "من", "يوم", "القديم"],
        &["سمير الخوري", "ليلى"],
    ),
    (
        &["古い橋", "を", "再び開通させる", "修復工事", "は", "が", "市議会", "港务处", "、", "。"],
        &["山田太郎", "サトウ", "王小明"],
    ),
    (
        &["다리", "시의회는", "화요일", "수리를", "마치고", "पुल", "परिषद", "สะพาน"],
        &["김하람", "रीमा नायर"],
    ),
];

#[test]
fn no_mixture_of_phrases_names_and_words_is_told_wrongly() {
    let phrases: Vec<&str> = Lexicon::builtin().phrases().collect();
    let marks =
        [". ", ", ", "; ", ": ", " (", ") ", " - ", "/", "\n", "’s ", ".", " “", "” ", ".."];
    let mut numbers = Numbers(0x7072_6F73_6500_0002);
    let mut wrong = Vec::new();
    let mut prose = 0;
    for round in 0..ROUNDS {
        let (words, names) = SCRIPTS[round % SCRIPTS.len()];
        // From hardly any phrase, name or mark to many.
        let (few, many) = (numbers.below(12), numbers.below(14));
        let mut text = String::new();
        for _ in 0..8 + numbers.below(40) {
            match numbers.below(24) {
                kind if kind < few => text.push_str(numbers.of(names)),
                kind if kind < 2 + few / 2 => text.push_str(numbers.of(&phrases)),
                _ => text.push_str(numbers.of(words)),
            }
            let mark = numbers.below(24) < many;
            text.push_str(if mark { numbers.of(&marks) } else { " " });
        }
        prose += usize::from(told(&text, &mut wrong));
    }
    assert!(wrong.is_empty(), "{} of {prose}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(prose * 20 > ROUNDS, "{prose} are prose");
}

#[test]
fn ordinary_paragraphs_are_told() {
    let mut wrong = Vec::new();
    for text in [
        "The council of Varnik voted on Tuesday to reopen the old bridge after two years of repairs.",
        "\"It is done,\" its speaker, Oskar Lind, told reporters at the town hall late in the evening.",
        "Le conseil municipal a voté mardi la réouverture du vieux pont, fermé depuis deux ans déjà.",
        "Совет Варника во вторник проголосовал за открытие старого моста после двух лет ремонта.",
        "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke nach zwei Jahren wieder zu öffnen.",
    ] {
        assert!(told(text, &mut wrong), "{text}");
    }
    assert!(!told(
        "(Reporting by Ada Prell and Jonas Vetter in Varnik; Editing by Tomas Uhl and Nina Rask)",
        &mut wrong
    ));
    assert!(wrong.is_empty(), "{wrong:?}");
}
