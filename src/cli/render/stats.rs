//! A log's figures.

use super::checkpoint::count;
use crate::audit::stats::{Credits, Delay, Stats};
use crate::cli::sanitize;
use crate::cli::ui::{BOLD, Format, Ui, styled};
use crate::report::figures;

/// The figures, in the format that was asked for.
pub(in crate::cli) fn print(ui: Ui, stats: &Stats) {
    match ui.format() {
        Format::Json | Format::Ndjson => ui.value(&figures::stats(stats)),
        Format::Human => human(ui, stats),
    }
}

fn human(ui: Ui, stats: &Stats) {
    ui.line(format_args!(
        "{}, {}, {}",
        counted(stats.articles, "article"),
        counted(stats.versions, "version"),
        counted(stats.records, "record")
    ));
    credits(ui, &stats.credits);
    let eyes = stats.four_eyes;
    row(
        ui,
        "four eyes",
        share(eyes.four, eyes.judged(), "text has another editor", "texts have another editor"),
    );
    open(
        ui,
        eyes.unclear,
        "can't be told: names are sealed, withheld, or initials not in the roster",
    );
    open(ui, eyes.no_maker, "not told: the credits don't say who made the text");
    let machine = stats.machine;
    row(
        ui,
        "machine translations",
        share(machine.reviewed, machine.all, "is reviewed in full", "are reviewed in full"),
    );
    delay(ui, &stats.delay);
    let translations = stats.translations;
    row(
        ui,
        "translations today",
        format!(
            "{} stale, {} with lesser changes in the source, {} fresh",
            translations.stale, translations.minor, translations.fresh
        ),
    );
    open(
        ui,
        translations.not_checked,
        "not checked: the source is outside the log, or no record of it is named",
    );
    open(ui, translations.no_source, "not checked: no source is named");
}

fn credits(ui: Ui, credits: &Credits) {
    row(ui, "credits", credits.all.to_string());
    let part = |what: &str, rows: Vec<(String, usize)>| {
        for (place, (name, count)) in rows.into_iter().enumerate() {
            let head = if place == 0 { what } else { "" };
            ui.line(format_args!("  {head:<18}  {count:>7}  {}", sanitize::line(&name)));
        }
    };
    let unknown = |known: &Option<String>| known.clone().unwrap_or_else(|| "?".to_owned());
    part("by role", credits.by_role.iter().map(|(role, n)| (role.to_string(), *n)).collect());
    let pairs = credits.by_pair.iter();
    part(
        "translators",
        pairs.map(|((from, to), n)| (format!("{} → {}", unknown(from), unknown(to)), *n)).collect(),
    );
    let desks = credits.by_desk.iter();
    part("by desk", desks.map(|((name, kind), n)| (format!("{name} ({kind})"), *n)).collect());
    let months = credits.by_month.iter();
    part("by month", months.map(|(month, n)| (unknown(month), *n)).collect());
}

fn delay(ui: Ui, delay: &Delay) {
    let said = match delay.quartiles() {
        None => "not known of any translation".to_owned(),
        Some(quartiles) => {
            let [lower, median, upper] = quartiles.map(duration);
            let known = counted(delay.known.len(), "translation");
            format!("median {median}, quartiles {lower} and {upper}, of {known}")
        }
    };
    row(ui, "source → translation", said);
    open(ui, delay.unpinned, "not known: no record of this log is named as the source");
    open(ui, delay.earlier, "not known: the translation says an earlier time than its source");
}

fn row(ui: Ui, what: &str, said: impl std::fmt::Display) {
    ui.line(format_args!("{} {said}", styled(BOLD, format_args!("{what:<20}"))));
}

/// A line on what is not known, where there is any.
fn open(ui: Ui, number: usize, why: &str) {
    if number > 0 {
        ui.line(format_args!("{:>20} {number} {why}", ""));
    }
}

fn counted(number: usize, noun: &str) -> String {
    count(number as u64, noun)
}

/// "3 of 4 texts … (75 %)".
fn share(part: usize, of: usize, one: &str, many: &str) -> String {
    match part.saturating_mul(100).checked_div(of) {
        None => "none".to_owned(),
        Some(percent) => {
            format!("{part} of {of} {} ({percent} %)", if of == 1 { one } else { many })
        }
    }
}

/// A duration in its two largest units, cut.
fn duration(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    if days > 0 {
        format!("{days} d {hours} h")
    } else if hours > 0 {
        format!("{hours} h {minutes} min")
    } else if minutes > 0 {
        format!("{minutes} min {} s", seconds % 60)
    } else {
        format!("{seconds} s")
    }
}
