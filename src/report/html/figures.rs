//! Figures: charts, their numbers in tables, and the records behind each number.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::chart::{bar, columns, parts, swatch};
use super::evidence::{
    Behind, DELAYS, Evidence, LONGER, anchor, eyes_title, freshness_title, title,
};
use super::markup::{Markup, counted, grouped, name, text};
use super::timeline::Shown;
use crate::audit::eyes::Eyes;
use crate::audit::stats::Figure;
use crate::lineage::stale::Freshness;

/// The most months that are shown: the newest.
const MAX_MONTHS: usize = 36;

/// The most languages on a side of the matrix: those with most credits.
const MAX_LANGUAGES: usize = 12;

/// From which language into which, where they are known.
type Languages = (Option<String>, Option<String>);

/// Writes the figures.
pub fn write(page: &mut Markup, evidence: &Evidence) {
    months(page, evidence);
    matrix(page, evidence);
    eyes(page, evidence);
    delays(page, evidence);
    translations(page, evidence);
    machines(page, evidence);
}

/// A number that leads to its records.
fn number(evidence: &Evidence, figure: &Figure) -> String {
    let count = evidence.count(figure);
    if count == 0 {
        return "0".to_owned();
    }
    let label = text(&title(figure)).to_string();
    format!(
        "<a href=\"#{}\" aria-label=\"{}: {label}\">{}</a>",
        text(&anchor(figure)),
        grouped(count),
        grouped(count)
    )
}

fn head(page: &mut Markup, id: &str, title: &str, said: impl Display) {
    page.put(format_args!(
        "<section class=\"figure\" aria-labelledby=\"figure-{id}\"><h3 id=\"figure-{id}\">{title}</h3><p>{said}</p>"
    ));
}

/// A table of rows that are a name, a bar or swatch, and a number.
fn rows(page: &mut Markup, caption: &str, what: &str, rows: &[(String, String, String)]) {
    page.put(format_args!(
        "<table class=\"rows\"><caption class=\"hidden\">{caption}</caption><thead><tr><th scope=\"col\">{what}</th>\
         <th scope=\"col\" class=\"number\">Number</th></tr></thead><tbody>"
    ));
    for (name, chart, number) in rows {
        page.put(format_args!(
            "<tr><th scope=\"row\">{name}{chart}</th><td class=\"number\">{number}</td></tr>"
        ));
    }
    page.put("</tbody></table>");
}

