//! Inputs that are held back until what decides about them has come.
//!
//! A translation waits for its source; a text that an article had before waits for the versions after
//! it, which tell an archive that is recorded again from a text that returned. Whichever of those that
//! can be decided came first in the inputs is decided first, so that a run which was killed and one that
//! was not come to the same log: what comes next follows from the log and the inputs alone.
//!
//! Held are names and places, and a bounded part of what was read. What exceeds that is written to a file
//! without a name, or read again from its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use super::input::{Found, Listed, Place, Raw};
use crate::cli::error::Failure;
use crate::lineage::late;

/// The most inputs that are held; above them each is decided at once.
const MOST: usize = 1 << 20;

/// The most memory, about, that what was read of them takes.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// About how much more memory an article takes than the bytes that it was read from, and its least.
const SPREAD: usize = 4;
const LEAST: usize = 4096;

/// How many of them are read together, when they have to be read again.
const TOGETHER: usize = 128;

/// Where an input stands.
#[derive(Clone, Copy)]
pub(super) struct Seat<'a> {
    /// Its place among all inputs of the run.
    pub(super) position: u64,
    pub(super) listed: &'a Listed,
    pub(super) place: Place,
}

/// Who waits for an article: first what is in the log, by the record that names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Waiter {
    /// A translation that was recorded without its source.
    Recorded {
        /// The record that names the source.
        index: u64,
        /// The translation's id.
        article: String,
    },
    /// An input, by its position.
    Input(u64),
}

/// What an input is held back for.
pub(super) enum Until {
    /// Its source comes, or what comes before it of its own article, which probably has this id.
    Source(String),
    /// Another input leads on from it.
    Successor,
}

/// An input that is held back.
struct Held<'a> {
    seat: Seat<'a>,
    content: Content,
    /// Whether it is held until its source comes.
    for_source: bool,
}

/// An input that was looked at: what was read, or why it could not be; none where its file was
/// written again meanwhile, or is gone.
pub(super) type Looked = Option<Result<Found, Failure>>;

/// What is had of it.
pub(super) enum Content {
    Looked(Box<Looked>),
    Unread(Raw),
    /// The same, its bytes in the file: from where, and how many.
    Spilled(Raw, u64, usize),
}

/// All that are held back, and what they wait for.
#[derive(Default)]
pub(super) struct Holding<'a> {
    inputs: BTreeMap<u64, Held<'a>>,
    /// Of them those that are held until their source comes, by position and by id.
    sources: BTreeMap<u64, String>,
    articles: HashMap<String, BTreeSet<u64>>,
    /// By the names under which sources may come.
    waits: HashMap<String, Vec<Waiter>>,
    /// Those whose source has come.
    ready: BTreeSet<Waiter>,
    /// The memory of those that are held as read.
    bytes: usize,
    spill: Option<Spill>,
}

impl<'a> Holding<'a> {
    /// Whether another one can be held.
    pub(super) fn has_room(&self) -> bool {
        self.inputs.len() < MOST
    }

    /// Whether any is held.
    pub(super) fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Whether an input of an article must wait because one before it does.
    pub(super) fn is_behind(&self, id: &str, position: u64) -> bool {
        let first = self.articles.get(id).and_then(BTreeSet::first);
        first.is_some_and(|first| *first < position)
    }

    /// Whether any waits for its source.
    pub(super) fn awaits_sources(&self) -> bool {
        !self.sources.is_empty()
    }

    /// Holds an input back.
    pub(super) fn hold(&mut self, seat: Seat<'a>, found: Found, until: Until) -> io::Result<()> {
        let for_source = matches!(until, Until::Source(_));
        if let Until::Source(id) = until {
            self.articles.entry(id.clone()).or_default().insert(seat.position);
            self.sources.insert(seat.position, id);
        }
        let cost = article_cost(&found);
        let content = if self.bytes.saturating_add(cost) <= MOST_BYTES {
            self.bytes += cost;
            // It won't be read again.
            Content::Looked(Box::new(Some(Ok(Found { raw: Raw::File, ..found }))))
        } else {
            let mut raw = found.raw;
            match raw.bytes() {
                None => Content::Unread(raw),
                Some(bytes) => {
                    let bytes = std::mem::take(bytes);
                    let spill = match &mut self.spill {
                        Some(spill) => spill,
                        none => none.insert(Spill::new()?),
                    };
                    Content::Spilled(raw, spill.put(&bytes)?, bytes.len())
                }
            }
        };
        self.inputs.insert(seat.position, Held { seat, content, for_source });
        Ok(())
    }

