//! The story as each format has it.

use std::io::{Cursor, Write as _};

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::stories::Story;

/// Markup for `&`, `<`, `>` and the quotation mark.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Marks of Markdown that the text has as characters.
fn escape_markdown(text: &str) -> String {
    text.replace('<', "\\<").replace('&', "\\&")
}

impl Story {
    /// The paragraphs and the sign-off.
    fn body(&self) -> Vec<&str> {
        self.paragraphs.iter().copied().chain([self.signoff]).collect()
    }

    fn tagged(&self, open: &str, close: &str) -> String {
        self.body().iter().map(|text| format!("{open}{}{close}\n", escape(text))).collect()
    }

    pub(super) fn text(&self, between: &str) -> String {
        let mut blocks = vec![self.headline, self.byline];
        blocks.extend(self.body());
        blocks.join(between)
    }

    /// Hard-wrapped after at most 70 characters; `None` for a script without spaces.
    pub(super) fn wrapped(&self, indent: &str, between: &str) -> Option<String> {
        if self.language == "ja" {
            return None;
        }
        let wrap = |text: &str| {
            let mut lines = vec![indent.to_owned()];
            for word in text.split(' ') {
                let line = lines.last_mut().unwrap();
                if line.trim().is_empty() {
                    line.push_str(word);
                } else if line.chars().count() + 1 + word.chars().count() <= 70 {
                    line.push(' ');
                    line.push_str(word);
                } else {
                    lines.push(word.to_owned());
                }
            }
            lines.join("\n")
        };
        let body: Vec<String> = self.body().iter().map(|text| wrap(text)).collect();
        Some(body.join(between))
    }

    pub(super) fn wire(&self) -> String {
        let body = match self.wrapped("   ", "\r\n") {
            Some(wrapped) => wrapped.replace('\n', "\r\n").replace("\r\r", "\r"),
            None => self.body().iter().map(|text| format!("\t{text}\r\n")).collect(),
        };
        format!(
            "\u{16}\u{16}\u{1}a0412\u{1F}  wires\r\nr i BC-Bridge 05-12 0180\r\n\u{2}\r\n^{}<\r\n^{}=\r\n{body}\
             \r\nNW-VK-05-12-26 1206GMT<\r\n\u{3}12-05-26\u{4}",
            self.headline, self.byline
        )
    }

    pub(super) fn markdown(&self) -> String {
        let body = self.body().iter().map(|text| escape_markdown(text)).collect::<Vec<_>>();
        format!("# {}\n\n*{}*\n\n{}\n", self.headline, self.byline, body.join("\n\n"))
    }

    pub(super) fn markdown_yaml(&self) -> String {
        let body = self.body().iter().map(|text| escape_markdown(text)).collect::<Vec<_>>();
        format!(
            "---\ntitle: '{}'\nbyline: {}\nlang: {}\ndate: 2026-05-12\ntags: [bridge, council]\n---\n\n{}\n",
            self.headline,
            self.byline,
            self.language,
            body.join("\n\n")
        )
    }

    pub(super) fn markdown_toml(&self) -> String {
        let body = self.body().iter().map(|text| escape_markdown(text)).collect::<Vec<_>>();
        format!(
            "+++\ntitle = '{}'\nbyline = '{}'\nlanguage = '{}'\ndate = 2026-05-12T10:00:00Z\n+++\n{}\n",
            self.headline,
            self.byline,
            self.language,
            body.join("\n\n")
        )
    }

    pub(super) fn ninjs_1(&self) -> String {
        json!({
            "uri": "urn:example:bridge", "type": "text", "versioncreated": "2026-05-12T10:00:00Z",
            "language": self.language, "headline": self.headline, "byline": self.byline,
            "body_html": self.tagged("<p>", "</p>"),
        })
        .to_string()
    }

