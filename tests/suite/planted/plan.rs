//! What is planted where: in each translation one fault in what was done, and beside it, in any article,
//! faults and look-alikes in what is written.

/// What is wrong with how a translation was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    NoEditor,
    NoTranslator,
    EditsOwn,
    Unreviewed,
    Unpinned,
    Dropped,
    ReviewsOwn,
    Outdated,
}

use Fault::{
    Dropped, EditsOwn, NoEditor, NoTranslator, Outdated, ReviewsOwn, Unpinned, Unreviewed,
};

/// By story, in the order of the languages after English. Where a story's source changes, reviews lapse:
/// those faults are planted where it doesn't. Names in another script can't be missed.
pub(super) const FAULTS: [[Fault; 7]; 5] = [
    [NoEditor, NoTranslator, EditsOwn, Unreviewed, Unpinned, Dropped, NoEditor],
    [NoTranslator, EditsOwn, Unreviewed, Unpinned, Dropped, NoEditor, NoEditor],
    [NoEditor, NoTranslator, EditsOwn, Unreviewed, Unpinned, Dropped, NoEditor],
    [EditsOwn, ReviewsOwn, Outdated, Unpinned, ReviewsOwn, Outdated, Unreviewed],
    [ReviewsOwn, Outdated, Unpinned, ReviewsOwn, Outdated, Unreviewed, EditsOwn],
];

/// Whether something is wrong, or only looks so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    Wrong,
    Fine,
}

