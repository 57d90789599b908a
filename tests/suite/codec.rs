//! The codec: decoding undoes encoding, whatever is in a record; roots equal another program's.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use siglum::article::reconcile::From;
use siglum::credit::role::{Kind, Role};
use siglum::log::tree::{self, Edge};
use siglum::record::credit::{Credit, CreditLine};
use siglum::record::encode::EncodeError;
use siglum::record::event::{Event, Origin, Standing};
use siglum::record::fields::{Record, TextDigests};
use siglum::record::source::{Machine, Source};
use siglum::record::time::Timestamp;
use siglum::text::digest::Digest;
use siglum::text::language::Language;
use siglum::text::profile::Text;

/// Any text that is not empty, odd characters included.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{1,40}",
        "[\"\\\\\u{0}-\u{1f}\u{7f}-\u{9f}\u{61c}\u{200e}\u{2028}\u{202e}\u{2066}\u{feff}]{1,12}",
        "\\PC{1,20}",
    ]
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 32]>().prop_map(Digest::from_bytes)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0i64..4_000_000_000_000)
        .prop_map(|ms| Timestamp::new(DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms)))
}

prop_compose! {
    fn credit(lines: u32)(
        role in prop::sample::select(Role::ALL),
        kind in prop::sample::select(Kind::ALL),
        name in text(),
        sealed in prop::option::of(digest()),
        initials in any::<bool>(),
        place in maybe(),
        line in 1..=lines,
        in_line in any::<bool>(),
    ) -> Credit {
        Credit {
            role, kind, initials, place,
            name: sealed.is_none().then_some(name),
            name_sealed: sealed,
            language: Some(Language::new("zh-Hant").unwrap()),
            source_language: None,
            from: if in_line { From::Line } else { From::Metadata },
            line: in_line.then_some(line),
            name_span: None,
            phrase_span: None,
        }
    }
}

prop_compose! {
    fn record()(
        recorded in time(),
        event in prop::sample::select(&[Event::Published, Event::Update, Event::Correction][..]),
        origin in prop::sample::select(Origin::ALL),
        standing in prop::sample::select(Standing::ALL),
        strings in prop::collection::vec(maybe(), 11),
        article in text(),
        aliases in prop::collection::btree_set(text(), 0..4),
        digests in prop::collection::vec(digest(), 9),
        headline in maybe(),
        paragraphs in prop::collection::vec(digest(), 0..20),
        lines in prop::collection::vec(text(), 2),
        credits in prop::collection::vec(credit(2), 0..5),
        version in any::<u32>(),
    ) -> Record {
        let mut strings = strings.into_iter();
        let mut next = || strings.next().flatten();
        let mut record = Record::new(event, recorded.clone());
        record.origin = Some(origin);
        record.standing = Some(standing);
        record.recorded_by = next();
        record.publisher = next();
        record.provider = next();
        record.observed_url = next();
        record.observed_at = Some(recorded);
        record.request = next();
        record.story = next();
        record.dateline = next();
        record.byline = next();
        record.advisory = next();
        record.note = next();
        record.article = Some(article);
        record.aliases = aliases.into_iter().collect();
        record.previous = (event != Event::Published).then_some(digests[0]);
        record.reader = Some("text".to_owned());
        record.reader_version = Some(version);
        record.credit_parser = Some(1);
        record.lexicon = Some(digests[1]);
        let headline = headline.map(|text| Text::new(&text)).filter(|text| !text.is_empty());
        record.text = Some(TextDigests {
            profile: "text-1".to_owned(),
            raw: digests[2],
            whole: digests[3],
            whole_loose: digests[4],
            headline: headline.as_ref().map(Text::digest),
            body: digests[6],
            body_loose: digests[7],
            paragraph_count: paragraphs.len() as u32,
            paragraphs,
        });
        record.headline = headline.map(|text| text.as_str().to_owned());
        record.credit_lines =
            lines.into_iter().map(|text| CreditLine { text: Some(text), text_sealed: None }).collect();
        record.credits = credits;
        record.sources = vec![Source { label: next(), leaf: Some(digests[8]), ..Source::default() }];
        record.machines = vec![Machine::default()];
        record
    }
}

proptest! {
    #[test]
    fn decoding_undoes_encoding(record in record()) {
        let bytes = record.encode().unwrap();
        prop_assert_eq!(Record::decode(&bytes).unwrap(), record);
    }

    /// Whatever a byte of a record becomes, it is refused or reads as exactly what it says.
    #[test]
    fn one_record_has_one_spelling(record in record(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = record.encode().unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Record::decode(&bytes) {
            prop_assert_eq!(read.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Record::decode(&bytes);
    }
}

#[test]
fn every_character_round_trips() {
    for start in (0..=0x10_FFFFu32).step_by(4096) {
        let all: String = (start..start + 4096).filter_map(char::from_u32).collect();
        if all.is_empty() {
            continue;
        }
        let mut record = Record::new(Event::Review, Timestamp::new(DateTime::UNIX_EPOCH));
        record.event = Event::Withdrawal;
        record.article = Some("a".to_owned());
        record.previous = Some(Digest::of_bytes(b""));
        record.note = Some(all);
        let bytes = record.encode().unwrap();
        assert_eq!(Record::decode(&bytes).unwrap(), record, "from U+{start:04X}");
    }
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let mut record = Record::new(Event::Withdrawal, Timestamp::new(DateTime::UNIX_EPOCH));
    record.article = Some("a".to_owned());
    record.previous = Some(Digest::of_bytes(b""));
    record.note = Some("x".repeat(70_000));
    match record.encode() {
        Err(EncodeError::TooLong { size, field, field_size }) => {
            assert_eq!(field, "note");
            assert!(size > 70_000 && field_size > 70_000);
        }
        other => panic!("{other:?}"),
    }
    let longest = 70_000 - (record_size(&record) - 65_535);
    record.note = Some("x".repeat(longest));
    assert_eq!(record.encode().unwrap().len(), 65_535);
    record.note = Some("x".repeat(longest + 1));
    assert!(record.encode().is_err());
}

fn record_size(record: &Record) -> usize {
    match record.encode() {
        Err(EncodeError::TooLong { size, .. }) => size,
        other => panic!("{other:?}"),
    }
}

#[test]
fn roots_equal_those_of_another_program() {
    let mut edge = Edge::new();
    let mut records: Vec<Vec<u8>> = Vec::new();
    for n in 0..600u32 {
        records.push(n.to_be_bytes().to_vec());
        edge.push(tree::leaf_hash(&n.to_be_bytes()), |_, _| ());
        if n % 37 == 0 || n > 590 || (254..260).contains(&n) {
            assert_eq!(edge.root().as_bytes(), &crate::oracle::root_of(&records), "{n}");
        }
    }
}
