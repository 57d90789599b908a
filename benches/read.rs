//! How fast an article is read and recorded, against hashing its bytes.
//!
//! `cargo bench --bench read` takes plain text on one core and prints MB/s and the share of the raw
//! SHA-256 of the same bytes in the same run: from bytes to an article (`read`), the same where its
//! language is stated and nobody has to tell it (`stated`), and on to its record with six digests
//! of the text (`record`). Words after `--` name the languages to take.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use siglum::article::assemble::{Article, assemble};
use siglum::credit::lexicon::Lexicon;
use siglum::read::detect::{self, Wish};
use siglum::record::build::{Stated, build};
use siglum::record::event::Standing;
use siglum::record::time::Timestamp;
use siglum::text::digest::Digest;
use siglum::text::language::Language;

/// How long each figure is measured.
const TIME: Duration = Duration::from_millis(400);

/// Invented sentences, from which paragraphs are made.
const SENTENCES: &[(&str, &str, &[&str])] = &[
    (
        "en",
        "(Reporting by Ada Prell and Jonas Vetter in Varnik; Editing by Tomas Uhl)",
        &[
            "The council of Varnik voted on Tuesday to reopen the old bridge after two years of repairs.",
            "\"It is done,\" its speaker, Oskar Lind, told reporters at the town hall late in the evening.",
            "The work cost 4.2 million crowns, less than the five million that had been set aside for it.",
            "Lorries over 3.5 tonnes will have to take the ring road until the autumn, the council said.",
            "Shopkeepers on both banks had asked for an earlier date, by May at the latest.",
        ],
    ),
    (
        "fr",
        "(Reportage Ada Prell, version française Nina Rask, édité par Tomas Uhl)",
        &[
            "Le conseil municipal a voté mardi la réouverture du vieux pont, fermé depuis deux ans.",
            "« C'est fait », a déclaré son porte-parole, Oskar Lind, à la presse dans la soirée.",
            "Le chantier a coûté 4,2 millions de couronnes, moins que les cinq millions prévus.",
            "Les camions de plus de 3,5 tonnes devront emprunter la rocade jusqu'à l'automne.",
        ],
    ),
    (
        "ja",
        "（翻訳：佐藤美咲、編集：山田太郎）",
        &[
            "市議会は火曜日、二年間の修復工事を終えた古い橋を再び開通させることを決めた。",
            "広報担当者は記者団に対し、費用は当初予定の五百万クローネを下回ったと明らかにした。",
        ],
    ),
    (
        "ar",
        "(إعداد سمير الخوري للنشرة العربية - تحرير ليلى مراد)",
        &[
            "صوت مجلس المدينة يوم الثلاثاء على إعادة فتح الجسر القديم بعد عامين من أعمال الترميم.",
            "وقال المتحدث باسم المجلس للصحفيين إن التكلفة كانت أقل مما كان مقررا لها.",
        ],
    ),
];

/// An article of `paragraphs` paragraphs, three sentences each.
fn article(language: usize, paragraphs: usize) -> String {
    let (_, signoff, sentences) = SENTENCES[language % SENTENCES.len()];
    let mut text = String::from("Varnik reopens its old bridge\n\n");
    for number in 0..paragraphs {
        for offset in 0..3 {
            text.push_str(sentences[(number * 2 + offset) % sentences.len()]);
            text.push(' ');
        }
        text.push_str("\n\n");
    }
    text + signoff + "\n"
}

/// Reads plain text and says what each block is.
fn read(bytes: &[u8], language: Option<&Language>) -> Article {
    let document = detect::read(bytes, &Wish::default()).unwrap();
    assemble(document, Lexicon::builtin(), language)
}

fn record(bytes: &[u8]) -> usize {
    let lexicon = Lexicon::builtin();
    let article = read(bytes, None);
    let recorded = Timestamp::try_from("2026-05-12T10:00:00.000Z".to_owned()).unwrap();
    let stated = Stated::new("bridge", Standing::Own, recorded);
    build(&article, bytes, lexicon, stated).credits.len()
}

/// MB/s of what takes `bytes` bytes a call.
fn speed(bytes: usize, mut call: impl FnMut()) -> f64 {
    call();
    let begun = Instant::now();
    let mut calls = 0_u32;
    while begun.elapsed() < TIME {
        call();
        calls += 1;
    }
    bytes as f64 * f64::from(calls) / begun.elapsed().as_secs_f64() / 1e6
}

fn main() {
    println!(
        "{:<20} {:>8} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "plain text", "bytes", "SHA-256", "read", "", "stated", "", "record", ""
    );
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    for (language, (tag, ..)) in SENTENCES.iter().enumerate() {
        if !wanted.is_empty() && !wanted.iter().any(|one| one == tag) {
            continue;
        }
        let stated = Language::new(tag).unwrap();
        for paragraphs in [12, 40, 200] {
            let text = article(language, paragraphs);
            let bytes = text.as_bytes();
            assert!(record(bytes) > 0);
            let hashing = speed(bytes.len(), || {
                black_box(Digest::of_bytes(black_box(bytes)));
            });
            print!(
                "{:<20} {:>8} {hashing:>9.0}",
                format!("{tag}, {paragraphs} paragraphs"),
                bytes.len()
            );
            let figures = [
                speed(bytes.len(), || {
                    black_box(read(black_box(bytes), None));
                }),
                speed(bytes.len(), || {
                    black_box(read(black_box(bytes), Some(&stated)));
                }),
                speed(bytes.len(), || {
                    black_box(record(black_box(bytes)));
                }),
            ];
            for figure in figures {
                print!(" {figure:>7.1} {:>6.1}%", figure / hashing * 100.0);
            }
            println!();
        }
    }
}
