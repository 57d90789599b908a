//! An archive of invented articles: the same for the same number of them.
//!
//! Eight inputs make a story: a translation that comes before its source, the source, a translation of
//! it, the source's second version, a translation of the first translation, an article of its own, the
//! same text under another id, and another article. Every sixteenth story's first translation is of a
//! source that comes a hundred stories later. Of a hundred inputs the last can't be read. A thousand
//! inputs are files of a directory, about which a map says what they don't; the next thousand are
//! lines of NDJSON; and so on.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// How many inputs a directory or a file of lines has.
const PART: usize = 1000;

/// How many inputs a story has.
const STORY: usize = 8;

/// How many stories later the source of some translations comes.
const LATER: usize = 100;

/// An input that can't be read: its path, its line where it is one, and words of the reason.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) path: String,
    pub(crate) line: Option<u64>,
    pub(crate) reason: &'static str,
}

/// What was made.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    /// The bytes of all inputs.
    pub(crate) bytes: u64,
    pub(crate) unreadable: Vec<Unreadable>,
}

/// A language: its tag, its sentences with `{}` for a number, and its credit line with places for the
/// names of who wrote and who translated.
struct Tongue {
    tag: &'static str,
    sentences: &'static [&'static str],
    own: &'static str,
    translated: &'static str,
}

const TONGUES: [Tongue; 8] = [
    Tongue {
        tag: "en",
        sentences: &[
            "The council of ward {} voted on Tuesday to open the old bridge again after two years of work.",
            "Its speaker told reporters at the town hall that the repairs had cost {} crowns in all.",
            "Lorries will have to take the ring road until the autumn, the council said in a statement.",
            "Of the {} shopkeepers on both banks most had asked for an earlier date, by May at the latest.",
            "The ferry to Skarne goes on sailing twice a day for as long as the work on the quay lasts.",
            "\"It is done, and it was about time,\" said a baker from the northern bank on Wednesday.",
        ],
        own: "(Reporting by @; Editing by Ivo Pahl)",
        translated: "(Translated by @; Editing by Ivo Pahl)",
    },
    Tongue {
        tag: "fr",
        sentences: &[
            "Le conseil du quartier {} a voté mardi la réouverture du vieux pont après deux ans de travaux.",
            "Son porte-parole a déclaré à la presse que le chantier avait coûté {} couronnes en tout.",
            "Les camions devront emprunter la rocade jusqu'à l'automne, a fait savoir la municipalité.",
            "La plupart des {} commerçants des deux rives avaient demandé une date plus proche.",
            "« C'est fait, et il était temps », a dit mercredi un boulanger de la rive nord.",
        ],
        own: "(Reportage @, édité par Ivo Pahl)",
        translated: "(Version française @, édité par Ivo Pahl)",
    },
    Tongue {
        tag: "de",
        sentences: &[
            "Der Rat des Bezirks {} beschloss am Dienstag, die alte Brücke nach zwei Jahren wieder zu öffnen.",
            "Die Sprecherin sagte vor Journalisten, die Arbeiten hätten insgesamt {} Kronen gekostet.",
            "Lastwagen müssen bis zum Herbst die Ringstraße nehmen, wie die Stadt am Abend mitteilte.",
            "Die meisten der {} Händler an beiden Ufern hatten um einen früheren Tag gebeten.",
        ],
        own: "(Bericht: @, Redaktion: Ivo Pahl)",
        translated: "(Übersetzung: @, Redaktion: Ivo Pahl)",
    },
    Tongue {
        tag: "es",
        sentences: &[
            "El consejo del distrito {} votó el martes reabrir el viejo puente tras dos años de obras.",
            "Su portavoz dijo a los periodistas que la reparación había costado {} coronas en total.",
            "Los camiones tendrán que tomar la circunvalación hasta el otoño, informó el ayuntamiento.",
            "La mayoría de los {} comerciantes de ambas orillas había pedido una fecha más cercana.",
        ],
        own: "(Reporte de @; Editado por Ivo Pahl)",
        translated: "(Traducido por @; Editado por Ivo Pahl)",
    },
    Tongue {
        tag: "pt",
        sentences: &[
            "O conselho do distrito {} votou na terça-feira a reabertura da velha ponte após dois anos de obras.",
            "O porta-voz disse aos jornalistas que a reparação tinha custado {} coroas no total.",
            "Os camiões terão de seguir pela circular até ao outono, informou a câmara municipal.",
            "A maioria dos {} comerciantes das duas margens tinha pedido uma data mais próxima.",
        ],
        own: "(Reportagem de @; Edição de Ivo Pahl)",
        translated: "(Tradução de @; Edição de Ivo Pahl)",
    },
    Tongue {
        tag: "ru",
        sentences: &[
            "Совет района {} проголосовал во вторник за открытие старого моста после двух лет работ.",
            "Его представитель сказал журналистам, что ремонт обошёлся всего в {} крон.",
            "Грузовикам до осени придётся ездить по кольцевой дороге, сообщили в городском совете.",
            "Большинство из {} торговцев на обоих берегах просили назначить более ранний срок.",
        ],
        own: "(Автор: @. Редактор: Иво Паль)",
        translated: "(Перевод: @. Редактор: Иво Паль)",
    },
    Tongue {
        tag: "ar",
        sentences: &[
            "صوت مجلس الحي {} يوم الثلاثاء على إعادة فتح الجسر القديم بعد عامين من أعمال الترميم.",
            "وقال المتحدث باسم المجلس للصحفيين إن الأعمال كلفت {} كرونة في المجموع.",
            "وسيتعين على الشاحنات أن تسلك الطريق الدائري حتى الخريف بحسب بيان للبلدية.",
            "وكان معظم التجار على الضفتين وعددهم {} قد طلبوا موعدا أقرب من ذلك.",
        ],
        own: "(تقرير @، تحرير إيفو بال)",
        translated: "(ترجمة @، تحرير إيفو بال)",
    },
    Tongue {
        tag: "ja",
        sentences: &[
            "第{}区の議会は火曜日、二年間の修復工事を終えた古い橋を再び開通させることを決めた。",
            "広報担当者は記者団に対し、工事の費用は全部で{}クローネだったと明らかにした。",
            "市役所によると、トラックは秋まで環状道路を通らなければならない。",
            "両岸の{}人の商店主の多くは、もっと早い時期の開通を求めていた。",
        ],
        own: "（取材：@、編集：山田太郎）",
        translated: "（翻訳：@、編集：山田太郎）",
    },
];

