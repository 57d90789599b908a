//! Scenarios for audit rules: `tests/audit/RULE/{fires,silent,edge}*.toml`.
//!
//! A scenario is a short history of articles, in the words of [`Scenario`], and what its rule must
//! find in it. Adding a case is adding a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, TimeDelta};
use serde::Deserialize;
use siglum::article::assemble;
use siglum::article::reconcile::From;
use siglum::audit::rule::{self, House};
use siglum::audit::run;
use siglum::config::settings::Settings;
use siglum::credit::role::{Kind, Role};
use siglum::lineage::graph::{Article, Content, Entry, Graph};
use siglum::log::tree;
use siglum::read::detect::{self, Wish};
use siglum::record::build::{self, Stated};
use siglum::record::credit::Credit;
use siglum::record::event::{Event, Outcome, ReviewKind, Standing};
use siglum::record::fields::Record;
use siglum::record::source::{Machine, Review, Source};
use siglum::record::time::Timestamp;
use siglum::text::digest::Digest;
use siglum::text::language::Language;
use siglum::verify::side::Side;

use crate::desk::project;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows.
    says: String,
    /// A `provenance.toml`.
    #[serde(default)]
    settings: String,
    /// The day of the audit.
    #[serde(default)]
    today: Option<NaiveDate>,
    /// What the rule must find, in order.
    #[serde(default)]
    expect: Vec<Expected>,
    step: Vec<Step>,
    /// Files of the workspace.
    #[serde(default)]
    file: Vec<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    article: String,
    severity: String,
    /// Words of its message.
    says: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    /// The words of the credits that it points at.
    at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    text: String,
}

/// A record: of a text if it has one, else of an event, else of a newer format.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    id: Option<String>,
    text: Option<String>,
    event: Option<Event>,
    note: Option<String>,
    standing: Option<Standing>,
    language: Option<Language>,
    recorded: Option<DateTime<chrono::Utc>>,
    published: Option<String>,
    modified: Option<String>,
    publisher: Option<String>,
    responsible: Option<String>,
    recorded_by: Option<String>,
    machine: Option<Machine>,
    /// `ID@VERSION` of the scenario, with its digest unless `pinned = false`; or anything outside.
    translation_of: Option<String>,
    pinned: Option<bool>,
    #[serde(default)]
    credits: Vec<Given>,
    /// Whether names, byline and credit lines are sealed.
    #[serde(default)]
    sealed: bool,
    /// Whether the text is kept.
    kept: Option<bool>,
    reader_version: Option<u32>,
    /// The byline, where another reader would give it.
    byline: Option<String>,
    by: Option<String>,
    kind: Option<ReviewKind>,
    outcome: Option<Outcome>,
    against: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    role: Role,
    name: String,
    language: Option<Language>,
    source_language: Option<Language>,
    kind: Option<Kind>,
    #[serde(default)]
    initials: bool,
    from: Option<From>,
}

/// A scenario's log, and the bodies that are kept.
#[derive(Default)]
struct Log {
    graph: Graph,
    kept: BTreeMap<String, String>,
}

impl Log {
    fn add(&mut self, step: &Step, settings: &Settings) {
        let index = self.graph.size();
        let start: DateTime<chrono::Utc> = "2026-03-01T00:00:00Z".parse().unwrap();
        let minutes = TimeDelta::minutes(i64::try_from(index).unwrap());
        let recorded = Timestamp::new(step.recorded.unwrap_or(start + minutes));
        let Some(id) = &step.id else {
            let leaf = Digest::of_bytes(&index.to_be_bytes());
            self.graph.add(Entry { index, leaf, content: Content::Newer(2) });
            return;
        };
        let latest = self.graph.article(id).and_then(Article::latest).map(|entry| entry.leaf);
        let mut record = match &step.text {
            Some(text) => self.text(step, id, text, recorded, settings),
            None => self.event(step, id, recorded),
        };
        if let Some(latest) = latest {
            record = record.follows(step.event.unwrap_or(Event::Update), latest);
        }
        let bytes = record.encode().unwrap();
        assert_eq!(Record::decode(&bytes).as_ref(), Ok(&record), "{id}");
        let content = Content::Record(Box::new(record));
        self.graph.add(Entry { index, leaf: tree::leaf_hash(&bytes), content });
    }

