//! An archive of 40 articles in 8 languages, made from templates, with faults planted in it and
//! look-alikes that are fine: every fault is found, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::Desk;

/// A language: its tag, headline, two paragraphs, and how it credits who reported, translated, edited.
/// `{p}` is the place, `{n}` the number.
struct Tongue {
    tag: &'static str,
    text: &'static str,
    roles: [&'static str; 3],
}

const TONGUES: &[Tongue] = &[
    Tongue {
        tag: "en",
        text: "Ferry to {p} sails again\n\nThe ferry to {p} sailed again on Monday after nine months of work.\n\nSome {n} passengers a week took it before the storm.\n",
        roles: ["Reporting by {}", "Translation by {}", "Editing by {}"],
    },
    Tongue {
        tag: "fr",
        text: "Le ferry de {p} repart\n\nLe ferry de {p} est reparti lundi après neuf mois de travaux.\n\nQuelque {n} passagers le prenaient chaque semaine avant la tempête.\n",
        roles: ["Reportage {}", "version française {}", "édité par {}"],
    },
    Tongue {
        tag: "de",
        text: "Fähre nach {p} fährt wieder\n\nDie Fähre nach {p} fährt seit Montag wieder, nach neun Monaten Arbeit.\n\nEtwa {n} Fahrgäste nahmen sie jede Woche vor dem Sturm.\n",
        roles: ["Bericht: {}", "Übersetzung: {}", "Redaktion: {}"],
    },
    Tongue {
        tag: "es",
        text: "El ferry de {p} vuelve a navegar\n\nEl ferry de {p} volvió a navegar el lunes tras nueve meses de obras.\n\nUnos {n} pasajeros lo tomaban cada semana antes de la tormenta.\n",
        roles: ["Información de {}", "traducción de {}", "editado por {}"],
    },
    Tongue {
        tag: "it",
        text: "Il traghetto per {p} riparte\n\nIl traghetto per {p} è ripartito lunedì dopo nove mesi di lavori.\n\nCirca {n} passeggeri lo prendevano ogni settimana prima della tempesta.\n",
        roles: ["Testo di {}", "traduzione di {}", "editing di {}"],
    },
    Tongue {
        tag: "pt",
        text: "A balsa para {p} volta a navegar\n\nA balsa para {p} voltou a navegar na segunda-feira após nove meses de obras.\n\nCerca de {n} passageiros a tomavam por semana antes da tempestade.\n",
        roles: ["Reportagem de {}", "tradução de {}", "edição de {}"],
    },
    Tongue {
        tag: "nl",
        text: "Veer naar {p} vaart weer\n\nHet veer naar {p} vaart sinds maandag weer, na negen maanden werk.\n\nZo'n {n} reizigers namen het elke week voor de storm.\n",
        roles: ["Verslaggeving door {}", "vertaling door {}", "redactie door {}"],
    },
    Tongue {
        tag: "ru",
        text: "Паром в {p} снова ходит\n\nПаром в {p} снова пошёл в понедельник после девяти месяцев работ.\n\nОколо {n} пассажиров в неделю ездили на нём до шторма.\n",
        roles: ["Репортаж: {}", "перевод: {}", "редактор: {}"],
    },
];

const PLACES: [&str; 5] = ["Skarne", "Lugo", "Valmora", "Orsund", "Tellin"];

/// What is wrong with a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    NoEditor,
    NoTranslator,
    EditsOwn,
    Unreviewed,
    Unpinned,
    Dropped,
    ReviewsOwn,
    Outdated,
}

/// What looks as if it were wrong with a translation, and isn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LookAlike {
    /// A desk edited it: `missing-editor`, `translator-edits-own-work`.
    DeskEdits,
    /// The reporter's given name is an initial: `credit-dropped`.
    Initial,
    /// Published three weeks after it was recorded, under embargo: `time-anomaly`.
    Embargo,
    /// Recorded again with other quotation marks and spaces: `substantive-change-without-note`,
    /// `credit-changed`, `text-changed-unrecorded`.
    Typography,
}

impl LookAlike {
    fn rules(self) -> &'static [&'static str] {
        match self {
            Self::DeskEdits => &["missing-editor", "translator-edits-own-work"],
            Self::Initial => &["credit-dropped"],
            Self::Embargo => &["time-anomaly"],
            Self::Typography => {
                &["substantive-change-without-note", "credit-changed", "text-changed-unrecorded"]
            }
        }
    }
}

