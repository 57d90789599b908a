//! The captures of a WARC file, as inputs.
//!
//! Of the responses those are inputs that can be an article: a page or plain text that was there.
//! Redirections, errors, pictures and scripts are passed over.

use std::fs::File;
use std::iter;
use std::path::Path;

use encoding_rs::Encoding;

use super::{Given, Input, Listed, Place, Raw};
use crate::cli::bulk::Bulk;
use crate::cli::byfile::{ByFile, Seen};
use crate::cli::error::Failure;
use crate::ingest::warc::Warc;
use crate::ingest::warc::http::Response;
use crate::ingest::warc::record::Capture;
use crate::read::detect::Format;
use crate::record::time::Timestamp;

/// The statuses of what is there: as it is, and as a proxy changed it (RFC 9110, 15.3).
const THERE: &[u16] = &[200, 203];

/// What a response with an article is; one that doesn't say is looked at.
const TEXTS: &[&str] = &["text/html", "application/xhtml+xml", "text/plain"];

/// The inputs of a WARC file.
pub(super) fn of_file<'a>(
    path: &Path,
    listed: &'a Listed,
) -> Box<dyn Iterator<Item = Input<'a>> + 'a> {
    let all = match File::open(path).and_then(Warc::new) {
        Ok(all) => all,
        Err(error) => {
            let why = format!("can't read it: {error}");
            return Box::new(iter::once(Input::failed(
                listed,
                Place::Whole,
                why,
                "check the path",
            )));
        }
    };
    Box::new(all.filter_map(move |(offset, read)| {
        let place = Place::Offset(offset);
        match read {
            Ok(capture) if !may_be_article(&capture) => None,
            Ok(capture) => {
                let size = u64::try_from(capture.block.len()).unwrap_or(u64::MAX);
                Some(Input { listed, place, size, raw: Ok(Raw::Capture(capture)) })
            }
            Err(error) => {
                let hint = "the records after it are read, as far as they can be found";
                Some(Input::failed(listed, place, error.to_string(), hint))
            }
        }
    }))
}

fn may_be_article(capture: &Capture) -> bool {
    // What is no response at all is told when it is read.
    Response::parse(&capture.block).map_or(true, |(response, _)| {
        let kind = response.kind.as_deref();
        THERE.contains(&response.status) && kind.is_none_or(|kind| TEXTS.contains(&kind))
    })
}

/// A capture's bytes, and what it gives beside them.
pub(super) fn given(bulk: &Bulk<'_>, capture: &Capture) -> Result<Given, Failure> {
    let Capture { target, date, block } = capture;
    let bad = |why: String| Failure::unanswered(why).hint("capture the page anew");
    let (response, body) = Response::parse(block).map_err(|error| bad(error.to_string()))?;
    let bytes = response.body(body).map_err(|error| bad(error.to_string()))?;
    let is_page = response.kind.as_deref().is_some_and(|kind| kind != "text/plain");
    let known = response.charset.filter(|label| Encoding::for_label(label.as_bytes()).is_some());
    let reading = bulk.reading.clone().or_format(is_page.then_some(Format::Html));
    let flags = bulk.flags;
    let published = flags.time_from.as_ref().and_then(|from| from.of(target, || None));
    let by_file = ByFile {
        name: Some(target.clone()),
        id_from: flags.id_from.clone(),
        published,
        seen: Some(Seen { url: target.clone(), at: Timestamp::new(*date) }),
    };
    let statement = bulk.statement.clone().in_file(by_file);
    Ok(Given { bytes, reading: reading.or_encoding(known), statement })
}