const NAMES: [&str; 8] = [
    "Ada Prell",
    "Jonas Vetter",
    "Nina Rask",
    "Tomas Uhl",
    "Marta Lindqvist",
    "Oskar Brandal",
    "Lea Corvin",
    "Piet Maas",
];

/// Numbers that look like chance (`SplitMix64`).
fn mix(number: usize, what: usize) -> usize {
    let seed = (number as u64) << 16 | what as u64;
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((z ^ (z >> 31)) >> 32).unwrap()
}

/// A text of 6 to 17 paragraphs.
fn text(tongue: &Tongue, seed: usize, version: usize, translated: bool) -> String {
    let mut number = 0;
    let mut sentence = || {
        number += 1;
        let of = mix(seed, number);
        let says = tongue.sentences[of % tongue.sentences.len()];
        // What the second version corrects is its third sentence.
        let figure = of % 9000 + 100 + if number == 3 { version } else { 0 };
        says.replace("{}", &figure.to_string())
    };
    let mut text = sentence().trim_end_matches(['.', '。']).to_owned();
    for _ in 0..6 + mix(seed, 0) % 12 {
        let _ = write!(text, "\n\n{} {}", sentence(), sentence());
    }
    let credit = if translated { tongue.translated } else { tongue.own };
    let name = NAMES[mix(seed, 1000) % NAMES.len()];
    let _ = writeln!(text, "\n\n{}", credit.replace('@', name));
    text
}

/// What an input is: its id, its text, its language, and its source.
struct Input {
    id: String,
    text: String,
    language: &'static str,
    source: Option<String>,
}

fn input(number: usize) -> Input {
    let (story, part) = (number / STORY, number % STORY);
    let tongue = |shift: usize| &TONGUES[(story + shift) % TONGUES.len()];
    let late = story.is_multiple_of(16);
    let id = |story: usize, what: &str| format!("https://archive.example/{story}/{what}");
    let (what, tongue, seed, version, source) = match part {
        0 => {
            let of = if late { story + LATER } else { story };
            ("first", tongue(1), story * 10, 1, Some(id(of, "source")))
        }
        1 | 3 => ("source", tongue(0), story * 10 + 1, part, None),
        2 => ("second", tongue(2), story * 10 + 2, 1, Some(id(story, "source"))),
        4 => ("third", tongue(3), story * 10 + 3, 1, Some(id(story, "first"))),
        5 => ("own", tongue(4), story * 10 + 4, 1, None),
        6 => ("twin", tongue(4), story * 10 + 4, 1, None),
        _ => ("other", tongue(5), story * 10 + 5, 1, None),
    };
    let text = text(tongue, seed, version, source.is_some());
    Input { id: id(story, what), text, language: tongue.tag, source }
}

/// Bytes that no reader takes, with words of the reason.
fn bad_file(number: usize) -> (&'static str, Vec<u8>, &'static str) {
    match mix(number, 1) % 5 {
        0 => ("txt", b"The caf\xE9 by the quay\n\nIt is open.\n".to_vec(), "UTF-8"),
        1 => ("png", b"\x89PNG\r\n\x1A\nrest of a picture".to_vec(), "picture"),
        2 => ("txt", b" \n\n \n".to_vec(), "no text"),
        3 => ("docx", b"PK\x03\x04half of an archive".to_vec(), "archive"),
        _ => ("html", b"<!DOCTYPE html><html><body></body></html>".to_vec(), "no article"),
    }
}

