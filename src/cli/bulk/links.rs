//! Links that are made when the source comes that a translation was waiting for.

use super::decide::{Group, Run};
use super::held::Waiter;
use crate::cli::error::Failure;
use crate::cli::render::record as render;
use crate::cli::source;
use crate::cli::ui::Format;
use crate::ingest::batch::Decision;
use crate::lineage::late::{self, Waiting};
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::record::source::Source;

impl Run<'_> {
    /// Has all translations wait that the log knows without their sources, but for those that only a
    /// file claims. What came meanwhile, a run that was killed may not have linked.
    pub(super) fn await_sources(&mut self) {
        let graph = &self.graph;
        for article in graph.articles() {
            for waiting in late::waiting(graph, article).iter().filter(|open| open.is_stated) {
                let waiter = waiter(waiting);
                if waiting.version(graph).is_some() {
                    self.holding.make_ready(waiter);
                } else {
                    self.holding.wait(&waiter, waiting.target);
                }
            }
        }
    }

    /// Has a translation wait that was recorded without its source.
    pub(super) fn await_source(&mut self, decision: &Decision) {
        let id = decision.record.article.as_deref().unwrap_or_default();
        let Some(article) = self.graph.article(id) else { return };
        for waiting in late::waiting(&self.graph, article) {
            self.stated.insert(waiting.said_by.index);
            self.holding.wait(&waiter(&waiting), waiting.target);
            if !source::is_url(waiting.target) {
                self.outcome.unlinked += 1;
            }
        }
    }

    /// Links a translation to the sources that have come since it was recorded.
    pub(super) fn link_late(
        &mut self,
        taken: &mut Group,
        index: u64,
        id: &str,
    ) -> Result<(), Failure> {
        let Some(article) = self.graph.article(id) else { return Ok(()) };
        let mut sources = Vec::new();
        for waiting in late::waiting(&self.graph, article) {
            let known = waiting.is_stated || self.stated.contains(&index);
            if waiting.said_by.index != index || !known {
                continue;
            }
            match waiting.source(&self.graph) {
                Some(source) => sources.push(source),
                // A version of it came, and not the one that is named.
                None => self.holding.wait(&waiter(&waiting), waiting.target),
            }
        }
        if sources.is_empty() { Ok(()) } else { self.link(taken, id, sources) }
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
        let decision = self.append(taken, |batch| batch.add_event(record))?;
        self.outcome.linked += usize::from(decision.appended);
        match self.context.ui.format() {
            Format::Ndjson => taken.lines.push(render::event(&decision).to_string()),
            Format::Human if self.bulk.watched => taken.lines.push(render::recorded(&decision)),
            Format::Human | Format::Json => {}
        }
        Ok(())
    }
}

fn waiter(waiting: &Waiting<'_>) -> Waiter {
    let article = waiting.article.id().to_owned();
    Waiter::Recorded { index: waiting.said_by.index, article }
}