/// Articles with the rules that must, or must not, find something in them.
type Marked = BTreeSet<(String, &'static str)>;

struct Archive {
    desk: Desk,
    faults: Marked,
    look_alikes: Marked,
}

fn name(story: usize, tag: &str) -> String {
    format!("{}/{tag}.txt", PLACES[story].to_lowercase())
}

fn text(tongue: &Tongue, story: usize, number: &str) -> String {
    tongue.text.replace("{p}", PLACES[story]).replace("{n}", number)
}

fn credits(tongue: &Tongue, people: [Option<&str>; 3]) -> String {
    let all = tongue.roles.iter().zip(people);
    let all = all.filter_map(|(role, who)| Some(role.replace("{}", who?)));
    format!("\n({})\n", all.collect::<Vec<_>>().join("; "))
}

impl Archive {
    fn new() -> Self {
        let desk = Desk::with_log();
        let settings = std::fs::read_to_string(desk.root().join("provenance.toml")).unwrap();
        let defaults = "\n[defaults]\nresponsible = \"Valmora Ltd\"\n";
        desk.write("provenance.toml", settings.replace("\n[defaults]\n", defaults));
        Self { desk, faults: Marked::new(), look_alikes: Marked::new() }
    }

    fn record(&self, name: &str, text: &str, args: &[&str]) {
        self.desk.write(name, text);
        let responsible = ["--responsible", "Valmora Ltd"];
        let run = self.desk.run_freely(&[&["record", name], args, &responsible].concat(), b"");
        assert_eq!(run.code, 0, "{name}: {run:#?}");
    }

    fn plant(&mut self, article: &str, rule: &'static str) {
        self.faults.insert((article.to_owned(), rule));
    }

    fn original(&self, story: usize) {
        let tongue = &TONGUES[0];
        let text = text(tongue, story, "4,000");
        let credits = credits(tongue, [Some("Ada Prell"), None, Some("Ines Uhl")]);
        let published = if story == 4 { "2062-03-01T00:00:00Z" } else { "2026-03-01T00:00:00Z" };
        let args = ["--language", "en", "--published", published];
        self.record(&name(story, "en"), &(text + &credits), &args);
    }

    /// A translation with a fault, and look-alikes of others.
    fn translation(&mut self, story: usize, tongue: &Tongue, fault: Fault, alike: &[LookAlike]) {
        let (id, source) = (name(story, tongue.tag), name(story, "en"));
        let reporter = if alike.contains(&LookAlike::Initial) { "A. Prell" } else { "Ada Prell" };
        let desk_edits = alike.contains(&LookAlike::DeskEdits);
        let mut people = [Some(reporter), Some("Lou Vidal"), Some("Noé Aubin")];
        let mut args = vec!["--language", tongue.tag, "--translation-of", &source];
        match fault {
            Fault::NoEditor => people[2] = None,
            Fault::NoTranslator => people[1] = None,
            Fault::EditsOwn => people[2] = Some("Lou Vidal"),
            Fault::Dropped => people[0] = None,
            Fault::Unreviewed => args.extend(["--machine", "Wortlaut 3"]),
            Fault::Unpinned => args[3] = "https://valmora.example/a",
            Fault::ReviewsOwn | Fault::Outdated => {}
        }
        if desk_edits {
            people[2] = Some("Lugo desk");
        }
        if alike.contains(&LookAlike::Embargo) {
            args.extend(["--published", "2026-03-22T00:00:00Z"]);
        }
        let text = text(tongue, story, "4 000") + &credits(tongue, people);
        self.record(&id, &text, &args);
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
                let corrected = text.replace("4 000", "4 100");
                self.record(&id, &corrected, &["--language", tongue.tag, "--correction", "4 100"]);
                self.plant(&id, "review-outdated");
            }
        }
        if alike.contains(&LookAlike::Typography) {
            let again = text.replace("\n\n", "\n\n\n").replace(' ', "  ").replace('\'', "’");
            self.desk.write(&id, again);
        }
        let rules = alike.iter().flat_map(|alike| alike.rules());
        self.look_alikes.extend(rules.map(|rule| (id.clone(), *rule)));
    }

    /// What happens to the original afterwards, and what that means for what was made from it.
    fn afterwards(&mut self, story: usize, pinned: &[String]) {
        let (id, tongue) = (name(story, "en"), &TONGUES[0]);
        let people = |editor| credits(tongue, [Some("Ada Prell"), None, editor]);
        let corrected = text(tongue, story, "40,000") + &people(Some("Ines Uhl"));
        let every = |archive: &mut Self, rule| {
            for translation in pinned {
                archive.plant(translation, rule);
            }
        };
        match story {
            0 => {
                self.desk.ok(&["retract", &id, "--note", "there is no ferry"]);
                every(self, "source-retracted");
            }
            1 => {
                self.record(&id, &corrected, &["--language", "en", "--correction", "40,000"]);
                every(self, "stale-translation");
            }
            2 => {
                self.record(&id, &corrected, &["--language", "en"]);
                self.plant(&id, "substantive-change-without-note");
                every(self, "stale-translation");
            }
            3 => {
                let text = text(tongue, story, "4,000") + &people(None);
                self.record(&id, &text, &["--language", "en"]);
                self.plant(&id, "credit-changed");
            }
            _ => self.plant(&id, "time-anomaly"),
        }
    }
}

