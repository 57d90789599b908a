//! One file a verb: its arguments (their doc comments are the help) and what it does.

pub(super) mod alias;
pub(super) mod audit;
mod audit_draft;
pub(super) mod completions;
pub(super) mod cosign;
pub(super) mod credits;
pub(super) mod diff;
pub(super) mod export;
pub(super) mod forget;
pub(super) mod fsck;
pub(super) mod init;
pub(super) mod key;
pub(super) mod link;
pub(super) mod log;
pub(super) mod man;
pub(super) mod parse;
pub(super) mod prove;
pub(super) mod quote;
pub(super) mod receipt;
pub(super) mod record;
pub(super) mod retract;
pub(super) mod review;
pub(super) mod show;
pub(super) mod sign;
pub(super) mod stats;
pub(super) mod verify;
pub(super) mod withdraw;
