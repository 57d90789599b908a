//! A log in figures: who did what, who read it again, how long it took, what is open.
//!
//! Articles are counted, each in one version: the newest that the filter lets through. What is open
//! today (reviews, staleness) is judged in an article's newest version, if it is a translation that
//! was neither retracted nor withdrawn. What is not known is counted as that.
//!
//! Time grows linearly with the log. An article costs as much as it has records, for each of its
//! reviews; with a filter by languages, for each of its versions.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use super::eyes::{self, Eyes};
use super::rule::House;
use crate::credit::role::{Kind, Role};
use crate::lineage::basis;
use crate::lineage::filter::{self, Answer, By, Filter};
use crate::lineage::graph::{Article, Graph, Version};
use crate::lineage::pair;
use crate::lineage::review::{self, Reviewed};
use crate::lineage::stale::{self, Freshness};
use crate::lineage::status;
use crate::text::profile::Text;

/// The figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Articles of which a version is counted.
    pub articles: usize,
    /// Records that carry a text and that the filter lets through.
    pub versions: usize,
    /// Records that the filter lets through, of any event; without one, all.
    pub records: usize,
    /// Records of a newer format, of which nothing else is known.
    pub not_understood: usize,
    /// Records that the filter would let through if they stated a time that can be read.
    pub undated: usize,
    /// Credits.
    pub credits: Credits,
    /// Second readers.
    pub four_eyes: FourEyes,
    /// Reviews of machine translations.
    pub machine: Machines,
    /// From source to translation.
    pub delay: Delay,
    /// How translations stand to their sources today.
    pub translations: Translations,
}

/// Credits of the counted versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// All of them.
    pub all: usize,
    /// By role, in the vocabulary's order.
    pub by_role: BTreeMap<Role, usize>,
    /// Those of translators, by the languages from and into which, where they are known.
    pub by_pair: BTreeMap<(Option<String>, Option<String>), usize>,
    /// Those of desks and organizations, by name and kind.
    pub by_desk: BTreeMap<(String, Kind), usize>,
    /// By the month (UTC) of the version; `None` where it states no time that can be read.
    pub by_month: BTreeMap<Option<String>, usize>,
}

/// Second readers, as [`eyes::judge`] tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FourEyes {
    /// Counted versions with an editor who is not among those who made them.
    pub four: usize,
    /// With no other editor.
    pub two: usize,
    /// Where names that can't be told apart leave it open.
    pub unclear: usize,
    /// Whose credits don't say who made them.
    pub no_maker: usize,
}

/// Translations that a machine took part in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Machines {
    /// All that stand.
    pub all: usize,
    /// Those with a person's review of all of the text that was not a rejection and still holds.
    pub reviewed: usize,
}

/// How long after its source a translation was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delay {
    /// In milliseconds, sorted: from the time in the record of the source's version to that of the
    /// first version made from it.
    pub known: Vec<i64>,
    /// Translations whose source is not pinned to a record of this log.
    pub unpinned: usize,
    /// Those that say an earlier time than their source.
    pub earlier: usize,
}

/// Standing translations, each by the worst of its sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Translations {
    /// The source changed, maybe in substance.
    pub stale: usize,
    /// It changed in nothing substantive.
    pub minor: usize,
    /// It is as it was.
    pub fresh: usize,
    /// It lies outside this log, or no record of it is named.
    pub not_checked: usize,
    /// No source is named.
    pub no_source: usize,
}

/// A figure that a version counts in: what leads from a count to the records behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// [`Credits::by_role`]; once for each credit.
    Role(Role),
    /// [`Credits::by_pair`]; once for each translator's credit.
    Pair(Option<String>, Option<String>),
    /// [`Credits::by_month`]; once for each credit.
    Month(Option<String>),
    /// [`FourEyes`].
    Eyes(Eyes),
    /// [`Machines`]: whether it is reviewed.
    Machine(bool),
    /// [`Delay::known`], in milliseconds.
    Delay(i64),
    /// [`Translations`], by the worst of its sources; `None` where no source is named.
    Translation(Option<Freshness>),
}

