//! WARC files, whole and broken.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn response(number: usize) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{number}");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: <https://example.org/{number}>\r\n\
         WARC-Date: 2020-01-02T03:04:05.6Z\r\nContent-Type: application/http;msgtype=response\r\n\
         Content-Length: {}\r\n\r\n",
        http.len()
    );
    [head.as_bytes(), http.as_bytes(), b"\r\n\r\n"].concat()
}

fn info() -> Vec<u8> {
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\n folded: on\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
        .to_vec()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Offsets, and the target or what is wrong.
fn read(bytes: &[u8]) -> Vec<(u64, String)> {
    let all = Warc::new(Cursor::new(bytes)).unwrap();
    let said = |read: Result<Capture, RecordError>| match read {
        Ok(capture) => capture.target,
        Err(error) => error.to_string(),
    };
    all.map(|(at, read)| (at, said(read))).collect()
}

fn target(number: usize) -> String {
    format!("https://example.org/{number}")
}

#[test]
fn responses_are_read_and_other_records_passed_over() {
    let plain = [info(), response(1), info(), response(2)];
    let at = |parts: usize| plain.iter().take(parts).map(Vec::len).sum::<usize>() as u64;
    assert_eq!(read(&plain.concat()), [(at(1), target(1)), (at(3), target(2))]);
    let packed = plain.each_ref().map(|record| gz(record));
    let at = |parts: usize| packed.iter().take(parts).map(Vec::len).sum::<usize>() as u64;
    assert_eq!(read(&packed.concat()), [(at(1), target(1)), (at(3), target(2))]);
    // One member for all of them.
    assert_eq!(read(&gz(&plain.concat())), [(0, target(1)), (0, target(2))]);
    assert_eq!(read(b""), []);
    let capture = Warc::new(Cursor::new(response(1))).unwrap().next().unwrap().1.unwrap();
    assert_eq!(capture.date.to_rfc3339(), "2020-01-02T03:04:05.600+00:00");
    assert!(capture.block.ends_with(b"<p>1"));
}

#[test]
fn after_a_bad_record_the_rest_goes_on() {
    let one = response(1);
    for (bad, says) in [
        (b"nonsense\r\n\r\n".to_vec(), "no record begins here"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(), "`Content-Length`"),
        (
            String::from_utf8(response(9)).unwrap().replace("WARC-Date", "X").into_bytes(),
            "`WARC-Date`",
        ),
        (
            String::from_utf8(response(9)).unwrap().replace("WARC-Target-URI", "X").into_bytes(),
            "URI",
        ),
        (
            String::from_utf8(response(9))
                .unwrap()
                .replacen("\r\nContent-T", "\r\nWARC-Truncated: length\r\nContent-T", 1)
                .into_bytes(),
            "cut the record short (length)",
        ),
        (b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\nx\r\n".to_vec(), "at most"),
    ] {
        for packed in [false, true] {
            let wrap = |bytes: &[u8]| if packed { gz(bytes) } else { bytes.to_vec() };
            let (first, bad) = (wrap(&one), wrap(&bad));
            let (second, third) = (first.len() as u64, (first.len() + bad.len()) as u64);
            let found = read(&[first, bad, wrap(&response(2))].concat());
            assert_eq!(found.len(), 3, "{says}: {found:?}");
            assert_eq!(found[0], (0, target(1)));
            assert!(found[1].0 == second && found[1].1.contains(says), "{says}: {found:?}");
            assert_eq!(found[2], (third, target(2)), "{says}");
        }
    }
}

#[test]
fn cut_and_damaged_files_never_hang_nor_panic() {
    let packed = [gz(&response(1)), gz(&response(2)), gz(&response(3))];
    let second = packed[0].len();
    for files in [packed.concat(), [response(1), response(2), response(3)].concat()] {
        for length in 0..files.len() {
            let found = read(&files[..length]);
            assert!(found.len() <= 3, "{length}: {found:?}");
        }
        for at in 0..files.len() {
            let mut damaged = files.clone();
            damaged[at] ^= 0x55;
            assert!(read(&damaged).len() <= 5, "{at}");
        }
    }
    // A checksum that is wrong is told, and the member after it is read.
    let mut damaged = packed.concat();
    damaged[second - 6] ^= 1;
    let found = read(&damaged);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].1.contains("can't read the record"), "{found:?}");
    assert_eq!(
        found[1..],
        [(second as u64, target(2)), ((second + packed[1].len()) as u64, target(3))]
    );
}

/// Records that each claim all of the file, and more, are given up long before they cost its square.
#[test]
fn a_file_of_records_that_are_cut_short_is_given_up() {
    let record = b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 4000000000\r\n\r\n";
    let file = record.repeat(100_000);
    let start = std::time::Instant::now();
    let all = read(&file);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert!(all.len() < 1000, "{}", all.len());
    let (_, last) = all.last().unwrap();
    assert!(last.contains("not looked for"), "{last}");
    // A few cost no more than themselves.
    let few = [record.repeat(20), response(1)].concat();
    let all = read(&few);
    assert_eq!((all.len(), &all[20].1), (21, &target(1)));
}
