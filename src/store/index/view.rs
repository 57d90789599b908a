//! A part of the log: found by the index, believed by proof.
//!
//! Each record is read out of the journal, hashed, and proved to be in the signed tree. What the index
//! alone answers for is that there are no others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::build::{Index, Progress, Unusable};
use super::key::{Key, Kind};
use crate::lineage::graph::{Content, Entry, Graph};
use crate::lineage::late;
use crate::log::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::log::frame::FILE_RECORDS;
use crate::log::key::VerifierKey;
use crate::log::{proof, tree};
use crate::store::journal::{self, Records};
use crate::store::layout::Layout;
use crate::store::open;
use crate::store::tiles::CachedTiles;
use crate::text::digest::Digest;
use crate::verify::keychain::Keychain;

/// Up to how many records a log is read whole, which is as fast: one journal file.
const SHORT: u64 = FILE_RECORDS;

/// The most records of a part: each takes a proof.
const MAX_RECORDS: usize = 10_000;

/// What is looked for. Of what is found, the whole articles come, and those that they were translated
/// from and into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// The record with an index.
    Record(u64),
    /// The records from an index on.
    From(u64),
    /// Nothing; but a log that has records of a newer format is to be read whole.
    Understood,
    /// The records whose leaf hash begins with these hexadecimal digits.
    Leaf(String),
    /// The article with an id or alias.
    Article(String),
    /// The records of texts with a body.
    Body(Digest),
    /// The records of texts that share at least half of these paragraphs.
    Paragraphs(Vec<Digest>),
    /// The records that credit a name. Which of a newer format do can't be known: a log that has any
    /// is to be read whole.
    Person(String),
    /// The records of texts that may have a passage: of kept ones by all of these fingerprints, of
    /// others by all of these paragraphs.
    Passage(Vec<u64>, Vec<Digest>),
}

/// A part of a signed log.
#[derive(Debug)]
pub struct View {
    /// The records.
    pub graph: Graph,
    /// The checkpoint that they were proved by.
    pub signed: SignedCheckpoint,
    /// The keys that the log was and is signed with.
    pub keys: Keychain,
    /// Where a passage was wanted: whether the texts of some records are not kept, so that it may
    /// stand in one of them.
    pub not_kept: bool,
}

/// Finds what is wanted of a log.
///
/// `seen` is the checkpoint that is remembered of it, which it must continue.
///
/// # Errors
///
/// If the index can't answer. Nothing is said of the log by that: reading it whole says what is
/// wrong, if anything is.
pub fn view(
    layout: &Layout,
    verifier: &VerifierKey,
    seen: Option<&Checkpoint>,
    wanted: &[Want],
    progress: Progress<'_>,
) -> Result<View, Unusable> {
    let signed = open::checkpoint(layout, verifier)?.ok_or(Unusable::Unsigned)?;
    if signed.size() <= SHORT {
        return Err(Unusable::Short);
    }
    let mut index = Index::of(layout, &signed, progress)?;
    loop {
        let mut part = Part::new(layout, &signed, index);
        if part.holds_more()? {
            return Err(Unusable::Unsigned);
        }
        if !seen.map_or(Ok(true), |seen| part.continues(seen))? {
            return Err(Unusable::Log);
        }
        match part.find(wanted) {
            Err(Failed::Damaged) => index = Index::rebuild(layout, &signed, progress)?,
            Err(Failed::Unusable(unusable)) => return Err(unusable),
            Ok(()) => {
                let (keys, not_kept) = (part.keys(verifier)?, part.not_kept);
                let graph = Graph::part(part.entries.into_values().collect(), signed.size());
                return Ok(View { graph, signed, keys, not_kept });
            }
        }
    }
}

/// The digest of the body that a record is of.
fn body(entry: &Entry) -> Option<Digest> {
    Some(entry.record()?.text.as_ref()?.body)
}

/// Why a part can't be gathered.
#[derive(Debug)]
enum Failed {
    Damaged,
    Unusable(Unusable),
}

impl<E: Into<Unusable>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Unusable(error.into())
    }
}

/// The part of the log that was gathered so far.
struct Part<'a> {
    layout: &'a Layout,
    signed: &'a SignedCheckpoint,
    index: Index,
    tiles: CachedTiles<'a>,
    /// The journal file that was read last, and its number.
    file: Option<(u64, Records)>,
    entries: BTreeMap<u64, Entry>,
    /// The `key` records, as they stand.
    rotations: BTreeMap<u64, Vec<u8>>,
    ids: BTreeSet<String>,
    /// Whether some texts are not kept, as far as that was asked.
    not_kept: bool,
}

