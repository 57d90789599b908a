//! A log of records of invented articles: the same for the same numbers.
//!
//! Each third record is a translation of the one before, each seventh of the others a new version of
//! the article six before. Records are of 12 paragraphs; those of every thousandth article are of a
//! text that can be had, the others' digests are of nothing.

use std::collections::VecDeque;
use std::fs::{self, OpenOptions};
use std::io::Write as _;

use siglum::article::assemble::assemble;
use siglum::credit::lexicon::Lexicon;
use siglum::credit::role::{Kind, Role};
use siglum::log::frame::{self, FILE_RECORDS};
use siglum::log::tree::{self, Edge};
use siglum::read::detect::{self, Wish};
use siglum::record::build::{self, Stated};
use siglum::record::event::{Event, Origin, Standing};
use siglum::record::fields::Record;
use siglum::record::source::Source;
use siglum::store::layout::Layout;
use siglum::text::digest::Digest;
use siglum::text::profile::Text;

/// How many records a group has.
const GROUP: u64 = 1000;

/// The id of an article.
pub(crate) fn id(number: u64) -> String {
    format!("desk/{number:07}.txt")
}

/// A body of 400 words that is kept.
#[allow(dead_code, reason = "not every bench asks")]
pub(crate) fn body(number: u64) -> String {
    let words =
        ["ferry", "quay", "storm", "crew", "harbour", "council", "bridge", "winter", "signal"];
    let mut state = number + 1;
    let sentence = |_| {
        let words: Vec<String> = (0..16)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let word = usize::try_from(state >> 33).unwrap();
                if word % 3 == 0 {
                    format!("ward {}", word % 997)
                } else {
                    words[word % 9].to_owned()
                }
            })
            .collect();
        format!("{}, the harbour master said.\n", words.join(" "))
    };
    (0..20).map(sentence).collect()
}

/// The text of an article.
pub(crate) fn article(number: u64) -> String {
    let paragraphs: String = (1..=12)
        .map(|n| {
            format!(
                "The council of ward {number} met on day {n} and counted {} boats at the quay, the \
                 harbour master said.\n\n",
                number * 31 + n
            )
        })
        .collect();
    format!(
        "Boats are counted in ward {number}\n\nSKARNE, March 5 - {paragraphs}(Reporting by Ada Prell; Editing by Ivo Pahl)\n"
    )
}

/// A log that grows by records.
pub(crate) struct Log {
    /// Whether each record's text is kept.
    keep: bool,
    edge: Edge,
    base: Record,
    /// The leaf hashes of the last records, the newest first.
    before: VecDeque<Digest>,
}

impl Log {
    pub(crate) fn new(keep: bool) -> Self {
        Self { keep, edge: Edge::new(), base: real(1000), before: VecDeque::new() }
    }

    /// How many records it has.
    #[allow(dead_code, reason = "not every bench asks")]
    pub(crate) fn size(&self) -> u64 {
        self.edge.size()
    }

    fn record(&self, layout: &Layout, number: u64) -> Vec<u8> {
        if number.is_multiple_of(GROUP) && !self.keep {
            return real(number).encode().unwrap();
        }
        let mut record = self.base.clone();
        record.article = Some(id(number));
        let digest = |n: u64| Digest::of_bytes(format!("{number} {n}").as_bytes());
        if let Some(text) = &mut record.text {
            (text.raw, text.whole, text.body) = (digest(100), digest(101), digest(102));
            text.paragraphs = (0..text.paragraphs.len() as u64).map(digest).collect();
            if self.keep {
                let body = Text::new(&body(number));
                text.body = body.digest();
                fs::write(layout.text(&text.body), body.as_str()).unwrap();
            }
        }
        let name = format!("Ada Prell {}", number % 5000);
        record.credits.push(build::operator_credit(Role::Researcher, name, Kind::Person));
        if number % 3 == 2 {
            record.origin = Some(Origin::Translation);
            record.sources.push(Source { leaf: self.before.front().copied(), ..Source::default() });
            let name = format!("Nina Rask {}", number % 700);
            record.credits.push(build::operator_credit(Role::Translator, name, Kind::Person));
        } else if number % 7 == 6 {
            record.article = Some(id(number - 6));
            record.previous = self.before.get(5).copied();
            record.event = Event::Update;
        }
        record.encode().unwrap()
    }

    /// Appends records, in groups that end where files do.
    pub(crate) fn append(&mut self, layout: &Layout, count: u64) {
        let end = self.edge.size() + count;
        while self.edge.size() < end {
            let first = self.edge.size();
            let room = (FILE_RECORDS - first % FILE_RECORDS).min(end - first).min(GROUP);
            let mut records = Vec::new();
            for number in first..first + room {
                let record = self.record(layout, number);
                let leaf = tree::leaf_hash(&record);
                self.edge.push(leaf, |_, _| ());
                self.before.push_front(leaf);
                self.before.truncate(6);
                records.push(record);
            }
            let mut bytes = Vec::new();
            frame::write_group(&mut bytes, first, &records, &self.edge.root());
            let path = layout.entry_file(first / FILE_RECORDS);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = OpenOptions::new().create(true).append(true).open(path);
            file.unwrap().write_all(&bytes).unwrap();
        }
    }
}

/// The record of an article's text.
fn real(number: u64) -> Record {
    let text = article(number);
    let document = detect::read(text.as_bytes(), &Wish::default()).unwrap();
    let lexicon = Lexicon::builtin();
    let read = assemble(document, lexicon, None);
    build::build(&read, text.as_bytes(), lexicon, stated(number))
}

fn stated(number: u64) -> Stated {
    let recorded = "2026-03-05T09:30:00.000Z".to_owned().try_into().unwrap();
    Stated::new(id(number), Standing::Own, recorded)
}
