//! The articles of a log, each with its records in log order.

use std::collections::{BTreeSet, HashMap};

use super::asked::{Asked, Notes};
use crate::record::decode::DecodeError;
use crate::record::fields::Record;
use crate::text::digest::Digest;

/// A record with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its index, from 0.
    pub index: u64,
    /// Its leaf hash.
    pub leaf: Digest,
    /// What it says.
    pub content: Content,
}

/// What a record says, as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A record of this format.
    Record(Box<Record>),
    /// A record of a newer format, by its number.
    Newer(u64),
}

impl Content {
    /// What a record's bytes say.
    ///
    /// # Errors
    ///
    /// If they are no record in the form that its format asks for.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        match Record::decode(bytes) {
            Ok(record) => Ok(Self::Record(Box::new(record))),
            Err(DecodeError::NewerFormat(format)) => Ok(Self::Newer(format)),
            Err(error) => Err(error),
        }
    }

    /// The record, if it is understood.
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Record(record) => Some(record),
            Self::Newer(_) => None,
        }
    }
}

impl Entry {
    /// The record, if it is understood.
    pub fn record(&self) -> Option<&Record> {
        self.content.record()
    }
}

/// One version of an article: a record that carries a text.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// Its number, from 1, by log order.
    pub number: usize,
    /// Its record's place.
    pub entry: &'a Entry,
    /// Its record.
    pub record: &'a Record,
}

/// An article: all records under one id.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    graph: &'a Graph,
    chain: &'a Chain,
}

#[derive(Debug)]
struct Chain {
    id: String,
    /// Places in `Graph::entries`, in log order.
    entries: Vec<usize>,
}

/// The articles of a log.
#[derive(Debug, Default)]
pub struct Graph {
    /// How many records the log has, of which these may be a part.
    size: u64,
    entries: Vec<Entry>,
    chains: Vec<Chain>,
    /// Ids and aliases to places in `chains`.
    ids: HashMap<String, usize>,
    /// Leaf hashes to places in `entries`.
    leaves: HashMap<Digest, usize>,
    /// Request ids to places in `entries`.
    requests: HashMap<String, usize>,
    /// Leaf hashes of sources to the places in `entries` of the records that name them.
    citations: HashMap<Digest, Vec<usize>>,
    /// Where what is asked for is fetched: what was.
    notes: Option<Notes>,
}

impl Graph {
    /// Orders a log's records, given in log order, by article.
    pub fn new(entries: Vec<Entry>) -> Self {
        let size = entries.last().map_or(0, |entry| entry.index + 1);
        Self::part(entries, size)
    }

    /// Some of the records of a log of `size`: all of each article that they are of.
    pub fn part(entries: Vec<Entry>, size: u64) -> Self {
        let mut graph = Self::default();
        for entry in entries {
            graph.add(entry);
        }
        graph.size = size;
        graph
    }

    /// None of the records of a log of `size` yet: it notes what is asked for and not here, to be
    /// fetched ([`Self::take_missing`], [`Self::fill`]).
    pub fn on_demand(size: u64) -> Self {
        Self { size, notes: Some(Notes::default()), ..Self::default() }
    }

    /// What was asked for since the last time and is not here; by digits of a leaf hash, whatever is here.
    pub fn take_missing(&mut self) -> BTreeSet<Asked> {
        self.notes.as_mut().map(Notes::take).unwrap_or_default()
    }

    /// Adds what was asked for: whole articles, in log order. Whether any of it was not here.
    pub fn fill(&mut self, entries: Vec<Entry>) -> bool {
        let before = self.entries.len();
        for entry in entries {
            if self.notes.as_ref().is_none_or(|notes| !notes.here.contains(&entry.index)) {
                self.add(entry);
            }
        }
        self.entries.len() > before
    }

    fn miss(&self, asked: impl FnOnce() -> Asked) {
        if let Some(notes) = &self.notes {
            notes.note(asked());
        }
    }

    /// Adds a record that was appended to the log.
    pub fn add(&mut self, entry: Entry) {
        let place = self.entries.len();
        if let Some(notes) = &mut self.notes {
            notes.here.insert(entry.index);
        }
        self.size = self.size.max(entry.index + 1);
        self.leaves.entry(entry.leaf).or_insert(place);
        if let Some(record) = entry.record() {
            self.tie(record, place);
        }
        self.entries.push(entry);
    }

    /// Ties a record to its article, its request and its sources.
    fn tie(&mut self, record: &Record, place: usize) {
        if let Some(request) = &record.request {
            self.requests.entry(request.clone()).or_insert(place);
        }
        for leaf in record.sources.iter().filter_map(|source| source.leaf) {
            self.citations.entry(leaf).or_default().push(place);
        }
        let Some(id) = &record.article else { return };
        let chain = *self.ids.entry(id.clone()).or_insert_with(|| {
            self.chains.push(Chain { id: id.clone(), entries: Vec::new() });
            self.chains.len() - 1
        });
        for alias in &record.aliases {
            self.ids.entry(alias.clone()).or_insert(chain);
        }
        if let Some(chain) = self.chains.get_mut(chain) {
            chain.entries.push(place);
        }
    }

