//! A credit line with what was read of it marked underneath.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::cli::sanitize;
use crate::cli::ui::Ui;
use crate::credit::line::Line;
use crate::text::span::Span;

/// Shows a line with carets under names, dashes under phrases, and what each is.
///
/// With `expectations`, also what would have been read where nothing was.
pub(in crate::cli) fn print(ui: Ui, title: &str, text: &str, line: &Line, expectations: bool) {
    let shown = Shown::new(text);
    let mut marks = Vec::new();
    for credit in &line.credits {
        let place = credit.place.as_deref().map(|p| format!(", {p}")).unwrap_or_default();
        let language = credit.language.as_ref().map(|l| format!(" ({l})")).unwrap_or_default();
        let label = sanitize::line(&format!("{}{language}{place}", credit.role)).into_owned();
        marks.push((AnnotationKind::Primary, credit.name_span, label));
    }
    for source in &line.sources {
        let target = source.target.as_deref().unwrap_or("no target");
        marks.push((
            AnnotationKind::Primary,
            source.span,
            format!("source: {}", sanitize::line(target)),
        ));
    }
    for machine in &line.machines {
        marks.push((AnnotationKind::Primary, machine.span, "machine".to_owned()));
    }
    if expectations {
        for leftover in &line.leftovers {
            marks.push((AnnotationKind::Context, leftover.span, leftover.expected.to_string()));
        }
    } else {
        for leftover in &line.leftovers {
            marks.push((AnnotationKind::Context, leftover.span, "not read".to_owned()));
        }
    }
    let annotations = marks.iter().filter_map(|(kind, span, label)| {
        let span = shown.place(*span)?;
        Some(kind.span(span.start()..span.end()).label(label.as_str()))
    });
    let snippet = Snippet::source(shown.text.as_str())
        .line_numbering(false)
        .fold(false)
        .annotations(annotations);
    let report = [Group::with_title(Level::INFO.no_name().primary_title(title)).element(snippet)];
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    ui.line(renderer.render(&report));
}

/// A text as a terminal may see it, and where its bytes went.
struct Shown {
    text: String,
    /// For each byte of the original that begins a character, where that character is shown.
    places: Vec<(usize, usize)>,
}

impl Shown {
    fn new(text: &str) -> Self {
        let mut shown = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        for (start, c) in text.char_indices() {
            shown.places.push((start, shown.text.len()));
            match c {
                '\n' | '\r' | '\t' | '\u{A0}' => shown.text.push(' '),
                c => shown.text.push_str(&sanitize::line(c.encode_utf8(&mut [0; 4]))),
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
