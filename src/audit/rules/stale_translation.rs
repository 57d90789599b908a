//! `stale-translation`: the source changed after the version that was translated.

use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule, dated, named};
use crate::compare::align::Kind;
use crate::compare::change::Weighed;
use crate::lineage::stale::{self, Changed, Freshness, Staleness};

/// The rule.
pub const RULE: Rule = Rule {
    id: "stale-translation",
    severity: Severity::Warning,
    why: "A correction reaches readers of the language that it was made in. Readers of a \
          translation go on reading what was wrong until somebody carries it over.",
    hint: "carry the change over and record the new version with --translation-of, or, where the \
           translation is right as it is, record a review against the newer version: `siglum \
           review TRANSLATION --against SOURCE --by NAME`",
    settings: "A note where the source changed in nothing substantive, and for sources outside \
               the log, of which is said since when nobody looked. Typography is no change. A \
               source that changed and changed back still counts; a review against its newer \
               version, or a new version made from it, clears it.",
    check,
};

/// The most changes that a message describes.
const MAX_DESCRIBED: usize = 5;

fn check(case: &Case<'_>) -> Vec<Remark> {
    if !case.is_standing_translation() {
        return Vec::new();
    }
    let all = stale::of(case.graph, case.article, case.version, case.texts);
    let remark = |staleness: &Staleness<'_>| {
        let (severity, message) = describe(staleness)?;
        let source = staleness.basis.version.map(|(source, _)| source.id());
        let source = source.or(staleness.basis.source.target.as_deref());
        Some(Remark::new(severity, message).about(source.unwrap_or_default()))
    };
    all.iter().filter_map(remark).collect()
}

fn describe(staleness: &Staleness<'_>) -> Option<(Severity, String)> {
    let basis = &staleness.basis;
    let severity = match staleness.freshness {
        Freshness::Fresh => return None,
        Freshness::Minor => Severity::Note,
        Freshness::Stale => Severity::Warning,
        Freshness::NotChecked => {
            // What isn't pinned can't be compared, wherever it is; another rule says so.
            let source = basis.source;
            let name = source.target.as_deref().filter(|_| source.is_pinned())?;
            let day = basis.said_by.record()?.recorded.as_str().get(..10)?.to_owned();
            let message = format!(
                "Its source, {name}, is outside this log; whether it changed was not checked \
                 since {day}"
            );
            return Some((Severity::Note, message));
        }
    };
    let (source, _) = basis.version?;
    let (against, newer) = (staleness.against?, staleness.newer?);
    let how = match staleness.review {
        Some(review) => format!("It was last reviewed {}, against", dated(review)),
        None => "It was made from".to_owned(),
    };
    let mut message = format!(
        "{how} {}; version {} of that was recorded {}",
        named(source, against),
        newer.number,
        dated(newer.entry)
    );
    if staleness.restored {
        message.push_str(" and has been taken back since");
    }
    let headline = staleness.headline.iter().map(|weighed| format!("headline{}", words(weighed)));
    let described: Vec<String> = headline.chain(staleness.changes.iter().map(paragraph)).collect();
    if let Some(most) = described.get(..described.len().min(MAX_DESCRIBED)) {
        message.push_str(": ");
        message.push_str(&most.join("; "));
    }
    let more = described.len().saturating_sub(MAX_DESCRIBED);
    if more > 0 {
        message = format!("{message}; and {more} more");
    }
    Some((severity, message))
}

/// "paragraph 4 changed, 4,000 → 40,000 (here paragraph 5)".
fn paragraph(changed: &Changed) -> String {
    let paragraph = &changed.paragraph;
    let number = paragraph.old.or(paragraph.new).unwrap_or_default();
    let what = match paragraph.kind {
        Kind::Changed => "changed",
        Kind::Added => "was added",
        Kind::Removed | Kind::Cut => "was removed",
        Kind::Moved => "was moved",
        Kind::Split => "was split",
        Kind::Merged => "was merged",
    };
    let words = match &paragraph.weighed {
        None => ", in what is not known: its text is not kept".to_owned(),
        Some(_) if matches!(paragraph.kind, Kind::Added | Kind::Removed | Kind::Cut) => {
            String::new()
        }
        Some(weighed) => words(weighed),
    };
    let here = match &changed.in_translation {
        Some(places) if places.start() == places.end() => {
            format!(" (here paragraph {})", places.start())
        }
        Some(places) => format!(" (here paragraphs {} to {})", places.start(), places.end()),
        None => String::new(),
    };
    format!("paragraph {number} {what}{words}{here}")
}

/// ", 4,000 → 40,000", or ", in wording only".
fn words(weighed: &Weighed) -> String {
    let Some(signal) = weighed.signals.first() else { return ", in wording only".to_owned() };
    let list = |words: &[String]| match words {
        [] => "nothing".to_owned(),
        words => words.join(", "),
    };
    format!(", {}: {} → {}", signal.sign, list(&signal.old), list(&signal.new))
}
