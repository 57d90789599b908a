//! Where two texts differ: for people like a good diff, for programs whole.

use serde_json::{Map, Value, json};

use super::columns;
use crate::cli::reference::Target;
use crate::cli::sanitize;
use crate::cli::ui::{BAD, BOLD, CARE, DIM, Format, GOOD, Ui, styled};
use crate::compare::change::{Signal, Weight};
use crate::compare::difference::Paragraph;
use crate::compare::verdict::Verdict;
use crate::compare::words;
use crate::text::profile::Text;
use crate::text::span::Span;
use crate::verify::article::{Comparison, Part};
use crate::verify::side::Side;

/// How changes are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Layout {
    /// The old text above the new.
    Unified,
    /// The old text to the left, on so many columns.
    SideBySide(usize),
}

/// Where a text is from.
#[derive(Debug)]
pub(in crate::cli) struct Origin {
    given: String,
    record: Option<(u64, String)>,
    article: Option<String>,
    version: Option<usize>,
    /// Whether the body's words are at hand.
    kept: bool,
}

impl Origin {
    /// A file.
    pub(in crate::cli) fn file(given: &str) -> Self {
        Self { given: given.to_owned(), record: None, article: None, version: None, kept: true }
    }

    /// A record.
    pub(in crate::cli) fn record(given: &str, target: &Target<'_>, side: &Side) -> Self {
        Self {
            given: given.to_owned(),
            record: Some((target.entry.index, target.entry.leaf.to_string())),
            article: target.article.map(|article| article.id().to_owned()),
            version: target.version.map(|version| version.number),
            kept: side.body.is_some(),
        }
    }

    fn shown(&self) -> String {
        let given = sanitize::line(&self.given).into_owned();
        match (&self.record, &self.article, self.version) {
            (Some((index, _)), Some(article), Some(version)) => {
                format!("version {version} of {}, record {index}", sanitize::line(article))
            }
            (Some((index, _)), ..) => format!("{given}, record {index}"),
            _ => given,
        }
    }

    fn json(&self, side: &Side) -> Value {
        json!({
            "given": self.given,
            "record": self.record.as_ref().map(|(index, leaf)| json!({ "index": index, "leaf": leaf })),
            "article": self.article,
            "version": self.version,
            "language": side.language,
            "paragraphs": side.paragraphs.count(),
            "words": match (self.kept, &self.record) {
                (false, _) => "not_kept",
                (true, Some(_)) => "kept",
                (true, None) => "file",
            },
        })
    }
}

/// The comparison, in the format that was asked for.
pub(in crate::cli) fn print(
    ui: Ui,
    old: (&Origin, &Side),
    new: (&Origin, &Side),
    comparison: &Comparison,
    layout: Layout,
) {
    if ui.format() == Format::Human {
        human(ui, old, new, comparison, layout);
    } else {
        ui.value(&value(old, new, comparison));
    }
}

fn value(
    (old_origin, old): (&Origin, &Side),
    (new_origin, new): (&Origin, &Side),
    comparison: &Comparison,
) -> Value {
    let parts = Part::ALL.iter().map(|part| {
        let verdict = comparison.parts.of(*part);
        (part.as_str().to_owned(), json!(verdict.as_str()))
    });
    let texts: Map<String, Value> = lines(old, new, comparison)
        .map(|(part, before, after)| {
            let text = |text: &Text| text.as_str().to_owned();
            let edit = json!({ "before": text(before), "after": text(after) });
            (part.as_str().to_owned(), edit)
        })
        .collect();
    json!({
        "verdict": comparison.verdict.as_str(),
        "weight": heaviest(comparison).map(Weight::as_str),
        "old": old_origin.json(old),
        "new": new_origin.json(new),
        "parts": parts.collect::<Map<_, _>>(),
        "texts": texts,
        "paragraphs": comparison.paragraphs.iter().map(paragraph).collect::<Vec<_>>(),
        "reader": if comparison.reader_differs { "differs" } else { "same" },
    })
}

