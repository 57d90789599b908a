//! What each input of a bulk adds to the log.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::ThreadPool;
use rayon::prelude::*;
use serde_json::Value;

use super::Bulk;
use super::errors::Errors;
use super::flags::OnDuplicate;
use super::input::{self, Found, Input, Place};
use super::mapped::Mapped;
use super::outcome::{Came, Outcome};
use crate::cli::error::Failure;
use crate::cli::render::record as render;
use crate::cli::ui::Format;
use crate::cli::workspace::{Context, Workspace};
use crate::ingest::batch::{Batch, Decision};
use crate::lineage::graph::{Article as Recorded, Entry, Graph};
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::text::digest::Digest;
use crate::text::profile::Text;

/// What a group of inputs came to.
#[derive(Default)]
pub(super) struct Group {
    /// The texts to be kept.
    pub(super) texts: Vec<Text>,
    /// The records to be appended.
    pub(super) records: Vec<Vec<u8>>,
    /// What is told of each, where a line each is asked for.
    pub(super) lines: Vec<Value>,
}

/// A recording under way.
pub(super) struct Run<'a> {
    context: &'a Context,
    workspace: &'a Workspace,
    bulk: &'a Bulk<'a>,
    mapped: Option<Mapped>,
    /// The log's articles, with those that were recorded so far.
    graph: Graph,
    /// Bodies by the ids of the articles that had them first; none where nobody asks.
    bodies: HashMap<Digest, String>,
    errors: Errors,
    pub(super) outcome: Outcome,
}

impl<'a> Run<'a> {
    /// Opens what the recording needs beside the log.
    pub(super) fn new(
        context: &'a Context,
        workspace: &'a Workspace,
        bulk: &'a Bulk<'a>,
    ) -> Result<Self, Failure> {
        let map = bulk.flags.map.as_deref();
        Ok(Self {
            mapped: map.map(|path| Mapped::open(context, path)).transpose()?,
            context,
            workspace,
            bulk,
            graph: Graph::default(),
            bodies: HashMap::new(),
            errors: Errors::open(context, bulk.flags.errors.as_deref())?,
            outcome: Outcome::default(),
        })
    }

    /// Takes the log's articles.
    pub(super) fn graph(&mut self, graph: Graph) {
        self.graph = graph;
        if self.on_duplicate() != OnDuplicate::Separate {
            self.bodies = HashMap::new();
            for entry in self.graph.entries() {
                note_body(&mut self.bodies, entry);
            }
        }
    }

    fn on_duplicate(&self) -> OnDuplicate {
        self.bulk.flags.on_duplicate.unwrap_or_default()
    }

    /// Reads a group side by side, and decides what each input adds.
    pub(super) fn take(
        &mut self,
        pool: &ThreadPool,
        group: Vec<Input<'_>>,
    ) -> Result<Group, Failure> {
        let (context, workspace, bulk) = (self.context, self.workspace, self.bulk);
        let mapped = self.mapped.as_ref();
        let read: Vec<(PathBuf, Place, Result<Found, Failure>)> = pool.install(|| {
            let group = group.into_par_iter();
            let read = group.map(|input| {
                let (path, place) = (input.listed.path.clone(), input.place);
                (path, place, input::read(context, workspace, bulk, mapped, input))
            });
            read.collect()
        });
        let mut taken = Group::default();
        for (path, place, read) in read {
            let failed = match read {
                Err(failure) => Some(failure),
                Ok(found) => self.decide(&mut taken, &path, place, &found)?.err(),
            };
            if let Some(failure) = failed {
                self.outcome.failed += 1;
                self.errors.add(context, &path, place, &failure)?;
            }
        }
        Ok(taken)
    }