    fn text(
        &mut self,
        step: &Step,
        id: &str,
        text: &str,
        recorded: Timestamp,
        settings: &Settings,
    ) -> Record {
        let document = detect::read(text.as_bytes(), &Wish::default()).unwrap();
        let article = assemble::assemble(document, settings.lexicon(), step.language.as_ref());
        let standing = step.standing.unwrap_or(Standing::Own);
        let mut stated = Stated::new(id, standing, recorded);
        stated.note.clone_from(&step.note);
        stated.published.clone_from(&step.published);
        stated.modified.clone_from(&step.modified);
        stated.publisher.clone_from(&step.publisher);
        stated.responsible.clone_from(&step.responsible);
        stated.recorded_by.clone_from(&step.recorded_by);
        stated.machines = step.machine.clone().into_iter().collect();
        stated.translation_of =
            self.source(step.translation_of.as_deref(), step.pinned).into_iter().collect();
        stated.credits = step.credits.iter().map(Given::credit).collect();
        let body = article.body();
        if step.kept.unwrap_or(true) {
            self.kept.insert(body.digest().to_string(), body.as_str().to_owned());
        }
        let mut record = build::build(&article, text.as_bytes(), settings.lexicon(), stated);
        if let Some(version) = step.reader_version {
            record.reader_version = Some(version);
        }
        if step.byline.is_some() {
            record.byline.clone_from(&step.byline);
        }
        if step.sealed {
            seal(&mut record);
        }
        record
    }

    fn event(&self, step: &Step, id: &str, recorded: Timestamp) -> Record {
        let mut record = Record::new(step.event.unwrap(), recorded);
        record.article = Some(id.to_owned());
        record.note.clone_from(&step.note);
        record.sources.extend(self.source(step.translation_of.as_deref(), step.pinned));
        if step.event == Some(Event::Review) {
            let against = self.source(step.against.as_deref(), None);
            let of = |source: &Source| {
                let entry = self.graph.by_leaf(&source.leaf?)?;
                Some(entry.record()?.text.as_ref()?.body)
            };
            let newest = self.graph.article(id).unwrap().newest().unwrap();
            record.review = Some(Review {
                by: step.by.clone(),
                by_sealed: step.by.is_none().then(|| Digest::of_bytes(b"a reviewer")),
                kind: step.kind.unwrap_or(ReviewKind::Full),
                outcome: step.outcome.unwrap_or(Outcome::Approved),
                body: newest.body().unwrap(),
                source: against.as_ref().and_then(of),
            });
            record.sources.extend(against);
        }
        record
    }

    fn source(&self, target: Option<&str>, pinned: Option<bool>) -> Option<Source> {
        let target = target?;
        let known = target
            .rsplit_once('@')
            .and_then(|(id, number)| self.graph.article(id)?.version(number.parse().ok()?));
        let mut source = Source { target: Some(target.to_owned()), ..Source::default() };
        match known {
            Some(version) => {
                source.target.clone_from(&version.record.article);
                source.leaf = Some(version.entry.leaf);
            }
            None if pinned == Some(true) => source.digest = Some(Digest::of_bytes(b"a text")),
            None => {}
        }
        Some(source)
    }
}

fn seal(record: &mut Record) {
    let digest = |value: &Option<String>| value.as_ref().map(|v| Digest::of_bytes(v.as_bytes()));
    record.byline_sealed = digest(&record.byline.take());
    for line in &mut record.credit_lines {
        line.text_sealed = digest(&line.text.take());
    }
    for credit in &mut record.credits {
        credit.name_sealed = digest(&credit.name.take());
        (credit.name_span, credit.phrase_span) = (None, None);
    }
}

impl Given {
    fn credit(&self) -> Credit {
        let kind = self.kind.unwrap_or(Kind::Person);
        let mut credit = build::operator_credit(self.role, self.name.clone(), kind);
        credit.language.clone_from(&self.language);
        credit.source_language.clone_from(&self.source_language);
        credit.initials = self.initials;
        credit.from = self.from.unwrap_or(From::Operator);
        credit
    }
}

