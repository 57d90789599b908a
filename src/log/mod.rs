//! The transparency log as values and text: tree, tiles, notes, checkpoints, journal frames.
//!
//! Nothing here touches a file or a private key on disk, and nothing knows what a record says: a
//! leaf is the hash of bytes. The formats are C2SP's (tlog-tiles, tlog-checkpoint, tlog-cosignature,
//! tlog-proof, tlog-witness, signed-note) and the tree is RFC 6962's; FORMAT.md has the journal's
//! grammar.

pub mod bundle;
pub mod checkpoint;
pub mod cosign;
pub mod frame;
pub mod key;
pub mod note;
pub mod proof;
pub mod receipt;
pub mod tile;
pub mod tree;
pub mod witness;
