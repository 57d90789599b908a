//! Pages made to exhaust a reader: each ends soon, in a clear error or a reading.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use siglum::article::document::Document;
use siglum::read::detect::{Format, Wish, read};
use siglum::read::error::ReadError;

use super::bounds;
use crate::desk::project;

/// How long a page may take. Tests are built with little optimization.
const LIMIT: Duration = Duration::from_secs(2);

fn page(bytes: &[u8]) -> Result<Document, ReadError> {
    let start = Instant::now();
    let result = read(bytes, &Wish { format: Some(Format::Html), encoding: None });
    let took = start.elapsed();
    assert!(took < LIMIT, "{took:?} for {} bytes", bytes.len());
    if let Err(error) = &result {
        assert!(!error.to_string().is_empty());
    }
    result
}

const TEXT: &str = "<p>The council voted on Tuesday evening to reopen the old bridge after two years \
                    of repairs, its speaker said in a statement. Work began in May.</p>";

#[test]
fn hostile_pages_end_soon() {
    let with = |part: &str| format!("<h1>Bridge</h1>{part}{TEXT}");
    let refused = |text: &str| page(text.as_bytes()).unwrap_err().to_string();
    for deep in
        ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<span class=a>", "<x-y>", "<p><a><b>"]
    {
        let error = refused(&with(&deep.repeat(200_000)));
        assert!(error.contains("deep") || error.contains("elements"), "{deep}: {error}");
    }
    for many in
        ["<br>", "<p>a", "<li>", "<a href=x>y</a>", "<option>", "</div>", "<meta name=author>"]
    {
        let _ = page(with(&many.repeat(300_000)).as_bytes());
    }
    let mut attributes = String::from("<div");
    for number in 0..300_000 {
        write!(attributes, " a{number}=b class=c").unwrap();
    }
    let bombs = [
        format!("{attributes}>"),
        format!("<div class='{}'>", "a ".repeat(10_000_000)),
        format!("<p title='{}", "a".repeat(20_000_000)),
        format!("<script>{}</script>", "<p>if(a<b){}".repeat(1_000_000)),
        format!("<script>{}", "<!--<script>".repeat(500_000)),
        format!("<script type='application/ld+json'>{}</script>", "[".repeat(1_000_000)),
        format!(
            "<script type='application/ld+json'>[{}]</script>",
            "{\"@type\":\"Article\"},".repeat(50_000)
        ),
        "&amp;&nbsp;&CounterClockwiseContourIntegral;".repeat(200_000),
        "&".repeat(4_000_000),
        "<".repeat(4_000_000),
        "<!--".repeat(1_000_000),
        "<svg>".repeat(1_000_000),
        format!("<div class='{}'>", "a-b_".repeat(5_000)).repeat(200),
    ];
    for bomb in bombs {
        let _ = page(with(&bomb).as_bytes());
    }
    assert!(refused(&"a".repeat(40_000_000)).contains("bytes"));
    assert!(refused(&with(&"words ".repeat(1_000_000))).contains("bytes of text"));
}

/// The program is given 256 MB of addresses and 2 seconds for pages of any size.
#[test]
fn large_pages_end_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let head = "<!DOCTYPE html><h1>Bridge</h1>";
    let page = |name: &str, text: &str, size: u64| {
        let path = folder.path().join(name);
        fs::write(&path, format!("{head}{text}")).unwrap();
        if size > 0 {
            fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(size).unwrap();
        }
        path
    };
    let attribute = |size: usize| format!("<p title='{}'>{TEXT}", "a".repeat(size));
    for (path, says) in [
        (page("deep", &"<div>".repeat(200_000), 0), "levels of nested elements"),
        (page("attribute of 100 MB", &attribute(100_000_000), 0), "bytes"),
        (page("attribute of 60 MB", &attribute(60_000_000), 0), "bytes of a page"),
        (page("paragraph of 1 GB", "<p>", 1 << 30), "bytes"),
        (
            page("paragraph of 30 MB", &format!("<p>{}", "words ".repeat(5_000_000)), 0),
            "bytes of text",
        ),
    ] {
        bounds::refused(&path, says);
    }
}

#[test]
fn bytes_that_are_cut_off_are_named() {
    let cut = [TEXT.as_bytes(), b"<p>\xE2\x82"].concat();
    assert!(matches!(page(&cut), Err(ReadError::NotUtf8(_))));
    // In a part that is no article they do no harm.
    let aside =
        [b"<meta charset=utf-8><h1>Bridge</h1>".as_slice(), TEXT.as_bytes(), b"<!-- \xE2\x82 -->"];
    assert!(page(&aside.concat()).is_ok());
    let inside = [
        b"<meta charset=utf-8>".as_slice(),
        &TEXT.as_bytes()[..60],
        b"\xE2",
        &TEXT.as_bytes()[60..],
    ];
    assert!(matches!(page(&inside.concat()), Err(ReadError::NotUtf8(_))));
}

/// Pages with pieces cut out, doubled and broken, by a generator that is the same on every run.
#[test]
fn no_page_makes_the_reader_panic() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    let mut count = 0;
    for entry in fs::read_dir(project("tests/fixtures/pages")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let whole = fs::read(&path).unwrap();
        for _ in 0..6 {
            let mut bytes = whole.clone();
            for _ in 0..=random(8) {
                let from = random(bytes.len());
                let to = (from + random(400)).min(bytes.len());
                match random(4) {
                    0 => drop(bytes.drain(from..to)),
                    1 => {
                        let piece = bytes[from..to].to_vec();
                        let at = random(bytes.len());
                        bytes.splice(at..at, piece);
                    }
                    2 if from < bytes.len() => bytes[from] = b"<>\"'&/=\0\xFF{}[]!-"[random(15)],
                    _ => bytes.truncate(to.max(1)),
                }
            }
            let _ = page(&bytes);
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}
