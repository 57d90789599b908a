//! The one test binary: a module a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_for_each,
    clippy::similar_names,
    clippy::single_match_else,
    clippy::too_many_lines,
    clippy::missing_panics_doc,
    missing_docs,
    unreachable_pub
)]

mod chance;
mod crash;
mod desk;
#[path = "../../benches/archive/invented.rs"]
mod invented;
mod needs;
mod oracle;
mod process;
mod vector;

mod archive;
mod attacks;
mod audits;
mod browser;
mod bulk;
mod captures;
mod codec;
mod copies;
mod credit;
mod crowd;
mod demonstration;
mod documents;
mod durability;
mod edits;
mod exports;
mod figures;
mod fsck;
mod hooks;
mod index;
mod keeping;
mod later;
mod limits;
mod lineage;
mod logvectors;
mod messages;
mod mutations;
mod people;
mod planted;
mod powercut;
mod proofs;
mod quotes;
mod read;
mod reports;
mod scenarios;
mod seed;
mod standards;
mod tables;
mod tamper;
mod tidy;
mod traps;
mod vectors;
mod verbs;
mod versions;
mod watch;
mod witnesses;