/// Is told of each version that counts in a figure.
pub type Observer<'o> = dyn FnMut(Figure, Version<'_>) + 'o;

impl FourEyes {
    /// Of how many it is known.
    pub fn judged(self) -> usize {
        self.four + self.two
    }
}

impl Delay {
    /// The lower quartile, the median and the upper quartile by nearest rank: each a delay that there
    /// was.
    pub fn quartiles(&self) -> Option<[i64; 3]> {
        let rank = |quarter: usize| {
            let rank = (self.known.len() * quarter).div_ceil(4);
            self.known.get(rank.checked_sub(1)?).copied()
        };
        Some([rank(1)?, rank(2)?, rank(3)?])
    }
}

/// Counts a log, of which the articles are given part by part.
#[derive(Debug, Default)]
pub struct Counter {
    stats: Stats,
    /// How a desk's name is written in the first record that credits it, by the same text in canonical
    /// form.
    desks: HashMap<String, (u64, String)>,
}

/// Counts a log, and tells of each version that counts in a figure.
pub fn observe(graph: &Graph, filter: &Filter, house: House<'_>, seen: &mut Observer<'_>) -> Stats {
    let mut counter = Counter::default();
    counter.add(graph, filter, house, seen);
    counter.into_stats(filter)
}

impl Counter {
    /// Counts some of a log's records: whole articles, with those that they lead to.
    pub fn add(
        &mut self,
        graph: &Graph,
        filter: &Filter,
        house: House<'_>,
        seen: &mut Observer<'_>,
    ) {
        let Self { stats, desks } = self;
        for entry in graph.entries() {
            let Some(record) = entry.record() else {
                stats.not_understood += 1;
                continue;
            };
            if !record.event.has_text() {
                stats.let_through(filter.judge(graph, entry));
            }
        }
        for article in graph.articles() {
            let mut counted = None;
            for version in article.versions() {
                if stats.let_through(filter.judge_version(graph, article, version)) {
                    stats.versions += 1;
                    counted = Some(version);
                }
            }
            if let Some(version) = counted {
                stats.articles += 1;
                stats.credits(graph, article, version, filter.by, desks, seen);
                stats.made(graph, article, version, house, seen);
                stats.open(graph, article, house, seen);
            }
        }
    }

    /// What was counted.
    pub fn into_stats(self, filter: &Filter) -> Stats {
        let Self { mut stats, desks } = self;
        if !filter.asks() {
            stats.records += stats.not_understood;
        }
        stats.delay.known.sort_unstable();
        let by_text = std::mem::take(&mut stats.credits.by_desk);
        stats.credits.by_desk = by_text
            .into_iter()
            .map(|((text, kind), count)| {
                let shown = desks.get(&text).map_or(text, |(_, shown)| shown.clone());
                ((shown, kind), count)
            })
            .collect();
        stats
    }
}

impl Stats {
    fn let_through(&mut self, answer: Answer) -> bool {
        self.records += usize::from(answer == Answer::Yes);
        self.undated += usize::from(answer == Answer::Undated);
        answer == Answer::Yes
    }

