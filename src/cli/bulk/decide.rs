//! What each input of a bulk adds to the log.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Bulk;
use super::flags::OnDuplicate;
use super::input::{self, Found, Input, Place};
use super::outcome::Came;
use super::session::Session;
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
    pub(super) lines: Vec<String>,
    /// The files that were written again while they were read, or are gone.
    pub(super) passed: Vec<PathBuf>,
}

/// A recording under way.
pub(super) struct Run<'a> {
    context: &'a Context,
    workspace: &'a Workspace,
    bulk: &'a Bulk<'a>,
    session: &'a mut Session,
    /// The log's articles, with those that were recorded so far.
    graph: Graph,
    /// Bodies by the ids of the articles that had them first; none where nobody asks.
    bodies: HashMap<Digest, String>,
}

impl<'a> Run<'a> {
    /// Begins with the log's articles.
    pub(super) fn new(
        context: &'a Context,
        workspace: &'a Workspace,
        bulk: &'a Bulk<'a>,
        session: &'a mut Session,
        graph: Graph,
    ) -> Self {
        let mut run = Self { context, workspace, bulk, session, graph, bodies: HashMap::new() };
        if run.on_duplicate() != OnDuplicate::Separate {
            for entry in run.graph.entries() {
                note_body(&mut run.bodies, entry);
            }
        }
        run
    }

    fn on_duplicate(&self) -> OnDuplicate {
        self.bulk.flags.on_duplicate.unwrap_or_default()
    }

    /// Reads a group side by side, and decides what each input adds.
    pub(super) fn take(&mut self, group: Vec<Input<'_>>) -> Result<Group, Failure> {
        let (context, workspace, bulk) = (self.context, self.workspace, self.bulk);
        let mapped = self.session.mapped.as_ref();
        let read: Vec<(_, _, Option<Result<Found, _>>)> = self.session.pool.install(|| {
            let group = group.into_par_iter();
            let read = group.map(|input| {
                let (listed, place) = (input.listed, input.place);
                let read = input::read(context, workspace, bulk, mapped, input);
                (listed.path.clone(), place, listed.is_still(context).then_some(read))
            });
            read.collect()
        });
        let mut taken = Group::default();
        for (path, place, read) in read {
            let failed = match read {
                None => {
                    taken.passed.push(path);
                    continue;
                }
                Some(Err(failure)) => Some(failure),
                Some(Ok(found)) => self.decide(&mut taken, &path, place, &found)?.err(),
            };
            if let Some(failure) = failed {
                self.session.outcome.failed += 1;
                self.session.errors.add(context, &path, place, &failure)?;
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
        let mut batch = Batch::new(&self.graph, self.graph.size()).leaving_ended(self.bulk.watched);
        let (decision, came) = match (twin, self.on_duplicate()) {
            (Some(twin), OnDuplicate::Skip) => {
                let told = Failure::unanswered(format!("left out: `{twin}` has the same text"))
                    .hint("--on-duplicate says what becomes of it");
                self.session.errors.add(self.context, path, place, &told)?;
                self.session.outcome.add(&reader, Came::Skipped);
                return Ok(Ok(()));
            }
            (Some(_), OnDuplicate::Alias) if self.is_known(&record) => {
                self.session.outcome.add(&reader, Came::Unchanged);
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
        self.session.outcome.add(&reader, came);
        match self.context.ui.format() {
            // Whoever watches is told of what is new.
            _ if self.bulk.watched && !decision.appended => {}
            Format::Ndjson => {
                let told = render::decision(&path.display().to_string(), &decision);
                taken.lines.push(told.to_string());
            }
            Format::Human if self.bulk.watched => taken.lines.push(render::recorded(&decision)),
            Format::Human | Format::Json => {}
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
}

fn note_body(bodies: &mut HashMap<Digest, String>, entry: &Entry) {
    let Some(record) = entry.record() else { return };
    if let (Some(text), Some(id)) = (&record.text, &record.article) {
        bodies.entry(text.body).or_insert_with(|| id.clone());
    }
}
