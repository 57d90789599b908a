//! `siglum export`: the log for other programs.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::render::checkpoint;
use crate::cli::ui::Format;
use crate::cli::workspace::{Context, Workspace};
use crate::lineage::graph::Graph;
use crate::report::csv::Csv;
use crate::report::ndjson;
use crate::report::table::{self, CREDITS, Count, RECORDS};
use crate::store::durable;
use crate::store::error::StoreError;
use crate::store::{export, open};

/// Write the log in a form that other programs read
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the static tree of C2SP tlog-tiles: checkpoint, hash tiles, entry bundles
    ///
    /// Served by any web server, it is a transparency log that any C2SP client reads. Only signed
    /// records are in it.
    C2sp {
        /// The directory: one that is not there yet, or an earlier export, which is brought up to date
        directory: PathBuf,
    },
    /// Write a JSON object a line: each record with its credits
    ///
    /// FORMAT.md, section 8, has the columns. Only signed records are in it.
    Ndjson {
        /// The file, which is replaced as a whole; `-` is standard output
        file: PathBuf,
    },
    /// Write records.csv and credits.csv, for databases and spreadsheets
    ///
    /// FORMAT.md, section 8, has the columns. Texts stand as they are in the records: a spreadsheet
    /// may take one that begins with =, +, - or @ for a formula, so import such columns as text.
    /// Only signed records are in it.
    Csv {
        /// The directory; the two files in it are replaced as a whole
        directory: PathBuf,
    },
    /// Write records.parquet and credits.parquet, for data frames and query engines
    ///
    /// FORMAT.md, section 8, has the columns. Only signed records are in it. A siglum built without
    /// `--features parquet` says that it can't.
    Parquet {
        /// The directory; the two files in it are replaced as a whole
        directory: PathBuf,
    },
}

pub(in crate::cli) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    match &args.what {
        What::C2sp { directory } => c2sp(context, directory),
        What::Ndjson { file } => tables(context, file, |graph, file| ndjson(context, graph, file)),
        What::Csv { directory } => tables(context, directory, csv),
        What::Parquet { directory } => parquet(context, directory),
    }
}

fn c2sp(context: &Context, directory: &Path) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let signed = workspace.checkpoint()?;
    let keys = open::keychain(&workspace.layout, workspace.verifier()?)?;
    let exported = export::c2sp(&workspace.layout, &signed, &keys, &context.absolute(directory))?;
    match context.ui.format() {
        Format::Human => context.ui.line(format_args!(
            "{} files written, {} removed; {} has {}",
            exported.written,
            exported.removed,
            directory.display(),
            checkpoint::count(signed.size(), "record")
        )),
        Format::Json | Format::Ndjson => context.ui.value(&serde_json::json!({
            "directory": directory.display().to_string(),
            "written": exported.written,
            "removed": exported.removed,
            "size": signed.size(),
        })),
    }
    Ok(Exit::True)
}

/// Exports the signed records by `write`, and says what came of it.
fn tables(
    context: &Context,
    place: &Path,
    write: impl FnOnce(&Graph, &Path) -> Result<Option<Count>, Failure>,
) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let (graph, unsigned) = signed(context, &workspace)?;
    let is_stream = place.as_os_str() == "-";
    let path = if is_stream { place.to_owned() } else { context.absolute(place) };
    // Nobody reads on: nothing more is to be said.
    let Some(count) = write(&graph, &path)? else { return Ok(Exit::True) };
    let records = checkpoint::count(count.records, "record");
    let credits = checkpoint::count(count.credits, "credit");
    match context.ui.format() {
        _ if is_stream => {}
        Format::Human => {
            context.ui.line(format_args!("{} has {records} and {credits}", place.display()));
        }
        Format::Json | Format::Ndjson => context.ui.value(&serde_json::json!({
            "path": place.display().to_string(),
            "records": count.records,
            "credits": count.credits,
            "not_understood": count.not_understood,
            "unsigned": unsigned,
        })),
    }
    if unsigned > 0 {
        let left = checkpoint::count(unsigned, "record");
        context.ui.warn(format_args!("not yet signed, and left out: {left}"));
    }
    if count.not_understood > 0 {
        context.ui.warn(format_args!(
            "of a newer format, and exported by index and leaf alone: {}",
            checkpoint::count(count.not_understood, "record")
        ));
        return Ok(Exit::Unanswered);
    }
    Ok(Exit::True)
}

/// The signed records, and how many others there are.
fn signed(context: &Context, workspace: &Workspace) -> Result<(Graph, u64), Failure> {
    let snapshot = context.load(workspace)?;
    let journal = snapshot.journal();
    let unsigned = journal.size() - journal.signed_size();
    if journal.signed_size() == 0 {
        return Err(Failure::unanswered("nothing in this log is signed yet").hint("siglum sign"));
    }
    let graph = if unsigned == 0 { snapshot.graph } else { snapshot.signed_graph() };
    Ok((graph, unsigned))
}

fn ndjson(context: &Context, graph: &Graph, path: &Path) -> Result<Option<Count>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(context.ui.stream(|out| ndjson::write(graph, out)));
    }
    let mut file = durable::begin(path)?;
    let mut out = BufWriter::new(file.file());
    let written = ndjson::write(graph, &mut out).and_then(|count| out.flush().map(|()| count));
    let count = written.map_err(StoreError::io("write", path))?;
    drop(out);
    file.sync()?;
    file.put()?;
    Ok(Some(count))
}

fn csv(graph: &Graph, directory: &Path) -> Result<Option<Count>, Failure> {
    two_files(directory, "csv", |records, credits| {
        let mut records = Csv::new(BufWriter::new(records), RECORDS)?;
        let mut credits = Csv::new(BufWriter::new(credits), CREDITS)?;
        let count = table::write(graph, &mut records, &mut credits)?;
        records.end()?;
        credits.end()?;
        Ok(count)
    })
}

#[cfg(feature = "parquet")]
fn parquet(context: &Context, directory: &Path) -> Result<Exit, Failure> {
    use crate::report::parquet::Parquet;
    tables(context, directory, |graph, directory| {
        two_files(directory, "parquet", |records, credits| {
            let mut records = Parquet::new(records, "records", RECORDS)?;
            let mut credits = Parquet::new(credits, "credits", CREDITS)?;
            let count = table::write(graph, &mut records, &mut credits)?;
            records.end()?;
            credits.end()?;
            Ok(count)
        })
    })
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Context, _: &Path) -> Result<Exit, Failure> {
    Err(Failure::unanswered("this siglum was built without Parquet").hint(
        "build it with `cargo build --release --features parquet`, or use `siglum export csv`",
    ))
}

/// Writes `records.` and `credits.` with an extension. Both are durable before either takes its place:
/// a crash between the two leaves one of the export before beside one of this, each whole.
fn two_files(
    directory: &Path,
    extension: &str,
    write: impl FnOnce(&mut std::fs::File, &mut std::fs::File) -> io::Result<Count>,
) -> Result<Option<Count>, Failure> {
    let [records, credits] =
        ["records", "credits"].map(|name| directory.join(name).with_extension(extension));
    let (mut records, mut credits) = (durable::begin(&records)?, durable::begin(&credits)?);
    let written = write(records.file(), credits.file());
    let count = written.map_err(StoreError::io("write", directory))?;
    records.sync()?;
    credits.sync()?;
    credits.put()?;
    records.put()?;
    Ok(Some(count))
}