    /// How many records the log has, whether or not they are here.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// All records that are here, in log order but where they were fetched.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many of them are of a newer format.
    pub fn not_understood(&self) -> usize {
        self.entries.iter().filter(|entry| entry.record().is_none()).count()
    }

    /// The same log with records that were appended to it.
    #[must_use]
    pub fn with(mut self, appended: impl IntoIterator<Item = Entry>) -> Self {
        appended.into_iter().for_each(|entry| self.add(entry));
        self
    }

    /// The articles, in the order of their first record.
    pub fn articles(&self) -> impl DoubleEndedIterator<Item = Article<'_>> {
        self.chains.iter().map(|chain| Article { graph: self, chain })
    }

    /// The article with an id or alias.
    pub fn article(&self, id: &str) -> Option<Article<'_>> {
        let chain = self.ids.get(id).and_then(|place| self.chains.get(*place));
        if chain.is_none() {
            self.miss(|| Asked::Article(id.to_owned()));
        }
        Some(Article { graph: self, chain: chain? })
    }

    /// The record with an index.
    pub fn by_index(&self, index: u64) -> Option<&Entry> {
        let entry = self.entries.iter().find(|entry| entry.index == index);
        if entry.is_none() {
            self.miss(|| Asked::Record(index));
        }
        entry
    }

    /// The record with a leaf hash.
    pub fn by_leaf(&self, leaf: &Digest) -> Option<&Entry> {
        let place = self.leaves.get(leaf);
        if place.is_none() {
            self.miss(|| Asked::Leaf(leaf.to_string()));
        }
        self.entries.get(*place?)
    }

    /// The records whose leaf hash begins with `prefix`, in hexadecimal.
    pub fn by_leaf_prefix<'p>(
        &self,
        prefix: &'p str,
    ) -> impl Iterator<Item = &Entry> + use<'_, 'p> {
        self.miss(|| Asked::Leaf(prefix.to_owned()));
        self.entries.iter().filter(move |entry| entry.leaf.begins_with(prefix))
    }

    /// The record that says that something with a digest was erased.
    pub fn erasure(&self, digest: &Digest) -> Option<&Entry> {
        let of = |entry: &&Entry| entry.record()?.erasure.as_ref().map(|erasure| erasure.digest);
        self.entries.iter().find(|entry| of(entry) == Some(*digest))
    }

    /// The records that name the record with a leaf hash as their source, in log order.
    pub fn citing(&self, leaf: &Digest) -> impl Iterator<Item = &Entry> {
        let places = self.citations.get(leaf).into_iter().flatten();
        places.filter_map(|&place| self.entries.get(place))
    }

    /// The article of which an entry is a record.
    pub fn article_of(&self, entry: &Entry) -> Option<Article<'_>> {
        self.article(entry.record()?.article.as_deref()?)
    }

    /// The version that an entry carries, and its article.
    pub fn version_of<'a>(&'a self, entry: &Entry) -> Option<(Article<'a>, Version<'a>)> {
        let article = self.article_of(entry)?;
        let versions = article.versions();
        let version = versions.into_iter().find(|version| version.entry.index == entry.index)?;
        Some((article, version))
    }

    /// The record that was made for a request.
    pub fn by_request(&self, request: &str) -> Option<&Entry> {
        let place = self.requests.get(request);
        if place.is_none() {
            self.miss(|| Asked::Request(request.to_owned()));
        }
        self.entries.get(*place?)
    }
}

impl Version<'_> {
    /// The digest of its body.
    pub fn body(self) -> Option<Digest> {
        self.record.text.as_ref().map(|text| text.body)
    }
}

impl<'a> Article<'a> {
    /// The id of its first record.
    pub fn id(self) -> &'a str {
        &self.chain.id
    }

    /// All its records, in log order.
    pub fn entries(self) -> impl DoubleEndedIterator<Item = &'a Entry> {
        self.chain.entries.iter().filter_map(|&place| self.graph.entries.get(place))
    }

    /// Its latest record.
    pub fn latest(self) -> Option<&'a Entry> {
        self.entries().next_back()
    }

    /// Its versions, oldest first.
    pub fn versions(self) -> Vec<Version<'a>> {
        let texts = self.entries().filter_map(|entry| {
            let record = entry.record().filter(|record| record.event.has_text())?;
            Some((entry, record))
        });
        (1..)
            .zip(texts)
            .map(|(number, (entry, record))| Version { number, entry, record })
            .collect()
    }

    /// The version with a number.
    pub fn version(self, number: usize) -> Option<Version<'a>> {
        self.versions().get(number.checked_sub(1)?).copied()
    }

    /// Its newest version.
    pub fn newest(self) -> Option<Version<'a>> {
        self.versions().last().copied()
    }
}