    /// Decides what an input adds. The inner result is the input's, the outer one the run's.
    fn decide(
        &mut self,
        taken: &mut Group,
        path: &Path,
        place: Place,
        found: &Found,
    ) -> Result<Result<(), Failure>, Failure> {
        let Found { bytes, article, statement } = found;
        let read = (bytes.as_slice(), article);
        let record = match statement.record(self.context, self.workspace, &self.graph, path, read) {
            Ok(record) => record,
            Err(failure) => return Ok(Err(failure)),
        };
        let reader = record.reader.clone().unwrap_or_default();
        let twin = self.twin(&record).map(|twin| twin.id().to_owned());
        let mut batch = Batch::new(&self.graph, self.graph.size());
        let (decision, came) = match (twin, self.on_duplicate()) {
            (Some(twin), OnDuplicate::Skip) => {
                let told = Failure::unanswered(format!("left out: `{twin}` has the same text"))
                    .hint("--on-duplicate says what becomes of it");
                self.errors.add(self.context, path, place, &told)?;
                self.outcome.add(&reader, Came::Skipped);
                return Ok(Ok(()));
            }
            (Some(_), OnDuplicate::Alias) if self.is_known(&record) => {
                self.outcome.add(&reader, Came::Unchanged);
                return Ok(Ok(()));
            }
            (Some(twin), OnDuplicate::Alias) => {
                let alias = self.alias(twin, &record);
                (batch.add_event(alias), Came::Aliased)
            }
            _ => (batch.add(record, statement.change()), Came::Recorded),
        };
        let decision = match decision {
            Ok(decision) => decision,
            Err(error) => return Ok(Err(error.into())),
        };
        taken.records.extend_from_slice(batch.records());
        let came = if decision.appended { came } else { Came::Unchanged };
        self.outcome.add(&reader, came);
        if self.context.ui.format() == Format::Ndjson {
            taken.lines.push(render::decision(&path.display().to_string(), &decision));
        }
        if came == Came::Recorded && self.workspace.keeps(&decision) {
            taken.texts.push(article.body());
        }
        self.add(&decision);
        Ok(Ok(()))
    }

    /// Adds what was decided to the articles.
    fn add(&mut self, decision: &Decision) {
        if !decision.appended {
            return;
        }
        let entry = decision.entry();
        if self.on_duplicate() != OnDuplicate::Separate {
            note_body(&mut self.bodies, &entry);
        }
        self.graph.add(entry);
    }

    /// Whether the record's id leads to an article already.
    fn is_known(&self, record: &Record) -> bool {
        record.article.as_deref().is_some_and(|id| self.graph.article(id).is_some())
    }

    /// Another article that has the record's body, where that is asked for: one that the record's id
    /// does not name, or names as an alias.
    fn twin(&self, record: &Record) -> Option<Recorded<'_>> {
        let (text, id) = (record.text.as_ref()?, record.article.as_deref()?);
        if text.paragraph_count == 0 || self.on_duplicate() == OnDuplicate::Separate {
            return None;
        }
        match self.graph.article(id) {
            None => self.graph.article(self.bodies.get(&text.body)?),
            Some(own) if own.id() == id => None,
            Some(own) => {
                let has = own.versions().iter().any(|version| version.body() == Some(text.body));
                has.then_some(own)
            }
        }
    }

    /// The record by which a record's ids become names of the article that has its body.
    fn alias(&self, twin: String, record: &Record) -> Record {
        let mut alias = Record::new(Event::Alias, record.recorded.clone());
        alias.recorded_by.clone_from(&record.recorded_by);
        let ids = record.article.iter().chain(&record.aliases);
        let mut ids: Vec<String> =
            ids.filter(|id| self.graph.article(id).is_none()).cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        alias.aliases = ids;
        alias.request.clone_from(&record.request);
        alias.article = Some(twin);
        alias
    }

    /// Tells what lines of the map are about nothing, and what the run came to.
    pub(super) fn end(mut self) -> Result<Outcome, Failure> {
        if let Some(mapped) = &self.mapped {
            for (line, failure) in mapped.unmet() {
                self.outcome.unmet += 1;
                self.errors.add(self.context, &mapped.path, Place::Line(line), &failure)?;
            }
        }
        self.errors.close()?;
        Ok(self.outcome)
    }
}

fn note_body(bodies: &mut HashMap<Digest, String>, entry: &Entry) {
    let Some(record) = entry.record() else { return };
    if let (Some(text), Some(id)) = (&record.text, &record.article) {
        bodies.entry(text.body).or_insert_with(|| id.clone());
    }
}
