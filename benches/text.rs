//! How fast texts are put into canonical form, digested and compared.
//!
//! `cargo bench --bench text`. Canonical form and all digests of an article (whole, body,
//! paragraphs, loose) are timed beside the digest calls alone, turn by turn in one run; medians.
//! Fails where a bound that the project states is broken.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    missing_docs
)]

#[path = "measure/mod.rs"]
mod measure;

use std::hint::black_box;
use std::time::Duration;

use measure::{median, time};
use siglum::compare::change;
use siglum::compare::difference;
use siglum::text::digest::Digest;
use siglum::text::loose;
use siglum::text::paragraphs::Paragraphs;
use siglum::text::profile::{self, Text};

const ROUNDS: usize = 41;

/// Invented paragraphs, a script each; the first are Latin.
const SCRIPTS: &[(&str, &str, f64)] = &[
    (
        "English",
        "The ferry left the northern quay before sunrise with forty people on board, said Anna Lind. It returned at noon; nobody was hurt, and the crossing resumed on Tuesday.",
        2.0,
    ),
    (
        "English, curly quotes",
        "“The ferry left before sunrise,” said Anna Lind, the harbour’s keeper — “and it won’t return.” Forty people were on board; nobody was hurt.",
        2.0,
    ),
    (
        "French",
        "Le bac a quitté le quai nord à l’aube avec quarante passagers à bord, a déclaré Anna Lind. « Personne n’a été blessé », a ajouté la capitainerie ; la traversée reprendra mardi.",
        2.0,
    ),
    (
        "Vietnamese",
        "Chuyến phà rời bến phía bắc trước bình minh với bốn mươi hành khách, bà Lê Thị Hạnh cho biết. Không ai bị thương và phà sẽ chạy lại vào thứ ba.",
        2.0,
    ),
    (
        "Russian",
        "Паром отошёл от северного причала до рассвета, на борту было сорок человек, сообщила смотрительница. Никто не пострадал, движение возобновится во вторник.",
        3.0,
    ),
    (
        "Greek",
        "Το πλοίο έφυγε από τη βόρεια αποβάθρα πριν από την ανατολή με σαράντα επιβάτες. Κανείς δεν τραυματίστηκε και το δρομολόγιο συνεχίζεται την Τρίτη.",
        3.0,
    ),
    (
        "Arabic",
        "غادرت العبّارة الرصيف الشمالي قبل الفجر وعلى متنها أربعون شخصاً، قالت حارسة الميناء. لم يُصب أحد بأذى وستُستأنف الرحلات يوم الثلاثاء.",
        3.0,
    ),
    (
        "Hebrew",
        "המעבורת יצאה מהרציף הצפוני לפני הזריחה ועל סיפונה ארבעים איש, אמרה מנהלת הנמל. איש לא נפגע וההפלגות יחודשו ביום שלישי.",
        3.0,
    ),
    (
        "Hindi",
        "नाव सूर्योदय से पहले उत्तरी घाट से चालीस यात्रियों के साथ निकली, बंदरगाह की रखवाली करने वाली ने बताया। किसी को चोट नहीं आई और सेवा मंगलवार को फिर शुरू होगी।",
        3.0,
    ),
    (
        "Thai",
        "เรือข้ามฟากออกจากท่าเรือเหนือก่อนรุ่งสางพร้อมผู้โดยสารสี่สิบคน ไม่มีผู้ใดได้รับบาดเจ็บ และจะเปิดให้บริการอีกครั้งในวันอังคาร",
        3.0,
    ),
    (
        "Japanese",
        "渡し船は夜明け前に四十人を乗せて北の桟橋を出た、と港の管理人が話した。けが人はなく、運航は火曜日に再開される見込みだ。",
        3.0,
    ),
    (
        "Chinese",
        "渡轮在黎明前载着四十人离开北码头，港口看守人说。没有人受伤，航线将于星期二恢复。",
        3.0,
    ),
    (
        "Korean",
        "나룻배는 새벽이 되기 전에 마흔 명을 태우고 북쪽 부두를 떠났다고 항구 관리인이 말했다. 다친 사람은 없으며 운항은 화요일에 다시 시작된다.",
        3.0,
    ),
];

