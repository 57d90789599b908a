//! The archive: drafts made from the templates as the plan says, recorded, and what became of them.

use std::collections::BTreeSet;

use super::plan::{Change, FAULTS, Fault, Is, PLANTINGS, SETTINGS};
use super::tongues::{PLACES, TONGUES, Tongue};
use crate::desk::Desk;

/// Articles with the rules that must, or must not, find something in them.
type Marked = BTreeSet<(String, &'static str)>;

pub(super) struct Archive {
    pub desk: Desk,
    pub faults: Marked,
    pub look_alikes: Marked,
}

/// What looks as if it were wrong with a translation, and isn't, in most of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LookAlike {
    /// A desk edited it: `missing-editor`, `translator-edits-own-work`.
    DeskEdits,
    /// The reporter's given name is an initial: `credit-dropped`, `name-variant`.
    Initial,
    /// Published three weeks after it was recorded, under embargo: `time-anomaly`.
    Embargo,
    /// Its file has other quotation marks and spaces afterwards: `substantive-change-without-note`,
    /// `credit-changed`, `text-changed-unrecorded`.
    Typography,
}

impl LookAlike {
    fn rules(self) -> &'static [&'static str] {
        match self {
            Self::DeskEdits => &["missing-editor", "translator-edits-own-work"],
            Self::Initial => &["credit-dropped", "name-variant"],
            Self::Embargo => &["time-anomaly"],
            Self::Typography => {
                &["substantive-change-without-note", "credit-changed", "text-changed-unrecorded"]
            }
        }
    }
}