/// What its rule finds in a scenario.
pub struct Told {
    pub ids: Vec<String>,
    pub messages: Vec<String>,
    /// In what that differs from what it must find.
    pub wrong: Vec<String>,
}

/// Runs a scenario.
pub fn run(rule: &str, name: &str, scenario: &Scenario) -> Told {
    assert!(!scenario.says.is_empty(), "{name} says nothing");
    let settings = Settings::parse(&scenario.settings).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut log = Log::default();
    scenario.step.iter().for_each(|step| log.add(step, &settings));
    let texts = |digest: &Digest| log.kept.get(&digest.to_string()).cloned();
    let files = |id: &str, _: &Record| {
        let file = scenario.file.iter().find(|file| file.id == id)?;
        let document = detect::read(file.text.as_bytes(), &Wish::default()).ok()?;
        let article = assemble::assemble(document, settings.lexicon(), None);
        Some(Side::of_article(file.text.as_bytes(), &article))
    };
    let day = scenario.today.unwrap_or(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
    let now = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
    let house: House<'_> = settings.house(&texts, &files, now);
    let audit = run::all(&log.graph, house);
    let found: Vec<_> = audit.findings.iter().filter(|finding| finding.rule == rule).collect();
    let ids = found.iter().map(|finding| finding.id.clone()).collect();
    let mut wrong = Vec::new();
    if found.len() != scenario.expect.len() {
        wrong.push(format!("{} findings instead of {}", found.len(), scenario.expect.len()));
    }
    for (finding, expected) in found.iter().zip(&scenario.expect) {
        let at = finding.place.zip(finding.line.as_deref());
        let at = at.map(|(place, line)| &line[place.span.start()..place.span.end()]);
        let is = (finding.article.as_str(), finding.severity.as_str(), &finding.people, at);
        let must = (
            expected.article.as_str(),
            expected.severity.as_str(),
            &expected.people,
            expected.at.as_deref(),
        );
        if is != must {
            wrong.push(format!("{is:?} instead of {must:?}"));
        }
        let missing = expected.says.iter().filter(|words| !finding.message.contains(*words));
        wrong.extend(missing.map(|words| format!("no {words:?} in what it says")));
    }
    if !wrong.is_empty() {
        let line = |f: &&siglum::audit::finding::Finding| {
            format!("{} {}: {}", f.article, f.severity, f.message)
        };
        wrong.insert(0, format!("{rule}/{name}: {}", scenario.says));
        wrong.extend(found.iter().map(line));
    }
    let messages = found.iter().map(|finding| finding.message.clone()).collect();
    Told { ids, messages, wrong }
}

/// The scenarios of a rule, by their files' names.
pub fn scenarios(rule: &str) -> Vec<(String, Scenario)> {
    let directory: PathBuf = project("tests/audit").join(rule);
    let mut files: Vec<PathBuf> = fs::read_dir(&directory)
        .unwrap_or_else(|_| panic!("{rule} has no scenarios in {}", directory.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        (name, toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_rule_finds_what_it_must_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in rule::ALL {
        let scenarios = scenarios(rule.id);
        for (name, scenario) in &scenarios {
            let fires = name.starts_with("fires");
            assert!(fires || name.starts_with("silent") || name.starts_with("edge"), "{name}");
            assert!(!fires || !scenario.expect.is_empty(), "{}/{name} finds nothing", rule.id);
            let silent = name.starts_with("silent");
            assert!(!silent || scenario.expect.is_empty(), "{}/{name} finds something", rule.id);
            let Told { ids, wrong: faults, .. } = run(rule.id, name, scenario);
            wrong.extend(faults);
            let again = run(rule.id, name, scenario).ids;
            assert_eq!(ids, again, "{name}: ids are the same every time");
        }
        for kind in ["fires", "silent", "edge"] {
            let has = scenarios.iter().any(|(name, _)| name.starts_with(kind));
            assert!(has, "{} has no scenario {kind}*.toml", rule.id);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_directory_is_a_rule_s() {
    for entry in fs::read_dir(project("tests/audit")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(!path.is_dir() || rule::by_id(&name).is_some(), "{name} is no rule");
    }
}
