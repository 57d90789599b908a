//! What an article's file gives beside what is stated: its id, its time.

use std::path::Path;

use super::error::Failure;
use crate::article::assemble::Article;
use crate::article::document::Subject;
use crate::ingest::name::{self, IdFrom};
use crate::record::fields::Record;
use crate::record::time::Timestamp;

/// What an article's file gives beside what is stated.
#[derive(Debug, Clone, Default)]
pub(super) struct ByFile {
    /// What a file outside the workspace goes by, where that is not its name alone: its path in a
    /// directory that is recorded whole.
    pub(super) name: Option<String>,
    /// How its id is had where none is stated.
    pub(super) id_from: Option<IdFrom>,
    /// When it was published where nobody says so.
    pub(super) published: Option<String>,
    /// Where and when a crawler saw it.
    pub(super) seen: Option<Seen>,
}

/// Where and when a crawler saw an article.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) url: String,
    pub(super) at: Timestamp,
}

impl ByFile {
    /// The id that a file gives its article in the way that was asked for, else what it says of
    /// itself; `None` where its path is to give it.
    pub(super) fn id(&self, path: &Path, article: &Article) -> Result<Option<String>, Failure> {
        let name = || {
            let lone = path.file_name().and_then(|name| name.to_str());
            self.name.as_deref().or(lone).ok_or_else(unwritable)
        };
        let seen = || self.seen.as_ref().map(|seen| seen.url.clone());
        Ok(match &self.id_from {
            None => claimed_id(article).map(str::to_owned).or_else(seen),
            // What was captured has no path but where it was captured.
            Some(IdFrom::Path) => seen(),
            Some(IdFrom::Stem) => Some(name::stem(name()?).to_owned()),
            Some(IdFrom::Template(template)) => Some(template.fill(name()?)),
            Some(IdFrom::Url) => {
                let none = || {
                    Failure::unanswered("it states no canonical URL to be its id")
                        .hint("give it an id in --map, or leave --id-from out")
                };
                Some(article.claim(Subject::Url).ok_or_else(none)?.to_owned())
            }
        })
    }
}

impl Seen {
    /// Writes it into the record of what was seen, where that says itself no other place. Seen
    /// elsewhere, or later, the text that is known is no news.
    pub(super) fn tell(&self, record: &mut Record, known: Option<&Record>) {
        if record.observed_at.is_some() {
            record.observed_at = Some(self.at.clone());
        }
        let whole = |record: &Record| record.text.as_ref().map(|text| text.whole);
        record.observed_url = match known.filter(|known| whole(known) == whole(record)) {
            Some(known) => known.observed_url.clone(),
            None => Some(self.url.clone()),
        };
    }
}

/// The id that a file gives its article: its canonical URL, else its own id.
fn claimed_id(article: &Article) -> Option<&str> {
    article.claim(Subject::Url).or_else(|| article.claim(Subject::Id))
}

/// Says that a path can be no id.
pub(super) fn unwritable() -> Failure {
    Failure::unanswered("the path is not UTF-8, and so no id").hint("give --id or --url")
}