    /// Has a waiter woken when what a target names comes.
    pub(super) fn wait(&mut self, waiter: &Waiter, target: &str) {
        if self.waits.len() >= MOST {
            // It is looked at again at the end.
            return;
        }
        for name in late::names(target) {
            self.waits.entry(name.to_owned()).or_default().push(waiter.clone());
        }
    }

    /// A waiter can be looked at.
    pub(super) fn make_ready(&mut self, waiter: Waiter) {
        self.ready.insert(waiter);
    }

    /// What waits for a name can be looked at.
    pub(super) fn wake(&mut self, name: &str) {
        if self.waits.is_empty() {
            return;
        }
        self.ready.extend(self.waits.remove(name).into_iter().flatten());
    }

    /// Whether any can be looked at.
    pub(super) fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// The first that can be looked at.
    pub(super) fn next_ready(&mut self) -> Option<Waiter> {
        self.ready.pop_first()
    }

    /// Takes an input out.
    pub(super) fn take(&mut self, position: u64) -> Option<(Seat<'a>, Content)> {
        let held = self.inputs.remove(&position)?;
        if let Content::Looked(looked) = &held.content {
            self.bytes = self.bytes.saturating_sub(cost(looked));
        }
        Some((held.seat, held.content))
    }

    /// Notes that an input was taken out and decided, unless it is held again: what waits for it alone
    /// can be looked at.
    pub(super) fn decided(&mut self, position: u64) {
        if self.inputs.get(&position).is_some_and(|held| held.for_source) {
            return;
        }
        let Some(id) = self.sources.remove(&position) else { return };
        let Some(others) = self.articles.get_mut(&id) else { return };
        others.remove(&position);
        match others.first() {
            Some(next) => self.ready.extend([Waiter::Input(*next)]),
            None => drop(self.articles.remove(&id)),
        }
    }

    /// The position of the first that is held: of those first that wait for their sources.
    pub(super) fn first(&self) -> Option<u64> {
        let sources = self.sources.keys().next();
        sources.or_else(|| self.inputs.keys().next()).copied()
    }

    /// Takes out what is had, unread, of an input and of the next that will be looked at after it, to
    /// be read together.
    pub(super) fn unread(&mut self, first: u64) -> io::Result<Vec<(Seat<'a>, Raw)>> {
        let ready = self.ready.iter().filter_map(|waiter| match waiter {
            Waiter::Input(position) => Some(*position),
            Waiter::Recorded { .. } => None,
        });
        let mut next: Vec<u64> = if self.ready.is_empty() {
            self.inputs.range(first..).map(|(position, _)| *position).take(TOGETHER).collect()
        } else {
            [first].into_iter().chain(ready.take(TOGETHER - 1)).collect()
        };
        next.dedup();
        let mut unread = Vec::new();
        for position in next {
            let Some(held) = self.inputs.get_mut(&position) else { continue };
            let raw = match &mut held.content {
                Content::Looked(_) => continue,
                Content::Unread(raw) => std::mem::replace(raw, Raw::File),
                Content::Spilled(raw, at, length) => {
                    let mut raw = std::mem::replace(raw, Raw::File);
                    if let (Some(bytes), Some(spill)) = (raw.bytes(), &mut self.spill) {
                        *bytes = spill.get(*at, *length)?;
                    }
                    raw
                }
            };
            unread.push((held.seat, raw));
        }
        Ok(unread)
    }

    /// Puts back what was looked at.
    pub(super) fn put(&mut self, position: u64, looked: Looked) {
        if let Some(held) = self.inputs.get_mut(&position) {
            self.bytes += cost(&looked);
            held.content = Content::Looked(Box::new(looked));
        }
    }
}

fn cost(looked: &Looked) -> usize {
    looked.as_ref().and_then(|read| read.as_ref().ok()).map_or(0, article_cost)
}

fn article_cost(found: &Found) -> usize {
    found.size.saturating_mul(SPREAD).saturating_add(LEAST)
}

/// Bytes in a file that has no name, and is gone with the process.
struct Spill {
    file: File,
    length: u64,
}

impl Spill {
    fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, length: 0 })
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.length;
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(at)
    }

    fn get(&mut self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