impl<'a> Part<'a> {
    fn new(layout: &'a Layout, signed: &'a SignedCheckpoint, index: Index) -> Self {
        Self {
            layout,
            signed,
            index,
            tiles: CachedTiles::new(layout),
            file: None,
            entries: BTreeMap::new(),
            rotations: BTreeMap::new(),
            ids: BTreeSet::new(),
            not_kept: false,
        }
    }

    /// Whether the journal goes on after what is signed, with whatever it may be.
    fn holds_more(&mut self) -> Result<bool, Unusable> {
        let size = self.signed.size();
        let number = journal::file_of(size - 1);
        let last = self.file(number)?;
        let ends = last.error.is_none() && last.end() == size;
        Ok(!ends || self.layout.entry_file(number + 1).exists())
    }

    /// Whether the log continues what was seen of it.
    fn continues(&mut self, seen: &Checkpoint) -> Result<bool, Unusable> {
        let (size, root) = (self.signed.size(), self.signed.root());
        if seen.size > size {
            return Ok(false);
        }
        let path = match seen.size {
            0 => Vec::new(),
            old => proof::prove_consistency(&mut self.tiles, old, size)?,
        };
        Ok(proof::is_consistent(seen.size, seen.root, size, root, &path))
    }

    fn find(&mut self, wanted: &[Want]) -> Result<(), Failed> {
        for want in wanted {
            match want {
                Want::Record(index) => self.take([*index])?,
                Want::From(first) => {
                    let records = *first..self.signed.size();
                    let count = records.end.checked_sub(records.start).ok_or(Unusable::Log)?;
                    if count > MAX_RECORDS as u64 {
                        return Err(Unusable::Many.into());
                    }
                    self.take(records)?;
                }
                Want::Leaf(digits) => {
                    if let Some((first, last)) = Key::beginning(Kind::Leaf, digits) {
                        let found = self.index.find_between(first, last, MAX_RECORDS + 1);
                        self.take(found.ok_or(Failed::Damaged)?)?;
                    }
                }
                Want::Article(id) => self.article(id)?,
                Want::Body(body) => self.take_all(Key::digest(Kind::Body, body))?,
                Want::Paragraphs(paragraphs) => self.sharing(paragraphs)?,
                Want::Understood => self.is_understood()?,
                Want::Person(name) => {
                    self.is_understood()?;
                    self.take_all(Key::person(name))?;
                }
                Want::Passage(fingerprints, paragraphs) => {
                    let prints = fingerprints.iter().map(|print| Key::fingerprint(*print));
                    let found = self.having_all(prints)?;
                    self.take(found)?;
                    let digests = paragraphs.iter().map(|p| Key::digest(Kind::Paragraph, p));
                    let found = self.having_all(digests)?;
                    self.take(found)?;
                    // Where one body was recorded several times, its text was not always kept.
                    let bodies: BTreeSet<Digest> = self.entries.values().filter_map(body).collect();
                    for body in bodies {
                        self.take_all(Key::digest(Kind::Body, &body))?;
                    }
                    for kind in [Kind::NoText, Kind::Erasure] {
                        let any = self.index.find(Key::lone(kind), 1).ok_or(Failed::Damaged)?;
                        self.not_kept |= !any.is_empty();
                    }
                }
            }
        }
        self.take_all(Key::lone(Kind::KeyChange))
    }

    /// Refuses a log that has records of a newer format: of what they are can't be known.
    fn is_understood(&self) -> Result<(), Failed> {
        let any = self.index.find(Key::lone(Kind::Newer), 1).ok_or(Failed::Damaged)?;
        if any.is_empty() { Ok(()) } else { Err(Unusable::Newer.into()) }
    }

    /// The records that share at least half of some paragraphs.
    fn sharing(&mut self, paragraphs: &[Digest]) -> Result<(), Failed> {
        let paragraphs: BTreeSet<&Digest> = paragraphs.iter().collect();
        let mut shared: HashMap<u64, usize> = HashMap::new();
        for paragraph in &paragraphs {
            for record in self.found(Key::digest(Kind::Paragraph, paragraph))? {
                *shared.entry(record).or_default() += 1;
            }
        }
        let enough = shared.into_iter().filter(|(_, count)| count * 2 >= paragraphs.len());
        let enough: Vec<u64> = enough.map(|(record, _)| record).collect();
        self.take(enough)
    }

