//! A log that is appended to, and its articles, of which those are at hand that somebody asked for.

use super::error::Failure;
use crate::ingest::batch::Decision;
use crate::lineage::graph::{Article, Graph};
use crate::record::fields::Record;
use crate::store::append::Writer;
use crate::store::register::Register;
use crate::text::digest::Digest;

/// Above how many records those that are at hand are laid aside before more inputs are decided.
const AT_HAND: usize = 2000;

/// A log that is appended to, and its articles.
pub(super) struct Articles {
    pub(super) log: Writer,
    register: Register,
    graph: Graph,
    /// How many records there are at hand that the log does not have yet.
    ahead: usize,
}

impl Articles {
    pub(super) fn new(log: Writer, register: Register) -> Self {
        let graph = Graph::on_demand(log.size());
        Self { log, register, graph, ahead: 0 }
    }

    /// Those at hand. What was asked of them in vain, the next [`Self::fetch`] brings.
    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The article that has a body, of several the first that had it.
    pub(super) fn with_body(&self, body: &Digest) -> Option<Article<'_>> {
        let entry = self.graph.by_index(self.register.with_body(body)?)?;
        self.graph.article_of(entry)
    }

    /// The records of the log that name a source which is to come, or may be.
    pub(super) fn open(&self) -> &[u64] {
        self.register.open()
    }

    /// Fetches what was asked for and was not at hand. Whether there was any of it: then what was asked
    /// is to be asked again.
    pub(super) fn fetch(&mut self) -> Result<bool, Failure> {
        let missing = self.graph.take_missing();
        Ok(self.graph.fill(self.register.read(&self.log, &missing)?))
    }

    /// Answers a question about the articles, once all of them that it asks about are at hand.
    pub(super) fn answer<T>(&mut self, question: impl Fn(&Graph) -> T) -> Result<T, Failure> {
        loop {
            let answer = question(&self.graph);
            if !self.fetch()? {
                return Ok(answer);
            }
        }
    }

    /// Has all at hand that adding a record looks for.
    pub(super) fn have(&mut self, record: &Record) -> Result<(), Failure> {
        self.answer(|graph| {
            let ids = record.article.iter().chain(&record.aliases);
            let request = record.request.as_deref();
            // Each is asked for, whatever the others are.
            let known = ids.filter(|id| graph.article(id).is_some()).count();
            known + usize::from(request.is_some_and(|one| graph.by_request(one).is_some()))
        })?;
        Ok(())
    }

    /// Adds a record that is about to be appended.
    pub(super) fn add(&mut self, decision: &Decision, bytes: &[u8]) {
        self.register.add(&decision.leaf, bytes);
        self.graph.add(decision.entry());
        self.ahead += 1;
    }

    /// Appends records that were added.
    pub(super) fn append(&mut self, records: &[Vec<u8>]) -> Result<(), Failure> {
        let appended = self.log.append(records)?;
        self.ahead = self.ahead.saturating_sub(appended.len());
        self.register.place(appended.into_iter().map(|one| one.span));
        Ok(())
    }

    /// Lays aside those that are at hand, if they are many and can be read again.
    pub(super) fn lay_aside(&mut self) {
        if self.ahead == 0 && self.graph.entries().len() > AT_HAND {
            self.graph = Graph::on_demand(self.log.size());
        }
    }
}
