//! The inputs of a bulk: files of directories and patterns, lines of NDJSON,
//! captures in WARC.

mod captured;

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Bulk;
use super::mapped::Mapped;
use crate::article::assemble::Article;
use crate::cli::byfile::ByFile;
use crate::cli::error::Failure;
use crate::cli::metadata::Metadata;
use crate::cli::statement::Statement;
use crate::cli::verb::parse::Reading;
use crate::cli::workspace::{Context, Workspace, is_standard_input};
use crate::ingest::globs::{self, Glob};
use crate::ingest::lines::{Line, Lines, MAX_LINE};
use crate::ingest::walk;
use crate::ingest::warc;
use crate::ingest::warc::record::Capture;
use crate::ingest::watch::Stamp;
use crate::read::detect;
use crate::record::build;
use crate::record::fields::TextDigests;
use crate::text::vocabulary::UnknownWord;

/// An input: where it is from, and what is had of it before it is read.
pub(super) struct Input<'a> {
    /// The file that it goes by.
    pub(super) listed: &'a Listed,
    /// Where in the file it is.
    pub(super) place: Place,
    /// How many bytes it takes, as far as is known.
    pub(super) size: u64,
    /// Or why it can't be read.
    pub(super) raw: Result<Raw, Failure>,
}

/// Where in a file an input is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// It is the file.
    Whole,
    /// A line, by its number from 1.
    Line(usize),
    /// A record, by its offset.
    Offset(u64),
}

/// What is had of an input before it is read.
pub(super) enum Raw {
    /// Nothing: it is a file.
    File,
    /// A line's bytes.
    Line(Vec<u8>),
    /// What a crawler captured.
    Capture(Capture),
}

impl Raw {
    /// The bytes, where any are had.
    pub(super) fn bytes(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            Self::Line(bytes) => Some(bytes),
            Self::Capture(capture) => Some(&mut capture.block),
            Self::File => None,
        }
    }
}

/// An input that was read.
pub(super) struct Found {
    /// What it was read from, should it have to be read again.
    pub(super) raw: Raw,
    /// How many bytes it has.
    pub(super) size: usize,
    pub(super) article: Article,
    /// The digests of its text.
    pub(super) text: TextDigests,
    pub(super) statement: Statement,
}

/// An input's bytes, and what is stated of it.
struct Given {
    bytes: Vec<u8>,
    reading: Reading,
    statement: Statement,
}

impl<'a> Input<'a> {
    fn failed(listed: &'a Listed, place: Place, why: String, hint: &str) -> Self {
        let raw = Err(Failure::unanswered(why).hint(hint));
        Self { listed, place, size: 0, raw }
    }
}

/// Whether a path has lines, each an article: one of NDJSON, or standard input.
fn is_lines(path: &Path) -> bool {
    is_standard_input(path)
        || path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl")
}

/// Whether a path is a pattern, and no file that bears such a name.
fn is_pattern(context: &Context, path: &Path) -> bool {
    globs::is_pattern(path) && !context.absolute(path).exists()
}

/// Whether inputs are to be taken in bulk: a directory, a pattern, NDJSON or WARC. Standard input is an
/// article where the id of one is given.
pub(in crate::cli) fn is_bulk(context: &Context, inputs: &[PathBuf], has_id: bool) -> bool {
    inputs.iter().any(|path| {
        is_lines(path) && !(is_standard_input(path) && has_id)
            || warc::is_warc(path)
            || is_pattern(context, path)
            || context.absolute(path).is_dir()
    })
}

/// A file of the inputs.
pub(super) struct Listed {
    pub(super) path: PathBuf,
    /// Its path in the directory that was given, by which it goes outside the workspace: names
    /// alone come again in other directories.
    name: Option<String>,
    /// What it looked like when it was complete, where somebody may be writing it again.
    stamp: Option<Stamp>,
}

impl Listed {
    /// A file below a directory that is watched.
    pub(super) fn settled(directory: &Path, path: PathBuf, stamp: Stamp) -> Self {
        Self { stamp: Some(stamp), ..Self::below(directory, path) }
    }

