//! `substantive-change-without-note`: figures, names or the like changed in a text, and nothing says so.

use crate::article::advisory;
use crate::audit::finding::{Remark, Severity};
use crate::audit::rule::{Case, Rule};
use crate::compare::align::Kind;
use crate::compare::change::{Sign, Weight};
use crate::compare::difference::Paragraph;
use crate::compare::verdict::Verdict;
use crate::lineage::graph::Version;
use crate::record::event::Event;
use crate::text::profile::Text;
use crate::verify::article;
use crate::verify::side::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "substantive-change-without-note",
    severity: Severity::Warning,
    why: "A correction that nobody is told of leaves those who read the first version believing it, \
          and everybody who quoted or translated it quoting what is no longer there.",
    hint: "record what was corrected: `siglum record ARTICLE --correction NOTE`",
    settings: "Only where both texts are kept ([text] keep). Looks at paragraphs whose numbers, names, \
               negations or quotations changed; paragraphs that were added or taken away are no \
               finding. A note for others' texts, and where paragraphs were added too, as in running \
               stories. Silent where the version has a note or another advisory (UPDATE 2-, \
               CORRECTED-), says in a paragraph of its body that it was changed, or a correction was \
               recorded since. A note where there is new text outside of the body too, which the record \
               hasn't got and which may be a word to readers.",
    check,
};

fn check(case: &Case<'_>) -> Vec<Remark> {
    if case.has_ended() {
        return Vec::new();
    }
    let mut versions = case.versions();
    // What came before the last correction of the text is settled.
    let corrected = versions.iter().rposition(|v| v.record.event == Event::Correction);
    versions.drain(..corrected.unwrap_or_default());
    let newest = case.version.record.text.as_ref().map(|text| text.body_loose);
    let remark = |pair: &[Version<'_>]| {
        let [older, newer] = pair else { return None };
        let was = older.record.text.as_ref().map(|text| text.body_loose);
        // What is again as it was is told by nobody's correction.
        if newer.number != case.version.number && was == newest {
            return None;
        }
        compare(case, older, newer)
    };
    versions.windows(2).filter_map(remark).collect()
}

fn compare(case: &Case<'_>, older: &Version<'_>, newer: &Version<'_>) -> Option<Remark> {
    let record = newer.record;
    let said = record.note.is_some() || record.note_sealed.is_some();
    if record.event != Event::Update || said || record.advisory != older.record.advisory {
        return None;
    }
    let kept = |version: &Version<'_>| Side::of_record(version.record, case.texts);
    let (old, new) = (kept(older)?, kept(newer)?);
    if old.body.is_none() || new.body.is_none() || old.reader != new.reader {
        return None;
    }
    let compared = article::between(&old, &new);
    if compared.parts.body != Verdict::Changed {
        return None;
    }
    let paragraphs = &compared.paragraphs;
    let added = |change: &&Paragraph| change.kind == Kind::Added;
    let after = paragraphs.iter().filter_map(|change| change.after.as_deref());
    let lines = new.credit_lines.iter().flat_map(Text::paragraphs);
    if after.chain(lines).any(advisory::tells_of_change) {
        return None;
    }
    let changed: Vec<String> = paragraphs.iter().filter_map(described).collect();
    let first = changed.first()?;
    let more = match changed.len() {
        1 => String::new(),
        more => format!("; and in {} more", more - 1),
    };
    let message = format!(
        "Version {}, recorded as an update without a note (record {}), differs from version {} in \
         {first}{more}; no correction is recorded since",
        newer.number, newer.entry.index, older.number
    );
    let growing = paragraphs.iter().filter(added).count() > 0;
    // Text that came outside of body and credits may be what tells readers; the record hasn't got it.
    let beside = is_all(&old) && !is_all(&new);
    let message = if beside {
        format!(
            "{message}; it also has text outside of its body that version {} hadn't",
            older.number
        )
    } else {
        message
    };
    let light = growing || beside;
    let severity = if light { Severity::Note } else { case.own_or_note(RULE.severity) };
    Some(Remark::new(severity, message).about(newer.entry.leaf.to_string()))
}

/// Whether headline, byline, body and credit lines are all the visible text there is.
fn is_all(side: &Side) -> bool {
    let parts = [&side.headline, &side.byline, &side.body, &side.credit_lines];
    let parts = parts.into_iter().flatten().flat_map(Text::paragraphs);
    Text::from_paragraphs(parts).digest() == side.whole
}

/// "paragraph 4: 4,000 → 40,000", for a paragraph whose numbers, names, negations or quotations changed.
fn described(change: &Paragraph) -> Option<String> {
    if change.kind != Kind::Changed {
        return None;
    }
    let weighed = change.weighed.as_ref().filter(|w| w.weight == Weight::Substantive)?;
    let signal = weighed.signals.iter().find(|signal| signal.sign != Sign::Sentence)?;
    let list = |words: &[String]| match words {
        [] => "nothing".to_owned(),
        words => words.join(", "),
    };
    let (old, new) = (list(&signal.old), list(&signal.new));
    Some(format!("paragraph {} ({}: {old} → {new})", change.new?, signal.sign))
}
