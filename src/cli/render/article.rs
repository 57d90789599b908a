//! An article as it was read.

use serde_json::{Value, json};

use super::{credits, marks};
use crate::article::assemble::Article;
use crate::cli::sanitize;
use crate::cli::ui::{BOLD, DIM, Ui, styled};
use crate::text::profile::Text;

/// The object of `parse`.
pub(in crate::cli) fn json(article: &Article) -> Value {
    let text = |text: &str| Text::new(text).as_str().to_owned();
    let lines: Vec<Value> = article
        .credit_lines
        .iter()
        .map(|line| {
            json!({
                "text": line.text,
                "credits": line.line.credits.iter().map(credits::credit).collect::<Vec<_>>(),
                "leftover": line.line.leftovers.iter().map(credits::leftover).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "headline": article.headline.as_deref().map(text),
        "dateline": article.dateline.as_ref().map(|dateline| json!({
            "places": dateline.places,
            "agency": dateline.agency,
            "date": dateline.date,
        })),
        "language": article.language,
        "byline": article.byline.as_ref().map(|byline| text(&byline.text)),
        "advisory": article.advisory,
        "paragraphs": article.paragraphs.iter().map(|p| text(p)).collect::<Vec<_>>(),
        "credit_lines": lines,
        "credits": article.credits.iter().map(|found| credits::credit(&found.credit)).collect::<Vec<_>>(),
        "sources": article.sources.iter().map(credits::source).collect::<Vec<_>>(),
        "reader": {
            "name": article.reader.name,
            "version": article.reader.version,
            "encoding": article.reader.encoding,
            "settings": article.reader.settings,
        },
        "claims": article.claims.iter().map(|claim| json!({
            "subject": claim.subject.to_string(),
            "value": claim.value,
            "place": claim.place,
        })).collect::<Vec<_>>(),
        "notes": article.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// The article for people: every part, and each credit line with its marks.
pub(in crate::cli) fn print(ui: Ui, article: &Article) {
    let field = |name: &str, value: &str| {
        ui.line(format_args!(
            "{} {}",
            styled(BOLD, format_args!("{name:<10}")),
            sanitize::line(value)
        ));
    };
    if let Some(advisory) = &article.advisory {
        field("advisory", advisory);
    }
    field("headline", article.headline.as_deref().unwrap_or("none"));
    if let Some(dateline) = &article.dateline {
        field("dateline", &dateline.text);
    }
    field("language", article.language.as_ref().map_or("not clear", |l| l.name()));
    for (number, paragraph) in (1..).zip(&article.paragraphs) {
        let text = Text::new(paragraph);
        let number = styled(DIM, format_args!("{number:>10}"));
        ui.line(format_args!("{number} {}", sanitize::line(text.as_str())));
    }
    if let Some(byline) = &article.byline {
        marks::print(ui, "byline", &byline.text, &byline.line, false);
    }
    for (number, line) in (1..).zip(&article.credit_lines) {
        marks::print(ui, &format!("credit line {number}"), &line.text, &line.line, false);
    }
    for source in &article.sources {
        let target = source.target.as_deref().unwrap_or("no target");
        field("source", &format!("{} ({target})", source.label));
    }
    for machine in &article.machines {
        field("machine", machine.tool.as_deref().unwrap_or("one that is not named"));
    }
    for claim in &article.claims {
        field("claimed", &format!("{}: {} ({})", claim.subject, claim.value, claim.place));
    }
    for note in &article.notes {
        field("note", &note.to_string());
    }
}

/// What was read, in half a line.
pub(in crate::cli) fn summary(article: &Article) -> String {
    let count = |number: usize, noun: &str| {
        if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
    };
    let language = article.language.as_ref().map_or("language not clear", |l| l.name());
    format!(
        "{}, {language}, {}, {}, {}",
        article.reader.name,
        count(article.paragraphs.len(), "paragraph"),
        count(article.credits.len(), "credit"),
        count(article.sources.len(), "source"),
    )
}
