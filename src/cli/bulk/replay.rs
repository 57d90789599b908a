//! Archives that are recorded again, in part or whole: what their inputs are to the versions that their
//! articles have already.
//!
//! An archive may hold several versions of an article, one input after the other. Recorded again, the
//! first of them is not the newest version any more; to take it for a return to an older text would
//! repeat them all. So a run follows, for each article, which versions its inputs went through. A text
//! that is an older version is held back: if later inputs lead on from it, it was the archive again; if
//! none does, the text has returned, and is a version of its own.

use std::collections::HashMap;

use super::decide::{Group, Run};
use super::outcome::Came;
use crate::ingest::batch::Decision;
use crate::lineage::basis;
use crate::lineage::graph::{Article, Version};
use crate::lineage::late;
use crate::record::fields::Record;
use crate::record::source::Source;

/// What an input is to the versions that its article has.
pub(super) enum Fit {
    /// It says something that they don't.
    News,
    /// It says what an older one says.
    Older(Decision),
    /// It says what the newest says, told so that this can be seen; and which version its source is,
    /// where that was not known before.
    Same(Record, Option<Source>),
}

/// Which versions the inputs of a run went through.
#[derive(Default)]
pub(super) struct Replays {
    /// By article, the number of the version that its last input said; those of one alone are left out.
    at: HashMap<String, usize>,
    /// Inputs that said what an older version says, by article.
    open: HashMap<String, Open>,
}

struct Open {
    position: u64,
    reader: String,
    line: Option<String>,
}

/// What a record is to the versions of its article, from the one on that its last input came to.
pub(super) fn fit(run: &Run<'_>, record: &Record, source: Option<&Source>) -> Fit {
    let (Some(id), Some(text)) = (record.article.as_deref(), &record.text) else {
        return Fit::News;
    };
    let request = record.request.as_deref();
    if request.is_some_and(|request| run.graph().by_request(request).is_some()) {
        return Fit::News;
    }
    let Some(article) = run.graph().article(id) else { return Fit::News };
    let versions = article.versions();
    let at = run.replays.at.get(article.id()).map_or(0, |at| at.saturating_sub(1));
    for version in versions.iter().skip(at) {
        if version.record.text.as_ref().map(|known| known.whole) != Some(text.whole) {
            continue;
        }
        let (told, link) = match source {
            Some(source) => retold(run, record, source, article, *version),
            None => (record.clone(), None),
        };
        // Known under an alias, it goes on under the article's first id.
        let told = Record { article: Some(article.id().to_owned()), ..told };
        if !told.adds_nothing_to(version.record) {
            continue;
        }
        if version.number == versions.len() {
            return Fit::Same(told, link);
        }
        return Fit::Older(Decision {
            record: version.record.clone(),
            leaf: version.entry.leaf,
            index: version.entry.index,
            version: version.number,
            appended: false,
        });
    }
    Fit::News
}

/// A record of the text that a version has, with the source that is known of it where that is the article
/// which is stated: a translation that did not change was not made anew when its source changed. Also
/// gives the version that the source is, where only its name is known.
fn retold(
    run: &Run<'_>,
    record: &Record,
    source: &Source,
    article: Article<'_>,
    version: Version<'_>,
) -> (Record, Option<Source>) {
    let as_is = || (record.clone(), None);
    let Some(target) = source.target.as_deref() else { return as_is() };
    let named = run.id_of(target);
    let bases = basis::of(run.graph(), article, version);
    let Some(known) =
        bases.into_iter().find(|basis| basis::named(run.graph(), basis) == Some(named))
    else {
        return as_is();
    };
    let mut told = record.clone();
    let own = version.record.sources.iter().find(|own| {
        own.is_stated() && own.target.as_deref().is_some_and(|own| run.id_of(own) == named)
    });
    match own {
        Some(own) => {
            if let Some(first) = told.sources.first_mut() {
                *first = own.clone();
            }
        }
        // It was said of an earlier version, or by a link.
        None if told.sources.is_empty() => {}
        None => drop(told.sources.remove(0)),
    }
    let is_open = known.version.is_none() && !known.source.is_pinned();
    let link = (is_open && source.leaf.is_some()).then(|| {
        let open = late::waiting(run.graph(), article).into_iter();
        open.filter(|waiting| run.id_of(waiting.target) == named)
            .find_map(|waiting| waiting.source(run.graph()))
    });
    (told, link.flatten())
}

impl Run<'_> {
    /// The id of the article that a target names; else its name.
    pub(super) fn id_of<'t>(&'t self, target: &'t str) -> &'t str {
        late::find(self.graph(), target).map_or(late::name(target), |(article, _)| article.id())
    }

    /// Notes that an input says what an older version says; it is about to be held back.
    pub(super) fn replay(
        &mut self,
        taken: &mut Group,
        older: &Decision,
        position: u64,
        reader: String,
        line: Option<String>,
    ) {
        self.came_to(taken, older);
        if let Some(id) = older.record.article.clone() {
            self.replays.at.insert(id.clone(), older.version);
            self.replays.open.insert(id, Open { position, reader, line });
        }
    }

    /// Notes to which version an input came: the one before it that was held back was the archive again.
    pub(super) fn came_to(&mut self, taken: &mut Group, decision: &Decision) {
        let Some(id) = &decision.record.article else { return };
        if decision.version < 2 && self.replays.open.is_empty() {
            return;
        }
        if decision.version > 1 {
            self.replays.at.insert(id.clone(), decision.version);
        }
        if let Some(open) = self.replays.open.remove(id)
            && self.holding.take(open.position).is_some()
        {
            self.outcome.add(&open.reader, Came::Unchanged);
            if !self.bulk.watched {
                taken.lines.extend(open.line);
            }
        }
    }
}
