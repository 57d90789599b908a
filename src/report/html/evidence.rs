//! The records behind each figure, as many as a page can show.

use std::collections::BTreeMap;

use crate::audit::eyes::Eyes;
use crate::audit::rule::House;
use crate::audit::stats::{self, Figure, Stats};
use crate::lineage::filter::{By, Filter};
use crate::lineage::graph::Graph;
use crate::lineage::stale::Freshness;

/// The most records that are named for a figure.
const MAX_RECORDS: usize = 40;

/// Delays up to these, in hours, are shown as one bar; longer ones in a last one.
pub const DELAYS: [(i64, &str); 6] = [
    (1, "up to 1 hour"),
    (6, "1 to 6 hours"),
    (24, "6 to 24 hours"),
    (72, "1 to 3 days"),
    (168, "3 to 7 days"),
    (672, "1 to 4 weeks"),
];

/// What delays beyond [`DELAYS`] are called.
pub const LONGER: &str = "longer";

/// What stands behind a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// How often it was counted.
    pub count: usize,
    /// In how many records.
    pub records: usize,
    /// The first of them, by index, each with its article's id and version.
    pub shown: Vec<(u64, String, usize)>,
}

/// The figures of a log, and what stands behind each.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The figures.
    pub stats: Stats,
    /// What stands behind them. A [`Figure::Delay`] is the end of its bar, in hours.
    pub behind: BTreeMap<Figure, Behind>,
}

/// Counts a log and gathers what stands behind its figures.
pub fn gather(graph: &Graph, house: House<'_>) -> Evidence {
    let mut behind: BTreeMap<Figure, Behind> = BTreeMap::new();
    let mut last: BTreeMap<Figure, u64> = BTreeMap::new();
    let stats = stats::observe(graph, &Filter::new(By::Recorded), house, &mut |figure, version| {
        let figure = match figure {
            Figure::Delay(milliseconds) => Figure::Delay(bar(milliseconds)),
            other => other,
        };
        let own = behind.entry(figure.clone()).or_default();
        own.count += 1;
        // Credits of one version come one after the other.
        if last.insert(figure, version.entry.index) == Some(version.entry.index) {
            return;
        }
        own.records += 1;
        if own.shown.len() < MAX_RECORDS {
            let article = version.record.article.clone().unwrap_or_default();
            own.shown.push((version.entry.index, article, version.number));
        }
    });
    Evidence { stats, behind }
}

/// The end of the bar that a delay falls into, in hours.
fn bar(milliseconds: i64) -> i64 {
    let ends = DELAYS.iter().map(|(hours, _)| *hours);
    ends.into_iter().find(|hours| milliseconds <= hours * 3_600_000).unwrap_or(i64::MAX)
}

impl Evidence {
    /// How often a figure was counted.
    pub fn count(&self, figure: &Figure) -> usize {
        self.behind.get(figure).map_or(0, |behind| behind.count)
    }
}

/// The anchor of a figure's records.
pub fn anchor(figure: &Figure) -> String {
    let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
    match figure {
        Figure::Role(role) => format!("of-role-{role}"),
        Figure::Pair(from, to) => format!("of-pair-{}-to-{}", of(from), of(to)),
        Figure::Month(month) => format!("of-month-{}", of(month)),
        Figure::Eyes(eyes) => format!("of-eyes-{}", eyes_key(*eyes)),
        Figure::Machine(true) => "of-machine-reviewed".to_owned(),
        Figure::Machine(false) => "of-machine-unreviewed".to_owned(),
        Figure::Delay(i64::MAX) => "of-delay-longer".to_owned(),
        Figure::Delay(hours) => format!("of-delay-{hours}"),
        Figure::Translation(None) => "of-translations-no_source".to_owned(),
        Figure::Translation(Some(freshness)) => format!("of-translations-{freshness}"),
    }
}

fn eyes_key(eyes: Eyes) -> &'static str {
    match eyes {
        Eyes::Four => "four",
        Eyes::Two => "two",
        Eyes::Unclear => "unclear",
        Eyes::NoMaker => "no_maker",
    }
}

/// What a figure counts, as a heading.
pub fn title(figure: &Figure) -> String {
    let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "not known".to_owned());
    match figure {
        Figure::Role(role) => format!("Credits as {}", role.as_str().replace('_', " ")),
        Figure::Pair(from, to) => format!("Translators’ credits: {} → {}", of(from), of(to)),
        Figure::Month(None) => "Credits of versions without a time that can be read".to_owned(),
        Figure::Month(Some(month)) => format!("Credits in {month}"),
        Figure::Eyes(eyes) => format!("Second reader: {}", eyes_title(*eyes)),
        Figure::Machine(true) => "Machine translations reviewed in full".to_owned(),
        Figure::Machine(false) => "Machine translations not reviewed in full".to_owned(),
        Figure::Delay(hours) => {
            let name = DELAYS.iter().find(|(end, _)| end == hours).map_or(LONGER, |(_, name)| name);
            format!("Source to translation: {name}")
        }
        Figure::Translation(freshness) => {
            format!("Translations today: {}", freshness_title(*freshness))
        }
    }
}

/// What is said of a second reader.
pub fn eyes_title(eyes: Eyes) -> &'static str {
    match eyes {
        Eyes::Four => "somebody else edited it",
        Eyes::Two => "nobody else is credited",
        Eyes::Unclear => "can’t be told from the names",
        Eyes::NoMaker => "the credits don’t say who made it",
    }
}

/// How a translation stands to its source.
pub fn freshness_title(freshness: Option<Freshness>) -> &'static str {
    match freshness {
        Some(Freshness::Fresh) => "as its source",
        Some(Freshness::Minor) => "lesser changes in the source",
        Some(Freshness::Stale) => "stale",
        Some(Freshness::NotChecked) => "source not checked",
        None => "no source named",
    }
}