    fn credits<'a>(
        &mut self,
        graph: &'a Graph,
        article: Article<'a>,
        version: Version<'a>,
        by: By,
        desks: &mut HashMap<String, (u64, String)>,
        seen: &mut Observer<'_>,
    ) {
        let record = version.record;
        if record.credits.is_empty() {
            return;
        }
        let bases = basis::of(graph, article, version);
        let month = filter::moment(record, by).map(|moment| moment.format("%Y-%m").to_string());
        for _ in &record.credits {
            seen(Figure::Month(month.clone()), version);
        }
        *self.credits.by_month.entry(month).or_default() += record.credits.len();
        self.credits.all += record.credits.len();
        for credit in &record.credits {
            *self.credits.by_role.entry(credit.role).or_default() += 1;
            seen(Figure::Role(credit.role), version);
            if credit.role == Role::Translator {
                let (from, to) = pair::of_credit(credit, record, &bases);
                let pair = (from.map(ToString::to_string), to.map(ToString::to_string));
                seen(Figure::Pair(pair.0.clone(), pair.1.clone()), version);
                *self.credits.by_pair.entry(pair).or_default() += 1;
            }
            if let Some(name) = credit.name.as_ref().filter(|_| filter::is_desk(credit)) {
                let text = Text::new(name).as_str().to_owned();
                let index = version.entry.index;
                let first = desks.entry(text.clone()).or_insert_with(|| (index, name.clone()));
                if index < first.0 {
                    *first = (index, name.clone());
                }
                *self.credits.by_desk.entry((text, credit.kind)).or_default() += 1;
            }
        }
    }

    /// How a version was made.
    fn made<'a>(
        &mut self,
        graph: &'a Graph,
        article: Article<'a>,
        version: Version<'a>,
        house: House<'_>,
        seen: &mut Observer<'_>,
    ) {
        let eyes = eyes::judge(graph, article, version, house.roster);
        seen(Figure::Eyes(eyes), version);
        *match eyes {
            Eyes::Four => &mut self.four_eyes.four,
            Eyes::Two => &mut self.four_eyes.two,
            Eyes::Unclear => &mut self.four_eyes.unclear,
            Eyes::NoMaker => &mut self.four_eyes.no_maker,
        } += 1;
        if !basis::is_translation(graph, article, version) {
            return;
        }
        match times(graph, article, version) {
            None => self.delay.unpinned += 1,
            Some((source, made)) if made < source => self.delay.earlier += 1,
            Some((source, made)) => {
                let delay = (made - source).num_milliseconds();
                seen(Figure::Delay(delay), version);
                self.delay.known.push(delay);
            }
        }
    }

    /// What is open of an article today.
    fn open<'a>(
        &mut self,
        graph: &'a Graph,
        article: Article<'a>,
        house: House<'_>,
        seen: &mut Observer<'_>,
    ) {
        let Some(newest) = article.newest() else { return };
        let ended = status::status(article, newest).status.has_ended();
        if ended || !basis::is_translation(graph, article, newest) {
            return;
        }
        if !basis::machines(article, newest).is_empty() {
            self.machine.all += 1;
            let reviews = review::of(graph, article, newest);
            let reviewed = reviews.iter().any(Reviewed::clears);
            seen(Figure::Machine(reviewed), newest);
            self.machine.reviewed += usize::from(reviewed);
        }
        let freshness = stale::of(graph, article, newest, house.texts);
        let any = |wanted: &Freshness| freshness.iter().any(|source| source.freshness == *wanted);
        // The worst first.
        let order = [Freshness::Stale, Freshness::Minor, Freshness::NotChecked, Freshness::Fresh];
        let worst = order.into_iter().find(any);
        seen(Figure::Translation(worst), newest);
        let translations = &mut self.translations;
        *match worst {
            Some(Freshness::Stale) => &mut translations.stale,
            Some(Freshness::Minor) => &mut translations.minor,
            Some(Freshness::NotChecked) => &mut translations.not_checked,
            Some(Freshness::Fresh) => &mut translations.fresh,
            None => &mut translations.no_source,
        } += 1;
    }
}

/// When the version that a translation was made from was recorded, and the first version made from
/// it. A source that was linked later is that of the article's first version.
fn times<'a>(
    graph: &'a Graph,
    article: Article<'a>,
    version: Version<'a>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let stated = basis::of(graph, article, version);
    let (named, (_, source)) =
        stated.iter().find_map(|basis| Some((basis.source, basis.version?)))?;
    let versions = article.versions();
    let first = versions.iter().find(|version| version.record.sources.contains(named));
    let made = first.or(versions.first())?;
    Some((source.record.recorded.moment()?, made.record.recorded.moment()?))
}
