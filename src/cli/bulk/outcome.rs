//! What became of the inputs, by the format that they are in.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cli::render::checkpoint::{self, count};
use crate::cli::ui::{BOLD, Format, Ui, styled};
use crate::log::checkpoint::SignedCheckpoint;

/// What became of an input that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// A version was recorded.
    Recorded,
    /// It says what is recorded already.
    Unchanged,
    /// Its id was recorded as another of an article that has its body.
    Aliased,
    /// Another article has its body, and it was left out.
    Skipped,
}

/// How many came to what.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    recorded: usize,
    unchanged: usize,
    aliased: usize,
    skipped: usize,
}

impl Counts {
    fn add(&mut self, came: Came) {
        *match came {
            Came::Recorded => &mut self.recorded,
            Came::Unchanged => &mut self.unchanged,
            Came::Aliased => &mut self.aliased,
            Came::Skipped => &mut self.skipped,
        } += 1;
    }

    fn all(self) -> usize {
        self.recorded + self.unchanged + self.aliased + self.skipped
    }

    fn json(self) -> Value {
        json!({
            "recorded": self.recorded,
            "unchanged": self.unchanged,
            "aliased": self.aliased,
            "skipped": self.skipped,
        })
    }

    /// Those that there are, in words: "3 recorded, 1 skipped".
    fn words(self) -> String {
        let all = [
            (self.recorded, "recorded"),
            (self.unchanged, "unchanged"),
            (self.aliased, "aliased"),
            (self.skipped, "skipped"),
        ];
        let some = all.into_iter().filter(|(count, _)| *count > 0);
        some.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    }
}

/// What became of the inputs.
#[derive(Default)]
pub(super) struct Outcome {
    counts: Counts,
    /// How many could not be recorded.
    pub(super) failed: usize,
    /// How many links were made to sources that came after their translations.
    pub(super) linked: usize,
    /// How many translations name an article of this log as their source that it does not have.
    pub(super) unlinked: usize,
    /// How many lines of the map are about nothing that there is.
    pub(super) unmet: usize,
    /// By the reader that took them apart.
    formats: BTreeMap<String, Counts>,
    pub(super) signed: Option<SignedCheckpoint>,
}

impl Outcome {
    /// Counts an input that a reader could take apart.
    pub(super) fn add(&mut self, reader: &str, came: Came) {
        self.counts.add(came);
        self.formats.entry(reader.to_owned()).or_default().add(came);
    }

    /// Says it.
    pub(super) fn print(&self, ui: Ui, dry_run: bool) {
        let signed = self.signed.as_ref();
        let counts = self.counts;
        if ui.format() != Format::Human {
            let of = |of: &dyn Fn(Counts) -> Value| -> Value {
                let all = self.formats.iter().map(|(format, counts)| (format.clone(), of(*counts)));
                Value::Object(all.collect())
            };
            ui.value(&json!({
                "recorded": counts.recorded,
                "unchanged": counts.unchanged,
                "aliased": counts.aliased,
                "skipped": counts.skipped,
                "failed": self.failed,
                "linked": self.linked,
                "unlinked": self.unlinked,
                "unmet": self.unmet,
                "formats": of(&|counts| counts.all().into()),
                "outcomes": of(&Counts::json),
                "checkpoint": signed.map(checkpoint::json),
                "dry_run": dry_run,
            }));
            return;
        }
        let verb = if dry_run { "would record" } else { "recorded" };
        let some = |count: usize, what: &str| match count {
            0 => String::new(),
            _ => format!(", {count} {what}"),
        };
        ui.line(format_args!(
            "{} {}, {} unchanged{}{}{}, {} not read",
            styled(BOLD, verb),
            count(counts.recorded as u64, "record"),
            counts.unchanged,
            some(counts.aliased, "as aliases"),
            some(counts.skipped, "skipped"),
            some(self.linked, "linked to sources that came later"),
            self.failed,
        ));
        for (format, counts) in &self.formats {
            ui.line(format_args!("           {format}: {}", counts.words()));
        }
        if self.unlinked > 0 {
            let some = count(self.unlinked as u64, "translation");
            ui.line(format_args!(
                "           {some} without the source, which is linked when it comes"
            ));
        }
        if !dry_run {
            checkpoint::print_signed(ui, signed);
        }
    }
}