/// A paragraph that differs, as `diff` and `verify` give it.
pub(in crate::cli) fn paragraph(change: &Paragraph) -> Value {
    let weighed = change.weighed.as_ref();
    let signal = |signal: &Signal| json!({ "sign": signal.sign.as_str(), "old": signal.old, "new": signal.new });
    let span = |span: Span| json!([span.start(), span.end()]);
    let edits = match (&change.before, &change.after) {
        (Some(before), Some(after)) => Some(words::diff(before, after)),
        _ => None,
    };
    json!({
        "kind": change.kind.as_str(),
        "old": change.old,
        "new": change.new,
        "before": change.before,
        "after": change.after,
        "olds": change.olds,
        "news": change.news,
        "weight": weighed.map(|weighed| weighed.weight.as_str()),
        "similarity": weighed.map(|weighed| (weighed.similarity * 1000.0).round() / 1000.0),
        "signals": weighed.map(|weighed| weighed.signals.iter().map(signal).collect::<Vec<_>>()),
        "words": edits.map(|edits| {
            edits.iter().map(|e| json!({ "old": span(e.old), "new": span(e.new) })).collect::<Vec<_>>()
        }),
    })
}

/// How much the heaviest change of a paragraph matters, where that is known of all.
fn heaviest(comparison: &Comparison) -> Option<Weight> {
    let known = comparison.paragraphs.iter().map(|change| change.weighed.as_ref());
    let weights: Option<Vec<Weight>> = known.map(|w| Some(w?.weight)).collect();
    weights?.into_iter().max()
}

/// The parts other than the body that differ, and are known on both sides.
fn lines<'a>(
    old: &'a Side,
    new: &'a Side,
    comparison: &'a Comparison,
) -> impl Iterator<Item = (Part, &'a Text, &'a Text)> {
    let texts = move |part: Part| match part {
        Part::Headline => Some((old.headline.as_ref()?, new.headline.as_ref()?)),
        Part::Dateline => Some((&old.dateline, &new.dateline)),
        Part::Byline => Some((old.byline.as_ref()?, new.byline.as_ref()?)),
        Part::Body => None,
        Part::Credits => Some((old.credit_lines.as_ref()?, new.credit_lines.as_ref()?)),
        Part::Sources => Some((&old.sources, &new.sources)),
    };
    let differs = |verdict| matches!(verdict, Verdict::Typography | Verdict::Changed);
    Part::ALL.iter().filter(move |part| differs(comparison.parts.of(**part))).filter_map(
        move |part| {
            let (old, new) = texts(*part)?;
            Some((*part, old, new))
        },
    )
}

fn human(
    ui: Ui,
    (old_origin, old): (&Origin, &Side),
    (new_origin, new): (&Origin, &Side),
    comparison: &Comparison,
    layout: Layout,
) {
    let (style, words) = match comparison.verdict {
        Verdict::Identical => (GOOD, "the same bytes:"),
        Verdict::SameText => (GOOD, "the same text:"),
        Verdict::Typography => (CARE, "the same but for typography:"),
        Verdict::Changed => (BAD, "changed:"),
        Verdict::Unknown => (CARE, "could not be compared:"),
    };
    let (from, to) = (old_origin.shown(), new_origin.shown());
    ui.line(format_args!("{} {from} → {to}", styled(style, words)));
    for change in &comparison.paragraphs {
        let place = place(change);
        for signal in change.weighed.iter().flat_map(|weighed| &weighed.signals) {
            ui.line(format_args!("  {} {place}: {}", styled(CARE, "substantive"), shown(signal)));
        }
    }
    for (part, before, after) in lines(old, new, comparison) {
        let verdict = comparison.parts.of(part).as_str().replace('_', " ");
        ui.line(styled(BOLD, format_args!("{part} {verdict}")));
        print_texts(ui, Some(before.as_str()), Some(after.as_str()), layout, "  ");
    }
    for change in &comparison.paragraphs {
        print_paragraph(ui, change, layout, "");
    }
    for (origin, text) in [(old_origin, old), (new_origin, new)] {
        if comparison.verdict > Verdict::SameText && !origin.kept {
            ui.line(format_args!(
                "the words of {} are not kept; its {} paragraphs were compared by their digests",
                origin.shown(),
                text.paragraphs.count()
            ));
        }
    }
    if comparison.reader_differs && comparison.parts.body == Verdict::Changed {
        ui.line("reader: differs; the change may be the reader's, not the text's");
    }
    if comparison.rest_differs {
        ui.line("text outside of headline, body and credits differs");
    }
}

