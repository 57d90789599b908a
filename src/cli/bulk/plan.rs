//! What is to be done with an input, as far as the articles that are at hand tell.

use std::path::Path;

use super::decide::Run;
use super::flags::OnDuplicate;
use super::held::Seat;
use super::input::Found;
use super::replay::{self, Fit};
use crate::cli::error::Failure;
use crate::cli::source;
use crate::ingest::batch::Decision;
use crate::record::fields::Record;
use crate::record::source::Source;

/// What is to be done with an input.
pub(super) enum Plan {
    /// It waits because one before it of its article does.
    Behind { id: String },
    /// It waits for its source.
    Await { id: String, target: String },
    /// It waits for what tells whether its text returned.
    Older { older: Decision, record: Record },
    /// It is left out: another article has its text.
    Skip { twin: String, record: Record },
    /// It is another article's text, under a name that this has already.
    Nothing { record: Record },
    /// Its names become names of the article that has its text.
    Alias { alias: Record, record: Record },
    /// It says nothing new but what its source is.
    Link { source: Source, record: Record },
    /// It is a version of its article, unless it says nothing new.
    Version { record: Record, source: Option<Source> },
}

impl Plan {
    /// Who read the input.
    pub(super) fn reader(&self) -> String {
        let record = match self {
            Self::Behind { .. } | Self::Await { .. } => return String::new(),
            Self::Older { record, .. }
            | Self::Skip { record, .. }
            | Self::Nothing { record }
            | Self::Alias { record, .. }
            | Self::Link { record, .. }
            | Self::Version { record, .. } => record,
        };
        record.reader.clone().unwrap_or_default()
    }
}

/// What an input's stated source comes to.
enum Stated {
    Nothing,
    Source(Source),
    /// The log has nothing of that name yet.
    ToCome(String),
}

impl Run<'_> {
    /// What is to be done with an input, as far as the articles at hand tell.
    pub(super) fn plan(&self, seat: Seat<'_>, found: &Found) -> Result<Plan, Failure> {
        let room = self.holding.has_room();
        let is_translation = found.statement.translation_of().is_some();
        // Asked for only where it may be of use: it costs a look at all that the file claims.
        let id = if is_translation || self.holding.awaits_sources() {
            self.likely_id(&seat.listed.path, found)
        } else {
            String::new()
        };
        if room && self.holding.is_behind(&id, seat.position) {
            return Ok(Plan::Behind { id });
        }
        let source = match self.source(found)? {
            Stated::Nothing => None,
            Stated::Source(source) => Some(source),
            Stated::ToCome(target) if room && !self.ending => {
                return Ok(Plan::Await { id, target });
            }
            Stated::ToCome(target) => Some(source::to_come(&target)),
        };
        let record = self.record(seat, found, source.clone())?;
        let may_lead_on = !self.ending || self.holding.awaits_sources();
        let twin = self.twin(&record).map(|twin| twin.id().to_owned());
        Ok(match (twin, self.on_duplicate()) {
            (Some(twin), OnDuplicate::Skip) => Plan::Skip { twin, record },
            (Some(_), OnDuplicate::Alias) if self.is_known(&record) => Plan::Nothing { record },
            (Some(twin), OnDuplicate::Alias) => {
                Plan::Alias { alias: self.alias(twin, &record), record }
            }
            _ => match replay::fit(self, &record, source.as_ref()) {
                Fit::Older(older) if room && may_lead_on => Plan::Older { older, record },
                Fit::Same(_, Some(source)) => Plan::Link { source, record },
                Fit::Same(record, None) => Plan::Version { record, source },
                Fit::Older(_) | Fit::News => Plan::Version { record, source },
            },
        })
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
        let source = source::look(self.context, self.workspace, self.graph(), target, file)?;
        Ok(source.map_or_else(|| Stated::ToCome(target.to_owned()), Stated::Source))
    }

    fn record(
        &self,
        seat: Seat<'_>,
        found: &Found,
        source: Option<Source>,
    ) -> Result<Record, Failure> {
        let target = source.as_ref().and_then(|source| source.target.clone());
        let read = (found.text.clone(), &found.article);
        let path = &seat.listed.path;
        let (context, workspace, graph) = (self.context, self.workspace, self.graph());
        let record = found.statement.record_from(context, workspace, graph, path, read, source)?;
        if let (Some(target), Some(id)) = (target, &record.article)
            && self.id_of(&target) == self.id_of(id)
        {
            return Err(Failure::unanswered(format!("`{target}` is the article itself"))
                .hint("name the article that it was translated from"));
        }
        Ok(record)
    }
}
