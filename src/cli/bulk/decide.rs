//! What each input of a bulk adds to the log.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io;
use std::path::{Path, PathBuf};

use rayon::ThreadPool;
use rayon::prelude::*;

use super::errors::Errors;
use super::flags::OnDuplicate;
use super::held::{Content, Holding, Looked, Seat, Until, Waiter};
use super::input::{self, Found, Input, Raw};
use super::mapped::Mapped;
use super::outcome::{Came, Outcome};
use super::replay::{Fit, Replays};
use super::twin::note_body;
use super::{Bulk, GROUP, replay};
use crate::cli::error::Failure;
use crate::cli::render::record as render;
use crate::cli::source;
use crate::cli::ui::Format;
use crate::cli::workspace::{Context, Workspace};
use crate::ingest::batch::{Batch, Decision};
use crate::lineage::graph::Graph;
use crate::record::fields::Record;
use crate::record::source::Source;
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

/// An input that has its place in the run, and what is had of it or why it can't be read.
pub(super) type Unread<'a> = (Seat<'a>, Result<Raw, Failure>);

/// Reads inputs, side by side.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) context: &'a Context,
    pub(super) workspace: &'a Workspace,
    pub(super) bulk: &'a Bulk<'a>,
    pub(super) mapped: Option<&'a Mapped>,
    pub(super) pool: &'a ThreadPool,
}

impl<'a> Reader<'a> {
    pub(super) fn look(self, inputs: Vec<Unread<'a>>) -> Vec<(Seat<'a>, Looked)> {
        let look = |(seat, raw): Unread<'a>| {
            let Self { context, workspace, bulk, mapped, .. } = self;
            let read = raw
                .and_then(|raw| input::read(context, workspace, bulk, mapped, (seat.listed, raw)));
            (seat, seat.listed.is_still(context).then_some(read))
        };
        self.pool.install(|| inputs.into_par_iter().map(look).collect())
    }
}

/// A recording under way.
pub(super) struct Run<'a> {
    pub(super) context: &'a Context,
    pub(super) workspace: &'a Workspace,
    pub(super) bulk: &'a Bulk<'a>,
    reader: Reader<'a>,
    pub(super) errors: &'a mut Errors,
    pub(super) outcome: &'a mut Outcome,
    /// The log's articles, with those that were recorded so far.
    pub(super) graph: Graph,
    /// Bodies by the ids of the articles that had them first; none where nobody asks.
    pub(super) bodies: HashMap<Digest, String>,
    /// What was looked at and is to be decided next, in order.
    queue: VecDeque<(Seat<'a>, Looked)>,
    /// How many inputs there were.
    inputs: u64,
    pub(super) holding: Holding<'a>,
    pub(super) replays: Replays,
    /// Records whose sources the recorder named, and not perhaps their files alone.
    pub(super) stated: HashSet<u64>,
    /// Whether no more inputs come.
    ending: bool,
}