/// An article as it is to be recorded.
#[derive(Clone)]
struct Draft {
    id: String,
    text: String,
    roles: [&'static str; 3],
    people: [Option<&'static str>; 3],
    also: Option<&'static str>,
    after: Option<&'static str>,
    author: Option<&'static str>,
    language: &'static str,
    source: Option<String>,
    args: Vec<&'static str>,
    responsible: bool,
    again: Option<(&'static str, &'static str)>,
}

/// What is planted in an article beside its fault.
fn changes(story: usize, tag: &str) -> Vec<Change> {
    let here = PLANTINGS.iter().filter(|(s, t, ..)| (*s, *t) == (story, tag));
    here.flat_map(|(.., changes)| changes.iter().copied()).collect()
}

fn id(story: usize, tag: &str) -> String {
    let marked = changes(story, tag).iter().any(|change| matches!(change, Change::Author(_)));
    let extension = if marked { "md" } else { "txt" };
    format!("{}/{tag}.{extension}", PLACES[story].to_lowercase())
}

impl Draft {
    fn new(story: usize, tongue: &Tongue, number: &str, people: [Option<&'static str>; 3]) -> Self {
        Self {
            id: id(story, tongue.tag),
            text: tongue.text.replace("{p}", PLACES[story]).replace("{n}", number),
            roles: tongue.roles,
            people,
            also: None,
            after: None,
            author: None,
            language: tongue.tag,
            source: None,
            args: Vec::new(),
            responsible: true,
            again: None,
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Reporter(name) => self.people[0] = name,
            Change::Editor(name) => self.people[2] = name,
            Change::Line(roles) => self.roles = roles,
            Change::Also(words) => self.also = Some(words),
            Change::Dateline(words) => {
                self.text = self.text.replacen("\n\n", &format!("\n\n{words}"), 1);
            }
            Change::After(words) => self.after = Some(words),
            Change::Author(name) => self.author = Some(name),
            Change::Tagged(language) => self.language = language,
            Change::Unstated => self.source = None,
            Change::Unanswered => self.responsible = false,
            Change::Again(was, is) => self.again = Some((was, is)),
            Change::Words(..) | Change::Written(_) | Change::Gone => {}
        }
    }

    fn file(&self) -> String {
        let front = self.author.map(|author| format!("---\nauthor: \"{author}\"\n---\n\n# "));
        let credits = self.roles.iter().zip(self.people);
        let credits = credits.filter_map(|(role, who)| Some(role.replace("{}", who?)));
        let credits: Vec<String> = credits.chain(self.also.map(str::to_owned)).collect();
        let after = self.after.map(|words| format!("\n{words}\n")).unwrap_or_default();
        let front = front.unwrap_or_default();
        format!("{front}{}\n({})\n{after}", self.text, credits.join("; "))
    }
}

impl Archive {
    pub fn new() -> Self {
        let desk = Desk::with_log();
        let settings = std::fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
        desk.write("provenance.toml", settings + SETTINGS);
        let mut archive = Self { desk, faults: Marked::new(), look_alikes: Marked::new() };
        for (story, faults) in FAULTS.iter().enumerate() {
            let original = archive.original(story);
            let mut pinned = Vec::new();
            for (at, (tongue, fault)) in TONGUES.iter().skip(1).zip(faults).enumerate() {
                let mut alike = match fault {
                    Fault::NoEditor | Fault::EditsOwn => {
                        vec![LookAlike::Initial, LookAlike::Embargo]
                    }
                    Fault::Dropped => vec![LookAlike::DeskEdits],
                    _ => vec![LookAlike::DeskEdits, LookAlike::Initial],
                };
                if *fault != Fault::Outdated && (at + story) % 3 == 0 {
                    alike.push(LookAlike::Typography);
                }
                archive.translation(story, tongue, *fault, &alike);
                if *fault != Fault::Unpinned {
                    pinned.push(id(story, tongue.tag));
                }
            }
            archive.afterwards(story, original, &pinned);
        }
        for (story, tag, rule, is, changes) in PLANTINGS {
            let at = (id(*story, tag), *rule);
            match is {
                Is::Wrong => archive.faults.insert(at),
                Is::Fine => {
                    archive.faults.remove(&at);
                    archive.look_alikes.insert(at)
                }
            };
            archive.files(&id(*story, tag), changes);
        }
        let faults = &archive.faults;
        archive.look_alikes.retain(|marked| !faults.contains(marked));
        archive
    }

    fn record(&self, draft: &Draft, args: &[&str]) {
        self.desk.write(&draft.id, draft.file());
        let mut all = vec!["record", &draft.id, "--language", draft.language];
        if let Some(source) = &draft.source {
            all.extend(["--translation-of", source]);
        }
        if draft.responsible {
            all.extend(["--responsible", "Valmora Ltd"]);
        }
        all.extend(draft.args.iter().chain(args));
        let run = self.desk.run_freely(&all, b"");
        assert_eq!(run.code, 0, "{all:?}: {run:#?}");
    }

    fn plant(&mut self, article: &str, rule: &'static str) {
        self.faults.insert((article.to_owned(), rule));
    }

    fn original(&self, story: usize) -> Draft {
        let people = [Some("Ada Prell"), None, Some("Ines Uhl")];
        let mut draft = Draft::new(story, &TONGUES[0], "4,000", people);
        let published = if story == 4 { "2062-03-01T00:00:00Z" } else { "2026-03-01T00:00:00Z" };
        draft.args = vec!["--published", published];
        changes(story, "en").into_iter().for_each(|change| draft.change(change));
        self.record(&draft, &[]);
        draft
    }

    /// A translation with a fault, and look-alikes of others.
    fn translation(&mut self, story: usize, tongue: &Tongue, fault: Fault, alike: &[LookAlike]) {
        let reporter = if alike.contains(&LookAlike::Initial) { "A. Prell" } else { "Ada Prell" };
        let people = [Some(reporter), Some("Lou Vidal"), Some("Noé Aubin")];
        let mut draft = Draft::new(story, tongue, "4 000", people);
        draft.source = Some(id(story, "en"));
        match fault {
            Fault::NoEditor => draft.people[2] = None,
            Fault::NoTranslator => draft.people[1] = None,
            Fault::EditsOwn => draft.people[2] = Some("Lou Vidal"),
            Fault::Dropped => draft.people[0] = None,
            Fault::Unreviewed => draft.args.extend(["--machine", "Wortlaut 3"]),
            Fault::Unpinned => draft.source = Some("https://valmora.example/a".to_owned()),
            Fault::ReviewsOwn | Fault::Outdated => {}
        }
        if alike.contains(&LookAlike::DeskEdits) {
            draft.people[2] = Some("Lugo desk");
        }
        if alike.contains(&LookAlike::Embargo) {
            draft.args.extend(["--published", "2026-03-22T00:00:00Z"]);
        }
        changes(story, tongue.tag).into_iter().for_each(|change| draft.change(change));
        self.record(&draft, &[]);
        let id = draft.id.clone();
        let review = |by: &str| self.desk.ok(&["review", &id, "--by", by]);
        match fault {
            Fault::NoEditor => self.plant(&id, "missing-editor"),
            Fault::NoTranslator => self.plant(&id, "missing-translator"),
            Fault::EditsOwn => self.plant(&id, "translator-edits-own-work"),
            Fault::Dropped => self.plant(&id, "credit-dropped"),
            Fault::Unreviewed => self.plant(&id, "machine-translation-unreviewed"),
            Fault::Unpinned => {
                self.plant(&id, "source-unpinned");
                self.plant(&id, "language-pair-missing");
            }
            Fault::ReviewsOwn => {
                review("Lou Vidal");
                self.plant(&id, "reviewer-is-translator");
            }
            Fault::Outdated => {
                review("Ines Uhl");
                draft.text = draft.text.replace("4 000", "4 100");
                self.record(&draft, &["--correction", "4 100"]);
                self.plant(&id, "review-outdated");
            }
        }
        if let Some((was, is)) = draft.again {
            draft.text = changed(&draft.text, was, is);
            draft.responsible = false;
            self.record(&draft, &[]);
        }
        if alike.contains(&LookAlike::Typography) {
            let again =
                draft.file().replace("\n\n", "\n\n\n").replace(' ', "  ").replace('\'', "’");
            self.desk.write(&id, again);
        }
        let rules = alike.iter().flat_map(|alike| alike.rules());
        self.look_alikes.extend(rules.map(|rule| (id.clone(), *rule)));
    }

    /// What happens to the original afterwards, and what that means for what was made from it.
    fn afterwards(&mut self, story: usize, mut original: Draft, pinned: &[String]) {
        let id = original.id.clone();
        original.text = original.text.replace("4,000", if story == 3 { "4,000" } else { "40,000" });
        match story {
            0 => {
                self.desk.ok(&["retract", &id, "--note", "there is no ferry"]);
            }
            1 => self.record(&original, &["--correction", "40,000"]),
            2 => {
                self.record(&original, &[]);
                self.plant(&id, "substantive-change-without-note");
            }
            3 => {
                original.people[2] = Some("Ivo Pahl");
                self.record(&original, &[]);
                self.plant(&id, "credit-changed");
            }
            _ => self.plant(&id, "time-anomaly"),
        }
        for translation in pinned {
            match story {
                0 => self.plant(translation, "source-retracted"),
                1 | 2 => self.plant(translation, "stale-translation"),
                _ => {}
            }
        }
    }

    /// What becomes of an article's file.
    fn files(&self, id: &str, changes: &[Change]) {
        let path = self.desk.root().join(id);
        let text = || std::fs::read_to_string(&path).unwrap();
        for change in changes {
            match change {
                Change::Words(was, is) => self.desk.write(id, changed(&text(), was, is)),
                Change::Written(write) => {
                    let written = write(&text());
                    assert_ne!(written, text(), "{id}");
                    self.desk.write(id, written);
                }
                Change::Gone => std::fs::remove_file(&path).unwrap(),
                _ => {}
            }
        }
    }
}

/// The text with other words, which must have been there.
fn changed(text: &str, was: &str, is: &str) -> String {
    assert!(text.contains(was), "{was:?} in {text}");
    text.replace(was, is)
}
