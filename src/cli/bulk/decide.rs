//! What each input of a bulk adds to the log.

use std::collections::{HashSet, VecDeque};
use std::io;
use std::path::PathBuf;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::errors::Errors;
use super::flags::OnDuplicate;
use super::held::{Content, Holding, Looked, Seat, Until, Waiter};
use super::input::{self, Found, Input, Raw};
use super::mapped::Mapped;
use super::outcome::{Came, Outcome};
use super::plan::Plan;
use super::replay::Replays;
use super::{Bulk, GROUP};
use crate::cli::articles::Articles;
use crate::cli::error::Failure;
use crate::cli::render::record as render;
use crate::cli::ui::Format;
use crate::cli::workspace::{Context, Workspace};
use crate::ingest::batch::{Batch, Change, Decision};
use crate::lineage::graph::Graph;
use crate::record::fields::Record;
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
    /// The log, with what was recorded so far.
    pub(super) articles: Articles,
    /// What was looked at and is to be decided next, in order.
    queue: VecDeque<(Seat<'a>, Looked)>,
    /// How many inputs there were.
    inputs: u64,
    pub(super) holding: Holding<'a>,
    pub(super) replays: Replays,
    /// Records whose sources the recorder named, and not perhaps their files alone.
    pub(super) stated: HashSet<u64>,
    /// Whether no more inputs come.
    pub(super) ending: bool,
}

impl<'a> Run<'a> {
    /// Begins with the log's articles.
    pub(super) fn new(
        context: &'a Context,
        workspace: &'a Workspace,
        bulk: &'a Bulk<'a>,
        (reader, errors, outcome): (Reader<'a>, &'a mut Errors, &'a mut Outcome),
        articles: Articles,
    ) -> Result<Self, Failure> {
        let mut run = Self {
            context,
            workspace,
            bulk,
            reader,
            errors,
            outcome,
            articles,
            queue: VecDeque::new(),
            inputs: 0,
            holding: Holding::default(),
            replays: Replays::default(),
            stated: HashSet::new(),
            ending: false,
        };
        run.await_sources()?;
        Ok(run)
    }

    /// The articles that are at hand.
    pub(super) fn graph(&self) -> &Graph {
        self.articles.graph()
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
        self.articles.lay_aside();
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
        loop {
            let plan = self.plan(seat, &found);
            // What it looked for may be in the log and not at hand.
            if !self.articles.fetch()? {
                return self.carry_out(taken, seat, found, plan);
            }
        }
    }

    fn carry_out(
        &mut self,
        taken: &mut Group,
        seat: Seat<'a>,
        found: Found,
        plan: Result<Plan, Failure>,
    ) -> Result<Result<(), Failure>, Failure> {
        let plan = match plan {
            Ok(plan) => plan,
            Err(failure) => return Ok(Err(failure)),
        };
        let reader = plan.reader();
        let (decision, came) = match plan {
            Plan::Behind { id } => return self.hold(seat, found, Until::Source(id)).map(Ok),
            Plan::Await { id, target } => {
                self.holding.wait(&Waiter::Input(seat.position), &target);
                return self.hold(seat, found, Until::Source(id)).map(Ok);
            }
            Plan::Older { older, .. } => {
                let line = (self.context.ui.format() == Format::Ndjson)
                    .then(|| render::decision(&shown(seat), &older).to_string());
                self.replay(taken, &older, seat.position, reader, line);
                return self.hold(seat, found, Until::Successor).map(Ok);
            }
            Plan::Skip { twin, .. } => {
                let told = Failure::unanswered(format!("left out: `{twin}` has the same text"))
                    .hint("--on-duplicate says what becomes of it");
                self.errors.add(self.context, &seat.listed.path, seat.place, &told)?;
                self.outcome.add(&reader, Came::Skipped);
                return Ok(Ok(()));
            }
            Plan::Nothing { .. } => {
                self.outcome.add(&reader, Came::Unchanged);
                return Ok(Ok(()));
            }
            Plan::Link { source, record } => {
                self.link(taken, record.article.as_deref().unwrap_or_default(), vec![source])?;
                self.outcome.add(&reader, Came::Unchanged);
                return Ok(Ok(()));
            }
            Plan::Alias { alias, .. } => (self.append(taken, alias, None), Came::Aliased),
            Plan::Version { record, source } => {
                let change = found.statement.change();
                let decision = self.append(taken, record, Some(change));
                if let Ok(decision) = &decision {
                    self.came_to(taken, decision);
                    if decision.record.event.has_text()
                        && source.is_some_and(|source| !source.is_pinned())
                    {
                        self.await_source(decision)?;
                    }
                }
                (decision, Came::Recorded)
            }
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
        Ok(Ok(()))
    }

    /// Adds a record, if it is news, to the group and to the articles: that of a version with what is said
    /// of its change, or that of an event.
    pub(super) fn append(
        &mut self,
        taken: &mut Group,
        record: Record,
        change: Option<Change>,
    ) -> Result<Decision, Failure> {
        self.articles.have(&record)?;
        let batch = Batch::new(self.graph(), self.graph().size()).of_one();
        // What lies in an archive is not handed over anew, what somebody asks for is.
        let mut batch = batch.leaving_ended(record.request.is_none());
        let decision = match change {
            Some(change) => batch.add(record, change)?,
            None => batch.add_event(record)?,
        };
        for bytes in batch.into_records() {
            self.articles.add(&decision, &bytes);
            taken.records.push(bytes);
            for id in decision.record.article.iter().chain(&decision.record.aliases) {
                self.holding.wake(id);
            }
        }
        Ok(decision)
    }
}

fn shown(seat: Seat<'_>) -> String {
    seat.listed.path.display().to_string()
}

fn unheld(error: &io::Error) -> Failure {
    Failure::unanswered(format!("can't keep inputs aside in a temporary file: {error}"))
        .hint("TMPDIR names a directory with room for them")
}
