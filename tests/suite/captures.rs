//! WARC files: pages that were captured are recorded, what can't be read is told with its place.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::desk::Desk;
use crate::oracle;

fn page(number: usize) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><h1>Boats in ward {number}</h1><article><p>The council of ward \
         {number} counted {} boats at the quay on Monday.</p></article></html>",
        number * 31
    )
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let http = [head.as_bytes(), b"\r\n\r\n", body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    [head.as_bytes(), &http, b"\r\n\r\n"].concat()
}

const HTML: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";

#[track_caller]
fn record(desk: &Desk, args: &[&str]) -> ([u64; 3], Value) {
    let (value, _) = desk.json(&[&["record"], args].concat());
    (["recorded", "unchanged", "failed"].map(|key| value[key].as_u64().unwrap()), value)
}

#[test]
fn pages_are_recorded_as_seen_and_the_rest_is_told_or_passed_over() {
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", page(2).len(), page(2));
    let latin = page(4).replace("quay", "caf\u{e9}");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let records = [
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n".to_vec(),
        response("https://example.org/1", HTML, page(1).as_bytes()),
        response(
            "https://example.org/2",
            &format!("{HTML}\r\nTransfer-Encoding: chunked"),
            chunked.as_bytes(),
        ),
        response(
            "https://example.org/3",
            &format!("{HTML}\r\nContent-Encoding: gzip"),
            &gz(page(3).as_bytes()),
        ),
        response(
            "https://example.org/4",
            "HTTP/1.0 200 OK\r\nContent-Type: text/html;charset=ISO-8859-1",
            &latin,
        ),
        response(
            "https://example.org/gone",
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html",
            b"<p>gone",
        ),
        response(
            "https://example.org/logo",
            "HTTP/1.1 200 OK\r\nContent-Type: image/png",
            b"\x89PNG",
        ),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
        response("https://example.org/br", &format!("{HTML}\r\nContent-Encoding: br"), b"x"),
        response("https://example.org/5", HTML, page(5).as_bytes()),
    ];
    let size = |packed: &dyn Fn(&[u8]) -> Vec<u8>| -> u64 {
        records.iter().take(7).map(|record| packed(record).len() as u64).sum()
    };
    for (name, packed) in [("a.warc", false), ("a.warc.gz", true)] {
        let desk = Desk::with_log();
        let pack = |bytes: &[u8]| if packed { gz(bytes) } else { bytes.to_vec() };
        desk.write(name, records.iter().flat_map(|record| pack(record)).collect::<Vec<u8>>());
        let args = [name, "--errors", "errors"];
        let (counts, value) = record(&desk, &args);
        assert_eq!(counts, [5, 0, 2], "{value}");
        oracle::check(&desk.root());
        let errors = fs::read_to_string(desk.root().join("errors")).unwrap();
        let errors: Vec<Value> =
            errors.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(errors[0]["error"].as_str().unwrap().contains("Content-Length"), "{errors:?}");
        assert_eq!(errors[0]["offset"].as_u64(), Some(size(&pack)), "{errors:?}");
        assert!(errors[1]["error"].as_str().unwrap().contains("`br`"), "{errors:?}");
        for (number, says) in
            [(1, "ward 1"), (2, "ward 2"), (3, "ward 3"), (4, "ward 4"), (5, "ward 5")]
        {
            let shown = desk.ok(&["show", &format!("https://example.org/{number}")]);
            for says in [
                says,
                "standing = \"observed\"",
                "observed_at = \"2020-01-02T03:04:05.000Z\"",
                &format!("observed_url = \"https://example.org/{number}\""),
            ] {
                assert!(shown.contains(says), "{says} in {shown}");
            }
        }
        assert_eq!(record(&desk, &args).0, [0, 5, 2]);
        assert_eq!(record(&desk, &[name, "--standing", "archive", "--dry-run"]).0, [5, 0, 2]);
    }
}

#[test]
fn a_page_that_is_seen_again_is_no_news_unless_it_changed() {
    let desk = Desk::with_log();
    let canonical = |number| {
        page(number).replace("<h1>", "<link rel=canonical href=https://example.org/c><h1>")
    };
    desk.write("a.warc", response("https://example.org/c?x=1", HTML, canonical(1).as_bytes()));
    desk.write("b.warc", response("http://example.org/c", HTML, canonical(1).as_bytes()));
    let changed = canonical(1).replace("on Monday", "on Tuesday");
    desk.write("c.warc", response("http://example.org/c", HTML, changed.as_bytes()));
    assert_eq!(record(&desk, &["a.warc"]).0, [1, 0, 0]);
    assert_eq!(record(&desk, &["b.warc", "a.warc"]).0, [0, 2, 0]);
    assert_eq!(record(&desk, &["c.warc"]).0, [1, 0, 0]);
    let shown = desk.ok(&["show", "https://example.org/c@2"]);
    assert!(shown.contains("observed_url = \"http://example.org/c\""), "{shown}");
    // By where it was had, whatever it says of itself.
    assert_eq!(record(&desk, &["a.warc", "--id-from", "path"]).0, [1, 0, 0]);
    assert!(desk.ok(&["show", "https://example.org/c?x=1"]).contains("ward 1"));
    desk.fails(2, &["record", "none.warc"], &["can't read it"]);
}
