//! The inputs of a bulk: files of directories, and lines of NDJSON.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Bulk;
use crate::article::assemble::Article;
use crate::cli::error::Failure;
use crate::cli::metadata::Metadata;
use crate::cli::statement::Statement;
use crate::cli::verb::parse::Reading;
use crate::cli::workspace::{Context, Workspace};
use crate::ingest::lines::{Line, Lines, MAX_LINE};
use crate::ingest::walk;
use crate::read::detect;
use crate::text::vocabulary::UnknownWord;

/// An input: where it is from, and what it is, as far as that could be had.
pub(super) struct Input {
    /// The file that it goes by.
    pub(super) path: PathBuf,
    /// The number of its line, where it is one of a file's.
    pub(super) line: Option<usize>,
    pub(super) found: Result<Found, Failure>,
}

/// An input's bytes, and what is stated of it.
pub(super) struct Found {
    pub(super) bytes: Vec<u8>,
    reading: Reading,
    pub(super) statement: Statement,
}

fn is_lines(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl")
}

/// Whether inputs are to be taken in bulk: a directory, or NDJSON.
pub(in crate::cli) fn is_bulk(context: &Context, inputs: &[PathBuf]) -> bool {
    inputs.iter().any(|path| is_lines(path) || context.absolute(path).is_dir())
}

/// A file of the inputs.
pub(super) struct Listed {
    path: PathBuf,
    /// Its path in the directory that was given, by which it goes outside the workspace: names
    /// alone come again in other directories.
    name: Option<String>,
}

impl Listed {
    fn below(directory: &Path, path: PathBuf) -> Self {
        let inside = path.strip_prefix(directory).ok();
        let parts = inside.map(|inside| inside.iter().map(|part| part.to_str()).collect());
        let parts: Option<Option<Vec<&str>>> = parts;
        let name = parts.flatten().map(|parts| parts.join("/"));
        Self { path, name }
    }
}

/// All files of the inputs, in order.
pub(super) fn files(
    context: &Context,
    workspace: &Workspace,
    inputs: &[PathBuf],
) -> Result<Vec<Listed>, Failure> {
    let layout = &workspace.layout;
    let own =
        [layout.records(), layout.settings()].map(|path| fs::canonicalize(&path).unwrap_or(path));
    // Only what bears one of their names is asked for its real place: an archive has many files.
    let skip = |path: &Path| {
        own.iter().any(|own| own.file_name() == path.file_name())
            && fs::canonicalize(path).is_ok_and(|path| own.contains(&path))
    };
    let mut files = Vec::new();
    for input in inputs {
        let directory = context.absolute(input);
        if directory.is_dir() {
            let below = walk::files(&directory, &skip);
            let below = below.map_err(|error| {
                Failure::unanswered(error.to_string()).hint("check the directory's permissions")
            })?;
            files.extend(below.into_iter().map(|path| Listed::below(&directory, path)));
        } else {
            files.push(Listed { path: input.clone(), name: None });
        }
    }
    Ok(files)
}

/// The inputs of a file: itself, or its lines.
pub(super) fn of_file<'a>(
    context: &'a Context,
    bulk: &'a Bulk<'a>,
    listed: &'a Listed,
) -> Box<dyn Iterator<Item = Input> + 'a> {
    let path = listed.path.as_path();
    if !is_lines(path) {
        let reading = bulk.reading.clone();
        let statement = bulk.statement.clone().named(listed.name.clone());
        // Read when the group is: a place is kept for it here.
        let found = Found { bytes: Vec::new(), reading, statement };
        return Box::new(std::iter::once(Input {
            path: path.to_owned(),
            line: None,
            found: Ok(found),
        }));
    }
    let failed = |line, failure| Input { path: path.to_owned(), line, found: Err(failure) };
    let file = match File::open(context.absolute(path)) {
        Ok(file) => file,
        Err(error) => {
            let failure = Failure::unanswered(format!("can't read it: {error}"));
            return Box::new(std::iter::once(failed(None, failure.hint("check the path"))));
        }
    };
    Box::new(Lines::new(BufReader::new(file)).map(move |line| match line {
        Ok((number, Line::Bytes(bytes))) => Input {
            path: path.to_owned(),
            line: Some(number),
            found: of_line(context, bulk, path, &bytes),
        },
        Ok((number, Line::TooLong)) => {
            let failure = Failure::unanswered(format!("a line of more than {MAX_LINE} bytes"));
            failed(Some(number), failure.hint("an article has at most 64 MiB"))
        }
        Err(error) => failed(None, Failure::unanswered(format!("can't read on: {error}"))),
    }))
}

/// An article as a line: an object of what is stated of it, and `text`, `html` or `path`.
fn of_line(context: &Context, bulk: &Bulk<'_>, file: &Path, line: &[u8]) -> Result<Found, Failure> {
    let bad = |why: String| {
        Failure::unanswered(why)
            .hint("a line is an object with `text`, `html` or `path`; `siglum record --help`")
    };
    let mut object: serde_json::Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| bad(error.to_string()))?;
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
    let stated = Metadata::of(Value::Object(object)).map_err(bad)?;
    let bytes = match (plain, html, path) {
        (Some(text), None, None) | (None, Some(text), None) => text.into_bytes(),
        (None, None, Some(path)) => {
            let beside = file.parent().unwrap_or(Path::new("")).join(path);
            context.input(&beside)?
        }
        _ => return Err(bad("one of `text`, `html` and `path` must be there".to_owned())),
    };
    let (statement, language) = bulk.statement.clone().with(stated);
    if !statement.has_id() {
        return Err(bad("`id` or `url` must be there".to_owned()));
    }
    let reading = bulk.reading.clone().or_format(format).or_language(language);
    Ok(Found { bytes, reading, statement: statement.for_request(request) })
}

/// Reads an input; a file's bytes are had only now.
pub(super) fn read(
    context: &Context,
    workspace: &Workspace,
    path: &Path,
    line: Option<usize>,
    mut found: Found,
) -> Result<(Found, Article), Failure> {
    if line.is_none() {
        found.bytes = context.input(path)?;
    }
    let article = found.reading.read(&workspace.settings, &found.bytes)?;
    Ok((found, article))
}
