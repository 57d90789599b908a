//! What a bulk has open beside the log, and what it came to so far.

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Bulk;
use super::errors::Errors;
use super::input::Place;
use super::mapped::Mapped;
use super::outcome::Outcome;
use crate::cli::error::Failure;
use crate::cli::workspace::Context;

/// What outlasts a recording, where one comes after the other.
pub(super) struct Session {
    pub(super) pool: ThreadPool,
    pub(super) mapped: Option<Mapped>,
    pub(super) errors: Errors,
    pub(super) outcome: Outcome,
}

impl Session {
    /// Opens what recordings need beside the log.
    pub(super) fn open(context: &Context, bulk: &Bulk<'_>) -> Result<Self, Failure> {
        let jobs = bulk.flags.jobs.map_or(0, usize::from);
        let pool = ThreadPoolBuilder::new().num_threads(jobs).build();
        let pool =
            pool.map_err(|error| Failure::unanswered(format!("can't read side by side: {error}")))?;
        let map = bulk.flags.map.as_deref();
        Ok(Self {
            pool,
            mapped: map.map(|path| Mapped::open(context, path)).transpose()?,
            errors: Errors::open(context, bulk.flags.errors.as_deref())?,
            outcome: Outcome::default(),
        })
    }

    /// Tells what lines of the map are about nothing, and what all came to. Gives how many inputs
    /// could not be recorded.
    pub(super) fn end(mut self, context: &Context, dry_run: bool) -> Result<usize, Failure> {
        if let Some(mapped) = &self.mapped {
            for (line, failure) in mapped.unmet() {
                self.outcome.unmet += 1;
                self.errors.add(context, &mapped.path, Place::Line(line), &failure)?;
            }
        }
        self.errors.flush()?;
        self.outcome.print(context.ui, dry_run);
        Ok(self.outcome.failed)
    }
}
