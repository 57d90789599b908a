//! PDF, whose text `pdftotext` (Poppler) takes out.
//!
//! The program gets the file on its standard input and nothing else of this machine. It is stopped after
//! twenty seconds, and no more than [`MAX_MARKUP`] bytes of its answer are read. Its version is in the reader's
//! settings, for another one may put the lines of a page in another order.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::article::document::{Document, Reader};
use crate::read::error::ReadError;
use crate::read::limits::{MAX_BYTES, MAX_MARKUP};
use crate::read::{detect, plain};

/// The program.
const PROGRAM: &str = "pdftotext";

/// How long it may take.
const TIME: Duration = Duration::from_secs(20);

/// The reader's version.
pub const VERSION: u32 = 1;

/// Says why the text of a PDF could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// The program isn't there.
    #[error("it is a PDF, and `{PROGRAM}`, which takes out the text, is not installed")]
    NoProgram,
    /// The program could not be run.
    #[error("can't run `{PROGRAM}`: {0}")]
    Io(#[from] std::io::Error),
    /// The program refused the file.
    #[error("`{PROGRAM}` could not read it")]
    Refused,
    /// The program took too long.
    #[error("`{PROGRAM}` took more than {} seconds", TIME.as_secs())]
    Slow,
    /// What it said is no text.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Reads a PDF.
///
/// # Errors
///
/// If `pdftotext` isn't there, or gives no text.
pub fn read(bytes: &[u8]) -> Result<Document, PdfError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() }.into());
    }
    let version = version()?;
    let text = text(bytes)?;
    if text.len() > MAX_MARKUP {
        return Err(ReadError::TooMuch { what: "bytes of text", limit: MAX_MARKUP }.into());
    }
    let text = std::str::from_utf8(&text).map_err(|_| PdfError::Refused)?;
    // A page ends with a form feed.
    let blocks = plain::blocks(&text.replace('\u{C}', "\n\n"));
    if blocks.is_empty() {
        return Err(ReadError::Empty.into());
    }
    let settings = vec![format!("{PROGRAM} {version}")];
    let reader = Reader { name: "pdf", version: VERSION, settings, encoding: "utf-8".to_owned() };
    let document = Document { blocks, claims: Vec::new(), reader };
    detect::bound(&document)?;
    Ok(document)
}

/// The program's version, as it states it.
fn version() -> Result<String, PdfError> {
    let mut command = Command::new(PROGRAM);
    let run = command.arg("-v").stdin(Stdio::null()).output().map_err(missing)?;
    let said = String::from_utf8_lossy(&run.stderr);
    let first = said.lines().next().unwrap_or_default();
    let version = first.rsplit(' ').next().unwrap_or_default();
    Ok(version.chars().filter(|c| !c.is_control()).take(20).collect())
}

fn missing(error: std::io::Error) -> PdfError {
    match error.kind() {
        std::io::ErrorKind::NotFound => PdfError::NoProgram,
        _ => PdfError::Io(error),
    }
}

/// The text of a PDF, in UTF-8.
fn text(bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let mut child = Command::new(PROGRAM)
        .args(["-q", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(missing)?;
    let answer = converse(&mut child, bytes);
    // Whatever it still does is of no use.
    if answer.is_err() {
        let _ = child.kill();
    }
    let status = child.wait()?;
    let text = answer?;
    // What is longer than is read ends with a closed pipe, which is the caller's to refuse.
    if status.success() || text.len() > MAX_MARKUP { Ok(text) } else { Err(PdfError::Refused) }
}

/// Hands the bytes over and takes the answer, side by side, for either may have to wait for the
/// other.
fn converse(child: &mut Child, bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let stdin = child.stdin.take();
    let stdout = child.stdout.take();
    let given = bytes.to_vec();
    // A program that has seen enough closes its input: no fault.
    thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&given)));
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let most = u64::try_from(MAX_MARKUP).unwrap_or(u64::MAX) + 1;
        let mut text = Vec::new();
        let read = stdout.map_or(Ok(0), |stdout| stdout.take(most).read_to_end(&mut text));
        let _ = sender.send(read.map(|_| text));
    });
    receiver.recv_timeout(TIME).map_err(|_| PdfError::Slow)?.map_err(PdfError::Io)
}
