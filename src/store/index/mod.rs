//! The index: which records have a key, without reading the journal.
//!
//! It only finds. Every record that it leads to is hashed, and proved to be in the signed tree, before
//! it is believed ([`view`]). It is derived: whoever needs it brings it up to date or makes it anew,
//! and where that can't be done the whole journal is read instead.
//!
//! - [`key`]: what records are found by, as eight bytes.
//! - `segment`: a file of sorted postings, a key and a record's index each, in blocks that each
//!   carry a checksum. A look-up is a binary search; that a key is *not* there is as certain as
//!   that it is, since the block that would hold it was checked.
//! - [`head`]: which segments there are, and for which log, size and root.
//! - [`build`]: postings out of the journal. New records become a segment of their own, and small
//!   segments are merged: each posting is written O(log n) times.
//! - [`view`]: a part of the log, found by the index and believed by proof.

pub mod build;
pub mod head;
pub mod key;
mod segment;
pub mod view;
