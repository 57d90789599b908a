//! Charts as inline SVG without text: what they show stands in the table beside each.

use std::fmt::Write as _;

/// Columns from left to right, the highest as high as the chart.
pub fn columns(label: &str, counts: &[usize]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let width = counts.len().max(1) * 10;
    let mut out = format!(
        "<svg class=\"columns\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width} 100\" \
         preserveAspectRatio=\"none\">"
    );
    for (place, count) in counts.iter().enumerate() {
        let height = (count * 100).div_ceil(most);
        let (x, y) = (place * 10 + 1, 100 - height.min(100));
        // Writing to a string can't fail.
        let _ = write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"8\" height=\"{height}\"/>");
    }
    out.push_str("</svg>");
    out
}

/// A bar in a table's row: a part of the most. It only repeats the row's number.
pub fn bar(count: usize, most: usize) -> String {
    if count == 0 {
        return String::new();
    }
    let width = (count * 1000).div_ceil(most.max(1));
    format!(
        "<svg class=\"bar\" aria-hidden=\"true\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\">\
         <rect width=\"{width}\" height=\"10\"/></svg>"
    )
}

/// A whole in its parts, each in the fill of its place.
pub fn parts(label: &str, counts: &[usize]) -> String {
    let all: usize = counts.iter().sum();
    let mut out = format!(
        "<svg class=\"parts\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 1000 10\" \
         preserveAspectRatio=\"none\">"
    );
    let mut before = 0;
    for (place, count) in counts.iter().enumerate() {
        let from = before * 1000 / all.max(1);
        before += count;
        let to = before * 1000 / all.max(1);
        if *count > 0 {
            let width = (to - from).max(1);
            let _ = write!(
                out,
                "<rect class=\"p{place}\" x=\"{from}\" width=\"{width}\" height=\"10\"/>"
            );
        }
    }
    out.push_str("</svg>");
    out
}

/// The fill of a part, for the table beside the chart.
pub fn swatch(place: usize) -> String {
    format!(
        "<svg class=\"swatch\" aria-hidden=\"true\" viewBox=\"0 0 10 10\">\
         <rect class=\"p{place}\" width=\"10\" height=\"10\"/></svg>"
    )
}

/// A mark by its shape: of a severity, or of what happened.
pub fn mark(shape: &str) -> String {
    let path = match shape {
        "error" => "M8 1 15 14H1Z M7.2 5.5h1.6v4.2H7.2Z M7.2 10.9h1.6v1.6H7.2Z",
        "warning" => "M8 1 15 8 8 15 1 8Z M7.2 4.6h1.6v4.2H7.2Z M7.2 10h1.6v1.6H7.2Z",
        "note" => "M8 2a6 6 0 1 0 .01 0Z M8 3.6a4.4 4.4 0 1 1-.01 0Z",
        "passed" => "M8 1a7 7 0 1 0 .01 0Z M4.6 8.2 5.8 7l1.7 1.7 3.3-3.4 1.2 1.2-4.5 4.6Z",
        "correction" => "M8 1 15 8 8 15 1 8Z",
        "review" => "M8 2a6 6 0 1 0 .01 0Z M8 4a4 4 0 1 1-.01 0Z M8 6a2 2 0 1 0 .01 0Z",
        "end" => {
            "M3 3h10v10H3Z M5.4 4.3 4.3 5.4 6.9 8l-2.6 2.6 1.1 1.1L8 9.1l2.6 2.6 1.1-1.1L9.1 8l2.6-2.6-1.1-1.1L8 6.9Z"
        }
        "version" => "M8 3a5 5 0 1 0 .01 0Z",
        _ => "M8 5.5a2.5 2.5 0 1 0 .01 0Z",
    };
    format!(
        "<svg class=\"mark\" aria-hidden=\"true\" viewBox=\"0 0 16 16\"><path fill-rule=\"evenodd\" d=\"{path}\"/></svg>"
    )
}
