//! `text-changed-unrecorded`: the file in the workspace says something else than what was recorded.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, listed};
use crate::compare::verdict::Verdict;
use crate::verify::article::{self, Part};
use crate::verify::side::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "text-changed-unrecorded",
    severity: Severity::Warning,
    why: "What the log vouches for is the text that was recorded. Where the file has moved on since, \
          its newest state has no record, and a change that went out is missing from the history.",
    hint: "see what differs with `siglum verify FILE`; record the file as it is now with `siglum \
           record FILE`, or put the recorded text back",
    settings: "Articles whose id is the path of a file in the workspace. A note if the file says what \
               an older version said. Silent for differences of typography, for files that are gone or \
               can't be read, and for differences that may be another reader's or parser's.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    let Some(file) = (case.files)(case.article.id(), case.record()) else { return Vec::new() };
    let Some(recorded) = Side::of_record(case.record(), case.texts) else { return Vec::new() };
    let compared = article::between(&recorded, &file);
    // A part that is sealed can't be compared.
    let differs: Vec<&str> = Part::ALL
        .iter()
        .filter(|part| compared.parts.of(**part) == Verdict::Changed)
        .map(|part| part.as_str())
        .collect();
    if differs.is_empty() || compared.reader_differs || case.has_ended() {
        return Vec::new();
    }
    let older = case.versions().into_iter().rev().skip(1).find(|version| {
        let text = version.record.text.as_ref();
        text.is_some_and(|text| text.whole == file.whole)
    });
    let newest = case.version.number;
    let remark = if let Some(older) = older {
        let message = format!(
            "The file in the workspace has the text of version {}, not of version {newest}, the newest \
             that is recorded",
            older.number
        );
        Remark::new(Severity::Note, message)
    } else {
        let message = format!(
            "The file in the workspace differs from version {newest}, the newest that is recorded, in {}",
            listed(&differs)
        );
        Remark::new(RULE.severity, message)
    };
    vec![remark]
}
