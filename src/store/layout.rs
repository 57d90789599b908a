//! Where a workspace's files lie.

use std::path::{Path, PathBuf};

use crate::log::tile::{Tile, index_path};
use crate::text::digest::Digest;

/// The name of the settings file, by which a workspace is known.
pub const SETTINGS: &str = "provenance.toml";

/// A workspace's directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The workspace in a directory, whether or not it is there yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The workspace that `start` lies in: the nearest directory upward with a settings file.
    pub fn find(start: &Path) -> Option<Self> {
        let root = start.ancestors().find(|directory| directory.join(SETTINGS).is_file())?;
        Some(Self::new(root))
    }

    /// The workspace's directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `provenance.toml`.
    pub fn settings(&self) -> PathBuf {
        self.root.join(SETTINGS)
    }

    /// `records/`.
    pub fn records(&self) -> PathBuf {
        self.root.join("records")
    }

    /// `records/entries/`.
    pub fn entries(&self) -> PathBuf {
        self.records().join("entries")
    }

    /// A journal file, by its number.
    pub fn entry_file(&self, number: u64) -> PathBuf {
        self.entries().join(format!("{}.toml", index_path(number)))
    }

    /// `records/tile/`.
    pub fn tiles(&self) -> PathBuf {
        self.records().join("tile")
    }

    /// A tile's file.
    pub fn tile(&self, tile: Tile) -> PathBuf {
        self.records().join(tile.to_string())
    }

    /// `records/checkpoint`.
    pub fn checkpoint(&self) -> PathBuf {
        self.records().join("checkpoint")
    }

    /// `records/checkpoint.witnessed`: the newest checkpoint with its quorum.
    pub fn witnessed(&self) -> PathBuf {
        self.records().join("checkpoint.witnessed")
    }

    /// `records/texts/`.
    pub fn texts(&self) -> PathBuf {
        self.records().join("texts")
    }

    /// A kept text.
    pub fn text(&self, body: &Digest) -> PathBuf {
        self.texts().join(body.to_string())
    }

    /// `records/recovered/`, where unfinished writes are set aside.
    pub fn recovered(&self) -> PathBuf {
        self.records().join("recovered")
    }

    /// `records/index/`, which only finds.
    pub fn index(&self) -> PathBuf {
        self.records().join("index")
    }

    /// The index's head.
    pub fn index_head(&self) -> PathBuf {
        self.index().join("head")
    }

    /// `records/lock`.
    pub fn lock(&self) -> PathBuf {
        self.records().join("lock")
    }

    /// A path relative to the workspace, with slashes; the path itself outside of it.
    pub fn name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/")
    }
}
