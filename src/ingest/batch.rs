//! A batch: inputs taken in order against a log, each seeing what those before it add.

use std::collections::HashMap;

use crate::lineage::graph::{Content, Entry, Graph};
use crate::lineage::status;
use crate::log::tree;
use crate::record::encode::EncodeError;
use crate::record::event::Event;
use crate::record::fields::Record;
use crate::text::digest::Digest;
use crate::text::language::Language;

/// What the caller says of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change {
    /// Nothing.
    #[default]
    Unsaid,
    /// The text was corrected.
    Correction,
    /// The credits were corrected.
    CreditCorrection,
}

/// What an input came to.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The record: the new one, or the one that says the same already.
    pub record: Record,
    /// Its leaf hash.
    pub leaf: Digest,
    /// Its index.
    pub index: u64,
    /// The number of the version that it carries, from 1.
    pub version: usize,
    /// Whether it is new.
    pub appended: bool,
}

impl Decision {
    /// The record as an entry of the log.
    pub fn entry(&self) -> Entry {
        let content = Content::Record(Box::new(self.record.clone()));
        Entry { index: self.index, leaf: self.leaf, content }
    }
}

/// Says why an input can't be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The id is known for a text in another language.
    #[error("`{id}` is known as {} and this text is {}", known.name(), found.name())]
    OtherLanguage {
        /// The id.
        id: String,
        /// The language that is known.
        known: Language,
        /// The language of the input.
        found: Language,
    },
    /// A correction of an article that isn't there.
    #[error("there is no recorded version of `{0}` to correct")]
    NothingToCorrect(String),
    /// An event of an article that isn't there.
    #[error("there is no recorded version of `{0}`")]
    UnknownArticle(String),
    /// The request was made before, for another article.
    #[error("the request `{request}` was made before, for `{article}`")]
    OtherRequest {
        /// The request.
        request: String,
        /// The article it was for.
        article: String,
    },
    /// An id that is to be another name of the article names another one already.
    #[error("`{alias}` is the id of another article, `{article}`")]
    AliasTaken {
        /// The id.
        alias: String,
        /// The article that has it.
        article: String,
    },
    /// The record can't be written.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The record would not be read back as it is. Nothing that can't be read may be appended.
    #[error("the record would not be read back: {0}")]
    Unreadable(String),
}

/// Inputs that are to be appended together.
#[derive(Debug)]
pub struct Batch<'g> {
    graph: &'g Graph,
    next: u64,
    encoded: Vec<Vec<u8>>,
    /// Articles that the batch adds to: by id, their latest version in it.
    pending: HashMap<String, Decision>,
    requests: HashMap<String, Decision>,
    /// Whether what was retracted or withdrawn stays so when it is found again, word for word.
    leaves_ended: bool,
    /// Whether it takes one input: then nothing is remembered for others.
    alone: bool,
}

impl<'g> Batch<'g> {
    /// A batch on top of a log of `size` records.
    pub fn new(graph: &'g Graph, size: u64) -> Self {
        Self {
            graph,
            next: size,
            encoded: Vec::new(),
            pending: HashMap::new(),
            requests: HashMap::new(),
            leaves_ended: false,
            alone: false,
        }
    }

    /// The same for a single input.
    #[must_use]
    pub fn of_one(self) -> Self {
        Self { alone: true, ..self }
    }

    /// The same for inputs that nobody handed over anew, as when a directory is recorded again or
    /// watched: a text that says the same as a version that was retracted or withdrawn adds nothing.
    #[must_use]
    pub fn leaving_ended(self, leaves_ended: bool) -> Self {
        Self { leaves_ended, ..self }
    }

    /// The records to append, in order.
    pub fn records(&self) -> &[Vec<u8>] {
        &self.encoded
    }

    /// The same, without the articles.
    pub fn into_records(self) -> Vec<Vec<u8>> {
        self.encoded
    }

    /// Takes a record made by [`crate::record::build::build`]; decides whether it is the first of
    /// its article, the next, or says nothing new.
    ///
    /// # Errors
    ///
    /// If it can't be recorded; the batch is as it was.
    pub fn add(&mut self, record: Record, change: Change) -> Result<Decision, BatchError> {
        let id = record.article.clone().unwrap_or_default();
        if let Some(done) = record.request.as_deref().and_then(|request| self.by_request(request)) {
            return self.repeat(done, &id);
        }
        let latest = self.latest(&id);
        let event = match (&latest, change) {
            (None, Change::Unsaid) => Event::Published,
            (None, _) => return Err(BatchError::NothingToCorrect(id)),
            (Some(_), Change::Unsaid) => Event::Update,
            (Some(_), Change::Correction) => Event::Correction,
            (Some(_), Change::CreditCorrection) => Event::CreditCorrection,
        };
        let mut version = 1;
        let mut record = record;
        if let Some(latest) = latest {
            if let (Some(known), Some(found)) = (&latest.newest.record.language, &record.language)
                && !known.same_language(found)
            {
                let (known, found) = (known.clone(), found.clone());
                return Err(BatchError::OtherLanguage { id, known, found });
            }
            // What is known under an alias goes on under the article's first id.
            record.article.clone_from(&latest.newest.record.article);
            // What was retracted or withdrawn and is published again is news, word for word.
            let again = latest.ended && !self.leaves_ended;
            if !again && record.adds_nothing_to(&latest.newest.record) {
                return Ok(Decision { appended: false, ..latest.newest });
            }
            version = latest.newest.version + 1;
            record = record.follows(event, latest.leaf);
        }
        self.append(record, version)
    }