fn archive() -> Archive {
    use Fault::{
        Dropped, EditsOwn, NoEditor, NoTranslator, Outdated, ReviewsOwn, Unpinned, Unreviewed,
    };
    use LookAlike::{DeskEdits, Embargo, Initial, Typography};
    let mut archive = Archive::new();
    for story in 0..PLACES.len() {
        archive.original(story);
        // Where the source changes, reviews lapse: those faults are planted where it doesn't.
        let faults = match story {
            0..3 => [NoEditor, NoTranslator, EditsOwn, Unreviewed, Unpinned, Dropped, NoEditor],
            _ => [ReviewsOwn, Outdated, Unreviewed, EditsOwn, ReviewsOwn, Outdated, Unpinned],
        };
        let mut pinned = Vec::new();
        for (at, tongue) in TONGUES.iter().skip(1).enumerate() {
            let fault = faults[(at + if story < 3 { story % 2 } else { story }) % faults.len()];
            // Names in another script can't be missed.
            let fault = if tongue.tag == "ru" && fault == Dropped { NoTranslator } else { fault };
            let mut alike = match fault {
                NoEditor | EditsOwn => vec![Initial, Embargo],
                Dropped => vec![DeskEdits],
                _ => vec![DeskEdits, Initial],
            };
            if fault != Outdated && (at + story) % 3 == 0 {
                alike.push(Typography);
            }
            archive.translation(story, tongue, fault, &alike);
            if fault != Unpinned {
                pinned.push(name(story, tongue.tag));
            }
        }
        archive.afterwards(story, &pinned);
    }
    archive
}

#[test]
fn every_fault_is_found_and_no_look_alike_is() {
    let archive = archive();
    assert!(archive.faults.len() >= 60, "{}", archive.faults.len());
    assert!(archive.look_alikes.len() >= 60, "{}", archive.look_alikes.len());
    assert!(archive.faults.is_disjoint(&archive.look_alikes));
    let (audit, _) = archive.desk.json(&["audit"]);
    assert_eq!(audit["summary"]["articles"], 40);
    let found: BTreeSet<(&str, &str, &str)> = audit["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            (text("article"), text("rule"), text("message"))
        })
        .collect();
    // Per rule: planted, of these found, found without being planted.
    let mut figures: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for (article, rule) in &archive.faults {
        let is_found = found.iter().any(|(a, r, _)| a == article && r == rule);
        let figure = figures.entry(rule).or_default();
        figure.0 += 1;
        figure.1 += usize::from(is_found);
        if !is_found {
            wrong += &format!("not found: {article} {rule}\n");
        }
    }
    for (article, rule, message) in &found {
        let is_planted = archive.faults.iter().any(|(a, r)| a == article && r == rule);
        figures.entry(rule).or_default().2 += usize::from(!is_planted);
        if !is_planted {
            wrong += &format!("not planted: {article} {rule}: {message}\n");
        }
    }
    for (rule, (planted, hit, beside)) in &figures {
        let share = |of: usize| (hit * 100).checked_div(of).unwrap_or(100);
        println!(
            "{rule:<32} {planted:>3} planted, recall {}%, precision {}%",
            share(*planted),
            share(hit + beside)
        );
    }
    println!("{} faults, {} look-alikes", archive.faults.len(), archive.look_alikes.len());
    assert!(wrong.is_empty(), "{wrong}");
}