    /// The records that have all of some keys; none where there are no keys.
    fn having_all(&self, keys: impl Iterator<Item = Key>) -> Result<Vec<u64>, Failed> {
        let mut all: Option<Vec<u64>> = None;
        for key in keys {
            // Common phrases have more postings than are worth proving; those of all keys are few.
            let found = self.index.find(key, usize::MAX).ok_or(Failed::Damaged)?;
            let both = match all {
                None => found,
                Some(all) => {
                    all.into_iter().filter(|one| found.binary_search(one).is_ok()).collect()
                }
            };
            if both.is_empty() {
                return Ok(both);
            }
            all = Some(both);
        }
        Ok(all.unwrap_or_default())
    }

    fn found(&self, key: Key) -> Result<Vec<u64>, Failed> {
        let found = self.index.find(key, MAX_RECORDS + 1).ok_or(Failed::Damaged)?;
        if found.len() > MAX_RECORDS { Err(Unusable::Many.into()) } else { Ok(found) }
    }

    fn take_all(&mut self, key: Key) -> Result<(), Failed> {
        let found = self.found(key)?;
        self.take(found)
    }

    /// Takes all records of an article.
    fn article(&mut self, id: &str) -> Result<(), Failed> {
        if self.ids.insert(id.to_owned()) {
            self.take_all(Key::text(Kind::Article, id))?;
        }
        Ok(())
    }

    /// Takes records, and what belongs with them.
    fn take(&mut self, records: impl IntoIterator<Item = u64>) -> Result<(), Failed> {
        let mut next: Vec<u64> = records.into_iter().collect();
        while let Some(index) = next.pop() {
            if index >= self.signed.size() || self.entries.contains_key(&index) {
                continue;
            }
            if self.entries.len() == MAX_RECORDS {
                return Err(Unusable::Many.into());
            }
            let entry = self.believed(index)?;
            next.extend(self.found(Key::digest(Kind::Citation, &entry.leaf))?);
            if let Some(record) = entry.record() {
                for leaf in record.sources.iter().filter_map(|source| source.leaf) {
                    next.extend(self.found(Key::digest(Kind::Leaf, &leaf))?);
                }
                if let Some(text) = &record.text {
                    next.extend(self.found(Key::digest(Kind::Erasure, &text.body))?);
                }
                let own = record.article.iter().chain(&record.aliases).map(String::as_str);
                for id in own.clone() {
                    next.extend(self.found(Key::text(Kind::Citation, id))?);
                }
                let sources = record.sources.iter().filter_map(|source| source.target.as_deref());
                for id in own.chain(sources.flat_map(late::names)) {
                    if self.ids.insert(id.to_owned()) {
                        next.extend(self.found(Key::text(Kind::Article, id))?);
                    }
                }
            }
            self.entries.insert(index, entry);
        }
        Ok(())
    }

    /// A record, hashed and proved to be in the signed tree.
    fn believed(&mut self, index: u64) -> Result<Entry, Unusable> {
        let records = self.file(journal::file_of(index))?;
        let bytes = records.get(index).ok_or(Unusable::Log)?.to_vec();
        let leaf = tree::leaf_hash(&bytes);
        let path = proof::prove_inclusion(&mut self.tiles, index, self.signed.size())?;
        let root = proof::root_from_inclusion(leaf, index, self.signed.size(), &path);
        if root != Some(self.signed.root()) {
            return Err(Unusable::Log);
        }
        let content = Content::decode(&bytes).map_err(|_| Unusable::Log)?;
        let entry = Entry { index, leaf, content };
        if entry.record().is_some_and(|record| record.key.is_some()) {
            self.rotations.insert(index, bytes);
        }
        Ok(entry)
    }

    /// The log's keys, if the last of them signed it.
    fn keys(&self, verifier: &VerifierKey) -> Result<Keychain, Unusable> {
        let mut keys = Keychain::new(verifier.clone());
        for (index, bytes) in &self.rotations {
            keys.record(*index, bytes);
        }
        if keys.verify(self.signed.as_bytes()).is_none() {
            return Err(Unusable::Log);
        }
        Ok(keys)
    }

    /// A journal file.
    fn file(&mut self, number: u64) -> Result<&Records, Unusable> {
        if self.file.as_ref().is_none_or(|(read, _)| *read != number) {
            self.file = Some((number, Records::read(self.layout, number)?));
        }
        self.file.as_ref().map(|(_, records)| records).ok_or(Unusable::Log)
    }
}