    /// Takes the record of an event in the life of an article that has versions (a review, a
    /// retraction, a link), or of the log itself. One that says the same as the article's latest
    /// record adds nothing.
    ///
    /// # Errors
    ///
    /// If it can't be recorded; the batch is as it was.
    pub fn add_event(&mut self, record: Record) -> Result<Decision, BatchError> {
        if record.event.is_administrative() {
            return self.append(record, 0);
        }
        let id = record.article.clone().unwrap_or_default();
        let Some(article) = self.graph.article(&id) else {
            return Err(BatchError::UnknownArticle(id));
        };
        if let Some(done) = record.request.as_deref().and_then(|request| self.by_request(request)) {
            return self.repeat(done, &id);
        }
        let (Some(latest), Some(newest)) = (article.latest(), article.newest()) else {
            return Err(BatchError::UnknownArticle(id));
        };
        let version = newest.number;
        let event = record.event;
        let record =
            Record { article: Some(article.id().to_owned()), ..record.follows(event, latest.leaf) };
        if let Some(known) = latest.record()
            && record.is_repeat_of(known)
        {
            let (record, leaf, index) = (known.clone(), latest.leaf, latest.index);
            return Ok(Decision { record, leaf, index, version, appended: false });
        }
        self.append(record, version)
    }

    fn append(&mut self, record: Record, version: usize) -> Result<Decision, BatchError> {
        self.check_aliases(&record)?;
        let bytes = record.encode()?;
        match Record::decode(&bytes) {
            Ok(read) if read == record => {}
            Ok(_) => return Err(BatchError::Unreadable("it says something else".to_owned())),
            Err(error) => return Err(BatchError::Unreadable(error.to_string())),
        }
        let decision = Decision {
            leaf: tree::leaf_hash(&bytes),
            index: self.next,
            version,
            appended: true,
            record,
        };
        self.next += 1;
        self.encoded.push(bytes);
        if self.alone {
            return Ok(decision);
        }
        if let Some(id) = &decision.record.article {
            self.pending.insert(id.clone(), decision.clone());
        }
        if let Some(request) = &decision.record.request {
            self.requests.insert(request.clone(), decision.clone());
        }
        Ok(decision)
    }

    /// Refuses ids that lead to another article already.
    fn check_aliases(&self, record: &Record) -> Result<(), BatchError> {
        for alias in &record.aliases {
            let taken = self.graph.article(alias).map(|article| article.id().to_owned());
            let taken = taken.or_else(|| self.pending.get(alias)?.record.article.clone());
            if let Some(article) = taken.filter(|id| Some(id) != record.article.as_ref()) {
                return Err(BatchError::AliasTaken { alias: alias.clone(), article });
            }
        }
        Ok(())
    }

    /// The article's latest record, and its newest version.
    fn latest(&self, id: &str) -> Option<Latest> {
        let article = self.graph.article(id);
        let known = article.map_or(id, |article| article.id());
        if let Some(newest) = self.pending.get(known) {
            return Some(Latest { leaf: newest.leaf, newest: newest.clone(), ended: false });
        }
        let article = article?;
        let newest = article.newest()?;
        let newest = Decision {
            record: newest.record.clone(),
            leaf: newest.entry.leaf,
            index: newest.entry.index,
            version: newest.number,
            appended: false,
        };
        let ended = status::status(article, article.newest()?).status.has_ended();
        Some(Latest { leaf: article.latest()?.leaf, newest, ended })
    }

    fn by_request(&self, request: &str) -> Option<Decision> {
        if let Some(done) = self.requests.get(request) {
            return Some(done.clone());
        }
        let entry = self.graph.by_request(request)?;
        let record = entry.record()?;
        let versions = self.graph.article_of(entry)?.versions();
        // An event is of the newest version before it.
        let version = versions.iter().rfind(|version| version.entry.index <= entry.index)?.number;
        Some(Decision {
            record: record.clone(),
            leaf: entry.leaf,
            index: entry.index,
            version,
            appended: false,
        })
    }

    /// The answer to a request that was made before.
    fn repeat(&self, done: Decision, id: &str) -> Result<Decision, BatchError> {
        let article = done.record.article.clone().unwrap_or_default();
        let same = article == id || self.graph.article(id).is_some_and(|a| a.id() == article);
        if same {
            Ok(Decision { appended: false, ..done })
        } else {
            let request = done.record.request.unwrap_or_default();
            Err(BatchError::OtherRequest { request, article })
        }
    }
}

/// Where an article stands.
struct Latest {
    /// The leaf hash of its latest record, of whatever event.
    leaf: Digest,
    /// Its newest version.
    newest: Decision,
    /// Whether it was retracted or withdrawn.
    ended: bool,
}