/// A paragraph that differs: what became of it, how much that matters, and its words.
pub(in crate::cli) fn print_paragraph(ui: Ui, change: &Paragraph, layout: Layout, indent: &str) {
    let weight = match change.weighed.as_ref().map(|weighed| weighed.weight) {
        Some(Weight::Substantive) => format!(", {}", styled(CARE, Weight::Substantive)),
        Some(Weight::Minor) => format!(", {}", Weight::Minor),
        None => String::new(),
    };
    ui.line(format_args!("{indent}{} {}{weight}", place(change), change.kind));
    if change.old.is_some() && change.before.is_none() {
        ui.line(format_args!("{indent}  {}", styled(DIM, "- (its recorded text is not kept)")));
    }
    let indent = format!("{indent}  ");
    if change.before == change.after {
        // It moved and is the same.
        let text = change.after.as_deref().unwrap_or_default();
        if !text.is_empty() {
            ui.line(format_args!("{indent}  {}", sanitize::line(text)));
        }
        return;
    }
    print_texts(ui, change.before.as_deref(), change.after.as_deref(), layout, &indent);
    if change.new.is_some() && change.after.is_none() {
        ui.line(format_args!("{indent}{}", styled(DIM, "+ (its recorded text is not kept)")));
    }
}

/// The paragraph's numbers, old and new.
fn place(change: &Paragraph) -> String {
    let range = |first: usize, count: usize| match count {
        0 | 1 => first.to_string(),
        _ => format!("{first}–{}", first + count - 1),
    };
    let old = change.old.map(|first| range(first, change.olds));
    let new = change.new.map(|first| range(first, change.news));
    match (old, new) {
        (Some(old), Some(new)) if old != new => format!("paragraph {old} → {new}"),
        (Some(place), _) | (_, Some(place)) => format!("paragraph {place}"),
        (None, None) => String::new(),
    }
}

/// A sign of another meaning, in a line.
fn shown(signal: &Signal) -> String {
    let list = |words: &[String]| match words {
        [] => "nothing".to_owned(),
        words => sanitize::line(&words.join(" · ")).into_owned(),
    };
    format!("{} {} → {}", signal.sign, list(&signal.old), list(&signal.new))
}

/// Two texts with the words that differ in marks: `[-old-]`, `{+new+}`.
fn print_texts(ui: Ui, before: Option<&str>, after: Option<&str>, layout: Layout, indent: &str) {
    let edits = match (before, after) {
        (Some(before), Some(after)) => words::diff(before, after),
        _ => Vec::new(),
    };
    let old = before.map(|text| pieces(text, edits.iter().map(|edit| edit.old), ("[-", "-]")));
    let new = after.map(|text| pieces(text, edits.iter().map(|edit| edit.new), ("{+", "+}")));
    if let (Layout::SideBySide(width), Some(_), Some(_)) = (layout, &old, &new) {
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        for row in columns::rows((&old, BAD), (&new, GOOD), width.saturating_sub(indent.len())) {
            ui.line(format_args!("{indent}{row}"));
        }
        return;
    }
    let one = |sign: &str, style, pieces: Vec<(String, bool)>| {
        let text: String = pieces
            .into_iter()
            .map(|(text, marked)| if marked { styled(style, text) } else { text })
            .collect();
        ui.line(format_args!("{indent}{} {text}", styled(style, sign)));
    };
    if let Some(old) = old {
        one("-", BAD, old);
    }
    if let Some(new) = new {
        one("+", GOOD, new);
    }
}

/// A text cut into what is the same and what differs, the latter between marks.
fn pieces(
    text: &str,
    spans: impl Iterator<Item = Span>,
    (open, close): (&str, &str),
) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for span in spans.filter(|span| !span.is_empty()) {
        let same = text.get(at..span.start()).unwrap_or_default();
        pieces.push((sanitize::line(same).into_owned(), false));
        let words = sanitize::line(span.of(text)).into_owned();
        let bare = words.trim_end();
        pieces.push((format!("{open}{bare}{close}"), true));
        pieces.push((words.get(bare.len()..).unwrap_or_default().to_owned(), false));
        at = span.end();
    }
    pieces.push((sanitize::line(text.get(at..).unwrap_or_default()).into_owned(), false));
    pieces
}
