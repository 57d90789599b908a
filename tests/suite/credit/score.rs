//! Labelled lines, and how well they are read.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;
use siglum::credit::lexicon::Lexicon;
use siglum::credit::line::{Line, parse};
use siglum::text::language::Language;

/// One labelled line.
#[derive(Debug, Deserialize)]
pub struct Labelled {
    pub id: String,
    pub lang: String,
    pub text: String,
    pub credits: Vec<Wanted>,
    pub source: Option<String>,
}

/// A credit that a line has.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    pub role: String,
    pub name: String,
    pub place: Option<String>,
    pub kind: String,
    pub language: Option<String>,
}

impl Labelled {
    /// Reads the line with its language as the hint.
    pub fn parse(&self) -> Line {
        parse(Lexicon::builtin(), &self.text, Language::new(&self.lang).ok().as_ref())
    }
}

/// All lines of a file.
pub fn lines(path: &Path) -> Vec<Labelled> {
    let text = std::fs::read_to_string(path).unwrap();
    let read = text.lines().filter(|line| !line.trim().is_empty());
    read.map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A name as it is compared: leading articles don't count.
pub fn comparable(name: &str) -> &str {
    let articles = ["The ", "the ", "L'", "l'", "L’", "l’"];
    articles.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

/// Right, superfluous and missing.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    pub right: usize,
    pub extra: usize,
    pub missing: usize,
}

impl Count {
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.extra)
    }

    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missing)
    }

    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.extra + self.missing)
    }
}

/// The share of `part` in `whole`, 1 of nothing.
#[allow(clippy::cast_precision_loss)]
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// How well some lines were read.
#[derive(Debug, Default)]
pub struct Score {
    pub all: Count,
    pub roles: BTreeMap<String, Count>,
    pub languages: BTreeMap<String, Count>,
    pub places: (usize, usize),
    pub tongues: (usize, usize),
    pub kinds: (usize, usize),
    pub sources: (usize, usize),
    pub whole: (usize, usize),
    pub negatives: (usize, usize),
    pub wrong: String,
}

impl Score {
    /// Reads the lines and counts.
    pub fn of(lines: &[Labelled]) -> Self {
        let mut score = Self::default();
        for line in lines {
            score.add(line);
        }
        score
    }

    fn add(&mut self, labelled: &Labelled) {
        let line = labelled.parse();
        let mut faults = Vec::new();
        let found = |wanted: &Wanted| {
            line.credits.iter().find(|credit| {
                credit.role.as_str() == wanted.role
                    && comparable(&credit.name) == comparable(&wanted.name)
            })
        };
        for wanted in &labelled.credits {
            let found = found(wanted);
            let place = found.and_then(|credit| credit.place.as_deref());
            if wanted.place.is_some() || place.is_some() {
                let same = found.is_some() && place == wanted.place.as_deref();
                self.places.1 += 1;
                self.places.0 += usize::from(same);
            }
            self.count(&wanted.role, &labelled.lang, |count| match found {
                Some(_) => count.right += 1,
                None => count.missing += 1,
            });
            let Some(credit) = found else {
                faults.push(format!("missing {} {}", wanted.role, wanted.name));
                continue;
            };
            self.kinds.1 += 1;
            self.kinds.0 += usize::from(credit.kind.as_str() == wanted.kind);
            if let Some(language) = &wanted.language {
                let same = credit.language.as_ref().map(Language::as_str) == Some(language);
                self.tongues.1 += 1;
                self.tongues.0 += usize::from(same);
            }
        }
        for credit in &line.credits {
            let known = labelled.credits.iter().any(|wanted| {
                wanted.role == credit.role.as_str()
                    && comparable(&wanted.name) == comparable(&credit.name)
            });
            if !known {
                self.count(credit.role.as_str(), &labelled.lang, |count| count.extra += 1);
                faults.push(format!("extra {} {}", credit.role, credit.name));
            }
        }
        self.sources.1 += 1;
        self.sources.0 += usize::from(labelled.source.is_some() != line.sources.is_empty());
        if labelled.credits.is_empty() {
            self.negatives.1 += 1;
            self.negatives.0 += usize::from(!line.credits.is_empty());
        }
        self.whole.1 += 1;
        self.whole.0 += usize::from(faults.is_empty());
        if !faults.is_empty() {
            writeln!(self.wrong, "{}: {}", labelled.id, faults.join("; ")).unwrap();
        }
    }

    fn count(&mut self, role: &str, language: &str, change: impl Fn(&mut Count)) {
        change(&mut self.all);
        change(self.roles.entry(role.to_owned()).or_default());
        change(self.languages.entry(language.to_owned()).or_default());
    }

    /// A table for people.
    pub fn table(&self, title: &str) -> String {
        let mut out = format!("{title:<16} precision  recall      f1  right\n");
        let rows = self.roles.iter().chain(&self.languages);
        let mut row = |name: &str, count: Count| {
            let (p, r, f) = (count.precision(), count.recall(), count.f1());
            writeln!(out, "  {name:<16} {p:>7.4} {r:>7.4} {f:>7.4} {:>6}", count.right).unwrap();
        };
        rows.for_each(|(name, count)| row(name, *count));
        row("all", self.all);
        let mut figure = |name: &str, (part, whole): (usize, usize)| {
            writeln!(out, "  {name:<24} {part} of {whole}").unwrap();
        };
        figure("places right", self.places);
        figure("languages right", self.tongues);
        figure("kinds right", self.kinds);
        figure("sources told apart", self.sources);
        figure("whole lines right", self.whole);
        figure("negatives with a credit", self.negatives);
        out.push_str(&self.wrong);
        out
    }
}