impl<'a> Run<'a> {
    /// Begins with the log's articles.
    pub(super) fn new(
        context: &'a Context,
        workspace: &'a Workspace,
        bulk: &'a Bulk<'a>,
        (reader, errors, outcome): (Reader<'a>, &'a mut Errors, &'a mut Outcome),
        graph: Graph,
    ) -> Self {
        let mut run = Self {
            context,
            workspace,
            bulk,
            reader,
            errors,
            outcome,
            graph,
            bodies: HashMap::new(),
            queue: VecDeque::new(),
            inputs: 0,
            holding: Holding::default(),
            replays: Replays::default(),
            stated: HashSet::new(),
            ending: false,
        };
        if run.on_duplicate() != OnDuplicate::Separate {
            for entry in run.graph.entries() {
                note_body(&mut run.bodies, entry);
            }
        }
        run.await_sources();
        run
    }

    pub(super) fn on_duplicate(&self) -> OnDuplicate {
        self.bulk.flags.on_duplicate.unwrap_or_default()
    }

    /// Whether there is anything to decide before more inputs are read.
    pub(super) fn is_busy(&self) -> bool {
        let rest = self.ending && !self.holding.is_empty();
        self.holding.is_ready() || !self.queue.is_empty() || rest
    }

    /// Says that no more inputs come: what was held back is decided as things are.
    pub(super) fn end(&mut self) {
        self.ending = true;
    }

    /// Gives inputs their places in the run.
    pub(super) fn seats(&mut self, group: Vec<Input<'a>>) -> Vec<Unread<'a>> {
        let seat = |input: Input<'a>| {
            self.inputs += 1;
            let seat = Seat { position: self.inputs, listed: input.listed, place: input.place };
            (seat, input.raw)
        };
        group.into_iter().map(seat).collect()
    }

    /// Takes what was read, to decide it.
    pub(super) fn feed(&mut self, looked: Vec<(Seat<'a>, Looked)>) {
        self.queue.extend(looked);
    }

    /// Decides, in order, until that comes to a group or nothing is left that can be decided.
    pub(super) fn step(&mut self) -> Result<Group, Failure> {
        let mut taken = Group::default();
        while taken.records.len() < GROUP {
            match self.holding.next_ready() {
                Some(Waiter::Recorded { index, article }) => {
                    self.link_late(&mut taken, index, &article)?;
                }
                Some(Waiter::Input(position)) => self.revive(&mut taken, position)?,
                None => {
                    if let Some((seat, looked)) = self.queue.pop_front() {
                        self.settle(&mut taken, seat, looked)?;
                    } else if let Some(first) = self.holding.first().filter(|_| self.ending) {
                        self.revive(&mut taken, first)?;
                    } else {
                        break;
                    }
                }
            }
        }
        Ok(taken)
    }

    /// Decides an input that was held back.
    fn revive(&mut self, taken: &mut Group, position: u64) -> Result<(), Failure> {
        let unread = self.holding.unread(position).map_err(|error| unheld(&error))?;
        let unread = unread.into_iter().map(|(seat, raw)| (seat, Ok(raw))).collect();
        for (seat, looked) in self.reader.look(unread) {
            self.holding.put(seat.position, looked);
        }
        match self.holding.take(position) {
            Some((seat, Content::Looked(looked))) => {
                self.settle(taken, seat, *looked)?;
                self.holding.decided(position);
                Ok(())
            }
            // It was decided before, having waited for several names.
            _ => Ok(()),
        }
    }

    /// Decides an input, or tells why it can't be recorded.
    fn settle(&mut self, taken: &mut Group, seat: Seat<'a>, looked: Looked) -> Result<(), Failure> {
        let path = &seat.listed.path;
        let failed = match looked {
            None => {
                taken.passed.push(path.clone());
                return Ok(());
            }
            Some(Err(failure)) => Some(failure),
            Some(Ok(found)) => self.decide(taken, seat, found)?.err(),
        };
        if let Some(failure) = failed {
            self.outcome.failed += 1;
            self.errors.add(self.context, path, seat.place, &failure)?;
        }
        Ok(())
    }

    /// Holds an input back.
    fn hold(&mut self, seat: Seat<'a>, found: Found, until: Until) -> Result<(), Failure> {
        self.holding.hold(seat, found, until).map_err(|error| unheld(&error))
    }

    /// Decides what an input adds. The inner result is the input's, the outer one the run's.
    fn decide(
        &mut self,
        taken: &mut Group,
        seat: Seat<'a>,
        found: Found,
    ) -> Result<Result<(), Failure>, Failure> {
        let room = self.holding.has_room();
        let path = &seat.listed.path;
        let is_translation = found.statement.translation_of().is_some();
        // Asked for only where it may be of use: it costs a look at all that the file claims.
        let id = if is_translation || self.holding.awaits_sources() {
            self.likely_id(path, &found)
        } else {
            String::new()
        };
        if room && self.holding.is_behind(&id, seat.position) {
            return self.hold(seat, found, Until::Source(id)).map(Ok);
        }
        let source = match self.source(&found) {
            Err(failure) => return Ok(Err(failure)),
            Ok(Stated::Nothing) => None,
            Ok(Stated::Source(source)) => Some(source),
            Ok(Stated::ToCome(target)) if room && !self.ending => {
                self.holding.wait(&Waiter::Input(seat.position), &target);
                return self.hold(seat, found, Until::Source(id)).map(Ok);
            }
            Ok(Stated::ToCome(target)) => Some(source::to_come(&target)),
        };
        let record = match self.record(seat, &found, source.clone()) {
            Ok(record) => record,
            Err(failure) => return Ok(Err(failure)),
        };
        let may_lead_on = !self.ending || self.holding.awaits_sources();
        let reader = record.reader.clone().unwrap_or_default();
        let twin = self.twin(&record).map(|twin| twin.id().to_owned());
        let (decision, came) = match (twin, self.on_duplicate()) {
            (Some(twin), OnDuplicate::Skip) => {
                let told = Failure::unanswered(format!("left out: `{twin}` has the same text"))
                    .hint("--on-duplicate says what becomes of it");
                self.errors.add(self.context, path, seat.place, &told)?;
                self.outcome.add(&reader, Came::Skipped);
                return Ok(Ok(()));
            }
            (Some(_), OnDuplicate::Alias) if self.is_known(&record) => {
                self.outcome.add(&reader, Came::Unchanged);
                return Ok(Ok(()));
            }
            (Some(twin), OnDuplicate::Alias) => {
                let alias = self.alias(twin, &record);
                (self.append(taken, |batch| batch.add_event(alias)), Came::Aliased)
            }
            _ => match replay::fit(self, &record, source.as_ref()) {
                Fit::Older(older) if room && may_lead_on => {
                    let line = (self.context.ui.format() == Format::Ndjson)
                        .then(|| render::decision(&shown(seat), &older).to_string());
                    self.replay(taken, &older, seat.position, reader, line);
                    return self.hold(seat, found, Until::Successor).map(Ok);
                }
                Fit::Same(_, Some(source)) => {
                    self.link(taken, record.article.as_deref().unwrap_or_default(), vec![source])?;
                    self.outcome.add(&reader, Came::Unchanged);
                    return Ok(Ok(()));
                }
                Fit::Same(same, None) => (self.version(taken, same, &found), Came::Recorded),
                Fit::Older(_) | Fit::News => (self.version(taken, record, &found), Came::Recorded),
            },
        };
        let decision = match decision {
            Ok(decision) => decision,
            Err(failure) => return Ok(Err(failure)),
        };
        let came = if decision.appended { came } else { Came::Unchanged };
        self.outcome.add(&reader, came);
        match self.context.ui.format() {
            // Whoever watches is told of what is new.
            _ if self.bulk.watched && !decision.appended => {}
            Format::Ndjson => {
                taken.lines.push(render::decision(&shown(seat), &decision).to_string());
            }
            Format::Human if self.bulk.watched => taken.lines.push(render::recorded(&decision)),
            Format::Human | Format::Json => {}
        }
        if came == Came::Recorded && self.workspace.keeps(&decision) {
            taken.texts.push(found.article.body());
        }
        if decision.record.event.has_text() && source.is_some_and(|source| !source.is_pinned()) {
            self.await_source(&decision);
        }
        Ok(Ok(()))
    }

    fn likely_id(&self, path: &Path, found: &Found) -> String {
        let Found { statement, article, .. } = found;
        statement.likely_id(self.context, self.workspace, path, article).unwrap_or_default()
    }

    /// What an input's stated source comes to.
    fn source(&self, found: &Found) -> Result<Stated, Failure> {
        let Some((target, file)) = found.statement.translation_of() else {
            return Ok(Stated::Nothing);
        };
        let source = source::look(self.context, self.workspace, &self.graph, target, file)?;
        Ok(source.map_or_else(|| Stated::ToCome(target.to_owned()), Stated::Source))
    }

    fn record(
        &self,
        seat: Seat<'a>,
        found: &Found,
        source: Option<Source>,
    ) -> Result<Record, Failure> {
        let target = source.as_ref().and_then(|source| source.target.clone());
        let read = (found.text.clone(), &found.article);
        let path = &seat.listed.path;
        let (context, workspace, graph) = (self.context, self.workspace, &self.graph);
        let record = found.statement.record_from(context, workspace, graph, path, read, source)?;
        if let (Some(target), Some(id)) = (target, &record.article)
            && self.id_of(&target) == self.id_of(id)
        {
            return Err(Failure::unanswered(format!("`{target}` is the article itself"))
                .hint("name the article that it was translated from"));
        }
        Ok(record)
    }

    /// Adds a text's version, unless it says nothing new. The inner result is the input's.
    fn version(
        &mut self,
        taken: &mut Group,
        record: Record,
        found: &Found,
    ) -> Result<Decision, Failure> {
        let change = found.statement.change();
        let decision = self.append(taken, |batch| batch.add(record, change))?;
        self.came_to(taken, &decision);
        Ok(decision)
    }

    /// Adds a record, if it is news, to the group and to the articles.
    pub(super) fn append<E: Into<Failure>>(
        &mut self,
        taken: &mut Group,
        add: impl FnOnce(&mut Batch<'_>) -> Result<Decision, E>,
    ) -> Result<Decision, Failure> {
        let batch = Batch::new(&self.graph, self.graph.size()).of_one();
        let mut batch = batch.leaving_ended(self.bulk.watched);
        let decision = add(&mut batch).map_err(Into::into)?;
        taken.records.extend(batch.into_records());
        if !decision.appended {
            return Ok(decision);
        }
        let entry = decision.entry();
        if self.on_duplicate() != OnDuplicate::Separate {
            note_body(&mut self.bodies, &entry);
        }
        self.graph.add(entry);
        for id in decision.record.article.iter().chain(&decision.record.aliases) {
            self.holding.wake(id);
        }
        Ok(decision)
    }
}

/// What an input's stated source comes to.
enum Stated {
    Nothing,
    Source(Source),
    /// The log has nothing of that name yet.
    ToCome(String),
}

fn shown(seat: Seat<'_>) -> String {
    seat.listed.path.display().to_string()
}

fn unheld(error: &io::Error) -> Failure {
    Failure::unanswered(format!("can't keep inputs aside in a temporary file: {error}"))
        .hint("TMPDIR names a directory with room for them")
}