fn main() {
    let mut broken = Vec::new();
    println!("canonical form and digests, beside the digest calls alone");
    for &(script, paragraph, bound) in SCRIPTS {
        let (ratio, speed) = digests(&article(paragraph, 40));
        println!("  {script:<22} {ratio:4.2}×  {speed:5.0} MB/s");
        if ratio > bound {
            broken.push(format!("{script}: {ratio:.2}× the digest calls, {bound}× is the bound"));
        }
    }
    println!("comparing two articles");
    for (name, count, edit) in [
        ("1,000 paragraphs, every tenth edited", 1_000, 10),
        ("1,000 paragraphs, all edited", 1_000, 1),
        ("4,000 paragraphs, every tenth edited", 4_000, 10),
        ("4,000 paragraphs, all edited", 4_000, 1),
    ] {
        let (old, new) = edited(count, edit);
        let time = compared(&old, &new);
        println!("  {name:<42} {:7.1} ms", time.as_secs_f64() * 1e3);
        if (count, edit) == (1_000, 10) && time > Duration::from_millis(50) {
            broken.push(format!("{name}: {time:?}, 50 ms is the bound"));
        }
    }
    println!("worst cases, twice the size each");
    for (name, worst) in WORST {
        let times: Vec<f64> = [1, 2, 4].map(|size| worst(size).as_secs_f64() * 1e3).to_vec();
        println!("  {name:<42} {:7.1} {:7.1} {:7.1} ms", times[0], times[1], times[2]);
        if times[2] > times[0] * 10.0 + 5.0 {
            broken
                .push(format!("{name}: four times the size took {:.1} times", times[2] / times[0]));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// An article of so many paragraphs, each a little different.
fn article(paragraph: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{paragraph} ({n})")).collect()
}

/// The time of canonical form and digests as a multiple of that of the digest calls, and its speed
/// in bytes of the article.
fn digests(paragraphs: &[String]) -> (f64, f64) {
    let texts = || paragraphs.iter().map(String::as_str);
    let whole = Text::from_paragraphs(texts());
    let folded = loose::fold(&whole).into_owned();
    let lines: Vec<&str> = whole.paragraphs().collect();
    let (mut all, mut alone) = (Vec::new(), Vec::new());
    let repeat = 64;
    for _ in 0..ROUNDS {
        all.push(time(|| {
            for _ in 0..repeat {
                // The whole, then the body, which an article's reader gives by itself.
                let whole = Text::from_paragraphs(black_box(texts()));
                black_box((whole.digest(), loose::digest(&whole)));
                let body = Text::from_paragraphs(black_box(texts()));
                black_box((body.digest(), loose::digest(&body), Paragraphs::of(&body)));
            }
        }));
        alone.push(time(|| {
            for _ in 0..repeat {
                for _ in 0..2 {
                    black_box(Digest::labelled(
                        profile::NAME,
                        black_box(whole.as_str()).as_bytes(),
                    ));
                    black_box(Digest::labelled(loose::NAME, black_box(folded.as_str()).as_bytes()));
                }
                for line in &lines {
                    black_box(Digest::labelled(profile::NAME, black_box(line).as_bytes()));
                }
            }
        }));
    }
    let (all, alone) = (median(all), median(alone));
    let bytes = whole.as_str().len() * repeat;
    (all.as_secs_f64() / alone.as_secs_f64(), bytes as f64 / 1e6 / all.as_secs_f64())
}

/// Two articles of `count` paragraphs, of which every `edit`th differs, one in fifty came, went or
/// moved.
fn edited(count: usize, edit: usize) -> (Text, Text) {
    let words =
        ["ferry", "quay", "storm", "crew", "harbour", "council", "bridge", "winter", "signal"];
    let mut state = 11_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let old: Vec<Vec<String>> = (0..count)
        .map(|_| (0..45).map(|_| format!("{}{}", words[next(9)], next(40))).collect())
        .collect();
    let mut new = old.clone();
    for paragraph in new.iter_mut().step_by(edit) {
        "4,000".clone_into(&mut paragraph[next(45)]);
        "not".clone_into(&mut paragraph[next(45)]);
    }
    for at in (0..count).step_by(50).skip(1) {
        new.swap(at, at - 7);
        new.remove(at - 3);
        new.insert(at - 11, (0..45).map(|n| format!("came{n}")).collect());
    }
    let text = |paragraphs: Vec<Vec<String>>| {
        let lines: Vec<String> =
            paragraphs.into_iter().map(|words| words.join(" ") + ".").collect();
        Text::from_paragraphs(lines.iter().map(String::as_str))
    };
    (text(old), text(new))
}

/// The median time of comparing two texts and weighing every change.
fn compared(old: &Text, new: &Text) -> Duration {
    let times: Vec<Duration> =
        (0..9).map(|_| time(|| drop(black_box(difference::of_texts(old, new, None))))).collect();
    median(times)
}

/// What costs the most, by a size to be doubled.
type Worst = (&'static str, fn(usize) -> Duration);

const WORST: &[Worst] = &[
    ("nothing in common, one-word paragraphs", |size| {
        let text = |word: &str| {
            Text::new(&(0..5_000 * size).map(|n| format!("{word}{n}\n")).collect::<String>())
        };
        compared(&text("a"), &text("b"))
    }),
    ("the same few words over and over", |size| {
        let text = |shift: usize| {
            let line = |n: usize| format!("a b c d {} {}\n", (n + shift) % 3, (n * shift) % 5);
            Text::new(&(0..5_000 * size).map(line).collect::<String>())
        };
        compared(&text(1), &text(2))
    }),
    ("one paragraph without a word in common", |size| {
        let text = |words: [&str; 3]| (0..20_000 * size).map(|n| words[n % 3]).collect::<String>();
        let (old, new) = (text(["a ", "b ", "c "]), text(["c ", "a ", "d "]));
        time(|| drop(black_box(change::weigh(&old, &new, None))))
    }),
    ("one paragraph of short sentences", |size| {
        let text =
            |word: &str| (0..5_000 * size).map(|n| format!("{word}{n} ran. ")).collect::<String>();
        let (old, new) = (text("a"), text("b"));
        time(|| drop(black_box(change::weigh(&old, &new, None))))
    }),
];
