//! The same article through every door gives the same body and the same credits.

use siglum::article::assemble::{Article, assemble};
use siglum::credit::lexicon::Lexicon;
use siglum::read::detect::{self, Format, Wish};
use siglum::text::language::Language;

use super::stories::{STORIES, Story};

/// The doors: what each is called, the format that its content must show, its bytes.
pub(super) fn doors(story: &Story) -> Vec<(&'static str, Format, Vec<u8>)> {
    let text = |text: String| text.into_bytes();
    let mut doors = vec![
        ("text, blank lines", Format::Text, text(story.text("\n\n"))),
        ("text, a line each", Format::Text, text(story.text("\n"))),
        (
            "text, CR LF and a mark",
            Format::Text,
            text(format!("\u{FEFF}{}", story.text("\r\n\r\n"))),
        ),
        ("text in UTF-16", Format::Text, utf_16(&story.text("\n\n"))),
        ("wire", Format::Wire, text(story.wire())),
        ("markdown", Format::Markdown, text(story.markdown())),
        ("markdown, YAML", Format::Markdown, text(story.markdown_yaml())),
        ("markdown, TOML", Format::Markdown, text(story.markdown_toml())),
        ("ninjs 1", Format::Ninjs, text(story.ninjs_1())),
        ("ninjs 2", Format::Ninjs, text(story.ninjs_2())),
        ("ninjs 3", Format::Ninjs, text(story.ninjs_3())),
        ("superdesk", Format::Ninjs, text(story.superdesk())),
        ("ans", Format::Ans, text(story.ans())),
        ("newsml, NITF", Format::Newsml, text(story.newsml_nitf())),
        ("newsml, XHTML", Format::Newsml, text(story.newsml_xhtml())),
        ("newsml, plain", Format::Newsml, text(story.newsml_plain())),
        ("newsml, HTML", Format::Newsml, text(story.newsml_html())),
        ("newsml, a message", Format::Newsml, text(story.newsml_message())),
        ("nitf", Format::Nitf, text(story.nitf())),
        ("html", Format::Html, text(story.html())),
        ("html, a page", Format::Html, text(story.page())),
        ("docx", Format::Docx, story.docx()),
        ("odt", Format::Odt, story.odt()),
    ];
    let head = format!("{}\n\n{}\n\n", story.headline, story.byline);
    for (name, indent, between) in [("text, wrapped", "", "\n\n"), ("text, indented", "   ", "\n")]
    {
        if let Some(body) = story.wrapped(indent, between) {
            doors.push((name, Format::Text, format!("{head}{body}\n").into_bytes()));
        }
    }
    doors
}

fn utf_16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

fn read(bytes: &[u8], wish: &Wish) -> Article {
    let document = detect::read(bytes, wish).unwrap();
    assemble(document, Lexicon::builtin(), None)
}

fn credits(article: &Article) -> Vec<String> {
    article.credits.iter().map(|f| format!("{} {}", f.credit.role, f.credit.name)).collect()
}

#[test]
fn every_door_gives_the_same_body_and_credits() {
    let mut wrong = Vec::new();
    for story in STORIES {
        let pasted = read(story.text("\n\n").as_bytes(), &Wish::default());
        assert_eq!(credits(&pasted), story.credits, "{}", story.language);
        assert_eq!(pasted.paragraphs.len(), story.paragraphs.len(), "{}", story.language);
        for (name, format, bytes) in doors(story) {
            assert_eq!(detect::format(&bytes, &Wish::default()), Ok(format), "{name}");
            let article = read(&bytes, &Wish::default());
            let mut differ = |what: &str, ok: bool| {
                if !ok {
                    let seen = (
                        &article.headline,
                        &article.dateline,
                        &article.paragraphs,
                        credits(&article),
                        &article.notes,
                    );
                    wrong.push(format!("{} through {name}: {what}\n{seen:?}", story.language));
                }
            };
            differ("headline", article.headline.as_deref() == Some(story.headline));
            differ("body", article.body().digest() == pasted.body().digest());
            differ(
                "dateline",
                article.dateline.as_ref().map(|d| &d.text)
                    == pasted.dateline.as_ref().map(|d| &d.text),
            );
            differ("credits", credits(&article) == story.credits);
            let language = article.language.as_ref().map(Language::as_str);
            differ("language", language == Some(story.language));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn other_encodings_give_the_same_body() {
    let story = &STORIES[0];
    let pasted = read(story.text("\n\n").as_bytes(), &Wish::default());
    let accented = story.text("\n\n").replace("Oskar", "Óscar");
    let bytes: Vec<u8> = accented.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert!(detect::read(&bytes, &Wish::default()).is_err());
    let wish = Wish { encoding: Some("windows-1252".to_owned()), format: None };
    let article = read(&bytes, &wish);
    assert_eq!(article.reader.encoding, "windows-1252");
    assert_eq!(credits(&article), credits(&pasted));
    assert!(article.paragraphs[1].contains("Óscar"));
    // XML says so itself.
    let xml = story.nitf().replace("UTF-8", "ISO-8859-1").replace("Oskar", "Óscar");
    let bytes: Vec<u8> = xml.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let declared = read(&bytes, &Wish::default());
    assert_eq!(declared.body().digest(), article.body().digest());
    assert_eq!(declared.reader.encoding, "windows-1252");
}

#[test]
fn a_format_can_be_forced() {
    let story = &STORIES[0];
    let wish = |format| Wish { format: Some(format), encoding: None };
    let text = read(story.nitf().as_bytes(), &wish(Format::Text));
    assert_eq!(text.reader.name, "text");
    assert!(text.whole.as_str().contains("<hl1>"));
    assert!(detect::read(story.text("\n").as_bytes(), &wish(Format::Docx)).is_err());
    assert!(detect::read(story.text("\n").as_bytes(), &wish(Format::Ninjs)).is_err());
}