    /// Whether it still is the file that was complete. To be asked after it was read: what was read
    /// is whole only if nobody began to write meanwhile.
    pub(super) fn is_still(&self, context: &Context) -> bool {
        let now = |_: &Stamp| Stamp::at(&context.absolute(&self.path)).ok();
        self.stamp.as_ref().is_none_or(|stamp| now(stamp).as_ref() == Some(stamp))
    }

    fn below(directory: &Path, path: PathBuf) -> Self {
        let inside = path.strip_prefix(directory).ok();
        let parts = inside.map(|inside| inside.iter().map(|part| part.to_str()).collect());
        let parts: Option<Option<Vec<&str>>> = parts;
        let name = parts.flatten().map(|parts| parts.join("/"));
        Self { path, name, stamp: None }
    }
}

/// Says what is no input: the log, the settings, and `others`.
pub(super) fn own(workspace: &Workspace, mut others: Vec<PathBuf>) -> impl Fn(&Path) -> bool {
    others.extend([workspace.layout.records(), workspace.layout.settings()]);
    let own = others.into_iter().map(|path| fs::canonicalize(&path).unwrap_or(path));
    let own: Vec<PathBuf> = own.collect();
    // Only what bears one of their names is asked for its real place: an archive has many files.
    move |path| {
        own.iter().any(|own| own.file_name() == path.file_name())
            && fs::canonicalize(path).is_ok_and(|path| own.contains(&path))
    }
}

/// All files of the inputs, in order.
pub(super) fn files(
    context: &Context,
    workspace: &Workspace,
    inputs: &[PathBuf],
) -> Result<Vec<Listed>, Failure> {
    let skip = own(workspace, Vec::new());
    let below = |directory: &Path| {
        walk::files(directory, &skip).map_err(|error| {
            Failure::unanswered(error.to_string()).hint("check the directory's permissions")
        })
    };
    let mut files = Vec::new();
    for input in inputs {
        let path = context.absolute(input);
        if path.is_dir() {
            files.extend(below(&path)?.into_iter().map(|file| Listed::below(&path, file)));
        } else if is_pattern(context, input) {
            let failed = |why: String| {
                Failure::unanswered(why)
                    .with_path(input)
                    .hint("`*` and `?` match within a directory, `**` through all of them")
            };
            let glob = Glob::new(&path).map_err(|error| failed(error.to_string()))?;
            let mut found = below(&glob.directory)?;
            found.retain(|file| glob.matches(file));
            if found.is_empty() {
                return Err(failed("no file matches it".to_owned()));
            }
            files.extend(found.into_iter().map(|file| Listed::below(&glob.directory, file)));
        } else {
            files.push(Listed { path: input.clone(), name: None, stamp: None });
        }
    }
    Ok(files)
}

/// The inputs of a file: itself, or its lines.
pub(super) fn of_file<'a>(
    context: &Context,
    listed: &'a Listed,
) -> Box<dyn Iterator<Item = Input<'a>> + 'a> {
    let full = context.absolute(&listed.path);
    if warc::is_warc(&listed.path) {
        return captured::of_file(&full, listed);
    }
    if !is_lines(&listed.path) {
        let size = fs::metadata(&full).map_or(0, |metadata| metadata.len());
        return Box::new(iter::once(Input {
            listed,
            place: Place::Whole,
            size,
            raw: Ok(Raw::File),
        }));
    }
    let failed = move |place, why: String, hint: &str| Input::failed(listed, place, why, hint);
    let opened: io::Result<Box<dyn Read>> = if is_standard_input(&listed.path) {
        Ok(Box::new(io::stdin()))
    } else {
        File::open(full).map(|file| Box::new(file) as _)
    };
    let file = match opened {
        Ok(file) => file,
        Err(error) => {
            let why = format!("can't read it: {error}");
            return Box::new(iter::once(failed(Place::Whole, why, "check the path")));
        }
    };
    Box::new(Lines::new(BufReader::new(file)).map(move |line| match line {
        Ok((number, Line::Bytes(bytes))) => {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            Input { listed, place: Place::Line(number), size, raw: Ok(Raw::Line(bytes)) }
        }
        Ok((number, Line::TooLong)) => {
            let why = format!("a line of more than {MAX_LINE} bytes");
            failed(Place::Line(number), why, "an article has at most 64 MiB")
        }
        Err(error) => failed(Place::Whole, format!("can't read on: {error}"), "check the disk"),
    }))
}

