//! Hostile bytes: each ends soon, in little memory, in an error that says why.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use siglum::read::detect::{self, Wish};
use siglum::read::error::ReadError;

use super::bounds;
use super::writers::archive;

const LIMIT: Duration = Duration::from_secs(2);

/// Reads in its own thread's time; the error, or what was read, in words.
fn read(name: &str, bytes: &[u8]) -> Result<usize, ReadError> {
    let begun = Instant::now();
    let read = detect::read(bytes, &Wish::default()).map(|document| document.blocks.len());
    let took = begun.elapsed();
    assert!(took < LIMIT, "{name} took {took:?}");
    read
}

/// Says that the reader refuses bytes, and so does the program, in little memory.
#[track_caller]
fn refused(name: &str, bytes: &[u8], reason: &str) {
    let error = read(name, bytes).expect_err(name).to_string();
    assert!(error.contains(reason), "{name}: {error}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    bounds::refused(&path, reason);
}

#[test]
fn deep_nesting_is_refused() {
    let xml = |depth: usize| format!("<nitf>{}", "<p>".repeat(depth));
    refused("XML", xml(1_000_000).as_bytes(), "levels of nesting");
    let json = format!("{{\"a\":{}", "[".repeat(1_000_000));
    refused("JSON", json.as_bytes(), "which no article needs");
    let json = format!("{{\"a\":{}", "[".repeat(10_000));
    refused("JSON", json.as_bytes(), "recursion limit");
    let yaml = format!("---\na: {}\n---\nText", "[".repeat(60_000));
    refused("YAML", yaml.as_bytes(), "");
    // Blocks in fragments have no depth.
    let json = format!("{{\"uri\":\"x\",\"body_html\":\"{}x\"}}", "<div>".repeat(1_000_000));
    assert_eq!(read("HTML in JSON", json.as_bytes()), Ok(1));
    let markdown = format!("# Head\n\n{} x", ">".repeat(1_000_000));
    assert!(read("quotes in Markdown", markdown.as_bytes()).is_ok());
}

#[test]
fn long_tags_and_many_nodes_are_refused() {
    let attribute = format!("<nitf a=\"{}\"/>", "x".repeat(100_000_000));
    refused("an attribute of 100 MB", attribute.as_bytes(), "an article has at most");
    let attribute = format!("<nitf a=\"{}\"/>", "x".repeat(60_000_000));
    refused("an attribute of 60 MB", attribute.as_bytes(), "bytes of XML");
    let attribute = format!("<nitf a=\"{}\"/>", "x".repeat(10_000_000));
    refused("an attribute of 10 MB", attribute.as_bytes(), "bytes in one tag");
    let elements = format!("<nitf>{}</nitf>", "<p/>".repeat(4_000_000));
    refused("many elements", elements.as_bytes(), "elements and attributes");
    let names = (0..200_000).map(|n| format!(" a{n}=''")).collect::<String>();
    refused("many attributes", format!("<nitf{names}/>").as_bytes(), "bytes in one tag");
    let values = format!("{{\"a\":[{}0]}}", "0,".repeat(7_000_000));
    refused("many values", values.as_bytes(), "values");
}

#[test]
fn entities_are_never_expanded() {
    let mut laughs = "<!DOCTYPE nitf [<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..30 {
        write!(laughs, "<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1).unwrap();
    }
    laughs += "]><nitf><body><body.content><p>&a29;</p></body.content></body></nitf>";
    refused("billion laughs", laughs.as_bytes(), "never expanded");
    let outside =
        "<!DOCTYPE nitf [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><nitf><p>&x;</p></nitf>";
    refused("an external entity", outside.as_bytes(), "never expanded");
    let parameter = "<!DOCTYPE nitf [<!ENTITY % x SYSTEM \"http://example.org/x\"> %x;]><nitf/>";
    refused("a parameter entity", parameter.as_bytes(), "never expanded");
    refused("an undeclared entity", b"<nitf><p>&x;</p></nitf>", "none of XML's own");
}

#[test]
fn archives_do_not_inflate_without_end() {
    let zeros = " ".repeat(200_000_000);
    let bomb = archive(&[("x", String::new()), ("word/document.xml", zeros)]);
    assert!(bomb.len() < 1_000_000);
    refused("a zip bomb", &bomb, "bytes in a part");
    let parts: Vec<(String, String)> =
        (0..6000).map(|n| (format!("f{n}"), String::new())).collect();
    let parts: Vec<(&str, String)> = parts.iter().map(|(n, t)| (n.as_str(), t.clone())).collect();
    refused("many entries", &archive(&parts), "files in the archive");
    let other = archive(&[("x", "y".to_owned())]);
    refused("another archive", &other, "without an article");
    let document = "<w:document><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>";
    let whole = archive(&[("x", String::new()), ("word/document.xml", document.to_owned())]);
    assert_eq!(read("a small document", &whole), Ok(1));
    refused("a cut archive", &whole[..whole.len() / 2], "not DOCX");
    let mut gzip = b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec();
    gzip.extend(std::iter::repeat_n(0, 1_000_000));
    refused("endless gzip", &gzip, "gzip");
}

#[test]
fn long_texts_and_many_lines_are_refused() {
    refused("33 million lines", "a\n".repeat(33_000_000).as_bytes(), "blocks of text");
    refused("as many in one run", " a b\n".repeat(10_000_000).as_bytes(), "blocks of text");
    refused("a paragraph of 60 MB", "word ".repeat(12_000_000).as_bytes(), "bytes of text");
    refused("marks on one letter", "a\u{301}".repeat(20_000_000).as_bytes(), "bytes of text");
    let divs = format!("{{\"uri\":\"x\",\"body_html\":\"{}\"}}", "<p>x</p>".repeat(1_900_000));
    refused("many paragraphs in JSON", divs.as_bytes(), "blocks of text");
    // The longest that is taken is read to its end in time.
    let longest = "القديم الجسر. ".repeat(150_000);
    let text = longest.get(..longest.floor_char_boundary(1_900)).unwrap();
    let many = format!("{text}\n\n").repeat(2_000);
    assert_eq!(read("4 MB of paragraphs", many.as_bytes()), Ok(2_000));
}

#[test]
fn encodings_are_not_guessed() {
    refused(
        "cut UTF-8",
        "Une réunion à Paris, a dit l'é".as_bytes().split_last().unwrap().1,
        "not UTF-8",
    );
    let utf_16: Vec<u8> = "The bridge".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused("UTF-16 without a mark", &utf_16, "UTF-16LE without a byte order mark");
    let mixed = ["Bélot\n".as_bytes(), b"B\xE9lot\n"].concat();
    refused("two encodings", &mixed, "offset 8");
    let odd = [b"\xFF\xFE".as_slice(), b"a\0b"].concat();
    refused("half a character of UTF-16", &odd, "UTF-16LE");
    let declared = b"<?xml version='1.0' encoding='utf-8'?><nitf><p>B\xE9lot</p></nitf>";
    refused("a wrong declaration", declared, "not UTF-8");
}

#[test]
fn what_is_too_large_is_refused_by_the_program() {
    let folder = tempfile::tempdir().unwrap();
    // One paragraph of 1 GB, which takes no room on disk.
    let path = folder.path().join("large.txt");
    std::fs::write(&path, "A").unwrap();
    let file = std::fs::File::options().append(true).open(&path).unwrap();
    file.set_len(1 << 30).unwrap();
    bounds::refused(&path, "an article has at most");
}
