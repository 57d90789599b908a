//! Text as HTML, and the page while it is written.

use std::fmt::{self, Display, Write as _};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::flags::is_bidi_control;
use crate::text::language::Language;

/// A page while it is written.
#[derive(Debug, Default)]
pub struct Markup {
    out: String,
}

impl Markup {
    /// Adds markup. Text in it goes through [`text`].
    pub fn put(&mut self, markup: impl Display) {
        // Writing to a string can't fail.
        let _ = writeln!(self.out, "{markup}");
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.out
    }
}

/// A text, for use between tags and in quoted attributes.
///
/// What could drive the page or deceive its reader is shown as an escape: controls, and characters
/// that change the direction of what follows.
pub fn text(text: &str) -> Text<'_> {
    Text(text)
}

/// See [`text`].
#[derive(Debug, Clone, Copy)]
pub struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(' ')?,
                c if c.is_control() || is_bidi_control(c) => {
                    write!(f, "\\u{{{:x}}}", u32::from(c))?;
                }
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A name or an id, whose direction doesn't touch what is around it.
pub fn name(name: &str) -> String {
    format!("<bdi>{}</bdi>", text(name))
}

/// A sentence, with the names in it isolated.
pub fn sentence(words: &str, names: &[String]) -> String {
    let longest = names.iter().filter(|name| !name.is_empty());
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(longest);
    // More names than can be looked for at once aren't isolated.
    let Ok(finder) = finder else { return text(words).to_string() };
    let (mut out, mut done) = (String::new(), 0);
    for found in finder.find_iter(words) {
        out.push_str(&text(words.get(done..found.start()).unwrap_or_default()).to_string());
        out.push_str(&name(words.get(found.range()).unwrap_or_default()));
        done = found.end();
    }
    out.push_str(&text(words.get(done..).unwrap_or_default()).to_string());
    out
}

/// A ` lang` attribute, where the language is known.
pub fn lang(language: Option<&Language>) -> String {
    language.map(|language| format!(" lang=\"{}\"", text(language.as_str()))).unwrap_or_default()
}

/// "1 record", "2 records", "1,000 records".
pub fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with commas.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text() {
        let shown = text("<script>\"'&\u{202e}\u{0}").to_string();
        assert_eq!(shown, "&lt;script&gt;&quot;&#39;&amp;\\u{202e}\\u{0}");
    }

    #[test]
    fn names_are_isolated() {
        let names = ["דנה".to_owned(), "Ann".to_owned(), "Ann & Co".to_owned()];
        let shown = sentence("Ann & Co and Ann named דנה.", &names);
        let wanted = "<bdi>Ann &amp; Co</bdi> and <bdi>Ann</bdi> named <bdi>דנה</bdi>.";
        assert_eq!(shown, wanted);
        assert_eq!(sentence("", &names), "");
    }

    /// A text may thank thousands of people.
    #[test]
    fn many_names_are_isolated_in_time() {
        let names: Vec<String> = (0..4000).map(|n| format!("Ada Prell the {n}th")).collect();
        let start = std::time::Instant::now();
        let shown = sentence(&names.join(", "), &names);
        assert_eq!(shown.matches("<bdi>").count(), 4000);
        assert!(start.elapsed().as_millis() < 2000, "{:?}", start.elapsed());
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            ["1", "999", "1,000", "1,234,567"],
            [1, 999, 1000, 1_234_567].map(grouped).as_slice()
        );
        assert_eq!(counted(1, "record"), "1 record");
    }
}