/// An article as a line: an object of what is stated of it, and `text`, `html` or `path`.
fn of_line(context: &Context, bulk: &Bulk<'_>, file: &Path, line: &[u8]) -> Result<Given, Failure> {
    let bad = |why: String| {
        Failure::unanswered(why)
            .hint("a line is an object with `text`, `html` or `path`; `siglum record --help`")
    };
    let mut object: serde_json::Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| bad(no_object(file, &error)))?;
    let mut text = |key: &str| match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(bad(format!("`{key}` is no text"))),
    };
    let (plain, html, path) = (text("text")?, text("html")?, text("path")?);
    let (format, request) = (text("as")?, text("request")?);
    let format: Option<detect::Format> = match format {
        Some(name) => Some(name.parse().map_err(|error: UnknownWord| bad(error.to_string()))?),
        None => html.is_some().then_some(detect::Format::Html),
    };
    object.retain(|_, value| !value.is_null());
    let beside = file.parent().unwrap_or(Path::new(""));
    let stated = Metadata::of(Value::Object(object)).map_err(bad)?.beside(beside);
    let bytes = match (plain, html, path) {
        (Some(text), None, None) | (None, Some(text), None) => text.into_bytes(),
        (None, None, Some(path)) => context.input(&beside.join(path))?,
        _ => return Err(bad("one of `text`, `html` and `path` must be there".to_owned())),
    };
    let (statement, language) = bulk.statement.clone().with(stated);
    if !statement.has_id() {
        return Err(bad("`id` or `url` must be there".to_owned()));
    }
    let reading = bulk.reading.clone().or_format(format).or_language(language);
    Ok(Given { bytes, reading, statement: statement.for_request(request) })
}

fn no_object(file: &Path, error: &serde_json::Error) -> String {
    let instead =
        if is_standard_input(file) { "; an article as it is wants --id or --url" } else { "" };
    format!("no JSON object: {error}{instead}")
}

/// Reads an input.
pub(super) fn read(
    context: &Context,
    workspace: &Workspace,
    bulk: &Bulk<'_>,
    mapped: Option<&Mapped>,
    (listed, raw): (&Listed, Raw),
) -> Result<Found, Failure> {
    let path = &listed.path;
    let Given { bytes, reading, statement } = match &raw {
        Raw::Capture(capture) => captured::given(bulk, capture)?,
        Raw::Line(line) => of_line(context, bulk, path, line)?,
        Raw::File => of_whole(context, bulk, mapped, listed)?,
    };
    let article = reading.read(&workspace.settings, &bytes)?;
    let id = mapped.and_then(|_| statement.likely_id(context, workspace, path, &article));
    let (statement, language) = match (mapped, id) {
        (Some(mapped), Some(id)) => mapped.of_article(&id, statement)?,
        _ => (statement, None),
    };
    let article = match language {
        // Credits are read by the language.
        Some(language) => reading.or_language(Some(language)).read(&workspace.settings, &bytes)?,
        None => article,
    };
    let text = build::digests(&article, &bytes);
    Ok(Found { raw, size: bytes.len(), article, text, statement })
}

/// A file with what is stated of it.
fn of_whole(
    context: &Context,
    bulk: &Bulk<'_>,
    mapped: Option<&Mapped>,
    listed: &Listed,
) -> Result<Given, Failure> {
    let Listed { path, name, .. } = listed;
    let flags = bulk.flags;
    let bytes = context.input(path)?;
    let changed = || fs::metadata(context.absolute(path)).ok()?.modified().ok();
    let shown = name.clone().unwrap_or_else(|| path.to_string_lossy().into_owned());
    let published = flags.time_from.as_ref().and_then(|from| from.of(&shown, changed));
    let by_file =
        ByFile { name: name.clone(), id_from: flags.id_from.clone(), published, seen: None };
    let statement = bulk.statement.clone().in_file(by_file);
    let (statement, language) = match mapped {
        Some(mapped) => mapped.of_file(context, path, name.as_deref(), statement)?,
        None => (statement, None),
    };
    Ok(Given { bytes, reading: bulk.reading.clone().or_language(language), statement })
}
