//! A credit line with what was read of it marked underneath.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use unicode_width::UnicodeWidthStr as _;

use crate::cli::sanitize;
use crate::cli::ui::Ui;
use crate::credit::line::Line;
use crate::text::span::Span;

/// The longest row of a line, in columns.
const WIDTH: usize = 88;

/// Shows a line with carets under names, dashes under phrases, and what each is.
///
/// With `expectations`, also what would have been read where nothing was.
pub(in crate::cli) fn print(ui: Ui, title: &str, text: &str, line: &Line, expectations: bool) {
    let mut marks = Vec::new();
    let mut phrases: Vec<Span> = line.credits.iter().filter_map(|c| c.phrase_span).collect();
    phrases.dedup();
    for phrase in phrases {
        marks.push((AnnotationKind::Context, phrase, None));
    }
    for credit in &line.credits {
        let place = credit.place.as_deref().map(|p| format!(", {p}")).unwrap_or_default();
        let language = credit.language.as_ref().map(|l| format!(" ({l})")).unwrap_or_default();
        let label = sanitize::line(&format!("{}{language}{place}", credit.role)).into_owned();
        marks.push((AnnotationKind::Primary, credit.name_span, Some(label)));
    }
    for source in &line.sources {
        let target = source.target.as_deref().unwrap_or("no target");
        let label = format!("source: {}", sanitize::line(target));
        marks.push((AnnotationKind::Primary, source.span, Some(label)));
    }
    for machine in &line.machines {
        marks.push((AnnotationKind::Primary, machine.span, Some("machine".to_owned())));
    }
    for leftover in &line.leftovers {
        let label =
            if expectations { leftover.expected.to_string() } else { "not read".to_owned() };
        marks.push((AnnotationKind::Context, leftover.span, Some(label)));
    }
    let shown = Shown::new(text, &marks.iter().map(|(_, span, _)| *span).collect::<Vec<_>>());
    let annotations = marks.iter().filter_map(|(kind, span, label)| {
        let span = shown.place(*span)?;
        Some(kind.span(span.start()..span.end()).label(label.as_deref()))
    });
    let snippet = Snippet::source(shown.text.as_str())
        .line_numbering(false)
        .fold(false)
        .annotations(annotations);
    let report = [Group::with_title(Level::INFO.no_name().primary_title(title)).element(snippet)];
    // Lines are broken below; the renderer's own cutting would hide the rest.
    let renderer = Renderer::styled().term_width(WIDTH * 4).decor_style(DecorStyle::Ascii);
    ui.line(renderer.render(&report));
}

/// A text as a terminal may see it, and where its bytes went.
struct Shown {
    text: String,
    /// For each byte of the original that begins a character, where that character is shown.
    places: Vec<(usize, usize)>,
}

impl Shown {
    /// Breaks the text into rows at spaces that lie in none of the `marked` spans.
    fn new(text: &str, marked: &[Span]) -> Self {
        let mut shown = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        let mut column = 0;
        let mut last_space = None;
        for (start, c) in text.char_indices() {
            shown.places.push((start, shown.text.len()));
            match c {
                ' ' | '\n' | '\r' | '\t' | '\u{A0}' => {
                    let inside = Span::new(start, start + c.len_utf8());
                    if !marked.iter().any(|span| span.overlaps(inside)) {
                        last_space = Some((shown.text.len(), column + 1));
                    }
                    shown.text.push(' ');
                    column += 1;
                }
                c => {
                    let visible = sanitize::line(c.encode_utf8(&mut [0; 4])).into_owned();
                    column += visible.width();
                    shown.text.push_str(&visible);
                }
            }
            if column > WIDTH
                && let Some((at, before)) = last_space.take()
            {
                shown.text.replace_range(at..=at, "\n");
                column -= before;
            }
        }
        shown.places.push((text.len(), shown.text.len()));
        shown
    }

    fn place(&self, span: Span) -> Option<Span> {
        let find = |offset| {
            let at = self.places.binary_search_by_key(&offset, |(from, _)| *from).ok()?;
            self.places.get(at).map(|(_, to)| *to)
        };
        Some(Span::new(find(span.start())?, find(span.end())?)).filter(|span| !span.is_empty())
    }
}
