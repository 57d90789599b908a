//! Exit codes.

use std::process::ExitCode;

/// How a run ends. The same with every output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0: true, or done.
    True,
    /// 1: false: tampered, changed, findings at or above the gate.
    False,
    /// 2: could not answer: usage, files, unknown articles, newer formats.
    Unanswered,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::True => 0,
            Exit::False => 1,
            Exit::Unanswered => 2,
        })
    }
}