/// What is done to an article.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    /// Who reported is another, or nobody.
    Reporter(Option<&'static str>),
    /// Who edited is another, or nobody.
    Editor(Option<&'static str>),
    /// Its credit line is in these words: who reported, translated, edited.
    Line([&'static str; 3]),
    /// Its credit line has this too.
    Also(&'static str),
    /// This comes before its body.
    Dateline(&'static str),
    /// This comes at its end.
    After(&'static str),
    /// It is Markdown whose front matter has this author.
    Author(&'static str),
    /// Its recorder says that it is in this language.
    Tagged(&'static str),
    /// Its recorder doesn't say what it was translated from.
    Unstated,
    /// Nobody is said to answer for it.
    Unanswered,
    /// A newer version says nothing of who answers for it either.
    Again(&'static str, &'static str),
    /// Its file has other words afterwards.
    Words(&'static str, &'static str),
    /// Its file is written in another way afterwards.
    Written(fn(&str) -> String),
    /// Its file is gone afterwards.
    Gone,
}

use Change::{
    After, Again, Also, Author, Dateline, Editor, Gone, Line, Reporter, Tagged, Unanswered,
    Unstated, Words, Written,
};
use Is::{Fine, Wrong};

const EN: [&str; 3] = ["Reporting by {}", "English version by {}", "Editing by {}"];
const EN_DE: [&str; 3] = ["Reporting by {}", "German version by {}", "Editing by {}"];
const EN_RU: [&str; 3] = ["Reporting by {}", "Russian version by {}", "Editing by {}"];
const FR: [&str; 3] = ["Reportage {}", "version française {}", "édité par {}"];
const DE: [&str; 3] = ["Bericht: {}", "deutsche Fassung: {}", "Redaktion: {}"];

/// Story, language, the rule that it is about, whether it finds something, and what makes it so.
pub(super) type Planting = (usize, &'static str, &'static str, Is, &'static [Change]);

pub(super) const PLANTINGS: &[Planting] = &[
    // Credits came along from another language's version; or are of this one, in another's words.
    (0, "nl", "uncredited-translation", Wrong, &[Line(FR)]),
    (1, "pt", "uncredited-translation", Wrong, &[Line(DE)]),
    (1, "ru", "uncredited-translation", Wrong, &[Line(EN)]),
    (3, "es", "uncredited-translation", Wrong, &[Line(FR)]),
    (4, "de", "uncredited-translation", Wrong, &[Line(FR)]),
    (1, "de", "uncredited-translation", Fine, &[Line(EN_DE)]),
    (0, "ru", "uncredited-translation", Fine, &[Line(EN_RU)]),
    (3, "de", "uncredited-translation", Fine, &[Line(DE), Tagged("de-AT")]),
    (4, "fr", "uncredited-translation", Fine, &[Line(FR), Tagged("fr-BE")]),
    // A machine is named that made this version, whatever else the line says.
    (0, "it", "uncredited-translation", Fine, &[Line(FR)]),
    // A label that leads nowhere; or an address outside, a source that was stated, a document.
    (0, "pt", "source-unresolved", Wrong, &[Unstated, After("Link da fonte")]),
    (1, "it", "source-unresolved", Wrong, &[Unstated, After("Link alla fonte")]),
    (3, "it", "source-unresolved", Wrong, &[Unstated, After("Leggi l'articolo originale")]),
    (4, "es", "source-unresolved", Wrong, &[Unstated, After("Enlace a la fuente")]),
    (1, "en", "source-unresolved", Wrong, &[After("Source link -12")]),
    (
        2,
        "pt",
        "source-unresolved",
        Fine,
        &[Unstated, After("Artigo original: https://valmora.example/ferry")],
    ),
    (1, "fr", "source-unresolved", Fine, &[After("Lien source")]),
    (2, "de", "source-unresolved", Fine, &[After("Link zum Original")]),
    (3, "ru", "source-unresolved", Fine, &[After("Ссылка на источник")]),
    (4, "nl", "source-unresolved", Fine, &[After("Bronlink")]),
    // A machine's work that nobody answers for; or somebody said so before, or no machine took part.
    (0, "it", "no-editorial-responsibility", Wrong, &[Unanswered]),
    (1, "es", "no-editorial-responsibility", Wrong, &[Unanswered]),
    (3, "ru", "no-editorial-responsibility", Wrong, &[Unanswered]),
    (4, "nl", "no-editorial-responsibility", Fine, &[Again("reizigers", "passagiers")]),
    (2, "en", "no-editorial-responsibility", Fine, &[Unanswered]),
    (0, "fr", "no-editorial-responsibility", Fine, &[Unanswered]),
    (1, "ru", "no-editorial-responsibility", Fine, &[Unanswered]),
    (3, "pt", "no-editorial-responsibility", Fine, &[Unanswered]),
    // Nobody reported it; or a desk, somebody unnamed, an agency, or whoever the source names.
    (3, "en", "missing-reporter", Wrong, &[Reporter(None), Editor(Some("Ines Uhl and Ivo Pahl"))]),
    (0, "pt", "missing-reporter", Wrong, &[Reporter(None)]),
    (1, "it", "missing-reporter", Wrong, &[Reporter(None)]),
    (4, "es", "missing-reporter", Wrong, &[Reporter(None)]),
    (2, "pt", "missing-reporter", Fine, &[Reporter(Some("redação"))]),
    (3, "it", "missing-reporter", Fine, &[Reporter(Some("redazione"))]),
    (
        4,
        "en",
        "missing-reporter",
        Fine,
        &[Reporter(None), Dateline("TELLIN, March 1 (Reuters) - ")],
    ),
    (0, "nl", "missing-reporter", Fine, &[]),
    (1, "pt", "missing-reporter", Fine, &[]),
    (2, "nl", "missing-reporter", Fine, &[]),
    // The page's data name another; or the same in another order, script or spelling, or a house.
    (1, "fr", "credit-mismatch", Wrong, &[Author("Tomas Kerr")]),
    (2, "es", "credit-mismatch", Wrong, &[Author("Ivo Pahl")]),
    (3, "nl", "credit-mismatch", Wrong, &[Author("Tomas Kerr")]),
    (4, "it", "credit-mismatch", Wrong, &[Author("Tomas Kerr")]),
    (0, "de", "credit-mismatch", Fine, &[Author("Prell, Ada")]),
    (1, "nl", "credit-mismatch", Fine, &[Author("A. Prell")]),
    (2, "ru", "credit-mismatch", Fine, &[Author("Ада Прелль")]),
    (3, "fr", "credit-mismatch", Fine, &[Author("Valmora Press Agency")]),
    (4, "ru", "credit-mismatch", Fine, &[Author("Lou Vidal")]),
    (4, "pt", "credit-mismatch", Fine, &[Author("ADA PRELL")]),
    // Words in the credits that nobody can read; or places, a time, an address, sign-offs.
    (0, "en", "credit-unparsed", Wrong, &[Also("slug FERRY-3 tk")]),
    (1, "es", "credit-unparsed", Wrong, &[Also("slug FERRY-3 tk")]),
    (2, "de", "credit-unparsed", Wrong, &[Also("siehe S. 3")]),
    (3, "fr", "credit-unparsed", Wrong, &[Also("slug FERRY-3 tk")]),
    (2, "en", "credit-unparsed", Fine, &[Also("desk@valmora.example")]),
    (0, "de", "credit-unparsed", Fine, &[Also("14.30 Uhr")]),
    (2, "fr", "credit-unparsed", Fine, &[Reporter(Some("Ada Prell à Skarne"))]),
    (2, "it", "credit-unparsed", Fine, &[Also("(ap/lv)")]),
    (4, "pt", "credit-unparsed", Fine, &[Reporter(Some("Ada Prell em Tellin"))]),
    // Names that the roster has in another spelling, or not at all; or as a spelling, in other bytes.
    (4, "fr", "name-variant", Wrong, &[Editor(Some("N. Aubin"))]),
    (2, "it", "name-variant", Wrong, &[Reporter(Some("Prell Ada"))]),
    (3, "de", "name-variant", Wrong, &[Editor(Some("Noe Aubin"))]),
    (4, "nl", "name-variant", Fine, &[Editor(Some("Noe\u{301} Aubin"))]),
    (2, "nl", "name-variant", Fine, &[Editor(Some("Noé\u{A0}Aubin"))]),
    (1, "nl", "name-variant", Fine, &[]),
    (2, "ru", "name-variant", Fine, &[]),
    (1, "pt", "unknown-person", Wrong, &[Editor(Some("Mira Tolland"))]),
    (3, "nl", "unknown-person", Wrong, &[Editor(Some("Sanne Brouk"))]),
    (1, "it", "unknown-person", Wrong, &[Editor(Some("Dario Felt"))]),
    (4, "it", "unknown-person", Fine, &[Editor(Some("Ines Lorm"))]),
    (4, "es", "unknown-person", Fine, &[Editor(Some("Noé Aubin"))]),
    (2, "nl", "unknown-person", Fine, &[]),
    (2, "ru", "unknown-person", Fine, &[]),
    // The file moved on; or is only written in another way, is gone, or is of a text that was retracted.
    (0, "de", "text-changed-unrecorded", Wrong, &[Words("4 000", "40 000")]),
    (1, "fr", "text-changed-unrecorded", Wrong, &[Words("repart\n", "ne repart pas\n")]),
    (2, "es", "text-changed-unrecorded", Wrong, &[Words("A. Prell", "Ivo Pahl")]),
    (3, "nl", "text-changed-unrecorded", Wrong, &[Words(", na negen maanden werk", "")]),
    (4, "de", "text-changed-unrecorded", Wrong, &[Words("4 100", "4 000")]),
    (1, "it", "text-changed-unrecorded", Wrong, &[Words(" prima della tempesta", "")]),
    (0, "en", "text-changed-unrecorded", Fine, &[Words("4,000", "0")]),
    (0, "ru", "text-changed-unrecorded", Fine, &[Written(|text| text.replace('\n', "\r\n"))]),
    (1, "nl", "text-changed-unrecorded", Fine, &[Written(|text| format!("\u{FEFF}{text}\n\n"))]),
    (2, "pt", "text-changed-unrecorded", Fine, &[Written(decomposed)]),
    (
        3,
        "es",
        "text-changed-unrecorded",
        Fine,
        &[Written(|text| text.replace("ferry", "fer\u{AD}ry"))],
    ),
    (0, "es", "text-changed-unrecorded", Fine, &[Written(|text| text.replace(' ', "\u{A0}"))]),
    (3, "pt", "text-changed-unrecorded", Fine, &[Written(|text| text.replace('\n', "\r"))]),
    (4, "ru", "text-changed-unrecorded", Fine, &[Gone]),
    // Exemptions: see `EXEMPTIONS`. One in force exempts from what is wrong.
    (0, "fr", "exemption-expired", Wrong, &[]),
    (2, "nl", "exemption-expired", Wrong, &[]),
    (4, "ru", "exemption-expired", Wrong, &[]),
    (3, "pt", "exemption-expired", Fine, &[]),
    (3, "pt", "reviewer-is-translator", Fine, &[]),
    (0, "es", "exemption-expired", Fine, &[]),
    (3, "nl", "exemption-expired", Fine, &[]),
    (3, "de", "exemption-expired", Fine, &[]),
    (4, "nl", "exemption-expired", Fine, &[]),
];

/// The same text with marks as characters of their own.
fn decomposed(text: &str) -> String {
    text.replace('ç', "c\u{327}").replace('ã', "a\u{303}").replace('é', "e\u{301}")
}

/// At the time of the audit it is still the last day of February in this house.
pub(super) const SETTINGS: &str = r#"
[[people]]
name = "Ada Prell"
spellings = ["A. Prell", "Ада Прелль", "ADA PRELL", "Prell, Ada"]

[[people]]
name = "Lou Vidal"

[[people]]
name = "Noé Aubin"

[[people]]
name = "Ines Uhl"
former = [{ name = "Ines Lorm", until = 2026-06-01 }]

[[people]]
name = "Ivo Pahl"

[[people]]
name = "Tomas Kerr"

[audit]
time_zone = "-05:00"

[[audit.exempt]]
rule = "missing-editor"
article = "skarne/fr*"
reason = "no editor over the holidays"
until = 2026-02-27

[[audit.exempt]]
rule = "credit-dropped"
article = "valmora/*"
reason = "their system has no field for it yet"
until = 2026-02-01

[[audit.exempt]]
rule = "translator-edits-own-work"
person = "Lou Vidal"
article = "tellin/*"
reason = "alone on the desk in January"
until = 2026-01-31

[[audit.exempt]]
rule = "reviewer-is-translator"
article = "orsund/pt*"
reason = "until the new editor comes"
until = 2026-02-28

[[audit.exempt]]
rule = "translator-edits-own-work"
person = "Ivo Pahl"
reason = "he was alone on the desk"
until = 2026-01-31

[[audit.exempt]]
rule = "missing-editor"
article = "orsund/*"
reason = "no editor over the holidays"
until = 2026-01-07
"#;