/// The same for a line.
fn bad_line(number: usize) -> (String, &'static str) {
    match mix(number, 1) % 4 {
        0 => (format!("{{\"id\": \"bad{number}\", \"text\": \"cut o"), "EOF"),
        1 => (json!({ "text": "A text without a name." }).to_string(), "`id` or `url`"),
        2 => (json!({ "id": "bad", "text": "a", "colour": "blue" }).to_string(), "colour"),
        _ => (json!({ "id": "bad", "language": "fr" }).to_string(), "one of `text`"),
    }
}

/// A page, in the plainest form.
fn page(input: &Input) -> String {
    let mut paragraphs = input.text.split("\n\n");
    let headline = paragraphs.next().unwrap();
    let body: String = paragraphs.map(|text| format!("<p>{}</p>\n", text.trim_end())).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><title>{headline}</title></head>\n<body><article>\
         <h1>{headline}</h1>\n{body}</article></body></html>\n",
        input.language
    )
}

/// Writes an archive of `inputs` inputs into `directory`, as `in/` and `map.csv`.
pub(crate) fn write(directory: &Path, inputs: usize) -> Archive {
    let mut archive = Archive::default();
    let mut map = String::from("path,id,language,translation_of\n");
    for first in (0..inputs).step_by(PART) {
        let numbers = first..inputs.min(first + PART);
        let part = format!("in/{:04}", first / PART);
        if (first / PART).is_multiple_of(2) {
            fs::create_dir_all(directory.join(&part)).unwrap();
            for number in numbers {
                let (path, bytes) = file(&mut archive, &mut map, &part, number);
                archive.bytes += bytes.len() as u64;
                fs::write(directory.join(path), bytes).unwrap();
            }
        } else {
            fs::create_dir_all(directory.join("in")).unwrap();
            let path = format!("{part}.ndjson");
            let lines: String = (1..).zip(numbers).map(|n| line(&mut archive, &path, n)).collect();
            archive.bytes += lines.len() as u64;
            fs::write(directory.join(path), lines).unwrap();
        }
    }
    fs::write(directory.join("map.csv"), map).unwrap();
    archive
}

fn is_bad(number: usize) -> bool {
    number % 100 == 99
}

fn file(archive: &mut Archive, map: &mut String, part: &str, number: usize) -> (String, Vec<u8>) {
    if is_bad(number) {
        let (extension, bytes, reason) = bad_file(number);
        let path = format!("{part}/{number:07}.{extension}");
        archive.unreadable.push(Unreadable { path: path.clone(), line: None, reason });
        return (path, bytes);
    }
    let input = input(number);
    let is_page = number % 5 == 1;
    let path = format!("{part}/{number:07}.{}", if is_page { "html" } else { "txt" });
    let source = input.source.as_deref().unwrap_or_default();
    let _ = writeln!(map, "{path},{},{},{source}", input.id, input.language);
    let bytes = if is_page { page(&input) } else { input.text };
    (path, bytes.into_bytes())
}

fn line(archive: &mut Archive, path: &str, (at, number): (u64, usize)) -> String {
    if is_bad(number) {
        let (line, reason) = bad_line(number);
        archive.unreadable.push(Unreadable { path: path.to_owned(), line: Some(at), reason });
        return format!("{line}\n");
    }
    let input = input(number);
    let mut line = json!({ "id": input.id, "language": input.language, "text": input.text });
    if let Some(source) = input.source {
        line["translation_of"] = Value::String(source);
    }
    format!("{line}\n")
}

/// What is wrong with what was told of an archive's inputs: each that can't be read must be there, with
/// its reason, and nothing else.
pub(crate) fn wrong(archive: &Archive, errors: &str) -> Vec<String> {
    let told: Vec<Value> = errors.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut wrong = Vec::new();
    if told.len() != archive.unreadable.len() {
        wrong.push(format!("{} told of {}", told.len(), archive.unreadable.len()));
    }
    let by_place =
        |error: &Value| (error["path"].as_str().unwrap().to_owned(), error["line"].as_u64());
    let told: std::collections::HashMap<_, _> =
        told.iter().map(|error| (by_place(error), error["error"].as_str().unwrap())).collect();
    for bad in &archive.unreadable {
        let found =
            told.iter().find(|((path, line), _)| path.ends_with(&bad.path) && *line == bad.line);
        if !found.is_some_and(|(_, error)| error.contains(bad.reason)) {
            wrong.push(format!("{bad:?}: {found:?}"));
        }
    }
    wrong
}