    pub(super) fn ninjs_2(&self) -> String {
        json!({
            "uri": "urn:example:bridge", "type": "text", "versioncreated": "2026-05-12T10:00:00Z",
            "language": self.language, "by": self.byline,
            "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": self.headline}],
            "bodies": [{"role": "main", "contenttype": "text/plain", "value": self.body().join("\n\n")}],
        })
        .to_string()
    }

    pub(super) fn ninjs_3(&self) -> String {
        json!({
            "uri": "urn:example:bridge",
            "standard": {"name": "ninjs", "version": "3.1"},
            "type": "text", "versionCreated": "2026-05-12T10:00:00Z",
            "language": self.language, "by": self.byline,
            "headlines": [{"role": "main", "value": self.headline}],
            "bodies": [
                {"role": "text", "contentType": "text/plain", "value": "A summary."},
                {"role": "html", "contentType": "text/html",
                 "value": format!("<section>{}</section>", self.tagged("<p>", "</p>"))},
            ],
        })
        .to_string()
    }

    pub(super) fn superdesk(&self) -> String {
        json!({
            "guid": "urn:newsml:example:bridge", "type": "text", "version": "3", "pubstatus": "usable",
            "firstcreated": "2026-05-12T10:00:00+0000", "versioncreated": "2026-05-12T10:05:00+0000",
            "language": self.language, "headline": self.headline, "byline": self.byline,
            "body_html": format!(
                "{}<!-- EMBED START Image {{id: \"editor_0\"}} --><figure><img src=\"x.jpg\"><figcaption>The \
                 bridge</figcaption></figure><!-- EMBED END Image {{id: \"editor_0\"}} -->",
                self.tagged("<p>", "</p>")
            ),
        })
        .to_string()
    }

    pub(super) fn ans(&self) -> String {
        let elements: Vec<_> = self
            .body()
            .iter()
            .map(|text| json!({"type": "text", "content": escape(text)}))
            .chain([json!({"type": "image", "caption": "The bridge"})])
            .collect();
        json!({
            "_id": "BRIDGE1", "type": "story", "version": "0.10.12", "language": self.language,
            "headlines": {"basic": self.headline},
            "vanity_credits": {"by": [{"type": "author", "name": self.byline}]},
            "content_elements": elements,
        })
        .to_string()
    }

    pub(super) fn nitf(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf xml:lang=\"{}\"><head><title>Bridge</title></head>\
             <body><body.head><hedline><hl1>{}</hl1></hedline><byline>{}</byline></body.head>\n\
             <body.content>{}<media media-type=\"image\"><media-caption>The bridge</media-caption></media>\
             </body.content>\n<body.end><tagline>{}</tagline></body.end></body></nitf>",
            self.language,
            escape(self.headline),
            escape(self.byline),
            self.paragraphs.iter().map(|p| format!("<p>{}</p>\n", escape(p))).collect::<String>(),
            escape(self.signoff)
        )
    }

    pub(super) fn newsml(&self, content: &str) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", self.news_item(content))
    }

    fn news_item(&self, content: &str) -> String {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:newsml:example:bridge\" \
             version=\"3\" standard=\"NewsML-G2\" standardversion=\"2.35\" xml:lang=\"en\"><itemMeta><itemClass \
             qcode=\"ninat:text\"/><provider literal=\"Northern Wire\"/></itemMeta><contentMeta>\
             <language tag=\"{}\"/><headline>{}</headline><by>{}</by></contentMeta><contentSet>{content}\
             </contentSet></newsItem>",
            self.language,
            escape(self.headline),
            escape(self.byline)
        )
    }

    pub(super) fn newsml_nitf(&self) -> String {
        let story = self.nitf();
        let story = story.split_once("?>").unwrap().1;
        self.newsml(&format!("<inlineXML contenttype=\"application/nitf+xml\">{story}</inlineXML>"))
    }

    pub(super) fn newsml_xhtml(&self) -> String {
        self.newsml(&format!(
            "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head>\
             <title>Bridge</title></head><body>{}</body></html></inlineXML>",
            self.tagged("<p>", "</p>")
        ))
    }

    pub(super) fn newsml_plain(&self) -> String {
        let text = escape(&self.body().join("\n\n"));
        self.newsml(&format!("<inlineData contenttype=\"text/plain\">{text}</inlineData>"))
    }

    pub(super) fn newsml_html(&self) -> String {
        let html = self.tagged("<p class=\"x\">", "</p>");
        self.newsml(&format!(
            "<inlineData contenttype=\"text/html\"><![CDATA[{html}]]></inlineData>"
        ))
    }

    pub(super) fn newsml_message(&self) -> String {
        let text = escape(&self.body().join("\n\n"));
        let item =
            self.news_item(&format!("<inlineData contenttype=\"text/plain\">{text}</inlineData>"));
        format!(
            "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet><newsItem guid=\"other\"><contentSet>\
             <inlineData contenttype=\"text/plain\">Another item.</inlineData></contentSet></newsItem>{item}\
             <packageItem guid=\"p\"><groupSet root=\"g\"><group id=\"g\"><itemRef \
             residref=\"urn:newsml:example:bridge\"/><itemRef residref=\"other\"/></group></groupSet></packageItem>\
             </itemSet></newsMessage>"
        )
    }

    /// A page with what stands around an article.
    pub(super) fn page(&self) -> String {
        let data = json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.headline,
            "inLanguage": self.language,
            "publisher": {"@type": "Organization", "name": "Varnik Post"},
        });
        let links = "<ul><li><a href=\"/1\">Varnik</a></li><li><a href=\"/2\">1 2 3</a></li></ul>";
        format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{} | Varnik Post</title>\
             <script type=\"application/ld+json\">{data}</script></head><body><header><nav>{links}</nav></header>\
             <div class=\"cookie-banner\"><p>Cookies? Cookies! Cookies.</p><button>OK</button></div><main>\
             <h1>{}</h1><div class=\"byline\">{}</div><time>2026-05-12</time><div class=\"story-body\">{}</div>\
             <section class=\"related\">{links}</section></main><footer>© Varnik Post {links}</footer></body></html>",
            self.language,
            escape(self.headline),
            escape(self.headline),
            escape(self.byline),
            self.tagged("<p>", "</p>"),
        )
    }

    pub(super) fn html(&self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body>\
             <nav><a href=\"/\">Home</a></nav><main><article><h1>{}</h1><p class=\"byline\">{}</p>\n{}</article></main>\
             </body></html>",
            self.language,
            escape(self.headline),
            escape(self.headline),
            escape(self.byline),
            self.tagged("<p>", "</p>")
        )
    }

    pub(super) fn docx(&self) -> Vec<u8> {
        let run =
            |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text));
        let mut body = format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr>{}</w:p><w:p>{}</w:p>",
            run(self.headline),
            run(self.byline)
        );
        for text in self.body() {
            // The last word was inserted, another before it deleted; a field and a comment say nothing.
            let at = text.char_indices().rev().nth(3).unwrap().0;
            body.push_str(&format!(
                "<w:p>{}<w:del w:id=\"1\"><w:r><w:delText>not </w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins>\
                 <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
                run(&text[..at]),
                run(&text[at..])
            ));
        }
        archive(&[
            ("[Content_Types].xml", "<Types/>".to_owned()),
            ("word/document.xml", format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")),
            (
                "word/styles.xml",
                "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style></w:styles>"
                    .to_owned(),
            ),
            (
                "docProps/core.xml",
                format!(
                    "<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\"><dc:creator>Desk PC 4</dc:creator>\
                     <dc:language>{}</dc:language></cp:coreProperties>",
                    self.language
                ),
            ),
        ])
    }

    pub(super) fn odt(&self) -> Vec<u8> {
        let mut body = format!(
            "<text:p text:style-name=\"P1\">{}</text:p><text:p>{}</text:p>",
            escape(self.headline),
            escape(self.byline)
        );
        for text in self.body() {
            body.push_str(&format!(
                "<text:p text:style-name=\"Standard\">{}<office:annotation><text:p>Check</text:p></office:annotation>\
                 </text:p>\n",
                escape(text)
            ));
        }
        archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
            (
                "content.xml",
                format!(
                    "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\">\
                     <office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>\
                     </office:automatic-styles><office:body><office:text><text:tracked-changes><text:changed-region>\
                     <text:deletion><text:p>Deleted.</text:p></text:deletion></text:changed-region>\
                     </text:tracked-changes>{body}</office:text></office:body></office:document-content>"
                ),
            ),
            (
                "meta.xml",
                format!("<m><dc:language xmlns:dc=\"dc\">{}</dc:language></m>", self.language),
            ),
        ])
    }
}

/// A zip archive of parts; the first is stored.
pub(super) fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let deflated =
        SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (number, (name, text)) in parts.iter().enumerate() {
        zip.start_file(*name, if number == 0 { stored } else { deflated }).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