fn months(page: &mut Markup, evidence: &Evidence) {
    let all: Vec<&Option<String>> = evidence.stats.credits.by_month.keys().collect();
    let dated: Vec<&Option<String>> = all.iter().copied().filter(|m| m.is_some()).collect();
    let left_out = dated.len().saturating_sub(MAX_MONTHS);
    let shown = dated.get(left_out..).unwrap_or_default();
    let count = |month: &Option<String>| evidence.count(&Figure::Month(month.clone()));
    head(
        page,
        "months",
        "Credits over time",
        format_args!(
            "{} in the newest versions, by the month (UTC) in which each was recorded.",
            counted(evidence.stats.credits.all, "credit")
        ),
    );
    let counts: Vec<usize> = shown.iter().map(|month| count(month)).collect();
    if counts.len() > 1 {
        page.put(columns("Credits by month; the numbers are in the table below", &counts));
        let ends =
            [shown.first(), shown.last()].map(|end| end.and_then(|m| m.as_deref()).unwrap_or(""));
        page.put(format_args!(
            "<p class=\"axis\" aria-hidden=\"true\"><span>{}</span><span>{}</span></p>",
            text(ends[0]),
            text(ends[1])
        ));
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let row = |month: &Option<String>| {
        let label =
            month.as_deref().map_or_else(|| "time not known".to_owned(), |m| text(m).to_string());
        let figure = Figure::Month(month.clone());
        (label, bar(count(month), most.max(count(month))), number(evidence, &figure))
    };
    let mut list: Vec<(String, String, String)> = shown.iter().map(|month| row(month)).collect();
    list.extend(all.iter().filter(|month| month.is_none()).map(|month| row(month)));
    rows(page, "Credits by month", "Month", &list);
    if left_out > 0 {
        page.put(format_args!("<p class=\"more\">{} not shown here; <code>siglum stats --format json</code> has all.</p>", counted(left_out, "earlier month")));
    }
    page.put("</section>");
}

fn matrix(page: &mut Markup, evidence: &Evidence) {
    let pairs = &evidence.stats.credits.by_pair;
    let all: usize = pairs.values().sum();
    head(
        page,
        "pairs",
        "Language pairs",
        format_args!(
            "{} of translators, from the language of the row into that of the column.",
            counted(all, "credit")
        ),
    );
    let side = |of: fn(&Languages) -> &Option<String>| {
        let known: BTreeSet<&Option<String>> = pairs.keys().map(of).collect();
        let weight = |language: &Option<String>| -> usize {
            pairs.iter().filter(|(pair, _)| of(pair) == language).map(|(_, count)| count).sum()
        };
        let mut side: Vec<&Option<String>> = known.into_iter().collect();
        side.sort_by_key(|language| std::cmp::Reverse(weight(language)));
        let left_out = side.len().saturating_sub(MAX_LANGUAGES);
        side.truncate(MAX_LANGUAGES);
        side.sort();
        (side, left_out)
    };
    let ((from, less_from), (to, less_to)) = (side(|pair| &pair.0), side(|pair| &pair.1));
    if from.is_empty() {
        page.put("<p class=\"none\">No translator is credited.</p></section>");
        return;
    }
    let most = pairs.values().copied().max().unwrap_or(0).max(1);
    let named = |language: &Option<String>| {
        language.as_deref().map_or_else(|| "?".to_owned(), |tag| text(tag).to_string())
    };
    page.put("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table of language pairs\"><table class=\"matrix\">");
    page.put("<caption class=\"hidden\">Translators’ credits by pair of languages; ? is a language that is not known</caption>");
    let columns: String =
        to.iter().map(|l| format!("<th scope=\"col\">{}</th>", named(l))).collect();
    page.put(format_args!("<thead><tr><td>from ↓ into →</td>{columns}</tr></thead><tbody>"));
    for row in from {
        let cells: String = to
            .iter()
            .map(|column| {
                let figure = Figure::Pair(row.clone(), (*column).clone());
                match evidence.count(&figure) {
                    0 => "<td class=\"number\"><span class=\"none\">·</span></td>".to_owned(),
                    count => format!(
                        "<td class=\"number l{}\">{}</td>",
                        (count * 4).div_ceil(most),
                        number(evidence, &figure)
                    ),
                }
            })
            .collect();
        page.put(format_args!("<tr><th scope=\"row\">{}</th>{cells}</tr>", named(row)));
    }
    page.put("</tbody></table></div>");
    if less_from + less_to > 0 {
        page.put(format_args!("<p class=\"more\">Not shown here: {} with fewer credits; <code>siglum stats --format json</code> has all.</p>", counted(less_from + less_to, "row or column")));
    }
    page.put("</section>");
}

/// A whole in parts, each with its number.
fn whole(page: &mut Markup, evidence: &Evidence, what: &str, list: &[(Figure, &str)]) {
    let counts: Vec<usize> = list.iter().map(|(figure, _)| evidence.count(figure)).collect();
    if counts.iter().sum::<usize>() == 0 {
        page.put("<p class=\"none\">There are none.</p></section>");
        return;
    }
    page.put(parts(&format!("{what} in parts; the numbers are in the table below"), &counts));
    let row = |(place, (figure, label)): (usize, &(Figure, &str))| {
        (format!("{}{label}", swatch(place)), String::new(), number(evidence, figure))
    };
    let list: Vec<(String, String, String)> = list.iter().enumerate().map(row).collect();
    rows(page, what, what, &list);
    page.put("</section>");
}

fn eyes(page: &mut Markup, evidence: &Evidence) {
    let eyes = evidence.stats.four_eyes;
    let said = match (eyes.four * 100).checked_div(eyes.judged()) {
        None => "Of no text it is known who made it and who read it.".to_owned(),
        Some(percent) => format!(
            "<strong class=\"big\">{percent} %</strong> of the {} of which it is known have an editor who is not \
             among those who made it.",
            counted(eyes.judged(), "text")
        ),
    };
    head(page, "eyes", "Four eyes", said);
    let list = [Eyes::Four, Eyes::Two, Eyes::Unclear, Eyes::NoMaker]
        .map(|e| (Figure::Eyes(e), eyes_title(e)));
    whole(page, evidence, "Texts by second reader", &list);
}

fn delays(page: &mut Markup, evidence: &Evidence) {
    let delay = &evidence.stats.delay;
    let said = match delay.quartiles() {
        None => "Not known of any translation.".to_owned(),
        Some(quartiles) => {
            let [lower, median, upper] = quartiles.map(duration);
            format!(
                "<strong class=\"big\">{median}</strong> is the median from source to translation, of {}; the middle \
                 half took {lower} to {upper}.",
                counted(delay.known.len(), "translation")
            )
        }
    };
    head(page, "delays", "From source to translation", said);
    let ends = DELAYS.iter().copied().chain([(i64::MAX, LONGER)]);
    let list: Vec<(Figure, &str)> =
        ends.map(|(hours, label)| (Figure::Delay(hours), label)).collect();
    let most = list.iter().map(|(figure, _)| evidence.count(figure)).max().unwrap_or(0);
    if most > 0 {
        let list: Vec<(String, String, String)> = list
            .iter()
            .map(|(figure, label)| {
                ((*label).to_owned(), bar(evidence.count(figure), most), number(evidence, figure))
            })
            .collect();
        rows(page, "Translations by time since the source", "Time since the source", &list);
    }
    let open = delay.unpinned + delay.earlier;
    if open > 0 {
        page.put(format_args!(
            "<p class=\"more\">Not known of {}. No record of this log is named as the source: {}. An earlier \
             time than the source’s: {}.</p>",
            counted(open, "translation"),
            delay.unpinned,
            delay.earlier
        ));
    }
    page.put("</section>");
}

fn translations(page: &mut Markup, evidence: &Evidence) {
    head(
        page,
        "translations",
        "Translations today",
        "Those that stand, each by the worst of its sources.",
    );
    let all = [
        Some(Freshness::Fresh),
        Some(Freshness::Minor),
        Some(Freshness::Stale),
        Some(Freshness::NotChecked),
        None,
    ];
    let list = all.map(|freshness| (Figure::Translation(freshness), freshness_title(freshness)));
    whole(page, evidence, "Translations by their source", &list);
}

fn machines(page: &mut Markup, evidence: &Evidence) {
    head(
        page,
        "machines",
        "Machine translations",
        "Those that stand. Reviewed: a person’s review of all of the text still holds.",
    );
    let list = [
        (Figure::Machine(true), "reviewed in full"),
        (Figure::Machine(false), "not reviewed in full"),
    ];
    whole(page, evidence, "Machine translations by review", &list);
}

/// Writes the records behind the figures.
pub fn records(page: &mut Markup, evidence: &Evidence, shown: &Shown<'_>) {
    for (figure, Behind { count, records, shown: first }) in &evidence.behind {
        if matches!(figure, Figure::Role(_)) {
            continue;
        }
        page.put(format_args!("<section class=\"behind\" id=\"{}\">", text(&anchor(figure))));
        page.put(format_args!(
            "<h3>{} <span class=\"count\">{} in {}</span></h3><ul>",
            text(&title(figure)),
            grouped(*count),
            counted(*records, "record")
        ));
        for (index, article, version) in first {
            page.put(format_args!(
                "<li>{}: {} version {version}</li>",
                shown.record(*index),
                name(article)
            ));
        }
        page.put("</ul>");
        let more = records.saturating_sub(first.len());
        if more > 0 {
            page.put(format_args!(
                "<p class=\"more\">and {}; <code>siglum export ndjson</code> has all.</p>",
                counted(more, "other record")
            ));
        }
        page.put("</section>");
    }
}

/// A duration in its two largest units, cut.
fn duration(milliseconds: i64) -> String {
    let minutes = milliseconds / 60_000;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, hours) => format!("{hours} h {minutes} min"),
        (days, hours) => format!("{days} d {hours} h"),
    }
}
