//! Links that are made when the source comes that a translation was waiting for.

use super::decide::{Group, Run};
use super::held::Waiter;
use crate::cli::error::Failure;
use crate::cli::render::record as render;
use crate::cli::source;
use crate::cli::ui::Format;
use crate::ingest::batch::Decision;
use crate::lineage::graph::Graph;
use crate::lineage::late::{self, Waiting};
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::record::source::Source;

/// How many translations are looked at together.
const TOGETHER: usize = 256;

impl Run<'_> {
    /// Has all translations wait that the log knows without their sources, but for those that only a
    /// file claims. What came meanwhile, a run that was killed may not have linked.
    pub(super) fn await_sources(&mut self) -> Result<(), Failure> {
        let open = self.articles.open().to_vec();
        for records in open.chunks(TOGETHER) {
            let waiters = self.articles.answer(|graph| {
                let entries = records.iter().filter_map(|index| graph.by_index(*index));
                let found = entries.filter_map(|entry| graph.article_of(entry));
                let waiting = found.flat_map(|article| late::waiting(graph, article));
                let stated = waiting.filter(|waiting| waiting.is_stated);
                stated.map(|waiting| Open::of(&waiting, graph)).collect::<Vec<_>>()
            })?;
            for open in waiters {
                if open.source.is_some() {
                    self.holding.make_ready(open.waiter());
                } else {
                    self.holding.wait(&open.waiter(), &open.target);
                }
            }
            self.articles.lay_aside();
        }
        Ok(())
    }

    /// Has a translation wait that was recorded without its source.
    pub(super) fn await_source(&mut self, decision: &Decision) -> Result<(), Failure> {
        let id = decision.record.article.as_deref().unwrap_or_default();
        for open in self.waiting(id)? {
            self.stated.insert(open.index);
            self.holding.wait(&open.waiter(), &open.target);
            if !source::is_url(&open.target) {
                self.outcome.unlinked += 1;
            }
        }
        Ok(())
    }

    /// Links a translation to the sources that have come since it was recorded.
    pub(super) fn link_late(
        &mut self,
        taken: &mut Group,
        index: u64,
        id: &str,
    ) -> Result<(), Failure> {
        let mut sources = Vec::new();
        for open in self.waiting(id)? {
            let known = open.is_stated || self.stated.contains(&index);
            if open.index != index || !known {
                continue;
            }
            match open.source {
                Some(source) => sources.push(source),
                // A version of it came, and not the one that is named.
                None => self.holding.wait(&open.waiter(), &open.target),
            }
        }
        if sources.is_empty() { Ok(()) } else { self.link(taken, id, sources) }
    }

    fn waiting(&mut self, id: &str) -> Result<Vec<Open>, Failure> {
        self.articles.answer(|graph| {
            let found = graph.article(id).map(|article| late::waiting(graph, article));
            found.into_iter().flatten().map(|waiting| Open::of(&waiting, graph)).collect()
        })
    }

    /// Records which versions an article was translated from.
    pub(super) fn link(
        &mut self,
        taken: &mut Group,
        id: &str,
        sources: Vec<Source>,
    ) -> Result<(), Failure> {
        let mut record = Record::new(Event::Link, self.context.world.now());
        record.recorded_by.clone_from(&self.workspace.settings.defaults.recorded_by);
        record.article = Some(id.to_owned());
        record.sources = sources;
        let decision = self.append(taken, record, None)?;
        self.outcome.linked += usize::from(decision.appended);
        match self.context.ui.format() {
            Format::Ndjson => taken.lines.push(render::event(&decision).to_string()),
            Format::Human if self.bulk.watched => taken.lines.push(render::recorded(&decision)),
            Format::Human | Format::Json => {}
        }
        Ok(())
    }
}

/// A translation whose source was not there when it was recorded.
struct Open {
    /// The record that names the source.
    index: u64,
    article: String,
    target: String,
    is_stated: bool,
    /// The source, where it has come.
    source: Option<Source>,
}

impl Open {
    fn of<'a>(waiting: &Waiting<'a>, graph: &'a Graph) -> Self {
        Self {
            index: waiting.said_by.index,
            article: waiting.article.id().to_owned(),
            target: waiting.target.to_owned(),
            is_stated: waiting.is_stated,
            source: waiting.source(graph),
        }
    }

    fn waiter(&self) -> Waiter {
        Waiter::Recorded { index: self.index, article: self.article.clone() }
    }
}
